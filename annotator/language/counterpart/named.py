"""Names that render each other word by word: the Yellow River, the Red Cross, a street by its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from annotator.language.counterpart.candidate import Candidate, Knowledge, Mention
from annotator.language.counterpart.english import Word, segments, wide_segments, words
from annotator.language.counterpart.matching import (
    Match,
    matches,
    matches_of_characters,
    matches_of_words,
)
from annotator.language.counterpart.meaning import JOINING, edges, renderings
from annotator.language.counterpart.tables import in_english, kind_words, kinds, titles

_LEAST = 0.28
_BASE, _SPAN = 0.44, 0.5
# What is taken off where a stretch ends inside of a run or a word, stands behind a word that may belong to
# it, or is no more than a common word.
_CUT_ENGLISH, _CUT_CHINESE, _BEHIND, _COMMON = 0.62, 0.75, 0.9, 0.7
_LONGEST_CHINESE = 26
_LONGEST_UNKNOWN = 6
# What a name is rendered to at the least if all its words are words of kind: 庙街, Temple Street.
_WHOLLY = 0.9
_LEFT, _LEFT_LONGEST = 0.5, 4
_SMALL_WORDS = "of de da di do du del della der den von van la le los las al el the and for y e & des"
_SMALL = frozenset(_SMALL_WORDS.split())
_NOT_IN_PEOPLE = frozenset(("and", "of", "for", "the"))
_SMALL_CHINESE = frozenset("的之和与與及•·・‧∙ ")
_MARKS = frozenset("，。、；：！？《》“”「」『』（）()\"'‘’,;:!? ")


@cache
def _ends() -> frozenset[str]:
    """Chinese words of kind, office and kinship, with which names end."""
    return frozenset((*kinds(), *titles()))


class _Scope(NamedTuple):
    """A stretch of Chinese characters and a stretch of English words that are held against each other.

    `may_be_left`: what nothing renders in either may render each other; nothing else does.
    """

    start: int
    end: int
    first: int
    last: int
    may_be_left: bool = False


def named_in_english(zh: str, en: str, mention: Mention, known: Knowledge) -> Iterator[Candidate]:
    """Stretches of capitalised words that render the Chinese mention word by word."""
    mine = matches_of_characters(zh, en, known, mention.start, mention.end)
    if not mine:
        return
    every = words(en)
    told = _told_elsewhere(zh, en, known, mention)
    numbers = {word.start: number for number, word in enumerate(every)}
    people = [(one.start, one.end) for one in in_english(en) if one.demonym]
    for run in wide_segments(en):
        first, last = numbers[run[0].start], numbers[run[-1].start] + 1
        near = [one for one in mine if first <= one.first and one.last <= last]
        for begin, end in _parts(near, every, first, last, mention.label):
            place = every[begin].start, every[end - 1].end
            if mention.label == "PERSON" and not _may_be_person(every[begin:end]):
                continue
            if mention.label == "PLACE" and _only_people(near, every, (begin, end), people):
                continue
            may_be_left = mention.label != "PERSON" and told.isdisjoint(range(begin, end))
            scope = _Scope(mention.start, mention.end, begin, end, may_be_left)
            alike = _alike(zh, every, scope, near)
            bare = all(word.text in kind_words() or word.text in _SMALL for word in every[begin:end])
            if bare and alike < _WHOLLY:
                continue
            alike *= _CUT_ENGLISH if _cuts(en, *place) else 1.0
            if alike >= _LEAST:
                yield Candidate(*place, _BASE + _SPAN * alike, "meaning")


def _told_elsewhere(zh: str, en: str, known: Knowledge, mention: Mention) -> frozenset[int]:
    """The English words, by number, that render something outside of the Chinese mention."""
    return frozenset(
        number
        for one in matches(zh, en, known).chosen
        if one.end <= mention.start or mention.end <= one.start
        for number in range(one.first, one.last)
    )


def _told_by_others(zh: str, en: str, known: Knowledge, first: int, last: int) -> frozenset[int]:
    """The Chinese characters, by offset, that other words than `[first, last)` render."""
    return frozenset(
        at
        for one in matches(zh, en, known).chosen
        if one.last <= first or last <= one.first
        for at in range(one.start, one.end)
    )


def _may_be_person(part: Iterable[Word]) -> bool:
    """Nobody is called this and that, and offices are no part of a name; words of kinship are."""
    return not any(
        word.text in _NOT_IN_PEOPLE or (word.title and word.text not in kind_words()) for word in part
    )


def _only_people(
    near: Iterable[Match], every: Sequence[Word], part: tuple[int, int], people: Sequence[tuple[int, int]]
) -> bool:
    """Whether only an adjective renders the name of a place, as in Chinese Academy of Sciences."""
    inside = [one for one in near if part[0] <= one.first and one.last <= part[1]]
    return all(
        any(low <= every[one.first].start and every[one.last - 1].end <= high for low, high in people)
        for one in inside
    )


def _parts(
    near: Sequence[Match], every: Sequence[Word], first: int, last: int, label: str
) -> Iterator[tuple[int, int]]:
    """Where the name may begin and end: at words that render something of it, and at the ends of the run."""
    if not near:
        return
    begins = {first, *(one.first for one in near)}
    ends = {last, *(one.last for one in near)}
    if label != "PERSON":
        begins.update(number + 1 for number in range(first, last - 1) if every[number].title)
    for begin in begins:
        for end in ends:
            if begin < end and every[begin].text not in _SMALL and every[end - 1].text not in _SMALL:
                yield begin, end


def _cuts(en: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside a run of capitalised words."""
    return any(run[0].start < edge < run[-1].end for run in segments(en) for edge in (start, end))


def _alike(zh: str, every: Sequence[Word], scope: _Scope, near: Iterable[Match]) -> float:
    """The harmonic mean of how much of either name the words of the other render."""
    chars: dict[int, float] = {}
    rendered: dict[int, float] = {}
    for one in near:
        inside = scope.start <= one.start and one.end <= scope.end
        if not (inside and scope.first <= one.first and one.last <= scope.last):
            continue
        strength = 1.0 if one.end == scope.end and zh[one.start : one.end] in _ends() else one.strength
        for at in range(one.start, one.end):
            chars[at] = max(strength, chars.get(at, 0.0))
        for number in range(one.first, one.last):
            rendered[number] = max(strength, rendered.get(number, 0.0))
    size = sum(char not in _SMALL_CHINESE for char in zh[scope.start : scope.end])
    count = sum(word.text not in _SMALL for word in every[scope.first : scope.last])
    if not chars or not size or not count:
        return 0.0
    mine, theirs = sum(chars.values()) / size, sum(rendered.values()) / count
    left, rest = size - len(chars), count - len(rendered)
    if scope.may_be_left and rest and rest <= left + 1 <= _LEFT_LONGEST * rest:
        # What is left of either name most likely renders what is left of the other.
        mine += _LEFT * left / size
        theirs += _LEFT * rest / count
    return min(1.0, 2 * mine * theirs / (mine + theirs))


def named_in_chinese(zh: str, en: str, mention: Mention, known: Knowledge) -> Iterator[Candidate]:
    """Stretches of the Chinese text that render the English mention word by word."""
    every = words(en)
    numbers = [at for at, word in enumerate(every) if mention.start <= word.start < mention.end]
    if not numbers:
        return
    first, last = numbers[0], numbers[-1] + 1
    told = _told_by_others(zh, en, known, first, last)
    near = matches_of_words(zh, en, known, first, last)
    bounds = edges(zh, known)
    common = {(one.start, one.end) for one in renderings(zh, known)}
    for start, end in _stretches(zh, near, bounds):
        if end - start < 2 or not _MARKS.isdisjoint(zh[start:end]) or zh[start:end] in _ends():
            continue
        inside = [one for one in near if start <= one.start and one.end <= end]
        if not inside:
            continue
        may_be_left = mention.label != "PERSON" and told.isdisjoint(range(start, end))
        alike = _alike(zh, every, _Scope(start, end, first, last, may_be_left), near)
        by_kind = all(every[one.first].text in kind_words() for one in inside)
        if by_kind and alike < _WHOLLY and not _may_be_named(zh, start, end, inside, common):
            continue
        off = _CUT_CHINESE ** ((start not in bounds) + (end not in bounds))
        off *= 1.0 if _begins_well(zh, start) else _BEHIND
        off *= _COMMON if (by_kind or mention.label == "PERSON") and (start, end) in common else 1.0
        if off * alike >= _LEAST:
            yield Candidate(start, end, _BASE + _SPAN * off * alike, "meaning")


def _may_be_named(
    zh: str, start: int, end: int, inside: Iterable[Match], common: set[tuple[int, int]]
) -> bool:
    """Whether what stands before the word of kind can be the name of one, which nothing else tells."""
    kind = max(
        (one.start for one in inside if zh[one.start : one.end] in _ends() and one.end == end), default=0
    )
    before = zh[start:kind]
    return bool(before) and JOINING.isdisjoint(before) and (start, kind) not in common


def _begins_well(zh: str, start: int) -> bool:
    return start == 0 or zh[start - 1] in JOINING or zh[start - 1] in _MARKS


def _stretches(zh: str, near: Sequence[Match], bounds: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Between words that render something of the name; before a word of kind also what no lexicon knows."""
    begins = {one.start for one in near}
    for one in near:
        if zh[one.start : one.end] in _ends():
            begins.update(_before(zh, one.start, bounds))
    ends = {one.end for one in near}
    ends.update(end for one in near for end in _behind(zh, one.end))
    for begin in begins:
        for end in ends:
            if begin < end <= begin + _LONGEST_CHINESE:
                yield begin, end


def _behind(zh: str, at: int) -> Iterator[int]:
    """Where a name may end with a word of kind that English says otherwise."""
    for end in range(at + 1, min(len(zh), at + _LONGEST_UNKNOWN) + 1):
        if zh[end - 1] in JOINING or zh[end - 1] in _MARKS:
            return
        if any(zh[start:end] in kinds() for start in range(max(at, end - 3), end)):
            yield end


def _before(zh: str, kind: int, bounds: frozenset[int]) -> Iterator[int]:
    """Where a name may begin that ends with the word of kind at `kind`."""
    for at in range(kind - 1, max(-1, kind - _LONGEST_UNKNOWN - 1), -1):
        if zh[at] in JOINING or zh[at] in _MARKS:
            return
        if at in bounds:
            yield at
