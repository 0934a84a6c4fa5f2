"""How the window looks: size, layout, columns beside the text, theme, language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.qt.actions.registry import Checked, Context, Function, action
from annotator.settings import SETTINGS

STEP = 10
"""Percent by which the text grows."""


def zoom_by(context: Context, percent: int) -> None:
    """Make the text larger or smaller."""
    setting = SETTINGS["zoom"]
    wanted = context.window.settings.get("zoom") + percent
    context.window.settings.set("zoom", min(setting.high, max(setting.low, wanted)))


@action("view.zoom_in")
def zoom_in(context: Context) -> None:
    """Larger text."""
    zoom_by(context, STEP)


@action("view.zoom_out")
def zoom_out(context: Context) -> None:
    """Smaller text."""
    zoom_by(context, -STEP)


@action("view.zoom_reset")
def zoom_reset(context: Context) -> None:
    """Text of the normal size."""
    context.window.settings.reset("zoom")


@action("view.tags", checked=lambda context: context.window.settings.get("all_tags"))
def tags(context: Context) -> None:
    """Show the labels' names on all highlights, or only on the selected one."""
    settings = context.window.settings
    settings.set("all_tags", not settings.get("all_tags"))


@action("view.documents", checked=lambda context: not context.window.documents.isHidden())
def documents(context: Context) -> None:
    """Show or hide the list of documents."""
    context.window.toggle_documents()


@action("view.sidebar", checked=lambda context: not context.window.sidebar.isHidden())
def sidebar(context: Context) -> None:
    """Show or hide the sidebar."""
    context.window.toggle_sidebar()


@action("view.full_screen", checked=lambda context: context.window.isFullScreen())
def full_screen(context: Context) -> None:
    """Fill the screen, or no longer."""
    window = context.window
    window.showNormal() if window.isFullScreen() else window.showFullScreen()


@action("panel.inspector")
def inspector(context: Context) -> None:
    """Show the inspector."""
    context.window.show_panel("inspector")


@action("panel.entities")
def entities(context: Context) -> None:
    """Show the entities."""
    context.window.show_panel("entities")


@action("panel.guideline")
def guideline(context: Context) -> None:
    """Show the guideline."""
    context.window.show_panel("guideline")


@action("nav.next_document")
def next_document(context: Context) -> None:
    """Show the next document of the project."""
    context.window.projects.step(1)


@action("nav.previous_document")
def previous_document(context: Context) -> None:
    """Show the previous document of the project."""
    context.window.projects.step(-1)


@action("nav.next_area")
def next_area(context: Context) -> None:
    """Move the focus to the next part of the window."""
    _to_area(context, 1)


@action("nav.previous_area")
def previous_area(context: Context) -> None:
    """Move the focus to the previous part of the window."""
    _to_area(context, -1)


def _to_area(context: Context, by: int) -> None:
    areas = context.window.areas()
    focus: QWidget | None = context.window.focusWidget()
    here = next((at for at, area in enumerate(areas) if focus and _within(area, focus)), 0)
    if areas:
        areas[(here + by) % len(areas)].setFocus(Qt.FocusReason.TabFocusReason)


def _within(area: QWidget, focus: QWidget) -> bool:
    return area is focus or area.isAncestorOf(focus)


def _choice(setting: str, value: str) -> tuple[Function, Checked]:
    def choose(context: Context) -> None:
        context.window.settings.set(setting, value)

    def chosen(context: Context) -> bool:
        return bool(context.window.settings.get(setting) == value)

    return choose, chosen


def _bind(prefix: str, setting: str) -> None:
    for value in SETTINGS[setting].choices:
        choose, chosen = _choice(setting, value)
        bind: Callable[[Function], Function] = action(f"{prefix}{value}", checked=chosen)
        bind(choose)


_bind("theme.", "theme")
_bind("language.", "language")
_bind("view.layout_", "layout")
