"""What of the suggestions the view paints over its rows, and which of them lies at a point."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from annotator.core.messages import say
from annotator.core.span import Side, other
from annotator.core.suggestion import Key, Suggestion
from annotator.qt.parallel.connection import ConnectionPainter, Place, place
from annotator.qt.parallel.rows import Block
from annotator.qt.parallel.scene import Hit, Placed
from annotator.qt.parallel.view import ParallelView
from annotator.qt.review.ghosts import Ghost, boxes, ghosts
from annotator.qt.review.offers import Offers
from annotator.qt.review.paint import GhostPainter
from annotator.qt.review.state import Active
from annotator.services.asking import source_titles

_STRIP_ROWS = 5000


class Overlay:
    """The suggestions of one view. `active` stands out."""

    def __init__(self, view: ParallelView, offers: Offers) -> None:
        self._view = view
        self._offers = offers
        self.active: Active | None = None
        self._rows: tuple[int, ...] | None = None

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the document in which something is suggested; none of a very long one."""
        offering = self._offers.offering
        if offering is None or len(offering.document.pairs) > _STRIP_ROWS:
            return ()
        if self._rows is None:
            self._rows = tuple(row for row in range(len(offering.document.pairs)) if offering.in_row(row))
        return self._rows

    def forget_rows(self) -> None:
        """Something else is suggested now."""
        self._rows = None
        self._view.strip.update()

    def paint(
        self, painter: QPainter, placed: Placed, side: Side, block: Block, top: float, bottom: float
    ) -> None:
        """The suggestions of one block, at whose origin the painter stands."""
        found = self.ghosts(placed, side, block)
        if not found:
            return
        look = self._view.look
        brush = GhostPainter(painter, look, self._view.scene.metrics.unit)
        ranges = self._strong()
        for ghost in found:
            if ghost.suggestion.key not in ranges:
                brush.paint(ghost, top, bottom)
        start = self._view.scene.start(placed.number, side) or 0
        for ghost in found:
            if ghost.suggestion.key in ranges:
                brush.active(ghost, boxes(block, start, *ranges[ghost.suggestion.key]), top, bottom)

    def _strong(self) -> dict[Key, tuple[int, int]]:
        """The ranges of the active suggestion and its twin."""
        if self.active is None:
            return {}
        ranges = {self.active.suggestion.key: self.active.range}
        if self.active.twin is not None:
            ranges[self.active.twin.key] = self.active.twin.start, self.active.twin.end
        return ranges

    def ghosts(self, placed: Placed, side: Side, block: Block) -> list[Ghost]:
        """The suggestions of one side of a row with their places."""
        offering, scene = self._offers.offering, self._view.scene
        if offering is None or scene.document is not offering.document:
            return []
        made = placed.row.ghosts
        if side not in made:
            found = offering.touching(placed.number, side)
            active = self.active.suggestion if self.active else None
            if active is not None and active.side == side and active not in found:
                # One of several in each other's way, gone to on purpose.
                extent = scene.document.pairs[placed.number].extent(side) or (0, 0)
                found += [active] if active.start < extent[1] and active.end > extent[0] else []
            made[side] = ghosts(scene.document, placed.number, side, block, found)
        return made[side]

    def paint_over(self, over: ConnectionPainter) -> None:
        """From the active suggestion a dashed curve to the annotation that it would be linked with."""
        document = self._view.scene.document
        active, twin = (self.active.suggestion, self.active.twin) if self.active else (None, None)
        here = self.place()
        if document is None or active is None or here is None:
            return
        partner = document.spans.get(active.partner) if active.partner else None
        there = place(self._view.scene, document, partner) if partner is not None else None
        if twin is not None:
            there = self._at(self._areas(twin.side, twin.start, twin.end))
        if there is not None and not (here.away and here.away == there.away):
            color = self._view.look.style(active.label).line
            over.curve(active.side, here, other(active.side), there, color, dashed=True)

    def place(self) -> Place | None:
        """Where the active suggestion is in the viewport; None if none of it is in sight."""
        return self._at(self.areas())

    def _at(self, areas: list[QRectF]) -> Place | None:
        if not areas:
            return None
        first = areas[0]
        level = first.bottom() - 1
        return Place(first, level, -1 if level < 0 else 1 if first.top() > self._view.scene.height else 0)

    def areas(self) -> list[QRectF]:
        """The areas behind the text of the active suggestion, in the viewport, one a line."""
        active = self.active
        return self._areas(active.suggestion.side, *active.range) if active is not None else []

    def twin_areas(self) -> list[QRectF]:
        """The same of what would be accepted with it on the other side."""
        twin = self.active.twin if self.active is not None else None
        return self._areas(twin.side, twin.start, twin.end) if twin is not None else []

    def _areas(self, side: Side, first: int, last: int) -> list[QRectF]:
        scene = self._view.scene
        placed = scene.find(scene.row_of(side, first))
        block = placed.row.blocks.get(side) if placed else None
        start = scene.start(placed.number, side) if placed else None
        if placed is None or block is None or start is None:
            return []
        x, y = placed.row.places[side]
        found = boxes(block, start, first, last)
        return [
            QRectF(x + left, placed.y + y + top, width, line + 2 - top) for left, top, width, _, line in found
        ]

    def at(self, hit: Hit) -> Suggestion | None:
        """The innermost suggestion under the pointer."""
        offering = self._offers.offering
        if offering is None or hit.char is None or self._view.scene.document is not offering.document:
            return None
        here = [one for one in offering.touching(hit.row, hit.side) if one.start <= hit.char < one.end]
        return min(here, key=lambda one: one.end - one.start, default=None)

    def tip(self, hit: Hit) -> str:
        """What is suggested under the pointer, why, by whom and how likely."""
        found = self.at(hit)
        return described(found, self._view.look.style(found.label).title) if found else ""


def described(suggestion: Suggestion, label: str) -> str:
    """The suggestion in a sentence for a tool tip."""
    return say(
        "suggesting.tip",
        label=label or suggestion.label,
        reason=suggestion.reason,
        source=source_titles(suggestion.source),
        score=round(suggestion.score * 100),
    )
