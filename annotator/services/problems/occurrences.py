"""Places where a name stands and is not labelled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotator.core.document import Document
from annotator.core.span import SIDES, Side
from annotator.language.words import Words
from annotator.services.problems.names import Name
from annotator.services.problems.rows import Row

Hit = tuple[Side, int, int]
"""A place of a row, reckoned from where the side's text begins."""

_WORD = re.compile(r"[^\W_]+")
_HEAD = 2


class Finder:
    """Finds names in texts: by their first two characters in Chinese, by their first word in English."""

    def __init__(self) -> None:
        self._heads: dict[Side, defaultdict[str, set[str]]] = {side: defaultdict(set) for side in SIDES}

    def add(self, names: Iterable[Name]) -> None:
        """Find these from now on."""
        for side, text in names:
            self._heads[side][_head(side, text)].add(text)

    def remove(self, names: Iterable[Name]) -> None:
        """Find these no longer."""
        for side, text in names:
            self._heads[side][_head(side, text)].discard(text)

    def find(self, text: str, side: Side) -> Iterator[tuple[int, int]]:
        """Where names stand, the longest at each place, none reaching into another; English in words."""
        heads = self._heads[side]
        done = 0
        for at, head in _places(text, side):
            if at < done or head not in heads:
                continue
            ends = [at + len(name) for name in heads[head] if text.startswith(name, at)]
            if side == "en":
                ends = [end for end in ends if not _inside_word(text, end)]
            if ends:
                done = max(ends)
                yield at, done


def _head(side: Side, name: str) -> str:
    if side == "zh":
        return name[:_HEAD]
    word = _WORD.search(name)
    return word[0] if word and word.start() == 0 else name[:1]


def _places(text: str, side: Side) -> Iterator[tuple[int, str]]:
    if side == "zh":
        return ((at, text[at : at + _HEAD]) for at in range(len(text) - 1))
    return ((match.start(), match[0]) for match in _WORD.finditer(text))


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def places_of(row: Row, finder: Finder) -> dict[Side, list[tuple[int, int]]]:
    """Where names stand in a row, labelled or not, by side."""
    return {side: list(finder.find(row.text[side], side)) for side in SIDES}


def loose(row: Row, places: dict[Side, list[tuple[int, int]]]) -> list[Hit]:
    """Where names stand in a row that no mention covers and no longer word contains."""
    found: list[Hit] = []
    for side in SIDES:
        text = row.text[side]
        if not places[side]:
            continue
        begin = row.start(side)
        covered = _covered(row, side, begin)
        for start, end in places[side]:
            if not _touches(covered, start, end) and _whole(text, start, end, side, row.knowledge.words):
                found.append((side, start, end))
    return found


def _covered(row: Row, side: Side, begin: int) -> list[tuple[int, int]]:
    mentions = (span for span in row.covering[side] if row.knowledge.is_mention(span))
    return [(span.start - begin, span.end - begin) for span in mentions]


def _touches(covered: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in covered)


def _whole(text: str, start: int, end: int, side: Side, words: Words) -> bool:
    """Whether the place begins and ends between words; digits beside digits are one number."""
    if any(0 < at < len(text) and text[at - 1 : at + 1].isdigit() for at in (start, end)):
        return False
    if side == "en":
        return not (text[start - 1 : start] == "-" or text[end : end + 1] == "-")
    if not words.ready:
        return True
    edges = {0, *(edge for _, edge in words.spans(text, "zh"))}
    return start in edges and end in edges


def rows_with(document: Document, name: Name) -> list[str]:
    """The pairs in whose text a name stands."""
    side, wanted = name
    text, pairs = document.text(side), document.pairs
    found: dict[str, None] = {}
    at = text.find(wanted)
    while at >= 0:
        row = pairs.row_at(side, at)
        found.setdefault(pairs[row].id)
        extent = pairs[row].extent(side)
        at = text.find(wanted, max(at + 1, extent[1] if extent else 0))
    return list(found)
