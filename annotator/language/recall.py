"""What was annotated before, found again: which strings a person labelled, and how often they did not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from annotator.core.span import Side
from annotator.language.crf.tags import Labelled
from annotator.language.mentions.finding import short_names
from annotator.language.script import simplified
from annotator.language.tagging import tagged_words

_LONGEST = 60
# Before anything was seen: how much one annotation of a string says of the next occurrence.
_DOUBT = 1.0
_AT_FIRST = {"whole": 0.5, "part": 0.25, "single": 0.04}


class Remembered(NamedTuple):
    """A stretch of a text that was annotated like this elsewhere.

    `score` is the smoothed share of the string's occurrences that were labelled so; `times` how many were;
    `part` that only a longer name with this part was; `whole` that the stretch starts and ends between words.
    """

    start: int
    end: int
    label: str
    score: float
    times: int
    part: bool
    whole: bool


class _Sentence(NamedTuple):
    text: str
    spans: tuple[Labelled, ...]
    rejected: tuple[Labelled, ...]
    read: bool


class Recall:
    """The memory of one side. Sentences that were read come and go by a key; both cost little."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._sentences: dict[Hashable, _Sentence] = {}
        self._whole: dict[str, Counter[str]] = {}
        self._parts: dict[str, Counter[str]] = {}
        self._rejected: Counter[tuple[str, str]] = Counter()
        self._heads: dict[str, Counter[str]] = {}
        self._occurrences: dict[str, int] = {}
        self._all_read = ""

    def learn(
        self,
        key: Hashable,
        text: str,
        spans: Iterable[Labelled],
        rejected: Iterable[Labelled] = (),
        *,
        read: bool = True,
    ) -> None:
        """Remember a sentence in place of that of the same key, if there is one.

        Of one that was not `read` to its end, what is not annotated tells nothing.
        """
        self.forget(key)
        plain = self._plain(text)
        sentence = _Sentence(plain, tuple(spans), tuple(rejected), read)
        self._sentences[key] = sentence
        self._count(sentence, 1)

    def forget(self, key: Hashable) -> None:
        """As if the sentence had not been read."""
        sentence = self._sentences.pop(key, None)
        if sentence is not None:
            self._count(sentence, -1)

    def known(self, key: Hashable) -> bool:
        """Whether the sentence of this key is remembered."""
        return key in self._sentences

    @property
    def names(self) -> int:
        """How many different strings are annotated."""
        return len(self._whole)

    def absent(self, string: str, label: str) -> int:
        """How often a string stood in what was read, and was not labelled so."""
        string = self._plain(string)
        return max(0, self._seen(string) - self._whole.get(string, Counter())[label])

    def times(self, string: str, text: str) -> int:
        """How often a string stands in a text."""
        return self._times(self._plain(string), self._plain(text))

    def find(self, text: str) -> list[Remembered]:
        """Every stretch of `text` that was annotated elsewhere, in order; they may overlap."""
        plain = self._plain(text)
        edges = self._edges(plain)
        found = []
        for start, end in self._matches(plain, edges):
            string = plain[start:end]
            whole = start in edges and end in edges
            for label, count in self._whole.get(string, {}).items():
                score = self._trust(string, label, count, "single" if self._is_single(string) else "whole")
                found.append(Remembered(start, end, label, score, count, False, whole))
            for label, count in self._parts.get(string, {}).items():
                if label not in self._whole.get(string, {}):
                    score = self._trust(string, label, 0, "part")
                    found.append(Remembered(start, end, label, score, count, True, whole))
        return sorted(found)

    def _plain(self, text: str) -> str:
        return simplified(text) if self._side == "zh" else text

    def _is_single(self, string: str) -> bool:
        return len(string) == 1

    def _trust(self, string: str, label: str, labelled: int, kind: str) -> float:
        seen = self._seen(string) + self._rejected[string, label]
        return (labelled + _DOUBT * _AT_FIRST[kind]) / (max(seen, labelled) + _DOUBT)

    def _seen(self, string: str) -> int:
        """How often the string stands in what was read, labelled or not."""
        known = self._occurrences.get(string)
        if known is None:
            if not self._all_read:
                self._all_read = "\n".join(one.text for one in self._sentences.values() if one.read)
            known = self._times(string, self._all_read)
            self._occurrences[string] = known
        return known

    def _times(self, string: str, text: str) -> int:
        if self._side == "zh":
            return text.count(string)
        return sum(1 for _ in _at_word_edges(string, text))

    def _count(self, sentence: _Sentence, step: int) -> None:
        self._all_read = ""
        for string in self._occurrences if sentence.read else ():
            if string in sentence.text:
                self._occurrences[string] += step * self._times(string, sentence.text)
        for span in sentence.spans:
            string = sentence.text[span.start : span.end]
            if not 0 < len(string) <= _LONGEST:
                continue
            self._put(self._whole, string, span.label, step)
            for part in short_names(string, span.label, self._side) if span.label == "PERSON" else ():
                if part != string:
                    self._put(self._parts, part, span.label, step)
        for span in sentence.rejected:
            self._rejected[sentence.text[span.start : span.end], span.label] += step

    def _put(self, table: dict[str, Counter[str]], string: str, label: str, step: int) -> None:
        counts = table.setdefault(string, Counter())
        counts[label] += step
        heads = self._heads.setdefault(self._head(string), Counter())
        heads[string] += step
        if counts[label] <= 0:
            del counts[label]
        if not counts:
            del table[string]
        if heads[string] <= 0:
            del heads[string]

    def _head(self, string: str) -> str:
        return string[0] if self._side == "zh" else _first_word(string)

    def _edges(self, plain: str) -> frozenset[int]:
        if self._side == "en":
            return frozenset(edge for word in _EN_WORD.finditer(plain) for edge in word.span())
        return frozenset([0, *tagged_words(plain).ends])

    def _matches(self, plain: str, edges: frozenset[int]) -> Iterator[tuple[int, int]]:
        places: Iterable[int] = range(len(plain)) if self._side == "zh" else sorted(edges)
        for start in places:
            head = plain[start] if self._side == "zh" and start < len(plain) else _first_word(plain[start:])
            for string in self._heads.get(head, ()):
                end = start + len(string)
                if plain.startswith(string, start) and (self._side == "zh" or end in edges):
                    yield start, end


_EN_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def _first_word(text: str) -> str:
    match = _EN_WORD.match(text)
    return match[0] if match else text[:1]


def _at_word_edges(string: str, text: str) -> Iterator[int]:
    start = text.find(string)
    while start >= 0:
        end = start + len(string)
        joined_before = start > 0 and text[start - 1].isalnum() and string[0].isalnum()
        joined_behind = end < len(text) and text[end].isalnum() and string[-1].isalnum()
        if not (joined_before or joined_behind):
            yield start
        start = text.find(string, start + 1)
