"""The door to the rules: mentions of one sentence, names heard in others, features for a learner."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from annotator.core.span import Side
from annotator.language.mentions import chinese, english
from annotator.language.mentions.found import SILENCE, Found, Heard, apart

Range = tuple[int, int]


def find_mentions(text: str, side: Side, heard: Heard = SILENCE) -> list[Found]:
    """The people and places of one sentence, in order, none overlapping another."""
    return apart(chinese.find(text, heard) if side == "zh" else english.find(text, heard))


def hear(texts: Iterable[str], side: Side) -> Heard:
    """What full names in these sentences let others say for short."""
    names: dict[str, str] = {}
    for text in texts:
        names.update(_introduced(text, side))
    return Heard(names)


@lru_cache(maxsize=4096)
def _introduced(text: str, side: Side) -> dict[str, str]:
    dots = "•·・‧∙ "
    return {
        part: one.label
        for one in find_mentions(text, side)
        for part in text[one.start : one.end].translate(dict.fromkeys(map(ord, dots), " ")).split()[1:]
        if one.label == "PERSON" and len(part) > 1
    }


def units(text: str, side: Side) -> list[Range]:
    """What `features` speaks of: characters of Chinese, with Latin words and numbers whole; English words,
    numbers and marks without the white space."""
    return list(chinese.units(text) if side == "zh" else english.units(text))


def features(text: str, side: Side) -> list[tuple[str, ...]]:
    """For each of the `units`, short strings that say what tables and rules know of it."""
    found = find_mentions(text, side)
    rows: list[tuple[str, ...]] = []
    for start, end in units(text, side):
        one = next((each for each in found if each.start < end and start < each.end), None)
        if one is None:
            rows.append(())
            continue
        place = "B" if start <= one.start else "I"
        rows.append((f"rule={place}-{one.label}", f"pattern={place}-{one.pattern}"))
    return rows
