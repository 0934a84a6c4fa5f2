"""From what speaks for a candidate to how likely it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from annotator.language.counterpart.candidate import Candidate, Reason

# For each reason two scores and how often candidates with such a score were right, fitted on bilingual news
# and features. Between them and to the origin it goes straight.
_POINTS: dict[Reason, tuple[tuple[float, float], tuple[float, float]]] = {
    "linked": ((0.9, 0.95), (0.99, 0.98)),
    "date": ((0.8, 0.95), (0.98, 0.99)),
    "text": ((0.8, 0.9), (1.0, 0.96)),
    "gloss": ((0.9, 0.95), (1.0, 0.98)),
    "table": ((0.6, 0.7), (0.97, 0.9)),
    "dictionary": ((0.6, 0.7), (0.94, 0.94)),
    "pinyin": ((0.6, 0.75), (0.98, 0.98)),
    "sound": ((0.6, 0.7), (0.95, 0.95)),
    "part": ((0.6, 0.7), (0.95, 0.85)),
    "demonym": ((0.4, 0.3), (0.9, 0.6)),
    "left": ((0.2, 0.4), (0.35, 0.65)),
    "place": ((0.3, 0.2), (0.62, 0.4)),
    "meaning": ((0.5, 0.5), (0.9, 0.75)),
}
_PHRASE: dict[Reason, tuple[tuple[float, float], tuple[float, float]]] = {
    "place": ((0.4, 0.3), (0.62, 0.85)),
    "meaning": ((0.4, 0.5), (0.62, 0.87)),
}


def likely(one: Candidate, *, phrase: bool = False) -> Candidate:
    """The candidate with the probability that it is right as its score; `phrase` if no name is sought."""
    points = _PHRASE.get(one.reason) if phrase else None
    (low, seldom), (high, often) = points or _POINTS[one.reason]
    if one.score < low:
        score = seldom * one.score / low
    else:
        score = seldom + (often - seldom) * min(1.0, (one.score - low) / (high - low))
    return one._replace(score=round(score, 4))


def all_likely(ranked: Iterable[Candidate], *, phrase: bool = False) -> Iterator[Candidate]:
    """The same for candidates, best first; none comes out above a better one."""
    found = [likely(one, phrase=phrase) for one in ranked]
    for one, score in zip(found, accumulate((one.score for one in found), min), strict=True):
        yield one._replace(score=score)
