"""Which candidates to show: those that save work, none across another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from annotator.language.judging.candidate import Candidate


class Judged(NamedTuple):
    """A candidate and how likely it is accepted as it is."""

    candidate: Candidate
    score: float


def chosen(judged: Sequence[Judged], threshold: float) -> list[Judged]:
    """Of candidates at or above the threshold those that save most together, in order of the text.

    One that is right saves an action; one that is wrong costs as many as make the threshold break even.
    """
    ranked = sorted((one for one in judged if one.score >= threshold), key=lambda one: one.candidate.end)
    harm = threshold / (1 - threshold)
    ends = [one.candidate.end for one in ranked]
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for at, one in enumerate(ranked):
        before = best[bisect_right(ends, one.candidate.start, 0, at)]
        gain = before[0] + one.score - harm * (1 - one.score) + 1e-6
        best.append(max(best[-1], (gain, (*before[1], at)), key=lambda option: option[0]))
    return [ranked[at] for at in best[-1][1]]
