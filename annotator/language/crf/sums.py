"""The summed weights of every unit of many sentences: what recurs is added up once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from annotator.language.crf.layers import Describe, Layer, Prefixed, Seen
from annotator.language.crf.weights import Array

_KEPT = 1 << 18
"""Keys that are remembered, those without weight included."""
_MOST_BUNDLES = 8


class Sums:
    """Adds up for one chain. `rows` and `states` are those of its `Weights`.

    The weights of a key's bundles lie one below the other in one table. Keys without any weight share rows of
    zeros at its top.
    """

    def __init__(self, rows: Mapping[str, int], states: Array) -> None:
        self._rows, self._states = rows, states
        self._forget()

    def _forget(self) -> None:
        import numpy as np

        self._places: dict[Describe, dict[Any, int]] = {}
        self._values = np.zeros((1 << 10, self._states.shape[1]))
        self._used = _MOST_BUNDLES

    def of(self, sentences: Sequence[Seen]) -> Array:
        """The weights of all units one below the other, units x tags; all sentences have the same layers."""
        import numpy as np

        if sum(map(len, self._places.values())) > _KEPT:
            self._forget()
        counts = [len(one.units) for one in sentences]
        flat: list[int] = []
        columns: list[Array] = []
        bundles: list[int] = []
        for layers in zip(*(one.layers for one in sentences), strict=True):
            shifts = layers[0].shifts
            columns.append(np.add.outer(_owners(layers, counts, len(flat)), shifts))
            bundles += range(len(shifts))
            flat += self._placed(layers)
        places = np.array(flat, np.int64)[np.concatenate(columns, axis=1)] + bundles
        total: Array = np.add.reduce(self._values[places], axis=1)
        self._add_marks(total, sentences, counts)
        return total

    def _add_marks(self, total: Array, sentences: Sequence[Seen], counts: Sequence[int]) -> None:
        start = 0
        for one, count in zip(sentences, counts, strict=True):
            for at, string in one.marks:
                row = self._rows.get(string)
                if row is not None:
                    total[start + at] += self._states[row]
            start += count

    def _placed(self, layers: Sequence[Layer]) -> Iterable[int]:
        """Where the weights of the keys of all sentences begin."""
        describe = layers[0].describe
        known = self._places.get(describe)
        if known is None:
            known = self._places[describe] = {}
            if isinstance(describe, Prefixed):
                ours = tuple(describe.prefixes)
                self._learn(known, describe, {one[1:] for one in self._rows if one.startswith(ours)})
        keys = [key for layer in layers for key in layer.keys]
        if not isinstance(describe, Prefixed):
            new = {key for key in keys if key not in known}
            if new:
                self._learn(known, describe, new)
        return map(known.get, keys, repeat(0))

    def _learn(self, known: dict[Any, int], describe: Describe, keys: Iterable[Any]) -> None:
        """Give new keys a place, and add up the weights of each."""
        get = self._rows.get
        places: list[int] = []
        starts: list[int] = []
        rows: list[int] = []
        for key in keys:
            bundles = describe(key)
            begun = len(places)
            for bundle, strings in enumerate(bundles, self._used):
                weighed = [row for row in map(get, strings) if row is not None]
                if weighed:
                    places.append(bundle)
                    starts.append(len(rows))
                    rows += weighed
            known[key] = self._used if len(places) > begun else 0
            self._used += len(bundles) if len(places) > begun else 0
        if places:
            self._put(places, starts, rows)

    def _put(self, places: list[int], starts: list[int], rows: list[int]) -> None:
        import numpy as np

        if self._used > len(self._values):
            grown = np.zeros((2 * self._used, self._values.shape[1]))
            grown[: len(self._values)] = self._values
            self._values = grown
        self._values[places] = np.add.reduceat(self._states[rows], starts, axis=0)


def _owners(layers: Sequence[Layer], counts: Sequence[int], begun: int) -> Array:
    """The number of each unit's own key among those of all sentences, which begin at `begun`."""
    import numpy as np

    owners: list[int] = []
    for layer, count in zip(layers, counts, strict=True):
        owners += map(begun.__add__, range(count) if layer.owners is None else layer.owners)
        begun += len(layer.keys)
    return np.array(owners, np.int64)
