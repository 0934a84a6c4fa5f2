"""What a memory takes in of a document, at first and after a decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from annotator.core.document import Document, Info
from annotator.core.pair import Pair, PairTable
from annotator.core.span import MANUAL, Span
from annotator.core.spans import SpanTable
from annotator.language.reading import passages
from annotator.language.remembering import Memory

SENTENCE = "王小明见到李华。"
NAMES = ((0, 3), (5, 7))
LABELS = frozenset({"PERSON"})


def document(named: set[tuple[int, int]], done: set[int], rows: int) -> Document:
    size = len(SENTENCE)
    return Document(
        id="d",
        info=Info(title="d"),
        zh=SENTENCE * rows,
        en="",
        pairs=PairTable([Pair(id=f"p{row}", zh=((row * size, (row + 1) * size),)) for row in range(rows)]),
        spans=SpanTable(span(row, name) for row, name in named if row < rows),
        done=Map({f"p{row}": True for row in done if row < rows}),
    )


def span(row: int, name: int) -> Span:
    start, end = (row * len(SENTENCE) + edge for edge in NAMES[name])
    quote = SENTENCE[slice(*NAMES[name])]
    return Span(
        id=f"s{row}-{name}",
        side="zh",
        start=start,
        end=end,
        quote=quote,
        label="PERSON",
        src=MANUAL,
        by="a",
        at="",
    )


NAMED = st.sets(st.tuples(st.integers(0, 39), st.integers(0, 1)))
DONE = st.sets(st.integers(0, 39))


@given(NAMED, DONE)
def test_rows_say_the_same_alone_and_among_all(named: set[tuple[int, int]], done: set[int]) -> None:
    whole = document(named, done, 40)

    together = list(passages(whole, "zh", LABELS))

    assert together == [one for row in range(40) for one in passages(whole, "zh", LABELS, [row])]
    assert sum(len(one.spans) for one in together) == len(named)


@given(NAMED, DONE, NAMED, DONE)
def test_a_memory_that_keeps_up_knows_what_a_fresh_one_would(
    named: set[tuple[int, int]], done: set[int], later: set[tuple[int, int]], then: set[int]
) -> None:
    # With a row done, only rows of their own are read: nothing of others depends on what is annotated here.
    before, after = document(named, done | {0}, 40), document(later, then | {0}, 40)
    kept, fresh = Memory(LABELS), Memory(LABELS)
    kept.keep_up(before)

    changed = kept.changed(after)
    assert kept.keep_up(after) == changed
    fresh.keep_up(after)

    marked = {row for row, _ in named ^ later} | ((done | {0}) ^ (then | {0}))
    assert set(changed) == marked
    for string in ("王小明", "李华", "见到"):
        assert kept.of("zh").absent(string, "PERSON") == fresh.of("zh").absent(string, "PERSON")
    assert kept.of("zh").find(SENTENCE) == fresh.of("zh").find(SENTENCE)
    assert kept.before(after) is after
