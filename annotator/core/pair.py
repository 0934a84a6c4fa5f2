"""Pairs (beads): which sentences of the two sides belong together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, overload

from msgspec import Struct

from annotator.core.span import Side

Segment = tuple[int, int]
Role = Literal["text", "title"]


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
        """The table with `count` rows from `at` replaced by `pairs`."""
        return PairTable((*self._pairs[:at], *pairs, *self._pairs[at + count :]))

    def row_at(self, side: Side, offset: int) -> int:
        """The row that holds `offset` of `side`; between rows, the one before. -1 if there is no row."""
        starts, rows = self._starts[side]
        if not starts:
            return -1 if not self._pairs else 0
        return rows[max(0, bisect_right(starts, offset) - 1)]

    def row_of(self, pair_id: str) -> int | None:
        """The row of the pair with this id."""
        return self._rows.get(pair_id)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {pair.id: row for row, pair in enumerate(self._pairs)}

    @cached_property
    def _starts(self) -> dict[Side, tuple[list[int], list[int]]]:
        return {"zh": self._starts_of("zh"), "en": self._starts_of("en")}

    def _starts_of(self, side: Side) -> tuple[list[int], list[int]]:
        rows = [row for row, pair in enumerate(self._pairs) if pair.segments(side)]
        return [self._pairs[row].segments(side)[0][0] for row in rows], rows
