"""Opening and closing: which project and document the window shows, and where the user was in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.qt.autosave import Autosave
from annotator.qt.tasks import Task, run
from annotator.qt.workbench import Workbench
from annotator.services.cursor import Cursor
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.core.session import Session
    from annotator.services.opening import Opened
    from annotator.store.library import Library
    from annotator.store.store import Store

RECENT = 20
PLACES = 200

Watch = Callable[[Task, str], None]


class Projects(QObject):
    """Opens projects and documents in the background and remembers them."""

    shown = Signal()
    """A project that was to be opened is there."""
    failed = Signal()
    """It could not be opened; the user has been told."""

    def __init__(self, workbench: Workbench, settings: Settings, autosave: Autosave) -> None:
        super().__init__(workbench)
        self._workbench, self._settings, self._autosave = workbench, settings, autosave
        self._task: Task | None = None
        self._store: Store | None = None
        self.folder: Path | None = None
        self.watch: Watch | None = None

    @property
    def opening(self) -> bool:
        """Whether a project or document is being read."""
        return self._task is not None

    @property
    def library(self) -> Library | None:
        """Where the documents of the open project are read from."""
        return self._store.library if self._store is not None else None

    def open(self, folder: Path) -> None:
        """Open the project in `folder` at the place where it was left."""
        folder = folder.resolve()
        if folder == self.folder:
            return
        place = self._settings.get("places").get(str(folder), {})
        name = self._settings.get("annotator")
        self._start(
            say("window.opening", name=folder.name), self._opened, _open, folder, name, place.get("doc")
        )

    def open_sample(self, sample_id: str) -> None:
        """Open the user's own copy of a sample."""
        self._start(
            say("window.opening", name=sample_id), self._opened, _open_sample, sample_id, dict(self._places())
        )

    def show(self, doc_id: str) -> None:
        """Show another document of the open project."""
        _finish_typing()
        session = self._workbench.session
        if session is None or doc_id == self._workbench.document_id:
            return
        self.remember()
        if session.loaded(doc_id):
            self._show(doc_id)
            return
        if self._store is not None:
            words = say("window.opening", name=doc_id)
            self._start(words, self._loaded, _load, self._store.library, doc_id)

    def step(self, by: int) -> None:
        """Show the next or previous document."""
        session, current = self._workbench.session, self._workbench.document_id
        if session is None or not session.document_ids:
            return
        ids = session.document_ids
        at = ids.index(current) + by if current in ids else 0
        if 0 <= at < len(ids):
            self.show(ids[at])

    def close(self) -> str:
        """Save and let go of the project; what the user has been told if the last save failed."""
        _finish_typing()
        self._cancel()
        self.remember()
        self.folder = self._store = None
        trouble = self._autosave.close()
        if self._workbench.session is not None:
            self._workbench.open_session(None)
        if trouble:
            self._workbench.tell(trouble, "error")
        return trouble

    def open_again(self) -> None:
        """Open the same project anew, under another name of the annotator perhaps."""
        folder = self.folder
        if folder is not None:
            self.close()
            self.open(folder)

    def remember(self) -> None:
        """Keep in mind which document is shown and where the caret stands."""
        if self.folder is None or self._workbench.document_id is None:
            return
        places = self._places()
        place = places.pop(str(self.folder), {})
        cursor, carets = self._workbench.cursor, dict(place.get("carets", {}))
        carets[self._workbench.document_id] = [cursor.side, cursor.offset]
        places[str(self.folder)] = {"doc": self._workbench.document_id, "carets": carets}
        while len(places) > PLACES:
            places.pop(next(iter(places)))
        with suppress(AnnotatorError):
            self._settings.set("places", places)

    def _places(self) -> dict[str, Any]:
        return dict(self._settings.get("places"))

    def _start(self, words: str, on_done: Callable[[Any], None], function: Any, *args: Any) -> None:
        self._cancel()

        def done(result: Any) -> None:
            self._task = None
            on_done(result)

        self._task = run(self, function, *args, on_done=done, on_error=self._failed)
        if self.watch is not None:
            self.watch(self._task, words)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _failed(self, sentence: str) -> None:
        self._task = None
        self._workbench.tell(sentence, "error")
        self.failed.emit()

    def _opened(self, result: tuple[Opened, str | None, list[str]]) -> None:
        opened, doc_id, failures = result
        self.close()
        self._store, self.folder = opened.store, opened.store.folder
        self._autosave.adopt(opened.store, opened.session)
        self._workbench.open_session(opened.session, doc_id)
        if doc_id is not None:
            self._restore_caret(doc_id)
        self._add_recent(opened.session.project.title)
        for sentence in failures[:3]:
            self._workbench.tell(sentence, "error")
        for problem in opened.problems[:3]:
            self._workbench.tell(problem.sentence(), "warning")
        if opened.session.read_only is not None:
            self._workbench.tell(str(opened.session.read_only), "warning")
        self.shown.emit()

    def _loaded(self, document: Document) -> None:
        session = self._workbench.session
        if session is not None:
            session.adopt(document)
            self._show(document.id)

    def _show(self, doc_id: str) -> None:
        self._workbench.show_document(doc_id)
        self._restore_caret(doc_id)

    def _restore_caret(self, doc_id: str) -> None:
        place = self._places().get(str(self.folder), {})
        side, offset = place.get("carets", {}).get(doc_id, ("zh", 0))
        document = self._workbench.document
        if document is not None and side in ("zh", "en") and offset:
            self._workbench.move(Cursor.at(side, min(int(offset), len(document.text(side)))))

    def _add_recent(self, title: str) -> None:
        folder = str(self.folder)
        rest = [entry for entry in self._settings.get("recent") if entry.get("folder") != folder]
        with suppress(AnnotatorError):
            self._settings.set("recent", [{"folder": folder, "title": title}, *rest][:RECENT])


def _finish_typing() -> None:
    """A field whose content is not kept yet keeps it when it loses the focus."""
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit | QPlainTextEdit):
        field.clearFocus()


def _open(folder: Path, annotator: str, doc_id: str | None, job: Job) -> tuple[Opened, str | None, list[str]]:
    """The open project, the document to show, and why others before it could not be read."""
    from annotator.services.opening import open_project

    opened = open_project(folder, annotator=annotator or None, job=job)
    try:
        return opened, *_first_readable(opened.session, doc_id)
    except BaseException:
        opened.store.close()
        raise


def _first_readable(session: Session, doc_id: str | None) -> tuple[str | None, list[str]]:
    ids = list(session.document_ids)
    if doc_id in ids:
        ids = [doc_id, *ids]
    failures: dict[str, str] = {}
    for one in ids:
        if one in failures:
            continue
        try:
            session.document(one)
        except AnnotatorError as error:
            failures[one] = str(error)
        else:
            return one, list(failures.values())
    return None, list(failures.values())


def _open_sample(sample_id: str, places: dict[str, Any], job: Job) -> tuple[Opened, str | None, list[str]]:
    from annotator.services.samples import private_copy

    folder = private_copy(sample_id)
    return _open(folder, "", places.get(str(folder), {}).get("doc"), job)


def _load(library: Library, doc_id: str, job: Job) -> Document:
    document = library.load(doc_id)
    job.progress(1, 1)
    return document
