"""What the words of a Chinese text may be rendered with, and the names and phrases that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from annotator.language.counterpart.candidate import Knowledge
from annotator.language.counterpart.tables import kinds, titles
from annotator.language.lexicon import core, fold
from annotator.language.script import simplified

_LONGEST = 8
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_OTHERWISE = re.compile(r"\b(?:or|also|aka) ([A-Z][\w’' -]+)")
_INITIALS = re.compile(r"\(([A-Z]{2,7})\)")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_KEPT, _KEPT_WORDS = 512, 100_000
# Characters that join words, and are seldom in names.
JOINING = frozenset(
    "她他它我你您们們的了在是和与與及或从從到于於把被向对對由替因里裡等而但也都就还還又着著过過给給让讓来來去说說叫这這那有以为為将將之"
)
_ALONE, _WITHIN = 1.0, 0.6
_LITTLE_WORDS = """
    a an the to of in on at by for with from and or as is be sb sth one's its etc not very it this that his
    her their who which into up out off over old name variant also see used person place surname abbr county
    city province town district prefecture level
"""
_LITTLE = frozenset(map(fold, _LITTLE_WORDS.split()))

Keys = Mapping[str, float]
"""Folded English words and how well each renders the Chinese one by itself, 0 to 1."""


class Rendering(NamedTuple):
    """A Chinese word `[start, end)` of a text, the English words that may render it, and names."""

    start: int
    end: int
    keys: Keys
    names: frozenset[str]


def edges(zh: str, known: Knowledge) -> frozenset[int]:
    """Where words begin and end: at marks, about small words, and about the words that the lexicons know.

    Characters that stand between known words may be one name.
    """
    memory: dict[str, frozenset[int]] = known.memory.setdefault("edges", {})
    found = memory.get(zh)
    if found is None:
        if len(memory) > _KEPT:
            memory.clear()
        found = memory[zh] = frozenset(_edges(zh, known))
    return found


def _edges(zh: str, known: Knowledge) -> Iterator[int]:
    longest: dict[int, int] = {}
    for one in renderings(zh, known):
        if one.end - one.start > 1:
            longest[one.start] = max(one.end, longest.get(one.start, 0))
    yield 0
    yield len(zh)
    at = 0
    while at < len(zh):
        end = longest.get(at, at + 1)
        if end > at + 1 or zh[at] in JOINING or not _HAN.match(zh, at):
            yield at
            yield end
        at = end


_Known = tuple[Keys, frozenset[str]]
_UNKNOWN: _Known = ({}, frozenset())


def renderings(zh: str, known: Knowledge) -> tuple[Rendering, ...]:
    """All words of a Chinese text that the lexicons know, overlapping ones too, by where they begin."""
    memory: dict[str, tuple[Rendering, ...]] = known.memory.setdefault("renderings", {})
    found = memory.get(zh)
    if found is None:
        if len(memory) > _KEPT:
            memory.clear()
        found = memory[zh] = tuple(_renderings(simplified(zh), known))
    return found


def _renderings(zh: str, known: Knowledge) -> Iterator[Rendering]:
    memory: dict[str, _Known] = known.memory.setdefault("words", {})
    if len(memory) > _KEPT_WORDS:
        memory.clear()
    for start in range(len(zh)):
        if not "\u3400" <= zh[start] <= "\u9fff":
            continue
        for end in range(start + 1, min(len(zh), start + _LONGEST) + 1):
            word = zh[start:end]
            found = memory.get(word)
            if found is None:
                found = memory[word] = _known(word, known)
            if found is not _UNKNOWN:
                yield Rendering(start, end, *found)


def _known(word: str, known: Knowledge) -> _Known:
    equivalents = tuple(_equivalents(word, known))
    kind = dict.fromkeys(map(fold, _kinds().get(word, ())), _ALONE)
    glosses = known.glosses(word) if known.glosses is not None else ()
    names = frozenset(name for one in glosses for name in english_names(one))
    keys = dict(_scored(equivalents)) | kind
    return (keys, names) if keys or names else _UNKNOWN


def _equivalents(word: str, known: Knowledge) -> Iterator[str]:
    yield from core().equivalents(word)
    if known.glosses is not None:
        yield from known.glosses(word)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, ...]]:
    return {**titles(), **kinds()}


def _scored(equivalents: Iterable[str]) -> Iterator[tuple[str, float]]:
    scores: dict[str, float] = {}
    for equivalent in equivalents:
        words = folded(equivalent)
        strength = _ALONE if len(words) == 1 else _WITHIN
        for word in words:
            scores[word] = max(strength, scores.get(word, 0.0))
    yield from scores.items()


@lru_cache(maxsize=32768)
def folded(equivalent: str) -> tuple[str, ...]:
    """The telling words of an equivalent, folded; brackets, and what is behind a name, only explain."""
    bare = _ASIDE.sub(" ", equivalent).strip()
    if bare[:1].isupper():
        bare = bare.partition(",")[0]
    words = (fold(word) for word in _WORD.findall(bare))
    return tuple(dict.fromkeys(word for word in words if word not in _LITTLE))


def english_names(gloss: str) -> list[str]:
    """The names in one gloss of a dictionary: what stands in brackets or behind a comma only explains.

    Initials are names too, those in brackets and those of a name of three words and more.
    """
    bare = _ASIDE.sub(" ", gloss)
    head = " ".join(bare.split(",")[0].split())
    found = [head] if head[:1].isupper() else []
    found.extend(match[1].strip() for match in _OTHERWISE.finditer(bare))
    if found:
        found.extend(_INITIALS.findall(gloss))
        capitals = [word for word in head.split() if word[0].isupper()]
        found.extend(["".join(word[0] for word in capitals)] if len(capitals) > 2 else [])
    return [part for part in found if part]
