"""Zip archives: the same files give the same bytes, and what unpacks without end is refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from typing import BinaryIO

from annotator.core.errors import AnnotatorError
from annotator.extend import File

LARGEST = 512 * 1024 * 1024
"""Bytes that an archive may unpack to."""

_MANY = 50_000
_CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
"""What the standard library raises at a damaged archive."""


class Archive:
    """An archive being written, to a file that need not be seekable."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: bytes) -> None:
        """Add a file; its time is fixed."""
        about = zipfile.ZipInfo(name, _EPOCH)
        about.compress_type = zipfile.ZIP_DEFLATED
        about.external_attr = 0o644 << 16
        self._zip.writestr(about, data)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Write the directory; after a failure, which must not be hidden, only if that still goes."""
        with suppress(*((OSError, ValueError) if kind else ())):
            self._zip.close()


def unpacked(file: File, largest: int = LARGEST) -> list[File]:
    """The files in an archive, by their names.

    Raises:
        AnnotatorError: if it is no archive, is damaged, or holds too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > _MANY or sum(one.file_size for one in entries) > largest:
                raise AnnotatorError("error.read_large", file=file.name, limit=largest >> 20)
            # What an entry says of its size bounds what is read of it.
            files = [File(one.filename, archive.read(one)) for one in entries]
    except BROKEN as error:
        raise AnnotatorError("error.read_damaged", file=file.name, reason=str(error)) from error
    return sorted(files, key=lambda one: one.name)


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as an archive does."""
    return data.startswith(b"PK\x03\x04")


def inflated(data: bytes, largest: int = LARGEST) -> int:
    """How many bytes a zlib stream unfolds to.

    Raises:
        AnnotatorError: if these are too many.
        zlib.error: if it is damaged.
    """
    unfolding = zlib.decompressobj()
    total, rest = 0, data
    while rest and not unfolding.eof:
        total += len(unfolding.decompress(rest, _CHUNK))
        rest = unfolding.unconsumed_tail
        if total > largest:
            raise AnnotatorError("error.read_large", file="", limit=largest >> 20)
    return total
