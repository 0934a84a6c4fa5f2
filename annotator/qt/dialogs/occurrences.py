"""Highlight all occurrences of one text: how many there are, each in its context, then all as one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.document import Document
from annotator.core.messages import language, say
from annotator.core.session import Session
from annotator.core.span import Side
from annotator.qt.baseline import BaselineDelegate
from annotator.qt.dialogs.base import readable_documents, start_with
from annotator.qt.swatch import swatch
from annotator.qt.workbench import Workbench
from annotator.services.occurrences import Occurrence, annotate_all, find

_CONTEXT = 40
_TICK, _LEFT, _MATCH, _RIGHT, _PLACE = range(5)
_TICK_WIDTH = 32
_MOST_QUOTE = 0.4
"""How much of the table's width the longest quote may take."""

_HEADS = {
    _LEFT: "occurrences.before",
    _MATCH: "occurrences.text",
    _RIGHT: "occurrences.after",
    _PLACE: "occurrences.place",
}

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractTableModel):
    """A row an occurrence, keyword in context, with a tick for those that are to be highlighted."""

    ticked = Signal()

    def __init__(self, found: Sequence[Occurrence], documents: dict[str, Document]) -> None:
        super().__init__()
        self._found = found
        self._documents = documents
        self._chosen = [not occurrence.blocked for occurrence in found]

    def chosen(self) -> list[Occurrence]:
        """The occurrences with a tick."""
        return [one for one, tick in zip(self._found, self._chosen, strict=True) if tick]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        occurrence = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(occurrence, index.column())
        if role == Qt.ItemDataRole.FontRole and index.column() == _MATCH:
            return _bold()
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == _TICK and not occurrence.blocked:
            return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _LEFT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and occurrence.blocked:
            return say("occurrences.blocked")
        return None

    def _text(self, occurrence: Occurrence, column: int) -> str:
        document = self._documents[occurrence.doc]
        text = document.text(occurrence.side)
        if column == _TICK:
            return ""
        if column == _LEFT:
            return text[max(0, occurrence.start - _CONTEXT) : occurrence.start].replace("\n", " ")
        if column == _MATCH:
            return text[occurrence.start : occurrence.end].replace("\n", " ")
        if column == _RIGHT:
            return text[occurrence.end : occurrence.end + _CONTEXT].replace("\n", " ")
        row = document.pairs.row_at(occurrence.side, occurrence.start) + 1
        return f"{document.title} · {row}" if len(self._documents) > 1 else str(row)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self._found[index.row()].blocked:
            return False
        self._chosen[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._found[index.row()].blocked:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == _TICK else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == _LEFT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return say(_HEADS[section]) if section in _HEADS else ""


class _Before(BaselineDelegate):
    """Cuts what stands before the match on its far side."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


def _bold() -> QFont:
    font = QApplication.font()
    font.setBold(True)
    return font


class OccurrencesDialog(QDialog):
    """Counts, previews and highlights the occurrences of `text` on `side`."""

    def __init__(
        self,
        workbench: Workbench,
        session: Session,
        *,
        text: str,
        side: Side,
        label: str,
        project: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench, self._session = workbench, session
        self._text, self._side = text, side
        self._model = _Model((), {})
        self.setWindowTitle(say("occurrences.title"))
        start_with(self, 760, 480)
        self._build(label)
        self._scope.setChecked(project)
        self._scope.toggled.connect(self._search)
        self._label.currentIndexChanged.connect(lambda _: self._search())
        self._search()

    def _build(self, label: str) -> None:
        self._label = QComboBox()
        for one in self._session.project.label_set:
            self._label.addItem(swatch(one.color), one.title(language()), one.id)
        self._label.setCurrentIndex(max(0, self._label.findData(label)))
        self._scope = QCheckBox(say("occurrences.project"))
        self._scope.setVisible(len(self._session.document_ids) > 1)
        self._count = QLabel()
        self._count.setWordWrap(True)
        self._table = QTableView()
        self._table.setAccessibleName(say("occurrences.title"))
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.setWordWrap(False)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self._table.horizontalHeader().setHighlightSections(False)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setItemDelegate(BaselineDelegate(self._table))
        self._table.setItemDelegateForColumn(_LEFT, _Before(self._table))
        self._table.setTabKeyNavigation(False)
        self._accept = QPushButton()
        self._accept.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self._accept, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(say("button.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._highlight)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        quoted = QLabel(self._text if len(self._text) <= 60 else self._text[:59] + "…")
        quoted.setTextFormat(Qt.TextFormat.PlainText)
        form.addRow(say("occurrences.text"), quoted)
        form.addRow(say("occurrences.label"), self._label)
        form.addRow("", self._scope)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._count)
        layout.addWidget(self._table, 1)
        layout.addWidget(buttons)

    def _search(self) -> None:
        label = self._label.currentData()
        documents = {document.id: document for document in self._documents()}
        found = [
            one
            for document in documents.values()
            for one in find(document, self._text, self._side, label or None)
        ]
        self._model = _Model(found, documents)
        self._model.ticked.connect(self._tell)
        self._table.setModel(self._model)
        header = self._table.horizontalHeader()
        for column in (_LEFT, _RIGHT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_PLACE, QHeaderView.ResizeMode.ResizeToContents)
        for column, width in ((_TICK, _TICK_WIDTH), (_MATCH, self._quote_width())):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self._blocked = sum(one.blocked for one in found)
        self._tell()

    def _documents(self) -> list[Document]:
        shown = self._workbench.document
        if not self._scope.isChecked():
            return [shown] if shown is not None else []
        return readable_documents(self._workbench)

    def _quote_width(self) -> int:
        metrics = QFontMetrics(_bold())
        needed = max(metrics.horizontalAdvance(self._text), metrics.horizontalAdvance(say(_HEADS[_MATCH])))
        return min(needed + 24, round(self.width() * _MOST_QUOTE))

    def _tell(self) -> None:
        chosen = len(self._model.chosen())
        found = self._model.rowCount()
        key = "occurrences.count" if self._blocked < found else "occurrences.all_there"
        key = key if self._blocked else "occurrences.count.free"
        self._count.setText(say(key, found=found, chosen=chosen, blocked=self._blocked))
        self._accept.setText(say("occurrences.highlight", count=chosen))
        self._accept.setEnabled(chosen > 0)

    def _highlight(self) -> None:
        edit = annotate_all(
            self._documents(),
            self._model.chosen(),
            self._label.currentData(),
            by=self._workbench.annotator,
        )
        if self._workbench.do(edit) is not None:
            self.accept()


def highlight_occurrences(
    workbench: Workbench, parent: QWidget | None = None, *, project: bool = False
) -> None:
    """Open the dialog for the selected span, else for the selected text; `project` looks in all documents."""
    session, document, span = workbench.session, workbench.document, workbench.span
    selection = workbench.cursor.selection
    if session is None or document is None or (span is None and selection is None):
        workbench.tell(say("occurrences.nothing"))
        return
    side = span.side if span else workbench.cursor.side
    text = span.quote if span else document.text(side)[slice(*(selection or (0, 0)))].strip()
    label = span.label if span else ""
    dialog = OccurrencesDialog(
        workbench, session, text=text, side=side, label=label, project=project, parent=parent
    )
    dialog.exec()
    dialog.deleteLater()
