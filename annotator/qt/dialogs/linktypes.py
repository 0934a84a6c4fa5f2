"""The kinds of links of a project: what a link may say of its two spans."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.labels import LinkType
from annotator.core.messages import LANGUAGES, language, say
from annotator.core.session import Changes
from annotator.qt.dialogs.base import muted, readable_documents, tool
from annotator.qt.workbench import Workbench
from annotator.services import labelling


class LinkTypes(QWidget):
    """A row a type; its names are edited in place, and every change is an edit that can be undone."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.table = QTableWidget(0, 1 + len(LANGUAGES))
        self.table.setAccessibleName(say("linktypes.title"))
        self.table.setHorizontalHeaderLabels(
            [say("labelform.id"), *(say(f"labelform.name.{one}") for one in LANGUAGES)]
        )
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemChanged.connect(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(muted(say("linktypes.hint")))
        layout.addWidget(self.table, 1)
        layout.addLayout(self._buttons())
        workbench.edited.connect(self._on_edited)
        self._fill()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self._more = tool("plus", "linktypes.add", self._add)
        self._less = tool("delete", "linktypes.remove", self._remove)
        row.addWidget(self._more)
        row.addWidget(self._less)
        row.addStretch(1)
        return row

    @property
    def _types(self) -> tuple[LinkType, ...]:
        session = self._workbench.session
        return session.project.link_types if session else ()

    def _on_edited(self, changes: Changes) -> None:
        if changes.edit.project is not None:
            self._fill()

    def _fill(self) -> None:
        chosen = max(0, self.table.currentRow())
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(self._types))
            for row, one in enumerate(self._types):
                fixed = QTableWidgetItem(one.id)
                fixed.setFlags(fixed.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.table.setItem(row, 0, fixed)
                for at, tongue in enumerate(LANGUAGES, start=1):
                    self.table.setItem(row, at, QTableWidgetItem(one.name.get(tongue, "")))
            self.table.setCurrentCell(min(chosen, len(self._types) - 1), 0)
        # A link always has a type.
        self._less.setEnabled(len(self._types) > 1)

    def _keep(self, item: QTableWidgetItem) -> None:
        session, at = self._workbench.session, item.column() - 1
        if session is None or at < 0:
            return
        one, text = self._types[item.row()], item.text().strip()
        names = {tongue: name for tongue, name in {**one.name, LANGUAGES[at]: text}.items() if name}
        if names != one.name:
            self._try(lambda: labelling.put_link_type(session.project, replace(one, name=names)))

    def _add(self) -> None:
        session = self._workbench.session
        name, agreed = QInputDialog.getText(self, say("linktypes.add"), say("linktypes.add.name"))
        name = name.strip()
        if session is None or not agreed or not name:
            return
        if name in {one.id for one in self._types}:
            QMessageBox.warning(self, say("linktypes.title"), say("linktypes.taken", type=name))
            return
        self._try(
            lambda: labelling.put_link_type(session.project, LinkType(id=name, name={language(): name}))
        )

    def _remove(self) -> None:
        session, row = self._workbench.session, self.table.currentRow()
        if session is None or not 0 <= row < len(self._types) or len(self._types) < 2:
            return
        chosen, documents = self._types[row], readable_documents(self._workbench)
        used = sum(link.type == chosen.id for document in documents for link in document.links)
        agreed, move_to = self._ask(chosen, used) if used else (True, None)
        if agreed:
            self._try(
                lambda: labelling.remove_link_type(session.project, documents, chosen.id, move_to=move_to)
            )

    def _ask(self, chosen: LinkType, used: int) -> tuple[bool, str | None]:
        others = [one for one in self._types if one.id != chosen.id]
        choices = [say("linktypes.remove.move", type=one.title(language())) for one in others]
        choices.append(say("linktypes.remove.keep"))
        question = say("linktypes.remove.ask", type=chosen.title(language()), count=used)
        choice, agreed = QInputDialog.getItem(self, say("linktypes.remove"), question, choices, 0, False)
        place = choices.index(choice) if agreed else len(others)
        return agreed, others[place].id if place < len(others) else None

    def _try(self, make: Callable[[], Edit]) -> None:
        try:
            edit = make()
        except AnnotatorError as error:
            QMessageBox.warning(self, say("linktypes.title"), str(error))
        else:
            self._workbench.do(edit)
        self._fill()
