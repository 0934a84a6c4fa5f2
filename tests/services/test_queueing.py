"""The queue: what is open and decided, filtered, grouped and sorted, and decided all at once."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import document, session
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.suggestion import Reason, Suggestion
from annotator.services.deciding import accept_all, allow_all, reject_all
from annotator.services.offering import Offering
from annotator.services.queueing import (
    BINS,
    Entry,
    Group,
    Spread,
    Wanted,
    decided_entries,
    grouped,
    open_entries,
)

TEXT = document(
    zh=("廊坊与海口。", "廊坊的港口。", "海口。"),
    en=("Langfang and Haikou.", "The port of Langfang.", "Haikou."),
)


def suggestion(side: str, quote: str, score: float = 0.9, *, nth: int = 0) -> Suggestion:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.text(side).index(quote, at + 1)
    return Suggestion(
        side=side,
        start=at,
        end=at + len(quote),
        quote=quote,
        label="PLACE",
        score=score,
        source="rules@1+memory@2",
        reason=Reason("reason.test"),
    )


FOUND = [
    suggestion("zh", "廊坊", 0.55),
    suggestion("zh", "海口", 0.95),
    suggestion("zh", "廊坊", 0.7, nth=1),
    suggestion("en", "Langfang", 0.8),
    suggestion("en", "Haikou", 0.41, nth=1),
]


def offering(found: Iterable[Suggestion] = FOUND, text: Document = TEXT) -> Offering:
    made = Offering(text)
    rows = tuple(range(len(text.pairs)))
    answers = [[one for one in found if text.pairs.row_at(one.side, one.start) == row] for row in rows]
    made.take(made.question(rows), answers)
    return made


def entries(made: Offering) -> list[Entry]:
    return [one for batch in open_entries(made, 0) for one in batch]


def drain(steps: object) -> list[Group]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def said(groups: list[Group]) -> list[tuple[str, int]]:
    return [(group.first.suggestion.quote, len(group.entries)) for group in groups]


def test_the_same_text_is_one_group() -> None:
    groups = drain(grouped(entries(offering()), "place"))
    assert said(groups) == [("廊坊", 2), ("海口", 1), ("Langfang", 1), ("Haikou", 1)]


def test_groups_are_sorted_by_score_and_by_doubt() -> None:
    found = entries(offering())
    assert [name for name, _ in said(drain(grouped(found, "score")))] == [
        "海口",
        "Langfang",
        "廊坊",
        "Haikou",
    ]
    assert [name for name, _ in said(drain(grouped(found, "doubt")))] == [
        "廊坊",
        "Haikou",
        "Langfang",
        "海口",
    ]


@pytest.mark.parametrize(
    ("wanted", "quotes"),
    [
        (Wanted(side="en"), ["Langfang", "Haikou"]),
        (Wanted(text="lang"), ["Langfang"]),
        (Wanted(low=0.75), ["海口", "Langfang"]),
        (Wanted(source="memory", high=0.6), ["廊坊", "Haikou"]),
        (Wanted(source="learner"), []),
        (Wanted(label="PERSON"), []),
    ],
)
def test_filters(wanted: Wanted, quotes: list[str]) -> None:
    assert [one.suggestion.quote for one in entries(offering()) if wanted.fits(one.suggestion)] == quotes


def test_scores_are_counted_in_parts_of_equal_width() -> None:
    spread = Spread()
    for entry in entries(offering()):
        spread.add(entry)
    assert (len(spread.bins), sum(spread.bins), spread.total) == (BINS, 5, 5)
    assert [spread.bins[at] for at in (8, 11, 14, 16, 19)] == [1, 1, 1, 1, 1]
    assert [spread.at_least(percent) for percent in (0, 41, 42, 55, 56, 96)] == [5, 5, 4, 4, 3, 0]
    certain = Entry(suggestion("zh", "廊坊", 1.0), "doc1", 0, 0)
    spread.add(certain)
    assert (spread.bins[-1], spread.at_least(100)) == (2, 1)
    spread.add(certain, -1)
    assert spread.total == 5


def test_a_group_is_accepted_as_one_step_and_is_then_among_the_accepted() -> None:
    made = offering()
    group = drain(grouped(entries(made), "place"))[0]
    work = session(TEXT)
    work.do(accept_all([TEXT], group.entries, by="ann", link_type="SAME", label="PERSON"))
    after = work.document("doc1")
    assert [(one.quote, one.label, one.src.kind) for one in after.spans] == [
        ("廊坊", "PERSON", "corrected")
    ] * 2
    accepted = [one for batch in decided_entries(after, "accepted", 0) for one in batch]
    assert [(one.suggestion.score, one.row) for one in accepted] == [(0.55, 0), (0.7, 1)]
    work.undo()
    assert len(work.document("doc1").spans) == 0


def test_what_was_rejected_is_listed_and_may_be_allowed_again() -> None:
    made = offering()
    work = session(TEXT)
    work.do(reject_all([TEXT], entries(made), by="ann"))
    after = work.document("doc1")
    rejected = [one for batch in decided_entries(after, "rejected", 0) for one in batch]
    assert len(rejected) == 5
    work.do(allow_all([after], rejected[:2]))
    assert len(list(work.document("doc1").rejections())) == 3


def test_several_documents_are_decided_in_one_step() -> None:
    other = replace(TEXT, id="doc2")
    found = [*entries(offering()), *(Entry(one, "doc2", 1, 0) for one in FOUND[:2])]
    work = session(TEXT, other)
    edit = accept_all([TEXT, other], found, by="ann", link_type="SAME")
    work.do(edit)
    assert (len(work.document("doc1").spans), len(work.document("doc2").spans)) == (5, 2)
    assert edit.caption.args == {"count": "7"}
    work.undo()
    assert len(work.document("doc1").spans) == len(work.document("doc2").spans) == 0


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30), st.integers(0, 2**32))
def test_many_are_sorted_as_python_sorts_them(scores: list[float], seed: int) -> None:
    some = random.Random(seed)
    one = suggestion("zh", "廊坊")
    found = [
        Entry(replace(one, quote=f"{number}", score=some.choice(scores)), "doc1", 0, number)
        for number in range(5000)
    ]
    groups = drain(grouped(found, "score"))
    assert groups == sorted(groups, key=lambda group: (-group.score, group.first.order))
    assert len(groups) == 5000
