"""The entities of a document as a tree for Qt: entities, and below each its mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.span import Span
from annotator.qt.panels.groupedmodel import BatchedModel, Index, around
from annotator.services.entities import Entity

ENTITY = Qt.ItemDataRole.UserRole
MENTION = Qt.ItemDataRole.UserRole + 1

_BATCH = 500
_CONTEXT = 24


class EntityModel(BatchedModel):
    """Entities on top, their mentions below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_BATCH, parent)
        self.document: Document | None = None
        self.labels = LabelSet()
        self._entities: Sequence[Entity] = ()

    def put(self, document: Document | None, labels: LabelSet, entities: Sequence[Entity]) -> None:
        """Show other entities."""
        self.beginResetModel()
        self.document, self.labels, self._entities = document, labels, entities
        self.show_first()
        self.endResetModel()

    @property
    def entities(self) -> Sequence[Entity]:
        """All of them, shown yet or not."""
        return self._entities

    def entity(self, index: Index) -> Entity | None:
        """The entity at `index`, or the one whose mention stands there."""
        row = self.group_row(index)
        return None if row is None else self._entities[row]

    def mention(self, index: Index) -> Span | None:
        """The mention at `index`; None on an entity."""
        entity = self.entity(index)
        if entity is None or not index.internalId() or self.document is None:
            return None
        return self.document.spans.get(entity.mentions[index.row()])

    def total(self) -> int:
        return len(self._entities)

    def member_count(self, row: int) -> int:
        return len(self._entities[row].mentions)

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
        return self.labels.title(label_id, language())

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
        return around(text, mention.start, mention.end, _CONTEXT)

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
