"""Trains the learner on what was annotated, in a process of its own, whenever enough has come together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.core.session import Changes
from annotator.qt.review.offers import Offers
from annotator.qt.tasks import Task, run
from annotator.qt.workbench import Workbench
from annotator.services.asking import sources_of
from annotator.services.training import Lessons, is_due, lessons_for, models_folder, retrain

PAUSE_MS = 4000
"""Training waits for a pause in the work."""
MOST = 5000
"""Rows that training by itself looks at: more would take it minutes."""
_ANEW = 10
"""Where only a part of the annotations is looked at, this part of them has to change before it is again."""
_ROWS_A_CHANGE = 200
LEARNING = frozenset({"learner", "combined"})
"""The sources that use what is learnt."""

Watch = Callable[[Task, str], None]


class Learning(QObject):
    """Keeps the training of the open project up to date."""

    learnt = Signal()
    """There is another training."""

    def __init__(self, offers: Offers, workbench: Workbench, watch: Watch) -> None:
        super().__init__(offers)
        self._offers, self._bench, self._watch = offers, workbench, watch
        self._task: Task | None = None
        self._changes = self._since = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        workbench.edited.connect(self._on_edited)
        workbench.project_changed.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether a training is on its way."""
        return self._task is not None

    @property
    def waiting(self) -> bool:
        """Whether it waits for a pause in the work."""
        return self._pause.isActive()

    def _on_edited(self, changes: Changes) -> None:
        parts = changes.edit.parts
        count = sum(len(part.spans) + len(part.rejected) + len(part.done) for part in parts)
        self._changes += count
        self._since += count
        if self._changes >= self._enough():
            self._pause.start()

    def _enough(self) -> int:
        """So many changes make it worth looking whether there is something to learn: in a large project
        looking takes a while, and little teaches little."""
        return max(1, self._rows() // _ROWS_A_CHANGE)

    def _rows(self) -> int:
        return sum(len(document.pairs) for document in self._documents())

    def _documents(self) -> list[Document]:
        """Those that are in memory."""
        session = self._bench.session
        if session is None:
            return []
        return [session.document(doc_id) for doc_id in session.document_ids if session.loaded(doc_id)]

    def _forget(self) -> None:
        self._pause.stop()
        self._changes = self._since = 0
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _begin(self) -> None:
        session, keeper = self._bench.session, self._bench.knowledge
        folder = keeper.project_folder if keeper is not None else None
        if session is None or folder is None or session.read_only is not None or not self._offers.on:
            return
        if self._task is not None or LEARNING.isdisjoint(sources_of(session.project)):
            return
        self._changes = 0
        args = session.project, self._documents(), models_folder(folder), self._since
        self._task = run(self, _due, *args, on_done=partial(self._train, models_folder(folder)), aside=True)

    def _train(self, folder: Path, lessons: Lessons | None) -> None:
        self._task = None
        if lessons is None:
            return
        self._since = 0
        self._task = run(self, retrain, lessons, folder, on_done=self._take, on_error=self._failed)
        self._watch(self._task, say("suggesting.learning"))

    def _take(self, _: object) -> None:
        self._task = None
        self._offers.ask_again()
        self.learnt.emit()

    def _failed(self, sentence: str) -> None:
        self._task = None
        self._bench.tell(sentence, "warning")


def _due(project: Project, documents: list[Document], folder: Path, changes: int, job: Job) -> Lessons | None:
    """What there is to learn, if learning it is worth its while after so many changes."""
    lessons = lessons_for(project, documents, job, MOST)
    count = sum(len(document.spans) for document in documents)
    is_part = any(len(one) >= MOST - MOST // _ANEW for one in lessons.values())
    anew = is_part and changes * _ANEW >= count
    return lessons if anew or is_due(lessons, folder) else None
