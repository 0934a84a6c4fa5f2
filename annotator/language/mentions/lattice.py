"""Cuts Chinese into words and names together: the cheapest path over all that may stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.language.mentions.gazetteer import chinese

# What a sentence may hold beside the words of the tables: where a name may end that starts somewhere.
Edge = tuple[int, float, str]
Edges = dict[int, list[Edge]]
# Where from and to, the cost, and the kind: C Chinese name, J Japanese name, D name with a dot, T name spelt
# by sound, Q place by its last character, E ruler or family name with a form of address, K a person heard of
# before, R a place.
Candidate = tuple[int, int, float, str]

HAN = "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff"
_UNKNOWN = 16.0


class Token(NamedTuple):
    """A word or a name, `[start, end)`, and its kind: one of `gazetteer.Word`, or that of an edge."""

    start: int
    end: int
    kind: str


def cut(text: str, edges: Mapping[int, Sequence[Edge]]) -> list[Token]:
    """The cheapest path through simplified text, with `edges` beside what the tables know."""
    words, longest = chinese()
    get, size = words.get, len(text)
    best = [0.0] * (size + 1)
    step: list[tuple[int, str]] = [(0, "")] * size
    for at in range(size - 1, -1, -1):
        known = get(text[at])
        cost, kind = known if known is not None else (_UNKNOWN, "x")
        low, to = cost + best[at + 1], at + 1
        two = text[at : at + 2]
        known = get(two)
        if known is not None and at + 2 <= size and known[0] + best[at + 2] < low:
            low, to, kind = known[0] + best[at + 2], at + 2, known[1]
        if two in longest:
            for end in range(at + 3, min(at + longest[two], size) + 1):
                known = get(text[at:end])
                if known is not None and known[0] + best[end] < low:
                    low, to, kind = known[0] + best[end], end, known[1]
        if at in edges:
            for end, cost, name in edges[at]:
                if cost + best[end] < low:
                    low, to, kind = cost + best[end], end, name
        best[at] = low
        step[at] = to, kind
    return list(_path(step))


def _path(step: list[tuple[int, str]]) -> Iterator[Token]:
    at = 0
    while at < len(step):
        to, kind = step[at]
        yield Token(at, to, kind)
        at = to
