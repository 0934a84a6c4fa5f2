"""Where files lie that may belong together: a folder, or an archive. Names are paths within, with `/`."""

from __future__ import annotations

import gzip
import io
import os
import posixpath
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from annotator.core.errors import AnnotatorError
from annotator.extend import File
from annotator.formats.plain import LARGEST, read_bytes
from annotator.texts.packed import Packed

_GZIP = b"\x1f\x8b"
_MANY = 20_000
"""Files that a folder or an archive may hold."""


class Shelf(Protocol):
    """Files by their names."""

    def names(self) -> Iterator[str]:
        """The names of all files, hidden ones left out, in order."""
        ...

    def data(self, name: str) -> bytes | None:
        """What a file holds; None if there is no such file."""
        ...


class Folder:
    """The files in a folder and in the folders in it. Links to other folders are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> Iterator[str]:
        found = 0
        for folder, folders, files in os.walk(self._root, onerror=_raise):
            folders[:] = sorted(one for one in folders if _shown(one))
            for name in sorted(filter(_shown, files)):
                path = Path(folder, name)
                if path.is_file():
                    found += 1
                    if found > _MANY:
                        raise AnnotatorError("error.text_many", folder=str(self._root), limit=_MANY)
                    yield path.relative_to(self._root).as_posix()

    def data(self, name: str) -> bytes | None:
        path = self._root / name
        try:
            there = path.exists()
        except (OSError, ValueError):
            return None
        return read_bytes(path) if there else None


class Archive:
    """The files in a zip archive, which unpacks to no more than one text may have.

    Raises:
        AnnotatorError: if it is damaged, encrypted or too large, from every method.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self._packed = Packed(file)
        self._read: dict[str, bytes] = {}

    def names(self) -> Iterator[str]:
        names = sorted(self._packed.names())
        if len(names) > _MANY:
            raise AnnotatorError("error.text_many", folder=self._file.name, limit=_MANY)
        return (one for one in names if not one.endswith("/") and all(map(_shown, one.split("/"))))

    def data(self, name: str) -> bytes | None:
        if name not in self._packed:
            return None
        if name not in self._read:
            self._read[name] = self._packed.read(name)
        return self._read[name]


def _raise(error: OSError) -> None:
    raise error


def _shown(name: str) -> bool:
    # Word processors leave lock files beside what they have open (~$talk.docx).
    return not name.startswith((".", "~$", "__MACOSX"))


def take(shelf: Shelf, name: str) -> File | None:
    """A file, unpacked if it is packed by gzip; from it, others on the shelf can be reached.

    Raises:
        AnnotatorError: if it cannot be read, or is too large.
    """
    data = shelf.data(name)
    if data is None:
        return None
    if data.startswith(_GZIP) and name.casefold().endswith(".gz"):
        data = _unpacked(data, name)

    def beside(wanted: str) -> File | None:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), wanted))
        outside = path.startswith(("../", "/")) or "\\" in wanted or "\0" in wanted or ":" in wanted
        return None if outside or path in ("..", ".") else take(shelf, path)

    return File(name, data, beside)


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise AnnotatorError("error.text_damaged", file=name, reason=str(error)) from error
    if len(unpacked) > LARGEST:
        raise AnnotatorError("error.read_large", file=name, limit=LARGEST >> 20)
    return unpacked
