"""Keeps what is known of words up to date: dictionaries in force, and what the project's annotations teach.

Reading and counting happen in the background; words reach the word cutter a few milliseconds at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.session import Changes, Session
from annotator.qt.projects import Projects
from annotator.qt.tasks import Task, in_process, run, slices
from annotator.qt.workbench import Workbench
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.core.document import Document, DocumentData
    from annotator.core.edits import DocumentEdit
    from annotator.core.job import Job
    from annotator.language.counterpart import Knowledge
    from annotator.language.lexicon import LexiconStack
    from annotator.services.dictionaries import Dictionary, Volume
    from annotator.services.knowledge import Glosses, Learnt, Tally
    from annotator.store.library import Library

Then = Callable[["LexiconStack | None"], None]

AT_ONCE = 300
"""Annotations and links that an edit may change for its lesson to be drawn at once, in well under 1 ms."""


class KnowledgeKeeper(QObject):
    """What the dictionaries in force and the annotations of the open project teach."""

    changed = Signal()
    """The dictionaries have been read anew."""

    def __init__(self, workbench: Workbench, settings: Settings, projects: Projects) -> None:
        super().__init__(workbench)
        self._workbench, self._settings, self._projects = workbench, settings, projects
        self._begun = False
        self._reading: Task | None = None
        self._stack: LexiconStack | None = None
        self._waiting: list[Then] = []
        self._told: set[tuple[Path, str]] = set()
        self._feeder = _Feeder(self)
        self.volumes: tuple[Volume, ...] = ()
        workbench.project_changed.connect(self._on_project)

    def begin(self) -> None:
        """Set to work; before that, nothing is read or counted."""
        self._begun = True
        self._workbench.edited.connect(self._lessons.follow)
        self._on_project()

    @cached_property
    def _lessons(self) -> _Lessons:
        return _Lessons(self)

    @property
    def reading(self) -> bool:
        """Whether dictionaries are being read."""
        return self._reading is not None

    @property
    def project_folder(self) -> Path | None:
        """The folder of the open project."""
        return self._projects.folder if self._workbench.session is not None else None

    def dictionaries(self) -> list[Dictionary]:
        """Those in force, read or not."""
        from annotator.services.dictionaries import in_force

        return in_force(self._settings.get("dictionaries"), self.project_folder)

    def read(self) -> None:
        """Read the dictionaries in force anew, as far as they have changed."""
        if self._reading is not None:
            self._reading.cancel()
        task = run(self, _read, self.dictionaries(), self.volumes, on_done=self._on_read, aside=True)
        task.ended.connect(partial(self._on_ended, task))
        self._reading = task

    @property
    def lexicon(self) -> LexiconStack | None:
        """What is known of words for aligning, as far as it is read; None if the own lexicon is all."""
        return self._stack

    def with_lexicon(self, then: Then) -> None:
        """Call `then` with what is known of words for aligning, once no dictionary is being read any more;
        with None if the program's own lexicon is all."""
        if self._reading is None:
            then(self._stack)
        else:
            self._waiting.append(then)

    def knowledge(self) -> Knowledge:
        """What is known when counterparts are looked for in the document shown."""
        from annotator.services.knowledge import knowledge

        document = self._workbench.document
        date = document.info.date if document else None
        return knowledge(self._lessons.learnt.linked, self.volumes, date)

    def glosses(self) -> Glosses | None:
        """A Chinese word's English equivalents in the dictionaries in force; None if there are none."""
        from annotator.services.knowledge import glosses

        return glosses(self.volumes)

    @property
    def learnt(self) -> Learnt:
        """What the annotations of the open project teach; not yet all of it while they are counted."""
        return self._lessons.learnt

    def feed(self, came: Sequence[str], gone: Sequence[str]) -> None:
        """Tell the word cutter of words that are mentions now, and of those that are none any more."""
        words = self._workbench.words
        if came:
            self._feeder.add(partial(words.add_slices, came))
        if gone:
            self._feeder.add(partial(words.remove_slices, gone))

    def _on_project(self) -> None:
        if not self._begun:
            return
        self.feed((), self._lessons.learnt.words)
        self._lessons.start(self._workbench.session, self._projects.library)
        self.read()

    def _on_read(self, result: tuple[tuple[Volume, ...], LexiconStack | None]) -> None:
        before, (self.volumes, self._stack) = self.volumes, result
        self._feed_volumes(before)
        self._tell_troubles()
        self._over()

    def _on_ended(self, task: Task) -> None:
        """However it ended: what it brought, if anything, is taken right after this."""
        if task is self._reading:
            self._reading = None
            QTimer.singleShot(0, self, self._over)

    def _over(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            self.with_lexicon(then)
        self.changed.emit()

    def _feed_volumes(self, before: Sequence[Volume]) -> None:
        words = self._workbench.words
        old, new = ({id(one.entries): one.entries for one in some} for some in (before, self.volumes))
        for key in old.keys() - new.keys():
            self._feeder.add(partial(words.unlist_slices, old[key]))
        for key in new.keys() - old.keys():
            self._feeder.add(partial(words.list_slices, new[key]))

    def _tell_troubles(self) -> None:
        troubles = {
            (volume.dictionary.path, volume.trouble.key): str(volume.trouble)
            for volume in self.volumes
            if volume.trouble is not None
        }
        for key in troubles.keys() - self._told:
            self._workbench.tell(troubles[key], "warning")
        self._told = set(troubles)


class _Feeder(QObject):
    """Does one piece of work in slices after the other, in the order in which they come."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], Iterator[None]]] = deque()
        self._busy = False

    def add(self, work: Callable[[], Iterator[None]]) -> None:
        """Do a piece as soon as those before it are done; at once if it fits in one slice."""
        self._waiting.append(work)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = False
        while self._waiting:
            steps = self._waiting.popleft()()
            if next(steps, _OVER) is _OVER:
                continue
            self._busy = True
            slices(self, steps, on_done=self._next)
            return


_OVER = object()


class _Lessons(QObject):
    """Counts the project's documents one by one, and from then on the edits of those that are counted."""

    def __init__(self, keeper: KnowledgeKeeper) -> None:
        super().__init__(keeper)
        from annotator.services.knowledge import Learnt

        self._keeper = keeper
        self._session: Session | None = None
        self._library: Library | None = None
        self._pending: list[str] = []
        self._counted: set[str] = set()
        self.learnt = Learnt()

    def start(self, session: Session | None, library: Library | None) -> None:
        """Learn from another project, or from none."""
        from annotator.services.knowledge import Learnt

        self.learnt = Learnt()
        self._session, self._library = session, library
        self._pending = list(session.document_ids) if session is not None else []
        self._counted = set()
        self._next()

    def follow(self, changes: Changes) -> None:
        """Learn from an edit."""
        session = self._session
        if session is None:
            return
        for change in changes.edit.documents:
            self._follow_document(change.before, change.after)
        for doc_id in {part.doc for part in changes.edit.parts} & self._counted:
            if doc_id in session.document_ids:
                self._follow_parts(changes.of(doc_id), session.document(doc_id))

    def _follow_document(self, before: DocumentData | None, after: DocumentData | None) -> None:
        if before is not None and before.id in self._counted:
            self._counted.discard(before.id)
            self._run(_count_away, before)
        if after is not None:
            self._counted.add(after.id)
            self._run(_count, after)

    def _follow_parts(self, parts: list[DocumentEdit], after: Document) -> None:
        from annotator.services.knowledge import difference

        if sum(len(part.spans) + len(part.links) for part in parts) <= AT_ONCE:
            self._take(difference(parts, after))
        else:
            self._run(_differ, parts, after)

    def _next(self) -> None:
        session = self._session
        while session is not None and self._pending:
            doc_id = self._pending.pop(0)
            if doc_id in self._counted or doc_id not in session.document_ids:
                continue
            if session.loaded(doc_id):
                self._counted.add(doc_id)
                self._run(_count, session.document(doc_id), on_end=self._next)
            elif self._library is not None:
                stored = partial(self._on_stored, session, doc_id)
                failed = partial(self._on_unreadable, session)
                run(self, _count_stored, self._library, doc_id, on_done=stored, on_error=failed, aside=True)
            else:
                continue
            return

    def _on_stored(self, session: Session, doc_id: str, tally: Tally) -> None:
        if session is not self._session:
            return
        if session.loaded(doc_id):
            # It may have been edited since.
            self._pending.insert(0, doc_id)
        elif doc_id in session.document_ids and doc_id not in self._counted:
            self._counted.add(doc_id)
            self._take(tally)
        self._next()

    def _on_unreadable(self, session: Session, _: str) -> None:
        # Whoever opens the document is told.
        if session is self._session:
            self._next()

    def _run(
        self, function: Callable[..., Tally], *args: object, on_end: Callable[[], None] | None = None
    ) -> None:
        session = self._session

        def done(tally: Tally) -> None:
            if session is self._session:
                self._take(tally)
                if on_end is not None:
                    on_end()

        run(self, function, *args, on_done=done, aside=True)

    def _take(self, tally: Tally) -> None:
        self._keeper.feed(*self.learnt.take(tally))


def _read(
    dictionaries: list[Dictionary], before: tuple[Volume, ...], *, job: Job
) -> tuple[tuple[Volume, ...], LexiconStack | None]:
    from annotator.services.dictionaries import read_all, stack

    prepare((dictionary.path for dictionary in dictionaries), job)
    volumes = read_all(dictionaries, before, job)
    return volumes, stack(volumes) if any(volume.entries for volume in volumes) else None


def prepare(paths: Iterable[Path], job: Job) -> None:
    """Have large dictionaries read in a process of its own, which keeps what it reads: within a thread it
    would make the window stutter. Afterwards they are there in a moment."""
    from annotator.formats.dictionary import is_quick
    from annotator.services.dictionaries import keep_all

    slow = [path for path in paths if not is_quick(path)]
    if slow:
        in_process(keep_all, slow, job=job)


def _count(document: Document | DocumentData, *, job: Job) -> Tally:
    from annotator.services.knowledge import counted

    return counted(document, job)


def _count_away(document: DocumentData, *, job: Job) -> Tally:
    from annotator.services.knowledge import NOTHING

    return NOTHING.minus(_count(document, job=job))


def _count_stored(library: Library, doc_id: str, *, job: Job) -> Tally:
    return _count(library.load(doc_id), job=job)


def _differ(parts: list[DocumentEdit], after: Document, *, job: Job) -> Tally:
    from annotator.services.knowledge import difference

    job.progress(0, 1)
    return difference(parts, after)
