"""Dividing documents into parts so that each part has its share of every label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

Labels = Mapping[str, Counter[str]]
"""How often each label occurs in a document, by the document's id."""


def stratified(drawn: Sequence[str], labels: Labels, counts: Mapping[str, int]) -> dict[str, list[str]]:
    """The ids in `drawn` by the name of their part, of which each gets as many as `counts` says.

    The rarest label is dealt out first, the document with most of it ahead, to the part that lacks most of
    it; what has no label fills the rest. The order of `drawn` decides between equals.
    """
    return _Dealing(drawn, labels, counts).run()


class _Dealing:
    def __init__(self, drawn: Sequence[str], labels: Labels, counts: Mapping[str, int]) -> None:
        self._left = list(drawn)
        self._labels = labels
        self._parts: dict[str, list[str]] = {name: [] for name in counts}
        self._room = dict(counts)
        whole = max(1, sum(counts.values()))
        total: Counter[str] = sum((labels.get(one, Counter()) for one in drawn), Counter())
        self._lacking = {
            name: {label: count * counts[name] / whole for label, count in total.items()} for name in counts
        }

    def run(self) -> dict[str, list[str]]:
        while (label := self._rarest()) is not None:
            holding = [one for one in self._left if self._labels[one][label]]
            for one in sorted(holding, key=lambda one: -self._labels[one][label]):
                self._deal(one, label)
        for one in tuple(self._left):
            self._deal(one, None)
        return self._parts

    def _rarest(self) -> str | None:
        """The label that the fewest of the documents left have."""
        spread = Counter(label for one in self._left for label in self._labels.get(one, ()))
        return min(spread, key=lambda label: (spread[label], label)) if spread else None

    def _deal(self, one: str, label: str | None) -> None:
        free = [name for name, room in self._room.items() if room > 0]
        name = max(free, key=lambda part: (self._lacking[part].get(label or "", 0.0), self._room[part]))
        self._parts[name].append(one)
        self._room[name] -= 1
        self._left.remove(one)
        for each, count in self._labels.get(one, Counter()).items():
            self._lacking[name][each] -= count
