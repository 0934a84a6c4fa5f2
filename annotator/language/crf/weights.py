"""The weights of a chain, read from crfsuite's own file format."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.core.errors import AnnotatorError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
else:
    Array = Any

_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_STRINGS = struct.Struct("<4sIIIII")
_NUMBERED = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Weights:
    """What a chain learnt.

    Attributes:
        tags: all tags, in the order of the axes below.
        rows: the row of `states` that belongs to a string; strings without weight have none.
        states: weight of a string with a tag, strings x tags; its last row is all zero.
        transitions: weight of one tag followed by another, tags x tags.
    """

    tags: tuple[str, ...]
    rows: dict[str, int]
    states: Array
    transitions: Array


def read_weights(path: Path) -> Weights:
    """Read a file that python-crfsuite wrote.

    Raises:
        AnnotatorError: if it cannot be read or is not such a file.
    """
    try:
        return _decode(path.read_bytes())
    except (OSError, struct.error, ValueError, IndexError, UnicodeError) as error:
        raise AnnotatorError("learn.model_damaged", path=path, why=error) from error


def _decode(data: bytes) -> Weights:
    import numpy as np

    magic, size, kind, _, count, tag_count, string_count, at, tags_at, strings_at, _, _ = _HEADER.unpack_from(
        data
    )
    if magic != b"lCRF" or kind != b"FOMC" or size != len(data):
        raise ValueError("not a chain of crfsuite")
    count = struct.unpack_from("<I", data, at + 8)[0]
    record = np.dtype([("kind", "<u4"), ("from", "<u4"), ("to", "<u4"), ("weight", "<f8")])
    found = np.frombuffer(data, record, count, at + 12)
    tags = tuple(_strings(data, tags_at, tag_count))
    strings = _strings(data, strings_at, string_count)
    states = np.zeros((len(strings) + 1, len(tags)))
    transitions = np.zeros((len(tags), len(tags)))
    of_states = found[found["kind"] == 0]
    between = found[found["kind"] == 1]
    states[of_states["from"], of_states["to"]] = of_states["weight"]
    transitions[between["from"], between["to"]] = between["weight"]
    return Weights(tags, {string: row for row, string in enumerate(strings)}, states, transitions)


def _strings(data: bytes, at: int, count: int) -> list[str]:
    """The strings of a table by their numbers."""
    magic, _, _, _, backward_size, backward_at = _STRINGS.unpack_from(data, at)
    if magic != b"CQDB" or backward_size < count:
        raise ValueError("damaged table")
    places = struct.unpack_from(f"<{count}I", data, at + backward_at)
    found = []
    for place in places:
        _, length = _NUMBERED.unpack_from(data, at + place)
        start = at + place + _NUMBERED.size
        found.append(data[start : start + length - 1].decode())
    return found
