"""Painting the viewport: the rows, and over them links, tags, caret and focus ring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.core.document import Document
from annotator.core.messages import say
from annotator.core.span import Span
from annotator.qt.parallel.connection import ConnectionPainter
from annotator.qt.parallel.look import Look
from annotator.qt.parallel.paint import RowPainter
from annotator.qt.parallel.scene import Scene


def paint(painter: QPainter, clip: QRect, scene: Scene, look: Look) -> None:
    """Paint what of the viewport lies in `clip`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(clip, look.colors.background)
    document = scene.document
    if document is None:
        return
    if not scene.count:
        _hint(painter, scene, look)
        return
    rows = RowPainter(painter, clip, scene, look, document)
    for placed in scene.placed():
        if placed.y <= clip.bottom() and placed.y + placed.row.height > clip.top():
            rows.paint(placed)
    _links_and_tags(painter, scene, look, document)
    _caret(painter, scene, look)
    if look.ring:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colors.accent, 2))
        painter.drawRect(QRectF(0, 0, scene.width, scene.height))


def _links_and_tags(painter: QPainter, scene: Scene, look: Look, document: Document) -> None:
    over = ConnectionPainter(painter, scene, look, document)
    chosen = _spans(document, look.selected, look.hovered)
    if len(chosen) == 2 and chosen[1].id in look.partners:
        chosen = chosen[1:]
    for span in chosen:
        over.paint(span)
    if look.show_tags:
        for placed in scene.placed():
            for found in (placed.row.marks or {}).values():
                starting = _spans(document, *(mark.span_id for mark in found if mark.starts))
                for span in sorted(starting, key=lambda span: span.order):
                    over.tag(span)
    if look.overlay is not None:
        look.overlay.paint_over(over)
    for span in _spans(document, *{look.selected, look.hovered, *look.partners}):
        over.tag(span)


def _spans(document: Document, *span_ids: str | None) -> list[Span]:
    found = (document.spans.get(span_id) for span_id in span_ids if span_id)
    return [span for span in found if span is not None]


def _caret(painter: QPainter, scene: Scene, look: Look) -> None:
    if not look.focus or not look.caret_on:
        return
    rect = scene.caret(look.cursor.side, look.cursor.offset)
    if rect is not None:
        painter.fillRect(rect, look.colors.caret)


def _hint(painter: QPainter, scene: Scene, look: Look) -> None:
    painter.setPen(look.colors.muted)
    painter.setFont(scene.metrics.en.font)
    area = QRectF(0, 0, scene.width, scene.height).adjusted(40, 40, -40, -40)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, say("view.empty"))
