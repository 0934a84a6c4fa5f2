"""Stretches of an English text that may be names: runs of capitalised words, and parts of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from annotator.core.resources import resource
from annotator.language.counterpart.tables import Found, in_english

_TOKEN = re.compile(
    r"(?:[A-Z]\.)+(?:-[A-Z]\.)?|(?:Mr|Mrs|Ms|Dr|St|Mt|Gen|Col|Capt|Sgt|Lt|Sen|Rep|Gov|Prof|Rev|Jr|Sr)\."
    r"|[^\W\d_](?:[^\W_]|[’'-](?=[^\W\d_]))*"
)
_POSSESSIVE = re.compile(r"[’'](?:s|S)?\Z")
_LONGEST = 6


@cache
def _words(kind: str) -> frozenset[str]:
    """Words that are no names by themselves: a `title`, one that is `common`, a `joiner` inside of names."""
    lines = resource("names", "english.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(dict(line.split("\t") for line in lines)[kind].split())


class Word(NamedTuple):
    """A word of an English text; possessive endings are no part of it."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Whether it begins like a name: a capital, or al-Jadaan's."""
        head, hyphen, tail = self.text.partition("-")
        return self.text[:1].isupper() or bool(hyphen and head in _words("joiner") and tail[:1].isupper())

    @property
    def title(self) -> bool:
        """Whether it is a word of office or kinship."""
        return self.text.lower() in _words("title")

    @property
    def common(self) -> bool:
        """Whether it is one of the words that only begin a sentence."""
        return self.text.lower().replace("’", "'") in _words("common")


class Run(NamedTuple):
    """Words that may be one name. `whole` is the longest such stretch round them, titles
    left out; `person` the longest that can be a person: nobody is called of something."""

    start: int
    end: int
    words: tuple[Word, ...]
    whole: tuple[int, int]
    person: tuple[int, int]

    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Word, ...]:
    """The words of an English text."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        cut = _POSSESSIVE.search(token)
        if cut and cut.start():
            token = token[: cut.start()]
        found.append(Word(match.start(), match.start() + len(token), token))
    return tuple(found)


@lru_cache(maxsize=256)
def segments(text: str) -> tuple[tuple[Word, ...], ...]:
    """Longest runs of capitalised words, with the small words between them, broken at titles."""
    found: list[tuple[Word, ...]] = []
    run: list[Word] = []
    for word in words(text):
        joined = run and not text[run[-1].end : word.start].strip(" \u00a0")
        if run and not joined:
            _close(run, found)
            run = []
        is_name = (
            word.capital
            and not word.title
            and not (word.common and not (word.text.isupper() and len(word.text) > 1))
        )
        if word.common and word.text == "May" and _stands_alone(text, word):
            is_name = True
        if is_name or (run and word.text in _words("joiner")):
            run.append(word)
        elif run:
            _close(run, found)
            run = []
    _close(run, found)
    places = [place for place in in_english(text) if not place.person and not place.demonym]
    return tuple(part for segment in found for part in _cut(segment, places))


_LINKING_WORDS = "of the and for de la le les las los el al des di du da del della dei der van von zu y &"
_LINKS = frozenset(_LINKING_WORDS.split())


@lru_cache(maxsize=256)
def wide_segments(text: str) -> tuple[tuple[Word, ...], ...]:
    """Longest runs of capitalised words, titles among them, also over commas, ampersands and small words."""
    found: list[tuple[Word, ...]] = []
    run: list[Word] = []
    for word in words(text):
        between = text[run[-1].end : word.start].strip(" \u00a0") if run else ""
        if run and between not in ("", ",", "&", "’", "'s", "’s"):
            _close_wide(run, found)
            run = []
        if (word.capital and (run or not word.common)) or (run and word.text in _LINKS):
            run.append(word)
        elif run:
            _close_wide(run, found)
            run = []
    _close_wide(run, found)
    return tuple(found)


def _close_wide(run: list[Word], found: list[tuple[Word, ...]]) -> None:
    while run and run[-1].text in _LINKS:
        run.pop()
    if run:
        found.append(tuple(run))


def _cut(segment: tuple[Word, ...], places: list[Found]) -> list[tuple[Word, ...]]:
    """A run with a known place in it, taken apart where two words or more stand beside the place."""
    start, end = segment[0].start, segment[-1].end
    for place in places:
        if not start <= place.start < place.end <= end:
            continue
        before = tuple(word for word in segment if word.end <= place.start)
        inside = tuple(word for word in segment if place.start <= word.start < place.end)
        after = tuple(word for word in segment if word.start >= place.end)
        if inside and (_names_in(before) > 1 or _names_in(after) > 1):
            parts = (
                [part for part in (before, inside, *_cut(after, places)) if part]
                if after
                else [before, inside]
            )
            return [part for part in map(_trimmed, parts) if part]
    return [segment]


def _names_in(part: tuple[Word, ...]) -> int:
    return sum(word.text not in _words("joiner") for word in part)


def _trimmed(part: tuple[Word, ...]) -> tuple[Word, ...]:
    while part and part[-1].text in _words("joiner"):
        part = part[:-1]
    while part and part[0].text in _words("joiner"):
        part = part[1:]
    return part


def _stands_alone(text: str, word: Word) -> bool:
    """`May` as a name: no number beside it, and not the first word."""
    return word.start > 0 and not re.match(r"\s*(?:\d|\w+ I\b)", text[word.end :])


def _close(run: list[Word], found: list[tuple[Word, ...]]) -> None:
    while run and (run[-1].text in _words("joiner")):
        run.pop()
    if run:
        found.append(tuple(run))


@lru_cache(maxsize=256)
def runs(text: str) -> tuple[Run, ...]:
    """All stretches that may be names, at most six words long, small words never at their edges."""
    found: list[Run] = []
    for segment in segments(text):
        whole = segment[0].start, segment[-1].end
        breaks = [whole[0] - 1, *(word.start for word in segment if word.text == "of"), whole[1] + 1]
        for first in range(len(segment)):
            if segment[first].text in _words("joiner"):
                continue
            for last in range(first, min(len(segment), first + _LONGEST)):
                if segment[last].text in _words("joiner"):
                    continue
                part = segment[first : last + 1]
                inside = [
                    word
                    for low, high in pairwise(breaks)
                    if low < part[0].start < high
                    for word in segment
                    if low < word.start < high and word.text not in _words("joiner")
                ]
                person = inside[0].start, inside[-1].end
                found.append(Run(part[0].start, part[-1].end, part, whole, person))
    return tuple(found)
