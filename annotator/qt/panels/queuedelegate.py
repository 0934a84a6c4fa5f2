"""How the queue paints a row: the text with its label and score, and the words around it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.core.messages import say
from annotator.qt.panels.groupedmodel import Index
from annotator.qt.panels.queuemodel import QueueModel
from annotator.qt.panels.rowpaint import (
    DOT,
    RowDelegate,
    font_for,
    halves,
    paint_dot,
    scaled,
    write,
    write_context,
)
from annotator.qt.theme import theme, tint
from annotator.services.queueing import Entry, Group

_GAP = 6
_METER = 26


class QueueDelegate(RowDelegate):
    """Two lines a row: what is suggested and how likely; the words around it and where."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        return QSize(60, 2 * QFontMetrics(option.font).height() + 3 * _GAP)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, QueueModel):
            return
        entry, group = model.entry(index), model.group(index)
        if entry is None or group is None:
            return
        area = option.rect.adjusted(_GAP // 2, _GAP, -2 * _GAP, -_GAP)
        upper, lower = halves(area)
        if index.parent().isValid():
            _context(painter, option.font, upper, model, entry)
            write(painter, option.font, theme().muted, lower, model.place(entry))
            self._score(painter, option.font, lower, entry.suggestion.score)
        else:
            self._head(painter, option.font, upper, model, group)
            self._below(painter, option.font, lower, model, group)

    def _head(self, painter: QPainter, font: QFont, area: QRect, model: QueueModel, group: Group) -> None:
        worn, one = theme(), group.first.suggestion
        label = model.labels.get(one.label)
        paint_dot(painter, area, tint(label.color, worn).line if label else worn.muted)
        area = area.adjusted(DOT + _GAP, 0, 0, 0)
        area.setRight(area.right() - self._score(painter, font, area, group.score) - _GAP)
        if len(group.entries) > 1:
            times = say("queue.times", count=len(group.entries))
            write(painter, font, worn.muted, area, times, right=True)
            area.setRight(area.right() - QFontMetrics(font).horizontalAdvance(times) - _GAP)
        strong = _font(font, model.language(group.first))
        strong.setBold(True)
        write(painter, strong, worn.text, area, " ".join(one.quote.split()))

    def _below(self, painter: QPainter, font: QFont, area: QRect, model: QueueModel, group: Group) -> None:
        worn, small = theme(), scaled(font, 0.9)
        area = area.adjusted(DOT + _GAP, 0, 0, 0)
        title = model.title(group.first.suggestion.label)
        # The width of letters is rounded: without a pixel to spare the last one would be left out.
        wide = min(QFontMetrics(small).horizontalAdvance(title) + 2, area.width() // 3)
        write(painter, small, worn.muted, area, title, right=True, width=wide)
        _context(painter, small, area.adjusted(0, 0, -wide - _GAP, 0), model, group.first)

    def _score(self, painter: QPainter, font: QFont, area: QRect, score: float) -> int:
        """A meter and a number at the right; returns their width."""
        worn, text = theme(), f"{round(score * 100)}%"
        room = QFontMetrics(font).horizontalAdvance("100%")
        write(painter, font, worn.muted, area, text, right=True)
        meter = QRectF(area.right() - room - _GAP - _METER, area.center().y() - 1, _METER, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.line)
        painter.drawRoundedRect(meter, 2, 2)
        meter.setWidth(max(3.0, _METER * score))
        painter.setBrush(worn.accent)
        painter.drawRoundedRect(meter, 2, 2)
        return room + _GAP + _METER


def _context(painter: QPainter, font: QFont, area: QRect, model: QueueModel, entry: Entry) -> None:
    quote = " ".join(entry.suggestion.quote.split())
    write_context(painter, _font(font, model.language(entry)), area, model.around(entry), quote, share=0.7)


def _font(base: QFont, language: str) -> QFont:
    return font_for(base, language if language.startswith("zh") else "")
