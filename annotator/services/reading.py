"""Reading annotations: files, folders and archives through an importer to what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.extend import File, Importer, Reading, importer_named
from annotator.formats.archive import LARGEST, is_archive, unpacked
from annotator.services.options import check_installed, make_options

_PACKED = frozenset((".xlsx",))


def read(name: str, paths: Sequence[Path], options: Any = None, job: Job | None = None) -> Reading:
    """What the files hold; of a folder or a zip archive, those with the format's endings are read.

    Raises:
        AnnotatorError: if there is no such format, its library is not installed, or a file cannot be read.
        Cancelled: if the user asked to stop.
    """
    importer = importer_named(name)
    check_installed(importer)
    files = list(files_of(paths, importer))
    if not files:
        raise AnnotatorError("error.read_nothing", suffixes=", ".join(importer.suffixes))
    return read_files(importer, files, options, job)


def read_files(
    importer: Importer, files: Sequence[File], options: Any = None, job: Job | None = None
) -> Reading:
    """What files in memory hold; see `read`."""
    return importer.read(files, options or make_options(importer, {}), job or Job())


def files_of(
    paths: Iterable[Path], importer: Importer, on_failure: Callable[[str, AnnotatorError], None] | None = None
) -> Iterator[File]:
    """The files that there are to read for a format; with `on_failure`, one that cannot be opened is told
    there and the others are read.

    Raises:
        AnnotatorError: without `on_failure`, if a file cannot be opened.
    """
    for path in paths:
        folder = path.is_dir()
        files = (one for one in sorted(path.rglob("*")) if one.is_file()) if folder else iter((path,))
        for one in files:
            name = one.relative_to(path).as_posix() if folder else one.name
            if folder and not _wanted(name, importer):
                continue
            try:
                yield from _opened(one, name, importer, inside=folder)
            except AnnotatorError as error:
                if on_failure is None:
                    raise
                on_failure(name, error)


def _opened(path: Path, name: str, importer: Importer, *, inside: bool) -> list[File]:
    file = File(name, _data(path))
    if inside or not is_archive(file.data) or _PACKED & set(importer.suffixes):
        return [file]
    return [one for one in unpacked(file) if _wanted(one.name, importer)]


def _wanted(name: str, importer: Importer) -> bool:
    return name.casefold().endswith(importer.suffixes)


def _data(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise AnnotatorError("error.import_not_file", file=str(path))
        if path.stat().st_size > LARGEST:
            raise AnnotatorError("error.read_large", file=path.name, limit=LARGEST >> 20)
        return path.read_bytes()
    except FileNotFoundError:
        raise AnnotatorError("error.import_missing", file=str(path)) from None
    except OSError as error:
        reason = error.strerror or error
        raise AnnotatorError("error.import_unreadable", file=str(path), reason=reason) from error
