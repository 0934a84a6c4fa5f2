"""The value of a date that is being annotated."""

from __future__ import annotations

from annotator.core.document import Document
from annotator.core.span import Side
from annotator.language.dates import find

VALUE = "value"
"""The attribute of a date that holds its value."""


def date_attributes(document: Document, side: Side, start: int, end: int) -> dict[str, str] | None:
    """The attributes of a date at `[start, end)` of a side: its value; None if it cannot be worked out."""
    row = document.pairs.row_at(side, start)
    extent = document.pairs[row].extent(side) if row >= 0 else None
    offset, last = extent if extent and end <= extent[1] else (start, end)
    dates = find(document.text(side)[offset:last], side, reference=document.info.date)
    inside = [one for one in dates if one.start + offset < end and one.end + offset > start]
    return {VALUE: max(inside, key=lambda one: one.end - one.start).value} if inside else None
