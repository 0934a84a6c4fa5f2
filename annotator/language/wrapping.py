"""Lines that were broken to fit a width: recognised by the width that they agree on, and joined again.

Whatever wraps a text breaks a line where the next word would not fit any more. So each line end says between
which widths the limit must lie; in wrapped text nearly all that end in mid-sentence agree on one, while those
of verse, of lists and of one sentence a line do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.language.script import classify

_ENDS = re.compile(r"[。！？!?.…:：；;][”’」』)）\"'》]*\s*$")
_NUMBERED = r"[(（]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[.)）、．]"
_MARKER = re.compile(rf"[\s\u3000]*(?:[-*•·–—+]|{_NUMBERED})\s*")
_KEPT = re.compile(r"\s*[>#|]|.*(?:\t|\S {3,}\S|\|\s*$)")
_UNIT = re.compile(r"(?:[!-~]+|.)[，。！？：；、”’」』）》]*", re.DOTALL)
_HANGING = "，。！？：；、”’」』）》"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WIDTHS = {"en": (30, 120), "zh": (30, 160)}
_FEWEST = 3
_AGREEING = 0.7
# Of a handful of lines all must agree: some do by chance.
_MARGIN = 0.6
_UNFINISHED = 0.3
_VERSE = 0.6
_RAGGED = 0.7


class Unwrapped(NamedTuple):
    """The lines after joining, the number (from 1) of the line at which each began, and how many went."""

    lines: tuple[str, ...]
    places: tuple[int, ...]
    joined: int


class _Break(NamedTuple):
    """A line end that may be a mere wrap, by the number of its line (from 0)."""

    at: int
    width: int
    longest: int
    finished: bool
    verse: bool
    lower: bool


Measure = Callable[[str], int]


def unwrap(text: str) -> Unwrapped | None:
    """The lines of a text as they were before it was wrapped; None if it does not seem to be."""
    lines = text.split("\n")
    languages = [classify(line) for line in lines]
    meant: set[int] = set()
    for language in ("en", "zh"):
        meant |= _wraps(lines, languages, language)
    return _joined(lines, meant, Words(text)) if meant else None


def ended(line: str) -> bool:
    """Whether a line ends as a sentence or a heading of something does."""
    return _ENDS.search(line) is not None


class Words:
    """The words of a text, gathered when first asked for; they tell a hyphen of its author's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: frozenset[str] | None = None

    def joined(self, held: str, line: str) -> str:
        """Two lines as one, with a space between them if their script wants it.

        The hyphen of a broken word goes, unless the text has the word with a hyphen, or has both halves
        and not the whole.
        """
        if held.endswith("-") and line[:1].islower() and held[-2:-1].isalpha():
            return (held if self._hyphenated(held, line) else held[:-1]) + line
        if held.endswith(("—", "--")):
            return held + line
        wide = max(held[-1:], line[:1]) > "\u2e7f"
        if not wide and not (held[-1:] + line[:1]).isascii():
            wide = classify(held) == classify(line) == "zh"
        return held + line if wide else f"{held} {line}"

    def _hyphenated(self, held: str, line: str) -> bool:
        if self._known is None:
            self._known = frozenset(word.casefold() for word in _WORD.findall(self._text))
        first = _WORD.findall(held[-80:])
        second = _WORD.match(line)
        if not first or second is None:
            return False
        one, two = first[-1].casefold(), second[0].casefold()
        if one + two in self._known:
            return False
        return f"{one}-{two}" in self._known or {one, two} <= self._known


def columns(text: str) -> int:
    """How many columns a text takes where Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wraps(lines: Sequence[str], languages: Sequence[str], language: str) -> set[int]:
    """The numbers of the lines in one language that go on in the next line."""
    best: tuple[int, set[int]] = (0, set())
    for measure, scale in ((columns, 1), (len, 2)) if language == "zh" else ((columns, 1),):
        runs = list(_runs(lines, languages, language, measure))
        low, high = (edge // scale for edge in _WIDTHS[language])
        width, hits = _limit([one for run in runs for one in run], low, high)
        if hits > best[0]:
            best = hits, {at for run in runs for at in _in_run(run, width, language)}
    return best[1]


def _runs(
    lines: Sequence[str], languages: Sequence[str], language: str, measure: Measure
) -> Iterator[list[_Break]]:
    """Line ends without a blank line, an indent or a mark of another kind between them."""
    run: list[_Break] = []
    inside = False
    for at in range(len(lines) - 1):
        inside = languages[at] == language or (inside and languages[at] == "other")
        if inside and _may_go_on(lines[at], lines[at + 1], languages[at + 1], language):
            run.append(_break(lines, at, language, measure))
            continue
        inside = False
        if run:
            yield run
        run = []
    if run:
        yield run


def _may_go_on(line: str, following: str, spoken: str, language: str) -> bool:
    if spoken != language and not (spoken == "other" and _is_rest(following.strip())):
        return False
    if _KEPT.match(line) or _KEPT.match(following) or _MARKER.match(following):
        return False
    marker = _MARKER.match(line)
    start = marker[0] if marker else line[: len(line) - len(line.lstrip())]
    return columns(following[: len(following) - len(following.lstrip())]) <= columns(start)


def _is_rest(line: str) -> bool:
    """Whether a line without letters may be the end of a sentence: a year, or a stop that did not fit."""
    return any(map(str.isalnum, line)) or line.startswith(tuple(_HANGING))


def _break(lines: Sequence[str], at: int, language: str, measure: Measure) -> _Break:
    line, following = lines[at].rstrip(), lines[at + 1].strip()
    width = measure(line)
    if language == "en":
        longest = width + measure(following.partition(" ")[0])
    else:
        unit = _UNIT.match(following)
        # Half a character more may be free.
        longest = width + measure(unit[0] if unit else "") - (0 if measure is columns else 1)
        # A stop may hang over the edge.
        width -= measure(line[-1]) if line[-1] in _HANGING else 0
    # Lines of verse begin with a capital, or end where one draws breath, far more often than words do.
    verse = following[0].isupper() or line[-1] in ",，、"
    return _Break(at, width, longest, ended(line), verse, following[0].islower())


def _limit(breaks: Sequence[_Break], low: int, high: int) -> tuple[int, int]:
    """The width that most unfinished lines agree on, and how many do; (0, 0) if it is too few."""
    unfinished = [one for one in breaks if not one.finished]
    changes: Counter[int] = Counter()
    for one in unfinished:
        changes[max(low, one.width)] += 1
        changes[max(low, one.longest + 1)] -= 1
    counts = list(accumulate(changes[width] for width in range(low, high + 1)))
    hits = max(counts)
    width = low + counts.index(hits)
    agreed = [one for one in unfinished if one.width <= width <= one.longest]
    if (
        hits < max(_FEWEST, _AGREEING * len(unfinished) + _MARGIN)
        or len(unfinished) < _UNFINISHED * len(breaks)
        or sum(one.verse for one in agreed) > _VERSE * len(agreed)
    ):
        return 0, 0
    return width, hits


def _in_run(run: Sequence[_Break], width: int, language: str) -> Iterator[int]:
    """Which lines of a run go on; none if it is verse, say, in a wrapped text."""
    unfinished = [one for one in run if not one.finished]
    full = sum(one.longest >= width for one in unfinished)
    # Of a few Chinese lines most end with a comma by chance.
    verses = sum(one.verse for one in unfinished) if language == "en" else 0
    if 2 * full < len(unfinished) or (len(unfinished) >= _FEWEST and verses > _VERSE * len(unfinished)):
        return
    for one in run:
        ragged = one.lower and not one.finished and one.width >= _RAGGED * width
        if one.longest >= width or ragged:
            yield one.at


def _joined(lines: Sequence[str], meant: set[int], words: Words) -> Unwrapped:
    made: list[str] = []
    places: list[int] = []
    for at, line in enumerate(lines):
        if at - 1 in meant:
            made[-1] = words.joined(made[-1].rstrip(), line.strip())
        else:
            made.append(line)
            places.append(at + 1)
    return Unwrapped(tuple(made), tuple(places), len(lines) - len(made))
