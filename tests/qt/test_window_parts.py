"""The palette, the key sheet, the messages and the settings dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.commands import COMMANDS
from annotator.qt.banner import Banner, font_command
from annotator.qt.bugs import BugHook, log_file
from annotator.qt.dialogs.settings import SettingsDialog
from annotator.qt.keys import KeySheet
from annotator.qt.palette import ENTRY, Palette, score
from annotator.qt.toasts import Toasts
from annotator.qt.window import Window
from annotator.settings import SETTINGS, Settings

OpenWindow = Callable[..., Window]


def palette(window: Window) -> Palette:
    window.run("edit.palette")
    return window.findChildren(Palette)[-1]


def titles(shown: Palette) -> list[str]:
    return [shown.list.item(row).data(ENTRY).title for row in range(shown.list.count())]


def test_letters_that_start_words_or_stand_together_count_more() -> None:
    assert score("zr", "Normal size") == 0
    assert score("mp", "Merge pair") > score("mp", "Jump")
    assert score("undo", "Undo") > score("undo", "Unlink the door")


@pytest.mark.parametrize("letters", ["exp", "导出", "EXPORT"])
def test_a_command_is_found_by_its_title_in_either_language(open_window: OpenWindow, letters: str) -> None:
    shown = palette(open_window(sample="news"))
    shown.search(letters)
    assert titles(shown)[0] == "Export…"


def test_the_palette_finds_labels_and_documents(open_window: OpenWindow) -> None:
    window = open_window(sample="news")
    shown = palette(window)
    shown.search("人物")
    assert titles(shown)[0] == "Person"
    document = window.workbench.document
    assert document is not None
    shown.search(document.title)
    assert document.title in titles(shown)


def test_projects_opened_before_are_offered_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(sample="news")
    window.run("file.recent")
    assert not window.findChildren(Palette)
    window.projects.open_sample("dialogue")
    qtbot.waitUntil(lambda: window.workbench.document_id == "dialogue")
    window.run("file.recent")
    shown = window.findChildren(Palette)[-1]
    assert len(titles(shown)) == 1
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workbench.document_id == "news")


def test_return_does_what_is_chosen_and_escape_leaves(open_window: OpenWindow) -> None:
    window = open_window(sample="news")
    window.view.setFocus()
    shown = palette(window)
    QTest.keyClicks(shown.field, "larger")
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert window.settings.get("zoom") == 110
    assert shown.isHidden()
    again = palette(window)
    QTest.keyClick(again.field, Qt.Key.Key_Escape)
    assert again.isHidden()
    assert window.focusWidget() is window.view


def test_a_command_that_makes_no_sense_now_is_not_done(open_window: OpenWindow) -> None:
    window = open_window()
    shown = palette(window)
    shown.search("close project")
    assert not shown.list.item(0).data(ENTRY).enabled
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert not shown.isHidden()


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[KeySheet]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = KeySheet(Settings(), parent, {"PERSON": "1"})
    made.show()
    yield made
    parent.close()


def test_a_key_is_changed_by_pressing_another(sheet: KeySheet) -> None:
    sheet.wait_for("view.zoom_reset")
    QTest.keyClick(sheet.tree, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert Settings().get("keys") == {"view.zoom_reset": ["Ctrl+9"]}


def test_the_key_of_another_command_is_refused_by_name_until_it_is_taken(sheet: KeySheet) -> None:
    sheet.wait_for("help.log")
    QTest.keyClick(sheet.tree, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert Settings().get("keys") == {}
    assert "Export" in sheet.said
    sheet.swap()
    assert Settings().get("keys") == {"help.log": ["Ctrl+E"], "file.export": []}


def test_the_key_of_a_label_is_refused(sheet: KeySheet) -> None:
    sheet.wait_for("help.log")
    QTest.keyClick(sheet.tree, Qt.Key.Key_1)
    assert Settings().get("keys") == {}
    assert "PERSON" in sheet.said


def test_escape_keeps_the_key_and_the_defaults_come_back_whole(sheet: KeySheet) -> None:
    sheet.wait_for("file.open")
    QTest.keyClick(sheet.tree, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.wait_for("file.open")
    QTest.keyClick(sheet.tree, Qt.Key.Key_F7)
    assert Settings().get("keys") == {"file.open": ["F7"]}
    sheet.reset()
    assert Settings().get("keys") == {}


def test_the_sheet_is_searched_in_both_languages_and_by_key(sheet: KeySheet) -> None:
    for needle in ("undo", "撤销", "ctrl+z"):
        sheet.search(needle)
        assert "edit.undo" in sheet.visible_ids()
        assert len(sheet.visible_ids()) < len(COMMANDS)


def test_a_changed_key_works_in_the_window_at_once(open_window: OpenWindow) -> None:
    window = open_window(sample="news")
    window.settings.set("keys", {"view.zoom_in": ["F8"]})
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_F8)
    assert window.settings.get("zoom") == 110


def test_an_error_stays_and_news_go_by_themselves(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.qt.toasts.STAY_MS", {"info": 1, "warning": 1})
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(500, 400)
    host.show()
    toasts = Toasts(host)
    toasts.show_message("Disk full. " * 20, "error")
    toasts.show_message("Done", "info")
    toasts.show_message("Careful", "warning")
    qtbot.waitUntil(lambda: [toast.level for toast in toasts.messages()] == ["error"])
    assert host.rect().contains(toasts.geometry())
    only = toasts.messages()[0]
    assert only.height() >= only.heightForWidth(only.width())
    only.dismiss()
    assert toasts.isHidden()


def test_the_same_message_is_not_stacked(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toasts = Toasts(host)
    for _ in range(3):
        toasts.show_message("Again", "error")
    assert len(toasts.messages()) == 1


@pytest.mark.logs
def test_a_bug_is_logged_with_its_traceback_and_told_once(open_window: OpenWindow) -> None:
    window = open_window()
    hook = BugHook(window.workbench)
    for _ in range(2):
        try:
            raise ZeroDivisionError("oops")
        except ZeroDivisionError as error:
            hook(type(error), error, error.__traceback__)
    assert sum("oops" in toast.text for toast in window.toasts.messages()) == 1
    assert "test_a_bug_is_logged" in log_file().read_text(encoding="utf-8")


def test_the_settings_dialog_has_a_field_for_all_that_a_person_may_choose(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    assert set(dialog.fields) == {name for name, one in SETTINGS.items() if one.kind != "kept"}
    zoom, numbers, theme = (dialog.fields[name] for name in ("zoom", "all_tags", "theme"))
    assert isinstance(zoom, QSpinBox)
    assert isinstance(numbers, QCheckBox)
    assert isinstance(theme, QComboBox)
    zoom.setValue(140)
    numbers.click()
    theme.setCurrentIndex(theme.findData("dark"))
    theme.activated.emit(theme.currentIndex())
    assert [settings.get(name) for name in ("zoom", "all_tags", "theme")] == [140, True, "dark"]
    dialog.reset()
    assert [settings.get(name) for name in ("zoom", "all_tags", "theme")] == [100, False, "system"]


@pytest.mark.parametrize(
    ("platform", "release", "expected"),
    [
        ("linux", "ID=ubuntu\nID_LIKE=debian\n", "apt install fonts-noto-cjk"),
        ("linux", 'ID="fedora"\n', "dnf install"),
        ("linux", 'ID=mint\nID_LIKE="ubuntu debian"\n', "apt install fonts-noto-cjk"),
        ("linux", "", "apt install fonts-noto-cjk"),
        ("darwin", "", ""),
        ("win32", "", ""),
    ],
)
def test_the_package_with_chinese_letters_fits_the_system(platform: str, release: str, expected: str) -> None:
    command = font_command(platform, release)
    assert expected in command
    assert bool(command) == bool(expected)


def test_without_a_chinese_font_a_line_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.qt.banner.missing_cjk", lambda: True)
    banner = Banner()
    qtbot.addWidget(banner)
    banner.check_fonts()
    assert not banner.isHidden()
    assert "Chinese" in banner.words


def test_icons_are_drawn_for_every_name_that_is_used() -> None:
    from annotator.core.resources import resource

    folder: Path = resource("icons")
    missing = {command.icon for command in COMMANDS.values() if command.icon} - {
        path.stem for path in folder.glob("*.svg")
    }
    assert missing == set()
