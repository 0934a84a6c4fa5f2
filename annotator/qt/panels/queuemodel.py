"""The queue as a tree for Qt: groups of the same text, and below each its places."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.suggestion import Key
from annotator.qt.panels.groupedmodel import NOWHERE, BatchedModel, Index, around
from annotator.services.queueing import Entry, Group

_BATCH = 100
_CONTEXT = 30


class QueueModel(BatchedModel):
    """Groups on top; a group of several has its entries below."""

    def __init__(self, find: Callable[[str], Document | None], parent: QObject | None = None) -> None:
        """`find` gives a document by its id."""
        super().__init__(_BATCH, parent)
        self._find = find
        self.labels = LabelSet()
        self._groups: list[Group] = []

    def put(self, labels: LabelSet, groups: Sequence[Group]) -> list[Group]:
        """Show other groups; those shown before come back, to be let go of in peace."""
        self.beginResetModel()
        before = self._groups
        self.labels, self._groups = labels, list(groups)
        self.show_first()
        self.endResetModel()
        return before

    @property
    def groups(self) -> Sequence[Group]:
        """All of them, shown yet or not."""
        return self._groups

    def settled(self, places: Set[tuple[str, Key]]) -> list[int]:
        """The rows shown of the groups all of whose entries stand at these places of documents, in order."""
        return [
            row
            for row, group in enumerate(self._groups[: self._shown])
            if all((one.doc, one.suggestion.key) in places for one in group.entries)
        ]

    def take(self, row: int) -> None:
        """Take the group at `row` out."""
        if row >= self._shown:
            del self._groups[row]
            return
        self.beginRemoveRows(NOWHERE, row, row)
        del self._groups[row]
        self._shown -= 1
        self.endRemoveRows()

    def group(self, index: Index) -> Group | None:
        """The group at `index`, or the one whose entry stands there."""
        row = self.group_row(index)
        return None if row is None or row >= len(self._groups) else self._groups[row]

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

    def total(self) -> int:
        return len(self._groups)

    def member_count(self, row: int) -> int:
        count = len(self._groups[row].entries)
        return count if count > 1 else 0

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
        return self.labels.title(label_id, language())

    def around(self, entry: Entry) -> tuple[str, str]:
        """What stands before and behind a suggestion, on one line."""
        document, one = self._find(entry.doc), entry.suggestion
        text = document.text(one.side) if document is not None else ""
        return around(text, one.start, one.end, _CONTEXT)

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
