"""Chinese names that the English text spells with Latin letters.

A capitalised English word that is the reading of some characters of the Chinese text, in pinyin or another of
the usual spellings, is taken for their name: `小满` is `Xiaoman`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annotator.language.pinyin import spellings

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LONGEST = 4
_SHORTEST = 2


def spelt_names(zh: Sequence[str], en: Sequence[str]) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """For every sentence of both sides the keys (`p` and the letters) of the names that it has."""
    tokens = [[match[0] for match in _TOKEN.finditer(sentence)] for sentence in en]
    names = _capitalised(token for sentence in tokens for token in sentence)
    reader = _Reader(names)
    found = [frozenset(reader.names(sentence)) for sentence in zh]
    spelt = frozenset[str]().union(*found)
    return found, [
        spelt.intersection(f"p{_bare(token)}" for token in sentence if token[0].isupper())
        for sentence in tokens
    ]


def _bare(token: str) -> str:
    token = re.sub(r"[’']s\Z", "", token)
    return "".join(filter(str.isalpha, token)).lower()


def _capitalised(tokens: Iterable[str]) -> frozenset[str]:
    """Words that are written with a capital at least as often as without."""
    capital, small = Counter[str](), Counter[str]()
    for token in tokens:
        (capital if token[0].isupper() else small)[_bare(token)] += 1
    return frozenset(
        name for name, count in capital.items() if len(name) >= _SHORTEST and count >= small[name]
    )


class _Reader:
    """Finds the wanted names in Chinese text by how its characters are read."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._beginnings = frozenset(name[:end] for name in names for end in range(1, len(name) + 1))
        self._by_char: dict[str, tuple[str, ...]] = {}

    def names(self, sentence: str) -> Iterator[str]:
        """The key of every name that some characters of the sentence may be read as."""
        for at, char in enumerate(sentence):
            for spelling in self._opening(char):
                yield from self._on(spelling, sentence, at + 1, at + _LONGEST)

    def _opening(self, char: str) -> tuple[str, ...]:
        found = self._by_char.get(char)
        if found is None:
            found = tuple(spelling for spelling in spellings(char) if spelling in self._beginnings)
            self._by_char[char] = found
        return found

    def _on(self, read: str, sentence: str, at: int, end: int) -> Iterator[str]:
        if read in self._names:
            yield f"p{read}"
        if at < min(end, len(sentence)):
            for spelling in spellings(sentence[at]):
                if read + spelling in self._beginnings:
                    yield from self._on(read + spelling, sentence, at + 1, end)
