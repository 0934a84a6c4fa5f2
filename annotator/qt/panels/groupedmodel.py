"""What the trees of groups for Qt have in common: groups on top, and below each its members."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()


class GroupedModel(QAbstractItemModel):
    """Two levels of one column. Subclasses say how many rows there are, and what stands there.

    The internal id of an index is 0 for a group, and the row of its group plus 1 for a member.
    """

    def group_count(self) -> int:
        """How many groups are shown."""
        raise NotImplementedError

    def member_count(self, row: int) -> int:
        """How many members the group at `row` shows."""
        raise NotImplementedError

    def group_row(self, index: Index) -> int | None:
        """The row of the group at `index`, or of the one whose member stands there."""
        if not index.isValid():
            return None
        return index.internalId() - 1 if index.internalId() else index.row()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or not child.internalId():
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if not parent.isValid():
            return self.group_count()
        return 0 if parent.internalId() else self.member_count(parent.row())

    def columnCount(self, _: Index = NOWHERE) -> int:
        return 1


class BatchedModel(GroupedModel):
    """Hands out its groups in batches as the tree is scrolled.

    The tree would otherwise walk through hundreds of thousands of them before its first paint.
    """

    def __init__(self, batch: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self._shown = 0

    def total(self) -> int:
        """How many groups there are, shown yet or not."""
        raise NotImplementedError

    def show_first(self) -> None:
        """Show the first batch alone; called while the model is reset."""
        self._shown = min(self._batch, self.total())

    def reach(self, row: int) -> QModelIndex:
        """The group at `row`, which is shown from now on."""
        while self._shown <= row < self.total():
            self.fetchMore(NOWHERE)
        return self.index(row, 0)

    def group_count(self) -> int:
        return self._shown

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < self.total()

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid():
            return
        until = min(self._shown + self._batch, self.total())
        self.beginInsertRows(NOWHERE, self._shown, until - 1)
        self._shown = until
        self.endInsertRows()


def around(text: str, start: int, end: int, room: int) -> tuple[str, str]:
    """What stands before and behind `[start, end)` on the same line: `room` characters, and twice as many."""
    before = text[max(0, start - room) : start].rpartition("\n")[2]
    return before, text[end : end + 2 * room].partition("\n")[0]
