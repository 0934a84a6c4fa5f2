"""Which sentences of a document a person has read, and what was annotated and rejected in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import Side, Span
from annotator.language.crf.tags import Labelled

THEME = "THEME"
DATE = "DATE"


class Passage(NamedTuple):
    """A sentence of a document.

    Attributes:
        row, start: its row, and where its text begins on its side.
        spans, rejected: what was annotated and turned down in it, counted from its own start.
        read: whether a person has looked at it, so that what is not annotated is known to be nothing.
    """

    row: int
    start: int
    text: str
    spans: tuple[Labelled, ...]
    rejected: tuple[Labelled, ...]
    read: bool


def learnt_labels(project: Project) -> frozenset[str]:
    """The labels of mentions that can be learnt: all but themes, which are no names, and dates, which have
    rules of their own."""
    labels = project.label_set
    apart = {THEME, DATE}
    return frozenset(
        label.id for label in labels if label.id not in apart and apart.isdisjoint(labels.ancestors(label.id))
    )


def passages(
    document: Document, side: Side, labels: frozenset[str], rows: Iterable[int] | None = None
) -> Iterator[Passage]:
    """The sentences of one side, in order, those of some rows only if `rows` are given.

    Read are the rows marked done, rows with an annotation of these labels on this side, and, as long as no
    row at all is marked done, the rows between the first and the last such annotation.
    """
    between = _between(document, side, labels)
    for row in range(len(document.pairs)) if rows is None else rows:
        pair = document.pairs[row]
        segments = pair.segments(side)
        found = [_in(document, side, labels, segment) for segment in segments]
        read = pair.id in document.done or row in between or any(spans for spans, _ in found)
        for segment, (spans, rejected) in zip(segments, found, strict=True):
            text = document.text(side)[segment[0] : segment[1]]
            yield Passage(row, segment[0], text, spans, rejected, read)


def _between(document: Document, side: Side, labels: frozenset[str]) -> range:
    """The rows from the first annotation of these labels to the last, if no row is marked done."""
    if document.done:
        return range(0)
    blocks = document.spans.blocks(side)
    first = next((span for block in blocks for span in block if span.label in labels), None)
    if first is None:
        return range(0)
    backwards = (span for block in reversed(blocks) for span in reversed(block))
    last = next(span for span in backwards if span.label in labels)
    row_at = document.pairs.row_at
    return range(row_at(side, first.start), row_at(side, last.start) + 1)


def _in(
    document: Document, side: Side, labels: frozenset[str], segment: Segment
) -> tuple[tuple[Labelled, ...], tuple[Labelled, ...]]:
    spans = document.spans.overlapping(side, *segment)
    rejected = document.rejected.overlapping(side, *segment)
    return _inside(spans, labels, segment), _inside(rejected, labels, segment)


def _inside(spans: Iterable[Span], labels: frozenset[str], segment: Segment) -> tuple[Labelled, ...]:
    start, end = segment
    return tuple(
        Labelled(span.start - start, span.end - start, span.label)
        for span in spans
        if span.label in labels and start <= span.start and span.end <= end
    )
