"""The queue: everything suggested in one list, and what its keys and its threshold do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from review_desk import Desk, only_counterparts

from annotator.core.messages import speak
from annotator.qt.panels.review import Review
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
