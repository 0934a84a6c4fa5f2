"""The door to the rules: the mentions of one sentence, and the names heard in others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from annotator.core.span import Side
from annotator.language.mentions.found import SHOWN, SILENCE, Found, Heard, apart
from annotator.language.mentions.gazetteer import chinese as chinese_words
from annotator.language.mentions.gazetteer import common_words
from annotator.language.mentions.looking import seen

# From this score on a full name is believed, so that parts of it are known elsewhere.
_BELIEVED = 0.7
_CACHED = 8192
_SHORTEST = 3
_PARTS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def find_mentions(text: str, side: Side, heard: Heard = SILENCE, *, least: float = SHOWN) -> list[Found]:
    """The people and places of one sentence, in order, none overlapping another.

    Args:
        heard: what other sentences of the text have introduced; see `hear`.
        least: the score from which on a mention counts. With 0 all that any rule sees comes back, the
            doubtful as well (a place inside the name of an organisation, say), and they may overlap.
    """
    every = seen(text, side, heard)
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
    return {
        name: one.label
        for one in find_mentions(text, side, least=_BELIEVED)
        for name in short_names(text[one.start : one.end], one.label, side)
    }


def short_names(name: str, label: str, side: Side) -> list[str]:
    """How a text may go on to call what it has named in full; the full name as well if it may recur."""
    if side == "zh":
        return _short_chinese(name, label)
    parts = _PARTS.findall(name)
    if label != "PERSON" or len(parts) < 2:
        return [name]
    ends = (parts[0], parts[-1])
    return [part for part in ends if len(part) >= _SHORTEST and part.lower() not in common_words()]


def _short_chinese(name: str, label: str) -> list[str]:
    parts = re.split("[•·・‧∙]", name)
    if len(parts) > 1:
        return [part for part in parts if len(part) > 1 and _is_name_only(part)]
    if label != "PERSON" or len(name) != 3 or not _is_name_only(name[1:], "HSw"):
        return [name]
    return [name, name[1:]]


def _is_name_only(part: str, kinds: str = "HPSw") -> bool:
    """Whether part of a Chinese name is no word besides, other than a name."""
    word = chinese_words().words.get(part)
    return word is None or word.kind in kinds
