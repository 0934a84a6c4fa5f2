"""Words in a Chinese sentence that tell of a name beside them: one pass over the text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from annotator.language.mentions.gazetteer import cues

_CUES = ("role", "title", "speech", "place_before", "emperor", "kin", "courtesy")
_GLOSS = re.compile(r"[(（]\s*[A-Z]")


class Beside(NamedTuple):
    """Offsets at which a name is likely to begin or end, and words that are part of one.

    Attributes:
        behind_role: a title or profession ends here.
        behind_way: a word of two characters and more that leads to places ends here.
        before_title: a title or a verb of saying begins here.
        before_gloss: a bracket with Latin letters opens here.
        courtesies: 先生 and the like begin here.
        rulers: temple and posthumous names.
        addresses: words that make a form of address of a family name.
    """

    behind_role: set[int]
    behind_way: set[int]
    before_title: set[int]
    before_gloss: set[int]
    courtesies: set[int]
    rulers: list[tuple[int, int]]
    addresses: list[tuple[int, int]]


def beside_names(text: str) -> Beside:
    """The cues of simplified text."""
    glosses = {match.start() for match in _GLOSS.finditer(text)}
    beside = Beside(set(), set(), set(), glosses, set(), [], [])
    heads = _by_head()
    for at, char in enumerate(text):
        for word, cue in heads.get(char, ()):
            if text.startswith(word, at):
                _note(beside, cue, at, at + len(word))
    return beside


def _note(beside: Beside, cue: str, start: int, end: int) -> None:
    if cue == "role":
        beside.behind_role.add(end)
    elif cue == "place_before":
        beside.behind_way.add(end)
    elif cue == "emperor":
        beside.rulers.append((start, end))
    elif cue == "courtesy":
        beside.courtesies.add(start)
    elif cue == "kin":
        beside.addresses.append((start, end))
    else:
        beside.before_title.add(start)


@cache
def _by_head() -> dict[str, list[tuple[str, str]]]:
    heads: dict[str, list[tuple[str, str]]] = {}
    for cue in _CUES:
        for word in cues()[cue]:
            if cue != "place_before" or len(word) > 1:
                heads.setdefault(word[0], []).append((word, cue))
    return heads
