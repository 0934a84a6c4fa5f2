"""The summed weights of every unit of many sentences: what recurs is added up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from annotator.language.crf.layers import Describe, Layer, Prefixed, Seen
from annotator.language.crf.weights import Array

_KEPT = 1 << 16
"""Keys of a layer that are remembered."""
_FIRST = 64


class Sums:
    """Adds up for one chain. `rows` and `states` are those of its `Weights`."""

    def __init__(self, rows: Mapping[str, int], states: Array) -> None:
        self._rows, self._states = rows, states
        self._layers: dict[Describe, _Recurring] = {}

    def of(self, sentences: Sequence[Seen]) -> Array:
        """The weights of all units one below the other, units x tags; all sentences have the same layers."""
        import numpy as np

        counts = [len(one.units) for one in sentences]
        starts = [0, *np.cumsum(counts).tolist()]
        total = np.zeros((starts[-1], self._states.shape[1]))
        for layers in zip(*(one.layers for one in sentences), strict=True):
            self._recurring(layers[0].describe).add(total, layers, counts)
        told = [
            (start + at, number)
            for start, one in zip(starts, sentences, strict=False)
            for at, string in one.marks
            if (number := self._rows.get(string)) is not None
        ]
        for unit, number in told:
            total[unit] += self._states[number]
        return total

    def _recurring(self, describe: Describe) -> _Recurring:
        found = self._layers.get(describe)
        if found is None:
            found = self._layers[describe] = _Recurring(describe, self._rows, self._states)
        return found


class _Recurring:
    """The weights of the keys of one layer, bundle by bundle; number 0 is that of keys without any."""

    def __init__(self, describe: Describe, rows: Mapping[str, int], states: Array) -> None:
        self._describe, self._rows, self._states = describe, rows, states
        self._numbers: dict[Any, int] = {}
        self._values: Array | None = None
        self._used = 1
        if isinstance(describe, Prefixed):
            ours = tuple(describe.prefixes)
            self._learn({string[1:] for string in rows if string.startswith(ours)}, len(ours))

    def add(self, total: Array, layers: Sequence[Layer], counts: Sequence[int]) -> None:
        """Add to each unit what the layers of its sentence say; `counts` are the units of each."""
        import numpy as np

        keys: list[Any] = []
        owners: list[int] = []
        for layer, count in zip(layers, counts, strict=True):
            begun = len(keys)
            owned = range(count) if layer.owners is None else layer.owners
            owners += map(begun.__add__, owned)
            keys += layer.keys
        shifts = layers[0].shifts
        if not isinstance(self._describe, Prefixed):
            self._learn_of(keys, len(shifts))
        if self._values is None:
            return
        numbers = np.fromiter(map(self._numbers.get, keys, repeat(0)), np.int64, len(keys))
        of_unit = np.array(owners, np.int64)
        for bundle, shift in enumerate(shifts):
            total += self._values[bundle][numbers[of_unit + shift]]

    def _learn_of(self, keys: Sequence[Any], bundles: int) -> None:
        if len(self._numbers) > _KEPT:
            self._numbers.clear()
            self._values, self._used = None, 1
        new = {key for key in keys if key not in self._numbers}
        if new:
            self._learn(new, bundles)

    def _learn(self, keys: set[Any], bundles: int) -> None:
        """Number new keys, and add up the weights of each."""
        get, describe = self._rows.get, self._describe
        places: list[int] = []
        starts: list[int] = []
        weights: list[int] = []
        for key in keys:
            number = 0
            for bundle, strings in enumerate(describe(key)):
                known = [row for row in map(get, strings) if row is not None]
                if known:
                    number = self._used
                    places.append(number * bundles + bundle)
                    starts.append(len(weights))
                    weights += known
            self._numbers[key] = number
            self._used += number > 0
        if places:
            self._put(places, starts, weights, bundles)

    def _put(self, places: list[int], starts: list[int], weights: list[int], bundles: int) -> None:
        import numpy as np

        tags = self._states.shape[1]
        if self._values is None:
            self._values = np.zeros((bundles, _FIRST, tags))
        if self._used > self._values.shape[1]:
            grown = np.zeros((bundles, 2 * self._used, tags))
            grown[:, : self._values.shape[1]] = self._values
            self._values = grown
        numbers, of_bundle = np.divmod(np.array(places), bundles)
        self._values[of_bundle, numbers] = np.add.reduceat(self._states[weights], starts, axis=0)
