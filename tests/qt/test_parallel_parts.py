"""The parts of the parallel view that need no widget: heights, offsets, lanes, hits, bins."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter
from view_documents import document_of, with_spans

from annotator.core.edits import SpanChange
from annotator.core.labels import Label, LabelSet
from annotator.qt.offsets import Utf16
from annotator.qt.parallel.colors import STYLES, UNKNOWN, colors
from annotator.qt.parallel.heights import Heights
from annotator.qt.parallel.highlights import innermost_first, is_stretch, lanes
from annotator.qt.parallel.look import SearchHits
from annotator.qt.parallel.strip import Bins
from annotator.qt.parallel.strokes import underline
from annotator.qt.theme import Theme, contrast, dark, light


@given(st.text(alphabet="a 中，\n𠮷😀", max_size=30))
def test_offsets_go_to_qt_and_back(text: str) -> None:
    units = Utf16(text)
    for offset in range(len(text) + 1):
        qt = len(text[:offset].encode("utf-16-le")) // 2
        assert units.to_qt(offset) == qt
        assert units.from_qt(qt) == offset


def test_the_second_unit_of_a_rare_character_belongs_to_it() -> None:
    assert Utf16("a𠮷b").from_qt(2) == 1


def guessed(first: int, last: int) -> float:
    return 20.0 * (last - first)


@given(
    st.integers(0, 700),
    st.lists(st.tuples(st.integers(0, 699), st.floats(1, 99)), max_size=30),
    st.lists(st.tuples(st.integers(0, 699), st.integers(0, 4), st.integers(0, 4)), max_size=8),
)
def test_heights_agree_with_a_plain_list(
    count: int, measured: list[tuple[int, float]], splices: list[tuple[int, int, int]]
) -> None:
    heights, model = Heights(count, guessed), [20.0] * count
    for row, height in measured:
        if row < count:
            heights.set(row, height)
            model[row] = height
    for at, removed, added in splices:
        at = min(at, len(model))
        removed = min(removed, len(model) - at)
        heights.splice(at, removed, added)
        model[at : at + removed] = [20.0] * added
    assert heights.count == len(model)
    assert abs(heights.total - sum(model)) < 1e-6 * max(1.0, sum(model))
    y = 0.0
    for row, height in enumerate(model):
        assert abs(heights.height(row) - height) < 1e-6
        assert abs(heights.top(row) - y) < 1e-4
        assert heights.at(y + height / 2)[0] == row
        y += height


def test_opening_guesses_runs_of_rows_and_not_each() -> None:
    asked: list[tuple[int, int]] = []

    def guess(first: int, last: int) -> float:
        asked.append((first, last))
        return guessed(first, last)

    heights = Heights(100_000, guess)
    heights.set(50_000, 33.0)
    assert heights.top(100_000) == 100_000 * 20.0 + 13.0
    assert len(asked) < 1000


TEXT = [("甲乙丙丁戊己庚辛。", "Alpha beta gamma delta epsilon."), ("壬癸。", "Zeta eta.")]


def test_spans_that_overlap_get_lanes_of_their_own_and_longer_ones_lie_lower() -> None:
    document = with_spans(
        document_of(TEXT),
        [
            ("zh", "乙丙丁", "A"),
            ("zh", "乙", "B"),
            ("zh", "丁戊己庚", "C"),
            ("zh", "辛", "D"),
            ("zh", "甲…辛。", "E"),
        ],
    )
    lane = lanes(document.spans.ordered("zh"))
    assert lane["s1"] == lane["s3"] == 0
    assert lane["s0"] == 1
    assert lane["s2"] == 2
    assert lane["s4"] == 3


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 9)), max_size=9))
def test_no_two_overlapping_spans_share_a_lane(ranges: list[tuple[int, int]]) -> None:
    document = document_of(TEXT)
    base = with_spans(document, [("zh", "甲", "A")])
    template = next(iter(base.spans))
    spans = [
        type(template)(
            id=f"s{number}",
            side="zh",
            start=start,
            end=min(start + length, 9),
            quote=document.zh[start : min(start + length, 9)],
            label="A",
            src=template.src,
            by="me",
            at=template.at,
        )
        for number, (start, length) in enumerate(ranges)
    ]
    lane = lanes(spans)
    for one in spans:
        for two in spans:
            if one.id != two.id and one.start < two.end and two.start < one.end:
                assert lane[one.id] != lane[two.id]
    lengths = [span.end - span.start for span in innermost_first(spans)]
    assert lengths == sorted(lengths)


def test_whole_sentences_and_runs_of_rows_are_stretches() -> None:
    document = with_spans(
        document_of([(("甲乙。", "丙丁。"), "Alpha. Beta."), ("壬癸。", "Zeta.")]),
        [("zh", "丙丁。", "T"), ("zh", "丁。…壬", "T"), ("zh", "丙丁", "T"), ("zh", "乙。丙", "T")],
    )
    found = {span.id: is_stretch(document, span) for span in document.spans}
    assert found == {"s0": True, "s1": True, "s2": False, "s3": False}


def test_search_hits_are_found_by_place() -> None:
    hits = SearchHits([("zh", 40, 44), ("zh", 1, 3), ("en", 5, 9)])
    assert hits.within("zh", 2, 41) == [(1, 3), (40, 44)]
    assert hits.within("zh", 3, 40) == []
    assert hits.within("en", 0, 100) == [(5, 9)]
    assert not SearchHits()


def test_the_strip_counts_every_span_and_done_row_once_and_follows_changes() -> None:
    rows = [(f"第{n}行有甲地。", f"Row {n} has place A.") for n in range(40)]
    document = with_spans(document_of(rows), [("zh", f"第{n}行", "DATE") for n in range(0, 40, 4)])
    document = document.evolve(done=document.done.set("p7", True))
    bins = Bins(document, [0, 10, 20, 30, 40])
    for _ in bins.count_all(document):
        pass
    assert [counts.get("DATE", 0) for counts in bins.labels] == [3, 2, 3, 2]
    assert bins.done == [1, 0, 0, 0]
    span = document.spans.get("s0")
    assert span is not None
    assert list(bins.add(span, -1)) == [0]
    assert bins.labels[0] == {"DATE": 2}


def test_the_strip_takes_changes_that_come_while_it_counts() -> None:
    rows = [(f"第{n}行有甲地。", f"Row {n} has place A.") for n in range(40)]
    document = with_spans(document_of(rows), [("zh", f"第{n}行", "DATE") for n in range(0, 40, 4)])
    bins = Bins(document, [0, 10, 20, 30, 40])
    work = bins.count_all(document)
    gone = document.spans.get("s9")
    assert gone is not None
    bins.add(gone, -1)
    bins.splice(20, 2, 1)
    for _ in work:
        pass
    assert [counts.get("DATE", 0) for counts in bins.labels] == [3, 2, 3, 1]
    assert bins.rows == [0, 10, 20, 29, 39]


@given(st.lists(st.integers(0, 39), unique=True), st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_the_strip_counts_many_changes_as_one_by_one(gone: list[int], heights: list[int]) -> None:
    rows = [(f"第{n}行有甲地。", f"Row {n} has place A.") for n in range(40)]
    document = with_spans(document_of(rows), [("zh", f"第{n}行", "DATE") for n in range(40)])
    edges = [0, *(min(39, edge) for edge in accumulate(heights)), 40]
    at_once, anew = Bins(document, edges), Bins(document, edges)
    spans = [span for number in gone if (span := document.spans.get(f"s{number}"))]
    for _ in at_once.count_all(document):
        pass
    touched = set().union(*at_once.count_changes([SpanChange(span, None) for span in spans]))
    for _ in anew.count_all(document.evolve(spans=document.spans.evolve(spans, ()))):
        pass
    assert at_once.labels == anew.labels
    assert touched == {at_once.at("zh", span.start) for span in spans}


@pytest.mark.usefixtures("qapp")
def test_every_kind_of_underline_can_be_told_apart_without_colour() -> None:
    pictures: list[QImage] = []
    for kind in (*STYLES, UNKNOWN):
        picture = QImage(60, 12, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFF)
        painter = QPainter(picture)
        underline(painter, QColor("#000000"), kind, 4, 56, 5, 2)
        painter.end()
        assert picture not in pictures
        pictures.append(picture)


@pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
def test_label_lines_and_tags_stand_out_in_both_themes(theme: Theme) -> None:
    labels = LabelSet(
        Label(id=color, name={"en": color}, color=color)
        for color in ("#FFFFFF", "#000000", "#FFE000", "#3B78C4", "#0A1030", "#7F7F7F")
    )
    view_colors = colors(theme)
    styles = view_colors.label_styles(labels)
    for style in (*styles.values(), view_colors.unknown):
        assert contrast(style.line, theme.background) >= 3
        assert contrast(style.ink, style.on_ink) >= 4.5
    kinds = [style.kind for style in styles.values()]
    assert len(set(kinds)) == len(kinds)
    assert view_colors.unknown.kind not in kinds
