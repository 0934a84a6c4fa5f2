"""Which words of a Chinese and an English text may render each other: by meaning, name or sound."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
_KEPT = 64
# Names are not inflected: the Lovings are hardly called after love.
_BENT = 0.5
# How far from the corresponding place a name is listened for: characters, and share of the text.
_NEARBY, _NEARBY_SHARE = 60, 0.12


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
    """The words of the English text, and a choice of matches in which every word matches once."""

    words: tuple[Word, ...]
    chosen: tuple[Match, ...]


def matches(zh: str, en: str, known: Knowledge) -> Matches:
    """What the words of a pair have in common; kept for the next question about the same pair."""
    memory: dict[tuple[str, str], Matches] = known.memory.setdefault("matches", {})
    found = memory.get((zh, en))
    if found is None:
        if len(memory) > _KEPT:
            memory.clear()
        every = [*_meant(zh, en, known), *_dated(zh, en, known)]
        every.extend(_heard_nearby(zh, en, {one.first for one in every}))
        found = memory[zh, en] = Matches(words(en), _chosen(every, len(zh), len(words(en))))
    return found


def matches_of_characters(zh: str, en: str, known: Knowledge, start: int, end: int) -> list[Match]:
    """All that the characters `[start, end)` may match, words more than once."""
    inside = [one for one in _meant(zh, en, known) if start <= one.start and one.end <= end]
    return [*inside, *_heard(zh[start:end], start, words(en))]


def matches_of_words(zh: str, en: str, known: Knowledge, first: int, last: int) -> list[Match]:
    """All that the words `[first, last)`, by number, may match, characters more than once."""
    inside = [one for one in _meant(zh, en, known) if first <= one.first and one.last <= last]
    return [*inside, *_heard(zh, 0, words(en)[first:last], first)]


def _meant(zh: str, en: str, known: Knowledge) -> tuple[Match, ...]:
    """What means or names the same, by the lexicons and the tables."""
    memory: dict[tuple[str, str], tuple[Match, ...]] = known.memory.setdefault("meant", {})
    found = memory.get((zh, en))
    if found is None:
        if len(memory) > _KEPT:
            memory.clear()
        found = memory[zh, en] = (*_rendered(zh, en, known), *_named(zh, en))
    return found


def _rendered(zh: str, en: str, known: Knowledge) -> Iterator[Match]:
    by_key: dict[str, list[int]] = {}
    for number, word in enumerate(words(en)):
        by_key.setdefault(fold(word.text), []).append(number)
    for start, end, keys, _ in renderings(zh, known):
        kind = {fold(word) for word in kinds().get(zh[start:end], ())}
        for key in keys.keys() & by_key.keys():
            size = 1.0 if end - start > 1 else _KIND if key in kind else _SINGLE
            for number in by_key[key]:
                word = words(en)[number]
                bent = _BENT if word.capital and len(word.text) - len(key) > 2 else 1.0
                yield Match(start, end, number, number + 1, keys[key] * size * bent)


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


def _heard(zh: str, offset: int, names: Sequence[Word], first: int = 0) -> Iterator[Match]:
    """What sounds alike; `offset` and `first` are where the text and the words begin in the whole ones."""
    for number, word in enumerate(names, first):
        if word.capital and not word.common and len(word.text) > 2:
            for start, end, alike in stretches(zh, word.text, _HEARD)[:2]:
                spelt = sum(char in NAME_CHARS for char in zh[start:end]) / (end - start)
                alike *= 1.0 if alike > _EXACT else 0.7 + 0.3 * spelt
                if end - start > 1 and alike >= _HEARD:
                    yield Match(start + offset, end + offset, number, number + 1, alike)


def _heard_nearby(zh: str, en: str, told: Collection[int]) -> Iterator[Match]:
    """What sounds alike at about the same place of both texts, for words that nothing else is known of."""
    reach = max(_NEARBY, int(len(zh) * _NEARBY_SHARE))
    for number, word in enumerate(words(en)):
        if number not in told:
            middle = word.start * len(zh) // len(en)
            start = max(0, middle - reach)
            yield from _heard(zh[start : middle + reach], start, (word,), number)


def _numbers(en: str, start: int, end: int) -> tuple[int, int]:
    """The numbers of the words that lie in a stretch, half-open."""
    inside = [number for number, word in enumerate(words(en)) if start <= word.start and word.end <= end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _chosen(every: Sequence[Match], size: int, count: int) -> tuple[Match, ...]:
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
