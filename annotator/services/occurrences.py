"""Finding a text wherever it occurs, and annotating all of it in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, Edit, SpanChange
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id, now
from annotator.core.span import Side, Source, Span
from annotator.services.annotate import shortened

OCCURRENCE = Source(kind="occurrence")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place `[start, end)` of `side` where a text stands; `blocked` if a span is in the way."""

    doc: str
    side: Side
    start: int
    end: int
    blocked: bool = False


def find(document: Document, text: str, side: Side, label: str | None = None) -> list[Occurrence]:
    """Every place of `side` where exactly `text` stands, in text order; they do not overlap each other.

    Case counts. English is found at word edges only, Chinese anywhere. A place is blocked by any span that
    shares a character with it, with one exception: a longer span that contains it does not block, unless it
    has the `label` that is to be given (a THEME over the sentence must not hinder the names in it).
    """
    wanted = text.strip()
    if not wanted:
        return []
    return [
        Occurrence(document.id, side, start, end, _blocked(document, side, start, end, label))
        for start, end in _places(document.text(side), wanted, whole_words=side == "en")
    ]


def annotate_all(
    documents: Iterable[Document], occurrences: Iterable[Occurrence], label: str, by: str
) -> Edit:
    """All occurrences that are not blocked annotated with `label`, undone as one.

    Raises:
        AnnotatorError: if every occurrence is blocked, or one lies in none of `documents`.
    """
    known = {document.id: document for document in documents}
    at = now()
    made: dict[str, list[SpanChange]] = {}
    for place in occurrences:
        if place.blocked:
            continue
        if place.doc not in known:
            raise AnnotatorError("error.no_document", document=place.doc)
        span = _span(known[place.doc], place, label, by, at)
        made.setdefault(place.doc, []).append(SpanChange(None, span))
    spans = [change.after for changes in made.values() for change in changes if change.after]
    if not spans:
        raise AnnotatorError("error.no_occurrences")
    args = {"text": shortened(spans[0].quote), "label": label, "count": str(len(spans))}
    parts = tuple(DocumentEdit(doc=doc, spans=tuple(changes)) for doc, changes in made.items())
    return Edit(caption=Caption("edit.annotate_all", args), parts=parts)


def _places(text: str, wanted: str, *, whole_words: bool) -> Iterator[tuple[int, int]]:
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if whole_words and _inside_word(text, start, end):
            start = text.find(wanted, start + 1)
            continue
        yield start, end
        start = text.find(wanted, end)


def _inside_word(text: str, start: int, end: int) -> bool:
    return _joined(text, start) or _joined(text, end)


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _blocked(document: Document, side: Side, start: int, end: int, label: str | None) -> bool:
    return any(
        not (span.start <= start and end <= span.end and span.end - span.start > end - start)
        or span.label == label
        for span in document.spans.overlapping(side, start, end)
    )


def _span(document: Document, place: Occurrence, label: str, by: str, at: str) -> Span:
    return Span(
        id=new_id(),
        side=place.side,
        start=place.start,
        end=place.end,
        quote=document.text(place.side)[place.start : place.end],
        label=label,
        src=OCCURRENCE,
        by=by,
        at=at,
    )
