"""Suggestions for a whole project without a window, by all processors, into files beside the documents."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from functools import cache
from itertools import islice
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import NamedTuple, overload

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, Offer, suggester_named
from annotator.language.crf.shelf import newest
from annotator.services.training import models_folder
from annotator.store import suggestion_file
from annotator.store.library import Library

DEFAULT = ("combined",)
_TRAINED = ("combined", "learner")
_ROWS = 200
_AHEAD = 4
_PATIENCE = 0.1
_SELDOM = (50_000, 20, 100)


class Ask(NamedTuple):
    """What is asked for: a project's folder, whose annotations count, and from which sources."""

    root: Path
    annotator: str
    sources: tuple[str, ...]


class Written(Struct, frozen=True, kw_only=True):
    """Of one source: its name and version, documents written and left out, suggestions written."""

    source: str
    documents: int = 0
    skipped: int = 0
    suggestions: int = 0


class _Documents(Sequence[Document]):
    """The documents of a project, read one at a time as they are asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._ids = library.ids()

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> list[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | list[Document]:
        if isinstance(index, slice):
            return [self._library.load(name) for name in self._ids[index]]
        return self._library.load(self._ids[index])


def preannotate(ask: Ask, job: Job | None = None) -> list[Written]:
    """Write `suggestions/<source>@<version>/<doc>.jsonl` for every document, from what the files hold now.

    A document is left out for which a file of the same source and version was made on the same texts: work
    that was stopped goes on where it stood. Each process holds a few documents at a time.

    Raises:
        AnnotatorError: if there is no such source, or a document or the folder cannot be read or written.
        Cancelled: if the user asked to stop; files that are complete stay.
    """
    job = job or Job()
    for name in ask.sources:
        suggester_named(name)
    ids = Library(ask.root, ask.annotator).ids()
    counts: dict[str, Written] = {}
    workers = max(1, min(len(ids), cpu_count() or 1))
    executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for done, written in enumerate(_in_turn(executor, ask, ids, workers * _AHEAD, job), 1):
            for one in written:
                counts[one.source] = _sum(counts.get(one.source), one)
            job.progress(done, len(ids))
    finally:
        executor.shutdown(cancel_futures=True)
    return [counts[source] for source in sorted(counts)]


def _in_turn(
    executor: ProcessPoolExecutor, ask: Ask, ids: Sequence[str], ahead: int, job: Job
) -> Iterator[list[Written]]:
    """The documents as they come back, not more of them handed out than the processes need."""
    waiting = iter(ids)
    handed: set[Future[list[Written]]] = set()
    while True:
        handed.update(
            executor.submit(suggest_for, ask, name) for name in islice(waiting, ahead - len(handed))
        )
        if not handed:
            return
        done, handed = wait(handed, _PATIENCE, return_when="FIRST_COMPLETED")
        for future in done:
            yield future.result()
        if job.cancelled():
            raise Cancelled


def _sum(before: Written | None, one: Written) -> Written:
    if before is None:
        return one
    return Written(
        source=one.source,
        documents=before.documents + one.documents,
        skipped=before.skipped + one.skipped,
        suggestions=before.suggestions + one.suggestions,
    )


def suggest_for(ask: Ask, doc_id: str) -> list[Written]:
    """Write the suggestions of every source for one document. The sources are made once in a process.

    Raises:
        AnnotatorError: if the document cannot be read or a file not be written.
    """
    document = Library(ask.root, ask.annotator).load(doc_id)
    texts = suggestion_file.digests(document)
    written = []
    for source, offer in _workshop(ask):
        path = ask.root / suggestion_file.suggestion_path(source, doc_id)
        if suggestion_file.is_current(path, source, texts):
            written.append(Written(source=source, skipped=1))
            continue
        count = suggestion_file.write(path, document, source, _all(offer, document))
        written.append(Written(source=source, documents=1, suggestions=count))
    return written


def _all(offer: Offer, document: Document) -> Iterator[Suggestion]:
    for start in range(0, len(document.pairs), _ROWS):
        yield from offer(document, range(start, min(start + _ROWS, len(document.pairs))))


@cache
def _workshop(ask: Ask) -> list[tuple[str, Offer]]:
    """The sources and what they are named with in files."""
    library = Library(ask.root, ask.annotator)
    folder = models_folder(ask.root)
    evidence = Evidence(
        project=library.project().project,
        documents=_Documents(library),
        annotator=ask.annotator,
        folder=folder if newest(folder) is not None else None,
    )
    made = [(source_of(name, folder), _made(name, evidence)) for name in ask.sources]
    # What was loaded stays until the process ends, and what is made for a sentence goes with it: looking
    # through either for garbage only costs time.
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    return made


def _made(name: str, evidence: Evidence) -> Offer:
    chosen = suggester_named(name)
    return chosen.make(evidence, chosen.options(), Job())


def source_of(name: str, folder: Path) -> str:
    """`name@version`; of what is trained the number of the last training."""
    shelved = newest(folder)
    if name not in _TRAINED:
        return suggester_named(name).source
    if shelved is None and name == "learner":
        raise AnnotatorError("learn.untrained")
    return f"{name}@{shelved.version if shelved is not None else 0}"
