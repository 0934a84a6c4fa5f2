"""The curve that joins a span with its partner, and the tags that name them."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.core.document import Document
from annotator.core.span import Side, Span
from annotator.qt.parallel.areas import mark_of
from annotator.qt.parallel.colors import LabelStyle, with_alpha
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.scene import Scene


class Place(Struct, frozen=True):
    """Where a span is in the viewport: the box of its first piece, the level of its line.

    `away` is -1 if it lies above the viewport and 1 if below; `room` whether no text stands right above it.
    """

    box: QRectF
    level: float
    away: int
    room: bool = False


def place(scene: Scene, document: Document, span: Span) -> Place:
    """Where a span is, or in which direction it lies."""
    row = document.row_of_span(span)
    placed = scene.find(row)
    x = scene.columns.x[span.side] + scene.columns.width[span.side] / 2
    if placed is None:
        above = bool(scene.placed()) and row < scene.placed()[0].number
        y = 12.0 if above else scene.height - 12.0
        return Place(QRectF(x, y, 0, 0), y, -1 if above else 1)
    mark = mark_of(placed, span)
    left, top = placed.row.places[span.side]
    if mark is None or not mark.boxes:
        return Place(QRectF(x, placed.y + top, 0, 0), placed.y + top, 0)
    start, box_top, width, height, line = mark.boxes[0]
    box = QRectF(left + start, placed.y + top + box_top, width, height)
    level = placed.y + top + line + 1
    uppermost = not scene.columns.stacked or span.side == scene.columns.first
    room = uppermost and box_top < scene.metrics.style(span.side).leading * 0.9
    return Place(box, level, -1 if level < 0 else 1 if box.top() > scene.height else 0, room)


class ConnectionPainter:
    """Paints the links of the span in focus over the rows."""

    def __init__(self, painter: QPainter, scene: Scene, look: Look, document: Document) -> None:
        self._painter = painter
        self._scene = scene
        self._look = look
        self._document = document
        self._unit = scene.metrics.unit
        self._chips: list[QRectF] = []

    def paint(self, span: Span) -> None:
        """The connections of one span to all of its partners."""
        here = place(self._scene, self._document, span)
        color = self._look.style(span.label).line
        for partner in self._document.partners(span.id):
            there = place(self._scene, self._document, partner)
            if here.away and here.away == there.away:
                continue
            self.curve(span.side, here, partner.side, there, color)

    def curve(
        self, one: Side, here: Place, two: Side, there: Place, color: QColor, *, dashed: bool = False
    ) -> None:
        """A connection between two places; a dashed one is not yet true."""
        path, strong = self._path(one, here, two, there)
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(with_alpha(self._look.colors.background, 170), 3 * self._unit))
        painter.drawPath(path)
        # Below text the line stays thin, so that it is not taken for an underline.
        painter.setPen(QPen(with_alpha(color, 150), self._unit))
        painter.drawPath(path)
        kind = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, 1.8 * self._unit, kind, Qt.PenCapStyle.RoundCap))
        painter.drawPath(strong)
        for spot in (here, there):
            if spot.away:
                self._arrow(spot, path, color)

    def _path(self, one: Side, here: Place, two: Side, there: Place) -> tuple[QPainterPath, QPainterPath]:
        """The whole way, and the part of it that does not lie below text."""
        if one == two or self._scene.columns.stacked:
            return self._beside(here, one, there, two)
        return self._across(here, there) if one == self._scene.columns.first else self._across(there, here)

    def _across(self, left: Place, right: Place) -> tuple[QPainterPath, QPainterPath]:
        """Below the line to the edge of the column, over the gap in a curve, and below the line again."""
        columns = self._scene.columns
        second: Side = "en" if columns.first == "zh" else "zh"
        out = columns.x[columns.first] + columns.width[columns.first]
        into = columns.x[second]
        middle = (out + into) / 2
        if left.away or right.away:
            return _outwards(left, right, out, into, middle)
        start, end = QPointF(left.box.right(), left.level), QPointF(right.box.left(), right.level)
        path = QPainterPath(start)
        path.lineTo(max(out, start.x()), start.y())
        strong = QPainterPath(path.currentPosition())
        strong.cubicTo(middle, start.y(), middle, end.y(), min(into, end.x()), end.y())
        path.connectPath(strong)
        path.lineTo(end)
        return path, strong

    def _beside(self, here: Place, one: Side, there: Place, two: Side) -> tuple[QPainterPath, QPainterPath]:
        """Out to the right of the column, along it, and in again: for stacked sides, and within one side."""
        columns = self._scene.columns
        edge = max(columns.x[side] + columns.width[side] for side in (one, two))
        out = edge + min(12.0 * self._unit, self._scene.metrics.margin - 4.0)
        if here.away:
            here, there = there, here
        start, end = QPointF(here.box.right(), here.level), QPointF(there.box.right(), there.level)
        turn = min(8.0 * self._unit, abs(end.y() - start.y()) / 2) * (1 if end.y() >= start.y() else -1)
        path = QPainterPath(start)
        path.lineTo(out - abs(turn), start.y())
        strong = QPainterPath(path.currentPosition())
        strong.quadTo(out, start.y(), out, start.y() + turn)
        if there.away:
            strong.lineTo(out, end.y())
            path.connectPath(strong)
            return path, strong
        strong.lineTo(out, end.y() - turn)
        strong.quadTo(out, end.y(), out - abs(turn), end.y())
        path.connectPath(strong)
        path.lineTo(end)
        return path, strong

    def _arrow(self, spot: Place, path: QPainterPath, color: QColor) -> None:
        """At the end of a path that leads out of the viewport."""
        ends = (path.pointAtPercent(0.0), path.pointAtPercent(1.0))
        tip = min(ends, key=lambda point: abs(point.y() - spot.level))
        size, x, y = 5 * self._unit, tip.x(), tip.y()
        head = QPainterPath(QPointF(x - size, y - spot.away * size * 0.4))
        head.lineTo(x + size, y - spot.away * size * 0.4)
        head.lineTo(x, y + spot.away * size)
        head.closeSubpath()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color)
        self._painter.drawPath(head)

    def tag(self, span: Span) -> None:
        """The span's label, above its start; over other text only for the span under the pointer."""
        spot = place(self._scene, self._document, span)
        if spot.away or not spot.box.width():
            return
        if not (spot.room or self._look.show_tags or span.id == self._look.hovered):
            return
        style = self._look.style(span.label)
        self.chip(spot.box, style.title or span.label, style)

    def chip(self, box: QRectF, text: str, style: LabelStyle) -> None:
        """A small plate with `text` above the start of `box`."""
        font = self._scene.metrics.small
        measure = QFontMetricsF(font)
        height = measure.height() + 1
        y = max(0.0, box.top() - height + 1)
        area = QRectF(box.left() - 0.5, y, measure.horizontalAdvance(text) + 8 * self._unit, height)
        for taken in self._chips:
            if area.intersects(taken):
                area.moveLeft(taken.right() + 1)
        self._chips.append(area)
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.ink)
        painter.drawRoundedRect(area, 3, 3)
        painter.setPen(style.on_ink)
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _outwards(
    left: Place, right: Place, out: float, into: float, middle: float
) -> tuple[QPainterPath, QPainterPath]:
    """From the span in sight into the gap, and in it up or down to the edge of the viewport."""
    start, edge = QPointF(left.box.right(), left.level), right.level
    gap = max(out, start.x())
    if left.away:
        start, edge = QPointF(right.box.left(), right.level), left.level
        gap = min(into, start.x())
    path = QPainterPath(start)
    path.lineTo(gap, start.y())
    strong = QPainterPath(path.currentPosition())
    strong.cubicTo(middle, start.y(), middle, start.y(), middle, edge)
    path.connectPath(strong)
    return path, strong
