"""What the lists beside the text have in common in painting their rows."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.qt.panels.groupedmodel import Index
from annotator.qt.theme import families, theme

DOT = 9


class RowDelegate(QStyledItemDelegate):
    """Paints rows that are marked under the pointer; subclasses say what stands in them."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_hover(painter, option)
        self.paint_row(painter, option, index)
        painter.restore()

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what stands in a row."""
        raise NotImplementedError


def _paint_hover(painter: QPainter, option: QStyleOptionViewItem) -> None:
    state = option.state
    if state & QStyle.StateFlag.State_MouseOver and not state & QStyle.StateFlag.State_Selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().hover)
        painter.drawRoundedRect(option.rect.adjusted(0, 1, -4, -1), 5, 5)


def paint_dot(painter: QPainter, area: QRect, colour: QColor) -> None:
    """A patch of colour at the left of `area`, `DOT` wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(area.left(), area.center().y() - DOT // 2 + 1, DOT, DOT)


def halves(area: QRect) -> tuple[QRect, QRect]:
    """The upper and the lower line of a row."""
    middle = area.height() // 2
    upper = QRect(area.left(), area.top(), area.width(), middle)
    return upper, QRect(area.left(), area.top() + middle, area.width(), area.height() - middle)


def font_for(base: QFont, language: str) -> QFont:
    """`base` with the families of a language of the Chinese side; with "", as it is."""
    font = QFont(base)
    if language:
        font.setFamilies([*base.families(), *families(language)])
    return font


def scaled(font: QFont, share: float) -> QFont:
    """The font at `share` of its size."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * share)
    return small


def write(
    painter: QPainter,
    font: QFont,
    colour: QColor,
    area: QRect,
    text: str,
    *,
    right: bool = False,
    width: int = 0,
) -> None:
    """The text on one line in the middle of `area`, cut at its end to `width` if given, else to the area."""
    edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(colour)
    room = max(0, width or area.width())
    elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, int(edge | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), elided)


def write_context(
    painter: QPainter,
    font: QFont,
    area: QRect,
    around: tuple[str, str],
    quote: str,
    *,
    bold: bool = False,
    share: float = 1,
) -> None:
    """Keyword in context: the quote set off, what stands before it cut on the left.

    Whatever the quote takes beyond `share` of the width does not narrow what stands before it.
    """
    worn, strong = theme(), QFont(font)
    if bold:
        strong.setBold(True)
    wide = min(QFontMetrics(strong).horizontalAdvance(quote), int(area.width() * share))
    room = max(0, (area.width() - wide) // 2)
    before = QFontMetrics(font).elidedText(around[0], Qt.TextElideMode.ElideLeft, room)
    at = area.left()
    for text, one, colour in (
        (before, font, worn.muted),
        (quote, strong, worn.text),
        (around[1], font, worn.muted),
    ):
        rest = QRect(at, area.top(), max(0, area.right() - at), area.height())
        write(painter, one, colour, rest, text)
        at += QFontMetrics(one).horizontalAdvance(text)
        if at >= area.right():
            return
