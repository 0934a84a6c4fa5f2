"""Commands that open a dialog on the project, the document or the text."""

from __future__ import annotations

from annotator.qt.actions.registry import Context, action


@action("file.document")
def document_properties(context: Context) -> None:
    """Title, date, script and status of the document shown."""
    from annotator.qt.dialogs.properties import document_properties as open_dialog

    open_dialog(context.workbench, context.window)


@action("file.project")
def project_properties(context: Context) -> None:
    """The project's title."""
    from annotator.qt.dialogs.properties import project_properties as open_dialog

    open_dialog(context.workbench, context.window)


@action("file.remove_document")
def remove_document(context: Context) -> None:
    """Take the document shown out of the project."""
    from annotator.qt.dialogs.properties import remove_document as ask

    following = ask(context.workbench, context.window)
    if following is not None:
        context.window.projects.show(following)


@action("edit.dictionaries")
def dictionaries(context: Context) -> None:
    """The dictionaries in force."""
    from annotator.qt.dialogs.dictionaries import show_dictionaries

    show_dictionaries(context)


@action("annotate.occurrences_project")
def occurrences_project(context: Context) -> None:
    """Offer all other places of the same text, in all documents."""
    from annotator.qt.dialogs.occurrences import highlight_occurrences

    highlight_occurrences(context.workbench, context.window, project=True)
