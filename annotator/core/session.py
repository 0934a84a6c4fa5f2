"""The session: the only one who applies edits.

It writes each edit to the journal before anyone sees it, swaps the document, and tells those who look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from annotator.core.apply import apply
from annotator.core.document import Document, DocumentData
from annotator.core.edits import Caption, DocumentEdit, Edit
from annotator.core.errors import AnnotatorError, Conflict
from annotator.core.ids import now
from annotator.core.project import Project

Kind = Literal["do", "undo", "redo"]


class Entry(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line of the journal: an edit done, or the number `of` an earlier one undone or redone."""

    seq: int
    at: str
    kind: Kind
    edit: Edit | None = None
    of: int | None = None


class Journal(Protocol):
    """Where entries become durable. Kept by the store."""

    def append(self, entry: Entry) -> None:
        """Write and sync `entry`.

        Raises:
            AnnotatorError: if it is not on disk for certain; nothing of it is kept then.
        """

    def edit(self, seq: int) -> Edit:
        """The edit that was done as number `seq`."""

    def caption(self, seq: int) -> Caption:
        """Its caption alone."""

    def history(self) -> Iterable[tuple[int, Kind, int | None]]:
        """`(seq, kind, of)` of all entries that the undo stack can be rebuilt from, oldest first."""

    def last_seq(self) -> int:
        """The number of the newest entry, 0 if there is none."""


class Library(Protocol):
    """Where documents are read from. Kept by the store."""

    def ids(self) -> Sequence[str]:
        """The documents of the project, in the order shown."""

    def load(self, doc_id: str) -> Document:
        """Read one, with what the journal holds of it already applied.

        Raises:
            AnnotatorError: if it is missing or damaged.
        """


class Changes(Struct, frozen=True):
    """What happened: the edit as it was applied (an undo's is the inverse), and the revision after it."""

    edit: Edit
    kind: Kind
    revision: int

    def of(self, doc_id: str) -> list[DocumentEdit]:
        """The parts that concern one document."""
        return [part for part in self.edit.parts if part.doc == doc_id]


class State(Struct, frozen=True):
    """What a save writes: all at one moment, frozen."""

    seq: int
    project: Project
    project_changed: bool
    changed: dict[str, Document]
    removed: frozenset[str]


Listener = Callable[[Changes], None]


class Session:
    """An open project of one annotator: its documents, its undo history, and who listens."""

    def __init__(
        self,
        project: Project,
        library: Library,
        journal: Journal,
        *,
        annotator: str,
        read_only: AnnotatorError | None = None,
    ) -> None:
        self.project = project
        self.annotator = annotator
        self.read_only = read_only
        self._library = library
        self._journal = journal
        self._ids = list(library.ids())
        self._documents: dict[str, Document] = {}
        self._changed: set[str] = set()
        self._removed: set[str] = set()
        self._project_changed = False
        self._seq = journal.last_seq()
        self._stacks: tuple[list[int], list[int]] | None = None
        self._listeners: list[Listener] = []

    @property
    def revision(self) -> int:
        """Grows with every change; results of background work for an older one are stale."""
        return self._seq

    @property
    def document_ids(self) -> tuple[str, ...]:
        """The documents of the project, in the order shown."""
        return tuple(self._ids)

    def document(self, doc_id: str) -> Document:
        """The document as it is now; read on first use, from whichever thread.

        Raises:
            AnnotatorError: if there is none of this id, or it is damaged.
        """
        document = self._documents.get(doc_id)
        if document is not None:
            return document
        if doc_id not in self._ids:
            raise AnnotatorError("error.no_document", document=doc_id)
        # Another thread may have read it meanwhile, and it may have been edited since.
        return self._documents.setdefault(doc_id, self._library.load(doc_id))

    def loaded(self, doc_id: str) -> bool:
        """Whether the document is in memory."""
        return doc_id in self._documents

    def adopt(self, document: Document) -> None:
        """Take a document that was read in the background, unless it is here already."""
        self._documents.setdefault(document.id, document)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; the result ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def do(self, edit: Edit) -> Changes:
        """Apply an edit: checked, on disk, then seen.

        Raises:
            Conflict: if it does not fit the documents.
            AnnotatorError: if it cannot be made durable, or the project is read-only.
        """
        if edit.empty:
            return Changes(edit, "do", self._seq)
        changes = self._commit(edit, Entry(seq=self._seq + 1, at=now(), kind="do", edit=edit))
        undo, redo = self._history()
        undo.append(self._seq)
        redo.clear()
        self._notify(changes)
        return changes

    def replay(self, entry: Entry, edit: Edit) -> None:
        """Apply an edit that the journal holds beyond the saved files. It is not journalled again.

        `edit` is what was applied then: for an undo the inverse of the one done. What it changes stays
        to be saved. Only for opening: nobody is told.

        Raises:
            Conflict: if it does not fit the files as they are now.
        """
        documents, project = self._applied(edit)
        self._seq = entry.seq
        self._swap(edit, documents, project)

    def settle(self, document: Document) -> None:
        """After `replay`: put `document` in the place of what was replayed."""
        self._documents[document.id] = document

    def undo(self) -> Changes | None:
        """Take the last edit back; None if there is none."""
        undo, redo = self._history()
        return self._step(undo, redo, "undo")

    def redo(self) -> Changes | None:
        """Do again what was taken back last; None if there is nothing."""
        undo, redo = self._history()
        return self._step(redo, undo, "redo")

    def undo_caption(self) -> Caption | None:
        """What `undo` would take back."""
        undo, _ = self._history()
        return self._journal.caption(undo[-1]) if undo else None

    def redo_caption(self) -> Caption | None:
        """What `redo` would do again."""
        _, redo = self._history()
        return self._journal.caption(redo[-1]) if redo else None

    def state(self) -> State:
        """All that a save has to write, as it is now."""
        return State(
            seq=self._seq,
            project=self.project,
            project_changed=self._project_changed,
            changed={doc_id: self._documents[doc_id] for doc_id in self._changed},
            removed=frozenset(self._removed),
        )

    def saved(self, state: State) -> None:
        """Note that `state` is on disk; what changed since stays to be saved."""
        self._changed -= {
            doc_id for doc_id, document in state.changed.items() if self._documents.get(doc_id) is document
        }
        self._removed -= state.removed
        if self.project is state.project:
            self._project_changed = False

    @property
    def dirty(self) -> bool:
        """Whether something is in the journal that a save has not yet written to the files."""
        return bool(self._changed or self._removed or self._project_changed)

    def _history(self) -> tuple[list[int], list[int]]:
        if self._stacks is None:
            self._stacks = rebuild_stacks(self._journal.history())
        return self._stacks

    def _step(self, source: list[int], target: list[int], kind: Literal["undo", "redo"]) -> Changes | None:
        if not source:
            return None
        seq = source[-1]
        edit = self._journal.edit(seq)
        if kind == "undo":
            edit = edit.inverse()
        changes = self._commit(edit, Entry(seq=self._seq + 1, at=now(), kind=kind, of=seq))
        target.append(source.pop())
        self._notify(changes)
        return changes

    def _commit(self, edit: Edit, entry: Entry) -> Changes:
        if self.read_only is not None:
            raise self.read_only
        self._history()
        documents, project = self._applied(edit)
        self._journal.append(entry)
        self._seq = entry.seq
        self._swap(edit, documents, project)
        return Changes(edit, entry.kind, self._seq)

    def _applied(self, edit: Edit) -> tuple[dict[str, Document | None], Project]:
        project = self.project
        if edit.project is not None:
            if edit.project.before != project:
                raise Conflict("error.edit_stale", what=project.title)
            project = edit.project.after
        documents: dict[str, Document | None] = {}
        for part in edit.parts:
            documents[part.doc] = apply(documents.get(part.doc) or self.document(part.doc), part)
        for change in edit.documents:
            if change.before is not None:
                self._check_removal(change.before)
                documents[change.before.id] = None
            if change.after is not None:
                if change.before is None and change.after.id in self._ids:
                    raise Conflict("error.document_twice", document=change.after.id)
                documents[change.after.id] = Document.of(change.after)
        return documents, project

    def _check_removal(self, before: DocumentData) -> None:
        if before.id not in self._ids:
            raise Conflict("error.no_document", document=before.id)
        # What the edit holds is all that an undo can bring back.
        if before.id in self._documents and Document.of(before) != self._documents[before.id]:
            raise Conflict("error.edit_stale", what=before.info.title)

    def _swap(self, edit: Edit, documents: dict[str, Document | None], project: Project) -> None:
        if edit.project is not None:
            self.project, self._project_changed = project, True
        for doc_id, document in documents.items():
            if document is None:
                self._documents.pop(doc_id, None)
                self._ids.remove(doc_id)
                self._changed.discard(doc_id)
                self._removed.add(doc_id)
                continue
            if doc_id not in self._ids:
                self._ids.append(doc_id)
            self._documents[doc_id] = document
            self._changed.add(doc_id)
            self._removed.discard(doc_id)

    def _notify(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            listener(changes)


def rebuild_stacks(history: Iterable[tuple[int, Kind, int | None]]) -> tuple[list[int], list[int]]:
    """The undo and redo stacks (numbers of edits done, newest last) that a history leaves."""
    undo: list[int] = []
    redo: list[int] = []
    for seq, kind, of in history:
        if kind == "do":
            undo.append(seq)
            redo.clear()
        elif kind == "undo" and undo and undo[-1] == of:
            redo.append(undo.pop())
        elif kind == "redo" and redo and redo[-1] == of:
            undo.append(redo.pop())
    return undo, redo
