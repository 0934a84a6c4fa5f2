"""Giving dates their values when they are annotated, relabelled or reshaped, whoever does it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit, Edit, SpanChange
from annotator.core.span import Span

_VALUE = "value"


def is_date(label: str) -> bool:
    """Whether spans of this label are dates: `DATE` itself, and labels nested in it."""
    return label.partition("/")[0] == "DATE"


def with_values(edit: Edit, document_of: Callable[[str], Document]) -> Edit:
    """The edit with the values of the dates that it makes; `document_of` gives documents as before it.

    A value that a person wrote stays. One that was worked out is worked out anew for another extent.
    """
    if not any(_is_made(change) for part in edit.parts for change in part.spans):
        return edit
    return replace(edit, parts=tuple(_valued(part, document_of) for part in edit.parts))


def _is_made(change: SpanChange) -> bool:
    before, after = change.before, change.after
    if after is None or not is_date(after.label):
        return False
    return before is None or not is_date(before.label) or _place(before) != _place(after)


def _valued(part: DocumentEdit, document_of: Callable[[str], Document]) -> DocumentEdit:
    if part.text is not None or not any(map(_is_made, part.spans)):
        return part
    document = document_of(part.doc)
    spans = tuple(_with_value(document, one) if _is_made(one) else one for one in part.spans)
    return replace(part, spans=spans)


def _with_value(document: Document, change: SpanChange) -> SpanChange:
    before, after = change.before, change.after
    assert after is not None
    own = (after.attributes or {}).get(_VALUE)
    if own is not None and (before is None or own != _value(document, before)):
        return change
    kept = {name: value for name, value in (after.attributes or {}).items() if name != _VALUE}
    value = _value(document, after)
    attributes = {**kept, _VALUE: value} if value else kept
    return SpanChange(before, replace(after, attributes=attributes or None))


def _value(document: Document, span: Span) -> str | None:
    # Reading dates compiles some hundred expressions; who annotates none needs none.
    from annotator.services.dating import date_attributes

    return (date_attributes(document, span.side, span.start, span.end) or {}).get(_VALUE)


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end
