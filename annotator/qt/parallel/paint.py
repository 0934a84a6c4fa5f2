"""Painting rows: separators, text, selection, and what stands in the gutter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.core.document import Document
from annotator.core.pair import Pair
from annotator.core.span import SIDES, Side
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.mark_paint import MarkPainter
from annotator.qt.parallel.rows import Block
from annotator.qt.parallel.scene import Placed, Scene
from annotator.qt.parallel.strokes import underline


class RowPainter:
    """Paints what of the rows of a scene lies in `clip`, with one painter, for one look."""

    def __init__(self, painter: QPainter, clip: QRect, scene: Scene, look: Look, document: Document) -> None:
        self._painter = painter
        self._clip = clip
        self._scene = scene
        self._look = look
        self._document = document
        self._unit = scene.metrics.unit
        self._marks = MarkPainter(painter, look, self._unit)
        self._digit = digit_width(scene)
        painter.setFont(scene.metrics.small)

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
            self._painter.translate(left, placed.y + top)
            self._side(placed, pair, side, block)
            self._painter.translate(-left, -placed.y - top)
        self._gutter(placed, pair)

    def _ground(self, placed: Placed) -> None:
        painter, look, columns = self._painter, self._look, self._scene.columns
        if placed.number == look.current_row:
            painter.fillRect(
                QRect(0, int(placed.y), self._scene.width, placed.row.height), look.colors.current
            )
        if placed.number:
            x = columns.x[columns.first]
            painter.fillRect(QRect(x, int(placed.y), columns.right - x, 1), look.colors.line)

    def _side(self, placed: Placed, pair: Pair, side: Side, block: Block) -> None:
        painter, look = self._painter, self._look
        extent = pair.extent(side)
        start = extent[0] if extent else 0
        found = (placed.row.marks or {}).get(side, [])
        if look.hits:
            self._hits(side, block, start)
        self._marks.fills(found)
        self._selection(side, block, start)
        painter.setPen(look.colors.text)
        self._text(placed, side, block)
        # Brackets run on from row to row, but not past the other side of a stacked one.
        top = 0 if self._scene.columns.stacked else -placed.row.places[side][1]
        bottom = block.height if self._scene.columns.stacked else placed.row.height + top
        self._marks.lines(found, top, bottom)
        if look.overlay is not None:
            look.overlay.paint(painter, placed, side, block, top, bottom)
        if look.preview is not None:
            self._preview(side, block, start)

    def _text(self, placed: Placed, side: Side, block: Block) -> None:
        if placed.row.height <= self._scene.height:
            block.layout.draw(self._painter, QPointF(0.0, 0.0))
            return
        # A sentence longer than the screen: only the lines in sight, and what reaches over from the next.
        reach = 2 * block.style.leading
        left, top = placed.row.places[side]
        area = QRectF(self._clip).translated(-left, -placed.y - top).adjusted(0, -reach, 0, reach)
        block.layout.draw(self._painter, QPointF(0.0, 0.0), [], area)

    def _selection(self, side: Side, block: Block, start: int) -> None:
        look = self._look
        chosen = look.cursor.selection if look.cursor.side == side else None
        if chosen is None or chosen[0] >= start + len(block.text) or chosen[1] <= start:
            return
        em = block.style.em
        for left, right, baseline in block.pieces(
            max(0, chosen[0] - start), min(len(block.text), chosen[1] - start)
        ):
            self._painter.fillRect(
                QRectF(left, baseline - 1.02 * em, right - left, 1.34 * em), look.colors.selection
            )

    def _preview(self, side: Side, block: Block, start: int) -> None:
        look = self._look
        span = self._document.spans.get(look.selected or "")
        if span is None or span.side != side or look.preview is None:
            return
        first, last = look.preview[0] - start, look.preview[1] - start
        if first < len(block.text) and last > 0:
            pieces = block.pieces(max(0, first), min(len(block.text), last))
            self._marks.preview(look.style(span.label), pieces, block.style.em)

    def _hits(self, side: Side, block: Block, start: int) -> None:
        em = block.style.em
        for first, last in self._look.hits.within(side, start, start + len(block.text)):
            pieces = block.pieces(max(0, first - start), min(len(block.text), last - start))
            for left, right, baseline in pieces:
                area = QRectF(left, baseline - 0.98 * em, right - left, 1.22 * em)
                self._painter.fillRect(area, self._look.colors.hit)

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
        painter.setPen(look.colors.muted if current else look.colors.faint)
        done = pair.id in self._document.done
        number = str(placed.number + 1)
        right = scene.columns.left + number_width(scene)
        painter.drawText(QPointF(right - self._digit * len(number), baseline), number)
        if done or placed.number == look.hover_done or current:
            strong = look.colors.done if done else look.colors.faint
            self._check(done_area(scene, placed), strong, done=done)
        if pair.doubtful:
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
        """A short wavy stroke: the aligner was not sure that these belong together."""
        area = doubt_area(self._scene, placed)
        left, right = int(area.left()), int(area.right())
        underline(self._painter, color, "wavy", left, right, int(area.center().y()), 2)


def doubt_area(scene: Scene, placed: Placed) -> QRectF:
    """Where the mark of a doubtful row stands, in the viewport: in the gap, or if there is none (one side
    above the other) below the row's number."""
    unit, first = scene.metrics.unit, scene.columns.first
    if scene.columns.stacked:
        y = first_baseline(scene, placed) + 7 * unit
        return QRectF(scene.columns.left + number_width(scene) - 16 * unit, y - 4 * unit, 16 * unit, 8 * unit)
    x = scene.columns.x[first] + scene.columns.width[first] + scene.metrics.gap / 2
    y = placed.y + placed.row.places[first][1] + scene.metrics.style(first).leading * 0.55
    return QRectF(x - 9 * unit, y - 4 * unit, 18 * unit, 8 * unit)


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


def digit_width(scene: Scene) -> float:
    """How wide a digit of the row numbers is; all digits are alike."""
    return QFontMetricsF(scene.metrics.small).horizontalAdvance("0")
