"""Which rows count as finished, so that what is not annotated in them is taught as nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import document
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.ids import new_id
from annotator.core.span import MANUAL, Rejection, Source, Span
from annotator.core.spans import SpanTable
from annotator.language.reading import Read, passages
from annotator.language.remembering import Memory

LABELS = frozenset({"PERSON", "PLACE"})
ROWS = 8
TEXT = document(
    [f"顾岚第{row}天去了海口。" for row in range(ROWS)],
    [f"Gu Lan, day {row}, Haikou." for row in range(ROWS)],
)
ACCEPTED = Source(kind="accepted", model="rules@1", score=0.9)
IMPORTED = Source(kind="imported")


def mention(row: int, minute: int, quote: str = "顾岚", src: Source = MANUAL, label: str = "PERSON") -> Span:
    """A mention in a row, made in this minute."""
    base = TEXT.pairs[row].zh[0][0]
    start = TEXT.zh.index(quote, base)
    at = f"2026-01-02T03:{minute:02}:00Z"
    return Span(
        id=new_id(), side="zh", start=start, end=start + 2, quote=quote, label=label, src=src, by="ann", at=at
    )


def with_mentions(spans: Sequence[Span], done: Sequence[int] = ()) -> Document:
    marks = TEXT.done.update({TEXT.pairs[row].id: True for row in done})
    return TEXT.evolve(spans=SpanTable(spans), done=marks)


def finished(text: Document) -> list[int]:
    read = Read(text, "zh", LABELS)
    return [row for row in range(ROWS) if row in read]


def test_rows_marked_done_are_finished_and_no_others() -> None:
    assert finished(with_mentions([mention(1, 1), mention(3, 2)], done=[0, 3])) == [0, 3]


def test_without_marks_the_rows_gone_on_from_are_finished_and_the_last_one_is_not_yet() -> None:
    assert finished(with_mentions([mention(1, 1)])) == []
    assert finished(with_mentions([mention(1, 1), mention(1, 2, "海口", label="PLACE")])) == []
    assert finished(with_mentions([mention(1, 1), mention(4, 2)])) == [1, 2, 3]


def test_what_is_turned_down_shows_that_somebody_was_there_too() -> None:
    one = mention(5, 2)
    values = {name: getattr(one, name) for name in one.__struct_fields__}
    refused = Rejection(**(values | {"src": replace(ACCEPTED, kind="rejected")}))
    text = with_mentions([mention(2, 1)]).evolve(rejected=SpanTable([refused]))
    assert finished(text) == [2, 3, 4]


@pytest.mark.parametrize("src", [MANUAL, ACCEPTED])
def test_a_name_that_is_annotated_everywhere_at_one_stroke_says_nothing_of_the_rows_between(
    src: Source,
) -> None:
    assert finished(with_mentions([mention(row, 1, src=src) for row in (1, 4, 7)])) == []


def test_suggestions_of_many_texts_accepted_at_once_say_nothing_either() -> None:
    spans = [mention(1, 1, src=ACCEPTED), mention(7, 1, "海口", ACCEPTED, "PLACE")]
    assert finished(with_mentions(spans)) == []


def test_what_came_in_from_elsewhere_counts_wherever_it_stands() -> None:
    assert finished(with_mentions([mention(row, 1, src=IMPORTED) for row in (1, 4)])) == [1, 2, 3]


def test_annotations_of_other_labels_do_not_count() -> None:
    spans = [mention(1, 1), replace(mention(6, 2), label="THEME")]
    assert finished(with_mentions(spans)) == []


def test_the_passages_say_so() -> None:
    text = with_mentions([mention(1, 1), mention(3, 2)])
    assert [one.read for one in passages(text, "zh", LABELS)] == [row in (1, 2) for row in range(ROWS)]


def test_a_name_in_an_unfinished_row_is_remembered_and_what_is_open_beside_it_is_no_sign() -> None:
    memory = Memory(LABELS)
    memory.keep_up(with_mentions([mention(0, 1), mention(2, 2), mention(2, 3, "海口", label="PLACE")]))
    recall = memory.of("zh")
    assert recall.absent("海口", "PLACE") == 2
    assert recall.absent("顾岚", "PERSON") == 1
    memory.keep_up(with_mentions([mention(2, 3, "海口", label="PLACE")]))
    assert recall.absent("顾岚", "PERSON") == recall.absent("海口", "PLACE") == 0
    assert {one.label for one in recall.find("海口在南方。")} == {"PLACE"}


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.integers(0, ROWS - 1), st.integers(0, 9), max_size=4),
            st.sets(st.integers(0, ROWS - 1), max_size=2),
        ),
        min_size=2,
        max_size=5,
    )
)
def test_memory_that_is_kept_up_is_as_memory_made_anew(states: list[tuple[dict[int, int], set[int]]]) -> None:
    kept = Memory(LABELS)
    for mentions, done in states:
        text = with_mentions([mention(row, minute) for row, minute in mentions.items()], sorted(done))
        kept.keep_up(text)
        fresh = Memory(LABELS)
        fresh.keep_up(text)
        for quote, label in (("顾岚", "PERSON"), ("海口", "PLACE")):
            assert kept.of("zh").absent(quote, label) == fresh.of("zh").absent(quote, label)
        assert kept.of("zh").find(TEXT.zh) == fresh.of("zh").find(TEXT.zh)
