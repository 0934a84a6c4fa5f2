"""Painting suggestions: dashed outlines without a fill and small badges; none may pass for annotated."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.qt.parallel.colors import LabelStyle, with_alpha
from annotator.qt.parallel.highlights import BRACKET_FOOT, Box
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.strokes import bracket
from annotator.qt.review.ghosts import Ghost

_FAINT, _FULL = 120, 255
_DASHES = [3.0, 2.0]


class GhostPainter:
    """Paints the suggestions of a block; the painter stands at the block's origin."""

    def __init__(self, painter: QPainter, look: Look, unit: float) -> None:
        self._painter = painter
        self._look = look
        self._unit = unit

    def paint(self, ghost: Ghost, top: float, bottom: float) -> None:
        """One that waits; the row goes from `top` to `bottom`."""
        style = self._look.style(ghost.suggestion.label)
        color = with_alpha(style.line, strength(ghost.suggestion.score))
        if ghost.slot >= 0:
            self._bracket(ghost, color, top, bottom, 2.0)
            return
        pen = QPen(color, 1.2 * self._unit, c=Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(_DASHES)
        self._outline(ghost.boxes, pen, QColor(0, 0, 0, 0), ghost.starts, ghost.ends)
        if ghost.starts and ghost.boxes:
            self._badge(self._corner(ghost.boxes), color, link_only=ghost.link_only)

    def active(self, ghost: Ghost, areas: Sequence[Box], top: float, bottom: float) -> None:
        """The one before the user, over `areas`."""
        style = self._look.style(ghost.suggestion.label)
        ground = with_alpha(style.line, 30)
        if ghost.slot >= 0:
            for left, upper, width, height, _ in areas:
                self._painter.fillRect(QRectF(left, upper - 2, width, height + 4), ground)
            self._bracket(ghost, style.line, top, bottom, 3.0)
            return
        pen = QPen(style.line, 2.0 * self._unit, c=Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(_DASHES)
        self._outline(areas, pen, ground, ghost.starts, ghost.ends)
        if ghost.starts and areas:
            self._badge(self._corner(areas), style.line, link_only=ghost.link_only, filled=style)

    def _bracket(self, ghost: Ghost, color: QColor, top: float, bottom: float, width: float) -> None:
        if not ghost.boxes:
            return
        top = ghost.boxes[0][1] + 1 if ghost.starts else top
        bottom = ghost.boxes[-1][4] if ghost.ends else bottom
        x = ghost.bracket_x(self._unit)
        area = QRectF(x, top, BRACKET_FOOT * self._unit, bottom - top)
        ends = {"starts": ghost.starts, "ends": ghost.ends, "width": width * self._unit}
        bracket(self._painter, color, "dashed", area, **ends)  # type: ignore[arg-type]
        if ghost.starts:
            self._badge(QPointF(x, top), color, link_only=ghost.link_only)

    def _outline(self, areas: Sequence[Box], pen: QPen, ground: QColor, starts: bool, ends: bool) -> None:
        self._painter.setPen(pen)
        self._painter.setBrush(ground)
        last = len(areas) - 1
        for number, area in enumerate(areas):
            frame = self._frame(area)
            opens, closes = starts and number == 0, ends and number == last
            self._painter.drawPath(_box(frame, 4 * self._unit, opens=opens, closes=closes))

    def _frame(self, area: Box) -> QRectF:
        left, top, across, _, line = area
        return QRectF(left - 1.5, top, across + 3, line + 2 * self._unit - top)

    def _corner(self, areas: Sequence[Box]) -> QPointF:
        return self._frame(areas[0]).topLeft() + QPointF(0.5, 0.5) * self._unit

    def _badge(
        self, at: QPointF, color: QColor, *, link_only: bool, filled: LabelStyle | None = None
    ) -> None:
        """A plus for what would be labelled, two strokes for what would only be linked."""
        painter, unit = self._painter, self._unit
        painter.setPen(QPen(color, unit))
        painter.setBrush(color if filled else self._look.colors.background)
        painter.drawEllipse(at, 4 * unit, 4 * unit)
        painter.setPen(QPen(self._look.colors.background if filled else color, 1.3 * unit))
        reach = 2 * unit
        if link_only:
            for up in (-1.1 * unit, 1.1 * unit):
                painter.drawLine(QLineF(at.x() - reach, at.y() + up, at.x() + reach, at.y() + up))
            return
        painter.drawLine(QLineF(at.x() - reach, at.y(), at.x() + reach, at.y()))
        painter.drawLine(QLineF(at.x(), at.y() - reach, at.x(), at.y() + reach))


def strength(score: float) -> int:
    """How opaque the outline is: the likelier, the stronger."""
    return round(_FAINT + (_FULL - _FAINT) * min(1.0, max(0.0, (score - 0.4) / 0.6)))


def _box(area: QRectF, radius: float, *, opens: bool, closes: bool) -> QPainterPath:
    """The outline of a piece, without the sides at which the suggestion goes on."""
    path = QPainterPath()
    if opens and closes:
        path.addRoundedRect(area, radius, radius)
        return path
    path.moveTo(area.topRight())
    if opens:
        path.lineTo(area.topLeft())
        path.lineTo(area.bottomLeft())
    else:
        path.lineTo(area.topLeft())
        path.moveTo(area.bottomLeft())
    path.lineTo(area.bottomRight())
    if closes:
        path.lineTo(area.topRight())
    return path
