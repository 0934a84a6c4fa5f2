"""The list of the project's documents, with how far each one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.messages import say
from annotator.core.session import Changes
from annotator.qt.icons import icon
from annotator.qt.menus import Commands
from annotator.qt.projects import Projects
from annotator.qt.tasks import run
from annotator.qt.theme import theme, themes
from annotator.qt.workbench import Workbench
from annotator.services.titles import titles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

DOCUMENT = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
NOTE = Qt.ItemDataRole.UserRole + 1


class _Delegate(QStyledItemDelegate):
    """The title, and below it in small letters how far the document is."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._list = view
        self.hovered = -1
        view.itemEntered.connect(lambda item: self._hover(view.row(item)))
        view.viewportEntered.connect(lambda: self._hover(-1))

    def _hover(self, row: int) -> None:
        self.hovered = row
        self._list.viewport().update()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, round(option.fontMetrics.height() * 2.5) + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        worn, chosen = theme(), index.row() == self._list.currentRow()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(6, 1, -6, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(worn.selection)
            painter.drawRoundedRect(area, 5, 5)
        elif index.row() == self.hovered:
            painter.setBrush(worn.hover)
            painter.drawRoundedRect(area, 5, 5)
        if chosen and self._list.hasFocus():
            painter.setPen(QPen(worn.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
        inside = area.adjusted(9, 6, -8, -6)
        metrics = option.fontMetrics
        painter.setPen(worn.text)
        title = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, title)
        font = option.font
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(worn.text if chosen else worn.muted)
        note = painter.fontMetrics().elidedText(
            index.data(NOTE) or "", Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, note)
        painter.restore()


class Documents(QWidget):
    """The left column: the project's title and its documents."""

    def __init__(self, workbench: Workbench, commands: Commands, projects: Projects) -> None:
        super().__init__()
        self._workbench, self._commands, self._projects = workbench, commands, projects
        self._title = QLabel(self)
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._add = QToolButton(self)
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add.clicked.connect(lambda: commands.run("file.import"))
        self.list = QListWidget(self)
        self.list.setProperty("role", "plain")
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        head = QHBoxLayout()
        head.setContentsMargins(15, 9, 8, 5)
        head.addWidget(self._title, 1)
        head.addWidget(self._add, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        workbench.project_changed.connect(self.refresh)
        workbench.document_changed.connect(self._show_current)
        projects.failed.connect(self._show_current)
        workbench.edited.connect(self._on_edited)
        themes().changed.connect(self._say)
        self._say()

    def refresh(self) -> None:
        """Show the documents of the project as they are now."""
        session = self._workbench.session
        self._title.setText(session.project.title if session else "")
        ids = session.document_ids if session else ()
        if [self.list.item(row).data(DOCUMENT) for row in range(self.list.count())] != list(ids):
            self._fill(ids)
        for row in range(self.list.count()):
            self._describe(self.list.item(row))
        self._show_current()

    def describe_current(self) -> None:
        """Say anew how far the document shown is."""
        item = self.list.currentItem()
        if item is not None:
            self._describe(item)

    def _on_edited(self, changes: Changes) -> None:
        if changes.edit.documents or changes.edit.project:
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.refresh()
        super().changeEvent(event)

    def _fill(self, ids: tuple[str, ...]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for doc_id in ids:
            item = QListWidgetItem(doc_id, self.list)
            item.setData(DOCUMENT, doc_id)
        self.list.blockSignals(False)
        session, folder = self._workbench.session, self._projects.folder
        unread = [doc_id for doc_id in ids if session is not None and not session.loaded(doc_id)]
        if unread and folder is not None:
            run(self, titles, folder, unread, on_done=self._entitle)

    def _entitle(self, found: dict[str, str]) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(NOTE) is None:
                item.setText(found.get(item.data(DOCUMENT), item.text()))

    def _describe(self, item: QListWidgetItem) -> None:
        session, doc_id = self._workbench.session, item.data(DOCUMENT)
        if session is None or not session.loaded(doc_id):
            return
        document = session.document(doc_id)
        note = say(
            "window.document_note",
            done=len(document.done),
            total=len(document.pairs),
            spans=len(document.spans),
        )
        item.setText(document.title or doc_id)
        item.setData(NOTE, note)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{document.title}, {note}")
        item.setToolTip(f"{document.title}\n{note}")

    def _show_current(self) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(DOCUMENT) == self._workbench.document_id:
                self._describe(item)
                self.list.setCurrentItem(item)
        if self._workbench.document_id is None:
            self.list.setCurrentRow(-1)
        self.list.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(DOCUMENT) != self._workbench.document_id:
            self._projects.show(item.data(DOCUMENT))

    def _menu(self, point: QPoint) -> None:
        entries = ("file.document", "file.remove_document", "", "file.import", "file.export")
        self._commands.popup(self, entries).exec(self.list.mapToGlobal(point))

    def _say(self) -> None:
        self.list.setAccessibleName(say("window.documents"))
        self._add.setIcon(icon("plus"))
        self._add.setToolTip(say("window.add_document"))
        self._add.setAccessibleName(say("window.add_document"))
