"""What the window does for its user without being asked: warns, follows the theme, obeys settings at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say, speak
from annotator.core.resources import sample_projects
from annotator.qt.baseline import BaselineDelegate
from annotator.qt.dialogs.labels import LabelsDialog
from annotator.qt.dialogs.linktypes import LinkTypes
from annotator.qt.icons import wear
from annotator.qt.keys import KeySheet
from annotator.qt.start import Card
from annotator.qt.tasks import busy
from annotator.qt.theme import themes
from annotator.qt.window import Window
from annotator.qt.workbench import Workbench
from annotator.services.cursor import Cursor
from annotator.settings import Settings
from annotator.store.store import Store

OpenWindow = Callable[..., Window]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of a sample project."""
    folder = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", folder)
    return folder


def change(window: Window) -> None:
    """Any change that has to be saved."""
    window.workbench.move(Cursor.at("zh", 0))
    window.run("pair.toggle_done")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files cannot be written; the journal still can."""

    def refuse(*_: object, **__: object) -> None:
        raise AnnotatorError("error.disk_full", path="/media/stick")

    monkeypatch.setattr(Store, "save", refuse)


@pytest.mark.usefixtures("full_disk")
def test_closing_the_window_without_a_last_save_says_where_the_changes_are(
    open_window: OpenWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: shown.append(text))
    window = open_window(project)
    change(window)
    window.close()
    assert len(shown) == 1
    assert "/media/stick" in shown[0]
    assert "journal" in shown[0]
    assert "was not made" not in shown[0]


@pytest.mark.usefixtures("full_disk")
def test_closing_a_project_without_a_last_save_leaves_a_message(
    open_window: OpenWindow, project: Path
) -> None:
    window = open_window(project)
    change(window)
    window.run("file.close")
    (message,) = window.toasts.messages()
    assert message.level == "error"
    assert "journal" in message.text


@pytest.mark.usefixtures("full_disk")
def test_a_save_that_fails_does_not_say_that_the_change_was_refused(
    open_window: OpenWindow, project: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: None)
    window = open_window(project)
    change(window)
    qtbot.waitUntil(lambda: window.autosave.condition == "journal", timeout=10_000)
    (message,) = window.toasts.messages()
    assert "Nothing is lost" in message.text
    assert "was not made" not in message.text


def test_an_icon_follows_the_theme(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    themes().choose("light")
    wear(button, "unlink")
    light = button.icon().pixmap(16, 16).toImage()
    themes().choose("dark")
    dark = button.icon().pixmap(16, 16).toImage()
    themes().choose("light")
    assert light != dark
    assert button.icon().pixmap(16, 16).toImage() == light


def test_the_sides_change_places_at_once(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    scene = window.view.scene
    before = [scene.caret(side, 0).left() for side in ("zh", "en")]
    window.settings.set("swapped", True)
    after = [scene.caret(side, 0).left() for side in ("zh", "en")]
    assert before[0] < before[1]
    assert after[0] > after[1]


def test_another_name_is_worn_at_once(open_window: OpenWindow, project: Path, qtbot: QtBot) -> None:
    window = open_window(project)
    window.settings.set("annotator", "lin")
    qtbot.waitUntil(lambda: window.workbench.annotator == "lin" and not busy())
    assert window.projects.folder == project.resolve()


def test_the_ring_shows_only_who_came_by_key(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    view = window.view
    window.documents.list.setFocus(Qt.FocusReason.MouseFocusReason)
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not view.look.ring
    window.documents.list.setFocus(Qt.FocusReason.MouseFocusReason)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.look.ring == view.hasFocus()


def test_sample_cards_say_how_much_there_is_and_in_which_languages(open_window: OpenWindow) -> None:
    window = open_window()
    said = [card.accessibleDescription() for card in window.start.findChildren(Card)]
    assert any("22 pairs · traditional Chinese and English" in one for one in said)
    assert any("21 pairs · simplified Chinese and English" in one for one in said)


def test_two_keys_of_one_name_are_shown_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.qt.keys._native", lambda _: "回车")
    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = KeySheet(Settings(), parent, {})
    assert isinstance(sheet.tree.itemDelegate(), BaselineDelegate)
    texts = [
        group.child(row).text(1)
        for group in sheet._groups()
        for row in range(group.childCount())
        if group.child(row).text(1)
    ]
    assert texts
    assert set(texts) == {"回车"}


@pytest.fixture
def kinds(bench: Workbench, qtbot: QtBot) -> LinkTypes:
    dialog = LabelsDialog(bench)
    qtbot.addWidget(dialog)
    dialog.show()
    page = dialog.findChild(LinkTypes)
    assert page is not None
    return page


def type_ids(bench: Workbench) -> list[str]:
    assert bench.session is not None
    return [one.id for one in bench.session.project.link_types]


def test_a_link_type_is_added_named_and_removed_and_all_is_undone(
    kinds: LinkTypes, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = type_ids(bench)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" CAUSE ", True))
    QTest.mouseClick(kinds._more, Qt.MouseButton.LeftButton)
    assert type_ids(bench) == [*before, "CAUSE"]
    row = len(before)
    kinds.table.item(row, 1).setText("cause")
    kinds.table.item(row, 2).setText("原因")
    assert bench.session is not None
    assert bench.session.project.link_types[row].name == {"en": "cause", "zh": "原因"}
    kinds.table.setCurrentCell(row, 0)
    QTest.mouseClick(kinds._less, Qt.MouseButton.LeftButton)
    assert type_ids(bench) == before
    for _ in range(4):
        bench.undo()
    assert type_ids(bench) == before


def test_links_of_a_removed_type_take_the_one_that_is_chosen(
    kinds: LinkTypes, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = next(link.type for link in bench.document.links)
    asked: list[str] = []

    def choose(_parent: object, _title: str, question: str, choices: list[str], *_: object) -> object:
        asked.append(question)
        return choices[0], True

    monkeypatch.setattr(QInputDialog, "getItem", choose)
    kinds.table.setCurrentCell(type_ids(bench).index(used), 0)
    QTest.mouseClick(kinds._less, Qt.MouseButton.LeftButton)
    assert asked
    assert used not in type_ids(bench)
    assert all(link.type in type_ids(bench) for link in bench.document.links)


def test_a_link_type_that_exists_is_not_overwritten(
    kinds: LinkTypes, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench.session is not None
    before = bench.session.project.link_types
    told: list[str] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (before[0].id, True))
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: told.append(args[2]))
    QTest.mouseClick(kinds._more, Qt.MouseButton.LeftButton)
    assert bench.session.project.link_types == before
    assert before[0].id in told[0]


def test_a_tag_covers_no_other_text_unless_its_span_is_hovered(
    open_window: OpenWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.qt.parallel.connection import ConnectionPainter, place

    window = open_window(project, size=(900, 700))
    document, view = window.workbench.document, window.view
    assert document is not None
    places = [(span, place(view.scene, document, span)) for span in document.spans]
    inner = next(one for one, at in places if not at.away and at.box.width() and not at.room)
    upper = next(one for one, at in places if not at.away and at.room)
    said: list[str] = []
    monkeypatch.setattr(ConnectionPainter, "chip", lambda _self, _box, text, _style: said.append(text))
    tags = ConnectionPainter(None, view.scene, view.look, document)  # type: ignore[arg-type]
    tags.tag(inner)
    assert not said
    tags.tag(upper)
    view.look.hovered = inner.id
    tags.tag(inner)
    assert len(said) == 2


def test_the_status_line_names_the_label_of_the_selected_span(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    span = next(one for one in window.workbench.document.spans if one.label == "PLACE")
    window.workbench.select(span.id)
    assert window.status.place.text().endswith("· Place")


def test_the_guideline_of_the_language_spoken_comes_first(bench: Workbench, qtbot: QtBot) -> None:
    speak("zh")
    try:
        dialog = LabelsDialog(bench)
        qtbot.addWidget(dialog)
        assert dialog._form.findChild(QTabWidget).tabText(0) == say("labelform.description.zh")
    finally:
        speak("en")
