"""What was annotated before, found again: which strings a person labelled, and how often they did not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from annotator.core.span import Side
from annotator.language.crf.tags import Labelled
from annotator.language.mentions.finding import short_names
from annotator.language.occurring import Occurrences, times_in
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


Labels = tuple[tuple[str, str], ...]
"""Strings, each with a label."""


class _Sentence(Struct, frozen=True, gc=False):
    """Of a large project there are hundreds of thousands: they hold nothing that the garbage collector
    would have to look through."""

    text: str
    spans: Labels
    rejected: Labels
    read: bool


class Recall:
    """The memory of one side. Sentences that were read come and go by a key; both cost little."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._sentences: dict[Hashable, _Sentence] = {}
        self._whole: dict[str, dict[str, int]] = {}
        self._parts: dict[str, dict[str, int]] = {}
        self._rejected: Counter[tuple[str, str]] = Counter()
        self._heads: dict[str, dict[int, dict[str, int]]] = {}
        self._read = Occurrences(side)
        self._times = times_in(side)
        self._said: dict[tuple[str, str], tuple[str, str]] = {}
        self._unfinished: Counter[str] = Counter()

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
        before = self._sentences.get(key)
        plain = self._plain(text)
        sentence = _Sentence(plain, self._strings(plain, spans), self._strings(plain, rejected), read)
        if before != sentence:
            self._sentences[key] = sentence
            self._replace(before, sentence)

    def forget(self, key: Hashable) -> None:
        """As if the sentence had not been read."""
        self._replace(self._sentences.pop(key, None), None)

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
        return max(0, self._seen(string) - self._whole.get(string, _NOTHING).get(label, 0))

    def times(self, string: str, text: str) -> int:
        """How often a string stands in a text."""
        return self._times(self._plain(string), self._plain(text))

    def find(self, text: str) -> list[Remembered]:
        """Every stretch of `text` that was annotated elsewhere, in order; they may overlap."""
        if not self._heads:
            return []
        plain = self._plain(text)
        matches = list(self._matches(plain))
        edges = self._edges(plain) if matches else frozenset()
        found = []
        for start, end in matches:
            string = plain[start:end]
            whole = start in edges and end in edges
            for label, count in self._whole.get(string, _NOTHING).items():
                score = self._trust(string, label, count, "single" if self._is_single(string) else "whole")
                found.append(Remembered(start, end, label, score, count, False, whole))
            for label, count in self._parts.get(string, _NOTHING).items():
                if label not in self._whole.get(string, _NOTHING):
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
        """How often the string stands in what was read, labelled or not, and labelled in what was not."""
        return self._read.count(string) + self._unfinished[string]

    def _replace(self, before: _Sentence | None, now: _Sentence | None) -> None:
        """Count a sentence that stands where another stood, or where none did or does."""
        was_read, is_read = before is not None and before.read, now is not None and now.read
        same_text = before is not None and now is not None and before.text == now.text
        if before is not None:
            self._count(before, -1)
            if was_read and not (same_text and is_read):
                self._read.remove(before.text)
        if now is not None:
            self._count(now, 1)
            if is_read and not (same_text and was_read):
                self._read.add(now.text)

    def _count(self, sentence: _Sentence, step: int) -> None:
        for string, label in sentence.spans:
            if not 0 < len(string) <= _LONGEST:
                continue
            self._put(self._whole, string, label, step)
            if not sentence.read:
                self._unfinished[string] += step
            for part in short_names(string, label, self._side) if label == "PERSON" else ():
                if part != string:
                    self._put(self._parts, part, label, step)
        for said in sentence.rejected:
            self._rejected[said] += step

    def _strings(self, plain: str, spans: Iterable[Labelled]) -> Labels:
        """What the spans cover; what was said before is kept once."""
        said = ((plain[span.start : span.end], span.label) for span in spans)
        return tuple(self._said.setdefault(one, one) for one in said)

    def _put(self, table: dict[str, dict[str, int]], string: str, label: str, step: int) -> None:
        of_head = self._heads.setdefault(self._head(string), {})
        _add(table.setdefault(string, {}), label, step)
        _add(of_head.setdefault(len(string), {}), string, step)
        if not table[string]:
            del table[string]

    def _head(self, string: str) -> str:
        return string[0] if self._side == "zh" else _first_word(string, 0)

    def _edges(self, plain: str) -> frozenset[int]:
        if self._side == "en":
            return frozenset(edge for word in _EN_WORD.finditer(plain) for edge in word.span())
        return frozenset([0, *tagged_words(plain).ends])

    def _matches(self, plain: str) -> Iterator[tuple[int, int]]:
        """Where strings stand that are remembered; in English between words only."""
        if self._side == "zh":
            return self._standing(plain, enumerate(plain))
        edges = self._edges(plain)
        heads = ((start, _first_word(plain, start)) for start in sorted(edges))
        return (found for found in self._standing(plain, heads) if found[1] in edges)

    def _standing(self, plain: str, heads: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
        of_head = self._heads.get
        for start, head in heads:
            for length, strings in of_head(head, _NO_STRINGS).items():
                if plain[start : start + length] in strings:
                    yield start, start + length


_NOTHING: Mapping[str, int] = {}
_NO_STRINGS: Mapping[int, dict[str, int]] = {}
_EN_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def _add(counts: dict[str, int], key: str, step: int) -> None:
    """Count on; what comes to nothing is left out."""
    counts[key] = counts.get(key, 0) + step
    if counts[key] <= 0:
        del counts[key]


def _first_word(text: str, start: int) -> str:
    match = _EN_WORD.match(text, start)
    return match[0] if match else text[start : start + 1]
