"""Asking for suggestions in the background: the rows in sight first, then those ahead, then the rest.

One thread works at a time, for a few milliseconds, and answers before it goes on: whoever types or scrolls
meanwhile waits for no more than one row. Nothing is asked before the window has been seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.labels import LabelSet
from annotator.core.session import Changes, Session
from annotator.extend import Evidence, Offer
from annotator.qt.review.scan import Scan
from annotator.qt.tasks import Task, run
from annotator.services.asking import Answer, Prepared, ask, failed, prepare
from annotator.services.offering import Offering, Question
from annotator.services.training import models_folder

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

_BURST = 0.004
_AT_ONCE = 24
_AHEAD = 40
_SOON_MS = 10
_AFTER_EDIT = 0.06
"""What an edit decides or makes untrue goes at once; what else it makes likely may come a moment later."""
_BETWEEN_MS = 12
"""Pause between two bursts of work that nobody waits for."""
_FIRST_MS = 300
"""A project that was just opened is first looked at: the sources load a second's worth of tables."""
_LEARN_MS = 2500
_LESSONS = 12
"""Decisions after which the sources learn anew, at the next pause in the work."""
_BY_ITSELF = 2000
"""Documents of up to so many rows are looked through without being asked to."""


class Offers(QObject):
    """The suggestions in the document that a view shows, and in others that were looked through."""

    changed = Signal(object)
    """`list[int] | None`: the rows at which something else is suggested now; None for all."""
    scanning = Signal(object)
    """`Scan`: documents begin to be looked through."""
    noticed = Signal(str)
    """A source has something to say; from whichever thread."""
    found = Signal()
    """Something else is suggested than before, in whichever document."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._bench = view.workbench
        self.offering: Offering | None = None
        self.offerings: dict[str, Offering] = {}
        self._offers: Mapping[str, Offer] | None = None
        self._on = False
        self._task: Task | None = None
        self._preparing: Task | None = None
        self._scan: Scan | None = None
        self._sought: int | None = None
        self._edited = 0.0
        self._lessons = 0
        self._told: set[str] = set()
        self.kept: Mapping[str, Mapping[str, Any]] = {}
        """Options that the user set, by source."""
        self.addresses: frozenset[str] = frozenset()
        """Where the user allows texts to be sent."""
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._work)
        self._rest = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._rest.timeout.connect(self._work_on)
        self._first = QTimer(self, singleShot=True, interval=_FIRST_MS)
        self._first.timeout.connect(self._prepare)
        self._learn = QTimer(self, singleShot=True, interval=_LEARN_MS)
        self._learn.timeout.connect(self._prepare)
        self._bench.project_changed.connect(self._start)
        self._bench.document_changed.connect(self._show)
        self._bench.edited.connect(self._on_edited)
        self.noticed.connect(self._tell)
        if self._bench.knowledge is not None:
            self._bench.knowledge.changed.connect(self._renew)
        view.seen.connect(self._soon.start)

    @property
    def on(self) -> bool:
        """Whether anything is suggested at all."""
        return self._on

    def set_up(self, kept: Mapping[str, Mapping[str, Any]], addresses: Iterable[str]) -> None:
        """Use these options of sources, and send texts nowhere but to these addresses."""
        allowed = frozenset(addresses)
        if (kept, allowed) != (self.kept, self.addresses):
            self.kept, self.addresses = kept, allowed
            self._told.clear()
            if self._on:
                self._start()

    def turn(self, on: bool) -> None:
        """Suggest from now on, or no more."""
        if on != self._on:
            self._on = on
            self._start()

    def ask_again(self) -> None:
        """Ask about all rows anew: the sources know more than before."""
        for offering in self.offerings.values():
            offering.expire()
        self._soon.start()

    @property
    def busy(self) -> bool:
        """Whether an answer may still come for what is in sight."""
        if not self._on or self._session is None:
            return False
        if self._preparing is not None or self._soon.isActive() or self._first.isActive():
            return True
        return self._offers is not None and self.offering is not None and bool(self._wanted(self.offering))

    @property
    def scan(self) -> Scan | None:
        """What is being looked through."""
        return self._scan

    @property
    def ready(self) -> Mapping[str, Offer]:
        """The sources that can be asked, by name."""
        return self._offers or {}

    def seek(self, row: int) -> None:
        """Ask about this row first, wherever it is."""
        self._sought = row
        self._soon.start()

    def look_through(self, documents: Iterable[str]) -> None:
        """Ask about every row of these documents that nothing is known of, when there is time."""
        session = self._session
        if session is None:
            return
        if self._scan is not None:
            self._scan.cancel()
        chosen = [doc_id for doc_id in documents if doc_id in session.document_ids]
        sizes = [self._size(session, doc_id) for doc_id in chosen]
        self._scan = Scan(chosen, sizes, self._offering_of)
        self.scanning.emit(self._scan)
        self._soon.start()

    def unknown(self, documents: Iterable[str]) -> bool:
        """Whether some of these documents have rows that were not asked about, and nobody is about to."""
        if self._session is None or self._scan is not None:
            return False
        known = (self.offerings.get(doc_id) for doc_id in documents)
        return any(one is None or not one.complete for one in known)

    def _size(self, session: Session, doc_id: str) -> int:
        return len(session.document(doc_id).pairs) if session.loaded(doc_id) else 1

    def _offering_of(self, doc_id: str) -> Offering | None:
        session = self._session
        if session is None:
            return None
        try:
            document = session.document(doc_id)
        except AnnotatorError as error:
            self._bench.tell(str(error), "warning")
            return None
        found = self.offerings.get(doc_id)
        if found is None or found.document is not document:
            found = self.offerings[doc_id] = Offering(document)
        return found

    def _start(self) -> None:
        self._offers = None
        self.offerings.clear()
        self._show()
        if self._session is not None:
            self._first.start()

    def _prepare(self) -> None:
        """Make the sources ready with what is known by now; until then the former ones go on."""
        self._first.stop()
        self._learn.stop()
        self._lessons = 0
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None
        session = self._session
        if session is None:
            return
        args = session, self.evidence(session), self._offers, self.kept, self.noticed.emit
        self._preparing = run(self, _prepared, *args, on_done=self._take_prepared, aside=True)

    def _renew(self) -> None:
        """Make all sources ready anew, those too that learn by themselves."""
        self._offers = None
        self._prepare()

    def evidence(self, session: Session) -> Evidence:
        """What sources may know, but for the documents."""
        keeper = self._bench.knowledge
        folder = keeper.project_folder if keeper is not None else None
        return Evidence(
            project=session.project,
            annotator=session.annotator,
            glosses=keeper.glosses() if keeper is not None else None,
            folder=models_folder(folder) if folder is not None else None,
            addresses=self.addresses,
        )

    @property
    def _session(self) -> Session | None:
        session = self._bench.session
        return session if self._on and session is not None and session.read_only is None else None

    def _take_prepared(self, prepared: Prepared) -> None:
        self._preparing, self._offers = None, prepared.offers
        for sentence in prepared.troubles:
            self._tell(sentence)
        self.ask_again()

    def _show(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._scan is not None:
            self._scan.cancel()
        self._task = self._sought = self._scan = None
        document, session = self._bench.document, self._session
        self.offering = None
        if document is not None and session is not None:
            self.offering = self._offering_of(document.id)
            if len(document.pairs) <= _BY_ITSELF:
                self.look_through([document.id])
        self.changed.emit(None)
        self.found.emit()
        self._soon.start()

    def _on_edited(self, changes: Changes) -> None:
        if changes.edit.project is not None:
            self._start()
            return
        if changes.edit.documents:
            self._forget(changes)
        session = self._session
        if session is None:
            return
        for doc_id in {part.doc for part in changes.edit.parts} & self.offerings.keys():
            self._follow(self.offerings[doc_id], session.document(doc_id), changes)
        self._lessons += sum(len(part.spans) + len(part.rejected) for part in changes.edit.parts)
        self.found.emit()
        self._edited = perf_counter()
        self._soon.start()
        if self._lessons >= _LESSONS:
            self._learn.start()

    def _follow(self, offering: Offering, document: Document, changes: Changes) -> None:
        parts = changes.of(document.id)
        touched = [offering.apply(document, part) for part in parts]
        if offering is self.offering:
            everywhere = any(rows is None for rows in touched)
            self.changed.emit(None if everywhere else [row for rows in touched for row in rows or ()])

    def _forget(self, changes: Changes) -> None:
        ids = {one.id for change in changes.edit.documents for one in (change.before, change.after) if one}
        for doc_id in ids:
            self.offerings.pop(doc_id, None)
        if self._bench.document_id in ids:
            self._show()

    # Asking

    def _work(self) -> None:
        """Ask about the next rows in sight, unless somebody is at it; when there are none, about the rest."""
        offering = self.offering
        if self._task is not None or self._offers is None or self._session is None:
            return
        if perf_counter() < self._edited + _AFTER_EDIT:
            self._soon.start()
            return
        rows = self._wanted(offering) if offering is not None else []
        if offering is not None and rows:
            self._put(offering, rows)
        elif self._scan is not None:
            self._rest.start()

    def _work_on(self) -> None:
        if self._task is not None or self._scan is None:
            return
        found = self._scan.next()
        if found is None:
            self._scan = None
        else:
            self._put(*found, aside=True)

    def _put(self, offering: Offering, rows: list[int], *, aside: bool = False) -> None:
        session = self._session
        if session is None or self._offers is None:
            return
        question = offering.question(rows[:_AT_ONCE])
        args = self._offers, question, session.project.label_set
        self._task = run(self, _asked, *args, on_done=self._take, aside=aside)

    def _wanted(self, offering: Offering) -> list[int]:
        shown = [placed.number for placed in self._view.scene.placed()]
        here = self._view.look.current_row
        sought = [] if self._sought is None else [self._sought]
        ahead = range(shown[-1] + 1, shown[-1] + _AHEAD) if shown else range(0)
        return offering.unanswered(dict.fromkeys([*sought, here, *shown, *ahead]))

    def _take(self, result: tuple[Question, list[Answer]]) -> None:
        self._task = None
        question, answers = result
        offering = self.offerings.get(question.document.id)
        if offering is None:
            return
        found, twins = [one.found for one in answers], [one.twins for one in answers]
        rows = offering.take(question, found, twins)
        if offering is self.offering:
            if self._sought in question.rows[: len(answers)]:
                self._sought = None
            self.changed.emit(rows)
        if rows:
            self.found.emit()
        failures = {name: error for answer in answers for name, error in answer.failures.items()}
        self._leave_out(failures)
        self._work()
        for error in failures.values():
            if not isinstance(error, AnnotatorError):
                raise error

    def _leave_out(self, failures: Mapping[str, Exception]) -> None:
        """What fails is not asked again before it has been made ready anew."""
        if not failures or self._offers is None:
            return
        self._offers = {name: offer for name, offer in self._offers.items() if name not in failures}
        for name, error in failures.items():
            if isinstance(error, AnnotatorError):
                self._tell(failed(name, error))

    def _tell(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._bench.tell(sentence, "warning")


def _prepared(
    session: Session,
    evidence: Evidence,
    former: Mapping[str, Offer] | None,
    setups: Mapping[str, Any],
    notice: Callable[[str], None],
    job: Job,
) -> Prepared:
    documents = [session.document(doc_id) for doc_id in session.document_ids if session.loaded(doc_id)]
    return prepare(replace(evidence, documents=documents), job, former, setups, notice)


def _asked(
    offers: Mapping[str, Offer], question: Question, labels: LabelSet, job: Job
) -> tuple[Question, list[Answer]]:
    """Answers to as many rows as a few milliseconds allow, to one at least."""
    until = perf_counter() + _BURST
    answers: list[Answer] = []
    for row in question.rows:
        answers.append(ask(offers, question.document, row, labels))
        if perf_counter() >= until or job.cancelled():
            break
    return question, answers
