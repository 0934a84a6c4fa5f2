"""Exporting: a corpus through an exporter into a file that is there whole or not at all."""

from __future__ import annotations

import dataclasses
import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.session import Session
from annotator.extend import Corpus, Exporter, File, Report, exporter_named
from annotator.formats.archive import unpacked
from annotator.services.options import Option, check_installed, make_options, options_of
from annotator.services.selecting import Selection, select
from annotator.services.writing import Writing, atomic, new_folder

__all__ = [
    "Option",
    "Selection",
    "atomic",
    "corpus_of",
    "export",
    "make_options",
    "options_of",
    "preview",
]


def corpus_of(session: Session, doc_ids: Iterable[str] | None = None) -> Corpus:
    """The documents of an open project, all or some, read one at a time.

    Raises:
        AnnotatorError: if one of the ids is unknown.
    """
    chosen = tuple(session.document_ids if doc_ids is None else doc_ids)
    for doc_id in chosen:
        if doc_id not in session.document_ids:
            raise AnnotatorError("error.no_document", document=doc_id)
    return Corpus(session.project, _Documents(session, chosen), len(chosen), session.annotator, chosen)


class _Documents:
    """Documents of a session, read one at a time, as often as they are asked for."""

    def __init__(self, session: Session, ids: tuple[str, ...]) -> None:
        self._session, self._ids = session, ids

    def __iter__(self) -> Iterator[Document]:
        return (self._session.document(doc_id) for doc_id in self._ids)


def export(
    corpus: Corpus,
    name: str,
    options: Any,
    path: Path | None,
    job: Job | None = None,
    selection: Selection | None = None,
) -> Report:
    """Write `corpus` in the format `name` to `path`; without one, to standard output.

    Training and test parts go into a folder `path`, and so do the files of an archive unless `path` ends in
    its suffix. What belongs beside an export is written beside it.

    Raises:
        AnnotatorError: if there is no such format, its library is not installed, a document is damaged or
            the file cannot be written; what stood at `path` before is untouched then.
        Cancelled: if the user asked to stop.
    """
    exporter = exporter_named(name)
    check_installed(exporter)
    selection = selection or Selection()
    corpus, job = select(corpus, selection), job or Job()
    if path is None:
        if selection.split:
            raise AnnotatorError("error.split_stdout")
        return _to_stdout(corpus, exporter, options, job)
    writing = Writing(exporter, options, selection, job)
    if selection.split or (exporter.archive and path.suffix.casefold() not in exporter.suffixes):
        with new_folder(path) as folder:
            return writing.into(folder, corpus, path.name)
    with atomic(path) as out:
        report = exporter.write(corpus, out, options, job)
    writing.beside(path, corpus, report)
    return report


def _to_stdout(corpus: Corpus, exporter: Exporter, options: Any, job: Job) -> Report:
    if sys.stdout is None:
        raise AnnotatorError("error.stdout", reason=os.strerror(errno.EBADF))
    try:
        report = exporter.write(corpus, sys.stdout.buffer, options, job)
        sys.stdout.buffer.flush()
        return report
    except BrokenPipeError:
        pass
    except OSError as error:
        raise AnnotatorError("error.stdout", reason=error.strerror or error) from error
    # The reader has seen enough; closing must not complain a second time.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Report()


class _Enough(Exception):
    """The preview has what it shows."""


class _Head(io.BytesIO):
    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any, /) -> int:
        written = super().write(data)
        if self.tell() >= self._limit:
            raise _Enough
        return written


def preview(corpus: Corpus, name: str, options: Any, limit: int = 4000) -> str:
    """The first `limit` characters of what `export` would write; of an archive, the files for one document.

    Raises:
        AnnotatorError: if there is no such format, its library is not installed, or a document is damaged.
    """
    exporter = exporter_named(name)
    check_installed(exporter)
    if exporter.archive:
        return _archived(corpus, exporter, options)[:limit]
    if exporter.binary:
        return say("export.binary")
    # A character takes four bytes at most.
    out = _Head(4 * limit)
    with suppress(_Enough):
        exporter.write(corpus, out, options, Job())
    return out.getvalue().decode("utf-8", "ignore")[:limit]


def _archived(corpus: Corpus, exporter: Exporter, options: Any) -> str:
    out = io.BytesIO()
    exporter.write(
        dataclasses.replace(corpus, documents=islice(corpus.documents, 1), count=1), out, options, Job()
    )
    files = unpacked(File("", out.getvalue()))
    return "\n".join(f"── {file.name} ──\n{file.data.decode('utf-8', 'replace')}" for file in files)
