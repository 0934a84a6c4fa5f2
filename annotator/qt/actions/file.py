"""Projects and documents: open, import, export, check, close."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator.core.messages import say
from annotator.qt.actions.registry import Context, action
from annotator.qt.tasks import run

if TYPE_CHECKING:
    from annotator.store.problems import Problem


@action("file.new")
def new(context: Context) -> None:
    """Make a project in a folder that the user names."""
    from annotator.qt.dialogs.new_project import NewProject

    dialog = NewProject(context.window.settings, context.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.created.connect(context.window.projects.open)
    dialog.open()


@action("file.open")
def open_project(context: Context) -> None:
    """Open the project in a folder."""
    if context.argument:
        context.window.projects.open(Path(context.argument))
        return
    settings = context.window.settings
    start = settings.get("last_folder") or str(Path.home())
    folder = QFileDialog.getExistingDirectory(context.window, say("window.choose_project"), start)
    if folder:
        settings.set("last_folder", str(Path(folder).parent))
        context.window.projects.open(Path(folder))


@action("file.recent")
def open_recent(context: Context) -> None:
    """Choose among the projects that were opened last."""
    from annotator.qt.palette import Palette, recent

    known = recent(context.window)
    if not known:
        context.workbench.tell(say("window.no_recent"))
        return
    Palette(context.window, known).popup()


@action("file.close")
def close(context: Context) -> None:
    """Back to the first screen."""
    context.window.projects.close()


@action("file.check")
def check(context: Context) -> None:
    """Verify every rule of the format, in the background."""
    folder = context.window.projects.folder
    if folder is None:
        return
    from annotator.services.checking import check as check_project

    task = run(context.window, check_project, folder, on_done=lambda found: _tell(context, found))
    context.window.status.work.watch(task, say("window.checking"))


@action("file.quit")
def leave(context: Context) -> None:
    """End the program; everything is saved."""
    context.window.close()


@action("file.import")
def import_files(context: Context) -> None:
    """Import text files; `argument` holds paths, one a line, else the dialog asks."""
    from annotator.qt.dialogs.importing import show_import

    paths = [Path(line) for line in context.argument.splitlines() if line]
    show_import(context, paths=paths)


@action("file.import_folder")
def import_folder(context: Context) -> None:
    """Import all texts of a folder, and of those in it; `argument` holds its path, else the dialog asks."""
    from annotator.qt.dialogs.importing import show_import

    start = context.window.settings.get("last_folder") or str(Path.home())
    chosen = context.argument or QFileDialog.getExistingDirectory(
        context.window, say("import.choose_folder"), start
    )
    if chosen:
        show_import(context, paths=[Path(chosen)])


@action("file.import_clipboard")
def import_clipboard(context: Context) -> None:
    """Import the text of the clipboard, or the one in `argument`."""
    from annotator.qt.dialogs.importing import show_import

    text = context.argument or QGuiApplication.clipboard().text()
    if not text.strip():
        context.workbench.tell(say("window.clipboard_empty"), "warning")
        return
    show_import(context, text=text)


@action("file.import_annotations")
def import_annotations(context: Context) -> None:
    """Import annotations of other programs; `argument` holds paths, one a line."""
    from annotator.qt.dialogs.annotations import show_annotations

    show_annotations(context, [Path(line) for line in context.argument.splitlines() if line])


@action("file.export")
def export(context: Context) -> None:
    """Write training data."""
    from annotator.qt.dialogs.exporting import show_export

    show_export(context)


def _tell(context: Context, found: list[Problem]) -> None:
    if not found:
        context.workbench.tell(say("window.check_clean"))
        return
    lines = "\n".join(f"• {problem.sentence()}" for problem in found[:8])
    context.workbench.tell(say("window.check_found", count=len(found), lines=lines), "error")
