"""The queue: everything suggested in one list, and what its keys and its threshold do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from review_desk import Desk, only_counterparts

from annotator.core.messages import speak
from annotator.core.resources import sample_projects
from annotator.qt.panels import deciding
from annotator.qt.panels.review import Review
from annotator.qt.panels.thresholdbuttons import ThresholdButtons
from annotator.qt.window import Window
from annotator.services.annotate import remove

OpenWindow = Callable[..., Window]


class QueueDesk(Desk):
    """The desk with the queue open; the English side has lost its annotations."""

    @property
    def panel(self) -> Review:
        panel = self.window.show_panel("review")
        assert isinstance(panel, Review)
        return panel

    def wait(self) -> None:
        """Until the queue shows what is suggested."""
        self._qtbot.waitUntil(lambda: self.window.review.offers.scan is None, timeout=30_000)
        self.settle()
        self._qtbot.waitUntil(lambda: self.panel.settled, timeout=30_000)

    def keys(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self.panel.tree, combination.key(), combination.keyboardModifiers())

    @property
    def texts(self) -> list[tuple[str, int]]:
        return [(one.first.suggestion.quote, len(one.entries)) for one in self.panel.groups]

    def choose(self, name: str, value: str) -> None:
        box = self.panel.filter.boxes[name]
        box.setCurrentIndex(box.findData(value))
        self.wait()

    @property
    def current(self) -> str:
        entry = self.panel.tree.model().entry(self.panel.tree.currentIndex())
        return entry.suggestion.quote if entry else ""

    def english(self, quote: str) -> int:
        return sum(one.quote == quote for one in self.text.spans.ordered("en"))


@pytest.fixture
def desk(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> QueueDesk:
    window = open_window(only_counterparts(tmp_path / "readout"), suggestions=True)
    window.activateWindow()
    result = QueueDesk(window, qtbot)
    result.do(remove(result.text, [one.id for one in result.text.spans.ordered("en")]))
    result.panel.tree.setFocus()
    result.wait()
    return result


def test_the_same_text_stands_once_with_how_often(desk: QueueDesk) -> None:
    assert desk.texts[0] == ("Langfang", 4)
    assert dict(desk.texts)["China"] >= 3
    assert f"{sum(count for _, count in desk.texts)} suggestions" in desk.panel.summary


def test_another_panel_takes_the_focus_over_even_while_a_message_is_shown(desk: QueueDesk) -> None:
    desk.window.workbench.tell("The ferry is closed.")
    desk.panel.tree.setFocus()
    assert desk.panel.tree.hasFocus()
    desk.window.show_panel("problems")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert desk.window.sidebar.isAncestorOf(focus)


def test_one_key_decides_a_text_wherever_it_stands(desk: QueueDesk) -> None:
    desk.keys("J")
    assert desk.current == "Langfang"
    desk.keys("Y")
    assert desk.english("Langfang") == 4
    assert len(desk.text.links) == 4
    assert desk.current == desk.texts[0][0] != "Langfang"
    desk.wait()
    assert "Langfang" not in dict(desk.texts)
    desk.window.workbench.undo()
    desk.wait()
    assert desk.english("Langfang") == 0
    assert ("Langfang", 4) in desk.texts


def test_one_place_of_a_text_is_decided_alone(desk: QueueDesk) -> None:
    tree = desk.panel.tree
    desk.keys("J", "Right", "J", "X")
    assert len(list(desk.text.rejections())) == 1
    desk.wait()
    assert ("Langfang", 3) in desk.texts
    assert tree.model().rowCount() == len(desk.texts)


@pytest.fixture
def fresh(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> QueueDesk:
    """The queue of a sample of which nothing is annotated, with all sources at work."""
    folder = tmp_path / "unannotated"
    shutil.copytree(sample_projects() / "readout", folder)
    shutil.rmtree(folder / "annotations")
    window = open_window(folder, suggestions=True)
    window.activateWindow()
    result = QueueDesk(window, qtbot)
    result.panel.tree.setFocus()
    result.wait()
    return result


def test_a_counterpart_is_accepted_and_linked_from_the_list_too(fresh: QueueDesk) -> None:
    fresh.keys("J", "Y")
    places = [one for one in fresh.text.spans if one.quote == "廊坊"]
    assert places
    for one in places:
        assert [mate.quote for mate in fresh.text.partners(one.id)] == ["Langfang"]
    assert "廊坊" not in dict(fresh.texts)
    assert fresh.current not in ("", "廊坊")
    fresh.window.workbench.undo()
    assert not list(fresh.text.spans)


def test_so_many_that_it_takes_a_while_are_decided_step_by_step_and_undone_as_one(
    desk: QueueDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "_FEW", 1)
    desk.panel.scores.slider.setValue(0)
    shown: list[object] = []
    desk.window.workbench.working.connect(lambda work, _: shown.append(work))
    desk.panel.accept_above()
    assert len(shown) == 1
    assert not list(desk.text.spans.ordered("en"))
    desk.until(lambda: bool(list(desk.text.spans.ordered("en"))))
    desk.wait()
    assert desk.texts == []
    desk.window.workbench.undo()
    assert not list(desk.text.spans.ordered("en"))


def test_deciding_very_many_can_be_stopped_and_then_nothing_was_decided(
    desk: QueueDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "_FEW", 1)
    before = desk.texts
    desk.panel.scores.slider.setValue(0)
    desk.panel.accept_above()
    desk.window.status.work.stop()
    desk.wait()
    assert desk.texts == before
    desk.panel.accept_above()
    desk.until(lambda: bool(list(desk.text.spans.ordered("en"))))


def test_what_is_edited_meanwhile_is_not_decided_on_a_stale_text(
    desk: QueueDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "_FEW", 1)
    desk.panel.scores.slider.setValue(100)
    desk.panel.reject_below()
    desk.window.workbench.do(remove(desk.text, [next(iter(desk.text.spans)).id]))
    desk.until(lambda: bool(desk.told))
    assert "Decide them again" in desk.told[-1]
    assert not list(desk.text.rejections())


def test_in_a_low_window_the_list_has_the_room_and_one_button_shows_all_filters(desk: QueueDesk) -> None:
    desk.window.resize(760, 480)
    QApplication.processEvents()
    shown = desk.panel.filter
    assert [name for name, box in shown.boxes.items() if box.isVisible()] == ["state", "sort"]
    shown.more.click()
    assert all(box.isVisible() for box in shown.boxes.values())
    desk.choose("side", "en")
    shown.more.click()
    assert [name for name, box in shown.boxes.items() if box.isVisible()] == ["state", "sort", "side"]
    desk.window.resize(1280, 820)
    QApplication.processEvents()
    assert all(box.isVisible() for box in shown.boxes.values())
    assert not shown.more.isVisible()


@pytest.mark.parametrize("width", [206, 262, 400])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_buttons_at_the_threshold_are_never_cut(
    open_window: OpenWindow, qtbot: QtBot, width: int, spoken: str
) -> None:
    open_window()
    speak(spoken)
    buttons = ThresholdButtons()
    qtbot.addWidget(buttons)
    buttons.resize(width, 80)
    buttons.show()
    buttons.show_counts(12_345, 6_789, 80)
    QApplication.processEvents()
    assert "12345" in buttons.above.toolTip()
    for one in (buttons.above, buttons.below):
        icon = 0 if one.icon().isNull() else one.iconSize().width() + 4
        assert one.fontMetrics().horizontalAdvance(one.text()) + icon + 28 <= one.width()


def test_a_label_key_accepts_under_that_label(desk: QueueDesk) -> None:
    desk.keys("J", "1")
    assert {one.label for one in desk.text.spans.ordered("en")} == {"PERSON"}


def test_the_text_shows_what_the_list_is_at(desk: QueueDesk) -> None:
    desk.keys("J", "J", "J")
    assert desk.suggested == desk.current == "Hebei"
    desk.keys("Return")
    assert desk.window.view.hasFocus()


def test_all_from_a_score_on_are_accepted_as_one_step_and_the_rest_rejected(desk: QueueDesk) -> None:
    panel = desk.panel
    panel.scores.slider.setValue(95)
    count = sum(one.suggestion.score >= 0.95 for group in panel.groups for one in group.entries)
    rest = sum(number for _, number in desk.texts) - count
    assert panel.buttons.above.text() == f"Accept {count} ≥ 95%"
    assert panel.buttons.below.text() == f"Reject {rest} < 95%"
    panel.buttons.above.click()
    assert len(list(desk.text.spans.ordered("en"))) == len(
        {(one.start, one.end, one.label) for one in desk.text.spans.ordered("en")}
    )
    made = len(list(desk.text.spans.ordered("en")))
    assert 0 < made <= count
    desk.window.workbench.undo()
    assert list(desk.text.spans.ordered("en")) == []
    desk.wait()
    panel.buttons.below.click()
    assert len(list(desk.text.rejections())) == rest


def test_the_threshold_moves_by_key(desk: QueueDesk) -> None:
    slider = desk.panel.scores.slider
    before = slider.value()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == before + 4
    assert sum(desk.panel.scores.counts) == sum(count for _, count in desk.texts)


def test_filters_and_orders(desk: QueueDesk) -> None:
    desk.choose("label", "DATE")
    assert {group.first.suggestion.label for group in desk.panel.groups} == {"DATE"}
    desk.choose("label", "")
    desk.choose("sort", "score")
    scores = [group.score for group in desk.panel.groups]
    assert scores == sorted(scores, reverse=True)
    desk.panel.filter.text.setText("hebei")
    desk._qtbot.waitUntil(lambda: desk.texts == [("Hebei", 1)], timeout=30_000)
    desk.panel.filter.text.clear()
    desk.choose("side", "zh")
    assert desk.texts == []
    assert desk.panel._nothing.isVisible()


def test_what_was_decided_is_listed_and_may_come_again(desk: QueueDesk) -> None:
    desk.keys("J", "X", "Y")
    desk.choose("state", "rejected")
    assert desk.texts == [("Langfang", 4)]
    desk.keys("J", "Y")
    assert list(desk.text.rejections()) == []
    desk.choose("state", "accepted")
    assert desk.texts == [("December 11 and 12, 2022", 1)]
    desk.keys("J", "X")
    assert list(desk.text.spans.ordered("en")) == []
    desk.choose("state", "open")
    assert ("Langfang", 4) in desk.texts


def test_it_speaks_both_languages(desk: QueueDesk) -> None:
    speak("zh")
    desk.panel.retranslate()
    desk.wait()
    assert "条建议" in desk.panel.summary
    assert desk.panel.filter.boxes["state"].itemText(0) == "待处理"


def test_who_does_not_see_it_hears_what_is_suggested(desk: QueueDesk) -> None:
    index = desk.panel.tree.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Langfang: Place, ")
    assert "4 places" in said
    assert "[Langfang]" in said
