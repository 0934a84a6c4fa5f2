"""The value of a date that is being annotated."""

from __future__ import annotations

from annotator.core.document import Document
from annotator.core.span import Side
from annotator.language.counterpart import date_value

VALUE = "value"
"""The attribute of a date that holds its value."""


def date_attributes(document: Document, side: Side, start: int, end: int) -> dict[str, str] | None:
    """The attributes of a date at `[start, end)` of a side: its value in ISO 8601 or EDTF.

    What is said from the time of the text (last year, tonight) is reckoned from the document's date. None if
    the value cannot be worked out.
    """
    row = document.pairs.row_at(side, start)
    extent = document.pairs[row].extent(side) if row >= 0 else None
    offset, last = extent if extent and end <= extent[1] else (start, end)
    text = document.text(side)[offset:last]
    value = date_value(text, side, start - offset, end - offset, document.info.date)
    return {VALUE: value} if value else None
