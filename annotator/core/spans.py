"""All spans of a document: an immutable table that is cheap to change and to ask by place.

The spans of a side lie in blocks of some hundred, sorted by `Span.order`. A change rebuilds the blocks
that it touches and the short lists that describe them, so its cost hardly grows with the document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from operator import attrgetter

from annotator.core.keyed import Keyed
from annotator.core.span import SIDE_ORDER, SIDES, Side, Span

_FULL = 128
_ORDER = attrgetter("order")

Key = tuple[int, int, str, str]


class _SideIndex:
    """The spans of one side in sorted blocks, with each block's first key and furthest end.

    `horizons` is the furthest end of each block and all before it: as it only grows, the first block that
    can reach a place is found by bisection.
    """

    __slots__ = ("blocks", "firsts", "horizons", "reaches")

    def __init__(
        self, blocks: list[tuple[Span, ...]], firsts: list[Key], reaches: list[int], horizons: list[int]
    ) -> None:
        self.blocks = blocks
        self.firsts = firsts
        self.reaches = reaches
        self.horizons = horizons

    @classmethod
    def of(cls, ordered: list[Span]) -> _SideIndex:
        blocks = [tuple(ordered[at : at + _FULL]) for at in range(0, len(ordered), _FULL)]
        reaches = [_reach(block) for block in blocks]
        return cls(blocks, [block[0].order for block in blocks], reaches, list(accumulate(reaches, max)))

    def overlapping(self, start: int, end: int) -> list[Span]:
        last = bisect_left(self.firsts, (end,))
        first = bisect_right(self.horizons, start)
        return [
            span
            for block, reach in zip(self.blocks[first:last], self.reaches[first:last], strict=True)
            if reach > start
            for span in block
            if span.start < end and span.end > start
        ]

    def evolve(self, removed: Iterable[Span], added: Iterable[Span]) -> _SideIndex:
        gone: defaultdict[int, set[str]] = defaultdict(set)
        fresh: defaultdict[int, list[Span]] = defaultdict(list)
        for span in removed:
            gone[self._block_of(span)].add(span.id)
        for span in added:
            fresh[self._block_of(span)].append(span)
        if not self.blocks:
            return _SideIndex.of(sorted(fresh.get(0, []), key=_ORDER))
        result = _SideIndex(list(self.blocks), list(self.firsts), list(self.reaches), list(self.horizons))
        for index in sorted(gone.keys() | fresh.keys(), reverse=True):
            result._replace(index, _merged(self.blocks[index], gone.get(index), fresh.get(index)))
        return result

    def _block_of(self, span: Span) -> int:
        return max(0, bisect_right(self.firsts, span.order) - 1)

    def _replace(self, index: int, spans: list[Span]) -> None:
        size = len(spans) if len(spans) <= 2 * _FULL else _FULL
        blocks = [tuple(spans[at : at + size]) for at in range(0, len(spans), size)] if spans else []
        self.blocks[index : index + 1] = blocks
        self.firsts[index : index + 1] = [block[0].order for block in blocks]
        self.reaches[index : index + 1] = [_reach(block) for block in blocks]
        self._renew_horizons(index, len(blocks))

    def _renew_horizons(self, index: int, count: int) -> None:
        horizons = self.horizons
        horizon = horizons[index - 1] if index else 0
        horizons[index : index + 1] = [0] * count
        for place in range(index, len(horizons)):
            horizon = max(horizon, self.reaches[place])
            if place >= index + count and horizons[place] == horizon:
                break
            horizons[place] = horizon


def _reach(block: tuple[Span, ...]) -> int:
    return max(span.end for span in block)


def _merged(block: tuple[Span, ...], gone: set[str] | None, fresh: list[Span] | None) -> list[Span]:
    kept = [span for span in block if span.id not in gone] if gone else list(block)
    if fresh and len(fresh) > 16:
        return sorted(kept + fresh, key=_ORDER)
    for span in fresh or ():
        insort(kept, span, key=_ORDER)
    return kept


class SpanTable:
    """The spans of a document by id and by place. Immutable: `evolve` gives a new table."""

    __slots__ = ("_by_id", "_sides")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        every = list(spans)
        self._by_id: Keyed[Span] = Keyed({span.id: span for span in every})
        self._sides: dict[Side, _SideIndex] = {
            side: _SideIndex.of(sorted((s for s in every if s.side == side), key=_ORDER)) for side in SIDES
        }

    @classmethod
    def ordered_of(cls, spans: dict[str, Span]) -> SpanTable:
        """The table of spans by id, in the order of the files on disk already; it takes them over."""
        table = cls.__new__(cls)
        table._by_id = Keyed(spans)
        every = list(spans.values())
        turn = bisect_left(every, 1, key=lambda span: SIDE_ORDER[span.side])
        table._sides = {"zh": _SideIndex.of(every[:turn]), "en": _SideIndex.of(every[turn:])}
        return table

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, span_id: object) -> bool:
        return span_id in self._by_id

    def __iter__(self) -> Iterator[Span]:
        for side in SIDES:
            yield from self.ordered(side)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SpanTable) and self._by_id == other._by_id

    __hash__ = None  # type: ignore[assignment]

    def get(self, span_id: str) -> Span | None:
        """The span with this id."""
        return self._by_id.get(span_id)

    def ordered(self, side: Side) -> Iterator[Span]:
        """The spans of `side` in text order, outer before inner."""
        for block in self._sides[side].blocks:
            yield from block

    def blocks(self, side: Side) -> list[tuple[Span, ...]]:
        """The same in runs of some hundred, for work done in slices."""
        return self._sides[side].blocks

    def overlapping(self, side: Side, start: int, end: int) -> list[Span]:
        """The spans of `side` that share a character with `[start, end)`, in text order."""
        return self._sides[side].overlapping(start, end)

    def after(self, side: Side, offset: int) -> Span | None:
        """The first span that starts behind `offset`."""
        index = self._sides[side]
        at = max(0, bisect_right(index.firsts, (offset + 1,)) - 1)
        for block in index.blocks[at:]:
            for span in block:
                if span.start > offset:
                    return span
        return None

    def before(self, side: Side, offset: int) -> Span | None:
        """The last span that starts before `offset`."""
        index = self._sides[side]
        for block in reversed(index.blocks[: bisect_left(index.firsts, (offset,))]):
            for span in reversed(block):
                if span.start < offset:
                    return span
        return None

    def evolve(self, removed: Iterable[Span], added: Iterable[Span]) -> SpanTable:
        """The table without `removed` (which must be its own) and with `added`."""
        gone, fresh = list(removed), list(added)
        table = SpanTable.__new__(SpanTable)
        changes: dict[str, Span | None] = {span.id: None for span in gone}
        changes.update((span.id, span) for span in fresh)
        table._by_id = self._by_id.evolve(changes)
        table._sides = {
            side: self._sides[side].evolve(
                [span for span in gone if span.side == side], [span for span in fresh if span.side == side]
            )
            if any(span.side == side for span in (*gone, *fresh))
            else self._sides[side]
            for side in SIDES
        }
        return table

    def moved(self, side: Side, start: int, move: Callable[[Span], Span]) -> SpanTable:
        """The table with every span of `side` that starts at or behind `start` put through `move`."""
        table = SpanTable.__new__(SpanTable)
        spans = [move(span) if span.start >= start else span for span in self.ordered(side)]
        table._by_id = self._by_id.evolve(
            {span.id: span for span in spans if self._by_id.get(span.id) is not span}
        )
        table._sides = {**self._sides, side: _SideIndex.of(spans)}
        return table
