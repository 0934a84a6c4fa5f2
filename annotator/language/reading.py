"""Which sentences of a document a person has read, and what was annotated and rejected in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import Side, Span
from annotator.language.crf.tags import Labelled

Marks = tuple[Labelled, ...]
Inside = Callable[[Segment], tuple[Marks, Marks]]
"""The annotations and the rejections that lie in a segment, counted from its start."""

_MANY = 16
"""Of a smaller share of the rows than one in so many, each asks for what is annotated in it."""
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
    chosen = range(len(document.pairs)) if rows is None else list(rows)
    of_segment = _asked if len(chosen) * _MANY < len(document.pairs) else _walked
    inside = of_segment(document, side, labels)
    for row in chosen:
        pair = document.pairs[row]
        segments = pair.segments(side)
        found = [inside(segment) for segment in segments]
        read = pair.id in document.done or row in between or any(spans for spans, _ in found)
        for segment, (spans, rejected) in zip(segments, found, strict=True):
            text = document.text(side)[segment[0] : segment[1]]
            yield Passage(row, segment[0], text, spans, rejected, read)


def _between(document: Document, side: Side, labels: frozenset[str]) -> range:
    if document.done:
        return range(0)
    blocks = document.spans.blocks(side)
    first = next((span for block in blocks for span in block if span.label in labels), None)
    if first is None:
        return range(0)
    last = next(span for block in reversed(blocks) for span in reversed(block) if span.label in labels)
    return range(document.pairs.row_at(side, first.start), document.pairs.row_at(side, last.start) + 1)


def _asked(document: Document, side: Side, labels: frozenset[str]) -> Inside:
    """What lies in a segment, asked of the tables: for a few rows of many."""

    def inside(segment: Segment) -> tuple[Marks, Marks]:
        spans = document.spans.overlapping(side, *segment)
        rejected = document.rejected.overlapping(side, *segment)
        return _inside(spans, labels, segment), _inside(rejected, labels, segment)

    return inside


def _walked(document: Document, side: Side, labels: frozenset[str]) -> Inside:
    """What lies in segments that follow one another, read from the tables from end to end."""
    spans = _along(document.spans.ordered(side), labels)
    rejected = _along(document.rejected.ordered(side), labels)
    return lambda segment: (spans(segment), rejected(segment))


def _along(spans: Iterator[Span], labels: frozenset[str]) -> Callable[[Segment], Marks]:
    chosen = (span for span in spans if span.label in labels)
    ahead = next(chosen, None)

    def inside(segment: Segment) -> Marks:
        nonlocal ahead
        if ahead is None or ahead.start >= segment[1]:
            return ()
        met = []
        while ahead is not None and ahead.start < segment[1]:
            met.append(ahead)
            ahead = next(chosen, None)
        return _inside(met, labels, segment)

    return inside


def _inside(spans: Iterable[Span], labels: frozenset[str], segment: Segment) -> Marks:
    start, end = segment
    return tuple(
        Labelled(span.start - start, span.end - start, span.label)
        for span in spans
        if span.label in labels and start <= span.start and span.end <= end
    )
