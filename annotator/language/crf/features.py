"""From a sentence to what the chain sees of it: units, and the strings that are true of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.core.span import Side
from annotator.language.crf.chinese import chinese_features
from annotator.language.crf.english import english_features
from annotator.language.mentions import Found, units

Range = tuple[int, int]


class Seen(NamedTuple):
    """A sentence as units and, for each, the strings that are true of it."""

    units: Sequence[Range]
    rows: Sequence[list[str]]


def seen(text: str, side: Side, found: Iterable[Found] = ()) -> Seen:
    """What the chain sees of a sentence, in which the rules found these mentions."""
    parts = units(text, side)
    rows = chinese_features(text, parts) if side == "zh" else english_features(text, parts)
    starts = {start: at for at, (start, _) in enumerate(parts)}
    ends = {end: at for at, (_, end) in enumerate(parts)}
    for one in found:
        first, last = starts.get(one.start), ends.get(one.end)
        if first is not None and last is not None:
            mark(rows, first, last, one.label, one.pattern)
    return Seen(parts, rows)


def mark(rows: Sequence[list[str]], first: int, last: int, label: str, pattern: str = "") -> None:
    """Note in the rows of a sentence that the rules found a mention from unit `first` to `last`."""
    for at in range(first, last + 1):
        place = "S" if first == last else "B" if at == first else "E" if at == last else "I"
        rows[at].append(f"rule={place}-{label}")
        if pattern:
            rows[at].append(f"pattern={place}-{pattern}")
    if first:
        rows[first - 1].append(f"rule behind={label}")
    if last + 1 < len(rows):
        rows[last + 1].append(f"rule before={label}")
