"""Cuts Chinese into words and names together: the cheapest path over all that may stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.language.mentions.gazetteer import characters, chinese

# What a sentence may hold beside the words of the tables: where a name may end that starts somewhere.
Edge = tuple[int, float, str]
Edges = dict[int, list[Edge]]

HAN = "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff"
_PIECE = re.compile(rf"([{HAN}]+)|([A-Za-z\u00c0-\u024f]+)|(\d+(?:[.,]\d+)*%?)|(.)", re.DOTALL)
_UNKNOWN = 16.0
_SINGLES_ONLY = 17.0


class Token(NamedTuple):
    """A word or a name, `[start, end)`, and its kind: one of `gazetteer.Word`, a name's, or
    L for Latin letters, N for digits, and the mark itself."""

    start: int
    end: int
    kind: str


def cut(text: str, edges: Mapping[int, Sequence[Edge]]) -> list[Token]:
    """The cheapest path through simplified text, with `edges` beside what the tables know."""
    words, longest = chinese()
    size = len(text)
    best = [0.0] * (size + 1)
    step: list[tuple[int, str]] = [(0, "")] * size
    get = words.get
    for at in range(size - 1, -1, -1):
        known = get(text[at])
        cost, kind = known if known is not None else (_UNKNOWN, "x")
        low, to = cost + best[at + 1], at + 1
        two = text[at : at + 2]
        known = get(two)
        if known is not None and at + 2 <= size and known[0] + best[at + 2] < low:
            low, to, kind = known[0] + best[at + 2], at + 2, known[1]
        for length in range(3, longest.get(two, 0) + 1):
            known = get(text[at : at + length])
            if known is not None and at + length <= size and known[0] + best[at + length] < low:
                low, to, kind = known[0] + best[at + length], at + length, known[1]
        if at in edges:
            for end, cost, name in edges[at]:
                if cost + best[end] < low:
                    low, to, kind = cost + best[end], end, name
        best[at] = low
        step[at] = to, kind
    tokens = []
    at = 0
    while at < size:
        to, kind = step[at]
        tokens.append(Token(at, to, kind))
        at = to
    return tokens
