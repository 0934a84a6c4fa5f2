"""How the queue paints a row: the text with its label and score, and the words around it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.messages import say
from annotator.qt.panels.queuemodel import QueueModel
from annotator.qt.theme import families, theme, tint
from annotator.services.queueing import Entry, Group

Index = QModelIndex | QPersistentModelIndex

_GAP = 6
_DOT = 9
_METER = 26


class QueueDelegate(QStyledItemDelegate):
    """Two lines a row: what is suggested and how likely; the words around it and where."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        return QSize(60, 2 * QFontMetrics(option.font).height() + 3 * _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, QueueModel):
            return
        entry, group = model.entry(index), model.group(index)
        if entry is None or group is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._hover(painter, option)
        area = option.rect.adjusted(_GAP // 2, _GAP, -2 * _GAP, -_GAP)
        upper, lower = _halves(area)
        if index.parent().isValid():
            _context(painter, option.font, upper, model, entry)
            _write(painter, option.font, theme().muted, lower, model.place(entry))
            self._score(painter, option.font, lower, entry.suggestion.score)
        else:
            self._head(painter, option.font, upper, model, group)
            self._below(painter, option.font, lower, model, group)
        painter.restore()

    def _hover(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_MouseOver and not state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().hover)
            painter.drawRoundedRect(option.rect.adjusted(0, 1, -4, -1), 5, 5)

    def _head(self, painter: QPainter, font: QFont, area: QRect, model: QueueModel, group: Group) -> None:
        worn, one = theme(), group.first.suggestion
        label = model.labels.get(one.label)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint(label.color, worn).line if label else worn.muted)
        painter.drawEllipse(area.left(), area.center().y() - _DOT // 2 + 1, _DOT, _DOT)
        area = area.adjusted(_DOT + _GAP, 0, 0, 0)
        area.setRight(area.right() - self._score(painter, font, area, group.score) - _GAP)
        if len(group.entries) > 1:
            times = say("queue.times", count=len(group.entries))
            _write(painter, font, worn.muted, area, times, right=True)
            area.setRight(area.right() - QFontMetrics(font).horizontalAdvance(times) - _GAP)
        strong = _font(font, model.language(group.first))
        strong.setBold(True)
        _write(painter, strong, worn.text, area, " ".join(one.quote.split()))

    def _below(self, painter: QPainter, font: QFont, area: QRect, model: QueueModel, group: Group) -> None:
        worn, small = theme(), QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        area = area.adjusted(_DOT + _GAP, 0, 0, 0)
        title = model.title(group.first.suggestion.label)
        wide = min(QFontMetrics(small).horizontalAdvance(title), area.width() // 3)
        _write(painter, small, worn.muted, area, title, right=True, width=wide)
        _context(painter, small, area.adjusted(0, 0, -wide - _GAP, 0), model, group.first)

    def _score(self, painter: QPainter, font: QFont, area: QRect, score: float) -> int:
        """A meter and a number at the right; returns their width."""
        worn, text = theme(), f"{round(score * 100)}%"
        room = QFontMetrics(font).horizontalAdvance("100%")
        _write(painter, font, worn.muted, area, text, right=True)
        meter = QRectF(area.right() - room - _GAP - _METER, area.center().y() - 1, _METER, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.line)
        painter.drawRoundedRect(meter, 2, 2)
        meter.setWidth(max(3.0, _METER * score))
        painter.setBrush(worn.accent)
        painter.drawRoundedRect(meter, 2, 2)
        return room + _GAP + _METER


def _context(painter: QPainter, font: QFont, area: QRect, model: QueueModel, entry: Entry) -> None:
    """Keyword in context: the quote set off, what stands before it cut on the left."""
    worn = theme()
    plain = _font(font, model.language(entry))
    measure = QFontMetrics(plain)
    before, behind = model.around(entry)
    quote = " ".join(entry.suggestion.quote.split())
    wide = min(measure.horizontalAdvance(quote), int(area.width() * 0.7))
    before = measure.elidedText(before, Qt.TextElideMode.ElideLeft, max(0, (area.width() - wide) // 2))
    at = area.left()
    for text, colour in ((before, worn.muted), (quote, worn.text), (behind, worn.muted)):
        rest = QRect(at, area.top(), max(0, area.right() - at), area.height())
        _write(painter, plain, colour, rest, text)
        at += measure.horizontalAdvance(text)
        if at >= area.right():
            return


def _halves(area: QRect) -> tuple[QRect, QRect]:
    middle = area.height() // 2
    upper = QRect(area.left(), area.top(), area.width(), middle)
    return upper, QRect(area.left(), area.top() + middle, area.width(), area.height() - middle)


def _font(base: QFont, language: str) -> QFont:
    font = QFont(base)
    if language.startswith("zh"):
        font.setFamilies([*base.families(), *families(language)])
    return font


def _write(
    painter: QPainter,
    font: QFont,
    colour: QColor,
    area: QRect,
    text: str,
    *,
    right: bool = False,
    width: int = 0,
) -> None:
    edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(colour)
    room = max(0, width or area.width())
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, int(edge | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), elided)
