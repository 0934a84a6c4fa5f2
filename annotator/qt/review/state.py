"""Which suggestion is before the user, and whether the keys of labels and edges are for it."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.span import Span
from annotator.core.suggestion import Suggestion
from annotator.services.cursor import Cursor
from annotator.services.offering import Offering


class Active(Struct, frozen=True):
    """The suggestion that one key accepts or rejects.

    It is the user's `own` if they went to it: then the keys of labels and edges are for it. Else it is at
    hand as the counterpart of the selected annotation, and those keys are for that. `extent` is another range
    than the suggested one, once an edge was moved.
    """

    suggestion: Suggestion
    own: bool = False
    extent: tuple[int, int] | None = None

    @property
    def range(self) -> tuple[int, int]:
        """The range that accepting it would label."""
        return self.extent or (self.suggestion.start, self.suggestion.end)


def at_hand(offering: Offering, document: Document, cursor: Cursor, span: Span | None) -> Active | None:
    """What the caret, the selection or the selected annotation points at."""
    if span is not None:
        found = offering.for_span(span)
        return Active(found) if found else None
    row = document.pairs.row_at(cursor.side, cursor.offset)
    if row < 0:
        return None
    start, end = cursor.selection or (cursor.offset, cursor.offset)
    here = [one for one in offering.touching(row, cursor.side) if one.start <= start and end <= one.end]
    if cursor.selection is not None:
        here = [one for one in here if (one.start, one.end) == cursor.selection]
    # A caret between two that touch is in the one that it stands before.
    here.sort(key=lambda one: (one.end == end and start == end, one.end - one.start))
    return Active(here[0], own=True) if here else None


def joins(document: Document, suggestion: Suggestion) -> Span | None:
    """The span that the document has at the suggested place already, so that only the link is new."""
    found = document.spans.overlapping(suggestion.side, suggestion.start, suggestion.end)
    key = suggestion.key
    return next((one for one in found if (one.side, one.start, one.end, one.label) == key), None)
