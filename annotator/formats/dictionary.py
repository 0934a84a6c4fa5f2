"""Dictionaries that a user adds: CC-CEDICT as it is downloaded, and tables of two columns (TSV, CSV).

CC-CEDICT (https://cc-cedict.org) has a line a word: `燈塔 灯塔 [deng1 ta3] /lighthouse/beacon/`. A table has
the Chinese word first, then its English equivalents, in further columns or behind `|` or `;`. Either may be
packed as `.gz` or `.zip`. What was read is kept in the cache folder, by the file's digest.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from annotator.core.errors import AnnotatorError
from annotator.core.folders import cache_folder
from annotator.language.script import simplified

LARGEST = 200_000_000
"""Bytes, unpacked: many times any dictionary of the kind."""

Entries = dict[str, tuple[str, ...]]

_CEDICT = re.compile(r"(\S+) (\S+) \[[^\]]*\]\]? /(.*)/\s*\Z")
_NOTE = re.compile(r"\s*\([^()]*\)\s*")
_REFERENCE = re.compile(
    r"(?:CL:|also written|variant of|old variant|erhua variant|see |also pr\.|abbr\. for|used in)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CACHE_FORMAT = "1"


def read_dictionary(path: Path) -> Entries:
    """A Chinese word, simplified, and its English equivalents, without notes in brackets.

    Raises:
        AnnotatorError: if the file cannot be read, is too large unpacked, or has no entries.
    """
    try:
        data = _bounded(path.open("rb"), path)
    except OSError as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why
    kept = cache_folder() / "dictionaries" / f"{hashlib.sha256(data).hexdigest()}-{_CACHE_FORMAT}.msgpack"
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(kept.read_bytes(), type=Entries)
    entries = _entries(_text(_unpacked(data, path), path), path)
    if not entries:
        raise AnnotatorError("error.dictionary_empty", path=path)
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.write_bytes(msgspec.msgpack.encode(entries))
        unfinished.replace(kept)
    return entries


def _bounded(stream: IO[bytes] | gzip.GzipFile, path: Path) -> bytes:
    """All of a stream, unless it holds more than any dictionary: an archive may unpack without end."""
    with stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise AnnotatorError("error.dictionary_large", path=path, megabytes=LARGEST // 1_000_000)
    return data


def _unpacked(data: bytes, path: Path) -> bytes:
    try:
        if data.startswith(b"\x1f\x8b"):
            return _bounded(gzip.GzipFile(fileobj=io.BytesIO(data)), path)
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [info for info in archive.infolist() if not info.is_dir()]
                largest = max(names, key=lambda info: info.file_size)
                return _bounded(archive.open(largest), path)
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why
    return data


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why


def _entries(text: str, path: Path) -> Entries:
    found: dict[str, list[str]] = {}
    cells: list[tuple[str, list[str]]] = []
    lines = text.split("\n")
    if any(_CEDICT.match(line) for line in lines[:200]):
        for line in lines:
            match = _CEDICT.match(line)
            if match:
                cells.append((match[2], match[3].split("/")))
    else:
        cells = _table(text, path)
    for word, glosses in cells:
        plain = (_NOTE.sub(" ", gloss).strip() for part in glosses for gloss in re.split("[;|]", part))
        kept = [gloss for gloss in plain if gloss and not _REFERENCE.match(gloss)]
        if kept:
            found.setdefault(simplified(word), []).extend(kept)
    return {word: tuple(dict.fromkeys(glosses)) for word, glosses in found.items()}


def _table(text: str, path: Path) -> list[tuple[str, list[str]]]:
    mark = "\t" if "\t" in text[:10_000] else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why
    filled = ([cell.strip() for cell in row] for row in rows)
    return [(row[0], row[1:]) for row in filled if len(row) > 1 and _HAN.search(row[0])]
