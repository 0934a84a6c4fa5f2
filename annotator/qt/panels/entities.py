"""The entities panel: linked and equal mentions in groups, to find, to jump to, and to see who is alone."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.document import Document
from annotator.core.labels import LabelSet
from annotator.core.messages import say
from annotator.core.session import Changes
from annotator.qt.panels.base import EmptyState, Panel, above_list, fill_choices, give_way
from annotator.qt.panels.entitydelegate import EntityDelegate
from annotator.qt.panels.entitymodel import EntityModel
from annotator.qt.panels.tree import Tree
from annotator.qt.tasks import slices, stop
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench
from annotator.services import entities as service
from annotator.services.entities import Entity

_PAUSE_MS = 250
_SPANS_A_MS = 100
"""The larger the document, the longer the panel waits for a pause in the work: it must not slow it down."""
_EVERY = 500
_FOLLOWED = 5000
"""Rows that the panel is ready to unfold to show the entity of the selected span."""

_ALL, _ALONE = "all", "alone"


class Entities(Panel):
    """All entities of the document shown, filtered; a click or Return goes from mention to mention."""

    id = "entities"
    title_key = "panel.entities"
    icon = "entities"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._entities: list[Entity] = []
        self._built_for: Document | None = None
        self._work: QTimer | None = None
        self._stale = True
        self._model = EntityModel(self)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._refresh)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._search = QLineEdit(clearButtonEnabled=True)
        self._filter = QComboBox()
        give_way(self._filter)
        self._tree = Tree(self._model, EntityDelegate, 18)
        self._tree.setUniformRowHeights(True)
        self._nothing = EmptyState("entities.empty.title", "entities.empty.text")
        self._no_match = EmptyState("entities.no_match.title", "entities.no_match.text")
        self._stack = QStackedWidget()
        for page in (self._nothing, self._no_match, self._tree):
            self._stack.addWidget(page)
        self._summary = QLabel(wordWrap=True)
        self._summary.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above_list(self._search, self._filter, self._summary))
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self._search)

    def _connect(self) -> None:
        self._search.textChanged.connect(lambda _: self._sift_soon())
        self._search.returnPressed.connect(self._into_tree)
        self._filter.currentIndexChanged.connect(lambda _: self._sift())
        self._tree.clicked.connect(self._jump)
        self._tree.confirmed.connect(self._jump)
        workbench = self.workbench
        workbench.document_changed.connect(self._refresh)
        workbench.edited.connect(self._on_edited)
        workbench.span_selected.connect(self._follow)
        themes().changed.connect(self._tree.viewport().update)
        self._sift_pause = QTimer(self, interval=120, singleShot=True)
        self._sift_pause.timeout.connect(self._sift)

    def retranslate(self) -> None:
        """Say everything again."""
        self._search.setPlaceholderText(say("entities.search"))
        self._search.setAccessibleName(say("entities.search"))
        self._filter.setAccessibleName(say("entities.filter"))
        self._tree.setAccessibleName(say(self.title_key))
        fill_choices(self._filter, [(say(f"entities.filter.{name}"), name) for name in (_ALL, _ALONE)])
        self._nothing.retranslate()
        self._no_match.retranslate()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _on_edited(self, changes: Changes) -> None:
        document = self.workbench.document
        if document is not None and (changes.of(document.id) or changes.edit.project is not None):
            self._stale = True
            self._stop()
            self._pause.start(max(_PAUSE_MS, len(document.spans) // _SPANS_A_MS))

    def _refresh(self) -> None:
        """Group the mentions anew, a slice at a time; what is shown stays until it is done."""
        self._stale = True
        self._pause.stop()
        if not self.isVisible():
            return
        document, session = self.workbench.document, self.workbench.session
        self._stop()
        self._stale = False
        if document is None or session is None or not len(document.spans):
            self._entities, self._built_for = [], document
            self._show(document, LabelSet(), [])
            return
        self._work = slices(self, self._grouping(document, session.project.label_set))

    def _grouping(self, document: Document, labels: LabelSet) -> Generator[None, None, None]:
        self._entities = yield from service.slices(document, every=_EVERY)
        self._built_for = document
        yield from self._sifting(document, labels)

    def _sift_soon(self) -> None:
        self._sift_pause.start()

    def _sift(self) -> None:
        document, session = self._built_for, self.workbench.session
        if self._stale or document is None or session is None or document is not self.workbench.document:
            self._refresh()
            return
        self._stop()
        self._work = slices(self, self._sifting(document, session.project.label_set))

    def _sifting(self, document: Document, labels: LabelSet) -> Generator[None, None, None]:
        wanted = self._search.text().strip().casefold()
        alone = self._filter.currentData() == _ALONE
        titles = {label.id: " ".join([label.id, *label.name.values()]).casefold() for label in labels}
        kept: list[Entity] = []
        for count, entity in enumerate(self._entities, 1):
            if not (alone and entity.linked == entity.total) and _matches(entity, wanted, titles):
                kept.append(entity)
            if count % _EVERY == 0:
                yield
        self._show(document, labels, kept)

    def _show(self, document: Document | None, labels: LabelSet, kept: Sequence[Entity]) -> None:
        unfolded, current = self._unfolded(), self._model.entity(self._tree.currentIndex())
        top = self._tree.verticalScrollBar().value()
        same = self._model.document is not None and document is not None
        self._model.put(document, labels, kept)
        self._stack.setCurrentIndex(2 if kept else 1 if self._entities else 0)
        self._search.setEnabled(bool(self._entities))
        self._filter.setEnabled(bool(self._entities))
        self._tell(kept)
        if same and self._model.document is not None:
            self._restore(unfolded, current.mentions[0] if current else "", top)
        self._follow(self.workbench.selected)

    def _unfolded(self) -> set[str]:
        """A mention of every entity whose mentions are shown."""
        model, tree = self._model, self._tree
        indexes = (model.index(row, 0) for row in range(model.rowCount()))
        open_ones = (model.entity(index) for index in indexes if tree.isExpanded(index))
        return {entity.mentions[0] for entity in open_ones if entity is not None}

    def _restore(self, unfolded: set[str], current: str, top: int) -> None:
        if not unfolded and not current:
            return
        for row, entity in enumerate(self._model.entities[:_FOLLOWED]):
            if unfolded and not unfolded.isdisjoint(entity.mentions):
                self._tree.expand(self._model.reach(row))
            if current and current in entity.mentions:
                self._tree.setCurrentIndex(self._model.reach(row))
        self._tree.verticalScrollBar().setValue(top)

    def _tell(self, kept: Sequence[Entity]) -> None:
        alone = sum(entity.total - entity.linked for entity in kept)
        key = "entities.summary" if alone else "entities.summary.all_linked"
        self._summary.setText(say(key, entities=len(kept), alone=alone))
        self._summary.setVisible(bool(kept))

    def _stop(self) -> None:
        stop(self._work)
        self._work = None

    def _into_tree(self) -> None:
        if self._model.rowCount():
            self._tree.setFocus(Qt.FocusReason.TabFocusReason)
            self._tree.setCurrentIndex(self._model.index(0, 0))

    def _jump(self, index: QModelIndex) -> None:
        entity, mention = self._model.entity(index), self._model.mention(index)
        document = self.workbench.document
        if entity is None or document is None:
            return
        target = mention.id if mention else next_mention(entity, self.workbench.selected)
        if target in document.spans:
            self.workbench.select(target, reveal=True)

    def _follow(self, span_id: str | None) -> None:
        """Bring the entity of the span that was selected elsewhere into sight."""
        if span_id is None or not self.isVisible():
            return
        current = self._model.entity(self._tree.currentIndex())
        if current is not None and span_id in current.mentions:
            return
        span = self.workbench.span
        for row, entity in enumerate(self._model.entities[:_FOLLOWED]):
            # The names are few, the mentions may be many.
            named = span is not None and span.quote in (entity.zh if span.side == "zh" else entity.en)
            if named and span_id in entity.mentions:
                index = self._model.reach(row)
                self._tree.setCurrentIndex(index)
                self._tree.scrollTo(index)
                return


def next_mention(entity: Entity, selected: str | None) -> str:
    """The mention behind the selected one, or the first; after the last the first again."""
    if selected not in entity.mentions:
        return entity.mentions[0]
    return entity.mentions[(entity.mentions.index(selected) + 1) % entity.total]


def _matches(entity: Entity, wanted: str, titles: dict[str, str]) -> bool:
    if not wanted:
        return True
    if wanted in titles.get(entity.label, entity.label.casefold()):
        return True
    return any(wanted in name.casefold() for name in (*entity.zh, *entity.en))
