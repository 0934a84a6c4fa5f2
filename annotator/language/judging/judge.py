"""How likely a candidate is accepted, judged by how candidates like it fared.

Tallies count, for every pattern of evidence, how often candidates stood there and how often they were
right; they are taken before each decision, so that no source is judged by what it was taught afterwards.
Between the patterns a logistic model mediates, which starts from what holds for texts in general and is
bent by the tallies; where a pattern was seen often, its own share prevails.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.language.crf.tags import Labelled
from annotator.language.judging.candidate import Candidate, crosses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
else:
    Array = Any

_CERTAIN = 5.0
_STEP = 2.0
# Fitted on replays of annotated texts of both languages; what holds before a project has tallies of its own.
_START = {
    "bias": -0.7,
    "chain": -0.3,
    "chain.weight": 0.35,
    "rule": 0.65,
    "rule.weight": 0.65,
    "rule.alone": 0.05,
    "rule.alone.weight": 0.35,
    "memory": 1.6,
    "memory.weight": 0.3,
    "memory.part": -0.9,
    "memory.torn": -0.55,
    "absent": -0.4,
    "other side": -1.2,
    "counterpart": 1.9,
    "counterpart.weight": 0.6,
    "counterpart.chain": 0.4,
    "counterpart.chain.weight": -0.15,
    "counterpart.rule.weight": -0.3,
    "counterpart.memory": -0.8,
    "counterpart.memory.weight": -0.3,
    "rivals": -0.2,
}
_FIRMNESS = 12.0
_OWN_FIRMNESS = 12.0
_PATTERN_WEIGHT = 12.0
# The model is fitted anew when this many times as much was counted; the tallies themselves count at once.
_ANEW = 1.03
# What was fitted is surer of itself on what it was fitted on than on what comes.
_CAUTION = 0.9
# Patterns that the model's word is remembered of.
_PATTERNS = 4096
# A chain that saw few names knows little: at this many it counts half, and the rules by themselves the rest.
_NAMES, _GROWN = 60.0, 4
_LIKE_HARM = 0.6
_LIKE_COUNT = 12.0
_LEAST_HARM, _MOST_HARM = 0.45, 1.0
_NO_COUNTERPART = -99
_LESS_BESIDE = ("chain", "chain.weight", "rule.weight", "memory", "memory.weight")
# Rules that know what it is, and that most people do not mark it there: in the name of something else.
_HELD_BACK = ("en.in_organisation", "en.nested", "zh.in_organisation", "zh.nested", "zh.people")


class Pattern(NamedTuple):
    """What is known of a candidate, in steps of half a logit; `grown` in quarters of a grown chain."""

    label: str
    rule: str
    rule_score: int
    memory: int | None
    part: bool
    torn: bool
    chain: int | None
    counterpart: int | None
    absent: int
    rivals: bool
    grown: int = _GROWN


def pattern_of(one: Candidate) -> Pattern:
    """The pattern that a candidate falls under."""
    return Pattern(
        label=one.label,
        rule=one.rule.pattern if one.rule else "",
        rule_score=_step(one.rule.score) if one.rule else 0,
        memory=_step(one.memory.score) if one.memory else None,
        part=bool(one.memory and one.memory.part),
        torn=bool(one.memory and not one.memory.whole),
        chain=None if one.chain is None else _step(one.chain),
        counterpart=_counterpart_step(one.counterpart),
        absent=min(6, one.absent.bit_length()),
        rivals=one.rivals,
        grown=_GROWN if one.chain is None else round(_GROWN * one.names / (one.names + _NAMES)),
    )


def _counterpart_step(score: float | None) -> int | None:
    if not score:
        return None if score is None else _NO_COUNTERPART
    return _step(score)


def _step(probability: float) -> int:
    inside = min(max(probability, 1e-9), 1 - 1e-9)
    return round(_STEP * min(max(math.log(inside / (1 - inside)), -_CERTAIN), _CERTAIN))


class Judge:
    """The tallies of one side and what follows from them."""

    def __init__(self) -> None:
        self.tallies: dict[Pattern, list[float]] = {}
        self.harm = [_LIKE_HARM * _LIKE_COUNT, _LIKE_COUNT]
        self._columns: dict[str, int] = {name: at for at, name in enumerate(_START)}
        self._weights: Array | None = None
        self._general: dict[Pattern, float] = {}
        self._counted = 0
        self._fitted_at = 0

    def record(self, candidates: Iterable[Candidate], right: Iterable[Labelled]) -> None:
        """Count how candidates of one sentence fared, given what a person annotated in it."""
        gold = set(right)
        for one in candidates:
            tally = self.tallies.setdefault(pattern_of(one), [0.0, 0.0])
            tally[0] += 1
            tally[1] += one.span in gold
            self._counted += 1

    def record_shown(self, shown: Iterable[Labelled], right: Iterable[Labelled]) -> None:
        """Count what those that were wrong cost beside leaving them out."""
        gold = set(right)
        for span in shown:
            if span in gold:
                continue
            self.harm[1] += 1
            across = [other for other in gold if crosses(span, other)]
            same_place = any(other[:2] == span[:2] for other in across)
            same_label = any(other.label == span.label for other in across)
            self.harm[0] += -1 if same_place else 0 if same_label else 1

    def fade(self, share: float) -> None:
        """Let what was counted so far weigh less: sources have changed."""
        for tally in self.tallies.values():
            tally[0] *= share
            tally[1] *= share

    @property
    def threshold(self) -> float:
        """From which probability showing costs less than leaving out."""
        harm = min(max(self.harm[0] / self.harm[1], _LEAST_HARM), _MOST_HARM)
        return harm / (1 + harm)

    def probabilities(self, candidates: Sequence[Candidate]) -> list[float]:
        """How likely each is accepted as it is."""
        if not candidates:
            return []
        patterns = [pattern_of(one) for one in candidates]
        if self.tallies and (self._weights is None or self._counted > _ANEW * self._fitted_at):
            self._fit()
        self._weigh([pattern for pattern in dict.fromkeys(patterns) if pattern not in self._general])
        found = []
        for pattern in patterns:
            count, right = self.tallies.get(pattern, (0.0, 0.0))
            prior = self._general[pattern]
            found.append((right + _PATTERN_WEIGHT * prior) / (count + _PATTERN_WEIGHT))
        return found

    def _weigh(self, patterns: Sequence[Pattern]) -> None:
        """Remember what the model makes of patterns, until it is fitted anew."""
        import numpy as np

        if not patterns:
            return
        if len(self._general) > _PATTERNS:
            self._general.clear()
        rows = self._matrix(patterns)
        general = 1 / (1 + np.exp(-_CAUTION * (rows @ self._padded())))
        self._general.update(zip(patterns, general.tolist(), strict=True))

    def _padded(self) -> Array:
        import numpy as np

        start = np.array([_START.get(name, 0.0) for name in self._columns])
        if self._weights is not None:
            start[: len(self._weights)] = self._weights
        return start

    def _matrix(self, patterns: Sequence[Pattern]) -> Array:
        import numpy as np

        described = [_described(pattern) for pattern in patterns]
        for values in described:
            for name in values:
                self._columns.setdefault(name, len(self._columns))
        rows = np.zeros((len(patterns), len(self._columns)))
        for row, values in enumerate(described):
            for name, value in values.items():
                rows[row, self._columns[name]] = value
        return rows

    def _fit(self) -> None:
        import numpy as np

        self._fitted_at = self._counted
        self._general.clear()
        rows = self._matrix(list(self.tallies))
        counts = np.array(list(self.tallies.values()))
        start = np.array([_START.get(name, 0.0) for name in self._columns])
        firm = np.array([_FIRMNESS if name in _START else _OWN_FIRMNESS for name in self._columns])
        weights = self._padded()
        for _ in range(6):
            share = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
            slope = rows.T @ (counts[:, 1] - counts[:, 0] * share) - firm * (weights - start)
            bend = (rows * (counts[:, 0] * share * (1 - share))[:, None]).T @ rows + np.diag(firm)
            step = np.linalg.solve(bend, slope)
            weights = weights + np.clip(step, -2, 2)
            if float(np.abs(step).max()) < 1e-3:
                break
        self._weights = weights


def _described(pattern: Pattern) -> dict[str, float]:
    values = {"bias": 1.0, f"label {pattern.label}": 1.0}
    grown = 0.0 if pattern.chain is None else pattern.grown / _GROWN
    if pattern.chain is not None:
        values |= {"chain": grown, "chain.weight": grown * pattern.chain / _STEP}
    if pattern.rule:
        weight = _rule_weight(pattern)
        beside = "counterpart " if _has_counterpart(pattern) else ""
        values |= {"rule": 1.0, "rule.weight": weight, f"{beside}rule {pattern.rule}": 1.0}
        if grown < 1:
            values |= {"rule.alone": 1 - grown, "rule.alone.weight": (1 - grown) * weight}
    if pattern.memory is not None:
        values |= {"memory": 1.0, "memory.weight": pattern.memory / _STEP}
        values |= {"memory.part": float(pattern.part), "memory.torn": float(pattern.torn)}
    if pattern.counterpart is not None:
        values["other side"] = 1.0
        if _has_counterpart(pattern):
            values |= _with_counterpart(pattern, values)
    values |= {"absent": float(pattern.absent), "rivals": float(pattern.rivals)}
    return values


def _has_counterpart(pattern: Pattern) -> bool:
    return pattern.counterpart not in (None, _NO_COUNTERPART)


def _rule_weight(pattern: Pattern) -> float:
    """What the rule's own trust says; that it knows little of a name is no sign against it where the other
    side names the same."""
    weight = pattern.rule_score / _STEP
    if _has_counterpart(pattern) and not pattern.rule.startswith(_HELD_BACK):
        return max(0.0, weight)
    return weight


def _with_counterpart(pattern: Pattern, values: Mapping[str, float]) -> dict[str, float]:
    """What the other side says, and how much less all else counts beside it: it names the same thing."""
    found = {"counterpart": 1.0, "counterpart.weight": (pattern.counterpart or 0) / _STEP}
    for name in _LESS_BESIDE:
        if name in values:
            found[f"counterpart.{name}"] = values[name]
    return found
