"""What is said of the units of a sentence, in layers of things that recur: characters, words, their kinds.

A layer has keys in the order of the sentence, and for each key bundles of strings: one for the unit that it
belongs to, others for the units beside it. As keys recur, a chain need look at their strings only once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Range = tuple[int, int]
Bundle = tuple[str, ...]
Describe = Callable[[Any], tuple[Bundle, ...]]


@dataclass(frozen=True, slots=True)
class Prefixed:
    """Says of a string no more than itself, with another first character in each bundle."""

    prefixes: str

    def __call__(self, key: str) -> tuple[Bundle, ...]:
        """The bundles of a key."""
        return tuple((prefix + key,) for prefix in self.prefixes)


class Layer(NamedTuple):
    """Of unit `n` the bundle `b` holds that the key number `owners[n] + shifts[b]` has.

    Attributes:
        describe: the bundles of a key, as many for each; the same for every sentence.
        keys: hashable.
        owners: None if each unit has the key of its own number.
    """

    describe: Describe
    keys: Sequence[Any]
    shifts: tuple[int, ...] = (0,)
    owners: Sequence[int] | None = None


class Seen(NamedTuple):
    """A sentence as units, and what is said of them; `marks` are strings for single units."""

    units: Sequence[Range]
    layers: Sequence[Layer]
    marks: Sequence[tuple[int, str]] = ()

    @property
    def rows(self) -> list[list[str]]:
        """For each unit, all strings that are true of it."""
        rows: list[list[str]] = [[] for _ in self.units]
        for layer in self.layers:
            owners = range(len(rows)) if layer.owners is None else layer.owners
            for row, owner in zip(rows, owners, strict=True):
                for number, shift in enumerate(layer.shifts):
                    row += layer.describe(layer.keys[owner + shift])[number]
        for at, string in self.marks:
            rows[at].append(string)
        return rows
