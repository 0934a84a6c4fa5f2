"""Painting highlights: tints, underlines with ticks, brackets, and the outline of what stands out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from annotator.qt.parallel.colors import LabelStyle, with_alpha
from annotator.qt.parallel.highlights import BRACKET_FOOT, KNOB, Mark, Piece, box, knob
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.strokes import bracket, ticks, underline


class MarkPainter:
    """Paints the marks of a block; the painter stands at the block's origin."""

    def __init__(self, painter: QPainter, look: Look, unit: float) -> None:
        self._painter = painter
        self._look = look
        self._unit = unit
        self._special = {look.selected, look.hovered, *look.partners}
        self._thick = max(1, round(2 * unit))
        self._tick = round(5 * unit)

    def fills(self, marks: Sequence[Mark]) -> None:
        """The tints, to be painted below the text."""
        painter, look = self._painter, self._look
        for mark in marks:
            if mark.slot >= 0:
                if mark.span_id in self._special:
                    self._ground(mark)
                continue
            style = look.style(mark.label)
            color = style.soft_fill if mark.unsure else style.fill
            for left, top, width, height, _ in mark.boxes:
                painter.fillRect(left, top, width, height, color)

    def lines(self, marks: Sequence[Mark], top: float, bottom: float) -> None:
        """Underlines and brackets, to be painted over the text; the row goes from `top` to `bottom`."""
        for mark in marks:
            style = self._look.style(mark.label)
            self._underlines(mark, style)
            if mark.slot >= 0 and mark.boxes:
                self._bracket(mark, style, top, bottom)
        for mark in marks:
            if mark.span_id in self._special:
                self._emphasis(mark)

    def _underlines(self, mark: Mark, style: LabelStyle) -> None:
        stretch, painter = mark.slot >= 0, self._painter
        color = style.soft_line if stretch or mark.unsure else style.line
        kind = "dashed" if mark.unsure and style.kind == "solid" else style.kind
        thick = 1 if stretch else self._thick
        last = len(mark.boxes) - 1
        for number, (left, _, width, _, y) in enumerate(mark.boxes):
            underline(painter, color, kind, left, left + width, y, thick)
            if mark.starts and number == 0:
                ticks(painter, color, left, y, thick, self._tick)
            if mark.ends and number == last:
                ticks(painter, color, left + width - 1, y, thick, self._tick)

    def _bracket(self, mark: Mark, style: LabelStyle, top: float, bottom: float) -> None:
        if mark.starts:
            top = mark.boxes[0][1] + 1
        if mark.ends:
            bottom = mark.boxes[-1][4]
        x = mark.bracket_x
        strong = mark.span_id in self._special
        area = QRectF(x, top, BRACKET_FOOT * self._unit, bottom - top)
        color = style.soft_line if mark.unsure else style.line
        width = (3.0 if strong else 2.0) * self._unit
        bracket(self._painter, color, style.kind, area, starts=mark.starts, ends=mark.ends, width=width)

    def _emphasis(self, mark: Mark) -> None:
        look = self._look
        if mark.slot >= 0:
            if mark.span_id == look.selected:
                self._knobs(mark)
        elif mark.span_id == look.selected:
            self._outline(mark, 2.0 * self._unit)
            self._knobs(mark)
        elif mark.span_id in look.partners:
            self._outline(mark, 1.5 * self._unit)
        else:
            self._outline(mark, 1.0 * self._unit)

    def _ground(self, mark: Mark) -> None:
        """A stretch that stands out is tinted as a whole: outlines would rule its lines."""
        color = with_alpha(self._look.style(mark.label).line, 40)
        for left, top, width, height, _ in mark.boxes:
            self._painter.fillRect(left, top - 2, width, height + 4, color)

    def _outline(self, mark: Mark, width: float) -> None:
        painter = self._painter
        color = self._look.style(mark.label).line
        painter.setPen(QPen(color, width))
        painter.setBrush(with_alpha(color, 36))
        last = len(mark.boxes) - 1
        for number, (left, top, across, _, y) in enumerate(mark.boxes):
            opens, closes = mark.starts and number == 0, mark.ends and number == last
            frame = QRectF(left - 0.5, top - 1, across + 1, y + self._thick + 2 - top)
            painter.drawPath(_open_box(frame, opens=opens, closes=closes))

    def _knobs(self, mark: Mark) -> None:
        """Where the mouse can take hold of the edges of the selected span."""
        painter, look = self._painter, self._look
        radius, ends = KNOB * self._unit, len(mark.boxes) - 1
        painter.setPen(QPen(look.colors.background, 1.0 * self._unit))
        painter.setBrush(look.style(mark.label).line)
        for shown, number, at_end in ((mark.starts, 0, False), (mark.ends, ends, True)):
            if shown:
                centre = QPointF(*knob(mark.boxes[number], at_end, self._unit))
                painter.drawEllipse(centre, radius, radius)

    def preview(self, style: LabelStyle, pieces: Sequence[Piece], em: float) -> None:
        """A span that is being reshaped, at the place it would get."""
        self._painter.setPen(QPen(style.line, 1.5 * self._unit, Qt.PenStyle.DashLine))
        self._painter.setBrush(with_alpha(style.line, 60))
        for piece in pieces:
            self._painter.drawRect(QRect(*box(piece, em)[:4]))


def _open_box(area: QRectF, *, opens: bool, closes: bool) -> QPainterPath:
    """The outline of a piece, without the sides at which the span goes on."""
    path = QPainterPath()
    if opens and closes:
        path.addRoundedRect(area, 3, 3)
        return path
    path.moveTo(area.bottomLeft())
    if opens:
        path.lineTo(area.topLeft())
    else:
        path.moveTo(area.topLeft())
    path.lineTo(area.topRight())
    if closes:
        path.lineTo(area.bottomRight())
    else:
        path.moveTo(area.bottomRight())
    path.lineTo(area.bottomLeft())
    return path
