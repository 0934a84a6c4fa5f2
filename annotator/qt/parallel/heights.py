"""How tall the rows are: guessed until a row is seen, exact from then on.

Rows lie in chunks. A chunk that nobody has looked into knows only a guess of its sum, so that opening or
resizing a document of 100,000 rows costs some hundred guesses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate, pairwise

_SIZE = 128

Guess = Callable[[int, int], float]
"""The summed height of rows `[first, last)`, in pixels, without laying them out."""


class _Chunk:
    __slots__ = ("count", "rows", "total")

    def __init__(self, count: int, total: float) -> None:
        self.count = count
        self.total = total
        self.rows: list[float] | None = None


class Heights:
    """Heights of `count` rows in pixels, with look-ups both ways between row and position."""

    def __init__(self, count: int, guess: Guess) -> None:
        self._guess = guess
        self._chunks = self._guessed(0, count)
        self._firsts: list[int] = []
        self._totals: list[float] = []
        self._tops: list[float] = []
        self._moved = True
        self._grown = True

    @property
    def count(self) -> int:
        """How many rows there are."""
        self._count()
        return self._firsts[-1]

    @property
    def total(self) -> float:
        """The height of all rows together."""
        self._sum()
        return self._tops[-1]

    def top(self, row: int) -> float:
        """Where the row starts; of the row behind the last one, the total."""
        self._sum()
        index = self._chunk_of(row)
        if index == len(self._chunks):
            return self.total
        chunk, inside = self._chunks[index], row - self._firsts[index]
        if chunk.rows is None:
            return self._tops[index] + chunk.total * inside / chunk.count
        return self._tops[index] + sum(chunk.rows[:inside])

    def height(self, row: int) -> float:
        """The height of one row."""
        index = self._chunk_of(row)
        return self._rows(index)[row - self._firsts[index]]

    def at(self, y: float) -> tuple[int, float]:
        """The row at position `y` and how far below its top that is; clamped to the first and last row."""
        self._sum()
        if not self._chunks:
            return 0, 0.0
        y = min(max(y, 0.0), self._tops[-1])
        index = min(bisect_right(self._tops, y), len(self._chunks)) - 1
        chunk, first, y = self._chunks[index], self._firsts[index], y - self._tops[index]
        if chunk.rows is None:
            each = chunk.total / chunk.count
            inside = min(int(y / each) if each else 0, chunk.count - 1)
            return first + inside, y - inside * each
        for inside, height in enumerate(chunk.rows):
            if y < height or inside == chunk.count - 1:
                return first + inside, min(y, height)
            y -= height
        return first, 0.0

    def set(self, row: int, height: float) -> None:
        """The row was laid out and is this tall."""
        index = self._chunk_of(row)
        rows, inside = self._rows(index), row - self._firsts[index]
        if rows[inside] != height:
            self._chunks[index].total += height - rows[inside]
            self._totals[index] = self._chunks[index].total
            rows[inside] = height
            self._grown = True

    def splice(self, at: int, removed: int, added: int) -> None:
        """`removed` rows from `at` on became `added` others; the guess must know the new rows by now."""
        index = self._chunk_of(at)
        self._moved = self._grown = True
        chunk = self._chunks[index] if index < len(self._chunks) else None
        inside = at - self._firsts[index]
        if chunk is None or inside + removed > chunk.count or added > _SIZE:
            self._splice_chunks(at, at + removed, self._guessed(at, at + added))
            return
        rows = self._rows(index)
        rows[inside : inside + removed] = [self._guess(row, row + 1) for row in range(at, at + added)]
        chunk.count, chunk.total = len(rows), sum(rows)
        if not rows:
            del self._chunks[index]

    def _splice_chunks(self, at: int, end: int, fresh: list[_Chunk]) -> None:
        kept: list[_Chunk] = []
        behind: list[_Chunk] = []
        for chunk, first in zip(self._chunks, self._firsts, strict=False):
            kept += _cut(chunk, 0, at - first)
            behind += _cut(chunk, end - first, chunk.count)
        self._chunks = [*kept, *fresh, *behind]
        count = sum(chunk.count for chunk in self._chunks)
        if len(self._chunks) > count // 32 + 64:
            self._chunks = self._guessed(0, count)

    def _guessed(self, start: int, stop: int) -> list[_Chunk]:
        edges = [*range(start, stop, _SIZE), stop]
        return [
            _Chunk(last - first, self._guess(first, last)) for first, last in pairwise(edges) if last > first
        ]

    def _rows(self, index: int) -> list[float]:
        chunk = self._chunks[index]
        if chunk.rows is None:
            chunk.rows = [chunk.total / chunk.count] * chunk.count
        return chunk.rows

    def _chunk_of(self, row: int) -> int:
        self._count()
        if row >= self._firsts[-1]:
            return len(self._chunks)
        return bisect_right(self._firsts, row) - 1

    def _count(self) -> None:
        if self._moved:
            self._firsts = list(accumulate((chunk.count for chunk in self._chunks), initial=0))
            self._totals = [chunk.total for chunk in self._chunks]
            self._moved = False

    def _sum(self) -> None:
        self._count()
        if self._grown:
            self._tops = list(accumulate(self._totals, initial=0.0))
            self._grown = False


def _cut(chunk: _Chunk, start: int, stop: int) -> list[_Chunk]:
    start, stop = max(0, start), min(chunk.count, stop)
    if stop <= start:
        return []
    part = _Chunk(stop - start, chunk.total * (stop - start) / chunk.count)
    if chunk.rows is not None:
        part.rows = chunk.rows[start:stop]
        part.total = sum(part.rows)
    return [part]
