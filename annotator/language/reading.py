"""Which sentences of a document a person has finished, and what was annotated and rejected in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import MANUAL, Side, Span
from annotator.language.crf.tags import Labelled

Marks = tuple[Labelled, ...]
Inside = Callable[[Segment], tuple[Marks, Marks]]
"""The annotations and the rejections that lie in a segment, counted from its start."""

_MANY = 16
"""Of a smaller share of the rows than one in so many, each asks for what is annotated in it."""
THEME = "THEME"
DATE = "DATE"
_LARGE = 20_000
_SUGGESTED = ("accepted", "corrected", "rejected")


class Passage(NamedTuple):
    """A sentence of a document.

    Attributes:
        row, start: its row, and where its text begins on its side.
        spans, rejected: what was annotated and turned down in it, counted from its own start.
        read: whether a person has finished with it, so that what is not annotated is known to be nothing.
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

    What is read, `Read` says.
    """
    read = Read(document, side, labels)
    chosen = range(len(document.pairs)) if rows is None else list(rows)
    of_segment = _asked if len(chosen) * _MANY < len(document.pairs) else _walked
    inside = of_segment(document, side, labels)
    for row in chosen:
        segments = document.pairs[row].segments(side)
        found = [inside(segment) for segment in segments]
        for segment, (spans, rejected) in zip(segments, found, strict=True):
            text = document.text(side)[segment[0] : segment[1]]
            yield Passage(row, segment[0], text, spans, rejected, row in read)


class Read:
    """The rows of one side that a person has finished, so that what is not annotated there is known to be
    nothing.

    These are the rows marked done. As long as no row at all is marked, they are those that the person has
    gone on from: from the first row with a decision up to, but without, the furthest. What was decided in
    many places at one stroke counts where it stands first: nobody has read the text up to the last place.
    """

    def __init__(self, document: Document, side: Side, labels: frozenset[str]) -> None:
        self._document = document
        self.left = range(0) if document.done else _left(_Tables(document, side, labels))
        """The rows that count without being marked."""

    def __contains__(self, row: int) -> bool:
        return row in self.left or self._document.pairs[row].id in self._document.done


class _Tables:
    """What `_left` looks at; equal only if it is the very same, so that it need not be compared."""

    def __init__(self, document: Document, side: Side, labels: frozenset[str]) -> None:
        self.document, self.side, self.labels = document, side, labels
        self._same = id(document.spans), id(document.rejected), id(document.pairs), side, labels

    def __hash__(self) -> int:
        return hash(self._same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tables) and self._same == other._same


@lru_cache(maxsize=8)
def _left(tables: _Tables) -> range:
    document, side = tables.document, tables.side
    if len(document.spans) + len(document.rejected) > _LARGE:
        return _between(tables)
    strokes: dict[object, int] = {}
    for table in (document.spans, document.rejected):
        for span in table.ordered(side):
            if span.label in tables.labels:
                strokes.setdefault(_stroke(span), span.start)
    if not strokes:
        return range(0)
    row_at = document.pairs.row_at
    return range(max(0, row_at(side, min(strokes.values()))), row_at(side, max(strokes.values())))


def _between(tables: _Tables) -> range:
    """The rows from the first annotation up to the last, in a document too large to look for strokes."""
    blocks = tables.document.spans.blocks(tables.side)
    first = next((span for block in blocks for span in block if span.label in tables.labels), None)
    if first is None:
        return range(0)
    backwards = (span for block in reversed(blocks) for span in reversed(block))
    last = next(span for span in backwards if span.label in tables.labels)
    row_at = tables.document.pairs.row_at
    return range(max(0, row_at(tables.side, first.start)), row_at(tables.side, last.start))


def _stroke(span: Span) -> object:
    """What is equal for all that was decided at once: suggestions by the second, what was labelled by hand by
    its text too. What came in from elsewhere was not decided here, and counts wherever it stands."""
    if span.src.kind in _SUGGESTED:
        return span.at
    return (span.at, span.quote, span.label) if span.src.kind == MANUAL.kind else span.id


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
