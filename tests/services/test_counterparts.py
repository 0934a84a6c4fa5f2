"""Counterparts of a document's spans, as suggestions."""

from __future__ import annotations

import msgspec
from making import document, link, project, span, with_spans

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.extend import Evidence, NoOptions, suggester_named
from annotator.language.counterpart import Knowledge
from annotator.services.counterparts import counterpart_of, counterparts, linked_names
from annotator.services.dating import date_attributes


def dated(text: Document, day: str) -> Document:
    return text.evolve(info=msgspec.structs.replace(text.info, date=day))


def test_a_suggestion_says_what_would_be_linked_and_why() -> None:
    plain = document()
    mention = span(plain, "zh", "海口", "PLACE")
    (one,) = counterparts(with_spans(plain, [mention]), range(4))
    assert (one.side, one.quote, one.label, one.partner) == ("en", "Haikou", "PLACE", mention.id)
    assert plain.en[one.start : one.end] == "Haikou"
    assert str(one.reason) == "same pronunciation"
    assert one.source == "counterpart@1"


def test_an_existing_span_is_suggested_as_partner() -> None:
    plain = document()
    zh, en = span(plain, "zh", "顾岚"), span(plain, "en", "Gu Lan")
    (one,) = counterparts(with_spans(plain, [zh, en]), range(4))
    assert (one.start, one.end, one.label) == (en.start, en.end, en.label)
    assert one.partner == zh.id


def test_a_linked_span_has_no_suggestion() -> None:
    plain = document()
    zh, en = span(plain, "zh", "顾岚"), span(plain, "en", "Gu Lan")
    full = with_spans(plain, [zh, en], [link(zh, en)])
    assert counterparts(full, range(4)) == []
    assert counterpart_of(full, zh.id) is None
    assert linked_names([full]) == {"顾岚": ("Gu Lan",)}


def test_what_was_linked_elsewhere_is_known() -> None:
    plain = document(["老虎来了。"], ["In came Deputy Quimby."])
    mention = span(plain, "zh", "老虎")
    found = counterpart_of(
        with_spans(plain, [mention]), mention.id, Knowledge(linked={"老虎": ["Deputy Quimby"]})
    )
    assert found is not None
    assert (found.quote, found.reason.key) == ("Deputy Quimby", "counterpart.reason.linked")


def test_a_date_brings_its_value() -> None:
    plain = dated(document(["他去年来过。"], ["He came last year."]), "2024-05-01")
    mention = span(plain, "zh", "去年", "DATE")
    (one,) = counterparts(with_spans(plain, [mention]), range(1))
    assert (one.quote, one.attributes) == ("last year", {"value": "2023"})


def test_the_value_of_a_date_is_reckoned_from_the_day_of_the_document() -> None:
    plain = document(["他去年来过，那是1998年以后。"], ["He came last year, after 1998."])
    assert date_attributes(dated(plain, "2024-05-01"), "zh", 1, 3) == {"value": "2023"}
    assert date_attributes(plain, "zh", 1, 3) is None
    at = plain.en.index("1998")
    assert date_attributes(plain, "en", at, at + 4) == {"value": "1998"}


def test_the_source_of_suggestions_is_registered() -> None:
    plain = document()
    full = with_spans(plain, [span(plain, "zh", "海口", "PLACE")])
    offer = suggester_named("counterpart").make(Evidence(project()), NoOptions(), Job())
    assert [one.quote for one in offer(full, range(4))] == ["Haikou"]
