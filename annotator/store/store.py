"""The store of an open project: what the session's changes become files with."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError, Conflict
from annotator.core.gentle import gently
from annotator.core.job import Job
from annotator.core.session import State
from annotator.core.span import SIDES, Side
from annotator.store import annotation_writer, commit, disk, document_file, project_file
from annotator.store.journal import Journal
from annotator.store.library import (
    JOURNALS,
    PROJECT,
    Library,
    Shared,
    annotation_path,
    document_path,
)
from annotator.store.locks import FileLock
from annotator.store.names import check_name
from annotator.store.problems import Problem

SNAPSHOT = "snapshot.json"
STRUCTURE = "structure.lock"
_SLICE_CHARS = 1 << 16


class Store:
    """Saves an open project, and lets go of it. `save` may run in any thread."""

    def __init__(
        self,
        library: Library,
        journal: Journal,
        *,
        lock: FileLock | None,
        read_only: AnnotatorError | None,
        problems: list[Problem],
    ) -> None:
        self.folder = library.root
        self.library = library
        self.journal = journal
        self.problems = problems
        self._lock = lock
        self.read_only = read_only
        self._own = self.folder / JOURNALS / library.annotator
        self._structure = FileLock(self.folder / JOURNALS / STRUCTURE)
        self._saving = threading.Lock()
        self._digests: dict[str, tuple[str, str, dict[Side, str]]] = {}
        journal.guard(self.check_allowed)

    def save(self, state: State, job: Job | None = None) -> None:
        """Write `state` to the files, all of it or nothing, and move the journal's entries to the history.

        Other threads get to run every few hundred records. A state older than what is saved already is
        left alone.

        Raises:
            AnnotatorError: if it cannot be written; the journal still has everything.
            Cancelled: if the job was cancelled; nothing was written then.
        """
        if self.read_only is not None:
            raise self.read_only
        with self._saving:
            if state.seq < self.journal.snapshot:
                return
            try:
                self._save(state, job or Job())
            except OSError as error:
                self._clear_away()
                raise disk.failure(error, self.folder) from error
            except AnnotatorError:
                self._clear_away()
                raise
            self.journal.covered(state.seq)

    def close(self) -> None:
        """Let go of the project. What was not saved stays in the journal."""
        with self._saving:
            self.journal.close()
            self._structure.release()
            if self._lock is not None:
                self._lock.release()

    def check_allowed(self, edit: Edit) -> None:
        """Make sure that an edit may be made: names, newer files, and who else is at work.

        Raises:
            AnnotatorError: if it may not.
        """
        for part in edit.parts:
            if part.doc in self.library.locked:
                raise self.library.locked[part.doc]
        for change in edit.documents:
            if change.after is not None and change.before is None:
                self._check_new(change.after.id)
        files = shared_files(edit)
        if files:
            self.hold_structure()
            for name in files:
                self.library.check_untouched(name)

    def hold_structure(self) -> None:
        """Become the only one who changes what all annotators share.

        Raises:
            AnnotatorError: if another process is.
        """
        try:
            holder = self._structure.acquire()
        except OSError as error:
            raise disk.failure(error, self.folder) from error
        if holder is not None:
            raise AnnotatorError(
                "error.structure_locked", host=holder.host, pid=holder.pid, since=holder.since
            )

    def _check_new(self, doc_id: str) -> None:
        name = document_path(check_name(doc_id))
        if doc_id not in self.library.known and self.library.exists(name):
            raise Conflict("error.document_twice", document=doc_id)

    def _clear_away(self) -> None:
        # A plan that was written will still be completed, and needs what is staged.
        if not (self._own / commit.COMMIT).exists():
            commit.sweep(self._own)

    def _save(self, state: State, job: Job) -> None:
        plan = commit.pending(self._own)
        if plan is not None:
            commit.finish(self.folder, self._own, plan)
            for move in plan.moves:
                self.library.note(move.target)
        commit.sweep(self._own)
        staging = commit.Staging(self.folder, self._own)
        written = self._stage(state, staging, job)
        staging.write(f"{JOURNALS}/{self.library.annotator}/{SNAPSHOT}", [_snapshot(state.seq)])
        staging.commit(state.seq)
        for name in written:
            self.library.note(name)
        for doc_id, document in state.changed.items():
            self.library.shared[doc_id] = Shared.of(document)
            self.library.known.add(doc_id)
        for doc_id in state.removed:
            self.library.shared.pop(doc_id, None)
            self.library.forget(document_path(doc_id))
            self.library.forget(annotation_path(self.library.annotator, doc_id))

    def _stage(self, state: State, staging: commit.Staging, job: Job) -> list[str]:
        written: list[str] = []
        if state.project_changed:
            self._write(staging, PROJECT, [project_file.encode(state.project)], written)
        for count, (doc_id, document) in enumerate(state.changed.items()):
            job.progress(count, len(state.changed))
            shared = self.library.shared.get(doc_id)
            if shared is None or not shared.same(document):
                self._write(staging, document_path(doc_id), document_file.encode(document), written)
            name = annotation_path(self.library.annotator, doc_id)
            chunks = annotation_writer.encode(document, self.library.annotator, self._digest(document))
            self._write(staging, name, chunks, written)
        for doc_id in sorted(state.removed):
            self._discard(staging, document_path(doc_id))
            self._discard(staging, annotation_path(self.library.annotator, doc_id))
        return written

    def _write(self, staging: commit.Staging, name: str, chunks: Iterable[bytes], written: list[str]) -> None:
        self.library.check_untouched(name)
        staging.write(name, gently(chunks))
        written.append(name)

    def _discard(self, staging: commit.Staging, name: str) -> None:
        if not (self.folder / name).exists():
            return
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        trash = self.folder / JOURNALS / "trash" / f"{stamp}-{name.replace('/', '-')}"
        staging.discard(name, trash)

    def _digest(self, document: Document) -> dict[Side, str]:
        known = self._digests.get(document.id)
        if known is None or known[0] is not document.zh or known[1] is not document.en:
            digests: dict[Side, str] = {side: _digest(document.text(side)) for side in SIDES}
            known = self._digests[document.id] = (document.zh, document.en, digests)
        return known[2]


def shared_files(edit: Edit) -> list[str]:
    """The files that an edit changes and that all annotators share."""
    files = [PROJECT] if edit.project is not None else []
    for part in edit.parts:
        info = part.info
        if (
            part.text is not None
            or part.pairs is not None
            or (info and document_file.shared_info(info.before) != document_file.shared_info(info.after))
        ):
            files.append(document_path(part.doc))
    for change in edit.documents:
        for data in (change.before, change.after):
            if data is not None:
                files.append(document_path(data.id))
    return files


def read_snapshot(own: Path) -> int:
    """The number of the last journal entry that the saved files hold."""
    try:
        return msgspec.json.decode((own / SNAPSHOT).read_bytes(), type=dict[str, int])["seq"]
    except FileNotFoundError:
        return 0
    except (OSError, msgspec.MsgspecError, KeyError) as error:
        raise AnnotatorError("error.snapshot_damaged", path=own / SNAPSHOT) from error


def _snapshot(seq: int) -> bytes:
    return msgspec.json.encode({"seq": seq}) + b"\n"


def _digest(text: str) -> str:
    made = hashlib.sha256()
    slices = (text[at : at + _SLICE_CHARS] for at in range(0, len(text), _SLICE_CHARS))
    for chunk in gently(part.encode("utf-8", "surrogatepass") for part in slices):
        made.update(chunk)
    return made.hexdigest()
