"""Reading a sentence with a trained chain: the exact probability of any labelled stretch of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from annotator.language.crf.layers import Seen
from annotator.language.crf.sums import Sums
from annotator.language.crf.tags import OUTSIDE, may_follow
from annotator.language.crf.weights import Array, Weights, read_weights

_LONGEST = 40
_BATCH = 64
# Units after which what was summed is divided by its sum: before that, no number leaves its range.
_STRIDE = 6
# Far below any likely tag, and far above what a number can no longer hold.
_LEAST_SCORE = -60.0


class Likely(NamedTuple):
    """A stretch `[start, end)` of the text, its label, and its probability under the chain."""

    start: int
    end: int
    label: str
    score: float


class Chain:
    """A trained chain. Reading it twice from the same file gives the same probabilities."""

    def __init__(self, weights: Weights) -> None:
        import numpy as np

        self.tags = weights.tags
        self._sums = Sums(weights.rows, weights.states)
        allowed = np.array([[may_follow(one, two) for two in self.tags] for one in self.tags])
        self._moves = np.where(allowed, np.exp(weights.transitions), 0.0)
        self._first = np.array([float(may_follow("", tag)) for tag in self.tags])
        self._last = np.array([float(may_follow(tag, "")) for tag in self.tags])

    @classmethod
    def read(cls, path: Path) -> Chain:
        """The chain in a file that training wrote.

        Raises:
            AnnotatorError: if it cannot be used.
        """
        return cls(read_weights(path))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels that it knows."""
        return tuple(dict.fromkeys(tag.partition("-")[2] for tag in self.tags if tag != OUTSIDE))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of every tag."""
        return {tag: number for number, tag in enumerate(self.tags)}

    def read_all(self, sentences: Sequence[Seen]) -> list[Reading]:
        """A reading of every sentence; sentences of like length are computed together."""
        order = sorted(range(len(sentences)), key=lambda number: len(sentences[number].units))
        readings: dict[int, Reading] = {}
        for at in range(0, len(order), _BATCH):
            numbers = order[at : at + _BATCH]
            chosen = [sentences[number] for number in numbers]
            readings.update(zip(numbers, self._read_batch(chosen), strict=True))
        return [readings[number] for number in range(len(sentences))]

    def _read_batch(self, sentences: Sequence[Seen]) -> Iterator[Reading]:
        import numpy as np

        lengths = np.array([len(one.units) for one in sentences])
        longest = max(1, int(lengths.max()))
        emitted = np.ones((longest, len(sentences), len(self.tags)))
        scores = self._scores(sentences)
        at = 0
        for column, length in enumerate(lengths):
            emitted[:length, column] = scores[at : at + length]
            at += length
        ahead, scale = self._forward(emitted)
        behind = self._backward(emitted, scale, lengths)
        for column, (one, length) in enumerate(zip(sentences, lengths, strict=True)):
            total = (ahead[length - 1, column] * self._last).sum() if length else 1.0
            part = slice(0, length), column
            yield Reading(
                self, one, ahead[part], behind[part] / max(total, 1e-300), emitted[part] / scale[part]
            )

    def _scores(self, sentences: Sequence[Seen]) -> Array:
        """exp of the summed weights, every row divided by its greatest."""
        import numpy as np

        summed = self._sums.of(sentences)
        summed -= summed.max(axis=1, keepdims=True)
        scores: Array = np.exp(np.maximum(summed, _LEAST_SCORE))
        return scores

    def _forward(self, emitted: Array) -> tuple[Array, Array]:
        import numpy as np

        ahead = np.empty_like(emitted)
        scale = np.ones((*emitted.shape[:2], 1))
        np.multiply(self._first, emitted[0], out=ahead[0])
        for at in range(1, len(emitted)):
            now = ahead[at]
            np.matmul(ahead[at - 1], self._moves, out=now)
            now *= emitted[at]
            if at % _STRIDE == 0:
                np.add.reduce(now, 1, keepdims=True, out=scale[at])
                now /= scale[at]
        return ahead, scale

    def _backward(self, emitted: Array, scale: Array, lengths: Array) -> Array:
        import numpy as np

        behind = np.empty_like(emitted)
        now = np.tile(self._last, (emitted.shape[1], 1))
        back = np.ascontiguousarray(self._moves.T)
        steps = emitted / scale
        ends = set(lengths.tolist())
        for at in range(len(emitted) - 1, -1, -1):
            if at + 1 in ends:
                now[lengths - 1 == at] = self._last
            behind[at] = now
            steps[at] *= now
            np.matmul(steps[at], back, out=now)
        return behind


class Reading:
    """What a chain makes of one sentence."""

    def __init__(self, chain: Chain, seen: Seen, ahead: Array, behind: Array, steps: Array) -> None:
        self._chain = chain
        self._seen = seen
        self._ahead = ahead
        self._behind = behind
        self._steps = steps

    @cached_property
    def _edges(self) -> tuple[dict[int, int], dict[int, int]]:
        """Which unit starts, and which ends, at a place."""
        units = self._seen.units
        return {unit[0]: at for at, unit in enumerate(units)}, {unit[1]: at for at, unit in enumerate(units)}

    def marginals(self) -> Array:
        """The probability of every tag at every unit, units x tags."""
        marginals: Array = self._ahead * self._behind
        return marginals

    def probability(self, start: int, end: int, label: str) -> float:
        """How likely the stretch has the label; 0 if its edges are inside units or the label is unknown."""
        starts, ends = self._edges
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or last < first:
            return 0.0
        return next((score for at, score in self._from(first, label, 0.0, last) if at == last), 0.0)

    def likely(self, least: float) -> list[Likely]:
        """All stretches with a probability of at least `least`, in order; they may overlap."""
        import numpy as np

        if not len(self._seen.units):
            return []
        marginals, units = self.marginals(), self._seen.units
        found = []
        for label in self._chain.labels:
            columns = [n for tag, n in self._chain.numbers.items() if tag in (f"B-{label}", f"S-{label}")]
            for first in np.flatnonzero(marginals[:, columns].sum(axis=1) >= least).tolist():
                found += [
                    Likely(units[first][0], units[last][1], label, score)
                    for last, score in self._from(first, label, least)
                    if score >= least
                ]
        return sorted(found)

    def _from(
        self, first: int, label: str, least: float, last: int | None = None
    ) -> Iterator[tuple[int, float]]:
        """For stretches that start at a unit, the last unit and the probability, while some are likely."""
        numbers = self._chain.numbers
        single, begin, inside, end = (numbers.get(f"{kind}-{label}") for kind in "SBIE")
        if single is not None:
            yield first, float(self._ahead[first, single] * self._behind[first, single])
        if begin is None or end is None:
            return
        moves = self._chain._moves
        now, at_tag = float(self._ahead[first, begin]), begin
        stop = min(len(self._steps), first + _LONGEST if last is None else last + 1)
        for at in range(first + 1, stop):
            yield at, float(now * moves[at_tag, end] * self._steps[at, end] * self._behind[at, end])
            if inside is None:
                return
            now *= float(moves[at_tag, inside] * self._steps[at, inside])
            at_tag = inside
            if now * self._behind[at, inside] < least:
                return
