"""The records of JSON exports as they are read back."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from annotator.core.labels import Label
from annotator.core.span import Side, Source
from annotator.formats.gather import Gathering, certain, damaged

Record = dict[str, Any]
Range = tuple[int, int]


class SpanRecord(Struct):
    """A span; `doc_start`, `doc_end` and `part` stand in lines of pairs alone."""

    id: str
    side: Side
    start: int
    end: int
    quote: str
    label: str
    note: str = ""
    certainty: str = ""
    attributes: dict[str, str] | None = None
    src: Record | None = None
    by: str = ""
    at: str = ""
    doc_start: int = 0
    doc_end: int = 0
    part: Range = (1, 1)


class LinkRecord(Struct):
    """A link; `complete` stands in lines of pairs alone."""

    id: str
    a: str
    b: str
    type: str
    note: str = ""
    src: Record | None = None
    by: str = ""
    at: str = ""
    complete: bool = True


class PairRecord(Struct):
    """A pair."""

    id: str
    zh: tuple[Range, ...] = ()
    en: tuple[Range, ...] = ()
    role: str = "text"
    done: bool = False
    confirmed: bool = False
    confidence: float | None = None


_SPAN = frozenset(SpanRecord.__struct_fields__)
_LINK = frozenset(LinkRecord.__struct_fields__)
_SOURCE = frozenset(("kind", "model", "score"))


def source(record: Record | None) -> Source:
    """Where an annotation came from, as it says itself."""
    given = record or {}
    model, score = given.get("model"), given.get("score")
    return Source(
        kind=str(given.get("kind") or "imported"),
        model=model if isinstance(model, str) else None,
        score=float(score) if isinstance(score, int | float) else None,
        extra={name: one for name, one in given.items() if name not in _SOURCE} or None,
    )


def take_span(gathering: Gathering, record: Record, start: int, end: int, file: str) -> str | None:
    """Take a span at a place; fields that are not known go along."""
    span = converted(record, SpanRecord, file)
    return gathering.span(
        span.side,
        start,
        end,
        span.label,
        quote=None if span.part != (1, 1) else span.quote,
        key=span.id,
        note=span.note,
        certainty=certain(span.certainty),
        attributes=span.attributes,
        src=source(span.src),
        by=span.by,
        at=span.at,
        extra={name: one for name, one in record.items() if name not in _SPAN} or None,
    )


def take_link(gathering: Gathering, record: Record, file: str) -> None:
    """Take a link; fields that are not known go along."""
    link = converted(record, LinkRecord, file)
    extra = {name: one for name, one in record.items() if name not in _LINK} or None
    more = {"src": source(link.src), "by": link.by, "at": link.at, "extra": extra}
    gathering.link(link.a, link.b, link.type, key=link.id, note=link.note, **more)


def converted(record: Any, kind: type[Any], file: str) -> Any:
    """A record as a struct.

    Raises:
        AnnotatorError: if it lacks a field, or has one of another kind.
    """
    try:
        return msgspec.convert(record, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise damaged(file, error) from None


def labels_of(records: list[Record], file: str) -> tuple[Label, ...]:
    """Labels that a file declares."""
    return tuple(converted(record, Label, file) for record in records)
