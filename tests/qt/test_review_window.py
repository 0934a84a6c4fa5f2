"""Suggestions in the real window: they come by themselves, and one key decides them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot
from review_desk import Desk, only_counterparts

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentChange, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import Side, Span
from annotator.qt.dialogs.sources import SourcesDialog
from annotator.qt.panels.inspector import Inspector
from annotator.qt.window import Window
from annotator.services.annotate import annotate, link, remove
from annotator.services.cursor import Cursor
from annotator.services.mending import correct_text
from annotator.services.opening import open_project
from annotator.services.suggesting import reject

OpenWindow = Callable[..., Window]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return only_counterparts(tmp_path / "readout")


@pytest.fixture
def desk(open_window: OpenWindow, project: Path, qtbot: QtBot) -> Desk:
    window = open_window(project, suggestions=True)
    window.activateWindow()
    window.view.setFocus()
    result = Desk(window, qtbot)
    result.do(remove(result.text, [one.id for one in result.text.spans]))
    return result


def date(span: Span) -> str | None:
    return (span.attributes or {}).get("value")


@pytest.mark.parametrize(("side", "quote", "other"), [("zh", "廊坊", "Langfang"), ("en", "Langfang", "廊坊")])
def test_one_key_labels_and_one_more_labels_and_links_the_counterpart(
    desk: Desk, side: Side, quote: str, other: str
) -> None:
    desk.label(side, quote, "2")
    assert desk.suggested == other
    desk.press("Y")
    assert sorted(desk.spans) == sorted([(quote, "PLACE", "manual"), (other, "PLACE", "accepted")])
    assert desk.partners(quote) == [other]
    assert desk.window.workbench.span.quote == quote
    assert desk.suggested is None


def test_accepting_is_one_step_and_undone_it_is_suggested_again(desk: Desk) -> None:
    desk.label("zh", "廊坊", "2")
    desk.press("Y", "Ctrl+Z")
    assert desk.spans == [("廊坊", "PLACE", "manual")]
    assert len(desk.text.links) == 0
    assert desk.suggested == "Langfang"
    desk.press("Ctrl+Shift+Z")
    assert desk.partners("廊坊") == ["Langfang"]


def test_what_is_accepted_says_where_it_came_from(desk: Desk) -> None:
    desk.label("zh", "廊坊", "2")
    desk.press("Y", "G")
    inspector = desk.window.show_panel("inspector")
    assert isinstance(inspector, Inspector)
    desk.window.workbench.select(None)
    desk.window.workbench.select(next(one.id for one in desk.text.spans if one.quote == "Langfang"))
    made = desk.window.workbench.span.src
    assert made.model.startswith("counterpart@")
    said = inspector._origin.text
    wanted = f"accepted suggestion, Counterparts 1 ({round(made.score * 100)}%)"
    desk._qtbot.waitUntil(lambda: wanted in said(), timeout=30_000)
    desk.press("F")
    desk._qtbot.waitUntil(lambda: "corrected suggestion" in said(), timeout=30_000)


def test_a_rejected_one_does_not_come_back_unless_asked_for(desk: Desk) -> None:
    desk.label("zh", "廊坊", "2")
    desk.press("X")
    assert (desk.suggested, desk.in_row(0)) == (None, [])
    desk.press("C")
    assert desk.in_row(0) == []
    desk.window.run("suggest.allow")
    desk.settle()
    assert desk.in_row(0) == ["Langfang"]
    assert "may come again" in desk.told[-1]


def test_a_span_that_waits_on_the_other_side_is_only_linked(desk: Desk) -> None:
    for side, quote in (("en", "Langfang"), ("zh", "廊坊")):
        desk.do(annotate(desk.text, side, *_extent(desk, quote, side), "PLACE", by="me"))
    desk.window.workbench.select(next(one.id for one in desk.text.spans if one.quote == "廊坊"))
    assert desk.suggested == "Langfang"
    assert desk.window.review.bar.label.text() == "Link: Place"
    desk.press("Y")
    assert sorted(desk.spans) == [("Langfang", "PLACE", "manual"), ("廊坊", "PLACE", "manual")]
    assert desk.partners("廊坊") == ["Langfang"]


def test_a_label_chosen_by_mouse_brings_the_counterpart_too(desk: Desk) -> None:
    desk.select("zh", "谢锋")
    QTest.mouseClick(desk.window.labels.buttons[0], Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.suggested == "Xie Feng"


def test_another_label_changes_what_is_suggested(desk: Desk) -> None:
    desk.label("zh", "谢锋", "2")
    desk.press("1")
    assert desk.window.workbench.suggestion.label == "PERSON"
    desk.press("Y")
    assert sorted(desk.spans) == [("Xie Feng", "PERSON", "accepted"), ("谢锋", "PERSON", "manual")]


def annotate_row(desk: Desk) -> None:
    """Label the names of the second row's Chinese side, with no key that would go on."""
    for quote, label in (("河北", "PLACE"), ("廊坊接待", "PLACE"), ("美国", "PLACE")):
        at = desk.text.zh.index(quote)
        desk.do(annotate(desk.text, "zh", at, at + 2, label, by="me"))
    desk.put("en", "On December")


def test_next_goes_through_the_pair_and_then_to_the_next_pair(desk: Desk) -> None:
    annotate_row(desk)
    desk.do(annotate(desk.text, "zh", *_extent(desk, "谢锋"), "PERSON", by="me"))
    seen = []
    for _ in range(4):
        desk.press("J")
        seen.append(desk.suggested)
    assert seen == ["Langfang", "Hebei", "United States", "Xie Feng"]
    desk.press("Shift+J")
    assert desk.suggested == "United States"
    desk.press("J", "J")
    assert desk.told[-1] == "No further suggestion."


def _extent(desk: Desk, quote: str, side: Side = "zh") -> tuple[int, int]:
    at = desk.text.text(side).index(quote)
    return at, at + len(quote)


def test_after_a_decision_the_next_one_is_before_the_user(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J", "Y")
    assert desk.suggested == "Hebei"
    desk.press("X")
    assert desk.suggested == "United States"
    desk.press("Y")
    assert desk.suggested is None
    assert [one.quote for one in desk.text.spans.ordered("en")] == ["Langfang", "United States"]


def test_all_of_a_pair_are_accepted_as_one_step(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("Shift+Y")
    assert [one.quote for one in desk.text.spans.ordered("en")] == ["Langfang", "Hebei", "United States"]
    assert len(desk.text.links) == 3
    desk.press("Ctrl+Z")
    assert list(desk.text.spans.ordered("en")) == []
    assert desk.in_row(1) == ["Langfang", "Hebei", "United States"]


def test_all_of_a_pair_are_rejected_as_one_step(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("Shift+X")
    assert len(list(desk.text.rejections())) == 3
    assert desk.in_row(1) == []
    desk.press("Ctrl+Z")
    assert len(desk.in_row(1)) == 3


def test_its_edges_are_moved_first_and_then_it_is_accepted(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J", "J", "F")
    assert (desk.suggested, _marked(desk)) == ("Hebei", "Hebei received")
    desk.press("Shift+D")
    assert _marked(desk) == "Hebei receive"
    desk.press("Y")
    assert ("Hebei receive", "PLACE", "corrected") in desk.spans
    assert desk.partners("河北") == ["Hebei receive"]


def _marked(desk: Desk) -> str:
    active = desk.window.review.active
    assert active is not None
    return desk.text.text(active.suggestion.side)[slice(*active.range)]


def test_a_label_key_accepts_it_under_that_label(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J", "1")
    assert ("Langfang", "PERSON", "corrected") in desk.spans
    assert desk.suggested == "Hebei"


def test_after_labelling_the_keys_of_labels_and_edges_are_for_what_was_labelled(desk: Desk) -> None:
    desk.label("zh", "廊坊", "2")
    desk.press("Shift+F")
    assert [one.quote for one in desk.text.spans] == ["廊坊两"]


def test_what_is_labelled_by_hand_on_both_sides_is_only_to_be_linked(desk: Desk) -> None:
    desk.label("zh", "廊坊", "2")
    desk.label("en", "Langfang", "2")
    assert desk.partners("廊坊") == []
    desk.press("Y")
    assert desk.partners("廊坊") == ["Langfang"]
    assert [kind for _, _, kind in desk.spans] == ["manual", "manual"]


def annotated_row(desk: Desk) -> None:
    """Two names of one row annotated in Chinese, the first of their counterparts gone to."""
    for quote in ("河北", "美国"):
        desk.label("zh", quote, "2")
    desk.put("zh", "廊坊")
    desk.press("J")


def test_when_it_is_decided_elsewhere_the_next_one_is_before_the_user(desk: Desk) -> None:
    annotated_row(desk)
    first = desk.window.review.active
    assert first is not None
    assert first.suggestion.quote == "Hebei"
    desk.do(reject(desk.text, [first.suggestion], by="ann"))
    assert desk.suggested == "United States"
    assert desk.window.review.own


def test_when_an_edit_takes_its_ground_away_the_next_one_is_before_the_user(desk: Desk) -> None:
    annotated_row(desk)
    gone = next(one.id for one in desk.text.spans if one.quote == "河北")
    desk.do(remove(desk.text, [gone]))
    assert desk.suggested == "United States"


def test_when_an_edit_is_undone_the_next_one_is_before_the_user(desk: Desk) -> None:
    desk.label("zh", "美国", "2")
    desk.label("zh", "河北", "2")
    desk.put("zh", "廊坊")
    desk.press("J")
    assert desk.suggested == "Hebei"
    desk.window.workbench.undo()
    desk.settle()
    assert desk.suggested == "United States"


def test_another_document_begins_where_it_is_shown(desk: Desk) -> None:
    annotated_row(desk)
    bench = desk.window.workbench
    assert bench.session is not None
    left = [one.id for one in desk.text.spans if one.quote != "美国"]
    other = apply(desk.text, remove(desk.text, left).parts[0]).evolve(id="other")
    desk.do(Edit(caption=Caption("edit.import"), documents=(DocumentChange(None, other.data()),)))
    bench.show_document("other")
    desk.settle()
    assert bench.cursor == Cursor()
    assert desk.suggested is None


def test_who_only_stands_at_one_is_not_led_away_when_it_goes(desk: Desk) -> None:
    annotated_row(desk)
    desk.put("en", "Hebei", inside=2)
    here = desk.window.workbench.cursor
    gone = next(one.id for one in desk.text.spans if one.quote == "河北")
    desk.do(remove(desk.text, [gone]))
    assert desk.suggested is None
    assert desk.window.workbench.cursor == here


def test_escape_leaves_it_undecided(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J", "Esc")
    assert desk.suggested is None
    assert desk.window.review.bar.isHidden()
    assert len(desk.in_row(1)) == 3
    desk.press("J")
    assert desk.suggested == "Hebei"


def test_a_click_puts_one_before_the_user_and_the_buttons_decide(desk: Desk) -> None:
    annotate_row(desk)
    desk.click(desk.point("en", "Hebei"))
    assert desk.suggested == "Hebei"
    bar = desk.window.review.bar
    assert bar.isVisible()
    assert desk.window.view.viewport().rect().contains(bar.geometry())
    assert min(bar.accept.width(), bar.accept.height()) >= 24
    QTest.mouseClick(bar.accept, Qt.MouseButton.LeftButton)
    assert ("Hebei", "PLACE", "accepted") in desk.spans
    desk.click(desk.point("en", "Langfang in"))
    QTest.mouseClick(bar.reject, Qt.MouseButton.LeftButton)
    assert [one.quote for one in desk.text.rejections()] == ["Langfang"]


def test_a_double_click_accepts(desk: Desk) -> None:
    annotate_row(desk)
    point = desk.point("en", "Hebei")
    desk.click(point)
    QTest.mouseDClick(desk.window.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert ("Hebei", "PLACE", "accepted") in desk.spans


def test_the_menu_at_a_suggestion_begins_with_it(desk: Desk) -> None:
    annotate_row(desk)
    desk.put("en", "Hebei", inside=1)
    desk.window.view.context_requested.emit(QPoint(0, 0))
    menu = desk.window.findChildren(QMenu)[-1]
    assert [entry.text() for entry in menu.actions()][:2] == ["Accept suggestion", "Reject suggestion"]
    menu.actions()[0].trigger()
    menu.close()
    assert ("Hebei", "PLACE", "accepted") in desk.spans


def test_a_tool_tip_says_what_why_by_whom_and_how_likely(desk: Desk) -> None:
    annotate_row(desk)
    point = desk.point("en", "Hebei")
    viewport = desk.window.view.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point)))
    found = desk.window.review.overlay.at(desk.window.view.scene.hit(point.x(), point.y()))
    score, reason = round(found.score * 100), str(found.reason)
    assert QToolTip.text() == f"Suggestion: Place · {reason} · {score}%\nCounterparts 1"
    QToolTip.hideText()


def test_who_does_not_see_it_is_told(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J")
    reason = desk.window.workbench.suggestion.reason
    assert f"“Langfang”. Suggestion: Place · {reason}" in desk.window.view.accessibleDescription()
    assert desk.window.status.spans.text() == "Place?  Y accepts, X rejects, J shows the next"
    desk.press("Esc")
    assert "Suggestion" not in desk.window.view.accessibleDescription()
    assert "annotations" in desk.window.status.spans.text()


def test_the_inspector_shows_the_suggestion_and_decides_it(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J")
    inspector = desk.window.show_panel("inspector")
    assert isinstance(inspector, Inspector)
    card = inspector._card
    desk._qtbot.waitUntil(card.isVisible, timeout=30_000)
    assert (card.head.text(), card.quote.text()) == ("Suggestion: Place", "廊坊 ⟷ Langfang")
    assert card.source.text() == "Counterparts 1"
    card.accept.click()
    assert ("Langfang", "PLACE", "accepted") in desk.spans
    desk._qtbot.waitUntil(lambda: "Hebei" in card.quote.text(), timeout=30_000)


def test_without_a_suggestion_the_keys_say_so(desk: Desk) -> None:
    desk.press("Y")
    assert desk.told[-1] == "No further suggestion."
    desk.press("Shift+Y")
    assert desk.told[-1] == "Nothing is suggested in this pair."


def test_suggestions_are_switched_off_and_on_for_good(desk: Desk) -> None:
    annotate_row(desk)
    desk.window.run("view.suggestions")
    assert desk.window.review.offers.offering is None
    assert desk.window.settings.get("suggestions") is False
    assert not desk.window.commands["view.suggestions"].isChecked()
    desk.press("J")
    assert "switched off" in desk.told[-1]
    desk.window.run("view.suggestions")
    desk.settle()
    assert len(desk.in_row(1)) == 3


def test_a_source_is_switched_off_for_the_project(desk: Desk, project: Path) -> None:
    annotate_row(desk)
    desk.window.run("suggest.sources")
    dialog = desk.window.findChild(SourcesDialog)
    dialog.boxes["counterpart"].setChecked(False)
    dialog.accept()
    desk.settle()
    assert desk.in_row(1) == []
    desk.window.close()
    opened = open_project(project, read_only=True)
    opened.store.close()
    assert opened.session.project.sources == ()


def test_a_read_only_project_gets_none(open_window: OpenWindow, project: Path) -> None:
    first, second = open_window(project, suggestions=True), open_window(project, suggestions=True)
    assert first.review.offers.offering is not None
    assert second.review.offers.offering is None
    second.run("suggest.next")
    assert "read-only" in second.toasts.messages()[-1].text


def test_a_date_gets_its_value_by_hand_and_with_its_counterpart(desk: Desk) -> None:
    desk.label("zh", "2022年12月11日至12日", "3")
    assert desk.suggested == "December 11 and 12, 2022"
    desk.press("Y")
    assert [date(one) for one in desk.text.spans] == ["2022-12-11/2022-12-12"] * 2


def test_a_linked_span_is_suggested_nothing(desk: Desk) -> None:
    desk.do(annotate(desk.text, "zh", *_extent(desk, "廊坊"), "PLACE", by="me"))
    desk.do(annotate(desk.text, "en", *_extent(desk, "Langfang", "en"), "PLACE", by="me"))
    one, two = (span.id for span in desk.text.spans)
    desk.do(link(desk.text, one, two, "SAME", by="me"))
    desk.window.workbench.select(one)
    assert (desk.suggested, desk.in_row(0)) == (None, [])


def test_a_mended_text_carries_its_suggestions_along(desk: Desk) -> None:
    annotate_row(desk)
    start = desk.text.en.index("Two Days")
    desk.do(correct_text(desk.text, "en", start, start + 3, "Some four", by="me"))
    assert desk.in_row(1) == ["Langfang", "Hebei", "United States"]
    desk.put("en", "On December")
    desk.press("J", "Y")
    assert ("Langfang", "PLACE", "accepted") in desk.spans


@pytest.mark.parametrize("lost", [AnnotatorError("error.service_silent", address="a", reason="b")])
def test_a_source_that_fails_is_told_once_and_the_others_go_on(desk: Desk, lost: Exception) -> None:
    offers = desk.window.review.offers

    def broken(_document: Document, _rows: range) -> list[object]:
        raise lost

    offers._offers = {**offers._offers, "broken": broken}
    desk.label("zh", "廊坊", "2")
    assert desk.suggested == "Langfang"
    assert [one for one in desk.told if "does not answer" in one] == [
        one for one in desk.told if "suggests nothing" in one
    ]
    assert "broken" not in offers._offers


def test_the_rest_of_a_document_is_looked_through_and_that_can_be_stopped(desk: Desk) -> None:
    offers = desk.window.review.offers
    desk._qtbot.waitUntil(lambda: offers.scan is None, timeout=30_000)
    assert offers.offering.complete
    assert not offers.unknown([desk.text.id])
    desk.window.run("view.suggestions")
    desk.window.run("view.suggestions")
    scan = offers.scan
    with desk._qtbot.waitSignal(scan.ended):
        desk.window.status.work.stop()
    desk.settle()
    assert scan.over
    assert not offers.offering.complete or offers.unknown([desk.text.id]) is False


def test_another_language_says_the_suggestion_again(desk: Desk) -> None:
    annotate_row(desk)
    desk.press("J")
    desk.window.run("language.zh")
    QApplication.processEvents()
    assert desk.window.review.bar.label.text() == "地点"
    assert desk.window.status.spans.text() == "地点？按 Y 接受，X 拒绝，J 看下一条"
    desk.window.run("language.en")
    QApplication.processEvents()
    assert desk.window.review.bar.label.text() == "Place"


def test_the_overview_knows_where_something_is_suggested(desk: Desk) -> None:
    annotate_row(desk)
    assert desk.window.review.overlay.rows == (1,)
    desk.press("Shift+X")
    assert desk.window.review.overlay.rows == ()
