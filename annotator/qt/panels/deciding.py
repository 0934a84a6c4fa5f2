"""What the queue does with suggestions: accepts, rejects, or takes decisions back, in one edit each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.messages import say
from annotator.qt.panels.base import attempt
from annotator.qt.panels.bulk import Bulk
from annotator.qt.workbench import Workbench
from annotator.services.annotate import remove
from annotator.services.deciding import accepting_all, allow_all, rejecting_all, with_counterparts
from annotator.services.queueing import Entry
from annotator.services.suggesting import Steps, finished

_FEW = 2000
"""More than so many are decided step by step, so that the window answers meanwhile."""


class Decider(QObject):
    """Decides entries of whichever documents of the workbench's session."""

    decided = Signal(object, object)
    """`Sequence[Entry]`, `Changes`: these were decided, and by what."""

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._bulk: Bulk | None = None

    def accept(self, entries: Sequence[Entry], label: str | None = None, *, both: bool = True) -> None:
        """Annotate open entries and, with `both`, what is open at their counterparts; they are linked."""
        review, by = self._workbench.review, self._workbench.annotator
        offerings = review.offers.offerings if review is not None else {}
        link_type = review.link_type if review is not None else "SAME"

        def build(documents: Sequence[Document]) -> Steps[Edit]:
            every, joined = yield from with_counterparts(offerings, entries, both=both)
            steps = accepting_all(documents, every, by=by, link_type=link_type, label=label, joined=joined)
            edit = yield from steps
            return edit

        self._decide(entries, build)

    def reject(self, entries: Sequence[Entry]) -> None:
        """Turn open entries down."""
        by = self._workbench.annotator
        self._decide(entries, lambda documents: rejecting_all(documents, entries, by=by))

    def allow(self, entries: Sequence[Entry]) -> None:
        """Let rejected entries be suggested again."""
        self._decide(entries, lambda documents: _at_once(allow_all(documents, entries)))

    def remove(self, entries: Sequence[Entry]) -> None:
        """Take away the annotations that came of accepted entries; those of one document at a time."""
        ids = [entry.id for entry in entries if entry.doc == entries[0].doc]
        self._decide(entries, lambda documents: _at_once(remove(documents[0], ids)))

    def _decide(self, entries: Sequence[Entry], build: Callable[[Sequence[Document]], Steps[Edit]]) -> None:
        session = self._workbench.session
        if session is None or not entries or self._bulk is not None:
            return
        documents = [session.document(one) for one in dict.fromkeys(entry.doc for entry in entries)]
        if len(entries) < _FEW:
            self._do(entries, lambda: finished(build(documents)))
            return
        done = self._done(documents, entries)
        self._bulk = Bulk(self, build(documents), 2 * len(entries), done)
        self._bulk.failed.connect(lambda sentence: self._workbench.tell(sentence, "warning"))
        self._bulk.ended.connect(self._end)
        self._workbench.working.emit(self._bulk, say("queue.deciding"))
        self._bulk.begin()

    def _done(self, documents: Sequence[Document], entries: Sequence[Entry]) -> Callable[[Edit], None]:
        def do(edit: Edit) -> None:
            if all(self._is_now(document) for document in documents):
                self._do(entries, lambda: edit)
            else:
                self._workbench.tell(say("queue.overtaken"), "warning")

        return do

    def _is_now(self, document: Document) -> bool:
        session = self._workbench.session
        known = session is not None and document.id in session.document_ids
        return session is not None and known and session.document(document.id) is document

    def _do(self, entries: Sequence[Entry], build: Callable[[], Edit]) -> None:
        changes = attempt(self._workbench, build)
        if changes is not None:
            self.decided.emit(entries, changes)

    def _end(self) -> None:
        self._bulk = None


def _at_once(edit: Edit) -> Steps[Edit]:
    yield from ()
    return edit
