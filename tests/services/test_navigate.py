from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, documents, span, with_spans
from msgspec.structs import replace

from annotator.core.apply import apply
from annotator.core.document import Document, Info
from annotator.core.pair import Pair, PairTable
from annotator.language.words import Words
from annotator.services import navigate
from annotator.services.annotate import mark_done
from annotator.services.cursor import Cursor

WORDS = Words()
ZH = ("第一句。第二句。", "第三句。")
EN = ("One is here. Two is there.", "Three.")


def _walk(text: Document, cursor: Cursor, unit: str, direction: int, *, extend: bool = False) -> list[int]:
    offsets = [cursor.offset]
    while True:
        cursor = navigate.move(text, cursor, unit, direction, extend=extend, words=WORDS)
        if cursor.offset == offsets[-1]:
            return offsets
        offsets.append(cursor.offset)


def test_by_character_the_caret_crosses_a_line_end_in_one_step() -> None:
    text = document(["一二", "三"], ["a", "b"])
    assert _walk(text, Cursor(), "char", 1) == [0, 1, 2, 3, 4]
    assert _walk(text, Cursor.at("zh", 4), "char", -1) == [4, 3, 2, 1, 0]


def test_rows_without_a_space_between_have_no_place_twice() -> None:
    text = document(["一二", "三"], ["a", "b"], gap="")
    assert _walk(text, Cursor(), "char", 1) == [0, 1, 2, 3]
    assert _walk(text, Cursor.at("zh", 3), "char", -1) == [3, 2, 1, 0]


def test_by_word_the_caret_stops_at_words_and_rows() -> None:
    text = document(ZH, EN)
    assert _walk(text, Cursor.at("en", 0), "word", 1)[:5] == [0, 3, 6, 11, 12]
    assert _walk(text, Cursor.at("en", 33), "word", -1)[:4] == [33, 32, 27, 26]


def test_by_sentence_the_caret_goes_to_starts_and_a_selection_to_ends() -> None:
    text = document(ZH, EN)
    assert _walk(text, Cursor(), "sentence", 1) == [0, 4, 9, 13]
    assert _walk(text, Cursor(), "sentence", 1, extend=True) == [0, 4, 8, 13]
    assert _walk(text, Cursor.at("zh", 13), "sentence", -1) == [13, 9, 4, 0]


def test_by_pair_the_caret_goes_from_row_to_row() -> None:
    text = document(ZH, EN)
    assert _walk(text, Cursor.at("en", 5), "pair", 1) == [5, 27, 33]
    assert _walk(text, Cursor.at("en", 30), "pair", -1) == [30, 27, 0]


def test_the_edges_of_row_and_document() -> None:
    text = document(ZH, EN, gap="")
    assert navigate.move(text, Cursor.at("zh", 3), "line-edge", 1, words=WORDS).offset == 8
    assert navigate.move(text, Cursor.at("zh", 3), "line-edge", -1, words=WORDS).offset == 0
    end = navigate.move(text, Cursor("zh", 8, 3), "line-edge", 1, extend=True, words=WORDS)
    assert end == Cursor("zh", 8, 3)
    assert navigate.move(text, Cursor.at("en", 3), "document", 1, words=WORDS).offset == len(text.en)
    assert navigate.move(text, Cursor.at("en", 3), "document", -1, words=WORDS).offset == 0


def test_a_selection_collapses_to_the_edge_in_whose_direction_the_caret_goes() -> None:
    text = document(ZH, EN)
    chosen = Cursor("zh", 2, 6)
    assert navigate.move(text, chosen, "char", 1, words=WORDS) == Cursor.at("zh", 6)
    assert navigate.move(text, chosen, "char", -1, words=WORDS) == Cursor.at("zh", 2)
    assert navigate.move(text, chosen, "char", -1, extend=True, words=WORDS) == Cursor("zh", 1, 6)


@pytest.mark.parametrize("whole", ["é", "👩‍🔬", "👍🏽", "🇨🇳", "❤️", "葛\U000e0100", "1️⃣", "𠮷"])
def test_what_a_reader_sees_as_one_character_is_one_step(whole: str) -> None:
    text = f"a{whole}b{whole}{whole}"
    size = len(whole)
    stops = [0, 1, 1 + size, 2 + size, 2 + 2 * size, 2 + 3 * size]
    assert [navigate.next_cluster(text, at) for at in stops[:-1]] == stops[1:]
    assert [navigate.previous_cluster(text, at) for at in stops[1:]] == stops[:-1]


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["zh", "en"]), st.sampled_from(["char", "word", "sentence", "pair"]))
def test_every_walk_goes_through_the_whole_side_and_ends(text: Document, side: str, unit: str) -> None:
    content = text.text(side)
    forward = _walk(text, Cursor.at(side, 0), unit, 1)
    assert forward == sorted(set(forward))
    assert forward[-1] == len(content.rstrip()) or not content
    back = _walk(text, Cursor.at(side, len(content)), unit, -1)
    assert back == sorted(set(back), reverse=True)
    assert back[-1] == len(content) - len(content.lstrip())


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["zh", "en"]), st.data())
def test_the_counterpart_lies_in_the_same_row(text: Document, side: str, data) -> None:
    cursor = Cursor.at(side, data.draw(st.integers(0, len(text.text(side)))))
    found = navigate.counterpart(text, cursor, words=WORDS)
    row = navigate.row_of(text, cursor)
    if found.side == side:
        assert not text.text("en" if side == "zh" else "zh")
    elif text.pairs[row].extent(side) and text.pairs[row].extent(found.side):
        assert navigate.row_of(text, found) == row


def test_the_counterpart_of_an_end_stays_in_its_row_where_the_next_follows_without_a_space() -> None:
    rows = (Pair(id="one", zh=((0, 2),), en=((0, 2),)), Pair(id="two", zh=((3, 5),), en=((2, 4),)))
    text = Document(id="doc", info=Info(title="Tight"), zh="好。 来。", en="A.B.", pairs=PairTable(rows))
    found = navigate.counterpart(text, Cursor.at("zh", 2), words=WORDS)
    assert navigate.row_of(text, found) == 0


def test_the_counterpart_of_a_start_is_a_start() -> None:
    text = document(ZH, EN)
    assert navigate.counterpart(text, Cursor.at("zh", 9), words=WORDS) == Cursor.at("en", 27)
    assert navigate.counterpart(text, Cursor.at("zh", 4), words=WORDS) == Cursor.at("en", 13)
    assert navigate.counterpart(text, Cursor.at("zh", 6), words=WORDS) == Cursor.at("en", 20)
    assert navigate.counterpart(text, Cursor.at("zh", 8), words=WORDS) == Cursor.at("en", 26)


def test_spans_that_start_together_are_all_visited() -> None:
    text = document(["海口港在海口。"], ["Haikou."])
    theme, port, city, last = (
        span(text, "zh", "海口港在海口", "THEME"),
        span(text, "zh", "海口港", "PLACE"),
        span(text, "zh", "海口", "PLACE"),
        span(text, "zh", "海口", "PLACE", nth=1),
    )
    text = with_spans(text, [last, city, port, theme])
    visited, selected = [], None
    while (found := navigate.next_span(text, Cursor.at("zh", 0), selected)) is not None:
        visited.append(found)
        selected = found.id
    assert visited == [theme, port, city, last]
    back = []
    while (found := navigate.previous_span(text, Cursor.at("zh", 4), selected)) is not None:
        back.append(found)
        selected = found.id
    assert back == [city, port, theme]
    assert navigate.previous_span(text, Cursor.at("zh", 4)) == city
    assert navigate.next_span(text, Cursor.at("zh", 1)) == last


def test_spans_at_a_place_come_innermost_first() -> None:
    text = document()
    inner, outer = span(text, "zh", "海口"), span(text, "zh", "顾岚在海口会见", "THEME")
    text = with_spans(text, [outer, inner])
    assert navigate.spans_at(text, "zh", inner.start) == [inner, outer]
    assert navigate.spans_at(text, "zh", inner.end) == [outer]


def test_the_next_open_row_wraps_around() -> None:
    text = document()
    text = apply(text, mark_done(text, [1, 3], True).parts[0])
    assert [navigate.next_open_row(text, row) for row in range(4)] == [2, 2, 0, 0]
    text = apply(text, mark_done(text, [0, 2], True).parts[0])
    assert navigate.next_open_row(text, 0) is None


@pytest.mark.parametrize(
    ("unit", "direction", "at_start", "quote"),
    [
        ("word", -1, True, "met Yoko Yoshida"),
        ("word", 1, True, "Yoshida"),
        ("word", -1, False, "Yoko"),
        ("word", 1, False, "Yoko Yoshida in"),
        ("char", -1, True, "t Yoko Yoshida"),
        ("char", 1, True, "oko Yoshida"),
        ("char", -1, False, "Yoko Yoshid"),
        ("char", 1, False, "Yoko Yoshida i"),
    ],
)
def test_an_edge_is_nudged_past_spaces(unit, direction: int, at_start: bool, quote: str) -> None:
    text = document()
    one = span(text, "en", "Yoko Yoshida")
    found = navigate.nudged(text, one, unit, direction, at_start=at_start, words=WORDS)
    assert found is not None
    assert text.en[found[0] : found[1]] == quote


def test_an_edge_is_not_nudged_over_the_other_nor_out_of_the_text() -> None:
    text = document(["一二"], ["One"])
    whole = span(text, "zh", "一二")
    assert navigate.nudged(text, whole, "char", -1, at_start=True, words=WORDS) is None
    one = span(text, "zh", "一")
    assert navigate.nudged(text, one, "char", -1, at_start=False, words=WORDS) is None


def with_confidences(*confidences: float | None) -> Document:
    """A document whose pairs have these confidences; a negative one is confirmed."""
    rows = [f"第{row}句。" for row in range(len(confidences))]
    base = document(rows, [f"Sentence {row}." for row in range(len(confidences))])
    pairs = [
        replace(pair, confidence=abs(sure) if sure is not None else None, confirmed=(sure or 0) < 0)
        for pair, sure in zip(base.pairs, confidences, strict=True)
    ]
    return base.evolve(pairs=PairTable(pairs))


def test_doubtful_pairs_follow_each_other_round_the_document() -> None:
    doubted = with_confidences(0.9, 0.49, 0.5, None, 0.1, -0.1)
    assert doubted.pairs.doubtful == (1, 4)
    assert [navigate.next_doubtful_row(doubted, row, 1) for row in (0, 1, 3, 4, 5)] == [1, 4, 4, 1, 1]
    assert [navigate.next_doubtful_row(doubted, row, -1) for row in (0, 1, 2, 4, 5)] == [4, 4, 1, 1, 4]
    assert navigate.next_doubtful_row(with_confidences(0.9, None), 0, 1) is None
    assert navigate.next_doubtful_row(with_confidences(0.3), 0, -1) == 0
