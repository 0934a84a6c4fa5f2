"""Which pairs an edit touched, as far as checks care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit, PairSplice
from annotator.core.span import Span
from annotator.services.problems.partners import FAR


def touched(before: Document, after: Document, parts: Sequence[DocumentEdit]) -> set[str]:
    """The pairs to look at again; ids alone are read from the edits, since offsets move from part to part.

    Pairs that are gone are among them.
    """
    if any(part.info and part.info.before.date != part.info.after.date for part in parts):
        return {pair.id for pair in (*before.pairs, *after.pairs)}
    found: set[str] = set()
    for part in parts:
        changed = [span.id for change in part.spans for span in (change.before, change.after) if span]
        changed += [
            end
            for change in part.links
            for one in (change.before, change.after)
            if one
            for end in (one.a, one.b)
        ]
        for document in (before, after):
            for span_id in dict.fromkeys(changed):
                found.update(_around(document, span_id))
        if part.pairs is not None:
            found.update(_of_splice(after, part.pairs))
    return found


def _around(document: Document, span_id: str) -> Iterator[str]:
    """The pairs that a span runs through, and those of its partners."""
    span = document.spans.get(span_id)
    if span is None:
        return
    yield from _pairs_of(document, span)
    for partner in document.partners(span_id):
        yield document.pairs[document.row_of_span(partner)].id


def _pairs_of(document: Document, span: Span) -> Iterable[str]:
    first = document.row_of_span(span)
    last = document.pairs.row_at(span.side, span.end - 1)
    return (pair.id for pair in document.pairs[first : last + 1])


def _of_splice(document: Document, splice: PairSplice) -> Iterator[str]:
    """The rows themselves, and those near them: how far linked spans are apart may have changed."""
    ids = [pair.id for pair in (*splice.before, *splice.after)]
    yield from ids
    rows = [row for row in map(document.pairs.row_of, ids) if row is not None]
    if rows:
        yield from (pair.id for pair in document.pairs[max(0, min(rows) - FAR) : max(rows) + FAR + 1])
