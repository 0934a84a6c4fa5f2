"""Keys, log and what this program is."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from annotator.core.messages import language, say
from annotator.qt.actions.registry import Context, action


@action("help.tour")
def tour(context: Context) -> None:
    """Show the tour beside the window, which goes on working."""
    from annotator.qt.dialogs.page import Page

    Page(f"tour.{language()}.md", say("command.help.tour"), context.window).show()


@action("help.keys")
def keys(context: Context) -> None:
    """Show all keys, and change them."""
    from annotator.qt.keys import KeySheet

    KeySheet(context.window.settings, context.window).open()


@action("help.log")
def log(context: Context) -> None:
    """Show the log of what went wrong inside the program."""
    from annotator.qt.bugs import log_file

    if not log_file().is_file():
        context.workbench.tell(say("window.log_empty"))
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file())))


@action("help.about")
def about(context: Context) -> None:
    """Say what this program is."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("annotator")
    except PackageNotFoundError:
        number = ""
    box = QMessageBox(context.window)
    box.setWindowTitle(say("command.help.about"))
    box.setText(say("window.about", version=number))
    box.setIconPixmap(context.window.windowIcon().pixmap(64, 64))
    box.open()
