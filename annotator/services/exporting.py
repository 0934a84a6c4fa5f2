"""Exporting: a corpus through an exporter into a file that is there whole or not at all."""

from __future__ import annotations

import dataclasses
import errno
import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.project import Project
from annotator.core.session import Session
from annotator.extend import Corpus, Exporter, File, Report, exporter_named
from annotator.formats.archive import unpacked
from annotator.services.layers import Read, offered
from annotator.services.options import Option, check_installed, make_options, options_of
from annotator.services.selecting import Selection, select
from annotator.services.writing import Writing, atomic, manifest_of, new_folder

__all__ = [
    "Option",
    "Selection",
    "atomic",
    "corpus_of",
    "export",
    "in_the_way",
    "make_options",
    "makes_folder",
    "options_of",
    "preview",
]


def corpus_of(session: Session, doc_ids: Iterable[str] | None = None, root: Path | None = None) -> Corpus:
    """The documents of an open project, all or some, read one at a time.

    Args:
        root: the project's folder; without it no suggestions can be taken along.

    Raises:
        AnnotatorError: if one of the ids is unknown.
    """
    chosen = tuple(session.document_ids if doc_ids is None else doc_ids)
    for doc_id in chosen:
        if doc_id not in session.document_ids:
            raise AnnotatorError("error.no_document", document=doc_id)
    documents = Read(session.document, chosen)
    suggestions = offered(root) if root is not None else None
    return Corpus(session.project, documents, len(chosen), session.annotator, chosen, suggestions)


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
    selection, job = selection or Selection(), job or Job()
    corpus = select(corpus, selection, job)
    if path is None:
        if selection.split:
            raise AnnotatorError("error.split_stdout")
        return _to_stdout(corpus, exporter, options, job)
    writing = Writing(exporter, options, selection, job)
    if makes_folder(exporter, selection, path):
        with new_folder(path) as folder:
            report = writing.into(folder, corpus, path.name)
        files = sorted(one for one in path.rglob("*") if one.is_file())
        return dataclasses.replace(report, files=tuple(files))
    with atomic(path) as out:
        report = exporter.write(corpus, out, options, job)
    return dataclasses.replace(report, files=(path, *writing.beside(path, corpus, report)))


def makes_folder(exporter: Exporter, selection: Selection, path: Path) -> bool:
    """Whether an export to `path` becomes a folder of files."""
    return bool(selection.split) or (exporter.archive and path.suffix.casefold() not in exporter.suffixes)


def in_the_way(project: Project, name: str, options: Any, path: Path, selection: Selection) -> list[Path]:
    """What lies where an export would write: files that it would replace, or a folder that is not empty."""
    exporter = exporter_named(name)
    if makes_folder(exporter, selection, path):
        free = not path.exists() or (path.is_dir() and not any(path.iterdir()))
        return [] if free else [path]
    beside = exporter.beside(project, options, {"": path.name}) if exporter.beside else {}
    files = [path, *(path.parent / one for one in beside)]
    if selection.manifest:
        files.append(manifest_of(path))
    return [one for one in files if one.exists()]


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


def preview(corpus: Corpus, name: str, options: Any, limit: int = 4000, job: Job | None = None) -> str:
    """The first `limit` characters of what `export` would write; of an archive, the files for one document.

    Raises:
        AnnotatorError: if there is no such format, its library is not installed, or a document is damaged.
        Cancelled: if the user asked to stop.
    """
    exporter, job = exporter_named(name), job or Job()
    check_installed(exporter)
    if exporter.archive:
        return _archived(corpus, exporter, options, job)[:limit]
    if exporter.binary:
        return say("export.binary")
    # A character takes four bytes at most.
    out = _Head(4 * limit)
    with suppress(_Enough):
        exporter.write(corpus, out, options, job)
    return out.getvalue().decode("utf-8", "ignore")[:limit]


def _archived(corpus: Corpus, exporter: Exporter, options: Any, job: Job) -> str:
    out = io.BytesIO()
    exporter.write(
        dataclasses.replace(corpus, documents=islice(corpus.documents, 1), count=1), out, options, job
    )
    files = unpacked(File("", out.getvalue()))
    return "\n".join(f"── {file.name} ──\n{file.data.decode('utf-8', 'replace')}" for file in files)
