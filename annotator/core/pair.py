"""Pairs (beads): which sentences of the two sides belong together."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, overload

from msgspec import Struct

from annotator.core.span import SIDES, Side

Segment = tuple[int, int]
Role = Literal["text", "title"]

DOUBTFUL = 0.5
"""Below this confidence the aligner itself does not believe in a pair."""

_BEHIND_ALL = sys.maxsize


class Pair(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the parallel text: segments `[start, end)` of either side, in order; `()` if one-sided.

    `confidence` in 0..1 is the aligner's; `confirmed` means that a person fixed the row.
    """

    id: str
    zh: tuple[Segment, ...] = ()
    en: tuple[Segment, ...] = ()
    role: Role = "text"
    confidence: float | None = None
    confirmed: bool = False
    extra: dict[str, Any] | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the aligner was not sure of it and nobody has confirmed it."""
        return self.confidence is not None and self.confidence < DOUBTFUL and not self.confirmed

    def segments(self, side: Side) -> tuple[Segment, ...]:
        """The segments of `side`."""
        return self.zh if side == "zh" else self.en

    def extent(self, side: Side) -> Segment | None:
        """From the first segment's start to the last one's end, or None on an empty side."""
        segments = self.zh if side == "zh" else self.en
        return (segments[0][0], segments[-1][1]) if segments else None


class PairTable(Sequence[Pair]):
    """All pairs of a document in text order, with a look-up from offset to row. Immutable."""

    def __init__(self, pairs: Sequence[Pair] = ()) -> None:
        self._pairs = tuple(pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PairTable) and self._pairs == other._pairs

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Pair, ...]: ...
    def __getitem__(self, index: int | slice) -> Pair | tuple[Pair, ...]:
        return self._pairs[index]

    def splice(self, at: int, count: int, pairs: Sequence[Pair]) -> PairTable:
        """The table with `count` rows from `at` replaced by `pairs`; what it knew of the rest it keeps."""
        table = PairTable((*self._pairs[:at], *pairs, *self._pairs[at + count :]))
        if "_starts" in self.__dict__:
            table.__dict__["_starts"] = {side: self._spliced_starts(side, at, count, pairs) for side in SIDES}
        return table

    def row_at(self, side: Side, offset: int) -> int:
        """The row that holds `offset` of `side`; between rows, the one before. -1 if there is no row."""
        starts = self._starts[side]
        if not starts:
            return -1
        if offset >= starts[0]:
            return bisect_right(starts, offset) - 1
        return 0 if starts[0] == _BEHIND_ALL else bisect_right(starts, starts[0]) - 1

    def row_of(self, pair_id: str) -> int | None:
        """The row of the pair with this id."""
        return self._rows.get(pair_id)

    @cached_property
    def doubtful(self) -> tuple[int, ...]:
        """The rows of which the aligner was not sure and that nobody has confirmed."""
        return tuple(row for row, pair in enumerate(self._pairs) if pair.doubtful)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {pair.id: row for row, pair in enumerate(self._pairs)}

    @cached_property
    def _starts(self) -> dict[Side, list[int]]:
        return {side: _starts(self._pairs, side, _BEHIND_ALL) for side in SIDES}

    def _spliced_starts(self, side: Side, at: int, count: int, pairs: Sequence[Pair]) -> list[int]:
        ahead, behind = self._starts[side][:at], self._starts[side][at + count :]
        fresh = _starts(pairs, side, behind[0] if behind else _BEHIND_ALL)
        starts = [*ahead, *fresh, *behind]
        for row in range(at - 1, -1, -1):
            if self._pairs[row].segments(side):
                break
            starts[row] = starts[at] if at < len(starts) else _BEHIND_ALL
        return starts


def _starts(pairs: Sequence[Pair], side: Side, behind: int) -> list[int]:
    """Where each row starts; one without text on `side` starts where the next one with text does, so that
    a look-up from the right never ends at it. `behind` is the start of what follows."""
    starts: list[int] = []
    for pair in reversed(pairs):
        segments = pair.segments(side)
        if segments:
            behind = segments[0][0]
        starts.append(behind)
    starts.reverse()
    return starts
