"""Highlights of a row: which underline lane each span gets, and where its pieces lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.core.document import Document
from annotator.core.span import Side, Span

if TYPE_CHECKING:
    from annotator.qt.parallel.options import Metrics
    from annotator.qt.parallel.rows import Block

Piece = tuple[float, float, float]
"""Left, right and baseline of a stretch of one line."""
Box = tuple[int, int, int, int, int]
"""Left, top, width and height of the area behind a piece, and the top of the line below it."""
BRACKET_FOOT = 4
"""Length of a bracket's feet, in units."""
KNOB = 4.5
"""Radius of the knobs by which the edges of the selected span are pulled, in units."""


class Mark:
    """A span's share of one row: `boxes` are the areas behind its text, one a line, in the block.

    `starts` and `ends` tell whether its edges lie in this row. A stretch (whole sentences, several rows)
    has a bracket in `slot` beside the column, at `bracket_x`; of others `slot` is -1.
    """

    __slots__ = ("boxes", "bracket_x", "ends", "label", "lane", "slot", "span_id", "starts", "unsure")

    def __init__(self, span: Span, lane: int, slot: int, boxes: tuple[Box, ...], bracket_x: float) -> None:
        self.span_id = span.id
        self.label = span.label
        self.unsure = span.certainty != "certain"
        self.lane = lane
        self.slot = slot
        self.boxes = boxes
        self.bracket_x = bracket_x
        self.starts = True
        self.ends = True


def knob(area: Box, at_end: bool, unit: float) -> tuple[float, float]:
    """The centre of the knob at an edge of a piece: below the line and outside of the text, so that a drag
    that begins in the text never takes hold of it."""
    left, _, width, _, line = area
    radius = KNOB * unit
    return (left + width + 1 if at_end else left - 1), line + 3 * unit + radius


def lanes(spans: Iterable[Span]) -> dict[str, int]:
    """A lane for each span, such that spans which overlap have different ones; longer spans lie lower."""
    taken: list[tuple[int, int, int]] = []
    found: dict[str, int] = {}
    for span in sorted(spans, key=lambda one: (one.end - one.start, one.start, one.label, one.id)):
        below = [lane for start, end, lane in taken if start < span.end and end > span.start]
        lane = max(below) + 1 if below else 0
        taken.append((span.start, span.end, lane))
        found[span.id] = lane
    return found


def is_stretch(document: Document, span: Span) -> bool:
    """Whether a span is a stretch, not a mention: it holds a whole sentence or runs over several rows."""
    row = document.pairs.row_at(span.side, span.start)
    if row < 0:
        return False
    segments = document.pairs[row].segments(span.side)
    if segments and span.end > segments[-1][1]:
        return True
    return any(span.start <= start and end <= span.end for start, end in segments)


def marks(
    document: Document, row: int, side: Side, block: Block, spans: Sequence[Span], metrics: Metrics
) -> list[Mark]:
    """The marks of one side of a row, outer ones first, so that inner ones are painted over them."""
    extent = document.pairs[row].extent(side)
    if extent is None or not spans:
        return []
    start, end = extent
    stretches = [span for span in spans if is_stretch(document, span)]
    slots = _slots(document, stretches)
    lane_of = lanes(spans) if len(spans) > 1 else {spans[0].id: 0}
    found: list[Mark] = []
    for span in sorted(spans, key=lambda one: one.start - one.end):
        lane, slot = lane_of[span.id], slots.get(span.id, -1)
        below = round(block.style.lane + lane * metrics.lane_step)
        pieces = block.pieces(max(span.start, start) - start, min(span.end, end) - start)
        boxes = tuple([box(piece, block.style.em, below) for piece in pieces])
        mark = Mark(span, lane, slot, boxes, -(7 + 5 * min(slot, 3)) * metrics.unit)
        mark.starts, mark.ends = span.start >= start, span.end <= end
        found.append(mark)
    return found


def _slots(document: Document, stretches: list[Span]) -> dict[str, int]:
    """Slots by all stretches around, so that a bracket keeps its place from row to row."""
    if not stretches:
        return {}
    side = stretches[0].side
    around = document.spans.overlapping(
        side, min(one.start for one in stretches), max(one.end for one in stretches)
    )
    return lanes(one for one in around if is_stretch(document, one))


def innermost_first(spans: Iterable[Span]) -> list[Span]:
    """The shortest first; of equal ones the later labelled stays behind."""
    return sorted(spans, key=lambda one: (one.end - one.start, one.start, one.id))


def box(piece: Piece, em: float, below: int = 0) -> Box:
    """The area behind a piece of text, `below` its baseline a line; neighbours stay a pixel apart."""
    left, right, baseline = piece
    first, top = round(left + 0.6), round(baseline - 0.96 * em)
    return first, top, max(1, round(right - 0.6) - first), round(1.2 * em), round(baseline) + below
