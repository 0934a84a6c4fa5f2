"""Keeps the problems of the document shown up to date, whenever there is nothing else to do."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.session import Changes, Session
from annotator.qt.tasks import Task, run, slices, stop
from annotator.qt.workbench import Workbench

if TYPE_CHECKING:
    from annotator.core.labels import Label
    from annotator.language.words import Words
    from annotator.services.problems import Checker, Knowledge, Names, Problem

    Counted = dict[str, tuple[Document, tuple[Label, ...], Names]]
    """The names of each other document, with the document and the labels that they were counted by."""

_PAUSE_MS = 300
_OPENED_MS = 1200
"""A document that has just come into view is left in peace for so long."""
_UNASKED = 20_000
"""Pairs of a document that is checked only when somebody wants to see its problems."""
_EVERY = 400


class ProblemWatch(QObject):
    """The problems of the document shown: those open and those dismissed, in the order of the text."""

    changed = Signal()
    """Other problems are known, or how far the check is."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.problems: list[Problem] = []
        self.dismissed: list[Problem] = []
        self.complete = False
        """Whether all of the document has been looked at; until then the lists are those of before."""
        self._bench = workbench
        self._checker: Checker | None = None
        self._parts: list[DocumentEdit] = []
        self._elsewhere: Counted = {}
        self._work: QTimer | None = None
        self._task: Task | None = None
        self._wanted = False
        self._said = -1
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._go)
        workbench.project_changed.connect(self._begin)
        workbench.document_changed.connect(self._begin)
        workbench.edited.connect(self._on_edited)
        self._begin()

    @property
    def document(self) -> Document | None:
        """The document that the problems are of, as it was when they were found."""
        return self._checker.document if self._checker else None

    @property
    def progress(self) -> int:
        """How far the check is, in per cent."""
        checker = self._checker
        if checker is None or checker.document is None:
            return 0
        return 100 - min(100, 100 * checker.left // max(1, 2 * len(checker.document.pairs)))

    @property
    def waiting(self) -> bool:
        """Whether the check waits until it is asked for, since the document is large."""
        document = self._bench.document
        return document is not None and len(document.pairs) > _UNASKED and not self._wanted

    def want(self) -> None:
        """Somebody wants to see the problems: check a large document too."""
        if self.waiting:
            self._wanted = True
            self._pause.start(0)
        self._wanted = True

    def knowledge(self) -> Knowledge | None:
        """What fixes may ask for."""
        from annotator.services.problems import Knowledge

        session = self._bench.session
        return Knowledge(session.project.label_set, self._bench.words) if session else None

    def mending(self, problems: list[Problem]) -> Edit:
        """The edit that mends these problems.

        Raises:
            AnnotatorError: if none of them can be mended.
        """
        from annotator.services.problems import mend

        document, knowledge = self._bench.document, self.knowledge()
        if document is None or knowledge is None:
            raise AnnotatorError("error.no_fix")
        return mend(document, problems, knowledge, by=self._bench.annotator)

    def mend_many(self, problems: list[Problem]) -> Task | None:
        """Mend in the background and do it as one step, unless the document has changed meanwhile."""
        from annotator.services.problems import mend

        document, knowledge, bench = self._bench.document, self.knowledge(), self._bench
        if document is None or knowledge is None:
            return None

        def do(edit: Edit) -> None:
            if bench.document is document:
                bench.do(edit)
            else:
                bench.tell(say("problems.changed_meanwhile"), "warning")

        work = partial(mend, by=bench.annotator)
        refuse = partial(bench.tell, level="warning")
        return run(self, work, document, problems, knowledge, on_done=do, on_error=refuse)

    def _begin(self) -> None:
        """Another document: everything from the start."""
        self._stop()
        self._checker, self._parts = None, []
        self.problems, self.dismissed, self.complete = [], [], False
        self.changed.emit()
        if self._bench.document is not None:
            self._pause.start(_OPENED_MS)

    def _on_edited(self, changes: Changes) -> None:
        document = self._bench.document
        if document is None:
            return
        self._stop()
        self._parts += changes.of(document.id)
        if _elsewhere(changes, document.id):
            self._checker = None
        self._pause.start(_PAUSE_MS)

    def _go(self) -> None:
        """Take up the work, or put it off until words are known."""
        document, session = self._bench.document, self._bench.session
        if document is None or session is None or self.waiting:
            return
        if not self._bench.words.ready:
            self._pause.start(_PAUSE_MS)
            return
        if self._checker is None:
            self._parts = []
            work = partial(_prepared, self._elsewhere)
            args = session, document.id, self._bench.words
            self._task = run(self, work, *args, on_done=self._start, aside=True)
            return
        parts, self._parts = self._parts, []
        self._work = slices(self, self._steps(self._checker.follow(document, parts)))

    def _start(self, checker: Checker) -> None:
        document = self._bench.document
        self._task = None
        if document is None:
            return
        self._parts = []
        self._checker = checker
        self._work = slices(self, self._steps(self._checker.check(document)))

    def _steps(self, work: Generator[None, None, None]) -> Generator[None, None, None]:
        for _ in work:
            self._tell_progress()
            yield
        yield from self._list()

    def _tell_progress(self) -> None:
        if not self.complete and self.progress != self._said:
            self._said = self.progress
            self.changed.emit()

    def _list(self) -> Generator[None, None, None]:
        checker = self._checker
        if checker is None or checker.document is None:
            return
        put_away = checker.document.dismissed
        still_open: list[Problem] = []
        dismissed: list[Problem] = []
        for count, problem in enumerate(checker.found(), 1):
            there = dismissed if put_away and problem.key in put_away else still_open
            there.append(problem)
            if count % _EVERY == 0:
                yield
        self.problems, self.dismissed, self.complete = still_open, dismissed, True
        self.changed.emit()

    def _stop(self) -> None:
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        stop(self._work)
        self._work = None


def watch_of(workbench: Workbench) -> ProblemWatch:
    """The watch of this workbench; made when it is first asked for."""
    return workbench.findChild(ProblemWatch) or ProblemWatch(workbench)


def count_in_words(count: int) -> str:
    """So many problems."""
    return say("problems.count", count=f"{count:,}")


def _elsewhere(changes: Changes, doc_id: str) -> bool:
    """Whether labels or other documents changed, which all names are held against."""
    edit = changes.edit
    if edit.project is not None or edit.documents:
        return True
    return any(part.doc != doc_id and (part.spans or part.links) for part in edit.parts)


def _prepared(known: Counted, session: Session, doc_id: str, words: Words, job: Job) -> Checker:
    """A checker that knows the names of the project's other documents; those not readable have none.

    Loading what the checks look things up in takes a while, so it is done here, in a thread. `known` is what
    was counted before, and may serve again.
    """
    from annotator.services.problems import Checker, Knowledge, Names, warm
    from annotator.services.problems.project import names_of

    warm()
    names, labels = Names(), session.project.labels
    knowledge = Knowledge(session.project.label_set, words)
    for other in session.document_ids:
        if other == doc_id:
            continue
        with suppress(AnnotatorError):
            document = session.document(other)
            if other not in known or known[other][0] is not document or known[other][1] is not labels:
                known[other] = document, labels, names_of((document,), knowledge, job)
            names.include(known[other][2])
    return Checker(knowledge, names)
