"""What the rules yield, what they have heard before, and which of overlapping mentions stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Found(NamedTuple):
    """A mention `[start, end)` in code points.

    Attributes:
        label: PERSON or PLACE.
        score: how often what this pattern finds is right, 0 to 1.
        reason: catalog key of a sentence that says why, with no arguments.
        pattern: short id of the rule, stable between versions, for tallies of what is accepted.
    """

    start: int
    end: int
    label: str
    score: float
    reason: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Short names that fuller mentions nearby have introduced, and their labels."""

    names: Mapping[str, str] = field(default_factory=dict)


SILENCE = Heard()
# From this score on a mention is worth showing.
SHOWN = 0.4


def apart(found: Iterable[Found]) -> list[Found]:
    """The surest of those that overlap, the longer of those as sure, in order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (-each.score, each.start - each.end, each.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)
