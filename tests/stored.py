"""Projects on disk for tests, random work on them, and a process that dies."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from making import document

from annotator.core.document import Document, digest
from annotator.core.edits import Caption, DocumentChange, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.session import Session
from annotator.core.span import Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.services import annotate, correct, dismissing, suggesting
from annotator.services.opening import Opened, create, open_project
from annotator.store.store import Store

WHO = "ann"


def project(folder: Path, *documents: Document, who: str = WHO) -> Path:
    """A project in `folder` that holds `documents` (one by default), saved."""
    create(folder, "Ports", annotator=who)
    opened = open_project(folder, annotator=who)
    for one in documents or (document(),):
        opened.session.do(adding(one))
    save(opened)
    opened.store.close()
    return folder


def adding(one: Document) -> Edit:
    """The edit that adds a document."""
    return Edit(caption=Caption("edit.add"), documents=(DocumentChange(None, one.data()),))


def save(opened: Opened) -> None:
    """Save all."""
    state = opened.session.state()
    opened.store.save(state)
    opened.session.saved(state)


@contextmanager
def working(folder: Path, who: str = WHO) -> Iterator[Opened]:
    """The project open for writing."""
    opened = open_project(folder, annotator=who)
    try:
        yield opened
    finally:
        opened.store.close()


def fresh(opened: Opened, doc: str = "doc1") -> Edit:
    """An edit that fits: a new label on the first characters."""
    one = opened.session.document(doc)
    return annotate.annotate(one, "zh", 0, 2, f"L{len(one.spans)}", by=WHO)


def files(folder: Path) -> dict[str, bytes]:
    """All files of a project but the journal's."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".journal" not in path.parts
    }


def plain(session: Session) -> dict[str, str]:
    """All documents of a session as text, to compare."""
    return {doc: repr(session.document(doc).data()) for doc in session.document_ids}


def fingerprint(session: Session) -> str:
    """A short mark of the state of all documents."""
    return digest(repr(sorted(plain(session).items())))[:16]


def random_step(session: Session, rng: random.Random, doc: str = "doc1") -> bool:
    """One random edit, undo or redo; False if it did not fit."""
    kind = rng.choice(
        (
            "reject",
            "dismiss",
            "span",
            "span",
            "span",
            "remove",
            "link",
            "done",
            "text",
            "undo",
            "redo",
            "merge",
        )
    )
    try:
        if kind == "undo":
            return session.undo() is not None
        if kind == "redo":
            return session.redo() is not None
        session.do(random_edit(session.document(doc), kind, rng))
    except AnnotatorError as error:
        if error.key.startswith(("error.journal", "error.disk", "error.folder")):
            raise
        return False
    return True


def random_edit(one: Document, kind: str, rng: random.Random) -> Edit:
    """A random edit of the given kind; AnnotatorError if it does not fit."""
    side = rng.choice(("zh", "en"))
    text = one.text(side)
    spans = list(one.spans)
    if not text:
        raise AnnotatorError("error.no_text")
    if kind == "text":
        at = rng.randrange(len(text))
        return correct.correct_text(one, side, at, at + 1, rng.choice(("x", "𠮷", "ab")), by=WHO)
    if kind == "done":
        return annotate.mark_done(one, [rng.randrange(len(one.pairs))], rng.random() < 0.5)
    if kind == "merge":
        return correct.merge_pairs(one, rng.randrange(len(one.pairs)))
    if kind == "dismiss":
        return dismissing.dismiss(one, [f"problem {rng.randrange(5)}"], by=WHO)
    if kind == "reject":
        return suggesting.reject(one, [_suggestion(side, text, rng.randrange(len(text)))], by=WHO)
    if kind == "remove" and spans:
        return annotate.remove(one, [rng.choice(spans).id])
    if kind == "link" and len(spans) > 1:
        a, b = rng.sample(spans, 2)
        return annotate.link(one, a.id, b.id, "SAME", by=WHO)
    start = rng.randrange(len(text))
    label = rng.choice(("PERSON", "PLACE", "DATE"))
    return annotate.annotate(one, side, start, min(len(text), start + rng.randint(1, 9)), label, by=WHO)


def _suggestion(side: Side, text: str, start: int) -> Suggestion:
    start, end = annotate.trimmed(text, start, min(len(text), start + 3))
    quote, reason = text[start:end], Reason("reason.test")
    return Suggestion(
        side=side, start=start, end=end, quote=quote, label="PLACE", score=0.5, source="test@1", reason=reason
    )


class Died(BaseException):
    """The process is dead from here on."""


_CALLS = ("write", "fsync", "fdatasync", "replace", "unlink", "ftruncate", "mkdir")


class Mortal:
    """Lets the process die at the n-th call that changes the disk; counts them all."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int | None) -> None:
        self.calls = 0
        self._at = at
        for name in _CALLS:
            if hasattr(os, name):
                monkeypatch.setattr(os, name, self._dying(getattr(os, name)))

    def _dying(self, real: object) -> object:
        def call(*args: object, **kwargs: object) -> object:
            self.calls += 1
            if self._at is not None and self.calls >= self._at:
                raise Died
            return real(*args, **kwargs)  # type: ignore[operator]

        return call


def bury(store: Store) -> None:
    """What the system does with a dead process: its locks go."""
    for lock in (store._lock, store._structure):
        if lock is not None:
            lock.release()
