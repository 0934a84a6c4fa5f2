"""The parallel view with real mouse events: selecting, choosing, pulling edges, scrolling."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from view_documents import document_of, session_of, with_spans

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, DoneChange, Edit
from annotator.core.messages import speak
from annotator.core.span import Side
from annotator.language.words import Words
from annotator.qt.parallel.areas import knob_area
from annotator.qt.parallel.options import ViewOptions
from annotator.qt.parallel.view import ParallelView
from annotator.qt.workbench import Workbench
from annotator.services.annotate import annotate, describe, link, remove
from annotator.services.correct import merge_pairs, split_sentence
from annotator.services.cursor import Cursor

ROWS = [
    ("\n渡口的一天", "\nA Day at the Ferry"),
    (
        ("顾岚周三去了白石渡。", "她在那里等船。"),
        ("Gu Lan went to Baishi Ferry on Wednesday.", "She waited there for the boat."),
    ),
    (
        "\n船夫老秦说：“风大，今天不开船。”",
        "\nOld Qin the boatman said, “The wind is strong; no boat today.”",
    ),
    ("译文从略。", ""),
    *[
        (
            f"第{n}天，风还是很大，对岸的灯一直亮着。",
            f"On day {n} the wind was still strong, and the lamp on the far bank stayed lit.",
        )
        for n in range(1, 60)
    ],
]
SPANS: list[tuple[Side, str, str]] = [
    ("zh", "白石渡", "PLACE"),
    ("zh", "白石", "PLACE"),
    ("en", "Baishi Ferry", "PLACE"),
    ("zh", "老秦", "PERSON"),
    ("en", "Old Qin", "PERSON"),
    ("zh", "第50天", "DATE"),
]
Open = Callable[..., ParallelView]


@pytest.fixture
def open_view(qtbot: QtBot) -> Open:
    words = Words()

    def opened(
        document: Document | None = None,
        size: tuple[int, int] = (1000, 600),
        options: ViewOptions | None = None,
    ) -> ParallelView:
        workbench = Workbench(words)
        view = ParallelView(workbench, options)
        qtbot.addWidget(view)
        view.resize(*size)
        shown = document or with_spans(document_of(ROWS, title_row=True), SPANS, [(0, 2), (3, 4), (3, 5)])
        workbench.open_session(session_of(shown))
        workbench.show_document(shown.id)
        view.show()
        qtbot.waitExposed(view)
        return view

    return opened


def point(view: ParallelView, side: Side, offset: int) -> QPoint:
    """Where the caret before `offset` would stand, at the middle of its line."""
    view.scene.placed()
    rect = view.scene.caret(side, offset)
    assert rect is not None
    return QPoint(round(rect.center().x()), round(rect.center().y()))


def knob(view: ParallelView, *, at_start: bool) -> QPoint:
    """Where an edge of the selected annotation is taken hold of."""
    span = view.workbench.span
    assert span is not None
    view.scene.placed()
    area = knob_area(view.scene, span, at_start)
    assert area is not None
    return area.center().toPoint()


def inside(view: ParallelView, side: Side, offset: int) -> QPoint:
    """The middle of the character at `offset`."""
    one, two = point(view, side, offset), point(view, side, offset + 1)
    return QPoint((one.x() + two.x()) // 2, one.y()) if one.y() == two.y() else one + QPoint(4, 0)


def mouse(
    view: ParallelView,
    kind: QEvent.Type,
    at: QPoint,
    *,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Send a real mouse event to the viewport, through Qt's own delivery."""
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    if kind == QEvent.Type.MouseMove:
        button = Qt.MouseButton.NoButton
    where = QPointF(at)
    event = QMouseEvent(kind, where, view.viewport().mapToGlobal(where), button, held, modifiers)
    QApplication.sendEvent(view.viewport(), event)


PRESS, MOVE, RELEASE, DOUBLE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)


def click(
    view: ParallelView, at: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    mouse(view, PRESS, at, modifiers=modifiers)
    mouse(view, RELEASE, at, modifiers=modifiers)


def drag(
    view: ParallelView,
    start: QPoint,
    end: QPoint,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    mouse(view, PRESS, start, modifiers=modifiers)
    middle = QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
    mouse(view, MOVE, middle, modifiers=modifiers)
    mouse(view, MOVE, end, modifiers=modifiers)
    mouse(view, RELEASE, end, modifiers=modifiers)


def selected_text(view: ParallelView) -> str:
    document, cursor = view.workbench.document, view.workbench.cursor
    assert document is not None
    low, high = cursor.selection or (0, 0)
    return document.text(cursor.side)[low:high]


def at(view: ParallelView, side: Side, text: str) -> int:
    document = view.workbench.document
    assert document is not None
    return document.text(side).index(text)


def test_a_drag_takes_whole_words(open_view: Open) -> None:
    view = open_view()
    start = at(view, "en", "waited there")
    drag(view, point(view, "en", start + 2), point(view, "en", start + 9))
    assert selected_text(view) == "waited there"
    assert view.workbench.cursor.side == "en"


def test_a_drag_backwards_keeps_the_caret_at_its_moving_end(open_view: Open) -> None:
    view = open_view()
    start = at(view, "en", "waited there")
    drag(view, point(view, "en", start + 9), point(view, "en", start + 2))
    assert selected_text(view) == "waited there"
    assert view.workbench.cursor.offset == start


def test_alt_drag_takes_characters(open_view: Open) -> None:
    view = open_view()
    start = at(view, "en", "waited there")
    drag(view, point(view, "en", start + 2), point(view, "en", start + 9), Qt.KeyboardModifier.AltModifier)
    assert selected_text(view) == "ited th"


def test_the_selection_can_be_seen_while_the_button_is_down(open_view: Open) -> None:
    view = open_view()
    start = at(view, "en", "waited there")
    mouse(view, PRESS, point(view, "en", start + 1))
    mouse(view, MOVE, point(view, "en", start + 4))
    assert selected_text(view) == "waited"
    mouse(view, MOVE, point(view, "en", start + 8))
    assert selected_text(view) == "waited there"
    mouse(view, RELEASE, point(view, "en", start + 8))


def test_a_drag_goes_on_over_rows_on_its_side(open_view: Open) -> None:
    view = open_view()
    begin, end = at(view, "zh", "她在那里"), at(view, "zh", "风大")
    far = point(view, "zh", end) + QPoint(700, 0)
    mouse(view, PRESS, point(view, "zh", begin))
    mouse(view, MOVE, point(view, "zh", end))
    assert selected_text(view).startswith("她在那里等船。\n船夫老秦说：“")
    mouse(view, MOVE, far)
    assert view.workbench.cursor.side == "zh"
    mouse(view, RELEASE, far)


def test_a_double_click_takes_the_word_and_a_third_click_the_sentence(open_view: Open) -> None:
    view = open_view()
    where = inside(view, "en", at(view, "en", "waited") + 2)
    click(view, where)
    mouse(view, DOUBLE, where)
    mouse(view, RELEASE, where)
    assert selected_text(view) == "waited"
    mouse(view, PRESS, where)
    mouse(view, RELEASE, where)
    assert selected_text(view) == "She waited there for the boat."


def test_clicks_choose_the_innermost_annotation_and_then_go_round(open_view: Open) -> None:
    view = open_view()
    where = inside(view, "zh", at(view, "zh", "白石渡"))
    seen: list[str | None] = []
    for _ in range(3):
        click(view, where)
        seen.append(view.workbench.selected)
    assert seen == ["s1", "s0", "s1"]


def test_a_click_beside_puts_the_caret_and_lets_the_annotation_go(open_view: Open) -> None:
    view = open_view()
    view.workbench.select("s0")
    offset = at(view, "zh", "等船")
    click(view, point(view, "zh", offset))
    assert view.workbench.selected is None
    assert view.workbench.cursor == Cursor.at("zh", offset)


def test_shift_click_extends(open_view: Open) -> None:
    view = open_view()
    click(view, point(view, "en", at(view, "en", "Gu Lan")))
    click(view, point(view, "en", at(view, "en", " to Baishi")), Qt.KeyboardModifier.ShiftModifier)
    assert selected_text(view) == "Gu Lan went"


def test_an_edge_of_the_chosen_annotation_can_be_pulled(open_view: Open) -> None:
    view = open_view()
    view.workbench.select("s4")
    end = at(view, "en", "Old Qin") + len("Old Qin")
    edge, target = knob(view, at_start=False), point(view, "en", at(view, "en", "boatman") + 3)
    mouse(view, MOVE, edge)
    assert view.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    mouse(view, PRESS, edge)
    mouse(view, MOVE, target)
    assert view.look.preview == (end - 7, end + len(" the boatman"))
    mouse(view, RELEASE, target)
    span = view.workbench.span
    assert span is not None
    assert span.quote == "Old Qin the boatman"
    view.workbench.undo()
    assert view.workbench.span is not None
    assert view.workbench.span.quote == "Old Qin"


@pytest.mark.parametrize("aside", range(-4, 5))
@pytest.mark.parametrize("first", ["Old Qin", " the"])
def test_a_drag_that_begins_in_the_text_selects_however_near_to_an_edge(
    open_view: Open, aside: int, first: str
) -> None:
    view = open_view()
    view.workbench.select("s4")
    begin = at(view, "en", first)
    drag(view, point(view, "en", begin) + QPoint(aside, 0), point(view, "en", at(view, "en", "boatman") + 4))
    assert selected_text(view).endswith("boatman")
    span = next(one for one in view.workbench.document.spans if one.id == "s4")
    assert span.quote == "Old Qin"


def test_an_edge_pulled_over_the_other_one_changes_nothing(open_view: Open) -> None:
    view = open_view()
    view.workbench.select("s4")
    start = at(view, "en", "Old Qin")
    drag(view, knob(view, at_start=False), point(view, "en", start) - QPoint(30, 0))
    assert view.workbench.span is not None
    assert view.workbench.span.quote == "Old Qin"
    assert view.look.preview is None


def test_hovering_shows_the_partner(open_view: Open) -> None:
    view = open_view()
    mouse(view, MOVE, inside(view, "zh", at(view, "zh", "老秦")), button=Qt.MouseButton.NoButton)
    assert view.look.hovered == "s3"
    assert view.look.partners == {"s4", "s5"}
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.look.hovered is None
    assert not view.look.partners


def test_a_drag_below_the_edge_scrolls_on(open_view: Open, qtbot: QtBot) -> None:
    view = open_view(size=(1000, 300))
    start = point(view, "zh", at(view, "zh", "顾岚"))
    mouse(view, PRESS, start)
    mouse(view, MOVE, QPoint(start.x(), 340))
    qtbot.waitUntil(lambda: view.scene.anchor > 3, timeout=5000)
    chosen = view.workbench.cursor.selection
    assert chosen is not None
    assert "第3天" in selected_text(view)
    mouse(view, RELEASE, QPoint(start.x(), 340))


def test_the_done_mark_can_be_clicked(open_view: Open, qtbot: QtBot) -> None:
    from annotator.qt.parallel.paint import done_area

    view = open_view()
    placed = view.scene.placed()[2]
    with qtbot.waitSignal(view.done_clicked) as blocker:
        click(view, done_area(view.scene, placed).center().toPoint())
    assert blocker.args == [2]


def test_the_row_on_top_stays_when_the_window_becomes_narrower(open_view: Open) -> None:
    view = open_view()
    view.scene.jump_to_row(30, 0)
    view.refresh()
    for width in (900, 700, 500, 1100):
        view.resize(width, 600)
        QApplication.processEvents()
        assert view.scene.placed()[0].number == 30
    view.zoom = 1.6
    assert view.scene.placed()[0].number == 30


def test_a_narrow_view_stacks_the_sides(open_view: Open) -> None:
    view = open_view(size=(500, 600))
    assert view.scene.columns.stacked
    row = view.scene.placed()[1].row
    assert row.places["en"][1] > row.places["zh"][1] + row.blocks["zh"].height - 1
    start = at(view, "en", "waited there")
    drag(view, point(view, "en", start + 2), point(view, "en", start + 9))
    assert selected_text(view) == "waited there"


def test_swapped_sides_are_hit_where_they_stand(open_view: Open) -> None:
    view = open_view(options=ViewOptions(swapped=True))
    assert view.scene.columns.x["en"] < view.scene.columns.x["zh"]
    click(view, inside(view, "zh", at(view, "zh", "老秦")))
    assert view.workbench.selected == "s3"


def test_scrolling_back_and_forth_by_pixels_returns_to_the_same_place(open_view: Open) -> None:
    view = open_view(size=(1000, 300))
    view.scene.jump_to_row(40, 0)
    view.refresh()
    first = [(placed.number, placed.y) for placed in view.scene.placed()]
    for _ in range(50):
        view.scroll_by(-13)
    for _ in range(50):
        view.scroll_by(13)
    assert [(placed.number, placed.y) for placed in view.scene.placed()] == first


def test_the_view_ends_below_the_last_row(open_view: Open) -> None:
    view = open_view()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    last = view.scene.placed()[-1]
    assert last.number == view.scene.count - 1
    assert last.y + last.row.height <= view.scene.height
    view.scroll_by(100000)
    assert view.scene.placed()[-1].number == view.scene.count - 1


def test_the_wheel_scrolls_and_zooms_with_control(open_view: Open, qtbot: QtBot) -> None:
    view = open_view(size=(1000, 300))

    def wheel(pixels: int, degrees: int, modifiers: Qt.KeyboardModifier) -> None:
        where = QPointF(300, 100)
        event = QWheelEvent(
            where,
            view.viewport().mapToGlobal(where),
            QPoint(0, pixels),
            QPoint(0, degrees),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)

    wheel(-7, 0, Qt.KeyboardModifier.NoModifier)
    assert view.scene.position == 7
    before = view.scene.position
    wheel(0, -120, Qt.KeyboardModifier.NoModifier)
    three_lines = 3 * view.scene.metrics.zh.leading
    qtbot.waitUntil(lambda: abs(view.scene.position - before - three_lines) <= 1, timeout=5000)
    with qtbot.waitSignal(view.zoom_changed):
        wheel(0, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > 1


def test_a_revealed_row_is_comfortably_in_sight(open_view: Open) -> None:
    view = open_view(size=(1000, 400))
    for text in ("第50天", "第10天", "第12天", "顾岚"):
        offset = at(view, "zh", text)
        view.workbench.move(Cursor.at("zh", offset))
        rect = view.scene.caret("zh", offset)
        assert rect is not None
        assert rect.top() >= 0
        assert rect.bottom() <= 400


def test_vertical_moves_keep_the_column_and_cross_rows_on_one_side(open_view: Open) -> None:
    view = open_view(size=(700, 600))
    offset = at(view, "en", "Wednesday")
    view.workbench.move(Cursor.at("en", offset))
    x = view.scene.caret("en", offset)
    assert x is not None
    offsets = [offset]
    for _ in range(12):
        view.vertical_move(1)
        offsets.append(view.workbench.cursor.offset)
    assert offsets == sorted(set(offsets))
    assert view.scene.row_of("en", offsets[-1]) > 4
    for _ in range(12):
        view.vertical_move(-1)
    assert view.workbench.cursor == Cursor.at("en", offset)
    view.vertical_move(1, extend=True)
    assert view.workbench.cursor.anchor == offset


def test_page_moves_reach_the_end_and_come_back(open_view: Open) -> None:
    view = open_view(size=(1000, 400))
    view.workbench.move(Cursor.at("zh", 0))
    for _ in range(40):
        view.page_move(1)
    assert view.scene.row_of("zh", view.workbench.cursor.offset) == view.scene.count - 1
    for _ in range(40):
        view.page_move(-1)
    assert view.scene.row_of("zh", view.workbench.cursor.offset) == 0


def test_only_the_touched_row_is_laid_out_again(open_view: Open) -> None:
    view = open_view()
    document = view.workbench.document
    assert document is not None
    before = {placed.number: placed.row for placed in view.scene.placed()}
    start = at(view, "en", "boat.")
    view.workbench.do(annotate(document, "en", start, start + 4, "THEME", by="me"))
    after = {placed.number: placed.row for placed in view.scene.placed()}
    assert after == before
    assert "THEME" in [mark.label for mark in (after[1].marks or {})["en"]]
    now = view.workbench.document
    assert now is not None
    view.workbench.do(remove(now, ["s2"]))
    assert [mark.label for mark in (after[1].marks or {})["en"]] == ["THEME"]


def test_merged_and_split_rows_are_shown(open_view: Open) -> None:
    view = open_view()
    document = view.workbench.document
    assert document is not None
    count = view.scene.count
    view.workbench.do(merge_pairs(document, 4))
    assert view.scene.count == view.scene.heights.count == count - 1
    assert "第2天" in view.scene.row(4).blocks["zh"].text
    view.workbench.undo()
    assert view.scene.count == view.scene.heights.count == count
    again = view.workbench.document
    assert again is not None
    view.workbench.do(split_sentence(again, "zh", at(view, "zh", "今天不开船")))
    assert view.scene.heights.count == view.scene.count


def test_a_row_marked_done_is_painted_so(open_view: Open) -> None:
    view = open_view()
    before = view.viewport().grab().toImage()
    change = DocumentEdit(doc="doc", done=(DoneChange("p2", False, True),))
    view.workbench.do(Edit(caption=Caption("edit.done"), parts=(change,)))
    assert view.viewport().grab().toImage() != before


def test_rare_characters_keep_mouse_and_text_together(open_view: Open) -> None:
    rows = [("𠮷田先生住在𠮷祥镇。", "Mr. Yoshida 😀 lives in Jixiang."), ("他很好。", "He is well.")]
    view = open_view(document_of(rows))
    document = view.workbench.document
    assert document is not None
    start = at(view, "zh", "住在")
    drag(view, point(view, "zh", start), point(view, "zh", start + 4), Qt.KeyboardModifier.AltModifier)
    assert selected_text(view) == "住在𠮷祥"
    start = at(view, "en", "lives")
    drag(view, point(view, "en", start), point(view, "en", start + 5), Qt.KeyboardModifier.AltModifier)
    assert selected_text(view) == "lives"


@pytest.mark.parametrize("width", [245, 330, 480, 900, 1500])
def test_chinese_wraps_within_its_column_and_never_begins_a_line_with_a_stop(
    open_view: Open, width: int
) -> None:
    text = "船夫老秦说，风大浪急，渡口已经停航三天；等船的人越来越多，茶棚里坐满了人，谁也不肯先走。" * 2
    view = open_view(document_of([(text, "The ferry is closed.")]), size=(width, 600))
    block = view.scene.placed()[0].row.blocks["zh"]
    assert "".join(text[line.start : line.end] for line in block.lines) == text
    for line in block.lines:
        assert line.qt.naturalTextWidth() <= block.width + 0.5
        assert text[line.start] not in "，。；"


def test_the_accessible_description_tells_the_row_and_the_annotation(open_view: Open) -> None:
    view = open_view()
    assert view.accessibleName()
    view.workbench.select("s3", reveal=True)
    assert "老秦" in view.accessibleDescription()
    assert "3" in view.accessibleDescription()


def test_a_right_click_chooses_what_lies_there_and_asks_for_a_menu(open_view: Open, qtbot: QtBot) -> None:
    from PySide6.QtGui import QContextMenuEvent

    view = open_view()
    where = inside(view, "zh", at(view, "zh", "老秦"))
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.viewport().mapToGlobal(where))
    with qtbot.waitSignal(view.context_requested):
        QApplication.sendEvent(view.viewport(), asked)
    assert view.workbench.selected == "s3"


def test_an_empty_document_says_what_to_do(open_view: Open) -> None:
    view = open_view(document_of([]))
    assert not view.grab().isNull()
    view.vertical_move(1)
    view.page_move(1)
    click(view, QPoint(200, 200))


def test_no_document_at_all_is_fine(open_view: Open) -> None:
    view = open_view()
    view.workbench.open_session(None)
    assert not view.grab().isNull()
    click(view, QPoint(200, 100))
    view.page_move(-1)


def test_the_strip_goes_where_it_is_clicked(open_view: Open, qtbot: QtBot) -> None:
    view = open_view(size=(1000, 300))
    qtbot.waitUntil(lambda: not view.strip.counting, timeout=5000)
    qtbot.mouseClick(view.strip, Qt.MouseButton.LeftButton, pos=QPoint(8, view.strip.height() - 2))
    assert view.scene.placed()[-1].number == view.scene.count - 1
    qtbot.mouseClick(view.strip, Qt.MouseButton.LeftButton, pos=QPoint(8, 1))
    assert view.scene.anchor == 0


def test_a_note_shows_as_a_tip(open_view: Open) -> None:
    view = open_view()
    document = view.workbench.document
    assert document is not None
    view.workbench.do(describe(document, "s3", note="也作秦老大"))
    where = QPointF(inside(view, "zh", at(view, "zh", "老秦")))
    assert view.gestures.tip(where) == "Person: 也作秦老大"
    assert view.gestures.tip(QPointF(inside(view, "zh", at(view, "zh", "等船")))) == ""


def test_a_link_made_while_its_span_is_chosen_is_drawn(open_view: Open) -> None:
    view = open_view()
    view.workbench.select("s1")
    QApplication.processEvents()
    before = view.viewport().grab().toImage()
    document = view.workbench.document
    assert document is not None
    view.workbench.do(link(document, "s1", "s2", "SAME", by="me"))
    assert "s2" in view.look.partners
    assert view.viewport().grab().toImage() != before


def test_names_of_labels_follow_the_language_and_the_project(open_view: Open) -> None:
    view = open_view()
    speak("zh")
    try:
        QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
        assert view.look.style("PLACE").title == "地点"
        assert view.accessibleName() == "双语对照"
    finally:
        speak("en")


def test_a_large_zoom_stacks_the_sides_before_columns_get_too_narrow(open_view: Open) -> None:
    view = open_view(size=(900, 600))
    assert not view.scene.columns.stacked
    view.zoom = 2.0
    assert view.scene.columns.stacked
    view.zoom = 1.0
    assert not view.scene.columns.stacked


def test_a_click_on_an_edge_without_pulling_is_a_click(open_view: Open) -> None:
    view = open_view()
    view.workbench.select("s1")
    click(view, point(view, "zh", at(view, "zh", "白石")) + QPoint(2, 0))
    assert view.workbench.selected == "s0"


def test_escape_lets_go_of_an_edge(open_view: Open, qtbot: QtBot) -> None:
    view = open_view()
    view.workbench.select("s4")
    end = at(view, "en", "Old Qin") + len("Old Qin")
    mouse(view, PRESS, knob(view, at_start=False))
    mouse(view, MOVE, point(view, "en", end + 9))
    assert view.look.preview is not None
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.look.preview is None
    mouse(view, RELEASE, point(view, "en", end + 9))
    assert view.workbench.span is not None
    assert view.workbench.span.quote == "Old Qin"


def test_a_drag_to_the_end_of_a_wrapped_line_takes_its_last_character(open_view: Open) -> None:
    text = "船夫老秦说风大浪急渡口已经停航三天等船的人越来越多茶棚里坐满了人谁也不肯先走" * 2
    view = open_view(document_of([(text, "The ferry is closed.")]), size=(700, 600))
    block = view.scene.placed()[0].row.blocks["zh"]
    line = block.lines[1]
    start = point(view, "zh", line.start)
    end = QPoint(view.scene.columns.x["zh"] + view.scene.columns.width["zh"] - 1, start.y())
    drag(view, start, end, Qt.KeyboardModifier.AltModifier)
    assert view.workbench.cursor.selection == (line.start, line.end)
    view.workbench.move(Cursor.at("zh", line.start + 1))
    view.line_edge_move(1, True)
    assert view.workbench.cursor.selection == (line.start + 1, line.end)
    view.workbench.move(Cursor.at("zh", line.start + 1))
    view.line_edge_move(1)
    view.vertical_move(1)
    view.vertical_move(-1)
    assert block.line_at(view.workbench.cursor.offset) == 1


def test_of_a_sentence_longer_than_the_screen_the_lines_in_sight_are_painted(open_view: Open) -> None:
    lines = "".join(f"第{n}段路很长，一直走到天黑也没有尽头，" for n in range(300))
    view = open_view(document_of([(lines + "完。", "The road went on. " * 300), ("短句。", "Short.")]))
    view.scroll_by(1500)
    view.setFocus()
    culled = view.viewport().grab().toImage()
    # A viewport as tall as the row makes it paint every line.
    height, view.scene.height = view.scene.height, 10**6
    whole = view.viewport().grab().toImage()
    view.scene.height = height
    inner = culled.rect().adjusted(8, 8, -8, -8)
    assert culled.copy(inner) == whole.copy(inner)
