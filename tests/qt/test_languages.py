"""Switching the language while the window is open leaves no sentence behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.messages import catalog
from annotator.core.resources import sample_projects
from annotator.qt.dialogs.settings import SettingsDialog
from annotator.qt.window import Window

OpenWindow = Callable[..., Window]
SPOKEN = (
    "text",
    "title",
    "placeholderText",
    "toolTip",
    "windowTitle",
    "accessibleName",
    "accessibleDescription",
)


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Window:
    """A window with an annotation selected and every panel built."""
    folder = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", folder)
    window = open_window(folder)
    span = next(window.workbench.document.spans.ordered("zh"))  # type: ignore[union-attr]
    window.workbench.select(span.id, reveal=True)
    for panel in ("panel.problems", "panel.guideline", "panel.entities", "panel.inspector"):
        window.run(panel)
        QApplication.processEvents()
    return window


def texts(widget: QWidget) -> Iterator[str]:
    """All that a widget says, to the eye and to a screen reader."""
    for name in SPOKEN:
        said = getattr(widget, name, None)
        if callable(said) and isinstance(value := said(), str):
            yield value
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QListWidget):
        yield from (widget.item(at).text() for at in range(widget.count()))


def left_behind(top: QWidget, language: str, other: str) -> list[str]:
    """What stands there in `other`, though `language` is spoken."""
    there, here = catalog(other), catalog(language)
    foreign = {text.rstrip("…") for key, text in there.items() if here[key] != text}
    foreign -= {text.rstrip("…") for text in here.values()}
    widgets = [top, *top.findChildren(QWidget)]
    found = {text for widget in widgets for text in texts(widget) if text.rstrip("…") in foreign}
    return sorted(found)


def test_nothing_is_left_behind_in_the_window(window: Window) -> None:
    for language, other in (("zh", "en"), ("en", "zh")):
        window.run(f"language.{language}")
        QApplication.processEvents()
        # The bar of work in progress is hidden and speaks when it is shown again.
        assert [text for text in left_behind(window, language, other) if text not in ("Stop", "停止")] == []
        sentence = window.view.accessibleDescription()
        assert ("Pair" in sentence) == (language == "en")


def test_the_settings_follow_the_language_that_is_chosen_in_them(window: Window, qtbot: QtBot) -> None:
    window.run("edit.settings")
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.fields["language"].setFocus()
    window.settings.set("language", "zh")
    qtbot.waitUntil(lambda: left_behind(dialog, "zh", "en") == [])
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.fields["language"])
    dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(SettingsDialog))


def test_what_takes_the_keyboard_has_a_name(window: Window) -> None:
    ours = [one for one in window.findChildren(QWidget) if type(one).__module__.startswith("annotator")]
    nameless = [
        type(one).__name__
        for one in ours
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and one.isVisible()
        and not one.accessibleName()
        and not getattr(one, "text", str)()
    ]
    assert nameless == []
