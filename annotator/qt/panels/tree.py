"""The tree in which the panels beside the text show groups and what is in them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOption, QTreeView

from annotator.qt.theme import theme


class Tree(QTreeView):
    """A tree whose Return key tells."""

    confirmed = Signal(QModelIndex)

    def __init__(self, model: QAbstractItemModel, delegate: type[QStyledItemDelegate], indent: int) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(delegate(self))
        self.setProperty("role", "plain")
        self.setHeaderHidden(True)
        self.setIndentation(indent)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return jumps; everything else is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.confirmed.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Mark the whole row, its arrow included, with one rounded patch, over Qt's square one."""
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, theme().surface)
            self._mark(painter, QRect(rect.left(), rect.top(), self.viewport().width(), rect.height()))
        if not self.model().hasChildren(index):
            return
        arrow = QStyleOption()
        arrow.initFrom(self)
        arrow.rect = QRect(0, 0, 10, 10)
        arrow.rect.moveCenter(QPoint(rect.left() + rect.width() // 2 + 2, rect.center().y()))
        element = QStyle.PrimitiveElement.PE_IndicatorArrowDown
        if not self.isExpanded(index):
            element = QStyle.PrimitiveElement.PE_IndicatorArrowRight
        self.style().drawPrimitive(element, arrow, painter, self)

    def _mark(self, painter: QPainter, row: QRect) -> None:
        worn = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(worn.focus if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(worn.selection)
        painter.drawRoundedRect(row.adjusted(3, 1, -4, -1), 5, 5)
        painter.restore()
