"""Which Chinese sentences go with which English ones.

Dynamic programming in a band round the course that rare words tell (`align_band`), over pairs of up to six
sentences a side ("beads"). A bead's log-probability is the sum of separable terms (`align_terms`): prior,
length, words and what they find on the other side (`align_words`), closing punctuation, paragraph ends. A
forward and a backward pass (`align_passes`) give every bead its posterior; the path chosen is the one that
covers most sentences rightly in expectation. A bead's confidence is its posterior, corrected for what the
terms have in common: they are not as independent as their sum takes them to be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.core.job import Job
from annotator.language.align_passes import Watch, solve
from annotator.language.align_terms import AlignOptions, Part, Scale

__all__ = ["AlignOptions", "Bead", "align"]

Range = tuple[int, int]

_SUREST = 0.998
_SLOPE = 0.82
_PLAIN_SHIFT = 0.45
_SHIFT = 0.25


class Bead(NamedTuple):
    """Sentences that are each other's translation, as half-open index ranges; one of them may be empty.

    `confidence` is how often beads with such a posterior are exactly right, 0 to 1.
    """

    zh: Range
    en: Range
    confidence: float


def align(
    zh: Sequence[str],
    en: Sequence[str],
    *,
    zh_paragraphs: Sequence[int] = (),
    en_paragraphs: Sequence[int] = (),
    anchors: Sequence[Range] = (),
    options: AlignOptions | None = None,
    job: Job | None = None,
) -> list[Bead]:
    """Align the sentences of both sides; the beads cover both in order, without gaps.

    Args:
        zh_paragraphs, en_paragraphs: the number of the paragraph each sentence stands in; both or neither.
        anchors: boundaries (Chinese index, English index) that beads must not cross.

    Raises:
        ValueError: if anchors cross each other or lie outside of the text.
        Cancelled: if the user asked to stop.
    """
    options = options or AlignOptions()
    scale = Scale.of(zh, en)
    stops = [(0, 0), *sorted(set(anchors)), (len(zh), len(en))]
    if any(en_from > en_to or zh_from > zh_to for (zh_from, en_from), (zh_to, en_to) in pairwise(stops)):
        raise ValueError("anchors cross")
    beads: list[Bead] = []
    for (zh_from, en_from), (zh_to, en_to) in pairwise(stops):
        part = Part(
            zh[zh_from:zh_to],
            en[en_from:en_to],
            zh_paragraphs[zh_from:zh_to] if en_paragraphs else (),
            en_paragraphs[en_from:en_to] if zh_paragraphs else (),
            scale,
            options,
        )
        for a, b, c, d, confidence in solve(part, Watch(job, zh_from, len(zh))):
            sure = _calibrated(confidence, plain=(b - a, d - c) == (1, 1))
            beads.append(Bead((zh_from + a, zh_from + b), (en_from + c, en_from + d), sure))
    return beads


def _calibrated(posterior: float, *, plain: bool) -> float:
    """A posterior as the share of such beads that gold alignments have; `plain` beads are one to one.

    A logistic curve, fit to one half of aligned literary texts and tested on the other.
    """
    posterior = min(_SUREST, max(1.0 - _SUREST, posterior))
    evidence = math.log(posterior / (1.0 - posterior))
    shift = _PLAIN_SHIFT if plain else _SHIFT
    return 1.0 / (1.0 + math.exp(-(_SLOPE * evidence - shift)))
