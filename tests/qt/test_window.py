"""The window on real projects: opening, annotating by key, saving, languages, narrow widths."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.folders import data_folder
from annotator.core.resources import sample_projects
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.start import Card
from annotator.qt.tasks import busy
from annotator.qt.theme import themes
from annotator.qt.window import Window
from annotator.services.cursor import Cursor
from annotator.services.opening import create, open_project

OpenWindow = Callable[..., Window]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of a sample project."""
    folder = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", folder)
    return folder


def select(window: Window, quote: str) -> None:
    """Select the first place of the Chinese text that says `quote`."""
    document = window.workbench.document
    assert document is not None
    at = document.zh.index(quote)
    window.workbench.move(Cursor.over("zh", at, at + len(quote)))


def open_ids(project: Path) -> tuple[str, ...]:
    """The documents of a project."""
    opened = open_project(project, read_only=True)
    opened.store.close()
    return opened.session.document_ids


def unannotated(window: Window) -> str:
    """Two characters of the Chinese text that no annotation covers."""
    document = window.workbench.document
    assert document is not None
    for row in range(len(document.pairs)):
        start, end = document.pairs[row].extent("zh") or (0, 0)
        for at in range(start, end - 2):
            quote = document.zh[at : at + 2]
            if (
                quote.isalpha()
                and not document.spans.overlapping("zh", at, at + 2)
                and document.zh.count(quote) == 1
            ):
                return quote
    raise AssertionError("everything is annotated")


def test_a_project_opens_at_its_first_document(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    document = window.workbench.document
    assert document is not None
    assert window.pages.currentWidget() is window.splitter
    assert window.centre.currentWidget() is window.view
    assert document.title in window.windowTitle()
    assert window.status.state.words.text() == "Saved"
    assert window.documents.list.currentItem().text() == document.title
    assert [button.label.key for button in window.labels.buttons][:4] == ["1", "2", "3", "4"]


def test_a_labels_key_annotates_what_is_selected_and_undo_names_it(
    open_window: OpenWindow, project: Path, qtbot: QtBot
) -> None:
    window = open_window(project)
    window.view.setFocus()
    quote = unannotated(window)
    select(window, quote)
    before = len(window.workbench.document.spans)  # type: ignore[union-attr]
    QTest.keyClick(window.view, Qt.Key.Key_1)
    assert window.workbench.span is not None
    assert (window.workbench.span.quote, window.workbench.span.label) == (quote, "PERSON")
    qtbot.waitUntil(lambda: quote in window.commands["edit.undo"].text())
    QTest.keyClick(window.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.workbench.document.spans) == before  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: quote in window.commands["edit.redo"].text())


def test_a_click_on_a_label_annotates_and_leaves_the_focus_in_the_text(
    open_window: OpenWindow, project: Path
) -> None:
    window = open_window(project)
    window.view.setFocus()
    select(window, unannotated(window))
    place = next(button for button in window.labels.buttons if button.label.id == "PLACE")
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    assert window.workbench.span is not None
    assert window.workbench.span.label == "PLACE"
    assert not place.hasFocus()


def test_a_pause_saves_and_the_next_start_is_where_the_last_one_ended(
    open_window: OpenWindow, project: Path, qtbot: QtBot
) -> None:
    window = open_window(project)
    quote = unannotated(window)
    select(window, quote)
    place = window.workbench.cursor
    window.run("annotate.label", "DATE")
    session = window.workbench.session
    assert session is not None
    assert session.dirty
    qtbot.waitUntil(lambda: not session.dirty and not busy(), timeout=10_000)
    lines = [
        line
        for path in project.glob("annotations/*/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert any(json.loads(line).get("quote") == quote for line in lines)
    window.workbench.move(place.moved(place.offset))
    window.close()
    again = open_window(project)
    assert again.workbench.cursor.offset == place.offset


def test_closing_saves_what_the_pause_had_not(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    quote = unannotated(window)
    select(window, quote)
    window.run("annotate.label", "DATE")
    window.close()
    opened = open_project(project, read_only=True)
    opened.store.close()
    spans = [span for doc in opened.session.document_ids for span in opened.session.document(doc).spans]
    assert any(span.quote == quote for span in spans)
    assert not opened.session.dirty


def test_a_second_window_on_the_same_project_is_read_only_and_says_why(
    open_window: OpenWindow, project: Path
) -> None:
    open_window(project)
    second = open_window(project)
    session = second.workbench.session
    assert session is not None
    assert session.read_only is not None
    assert second.status.state.words.text() == "Read-only"
    assert str(session.read_only) in [toast.text for toast in second.toasts.messages()]
    assert not second.commands["edit.undo"].isEnabled() or not session.dirty
    assert not second.commands["pair.done"].isEnabled()
    assert not any(button.isEnabled() for button in second.labels.buttons)
    for toast in second.toasts.messages():
        toast.dismiss()
    second.view.setFocus()
    select(second, unannotated(second))
    QTest.keyClick(second.view, Qt.Key.Key_1)
    assert [toast.text for toast in second.toasts.messages()] == [str(session.read_only)]


def test_a_folder_without_a_project_leaves_the_first_screen_and_an_error_that_stays(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(tmp_path)
    assert window.pages.currentWidget() is window.start
    assert [toast.level for toast in window.toasts.messages()] == ["error"]


def test_the_first_screen_offers_samples_and_what_was_opened_last(
    open_window: OpenWindow, project: Path
) -> None:
    window = open_window(project)
    assert window.workbench.session is not None
    title = window.workbench.session.project.title
    window.run("file.close")
    assert window.pages.currentWidget() is window.start
    names = [card.accessibleName() for card in window.start.findChildren(Card)]
    assert names[0] == title
    assert len(names) == 4


def test_a_sample_opens_as_a_copy_of_the_users_own(open_window: OpenWindow) -> None:
    window = open_window(sample="dialogue")
    assert window.projects.folder == data_folder() / "samples" / "dialogue"
    assert window.workbench.document is not None


def test_a_card_opens_with_the_keyboard(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    card = window.start.findChildren(Card)[0]
    QTest.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workbench.document is not None)


def test_documents_that_are_not_open_yet_are_listed_by_title(
    open_window: OpenWindow, project: Path, qtbot: QtBot
) -> None:
    source = project / "docs" / f"{open_ids(project)[0]}.json"
    lines = source.read_text("utf-8").splitlines(keepends=True)
    changed = [line.replace(source.stem, "zz") if line.startswith('"id"') else line for line in lines]
    changed = ['"title":"Another one",\n' if line.startswith('"title"') else line for line in changed]
    (project / "docs" / "zz.json").write_text("".join(changed), encoding="utf-8")
    window = open_window(project)
    listed = window.documents.list
    qtbot.waitUntil(lambda: [listed.item(row).text() for row in range(listed.count())][-1] == "Another one")
    window.run("nav.next_document")
    qtbot.waitUntil(lambda: window.workbench.document_id == "zz")
    assert "Another one" in window.windowTitle()


def test_an_empty_project_says_what_to_do(open_window: OpenWindow, tmp_path: Path) -> None:
    create(tmp_path / "new", "New", annotator="ann")
    window = open_window(tmp_path / "new")
    assert window.centre.currentWidget() is window.empty
    words = [label.text() for label in window.empty.findChildren(type(window.status.place))]
    assert "No texts yet" in words


def test_a_dropped_folder_of_texts_is_imported(
    open_window: OpenWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    texts = tmp_path / "texts" / "deeper"
    texts.mkdir(parents=True)
    (texts / "snow.zh.txt").write_text("雪停了。", encoding="utf-8")
    (texts / "snow.en.txt").write_text("The snow stopped.", encoding="utf-8")
    window = open_window(project)
    window.take([texts.parent])
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None)
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.draft is not None)
    assert dialog.draft.name == "deeper/snow.zh.txt + deeper/snow.en.txt"
    assert dialog.draft.ready
    dialog.reject()


def test_a_dropped_project_folder_is_opened(open_window: OpenWindow, project: Path, qtbot: QtBot) -> None:
    window = open_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(project))])
    action, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(QDropEvent(QPointF(50, 50), action, data, buttons, keys))
    qtbot.waitUntil(lambda: window.workbench.document is not None)


def test_everything_is_said_in_the_other_language_at_once(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    span = next(window.workbench.document.spans.ordered("zh"))  # type: ignore[union-attr]
    window.workbench.select(span.id, reveal=True)
    window.run("panel.inspector")
    QApplication.processEvents()
    window.run("language.zh")
    QApplication.processEvents()
    assert window.menuBar().actions()[0].text() == "文件"
    assert window.status.state.words.text() == "已保存"
    assert window.labels.buttons[0].text() == "人物"
    assert window.commands["language.zh"].isChecked()
    window.run("language.en")
    QApplication.processEvents()
    assert window.menuBar().actions()[0].text() == "File"


def test_the_theme_changes_at_once_and_is_kept(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    light = window.view.viewport().grab().toImage().pixelColor(3, 3)
    window.run("theme.dark")
    QApplication.processEvents()
    assert themes().current.dark
    dark = window.view.viewport().grab().toImage().pixelColor(3, 3)
    assert dark.lightness() < 80 < light.lightness()
    assert window.settings.get("theme") == "dark"


@pytest.mark.parametrize(
    ("width", "documents", "sidebar"), [(1280, True, True), (900, True, False), (640, False, False)]
)
def test_side_columns_step_aside_in_a_narrow_window(
    open_window: OpenWindow, project: Path, width: int, documents: bool, sidebar: bool
) -> None:
    window = open_window(project, size=(width, 480))
    assert window.width() == width
    assert window.documents.isVisible() == documents
    assert window.sidebar.isVisible() == sidebar
    window.run("view.sidebar")
    assert window.sidebar.isVisible() != sidebar
    assert window.width() == width


def test_in_a_narrow_window_one_side_column_shows_at_a_time(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project, size=(760, 560))
    window.show_panel("review")
    assert (window.documents.isVisible(), window.sidebar.isVisible()) == (False, True)
    assert window.view.width() >= 400
    window.resize(640, 480)
    QApplication.processEvents()
    assert window.width() == 640
    assert window.view.width() >= 340
    window.run("view.documents")
    assert (window.documents.isVisible(), window.sidebar.isVisible()) == (True, False)
    window.run("view.documents")
    assert (window.documents.isVisible(), window.sidebar.isVisible()) == (False, True)
    window.resize(1280, 560)
    assert window.sidebar.isVisible()


def test_a_hint_without_room_ends_with_an_ellipsis_and_is_whole_in_its_tip(
    open_window: OpenWindow, project: Path
) -> None:
    window = open_window(project, size=(760, 560))
    hint = "Place? One key accepts, another rejects, a third one shows the next, a fourth the one before"
    window.status.show_hint(hint)
    QApplication.processEvents()
    assert window.status.spans.shown.endswith("…")
    assert window.status.spans.toolTip() == window.status.spans.text() == hint
    window.status.spans.setFixedWidth(24)
    assert window.status.spans.shown == ""
    window.status.spans.setMaximumWidth(400)
    window.status.show_hint("Place?")
    QApplication.processEvents()
    assert window.status.spans.shown == "Place?"
    assert window.status.spans.toolTip() == ""


def test_layout_zoom_and_columns_are_remembered(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    window.run("view.zoom_in")
    window.run("view.documents")
    window.close()
    again = open_window(project)
    assert again.settings.get("zoom") == 110
    assert again.view.zoom == pytest.approx(1.1)
    assert again.status.zoom.text() == "110%"
    assert not again.documents.isVisible()


def test_every_control_has_a_name_for_those_who_cannot_see_it(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QListWidget)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_f6_goes_round_the_parts_of_the_window(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    window.view.setFocus()
    seen = []
    for _ in window.areas():
        window.run("nav.next_area")
        seen.append(window.focusWidget())
    assert len(set(seen)) == len(window.areas())
    assert window.focusWidget() is window.view


def test_the_list_of_documents_shows_that_the_keyboard_is_in_it(
    open_window: OpenWindow, project: Path, qtbot: QtBot
) -> None:
    window = open_window(project)
    window.activateWindow()
    pictures = []
    for widget in (window.view, window.documents.list):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        pictures.append(window.documents.list.grab().toImage())
    assert pictures[0] != pictures[1]


def test_every_command_of_the_table_is_bound(open_window: OpenWindow) -> None:
    from annotator.commands import COMMANDS
    from annotator.qt.actions.registry import actions

    open_window()
    assert actions().keys() == COMMANDS.keys()


def test_a_damaged_document_is_named_and_the_others_open(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "two"
    shutil.copytree(sample_projects() / "readout", folder)
    (folder / "docs" / "a.json").write_text('{"format": "bitext-document/1"', encoding="utf-8")
    window = open_window(folder)
    assert window.workbench.document_id == "readout"
    assert window.documents.list.count() == 2
    assert any("docs/a.json" in toast.text for toast in window.toasts.messages())
    window.documents.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: not window.projects.opening)
    assert window.documents.list.currentRow() == 1
    window.projects.close()
    (folder / "docs" / "readout.json").unlink()
    window = open_window(folder)
    assert window.workbench.session is not None
    assert window.workbench.document_id is None
    reopened = open_project(folder)
    assert reopened.session.read_only is not None
    reopened.store.close()


def test_escape_leads_back_to_the_text_from_everywhere(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    window.activateWindow()
    document = window.workbench.document
    assert document is not None
    window.workbench.select(next(iter(document.spans)).id)
    window.run("span.note")
    note = QApplication.focusWidget()
    assert note is not None
    assert note is not window.view
    QTest.keyClicks(note, "seen")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.view
    assert window.workbench.span is not None
    assert window.workbench.span.note == "seen"


def test_a_note_just_typed_outlives_the_window(open_window: OpenWindow, project: Path) -> None:
    window = open_window(project)
    window.activateWindow()
    document = window.workbench.document
    assert document is not None
    chosen = next(iter(document.spans)).id
    window.workbench.select(chosen)
    window.run("span.note")
    note = QApplication.focusWidget()
    assert note is not None
    QTest.keyClicks(note, "seen")
    window.close()
    opened = open_project(project, read_only=True)
    opened.store.close()
    kept = opened.session.document(document.id).spans.get(chosen)
    assert kept is not None
    assert kept.note == "seen"


def test_return_presses_the_buttons_of_the_first_screen(open_window: OpenWindow) -> None:
    window = open_window()
    start = window.pages.currentWidget()
    assert start is not None
    buttons = start.findChildren(QPushButton)
    assert len(buttons) == 4
    for button in buttons:
        button.clicked.disconnect()
        clicks = QSignalSpy(button.clicked)
        QTest.keyClick(button, Qt.Key.Key_Return)
        assert clicks.count() == 1
