"""The bytes of a dictionary, plain or packed, never more than any dictionary has."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO

from annotator.core.errors import AnnotatorError

LARGEST = 64 * 2**20
"""Bytes, packed and unpacked: many times any dictionary of the kind."""

_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LISTED = b"PK\x01\x02"
_MOST_LISTED = 1000


def contents(path: Path) -> bytes:
    """The file as it lies on disk.

    Raises:
        AnnotatorError: if it is missing, no file, unreadable or too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise AnnotatorError("error.dictionary_not_file", path=path)
        return _bounded(path.open("rb"), path)
    except FileNotFoundError:
        raise AnnotatorError("error.dictionary_missing", path=path) from None
    except (OSError, ValueError) as why:
        raise _unreadable(path, why) from why


def unpacked(data: bytes, path: Path) -> bytes:
    """What `data` holds if it is a gzip file or a zip archive (of that the largest file), else itself.

    Raises:
        AnnotatorError: if it is damaged, or too large unpacked.
    """
    try:
        if data.startswith(b"\x1f\x8b"):
            return _bounded(gzip.GzipFile(fileobj=io.BytesIO(data)), path)
        if data.startswith(b"PK\x03\x04"):
            return _largest_file(data, path)
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as why:
        raise _unreadable(path, why) from why
    return data


def _largest_file(data: bytes, path: Path) -> bytes:
    if data.count(_LISTED) > _MOST_LISTED:
        raise ValueError(f"more than {_MOST_LISTED} files")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [info for info in archive.infolist() if not info.is_dir()]
        largest = max(names, key=lambda info: info.file_size)
        if largest.compress_type not in _PLAIN_METHODS:
            raise ValueError(f"compression {largest.compress_type}")
        return _bounded(archive.open(largest), path)


def _bounded(stream: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    """All of a stream, unless it holds more than any dictionary: an archive may unpack without end."""
    with stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise AnnotatorError("error.dictionary_large", path=path, megabytes=LARGEST // 2**20)
    return data


def _unreadable(path: Path, why: Exception) -> AnnotatorError:
    reason = getattr(why, "strerror", None) or str(why) or type(why).__name__
    return AnnotatorError("error.dictionary_unreadable", path=path, why=reason)
