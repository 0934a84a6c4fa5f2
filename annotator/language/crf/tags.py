"""Labelled stretches as one tag a unit (BIOES), and what stretches fit no unit or lie across others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Range = tuple[int, int]
OUTSIDE = "O"


class Labelled(NamedTuple):
    """A stretch `[start, end)` of one text and its label."""

    start: int
    end: int
    label: str


def tagged(units: Sequence[Range], spans: Iterable[Labelled]) -> list[str]:
    """One tag for every unit: `O`, `S-L`, or `B-L`, `I-L` … `E-L`.

    Of stretches that overlap the longer one counts; one whose edges are inside units is left out.
    """
    starts = {start: at for at, (start, _) in enumerate(units)}
    ends = {end: at for at, (_, end) in enumerate(units)}
    tags = [OUTSIDE] * len(units)
    for span in sorted(spans, key=lambda one: (one.start - one.end, one)):
        first, last = starts.get(span.start), ends.get(span.end)
        if first is None or last is None or any(tag != OUTSIDE for tag in tags[first : last + 1]):
            continue
        if first == last:
            tags[first] = f"S-{span.label}"
            continue
        tags[first : last + 1] = [f"I-{span.label}"] * (last + 1 - first)
        tags[first], tags[last] = f"B-{span.label}", f"E-{span.label}"
    return tags


def may_follow(one: str, two: str) -> bool:
    """Whether the tag `two` may stand behind `one`; `""` stands before the first and behind the last."""
    kind, _, label = one.partition("-")
    other, _, its = two.partition("-")
    if kind in ("B", "I"):
        return other in ("I", "E") and label == its
    return other not in ("I", "E")
