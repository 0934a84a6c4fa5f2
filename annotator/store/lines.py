"""The lines of the journal: a checksum, a space, and an entry as JSON."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import msgspec
from msgspec import Struct, field

from annotator.core.edits import Caption
from annotator.core.errors import AnnotatorError
from annotator.core.session import Entry, Kind

_HEAD = re.compile(rb'[0-9a-f]{8} \{"seq":(\d+),"at":"[^"]*","kind":"(do|undo|redo)"(?:,"of":(\d+))?[,}]')
_ENTRY = msgspec.json.Decoder(Entry)
_ENCODER = msgspec.json.Encoder()


class _CaptionEdit(Struct):
    caption: Caption


class _CaptionEntry(Struct):
    edit: _CaptionEdit


_CAPTION = msgspec.json.Decoder(_CaptionEntry)


class Place(Struct, frozen=True):
    """Where an entry lies in its file, and what its head says."""

    seq: int
    kind: Kind
    of: int | None
    offset: int
    length: int


class Scan(Struct):
    """The good lines at the start of a file, where they end, and what is wrong behind them."""

    places: list[Place] = field(default_factory=list)
    end: int = 0
    torn: bool = False
    damaged: bool = False


def encode(entry: Entry) -> bytes:
    """The line of an entry.

    Raises:
        AnnotatorError: if it holds a character that no file can.
    """
    try:
        body = _ENCODER.encode(entry)
    except UnicodeError as error:
        raise AnnotatorError("error.half_character") from error
    return b"%08x %s\n" % (zlib.crc32(body), body)


def decode(line: bytes) -> Entry:
    """The entry of a line.

    Raises:
        ValueError: if the line is damaged.
    """
    return _ENTRY.decode(_body(line))


def decode_caption(line: bytes) -> Caption:
    """The caption alone of the edit in a line.

    Raises:
        ValueError: if the line is damaged.
    """
    return _CAPTION.decode(_body(line)).edit.caption


def _body(line: bytes) -> bytes:
    body = line[9:].rstrip(b"\n")
    if line[8:9] != b" " or b"%08x" % zlib.crc32(body) != line[:8]:
        raise ValueError("checksum")
    return body


def scan(data: bytes) -> Scan:
    """The journal's good lines from its start to the first that is damaged or torn."""
    found = Scan()
    last = 0
    for offset, line in _lines(data):
        head = _HEAD.match(line)
        if head is None or not line.endswith(b"\n") or not _sound(line) or int(head[1]) <= last:
            found.torn = not line.endswith(b"\n")
            found.damaged = not found.torn
            return found
        last = int(head[1])
        found.places.append(_place(head, offset, len(line)))
        found.end = offset + len(line)
    return found


def scan_history(data: bytes) -> Scan:
    """The history's lines by their heads alone; each is checked when it is read."""
    found = Scan()
    last = 0
    for offset, line in _lines(data):
        if not line.endswith(b"\n"):
            found.torn = True
            break
        found.end = offset + len(line)
        head = _HEAD.match(line)
        if head is None:
            found.damaged = True
        elif int(head[1]) > last:
            last = int(head[1])
            found.places.append(_place(head, offset, len(line)))
    return found


def _sound(line: bytes) -> bool:
    try:
        _body(line)
    except ValueError:
        return False
    return True


def _place(head: re.Match[bytes], offset: int, length: int) -> Place:
    kind: Kind = "do" if head[2] == b"do" else "undo" if head[2] == b"undo" else "redo"
    return Place(int(head[1]), kind, int(head[3]) if head[3] else None, offset, length)


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        yield at, data[at:end]
        at = end
