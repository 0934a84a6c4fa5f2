"""Cells whose letters stand on one line, whether Latin or Chinese."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.qt.theme import theme

Index = QModelIndex | QPersistentModelIndex


class BaselineDelegate(QStyledItemDelegate):
    """Sets each text on the baseline of the row's own font.

    Qt centres every text by the face that it happens to be set in; a Chinese face is taller, so that a key
    would stand higher than the command beside it.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell as Qt does, then its text."""
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        style = own.widget.style() if own.widget is not None else QApplication.style()
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, own, own.widget)
        text, own.text = own.text, ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        painter.save()
        painter.setFont(own.font)
        usable = bool(own.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(theme().text if usable else theme().muted)
        metrics = own.fontMetrics
        inside = area.adjusted(3, 0, -3, 0)
        shown = metrics.elidedText(text, own.textElideMode, inside.width())
        left = inside.left()
        if own.displayAlignment & Qt.AlignmentFlag.AlignRight:
            left = inside.right() + 1 - metrics.horizontalAdvance(shown)
        baseline = area.top() + (area.height() + metrics.capHeight()) / 2
        painter.drawText(QPointF(left, int(baseline + 0.5)), shown)
        painter.restore()
