"""The strokes that tell labels apart: underlines of eight kinds, edge ticks, brackets."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_DASHES: dict[str, list[float]] = {
    "dashed": [3.2, 1.8],
    "dotted": [0.9, 1.5],
    "dash-dot": [4.0, 1.5, 0.9, 1.5],
    "long-dash": [7.0, 2.2],
    "double-dotted": [0.9, 1.5],
}


@lru_cache(maxsize=256)
def _pen(rgba: int, kind: str, width: float) -> QPen:
    pen = QPen(QColor.fromRgba(rgba), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if kind in _DASHES:
        pen.setDashPattern(_DASHES[kind])
    return pen


def underline(
    painter: QPainter, color: QColor, kind: str, left: float, right: float, y: float, width: float
) -> None:
    """A line of `kind` from `left` to `right`, its middle at `y`."""
    rgba = color.rgba()
    if kind == "wavy":
        painter.setPen(_pen(rgba, "solid", max(1.0, width * 0.7)))
        painter.drawPolyline(_wave(left, right, y, width))
    elif kind in ("double", "double-dotted"):
        thin = max(1.0, width * 0.55)
        painter.setPen(_pen(rgba, "solid", thin))
        painter.drawLine(QLineF(left, y - thin, right, y - thin))
        painter.setPen(_pen(rgba, kind, thin))
        painter.drawLine(QLineF(left, y + thin, right, y + thin))
    else:
        painter.setPen(_pen(rgba, kind, width * 1.5 if kind == "thick" else width))
        painter.drawLine(QLineF(left, y, right, y))


def ticks(
    painter: QPainter, color: QColor, left: float | None, right: float | None, y: float, height: float
) -> None:
    """Short strokes upwards at the edges of a span, where it starts and ends."""
    painter.setPen(_pen(color.rgba(), "solid", 1.5))
    if left is not None:
        painter.drawLine(QLineF(left + 0.75, y, left + 0.75, y - height))
    if right is not None:
        painter.drawLine(QLineF(right - 0.75, y, right - 0.75, y - height))


def bracket(
    painter: QPainter, color: QColor, kind: str, area: QRectF, *, starts: bool, ends: bool, width: float
) -> None:
    """A vertical stroke along the left of `area`, with a foot towards the text at its true ends."""
    painter.setPen(_pen(color.rgba(), kind, width))
    x = area.left()
    painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
    painter.setPen(_pen(color.rgba(), "solid", width))
    if starts:
        painter.drawLine(QLineF(x - width / 2, area.top(), area.right(), area.top()))
    if ends:
        painter.drawLine(QLineF(x - width / 2, area.bottom(), area.right(), area.bottom()))


def _wave(left: float, right: float, y: float, width: float) -> QPolygonF:
    step = 2.0 * max(1.0, width)
    points: list[QPointF] = []
    x, up = left, True
    while x < right:
        points.append(QPointF(x, y - width * 0.7 if up else y + width * 0.7))
        x, up = x + step, not up
    points.append(QPointF(right, y))
    return QPolygonF(points)
