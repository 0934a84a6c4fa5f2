"""The part of the other text that a longer stretch corresponds to."""

from __future__ import annotations

import re

from annotator.language.counterpart.candidate import Candidate, Direction, Mention

_ZH_EDGE = re.compile(r"[，。、；：！？,;:!?（）()「」“”]+|\Z")
_EN_EDGE = re.compile(
    r"[,.;:!?()“”—]+(?=\s|\Z)|\s+(?=(?:and|but|or|that|which|who|to|of|in|on|with|for|by|as)\b)|\Z"
)
_CLOSE = 0.12


def stretch(zh: str, en: str, mention: Mention, direction: Direction) -> list[Candidate]:
    """The corresponding part by proportion, its ends on clauses where those are near, else between words."""
    here, there = (zh, en) if direction == "zh-en" else (en, zh)
    if not here.strip() or not there.strip():
        return []
    edge = _EN_EDGE if direction == "zh-en" else _ZH_EDGE
    ends = [0, *(match.start() for match in edge.finditer(there))]
    starts = [0, *(match.end() for match in edge.finditer(there))]
    start = _snapped(starts, mention.start / len(here), there)
    end = _snapped([place for place in ends if place > start], mention.end / len(here), there)
    while start < end and there[start].isspace():
        start += 1
    while start < end and there[end - 1].isspace():
        end -= 1
    if start >= end:
        return []
    return [Candidate(start, end, 0.4, "place")]


def _snapped(edges: list[int], share: float, text: str) -> int:
    wanted = share * len(text)
    near = min(edges, key=lambda edge: abs(edge - wanted), default=len(text))
    if abs(near - wanted) <= max(4.0, _CLOSE * len(text)) or not text.isascii():
        return near
    spaces = [match.end() for match in re.finditer(r"\s+", text)]
    return min([*spaces, 0, len(text)], key=lambda edge: abs(edge - wanted))
