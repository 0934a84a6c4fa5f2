"""What was read of a dictionary, kept to be had again at once: `[length][MessagePack]` block after block.

In blocks, since decoding a large dictionary in one go would hold up the window.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import msgspec

from annotator.core.folders import cache_folder
from annotator.core.gentle import gently
from annotator.formats.dictionary.gathering import Entries

_FORMAT = "2"
_WORDS = 1000
_LENGTH = 4


def place_of(data: bytes) -> Path:
    """Where what was read of a file with these bytes is kept."""
    return cache_folder() / "dictionaries" / f"{hashlib.sha256(data).hexdigest()}-{_FORMAT}.msgpack"


def load(place: Path) -> Entries | None:
    """What is kept there; None if there is nothing, or it is damaged."""
    entries: Entries = {}
    try:
        for block in gently(_blocks(place.read_bytes())):
            entries.update(msgspec.msgpack.decode(block, type=Entries))
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    return entries or None


def store(place: Path, entries: Entries) -> None:
    """Keep it; where that cannot be done it is read anew each time."""
    unfinished = place.with_suffix(".part")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            for block in gently(_encoded(entries)):
                file.write(len(block).to_bytes(_LENGTH, "big") + block)
        unfinished.replace(place)


def _encoded(entries: Entries) -> Iterator[bytes]:
    rest = iter(entries.items())
    while part := dict(islice(rest, _WORDS)):
        yield msgspec.msgpack.encode(part)


def _blocks(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        start = at + _LENGTH
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data):
            raise ValueError("cut off")
        yield data[start:at]
