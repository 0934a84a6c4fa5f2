"""Which words of a Chinese and an English text may render each other: by meaning, name or sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.language.counterpart.candidate import Knowledge
from annotator.language.counterpart.english import Word, words
from annotator.language.counterpart.meaning import renderings
from annotator.language.counterpart.sound import NAME_CHARS, stretches
from annotator.language.counterpart.tables import in_chinese, in_english, kinds
from annotator.language.dates import agreement, find
from annotator.language.lexicon import fold

_SINGLE, _KIND = 0.45, 0.85
_NAMED = 1.0
_DATED = 1.0
_SAME_DATE = 0.7
_HEARD = 0.66
_EXACT = 0.98
_FAR = 0.8


class Match(NamedTuple):
    """A stretch `[start, end)` of the Chinese text and English words `[first, last)` by number.

    `strength` is how well the one renders the other, 0 to 1.
    """

    start: int
    end: int
    first: int
    last: int
    strength: float


class Matches(NamedTuple):
    """The words of the English text, all that may match, and a choice in which every word matches once."""

    words: tuple[Word, ...]
    every: tuple[Match, ...]
    chosen: tuple[Match, ...]


def matches(zh: str, en: str, known: Knowledge) -> Matches:
    """What the words of a pair have in common; kept for the next question about the same pair."""
    memory: dict[tuple[str, str], Matches] = known.memory.setdefault("matches", {})
    found = memory.get((zh, en))
    if found is None:
        if len(memory) > 64:
            memory.clear()
        every = tuple(_every(zh, en, known))
        found = memory[zh, en] = Matches(words(en), every, _chosen(every, len(zh), len(words(en))))
    return found


def _every(zh: str, en: str, known: Knowledge) -> Iterator[Match]:
    by_key: dict[str, list[int]] = {}
    for number, word in enumerate(words(en)):
        by_key.setdefault(fold(word.text), []).append(number)
    for start, end, keys, _ in renderings(zh, known):
        size = 1.0 if end - start > 1 else _KIND if zh[start] in kinds() else _SINGLE
        for key in keys.keys() & by_key.keys():
            for number in by_key[key]:
                yield Match(start, end, number, number + 1, keys[key] * size)
    yield from _named(zh, en)
    yield from _dated(zh, en, known)
    yield from _heard(zh, en)


def _named(zh: str, en: str) -> Iterator[Match]:
    chinese = in_chinese(zh)
    for found in in_english(en):
        for one in chinese:
            if one.entries & found.entries:
                yield Match(one.start, one.end, *_numbers(en, found.start, found.end), _NAMED)


def _dated(zh: str, en: str, known: Knowledge) -> Iterator[Match]:
    chinese = find(zh, "zh", reference=known.date)
    for date in find(en, "en", reference=known.date) if chinese else ():
        for one in chinese:
            if agreement(one.value, date.value) >= _SAME_DATE:
                yield Match(one.start, one.end, *_numbers(en, date.start, date.end), _DATED)


def _heard(zh: str, en: str) -> Iterator[Match]:
    for number, word in enumerate(words(en)):
        if word.capital and not word.common and len(word.text) > 2:
            for start, end, alike in stretches(zh, word.text, _HEARD)[:2]:
                spelt = sum(char in NAME_CHARS for char in zh[start:end]) / (end - start)
                alike *= 1.0 if alike > _EXACT else 0.7 + 0.3 * spelt
                if end - start > 1 and alike >= _HEARD:
                    yield Match(start, end, number, number + 1, alike)


def _numbers(en: str, start: int, end: int) -> tuple[int, int]:
    """The numbers of the words that lie in a stretch, half-open."""
    inside = [number for number, word in enumerate(words(en)) if start <= word.start and word.end <= end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _chosen(every: tuple[Match, ...], size: int, count: int) -> tuple[Match, ...]:
    """Greedily the strongest and longest, those in like places first, so that no word matches twice."""

    def worth(one: Match) -> float:
        away = abs((one.start + one.end) / 2 / max(1, size) - (one.first + one.last) / 2 / max(1, count))
        long = min(4, one.end - one.start) + 0.5 * (one.last - one.first)
        return one.strength * (1 + 0.25 * long) - _FAR * away

    taken: set[int] = set()
    owner: dict[int, tuple[int, int]] = {}
    found = []
    for one in sorted(every, key=worth, reverse=True):
        if worth(one) <= 0 or one.first == one.last:
            continue
        place = one.start, one.end
        free = all(owner.get(at, place) == place for at in range(one.start, one.end))
        if free and not any(number in taken for number in range(one.first, one.last)):
            taken.update(range(one.first, one.last))
            owner.update(dict.fromkeys(range(one.start, one.end), place))
            found.append(one)
    return tuple(sorted(found))
