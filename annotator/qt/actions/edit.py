"""Undo, redo, copy, and the ways to all commands and settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.qt.actions.doing import show_change
from annotator.qt.actions.registry import Context, action
from annotator.services.cursor import Cursor


@action("edit.undo")
def undo(context: Context) -> None:
    """Take the last change back, and show where."""
    show_change(context, context.workbench.undo())


@action("edit.redo")
def redo(context: Context) -> None:
    """Do again what was taken back, and show where."""
    show_change(context, context.workbench.redo())


@action("edit.copy")
def copy(context: Context) -> None:
    """Copy the selected text as it stands in the document."""
    document, cursor = context.workbench.document, context.workbench.cursor
    if document is not None and cursor.selection is not None:
        start, end = cursor.selection
        QGuiApplication.clipboard().setText(document.text(cursor.side)[start:end])


@action("edit.select_pair")
def select_pair(context: Context) -> None:
    """Select this side of the pair at the caret."""
    document, cursor = context.workbench.document, context.workbench.cursor
    if document is None or not len(document.pairs):
        return
    extent = document.pairs[document.pairs.row_at(cursor.side, cursor.offset)].extent(cursor.side)
    if extent is not None:
        context.workbench.move(Cursor.over(cursor.side, *extent))


@action("edit.palette")
def palette(context: Context) -> None:
    """Find a command, a label or a document by a few letters."""
    from annotator.qt.palette import Palette

    Palette(context.window).popup()


@action("edit.settings")
def settings(context: Context) -> None:
    """Change the settings."""
    from annotator.qt.dialogs.settings import SettingsDialog

    dialog = SettingsDialog(context.window.settings, context.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
