"""Counterparts that are decided in the queue: accepted together, or one after the other, they are linked."""

from __future__ import annotations

import pytest
from making import document, session
from test_offering import suggestion

from annotator.core.document import Document
from annotator.core.span import Side
from annotator.services.deciding import accept_all, with_counterparts
from annotator.services.offering import Offering
from annotator.services.queueing import Entry
from annotator.services.suggesting import finished

TEXT = document()
ZH, EN = suggestion("zh", "顾岚"), suggestion("en", "Gu Lan")
SIDES: tuple[Side, Side] = ("zh", "en")


def offering() -> Offering:
    made = Offering(TEXT)
    made.take(made.question((1,)), [[ZH, EN]], [[(ZH.key, EN.key)]])
    return made


def entry(side: Side) -> Entry:
    return Entry(ZH if side == "zh" else EN, TEXT.id, 0, 1)


def linked(text: Document) -> list[tuple[str, str]]:
    quotes = {one.id: one.quote for one in text.spans}
    return [(quotes[one.a], quotes[one.b]) for one in text.links]


@pytest.mark.parametrize("side", SIDES)
def test_what_is_open_on_the_other_side_is_accepted_with_it(side: Side) -> None:
    entries, joined = finished(with_counterparts({TEXT.id: offering()}, [entry(side)], both=True))
    assert {one.suggestion.side for one in entries} == {"zh", "en"}
    work = session(TEXT)
    work.do(accept_all([TEXT], entries, by="ann", link_type="SAME", joined=joined))
    assert linked(work.document(TEXT.id)) == [("顾岚", "Gu Lan")]


@pytest.mark.parametrize("first", SIDES)
def test_decided_one_after_the_other_they_are_linked_in_either_order(first: Side) -> None:
    made, work = offering(), session(TEXT)
    for side in (first, "en" if first == "zh" else "zh"):
        entries, joined = finished(with_counterparts({TEXT.id: made}, [entry(side)], both=False))
        assert len(entries) == 1
        before = work.document(TEXT.id)
        edit = accept_all([before], entries, by="ann", link_type="SAME", joined=joined)
        work.do(edit)
        made.apply(work.document(TEXT.id), edit.parts[0])
    assert linked(work.document(TEXT.id)) == [("顾岚", "Gu Lan")]


def test_both_chosen_at_once_are_linked_once() -> None:
    chosen = [entry("zh"), entry("en")]
    entries, joined = finished(with_counterparts({TEXT.id: offering()}, chosen, both=True))
    edit = accept_all([TEXT], entries, by="ann", link_type="SAME", joined=joined)
    assert len(edit.parts[0].spans) == 2
    assert len(edit.parts[0].links) == 1


def test_an_entry_whose_document_was_not_asked_about_is_accepted_alone() -> None:
    entries, joined = finished(with_counterparts({}, [entry("zh")], both=True))
    assert [one.suggestion for one in entries] == [ZH]
    assert not joined
