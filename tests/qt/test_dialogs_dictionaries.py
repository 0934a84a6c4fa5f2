"""The dialog for dictionaries, on real files and a real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from stored import project

from annotator.qt.dialogs.dictionaries import DictionariesDialog
from annotator.qt.tasks import busy
from annotator.qt.window import Window
from annotator.settings import Settings

OpenWindow = Callable[..., Window]
Make = Callable[[], DictionariesDialog]


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Window:
    return open_window(project(tmp_path / "p", who="ann"))


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> DictionariesDialog:
    window.run("edit.dictionaries")
    found = window.findChild(DictionariesDialog)
    assert found is not None
    rest(found, qtbot)
    return found


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    return put(tmp_path / "terms.tsv", "灯塔\tlighthouse\n渡口\tferry\n")


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rest(dialog: DictionariesDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.busy and not busy())


def rows(dialog: DictionariesDialog) -> list[tuple[str, ...]]:
    """What the list says, row by row."""
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(4)) for item in items if item is not None]


def add(dialog: DictionariesDialog, qtbot: QtBot, *paths: Path) -> None:
    dialog.add(list(paths))
    rest(dialog, qtbot)


def test_an_empty_list_says_what_dictionaries_are_good_for(dialog: DictionariesDialog) -> None:
    assert rows(dialog) == []
    assert not dialog.list.isVisible()
    assert dialog._pages.currentIndex() == 1
    assert dialog._add.isEnabled()
    assert not dialog._remove.isEnabled()


def test_a_chosen_file_is_in_use_and_aligning_again_is_offered(
    dialog: DictionariesDialog, window: Window, terms: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(terms)], ""))
    assert not dialog._offer.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Insert)
    rest(dialog, qtbot)
    assert rows(dialog) == [("terms.tsv", "yours", "2", "in use")]
    assert Settings().get("dictionaries") == [str(terms)]
    assert window.knowledge.lexicon is not None
    assert dialog._offer.isVisible()
    told: list[str] = []
    window.workbench.message.connect(lambda text, _: told.append(text))
    qtbot.mouseClick(dialog._align, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("aligned" in text for text in told))


def test_files_may_be_dropped_and_those_that_are_none_say_why_until_removed(
    dialog: DictionariesDialog, terms: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    notes = put(tmp_path / "notes.txt", "nothing Chinese here\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (terms, notes)])
    dialog.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    rest(dialog, qtbot)
    assert rows(dialog)[1] == ("notes.txt", "not added", "", "cannot be used")
    dialog.list.setCurrentItem(dialog.list.topLevelItem(1))
    assert "no entries" in dialog._detail.text()
    assert dialog._detail.isVisible()
    assert not dialog._give.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert [row[0] for row in rows(dialog)] == ["terms.tsv"]
    assert not dialog._detail.isVisible()
    assert Settings().get("dictionaries") == [str(terms)]


def test_a_missing_file_keeps_its_place_and_its_reason(
    dialog: DictionariesDialog, terms: Path, qtbot: QtBot
) -> None:
    add(dialog, qtbot, terms)
    terms.unlink()
    dialog._keeper.read()
    rest(dialog, qtbot)
    assert rows(dialog) == [("terms.tsv", "yours", "", "cannot be used")]
    assert "no longer there" in dialog._detail.text()


def test_one_is_given_to_the_project_and_taken_out_of_it(
    dialog: DictionariesDialog, window: Window, terms: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(dialog, qtbot, terms)
    qtbot.mouseClick(dialog._give, Qt.MouseButton.LeftButton)
    rest(dialog, qtbot)
    assert rows(dialog) == [("terms.tsv", "this project’s", "2", "in use")]
    assert Settings().get("dictionaries") == []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    for left in (1, 0):
        QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
        rest(dialog, qtbot)
        assert len(rows(dialog)) == left
    assert window.knowledge.lexicon is None


def test_reading_can_be_stopped_and_nothing_is_added(
    dialog: DictionariesDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    many = "".join(f"{chr(0x4E00 + at // 90)}{chr(0x5E00 + at % 90)}\tword {at}\n" for at in range(90_000))
    dialog.add([put(tmp_path / "large.tsv", many)])
    assert dialog._progress.isVisible()
    qtbot.mouseClick(dialog._stop, Qt.MouseButton.LeftButton)
    rest(dialog, qtbot)
    assert rows(dialog) == []
    assert not dialog._progress.isVisible()
    assert Settings().get("dictionaries") == []


def test_without_a_project_the_users_own_can_be_kept(
    open_window: OpenWindow, terms: Path, qtbot: QtBot
) -> None:
    window = open_window()
    window.run("edit.dictionaries")
    dialog = window.findChild(DictionariesDialog)
    assert dialog is not None
    add(dialog, qtbot, terms)
    assert rows(dialog)[0][1] == "yours"
    assert not dialog._give.isEnabled()
    assert not dialog._offer.isVisible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_can_be_reached_by_key(
    open_window: OpenWindow, terms: Path, qtbot: QtBot, lang: str
) -> None:
    window = open_window(lang=lang)
    window.run("edit.dictionaries")
    dialog = window.findChild(DictionariesDialog)
    assert dialog is not None
    add(dialog, qtbot, terms)
    dialog.list.setFocus()
    reached = set()
    for _ in range(8):
        reached.add(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert {dialog.list, dialog._add, dialog._remove} <= reached
    assert dialog.list.accessibleName()
