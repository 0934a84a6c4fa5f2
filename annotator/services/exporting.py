"""Exporting: a corpus through an exporter into a file that is there whole or not at all."""

from __future__ import annotations

import dataclasses
import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id
from annotator.core.job import Job
from annotator.core.session import Session
from annotator.extend import Corpus, Exporter, Report, exporter_named
from annotator.store.library import OWN, is_project


@dataclass(frozen=True, slots=True)
class Option:
    """One field of an exporter's options: `kind` is `bool`, `int`, `float` or `str`; `help` a catalog key."""

    name: str
    kind: type[Any]
    default: Any
    choices: tuple[str, ...] = ()
    help: str = ""


def options_of(exporter: Exporter) -> list[Option]:
    """The options of an exporter, for the command line and the dialog to build from."""
    hints = get_type_hints(exporter.options)
    return [
        Option(
            name=one.name,
            kind=hints[one.name] if hints[one.name] in (bool, int, float) else str,
            default=one.default,
            choices=tuple(one.metadata.get("choices", ())),
            help=one.metadata.get("help", ""),
        )
        for one in dataclasses.fields(exporter.options)
    ]


def make_options(exporter: Exporter, given: Mapping[str, Any]) -> Any:
    """The options dataclass with what is given; what is not keeps its default.

    Raises:
        AnnotatorError: if there is no such option, or it does not take the value.
    """
    known = {option.name: option for option in options_of(exporter)}
    for name, value in given.items():
        option = known.get(name)
        if option is None:
            raise AnnotatorError(
                "error.no_option", name=name, format=exporter.name, known=", ".join(known) or "–"
            )
        if not isinstance(value, option.kind) or (option.choices and value not in option.choices):
            choices = ", ".join(option.choices) or option.kind.__name__
            raise AnnotatorError("error.option_value", name=name, value=value, choices=choices)
    return exporter.options(**given)


def corpus_of(session: Session, doc_ids: Iterable[str] | None = None) -> Corpus:
    """The documents of an open project, all or some, read one at a time.

    Raises:
        AnnotatorError: if one of the ids is unknown.
    """
    chosen = tuple(session.document_ids if doc_ids is None else doc_ids)
    for doc_id in chosen:
        if doc_id not in session.document_ids:
            raise AnnotatorError("error.no_document", document=doc_id)
    documents = (session.document(doc_id) for doc_id in chosen)
    return Corpus(session.project, documents, len(chosen), session.annotator)


def export(corpus: Corpus, name: str, options: Any, path: Path | None, job: Job | None = None) -> Report:
    """Write `corpus` in the format `name` to `path`; without one, to standard output.

    Raises:
        AnnotatorError: if there is no such format, a document is damaged or the file cannot be written;
            what stood at `path` before is untouched then.
        Cancelled: if the user asked to stop.
    """
    exporter = exporter_named(name)
    if path is None:
        return _to_stdout(corpus, exporter, options, job or Job())
    with atomic(path) as out:
        return exporter.write(corpus, out, options, job or Job())


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


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that becomes `path` when all of it is on disk, and goes if anything fails.

    A device or a pipe is written to as it is.

    Raises:
        AnnotatorError: if it cannot be written, or is one of a project's own files.
    """
    try:
        if path.is_dir():
            raise AnnotatorError("error.export_folder", file=str(path))
        _spare_projects(path)
        with path.open("wb") if _is_special(path) else _part_of(path.resolve()) as out:
            yield out
    except OSError as error:
        raise AnnotatorError("error.export_write", file=str(path), reason=error.strerror or error) from error


@contextmanager
def _part_of(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{new_id()}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    # Followed, not resolved: /dev/stdout leads to a name that is none.
    return path.exists() and not path.is_file()


def _spare_projects(path: Path) -> None:
    """A slip of the pen must not replace annotations by their export."""
    target = path.resolve()
    for folder in target.parents:
        if target.relative_to(folder).parts[0] in OWN and is_project(folder):
            raise AnnotatorError("error.export_own", file=str(path), folder=str(folder))


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders, and needs no such sync.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
    """The first `limit` characters of what `export` would write.

    Raises:
        AnnotatorError: if there is no such format, or a document is damaged.
    """
    # A character takes four bytes at most.
    out = _Head(4 * limit)
    with suppress(_Enough):
        exporter_named(name).write(corpus, out, options, Job())
    return out.getvalue().decode("utf-8", "ignore")[:limit]
