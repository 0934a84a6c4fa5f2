"""Painting rows: separators, highlights, selection, text, and what stands in the gutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.core.pair import Pair
from annotator.core.span import SIDES, Side
from annotator.qt.parallel.colors import LabelStyle, with_alpha
from annotator.qt.parallel.highlights import Mark
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.rows import Block
from annotator.qt.parallel.scene import Placed, Scene
from annotator.qt.parallel.strokes import bracket, ticks, underline

if TYPE_CHECKING:
    from annotator.core.document import Document

_LOW_CONFIDENCE = 0.5
_EDGE = 0.75


class RowPainter:
    """Paints rows of a scene with one painter, for one look."""

    def __init__(self, painter: QPainter, scene: Scene, look: Look, document: Document) -> None:
        self._painter = painter
        self._scene = scene
        self._look = look
        self._document = document
        self._unit = scene.metrics.unit

    def paint(self, placed: Placed) -> None:
        """One row."""
        pair = self._document.pairs[placed.number]
        self._ground(placed)
        for side in SIDES:
            block = placed.row.blocks.get(side)
            left, top = placed.row.places[side]
            if block is None:
                self._no_counterpart(left, placed, top)
                continue
            self._side(placed, pair, side, block, QPointF(left, placed.y + top))
        self._gutter(placed, pair)

    def _ground(self, placed: Placed) -> None:
        painter, look, columns = self._painter, self._look, self._scene.columns
        width = columns.right - columns.left + 2 * self._scene.metrics.margin
        left = columns.left - self._scene.metrics.margin
        if placed.number == look.current_row:
            area = QRectF(max(0, left), placed.y, min(width, self._scene.width), placed.row.height)
            painter.fillRect(area, look.colors.current)
        if placed.number:
            x = columns.x[columns.first]
            painter.fillRect(QRectF(x, placed.y, columns.right - x, 1), look.colors.line)

    def _side(self, placed: Placed, pair: Pair, side: Side, block: Block, origin: QPointF) -> None:
        painter, look = self._painter, self._look
        extent = pair.extent(side)
        start = extent[0] if extent else 0
        found = (placed.row.marks or {}).get(side, [])
        if look.hits:
            self._hits(side, block, origin, start)
        for mark in found:
            self._fill(mark, block, origin)
        self._selection(side, block, origin, start)
        painter.setPen(look.colors.text)
        block.layout.draw(painter, origin)
        for mark in found:
            self._lines(mark, block, origin, placed)
        for mark in found:
            self._emphasis(mark, block, origin)
        if look.preview is not None:
            self._preview(side, block, origin, start)

    def _fill(self, mark: Mark, block: Block, origin: QPointF) -> None:
        if mark.slot >= 0:
            return
        style = self._look.style(mark.label)
        color = with_alpha(style.fill, style.fill.alpha() // 2) if mark.unsure else style.fill
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for piece in mark.pieces:
            painter.drawRoundedRect(_box(piece, block, origin), 2.5, 2.5)

    def _lines(self, mark: Mark, block: Block, origin: QPointF, placed: Placed) -> None:
        style = self._look.style(mark.label)
        color = with_alpha(style.line, 150) if mark.unsure else style.line
        kind = "dashed" if mark.unsure and style.kind == "solid" else style.kind
        stretch = mark.slot >= 0
        if stretch:
            color = with_alpha(color, 150 if not mark.unsure else 100)
        last = len(mark.pieces) - 1
        width = max(1.0, (1.0 if stretch else 1.8) * self._unit)
        for number, (left, right, baseline) in enumerate(mark.pieces):
            y = self._lane_y(mark, block, origin, baseline)
            x, end = origin.x() + left + _EDGE, origin.x() + right - _EDGE
            underline(self._painter, color, style.kind if stretch else kind, x, end, y, width)
            starts = x if mark.starts and number == 0 else None
            ends = end if mark.ends and number == last else None
            ticks(self._painter, color, starts, ends, y + width / 2, 4.5 * self._unit)
        if stretch and mark.pieces:
            self._bracket(mark, style, block, origin, placed)

    def _lane_y(self, mark: Mark, block: Block, origin: QPointF, baseline: float) -> float:
        metrics = self._scene.metrics
        return origin.y() + baseline + block.style.lane + mark.lane * metrics.lane_step

    def _bracket(self, mark: Mark, style: LabelStyle, block: Block, origin: QPointF, placed: Placed) -> None:
        top = origin.y() + mark.pieces[0][2] - 0.86 * block.style.em if mark.starts else placed.y
        bottom = placed.y + placed.row.height
        if mark.ends:
            bottom = self._lane_y(mark, block, origin, mark.pieces[-1][2])
        x = origin.x() - (7 + 5 * min(mark.slot, 3)) * self._unit
        look = self._look
        strong = mark.span_id in (look.selected, look.hovered, *look.partners)
        area = QRectF(QPointF(x, top), QPointF(x + 4 * self._unit, bottom))
        color = style.line if not mark.unsure else with_alpha(style.line, 150)
        width = (3.0 if strong else 2.0) * self._unit
        bracket(self._painter, color, style.kind, area, starts=mark.starts, ends=mark.ends, width=width)

    def _emphasis(self, mark: Mark, block: Block, origin: QPointF) -> None:
        look = self._look
        if mark.span_id == look.selected:
            self._outline(mark, block, origin, 2.0 * self._unit, Qt.PenStyle.SolidLine)
        elif mark.span_id in look.partners:
            self._outline(mark, block, origin, 1.5 * self._unit, Qt.PenStyle.SolidLine)
        elif mark.span_id == look.hovered:
            self._outline(mark, block, origin, 1.0 * self._unit, Qt.PenStyle.SolidLine)

    def _outline(self, mark: Mark, block: Block, origin: QPointF, width: float, pen: Qt.PenStyle) -> None:
        painter = self._painter
        color = self._look.style(mark.label).line
        painter.setPen(QPen(color, width, pen))
        painter.setBrush(with_alpha(color, 36 if mark.slot < 0 else 20))
        last = len(mark.pieces) - 1
        for number, piece in enumerate(mark.pieces):
            box = _box(piece, block, origin).adjusted(-0.5, -1, 0.5, 1)
            opens, closes = mark.starts and number == 0, mark.ends and number == last
            painter.drawPath(_open_box(box, opens=opens, closes=closes))

    def _selection(self, side: Side, block: Block, origin: QPointF, start: int) -> None:
        look = self._look
        chosen = look.cursor.selection if look.cursor.side == side else None
        if chosen is None or chosen[0] >= start + len(block.text) or chosen[1] <= start:
            return
        for left, right, baseline in block.pieces(
            max(0, chosen[0] - start), min(len(block.text), chosen[1] - start)
        ):
            top = origin.y() + baseline - 1.02 * block.style.em
            area = QRectF(origin.x() + left, top, right - left, 1.34 * block.style.em)
            self._painter.fillRect(area, look.colors.selection)

    def _preview(self, side: Side, block: Block, origin: QPointF, start: int) -> None:
        look = self._look
        span = self._document.spans.get(look.selected or "")
        if span is None or span.side != side or look.preview is None:
            return
        first, last = look.preview[0] - start, look.preview[1] - start
        if first >= len(block.text) or last <= 0:
            return
        color = look.style(span.label).line
        self._painter.setPen(QPen(color, 1.5 * self._unit, Qt.PenStyle.DashLine))
        self._painter.setBrush(with_alpha(color, 60))
        for piece in block.pieces(max(0, first), min(len(block.text), last)):
            self._painter.drawRect(_box(piece, block, origin))

    def _hits(self, side: Side, block: Block, origin: QPointF, start: int) -> None:
        for first, last in self._look.hits.within(side, start, start + len(block.text)):
            for piece in block.pieces(max(0, first - start), min(len(block.text), last - start)):
                self._painter.fillRect(_box(piece, block, origin), self._look.colors.hit)

    def _no_counterpart(self, left: int, placed: Placed, top: float) -> None:
        if self._scene.columns.stacked:
            return
        style = self._scene.metrics.zh
        y = round(placed.y + top + style.leading * 0.5)
        self._painter.setPen(QPen(self._look.colors.faint, max(1.0, 1.5 * self._unit)))
        self._painter.drawLine(QPointF(left, y), QPointF(left + 1.6 * style.em, y))

    def _gutter(self, placed: Placed, pair: Pair) -> None:
        painter, look, scene = self._painter, self._look, self._scene
        baseline = first_baseline(scene, placed)
        current = placed.number == look.current_row
        painter.setFont(scene.metrics.small)
        painter.setPen(look.colors.muted if current else look.colors.faint)
        done = pair.id in self._document.done
        number = str(placed.number + 1)
        right = scene.columns.left + number_width(scene)
        painter.drawText(QPointF(right - painter.fontMetrics().horizontalAdvance(number), baseline), number)
        if done or placed.number == look.hover_done or current:
            strong = look.colors.done if done else look.colors.faint
            self._check(done_area(scene, placed), strong, done=done)
        if pair.confidence is not None and pair.confidence < _LOW_CONFIDENCE and not pair.confirmed:
            self._doubt(placed, look.colors.warning)

    def _check(self, area: QRectF, color: QColor, *, done: bool) -> None:
        painter, unit = self._painter, self._unit
        circle = QRectF(0, 0, 14 * unit, 14 * unit)
        circle.moveCenter(area.center())
        painter.setPen(QPen(color, 1.2 * unit))
        painter.setBrush(color if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if not done:
            return
        path = QPainterPath(circle.topLeft() + QPointF(3.6, 7.2) * unit)
        path.lineTo(circle.topLeft() + QPointF(6.1, 9.7) * unit)
        path.lineTo(circle.topLeft() + QPointF(10.4, 4.7) * unit)
        painter.setPen(QPen(self._look.colors.background, 1.7 * unit, c=Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _doubt(self, placed: Placed, color: QColor) -> None:
        """A short wavy stroke in the gap: the aligner was not sure that these belong together."""
        scene = self._scene
        if scene.columns.stacked:
            return
        first = scene.columns.first
        x = scene.columns.x[first] + scene.columns.width[first] + scene.metrics.gap / 2
        y = placed.y + placed.row.places[first][1] + scene.metrics.style(first).leading * 0.55
        underline(self._painter, color, "wavy", x - 9 * self._unit, x + 9 * self._unit, y, 1.6 * self._unit)


def number_width(scene: Scene) -> float:
    """How wide the column of row numbers is."""
    return scene.metrics.gutter * 0.46


def done_area(scene: Scene, placed: Placed) -> QRectF:
    """Where the done mark of a row stands, in the viewport; large enough to be hit with ease."""
    unit = scene.metrics.unit
    left, middle = (
        scene.columns.left + number_width(scene) + 2 * unit,
        first_baseline(scene, placed) - 5 * unit,
    )
    return QRectF(left, middle - 11 * unit, 22 * unit, 22 * unit)


def first_baseline(scene: Scene, placed: Placed) -> float:
    """Where the first line of a row stands, in the viewport."""
    for side, block in placed.row.blocks.items():
        if side == scene.columns.first or not scene.columns.stacked:
            return placed.y + placed.row.places[side][1] + block.lines[0].baseline
    return placed.y + scene.metrics.pad + scene.metrics.zh.rise


def _box(piece: tuple[float, float, float], block: Block, origin: QPointF) -> QRectF:
    left, right, baseline = piece
    em, width = block.style.em, max(1.0, right - left - 2 * _EDGE)
    return QRectF(origin.x() + left + _EDGE, origin.y() + baseline - 0.96 * em, width, 1.18 * em)


def _open_box(box: QRectF, *, opens: bool, closes: bool) -> QPainterPath:
    """The outline of a piece, without the sides at which the span goes on."""
    path = QPainterPath()
    if opens and closes:
        path.addRoundedRect(box, 3, 3)
        return path
    path.moveTo(box.topRight() if opens else box.topLeft())
    if opens:
        path.lineTo(box.topLeft())
        path.lineTo(box.bottomLeft())
        path.lineTo(box.bottomRight())
        return path
    path.lineTo(box.topRight())
    if closes:
        path.lineTo(box.bottomRight())
    else:
        path.moveTo(box.bottomRight())
    path.lineTo(box.bottomLeft())
    return path
