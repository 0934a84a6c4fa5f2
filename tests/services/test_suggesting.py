"""Accepting and rejecting suggestions, and what is left open."""

from __future__ import annotations

import pytest
from making import document, link, session, span, with_spans
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.span import Side, Source
from annotator.core.suggestion import Reason, Suggestion
from annotator.services import suggesting
from annotator.services.suggesting import accept, allow, is_open, reject

TEXT = document()
GU = span(TEXT, "zh", "顾岚")
GU_LAN = span(TEXT, "en", "Gu Lan")


def suggestion(side: Side = "en", quote: str = "Gu Lan", label: str = "PERSON", **more: object) -> Suggestion:
    at = TEXT.text(side).index(quote)
    made = Suggestion(
        side=side,
        start=at,
        end=at + len(quote),
        quote=quote,
        label=label,
        score=0.87654321,
        source="rules@3",
        reason=Reason("reason.test"),
    )
    return replace(made, **more)


def after(base: Document, *suggestions: Suggestion, **choices: object) -> Document:
    work = session(base)
    work.do(accept(base, suggestions, by="ann", link_type="SAME", **choices))
    return work.document("doc1")


def test_an_accepted_suggestion_is_a_span_that_says_where_it_came_from() -> None:
    (one,) = after(TEXT, suggestion(attributes={"role": "engineer"})).spans
    assert (one.side, one.quote, one.label, one.by) == ("en", "Gu Lan", "PERSON", "ann")
    assert one.src == Source(kind="accepted", model="rules@3", score=0.8765)
    assert one.attributes == {"role": "engineer"}


def test_with_another_label_or_extent_it_counts_as_corrected() -> None:
    (relabelled,) = after(TEXT, suggestion(), label="PLACE").spans
    (widened,) = after(TEXT, suggestion(), extent=(GU_LAN.start, GU_LAN.end + 4)).spans
    assert (relabelled.label, relabelled.src.kind) == ("PLACE", "corrected")
    assert (widened.quote, widened.src.kind) == ("Gu Lan met", "corrected")


def test_a_counterpart_is_accepted_with_its_link() -> None:
    made = after(with_spans(TEXT, [GU]), suggestion(partner=GU.id))
    (one,) = made.partners(GU.id)
    assert (one.quote, one.label) == ("Gu Lan", "PERSON")
    (joined,) = made.links
    assert (joined.a, joined.b, joined.type, joined.src.kind) == (GU.id, one.id, "SAME", "accepted")


def test_where_the_span_is_there_only_the_link_is_made() -> None:
    made = after(with_spans(TEXT, [GU, GU_LAN]), suggestion(partner=GU.id))
    assert len(made.spans) == 2
    assert [one.id for one in made.partners(GU.id)] == [GU_LAN.id]


def test_two_mentions_may_get_one_new_counterpart() -> None:
    again = span(TEXT, "zh", "顾岚", nth=1)
    made = after(with_spans(TEXT, [GU, again]), suggestion(partner=GU.id), suggestion(partner=again.id))
    assert len(made.spans) == 3
    assert [one.quote for one in made.partners(GU.id) + made.partners(again.id)] == ["Gu Lan", "Gu Lan"]


def test_rejecting_is_one_step_that_can_be_taken_back() -> None:
    work = session(TEXT)
    both = [suggestion(), suggestion("zh", "海口", "PLACE")]
    assert all(is_open(TEXT, one) for one in both)
    work.do(reject(TEXT, both, by="ann"))
    turned_down = work.document("doc1")
    assert not any(is_open(turned_down, one) for one in both)
    assert reject(turned_down, both, by="ann").empty
    work.do(allow(turned_down, list(turned_down.rejections())[:1]))
    assert [is_open(work.document("doc1"), one) for one in both] == [False, True]
    work.undo()
    work.undo()
    assert work.document("doc1") == TEXT


def test_accepting_what_was_rejected_takes_the_rejection_back() -> None:
    work = session(TEXT)
    work.do(reject(TEXT, [suggestion()], by="ann"))
    work.do(accept(work.document("doc1"), [suggestion()], by="ann", link_type="SAME"))
    assert len(work.document("doc1").rejected) == 0
    assert len(work.document("doc1").spans) == 1


def test_a_counterpart_rejected_for_one_mention_stays_open_for_another() -> None:
    again = span(TEXT, "zh", "顾岚", nth=1)
    base = with_spans(TEXT, [GU, again])
    work = session(base)
    work.do(reject(base, [suggestion(partner=GU.id)], by="ann"))
    turned_down = work.document("doc1")
    assert not is_open(turned_down, suggestion(partner=GU.id))
    assert is_open(turned_down, suggestion(partner=again.id))


@pytest.mark.parametrize(
    ("there", "offered"),
    [
        (GU_LAN, suggestion()),
        (GU_LAN, suggestion(label="PLACE")),
        (GU_LAN, suggestion(quote="Lan")),
        (GU_LAN, suggestion(partner="gone")),
    ],
    ids=["the same span", "another label chosen", "a part of it", "a partner that is gone"],
)
def test_what_a_person_decided_is_not_open(there, offered) -> None:
    assert not is_open(with_spans(TEXT, [there]), offered)


def test_a_linked_pair_has_nothing_left_to_accept() -> None:
    linked = with_spans(TEXT, [GU, GU_LAN], [link(GU, GU_LAN)])
    assert not is_open(linked, suggestion(partner=GU.id))
    assert accept(linked, [suggestion(partner=GU.id)], by="ann", link_type="SAME").empty


def test_a_suggestion_for_a_text_that_changed_is_refused() -> None:
    stale = suggestion(quote="Gu Lan met")
    stale = replace(stale, quote="Gu Lan saw")
    assert not is_open(TEXT, stale)
    for build in (accept, suggesting.reject):
        more = {"link_type": "SAME"} if build is accept else {}
        with pytest.raises(AnnotatorError, match="Gu Lan saw"):
            build(TEXT, [stale], by="ann", **more)
