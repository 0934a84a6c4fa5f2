"""The label editor: add, rename, recolour, reorder, nest and describe the labels of a project.

Every change is an edit of its own, so it can be undone like any other; there is nothing to confirm at
the end.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.labels import Label, LabelSet
from annotator.core.messages import language, say
from annotator.core.session import Changes
from annotator.qt.baseline import BaselineDelegate
from annotator.qt.dialogs.base import readable_documents, start_with, tool
from annotator.qt.dialogs.labelform import LabelForm
from annotator.qt.dialogs.linktypes import LinkTypes
from annotator.qt.swatch import swatch
from annotator.qt.workbench import Workbench
from annotator.services import labelling

_NEW_COLORS = ("#3B78C4", "#17957A", "#C77F1F", "#9A5FB8", "#C2506B", "#6B7F2A", "#2F8FA8", "#A0673F")


def edit_labels(workbench: Workbench, parent: QWidget | None = None) -> None:
    """Open the label editor on the project that is open."""
    if workbench.session is not None:
        dialog = LabelsDialog(workbench, parent)
        dialog.exec()
        dialog.deleteLater()


class LabelsDialog(QDialog):
    """The tree of labels on the left, the chosen one's record on the right."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.setWindowTitle(say("labels.title"))
        start_with(self, 820, 640)
        self._tree = self._build_tree()
        self._form = LabelForm()
        self._form.changed.connect(self._keep)
        self._form.renamed.connect(self._rename)
        self._lay_out()
        workbench.edited.connect(self._on_edited)
        self._fill(None)

    def _build_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setItemDelegate(BaselineDelegate(tree))
        tree.setColumnCount(2)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAccessibleName(say("labels.tree"))
        tree.setIconSize(QSize(16, 16))
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        return tree

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tree, 1)
        column.addLayout(self._buttons())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self._form)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([280, 540])
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.addWidget(splitter)
        pages = QTabWidget()
        for one in (pages, pages.tabBar()):
            one.setAccessibleName(say("labels.title"))
        pages.addTab(page, say("labels.title"))
        pages.addTab(LinkTypes(self._workbench), say("linktypes.title"))
        close = QDialogButtonBox()
        leave = close.addButton(say("button.close"), QDialogButtonBox.ButtonRole.RejectRole)
        # Return in a field keeps what was typed; it must not close the dialog.
        leave.setAutoDefault(False)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(pages, 1)
        layout.addWidget(close)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for name, key, slot in (
            ("plus", "labels.add", self._add),
            ("nest", "labels.add_below", self._add_below),
            ("up", "labels.up", lambda: self._move(-1)),
            ("down", "labels.down", lambda: self._move(1)),
            ("delete", "labels.remove", self._remove),
        ):
            row.addWidget(tool(name, key, slot))
        row.addStretch(1)
        return row

    @property
    def _labels(self) -> LabelSet:
        session = self._workbench.session
        return session.project.label_set if session else LabelSet()

    def _chosen(self) -> Label | None:
        item = self._tree.currentItem()
        return self._labels.get(item.data(0, Qt.ItemDataRole.UserRole)) if item else None

    def _on_edited(self, changes: Changes) -> None:
        if changes.edit.project is not None:
            chosen = self._tree.currentItem()
            self._fill(chosen.data(0, Qt.ItemDataRole.UserRole) if chosen else None)

    def _fill(self, chosen: str | None) -> None:
        labels = self._labels
        with QSignalBlocker(self._tree):
            self._tree.clear()
            items: dict[str, QTreeWidgetItem] = {}
            for label in labels:
                items[label.id] = _item(label)
            for label in labels:
                parent = items.get(label.parent or "")
                if parent is not None:
                    parent.addChild(items[label.id])
                else:
                    self._tree.addTopLevelItem(items[label.id])
            self._tree.expandAll()
            target = items.get(chosen or "") or self._tree.topLevelItem(0)
            if target is not None:
                self._tree.setCurrentItem(target)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._form.show_label(self._chosen(), self._labels)

    def _try(self, make: Callable[[], Edit]) -> bool:
        try:
            edit = make()
        except AnnotatorError as error:
            QMessageBox.warning(self, say("labels.title"), str(error))
            self._show_chosen()
            return False
        done = self._workbench.do(edit) is not None
        self._show_chosen()
        return done

    def _keep(self, label: Label) -> None:
        session = self._workbench.session
        if session is not None:
            self._try(lambda: labelling.change_label(session.project, label))

    def _add(self) -> None:
        self._add_label(None)

    def _add_below(self) -> None:
        chosen = self._chosen()
        self._add_label(chosen.id if chosen else None)

    def _add_label(self, parent: str | None) -> None:
        session = self._workbench.session
        name, agreed = QInputDialog.getText(self, say("labels.add"), say("labels.add.name"))
        if session is None or not agreed or not name.strip():
            return
        label_id = f"{parent}/{name.strip()}" if parent else name.strip()
        color = _NEW_COLORS[len(session.project.labels) % len(_NEW_COLORS)]
        label = Label(id=label_id, name={language(): name.strip()}, color=color, parent=parent)
        if self._try(lambda: labelling.add_label(session.project, label)):
            self._fill(label_id)

    def _move(self, step: int) -> None:
        session, chosen = self._workbench.session, self._chosen()
        if session is None or chosen is None:
            return
        siblings = [label.id for label in self._labels.children(chosen.parent)]
        place = siblings.index(chosen.id) + step
        if 0 <= place < len(siblings):
            order = [label.id for label in self._labels]
            target = order.index(siblings[place])
            self._try(lambda: labelling.move_label(session.project, chosen.id, target))

    def _rename(self, old: str, new: str) -> None:
        session = self._workbench.session
        if session is None or not new.strip() or new == old:
            return
        documents = readable_documents(self._workbench)
        used = labelling.usage(documents, old)
        if used and not self._agree(say("labels.rename.ask", old=old, new=new, count=used)):
            self._show_chosen()
            return
        if self._try(lambda: labelling.rename_label(session.project, documents, old, new.strip())):
            self._fill(new.strip())

    def _agree(self, question: str) -> bool:
        answer = QMessageBox.question(self, say("labels.title"), question)
        return answer == QMessageBox.StandardButton.Yes

    def _remove(self) -> None:
        session, chosen = self._workbench.session, self._chosen()
        if session is None or chosen is None:
            return
        documents = readable_documents(self._workbench)
        used = labelling.usage(documents, chosen.id)
        agreed, move_to = self._ask_removal(chosen, used) if used else (True, None)
        if agreed:
            self._try(lambda: labelling.remove_label(session.project, documents, chosen.id, move_to=move_to))
            self._fill(move_to)

    def _ask_removal(self, label: Label, used: int) -> tuple[bool, str | None]:
        others = [one for one in self._labels if one.id != label.id]
        choices = [say("labels.remove.keep")]
        choices += [say("labels.remove.move", label=one.title(language())) for one in others]
        question = say("labels.remove.ask", label=label.title(language()), count=used)
        choice, agreed = QInputDialog.getItem(self, say("labels.remove"), question, choices, 0, False)
        place = choices.index(choice) if agreed else 0
        return agreed, others[place - 1].id if place else None


def _item(label: Label) -> QTreeWidgetItem:
    item = QTreeWidgetItem([label.title(language()), label.key])
    item.setData(0, Qt.ItemDataRole.UserRole, label.id)
    item.setIcon(0, swatch(label.color))
    item.setToolTip(0, label.id)
    return item
