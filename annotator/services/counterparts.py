"""Counterparts for what is annotated in a document, as suggestions to link or to label and link."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.document import Document
from annotator.core.suggestion import Suggestion
from annotator.language.counterpart.candidate import NOTHING, Knowledge
from annotator.language.counterpart.rows import linked_names, suggestions

__all__ = ["counterpart_of", "counterparts", "linked_names"]


def counterparts(document: Document, rows: Iterable[int], known: Knowledge = NOTHING) -> list[Suggestion]:
    """For each span of the rows without a partner on the other side, what would be linked with it.

    `partner` is the id of that span. A suggestion with the side, place and label of a span that the document
    has means that span: only the link is new. Otherwise the stretch is to be labelled, and linked.
    """
    return list(suggestions(document, rows, known))


def counterpart_of(document: Document, span_id: str, known: Knowledge = NOTHING) -> Suggestion | None:
    """What would be linked with one span, the other spans of its row considered; None if nothing is found."""
    span = document.spans.get(span_id)
    if span is None:
        return None
    row = document.row_of_span(span)
    return next((one for one in suggestions(document, [row], known) if one.partner == span_id), None)
