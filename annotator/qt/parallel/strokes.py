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


def underline(painter: QPainter, color: QColor, kind: str, left: int, right: int, y: int, width: int) -> None:
    """A line of `kind` from `left` to `right`, its top at `y`."""
    if kind == "solid":
        painter.fillRect(left, y, right - left, width, color)
    elif kind == "thick":
        painter.fillRect(left, y, right - left, width + 1, color)
    elif kind == "double":
        painter.fillRect(left, y - 1, right - left, 1, color)
        painter.fillRect(left, y + width, right - left, 1, color)
    elif kind == "double-dotted":
        painter.fillRect(left, y - 1, right - left, 1, color)
        painter.setPen(_pen(color.rgba(), kind, 1.4))
        painter.drawLine(QLineF(left, y + width + 0.2, right, y + width + 0.2))
    elif kind == "wavy":
        painter.setPen(_pen(color.rgba(), "solid", max(1.0, width * 0.6)))
        painter.drawPolyline(_wave(left, right, y + width / 2, width))
    else:
        painter.setPen(_pen(color.rgba(), kind, width))
        painter.drawLine(QLineF(left, y + width / 2, right, y + width / 2))


def ticks(painter: QPainter, color: QColor, x: int, y: int, width: int, height: int) -> None:
    """A short stroke upwards from the line at `y`, where a span starts or ends."""
    painter.fillRect(x, y - height + width, 1, height, color)


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
