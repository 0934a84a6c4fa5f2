"""The queue as a tree for Qt: groups of the same text, and below each its places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.services.queueing import Entry, Group

Index = QModelIndex | QPersistentModelIndex

_BATCH = 500
_CONTEXT = 30
_NOWHERE = QModelIndex()


class QueueModel(QAbstractItemModel):
    """Groups on top; a group of several has its entries below.

    Like the tree of entities it hands out its rows in batches, so that a long queue is shown at once.
    """

    def __init__(self, find: Callable[[str], Document | None], parent: QObject | None = None) -> None:
        """`find` gives a document by its id."""
        super().__init__(parent)
        self._find = find
        self.labels = LabelSet()
        self._groups: list[Group] = []
        self._shown = 0

    def put(self, labels: LabelSet, groups: Sequence[Group]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self.labels, self._groups = labels, list(groups)
        self._shown = min(_BATCH, len(self._groups))
        self.endResetModel()

    @property
    def groups(self) -> Sequence[Group]:
        """All of them, shown yet or not."""
        return self._groups

    def take(self, row: int) -> None:
        """Take the group at `row` out."""
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._groups[row]
        self._shown -= 1
        self.endRemoveRows()

    def group(self, index: Index) -> Group | None:
        """The group at `index`, or the one whose entry stands there."""
        if not index.isValid():
            return None
        row = index.internalId() - 1 if index.internalId() else index.row()
        return self._groups[row] if row < len(self._groups) else None

    def entry(self, index: Index) -> Entry | None:
        """The entry at `index`; on a group, its first."""
        group = self.group(index)
        if group is None:
            return None
        return group.entries[index.row()] if index.internalId() else group.first

    def chosen(self, index: Index) -> tuple[Entry, ...]:
        """What is decided at `index`: one entry, or all of a group."""
        group = self.group(index)
        if group is None:
            return ()
        return (group.entries[index.row()],) if index.internalId() else group.entries

    def reach(self, row: int) -> QModelIndex:
        """The group at `row`, which is shown from now on."""
        while self._shown <= row < len(self._groups):
            self.fetchMore(_NOWHERE)
        return self.index(row, 0)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self._groups)

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid():
            return
        until = min(self._shown + _BATCH, len(self._groups))
        self.beginInsertRows(_NOWHERE, self._shown, until - 1)
        self._shown = until
        self.endInsertRows()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or not child.internalId():
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return self._shown
        count = 0 if parent.internalId() else len(self._groups[parent.row()].entries)
        return count if count > 1 else 0

    def columnCount(self, _: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        return self._sentence(index, entry)

    def title(self, label_id: str) -> str:
        """What a label is called."""
        label = self.labels.get(label_id)
        return label.title(language()) if label else label_id

    def around(self, entry: Entry) -> tuple[str, str]:
        """What stands before and behind a suggestion, on one line."""
        document, one = self._find(entry.doc), entry.suggestion
        text = document.text(one.side) if document is not None else ""
        before = text[max(0, one.start - _CONTEXT) : one.start].rpartition("\n")[2]
        return before, text[one.end : one.end + 2 * _CONTEXT].partition("\n")[0]

    def language(self, entry: Entry) -> str:
        """The language of a suggestion's text."""
        document = self._find(entry.doc)
        return document.language(entry.suggestion.side) if document is not None else ""

    def place(self, entry: Entry) -> str:
        """Where a suggestion stands."""
        return say("queue.place", row=entry.row + 1, side=say(f"side.{entry.suggestion.side}"))

    def _sentence(self, index: Index, entry: Entry) -> str:
        one, group = entry.suggestion, self.group(index)
        before, behind = self.around(entry)
        return say(
            "queue.sentence",
            quote=one.quote,
            label=self.title(one.label),
            score=round(one.score * 100),
            reason=one.reason,
            count=1 if index.internalId() or group is None else len(group.entries),
            context=f"{before}[{one.quote}]{behind}",
        )
