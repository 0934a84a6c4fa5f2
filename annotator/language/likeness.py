"""Whether two spellings may be one name, one of them with a slip: by letters and characters alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from annotator.language.pinyin import readings
from annotator.language.script import simplified
from annotator.language.words import SPELLING

Grade = Literal[0, 1, 2]
"""0: not alike; 1: alike enough if something else says that they are one; 2: alike by themselves."""

_DOTS = re.compile(r"[•·・‧∙=＝\s-]+")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[’'‘`.-]")
# Endings by which words of one stem differ on purpose.
_INFLECTED = re.compile(r"(?:e?s|n|a?ns?|i?ans?|ese|ish|ic|er|ers|i|is|land)\Z")
_SHORT_LATIN, _SURE_LATIN, _LONG_LATIN = 5, 6, 8
_SHORT_CHINESE, _SURE_CHINESE = 3, 4


@lru_cache(maxsize=16384)
def parts(name: str) -> tuple[str, ...]:
    """The parts of a name: by dots and hyphens in a Chinese one, by spaces in an English one."""
    text = name.strip()
    if any("\u3400" <= char <= "\u9fff" for char in text):
        return tuple(part for part in _DOTS.split(text) if part)
    return tuple(part for part in _SPACES.split(text) if part)


@lru_cache(maxsize=16384)
def folded(part: str) -> str:
    """A part without accents, hyphens, apostrophes and capitals, in simplified characters."""
    bare = unicodedata.normalize("NFKD", _MARKS.sub("", simplified(part)))
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()


@lru_cache(maxsize=16384)
def shortenings(part: str) -> frozenset[str]:
    """The folded part, and it without each of its characters: parts one slip apart share one of these."""
    whole = folded(part)
    if len(whole) < _SHORT_CHINESE:
        return frozenset((whole,))
    return frozenset((whole, *(whole[:at] + whole[at + 1 :] for at in range(len(whole)))))


def alike(one: str, other: str) -> Grade:
    """How alike two parts of names are that are not the same."""
    if one.isascii() != other.isascii() and (_han(one) != _han(other)):
        return 0
    if of_other_things(one, other) or any(char.isdigit() for char in one + other):
        return 0
    first, second = folded(one), folded(other)
    if first == second:
        return 1 if one.casefold() != other.casefold() else 0
    return _chinese(first, second) if _han(one) else _latin(first, second)


def of_other_things(one: str, other: str) -> bool:
    """Whether the tables of names know both, as different things."""
    known = [_tables().get(folded(text), frozenset()) for text in (one, other)]
    return all(known) and known[0].isdisjoint(known[1])


@cache
def _tables() -> dict[str, frozenset[int]]:
    """The numbers of the entries of each name, folded."""
    from annotator.language.counterpart.tables import entries

    found: dict[str, frozenset[int]] = {}
    for number, entry in enumerate(entries()):
        for name in (*entry.zh, *entry.en):
            found[folded(name)] = found.get(folded(name), frozenset()) | {number}
    return found


def _han(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


def _latin(one: str, other: str) -> Grade:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT_LATIN:
        return 0
    if long.startswith(short) and _INFLECTED.fullmatch(long[len(short) :]):
        return 1 if len(long) - len(short) == 2 and long.endswith("er") else 0
    if one_slip(short, long):
        return 2 if len(short) >= _SURE_LATIN else 1
    if len(short) >= _SURE_LATIN and long.startswith(short) and len(long) - len(short) == 2:
        return 1
    return 1 if len(short) >= _LONG_LATIN and _two_slips(short, long) else 0


def _chinese(one: str, other: str) -> Grade:
    from annotator.language.counterpart.tables import kinds

    short, long = sorted((one, other), key=len)
    if any(long == short + kind for kind in kinds()):
        return 0
    if len(short) < len(long):
        spelt = all(char in SPELLING for char in long)
        return 2 if len(short) >= _SHORT_CHINESE and spelt and one_slip(short, long) else 0
    if not one_slip(short, long):
        return 0
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    homophones = all(set(readings(a)) & set(readings(b)) for a, b in changed)
    if len(changed) == 2:
        return 2 if len(one) >= _SHORT_CHINESE else 0
    if homophones:
        return 2 if len(one) >= _SURE_CHINESE else 1
    return 1 if len(one) >= _SHORT_CHINESE and all(char in SPELLING for char in one + other) else 0


def one_slip(short: str, long: str) -> bool:
    """Whether one character was left out, put in or changed, or two neighbours were swapped."""
    if abs(len(long) - len(short)) > 1:
        return False
    head = 0
    while head < len(short) and short[head] == long[head]:
        head += 1
    if len(short) < len(long):
        return short[head:] == long[head + 1 :]
    if short[head + 1 :] == long[head + 1 :]:
        return True
    swapped = short[head : head + 2] == long[head : head + 2][::-1]
    return swapped and short[head + 2 :] == long[head + 2 :]


def _two_slips(one: str, other: str) -> bool:
    return any(one_slip(*sorted((cut, other), key=len)) for cut in _cuts(one)) or any(
        one_slip(*sorted((one, cut), key=len)) for cut in _cuts(other)
    )


def _cuts(text: str) -> list[str]:
    return [text[:at] + text[at + 1 :] for at in range(len(text))]
