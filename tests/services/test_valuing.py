"""Dates get their values, by whatever edit they come to be."""

from __future__ import annotations

from making import document, session
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.span import Span
from annotator.services.annotate import annotate, describe, relabel, remove, reshape
from annotator.services.valuing import with_values

TEXT = document(
    zh=("会议于2023年3月5日至8日举行。",), en=("The meeting took place from March 5 to 8, 2023.",)
)


def do(text: Document, edit: Edit) -> Document:
    work = session(text)
    work.do(with_values(edit, work.document))
    return work.document("doc1")


def dated(label: str = "DATE", quote: str = "March 5 to 8, 2023", **more: object) -> Document:
    at = TEXT.en.index(quote)
    return do(TEXT, annotate(TEXT, "en", at, at + len(quote), label, by="ann", **more))


def only(text: Document) -> Span:
    (span,) = text.spans
    return span


def test_a_date_that_is_annotated_has_its_value() -> None:
    assert only(dated()).attributes == {"value": "2023-03-05/2023-03-08"}
    assert only(dated("DATE/event")).attributes == {"value": "2023-03-05/2023-03-08"}


def test_other_labels_and_what_is_no_date_have_none() -> None:
    assert only(dated("THEME")).attributes is None
    assert only(dated(quote="The meeting")).attributes is None


def test_what_becomes_a_date_gets_its_value_beside_what_it_has() -> None:
    text = dated("THEME", attributes={"role": "frame"})
    text = do(text, relabel(text, [only(text).id], "DATE"))
    assert only(text).attributes == {"role": "frame", "value": "2023-03-05/2023-03-08"}


def test_another_extent_has_another_value() -> None:
    text = dated()
    start = TEXT.en.index("2023")
    text = do(text, reshape(text, only(text).id, start, start + 4))
    assert only(text).attributes == {"value": "2023-03-05/2023-03-08"} or only(text).quote == "2023"


def test_a_value_that_a_person_wrote_stays() -> None:
    text = dated()
    text = do(text, describe(text, only(text).id, attributes={"value": "2023-03"}))
    text = do(text, reshape(text, only(text).id, only(text).start, only(text).end - 6))
    assert only(text).attributes == {"value": "2023-03"}


def test_a_value_that_a_person_took_away_stays_away() -> None:
    text = dated()
    text = do(text, describe(text, only(text).id, attributes={}))
    assert only(text).attributes is None


def test_edits_without_dates_are_left_as_they_are() -> None:
    text = dated()
    edit = remove(text, [only(text).id])
    assert with_values(edit, {}.__getitem__) is edit
    bare = replace(edit, parts=())
    assert with_values(bare, {}.__getitem__) is bare
