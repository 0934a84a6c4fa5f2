"""The queue: all that is suggested in one list, decided text by text or from a score on."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.commands import COMMANDS
from annotator.core.document import Document
from annotator.core.messages import say
from annotator.core.session import Changes, Session
from annotator.qt.panels.base import EmptyState, Panel
from annotator.qt.panels.deciding import Decider
from annotator.qt.panels.queuefilter import QueueFilter
from annotator.qt.panels.queuemodel import QueueModel
from annotator.qt.panels.queuetree import QueueTree
from annotator.qt.panels.scores import Scores
from annotator.qt.panels.thresholdbuttons import ThresholdButtons
from annotator.qt.review.offers import Offers
from annotator.qt.tasks import slices, stop
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench
from annotator.services.queueing import (
    Entry,
    Group,
    Spread,
    decided_entries,
    grouped,
    names,
    open_entries,
    percent,
)

_PAUSE_MS = 250
_ENTRIES_A_MS = 100
"""The longer the queue, the longer it waits for a pause in the work before it is made anew."""
_FOLLOWED = 300
_LOW = 28
"""Lines of a panel below which it is low."""


class Review(Panel):
    """All suggestions of the document or of the project, filtered and grouped."""

    id = "review"
    title_key = "panel.review"
    icon = "review"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._spread = Spread()
        self._work: QTimer | None = None
        self._decider = Decider(workbench, self)
        self._pending: Entry | None = None
        self._model = QueueModel(self._document, self)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.refresh)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.filter, self.scores = QueueFilter(), Scores()
        self.tree = QueueTree(self._model, self._key_of)
        self.buttons, self.look = ThresholdButtons(), QPushButton()
        self._summary = QLabel(wordWrap=True)
        self._summary.setProperty("role", "muted")
        self._nothing = EmptyState("queue.empty.title", "queue.empty.text")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.tree)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 6, 12, 10)
        foot.setSpacing(6)
        foot.addWidget(self.scores)
        foot.addWidget(self.buttons)
        foot.addWidget(self.look)
        summary = QVBoxLayout()
        summary.setContentsMargins(12, 0, 12, 6)
        summary.addWidget(self._summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filter)
        layout.addLayout(summary)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        self.filter.changed.connect(self.refresh)
        self.filter.scope_changed.connect(self._change_scope)
        self.scores.changed.connect(lambda _: self._tell_threshold())
        self.buttons.above.clicked.connect(self.accept_above)
        self.buttons.below.clicked.connect(self.reject_below)
        self._decider.decided.connect(self._after)
        self.look.clicked.connect(self._look_through)
        self.tree.command.connect(self._command)
        self.tree.label_key.connect(self._label_key)
        self.tree.moved.connect(self._show_place)
        self.tree.confirmed.connect(self._confirm)
        workbench = self.workbench
        workbench.review_begun.connect(self._begin)
        workbench.document_changed.connect(self._on_document)
        workbench.edited.connect(lambda _: self._soon())
        themes().changed.connect(self.tree.viewport().update)
        if workbench.review is not None:
            self._begin()

    def _begin(self) -> None:
        offers = self._offers
        if offers is not None:
            offers.found.connect(self._soon)
            self.refresh()

    @property
    def _offers(self) -> Offers | None:
        return self.workbench.review.offers if self.workbench.review is not None else None

    def retranslate(self) -> None:
        """Say everything again."""
        self.filter.retranslate()
        self.scores.retranslate()
        self._nothing.retranslate()
        self.tree.setAccessibleName(say(self.title_key))
        self.look.setText(say("queue.look_through"))
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list needs the room most."""
        super().resizeEvent(event)
        low = self.height() < _LOW * self.fontMetrics().height()
        self.scores.shorten(low)
        self.filter.shorten(low)

    # What is shown

    @property
    def groups(self) -> Sequence[Group]:
        """What is listed."""
        return self._model.groups

    @property
    def summary(self) -> str:
        """How much that is, in words."""
        return self._summary.text()

    @property
    def settled(self) -> bool:
        """Whether what is listed is what is suggested."""
        return self._work is None and not self._pause.isActive()

    def _soon(self) -> None:
        if self.isVisible() and not self._pause.isActive():
            self._pause.start(max(_PAUSE_MS, self._spread.total // _ENTRIES_A_MS))

    def refresh(self) -> None:
        """Gather the queue anew, a slice at a time; what is shown stays until it is done."""
        self._pause.stop()
        self._stop()
        session = self.workbench.session
        if not self.isVisible() or session is None:
            return
        self._work = slices(self, self._gathering(session, self._documents(session)))

    def _documents(self, session: Session) -> list[str]:
        if self.filter.whole_project:
            return [one for one in session.document_ids if session.loaded(one)]
        return [self.workbench.document_id] if self.workbench.document_id else []

    def _gathering(self, session: Session, doc_ids: Sequence[str]) -> Generator[None, None, None]:
        wanted, entries, spread = self.filter.wanted, [], Spread()
        sources: dict[str, None] = {}
        for place, doc_id in enumerate(doc_ids):
            for batch in self._batches(session, doc_id, place):
                for entry in batch:
                    sources.update(dict.fromkeys(names(entry.suggestion.source)))
                    if wanted.fits(entry.suggestion):
                        entries.append(entry)
                        spread.add(entry)
                yield
        groups = yield from grouped(entries, self.filter.sort)
        self._spread = spread
        self.filter.show_choices(session.project.label_set, sorted(sources))
        self._put(session, groups)
        self._work = None

    def _batches(self, session: Session, doc_id: str, place: int) -> Iterator[list[Entry]]:
        if self.filter.state != "open":
            return decided_entries(session.document(doc_id), self.filter.state, place)
        offering = self._offers.offerings.get(doc_id) if self._offers is not None else None
        return open_entries(offering, place) if offering is not None else iter(())

    def _put(self, session: Session, groups: list[Group]) -> None:
        here = self.tree.currentIndex()
        current, row = self._model.group(here), self._model.group_row(here) or 0
        top = self.tree.verticalScrollBar().value()
        slices(self, _let_go(self._model.put(session.project.label_set, groups)))
        self._stack.setCurrentIndex(1 if groups else 0)
        if current is not None:
            self._restore(_said(current), row)
            self.tree.verticalScrollBar().setValue(top)
        self._tell()

    def _restore(self, said: tuple[str, str, str], row: int) -> None:
        """Stay at the same text, or where it stood if it is gone."""
        groups = self._model.groups
        same = (at for at, group in enumerate(groups[:_FOLLOWED]) if _said(group) == said)
        there = next(same, min(row, len(groups) - 1))
        if there >= 0:
            self.tree.setCurrentIndex(self._model.reach(there))

    def _tell(self) -> None:
        is_open = self.filter.state == "open"
        self.scores.show_counts(self._spread.bins)
        key = "queue.summary" if is_open else f"queue.summary.{self.filter.state}"
        self._summary.setText(say(key, count=self._spread.total, groups=len(self._model.groups)))
        for one in (self.scores, self.buttons):
            one.setVisible(is_open and bool(self._spread.total))
        offers = self._offers
        self.look.setVisible(is_open and offers is not None and offers.unknown(self._all_documents()))
        self._tell_threshold()

    def _tell_threshold(self) -> None:
        threshold = self.scores.threshold
        above = self._spread.at_least(threshold)
        self.buttons.show_counts(above, self._spread.total - above, threshold)

    def _all(self) -> Iterator[Entry]:
        return (entry for group in self._model.groups for entry in group.entries)

    def _stop(self) -> None:
        stop(self._work)
        self._work = None

    # Scope

    def _all_documents(self) -> list[str]:
        session = self.workbench.session
        if session is None:
            return []
        if self.filter.whole_project:
            return list(session.document_ids)
        return [self.workbench.document_id] if self.workbench.document_id else []

    def _change_scope(self) -> None:
        if self.filter.whole_project:
            self._look_through()
        self.refresh()

    def _look_through(self) -> None:
        if self._offers is not None:
            self._offers.look_through(self._all_documents())
            self.look.hide()

    # Deciding

    def accept_above(self) -> None:
        """Accept all whose score reaches the threshold, as one step."""
        chosen = [one for one in self._all() if percent(one) >= self.scores.threshold]
        self._decider.accept(chosen, both=False)

    def reject_below(self) -> None:
        """Turn down all whose score does not reach it, as one step."""
        self._decider.reject([one for one in self._all() if percent(one) < self.scores.threshold])

    def _command(self, command: str) -> None:
        state, chosen = self.filter.state, self._model.chosen(self.tree.currentIndex())
        if not chosen:
            return
        if command in ("accept_pair", "reject_pair"):
            pair = chosen[0].doc, chosen[0].row
            chosen = tuple(one for one in self._all() if (one.doc, one.row) == pair)
        accepts = command.startswith("accept")
        if state == "open":
            self._decider.accept(chosen) if accepts else self._decider.reject(chosen)
        elif state == "rejected" and accepts:
            self._decider.allow(chosen)
        elif state == "accepted" and not accepts:
            self._decider.remove(chosen)

    def _label_key(self, key: str) -> None:
        session = self.workbench.session
        labels = session.project.labels if session is not None else ()
        label = next((one.id for one in labels if one.key and one.key.casefold() == key.casefold()), None)
        if label is not None and self.filter.state == "open":
            self._decider.accept(self._model.chosen(self.tree.currentIndex()), label)

    def _after(self, entries: Sequence[Entry], changes: Changes) -> None:
        """What was decided, and what was accepted with it, leaves the list at once."""
        row = self._model.group_row(self.tree.currentIndex())
        places = {(one.doc, one.suggestion.key) for one in entries}
        for part in changes.edit.parts:
            made = (change.after for change in part.spans if change.after is not None)
            places.update((part.doc, (one.side, one.start, one.end, one.label)) for one in made)
        gone = self._model.settled(places)
        if row is not None and row in gone:
            self._leave_out(gone, row)
        else:
            self.refresh()

    def _leave_out(self, gone: Sequence[int], row: int) -> None:
        """Take the groups at these rows out: what stood below takes the place of the one at `row`."""
        for one in reversed(gone):
            for entry in self._model.groups[one].entries:
                self._spread.add(entry, -1)
            self._model.take(one)
        self._tell()
        there = row - sum(one < row for one in gone)
        if self._model.groups:
            self.tree.go(self._model.reach(min(there, len(self._model.groups) - 1)))
        else:
            self._stack.setCurrentIndex(0)

    # Places

    def _show_place(self, index: QModelIndex) -> None:
        """Show in the text what the user went to in the list."""
        entry = self._model.entry(index)
        if entry is not None and entry.doc == self.workbench.document_id:
            self._go(entry)

    def _confirm(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if entry is None:
            return
        if entry.doc == self.workbench.document_id:
            self._go(entry)
            self.workbench.text_wanted.emit()
        else:
            self._pending = entry
            self.workbench.document_wanted.emit(entry.doc)

    def _go(self, entry: Entry) -> None:
        review = self.workbench.review
        if entry.id and self.filter.state == "accepted":
            self.workbench.select(entry.id, reveal=True)
        elif review is not None:
            review.go(entry.suggestion)

    def _on_document(self) -> None:
        entry, self._pending = self._pending, None
        self.refresh()
        if entry is not None and entry.doc == self.workbench.document_id:
            # The one who opens the document puts the caret where it was left.
            QTimer.singleShot(0, self, lambda: self._go(entry))

    def _document(self, doc_id: str) -> Document | None:
        session = self.workbench.session
        loaded = session is not None and doc_id in session.document_ids and session.loaded(doc_id)
        return session.document(doc_id) if session is not None and loaded else None

    def _key_of(self, command_id: str) -> str:
        review = self.workbench.review
        return review.key_of(command_id) if review is not None else COMMANDS[command_id].keys[0]


def _let_go(groups: list[Group]) -> Iterator[None]:
    """Free many objects a few at a time."""
    while groups:
        del groups[-200:]
        yield


def _said(group: Group) -> tuple[str, str, str]:
    one = group.first.suggestion
    return one.side, one.quote, one.label
