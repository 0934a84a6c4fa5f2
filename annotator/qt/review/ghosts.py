"""Where suggestions lie in a row: the boxes behind their text, and the bracket of a long one."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.span import MANUAL, Side, Span
from annotator.core.suggestion import Suggestion
from annotator.qt.parallel.highlights import Box, box, is_stretch
from annotator.qt.parallel.rows import Block
from annotator.qt.review.state import joins


class Ghost(Struct, frozen=True):
    """A suggestion's share of one row.

    `slot` is that of the bracket of a long one, else -1; `link_only` says that its span is there already.
    """

    suggestion: Suggestion
    boxes: tuple[Box, ...]
    slot: int
    starts: bool
    ends: bool
    link_only: bool

    def bracket_x(self, unit: float) -> float:
        """Where the bracket stands beside the text."""
        return -(7 + 5 * min(self.slot, 3)) * unit


def ghosts(
    document: Document, row: int, side: Side, block: Block, found: Iterable[Suggestion]
) -> list[Ghost]:
    """The suggestions of one side of a row with their places, longer ones first."""
    extent = document.pairs[row].extent(side)
    if extent is None:
        return []
    made: list[Ghost] = []
    slots = sum(is_stretch(document, span) for span in document.row_spans(row, side))
    for one in sorted(found, key=lambda each: each.start - each.end):
        there = joins(document, one)
        stretch = is_stretch(document, there or as_span(one))
        made.append(
            Ghost(
                suggestion=one,
                boxes=boxes(block, extent[0], one.start, one.end),
                slot=slots if stretch else -1,
                starts=one.start >= extent[0],
                ends=one.end <= extent[1],
                link_only=there is not None,
            )
        )
        slots += stretch
    return made


def boxes(block: Block, base: int, start: int, end: int) -> tuple[Box, ...]:
    """The areas behind a range of the text, one a line."""
    first, last = max(0, start - base), min(len(block.text), end - base)
    pieces = block.pieces(first, last) if first < last else []
    return tuple([box(piece, block.style.em, round(block.style.lane)) for piece in pieces])


def as_span(suggestion: Suggestion) -> Span:
    """The suggestion as the span that it may become."""
    return Span(
        id="",
        side=suggestion.side,
        start=suggestion.start,
        end=suggestion.end,
        quote=suggestion.quote,
        label=suggestion.label,
        src=MANUAL,
        by="",
        at="",
    )
