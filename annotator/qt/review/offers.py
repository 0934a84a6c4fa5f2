"""Asking for suggestions in the background: the rows in sight first, then those ahead.

One thread works at a time, for a few milliseconds, and answers before it goes on: whoever types or scrolls
meanwhile waits for no more than one row. Nothing is asked before the window has been seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.labels import LabelSet
from annotator.core.session import Changes, Session
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, Offer
from annotator.qt.tasks import Task, run
from annotator.services.asking import Prepared, ask, prepare
from annotator.services.offering import Offering, Question

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

_BURST = 0.004
_AT_ONCE = 24
_AHEAD = 40
_SOON_MS = 10
_LEARN_MS = 2500


class Offers(QObject):
    """The suggestions in the document that a view shows."""

    changed = Signal(object)
    """`list[int] | None`: the rows at which something else is suggested now; None for all."""
    settled = Signal()
    """All that is in sight and somewhat ahead has been asked about."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._bench = view.workbench
        self.offering: Offering | None = None
        self._offers: Sequence[Offer] | None = None
        self._on = False
        self._task: Task | None = None
        self._preparing: Task | None = None
        self._sought: int | None = None
        self._troubled = False
        self._told: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._work)
        self._learn = QTimer(self, singleShot=True, interval=_LEARN_MS)
        self._learn.timeout.connect(self._prepare)
        self._bench.project_changed.connect(self._start)
        self._bench.document_changed.connect(self._show)
        self._bench.edited.connect(self._on_edited)
        view.seen.connect(self._soon.start)

    @property
    def on(self) -> bool:
        """Whether anything is suggested at all."""
        return self._on

    def turn(self, on: bool) -> None:
        """Suggest from now on, or no more."""
        if on != self._on:
            self._on = on
            self._start()

    @property
    def busy(self) -> bool:
        """Whether an answer may still come for what is in sight."""
        return self._on and (bool(self._preparing or self._task) or self._soon.isActive())

    def seek(self, row: int) -> None:
        """Ask about this row first, wherever it is."""
        self._sought = row
        self._soon.start()

    def _start(self) -> None:
        self._offers = None
        self._show()
        self._prepare()

    def _prepare(self) -> None:
        """Make the sources ready with what is known by now; until then the former ones go on."""
        self._learn.stop()
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None
        session = self._session
        if session is None:
            return
        self._preparing = run(self, _prepared, session, on_done=self._take_prepared)

    @property
    def _session(self) -> Session | None:
        session = self._bench.session
        return session if self._on and session is not None and session.read_only is None else None

    def _take_prepared(self, prepared: Prepared) -> None:
        self._preparing, self._offers = None, prepared.offers
        for sentence in prepared.troubles:
            if sentence not in self._told:
                self._told.add(sentence)
                self._bench.tell(sentence, "warning")
        if self.offering is not None:
            self.offering.expire()
        self._soon.start()

    def _show(self) -> None:
        if self._task is not None:
            self._task.cancel()
        document = self._bench.document
        shown = document is not None and self._session is not None
        self.offering = Offering(document) if shown and document is not None else None
        self._task = self._sought = None
        self.changed.emit(None)
        self._soon.start()

    def _on_edited(self, changes: Changes) -> None:
        if changes.edit.project is not None:
            self._start()
            return
        document, offering = self._bench.document, self.offering
        if document is None or offering is None:
            return
        if any(one and one.id == document.id for c in changes.edit.documents for one in (c.before, c.after)):
            self._show()
            return
        touched = [row for part in changes.of(document.id) for row in offering.apply(document, part)]
        self.changed.emit(touched)
        self._soon.start(0)
        self._learn.start()

    def _work(self) -> None:
        """Ask about the next rows, unless somebody is at it."""
        offering, session = self.offering, self._session
        if self._task is not None or offering is None or session is None or self._offers is None:
            return
        rows = self._wanted(offering)
        if not rows:
            self.settled.emit()
            return
        question = offering.question(rows[:_AT_ONCE])
        labels = session.project.label_set
        self._task = run(
            self, _asked, self._offers, question, labels, on_done=self._take, on_error=self._give_up
        )

    def _wanted(self, offering: Offering) -> list[int]:
        shown = [placed.number for placed in self._view.scene.placed()]
        here = self._view.look.current_row
        sought = [] if self._sought is None else [self._sought]
        ahead = range(shown[-1] + 1, shown[-1] + _AHEAD) if shown else range(0)
        return offering.unanswered(dict.fromkeys([*sought, here, *shown, *ahead]))

    def _take(self, result: tuple[Question, list[list[Suggestion]], Exception | None]) -> None:
        self._task = None
        question, answers, bug = result
        if self.offering is None:
            return
        rows = self.offering.take(question, answers)
        if self._sought in question.rows[: len(answers)]:
            self._sought = None
        self.changed.emit(rows)
        self._work()
        if bug is not None and not self._troubled:
            self._troubled = True
            raise bug

    def _give_up(self, sentence: str) -> None:
        self._task, self._offers = None, None
        self._bench.tell(sentence, "warning")


def _prepared(session: Session, job: Job) -> Prepared:
    documents = []
    for doc_id in session.document_ids:
        try:
            documents.append(session.document(doc_id))
        except AnnotatorError:
            # Whoever opens it is told.
            continue
    evidence = Evidence(project=session.project, documents=documents, annotator=session.annotator)
    return prepare(evidence, job)


def _asked(
    offers: Sequence[Offer], question: Question, labels: LabelSet, job: Job
) -> tuple[Question, list[list[Suggestion]], Exception | None]:
    """Answers to as many rows as a few milliseconds allow, to one at least.

    A source that fails at a row has nothing to say of it; what went wrong last comes along, to be shown once.
    """
    bug: Exception | None = None
    until = perf_counter() + _BURST
    answers: list[list[Suggestion]] = []
    for row in question.rows:
        try:
            answers.append(ask(offers, question.document, row, labels))
        except AnnotatorError:
            raise
        except Exception as error:
            answers.append([])
            bug = error
        if perf_counter() >= until or job.cancelled():
            break
    return question, answers, bug
