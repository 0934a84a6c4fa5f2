"""Reading annotations: files, folders and archives through an importer to what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    files = list(_files(paths, importer))
    if not files:
        raise AnnotatorError("error.read_nothing", suffixes=", ".join(importer.suffixes))
    return read_files(importer, files, options, job)


def read_files(
    importer: Importer, files: Sequence[File], options: Any = None, job: Job | None = None
) -> Reading:
    """What files in memory hold; see `read`."""
    return importer.read(files, options or make_options(importer, {}), job or Job())


def _files(paths: Iterable[Path], importer: Importer) -> Iterator[File]:
    for path in paths:
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                if one.is_file() and _wanted(one.name, importer):
                    yield File(one.relative_to(path).as_posix(), _data(one))
            continue
        file = File(path.name, _data(path))
        if is_archive(file.data) and not _PACKED & set(importer.suffixes):
            yield from (one for one in unpacked(file) if _wanted(one.name, importer))
        else:
            yield file


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
