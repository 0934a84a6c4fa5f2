"""From a sentence to what the chain sees of it: units, and the strings that are true of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.core.span import Side
from annotator.language.crf.chinese import chinese_features
from annotator.language.crf.english import english_features
from annotator.language.mentions import Heard, features, units
from annotator.language.mentions.found import SILENCE

Range = tuple[int, int]


class Seen(NamedTuple):
    """A sentence as units and, for each, the strings that are true of it."""

    units: Sequence[Range]
    rows: Sequence[Sequence[str]]


def seen(text: str, side: Side, heard: Heard = SILENCE) -> Seen:
    """What the chain sees of a sentence."""
    parts = units(text, side)
    rows = chinese_features(text, parts) if side == "zh" else english_features(text, parts)
    known = features(text, side)
    last = len(rows) - 1
    for at, strings in enumerate(known):
        if not strings:
            continue
        rows[at] += strings
        if at:
            rows[at - 1] += [">" + one for one in strings]
        if at < last:
            rows[at + 1] += ["<" + one for one in strings]
    return Seen(parts, rows)
