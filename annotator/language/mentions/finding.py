"""The door to the rules: mentions of one sentence, names heard in others, features for a learner."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from annotator.core.span import Side
from annotator.language.mentions import chinese, english
from annotator.language.mentions.found import SILENCE, Found, Heard, apart
from annotator.language.mentions.gazetteer import chinese as chinese_words
from annotator.language.mentions.gazetteer import common_words

Range = tuple[int, int]

# From this score on a mention is worth showing.
SHOWN = 0.4
# From this score on a full name is believed, so that parts of it are known elsewhere.
_BELIEVED = 0.7
_CACHED = 8192
_PARTS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def find_mentions(text: str, side: Side, heard: Heard = SILENCE, *, least: float = SHOWN) -> list[Found]:
    """The people and places of one sentence, in order, none overlapping another.

    Args:
        heard: what other sentences of the text have introduced; see `hear`.
        least: the score from which on a mention counts. With 0 all that any rule sees comes back, the
            doubtful as well (a place inside the name of an organisation, say), and they may overlap.
    """
    every = chinese.find(text, heard) if side == "zh" else english.find(text, heard)
    if least <= 0:
        return sorted(every)
    return apart(one for one in every if one.score >= least)


def hear(texts: Iterable[str], side: Side) -> Heard:
    """What full names in these sentences let others say for short. Remembers what single sentences hold."""
    names: dict[str, str] = {}
    for text in texts:
        names.update(_introduced(text, side))
    return Heard(names)


@lru_cache(maxsize=_CACHED)
def _introduced(text: str, side: Side) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in find_mentions(text, side, least=_BELIEVED):
        names.update(dict.fromkeys(short_names(text[one.start : one.end], one.label, side), one.label))
    return names


def short_names(name: str, label: str, side: Side) -> list[str]:
    """How a text may go on to call what it has named in full; the full name as well."""
    if side == "zh":
        return _short_chinese(name, label)
    parts = _PARTS.findall(name)
    if label != "PERSON" or len(parts) < 2:
        return [name]
    return [part for part in (parts[0], parts[-1]) if len(part) > 2 and part.lower() not in common_words()]


def _short_chinese(name: str, label: str) -> list[str]:
    parts = re.split("[•·・‧∙]", name)
    if len(parts) > 1:
        return [part for part in parts if len(part) > 1 and part not in chinese_words().words]
    if label != "PERSON" or len(name) != 3:
        return [name]
    return [name] if name[1:] in chinese_words().words else [name, name[1:]]


def units(text: str, side: Side) -> list[Range]:
    """What `features` speaks of: characters of Chinese, with Latin words and numbers whole; English words,
    numbers and marks without the white space."""
    return list(chinese.units(text) if side == "zh" else english.units(text))


def features(text: str, side: Side, heard: Heard = SILENCE) -> list[tuple[str, ...]]:
    """For each of the `units`, short strings that say what tables and rules know of it."""
    found = find_mentions(text, side, heard)
    rows: list[tuple[str, ...]] = []
    for start, end in units(text, side):
        one = next((each for each in found if each.start < end and start < each.end), None)
        if one is None:
            rows.append(())
            continue
        place = "B" if start <= one.start else "I"
        rows.append((f"rule={place}-{one.label}", f"pattern={place}-{one.pattern}"))
    return rows
