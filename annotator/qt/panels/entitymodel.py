"""The entities of a document as a tree for Qt: entities, and below each its mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.span import Span
from annotator.services.entities import Entity

Index = QModelIndex | QPersistentModelIndex

ENTITY = Qt.ItemDataRole.UserRole
MENTION = Qt.ItemDataRole.UserRole + 1

_BATCH = 500
_CONTEXT = 24
_NOWHERE = QModelIndex()


class EntityModel(QAbstractItemModel):
    """Entities on top, their mentions below.

    The tree asks for rows in batches as it is scrolled: it would otherwise walk through hundreds of
    thousands of them before its first paint.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self.labels = LabelSet()
        self._entities: Sequence[Entity] = ()
        self._shown = 0

    def put(self, document: Document | None, labels: LabelSet, entities: Sequence[Entity]) -> None:
        """Show other entities."""
        self.beginResetModel()
        self.document, self.labels, self._entities = document, labels, entities
        self._shown = min(_BATCH, len(entities))
        self.endResetModel()

    @property
    def entities(self) -> Sequence[Entity]:
        """All of them, shown yet or not."""
        return self._entities

    def entity(self, index: Index) -> Entity | None:
        """The entity at `index`, or the one whose mention stands there."""
        if not index.isValid():
            return None
        return self._entities[index.internalId() - 1 if index.internalId() else index.row()]

    def mention(self, index: Index) -> Span | None:
        """The mention at `index`; None on an entity."""
        entity = self.entity(index)
        if entity is None or not index.internalId() or self.document is None:
            return None
        return self.document.spans.get(entity.mentions[index.row()])

    def reach(self, row: int) -> QModelIndex:
        """The entity at `row`, which is shown from now on."""
        while self._shown <= row < len(self._entities):
            self.fetchMore(_NOWHERE)
        return self.index(row, 0)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self._entities)

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid():
            return
        until = min(self._shown + _BATCH, len(self._entities))
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
        return 0 if parent.internalId() else len(self._entities[parent.row()].mentions)

    def columnCount(self, _: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        mention = self.mention(index)
        if role == ENTITY:
            return self.entity(index)
        if role == MENTION:
            return mention
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(index) if mention is None else self._context(mention)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._sentence(index) if mention is None else mention.quote
        return None

    def label_title(self, label_id: str) -> str:
        """What a label is called."""
        label = self.labels.get(label_id)
        return label.title(language()) if label else label_id

    def place(self, mention: Span) -> str:
        """Where a mention stands, and whether it has a partner."""
        document = self.document
        row = document.row_of_span(mention) + 1 if document else 0
        key = "entities.place" if self.has_partner(mention) else "entities.place.alone"
        return say(key, row=row, side=say(f"side.{mention.side}"))

    def has_partner(self, mention: Span) -> bool:
        """Whether it is linked with anything."""
        return self.document is not None and bool(self.document.links.of(mention.id))

    def around(self, mention: Span) -> tuple[str, str]:
        """What stands before and behind a mention, on one line."""
        text = self.document.text(mention.side) if self.document else ""
        before = text[max(0, mention.start - _CONTEXT) : mention.start].rpartition("\n")[2]
        behind = text[mention.end : mention.end + 2 * _CONTEXT].partition("\n")[0]
        return before, behind

    def _sentence(self, index: Index) -> str:
        entity = self.entity(index)
        if entity is None:
            return ""
        return say(
            "entities.sentence",
            names=names(entity),
            label=self.label_title(entity.label),
            linked=entity.linked,
            total=entity.total,
        )

    def _context(self, mention: Span) -> str:
        before, behind = self.around(mention)
        return f"{before}[{mention.quote}]{behind} ({self.place(mention)})"


def names(entity: Entity) -> str:
    """The names of both sides."""
    sides = (" / ".join(entity.zh), " / ".join(entity.en))
    return " ↔ ".join(side for side in sides if side)
