"""Spans, links and pairs as the plain records that JSON exports are made of: the names are those on disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from annotator.core.apply import check_quote
from annotator.core.document import Document
from annotator.core.labels import Label, LinkType
from annotator.core.pair import Pair
from annotator.core.span import SIDES, Link, Side, Span
from annotator.formats.choices import SideChoice

Record = dict[str, Any]


def sides_of(choice: SideChoice) -> tuple[Side, ...]:
    """The sides that an option asks for."""
    return SIDES if choice == "both" else (choice,)


def checked_spans(document: Document, side: Side) -> Iterator[Span]:
    """The spans of a side in order, each held against its text.

    Raises:
        Conflict: if one does not quote the text at its place.
    """
    text = document.text(side)
    for span in document.spans.ordered(side):
        # What is right is told at a glance; what is not is looked at closely.
        if span.start < 0 or not span.label or not span.quote or text[span.start : span.end] != span.quote:
            check_quote(span, text)
        yield span


def ordered_links(document: Document) -> list[Link]:
    """The links in the order of the files on disk."""
    return sorted(document.links, key=lambda link: (link.a, link.b, link.id))


def record(thing: Span | Link | Label | LinkType) -> Record:
    """Its fields in their order, defaults left out, those of newer versions among them."""
    fields: Record = msgspec.to_builtins(thing)
    fields.pop("t", None)
    extra = fields.pop("extra", None) or {}
    return fields | {name: value for name, value in extra.items() if name not in fields}


def pair_record(document: Document, pair: Pair, sides: tuple[Side, ...] = SIDES) -> Record:
    """A pair with whether its row is done, every field written."""
    return {
        "id": pair.id,
        **{side: [list(segment) for segment in pair.segments(side)] for side in sides},
        "role": pair.role,
        "done": pair.id in document.done,
        "confirmed": pair.confirmed,
        "confidence": pair.confidence,
    }
