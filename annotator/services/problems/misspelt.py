"""Names that a pair should have, by what stands on its other side, and that it has with a slip.

Wherever Rosenberger stands in the English, 罗森伯格 is expected in the Chinese if the two are linked
elsewhere. Where it is lacking, and something like it stands there, labelled or not, that is likely the slip.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.core.span import SIDES, Side, other
from annotator.language.likeness import alike, folded, one_slip, parts
from annotator.language.pinyin import readings
from annotator.language.words import Words
from annotator.services.problems.names import Known, Name, Names
from annotator.services.problems.problem import Problem
from annotator.services.problems.rows import Row

Range = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"[’']s?\Z")
_SHORT, _LONG = 3, 4


class Misspelt:
    """What is expected of the translation of each name, and the problems where it is not met."""

    def __init__(self, names: Names) -> None:
        self.found: dict[str, tuple[Problem, ...]] = {}
        self._names = names
        self._expected: dict[Name, str] = {}

    def renew(self, names: Iterable[Name]) -> list[Name]:
        """Work out anew what is expected for these names; those for which it is not the same any more."""
        changed = []
        for name in names:
            known = self._names.get(name)
            expected = _expected(known) if known else ""
            if expected != self._expected.get(name, ""):
                self._expected[name] = expected
                changed.append(name)
        return changed

    def put(self, pair: str, row: Row | None, places: dict[Side, list[Range]]) -> None:
        """Look at a pair (None if it is gone); `places` is where names stand in it."""
        self.found.pop(pair, None)
        if row is None or not row.two_sided:
            return
        found = tuple(problem for side in SIDES for problem in self._slips(row, side, places))
        if found:
            self.found[pair] = found

    def _slips(self, row: Row, side: Side, places: dict[Side, list[Range]]) -> Iterator[Problem]:
        """Slips on `side`, by the names that stand on the other one."""
        there = other(side)
        texts = row.text
        wanted: dict[str, Name] = {}
        for start, end in places[there]:
            name = (there, texts[there][start:end])
            expected = self._expected.get(name)
            if expected and expected not in texts[side]:
                wanted.setdefault(expected, name)
        for expected, name in wanted.items():
            foreign = [
                place for place in places[side] if not self._same(name, texts[side][place[0] : place[1]])
            ]
            near = _near(texts[side], expected, side, foreign, row.knowledge.words)
            if near is not None:
                yield self._problem(row, side, near, expected, name)

    def _same(self, name: Name, text: str) -> bool:
        """Whether a name and a text of the other side are linked somewhere."""
        known = self._names.get(name)
        return known is not None and text in known.partners

    def _problem(self, row: Row, side: Side, place: Range, expected: str, name: Name) -> Problem:
        piece = row.text[side][place[0] : place[1]]
        return Problem(
            kind="rendering",
            pair=row.pair.id,
            side=side,
            start=place[0],
            end=place[1],
            subject=f"{row.pair.id}:{piece}:{expected}",
            details=("text", expected, "", "", name[1], piece, expected),
        )


def _expected(known: Known) -> str:
    """How the last part of what a name is linked with is mostly written; of two as frequent the longer."""
    counts: defaultdict[str, int] = defaultdict(int)
    for partner, count in known.partners.items():
        pieces = parts(partner)
        if pieces:
            counts[_POSSESSIVE.sub("", pieces[-1])] += count
    return max(counts, key=lambda piece: (counts[piece], len(piece), piece), default="")


def _near(text: str, expected: str, side: Side, foreign: list[Range], words: Words) -> Range | None:
    """Where something stands that is likely `expected` with a slip, not within a name of something else."""
    candidates = _chinese(text, expected, words) if side == "zh" else _english(text, expected)
    for start, end in candidates:
        if not any(low < end and start < high for low, high in foreign):
            return start, end
    return None


def _chinese(text: str, expected: str, words: Words) -> Iterator[Range]:
    """First where its last character is missing, then other characters left out, changed or put in."""
    size = len(expected)
    if size < _SHORT or not all("\u3400" <= char <= "\u9fff" for char in expected):
        return
    for length in (size - 1, size, size + 1):
        for at in range(len(text) - length + 1):
            piece = text[at : at + length]
            if length >= _SHORT and piece != expected and _likely(piece, expected) and not words.known(piece):
                yield at, at + length


def _likely(piece: str, expected: str) -> bool:
    if len(piece) < len(expected):
        return len(expected) >= _LONG and piece[0] == expected[0] and one_slip(piece, expected)
    if len(piece) > len(expected):
        ends = piece[0] == expected[0] and piece[-1] == expected[-1]
        return ends and len(expected) >= _LONG and one_slip(expected, piece)
    changed = [(one, two) for one, two in zip(piece, expected, strict=True) if one != two]
    if len(changed) != 1:
        return sorted(piece) == sorted(expected) and one_slip(piece, expected)
    if set(readings(changed[0][0])) & set(readings(changed[0][1])):
        return True
    return len(expected) > _LONG and piece[-1] == expected[-1]


def _english(text: str, expected: str) -> Iterator[Range]:
    if not expected[:1].isupper():
        return
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        if word[:1].isupper() and folded(word) != folded(expected) and alike(word, expected):
            yield match.start(), match.start() + len(word)
