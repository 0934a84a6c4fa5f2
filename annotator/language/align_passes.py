"""The forward and the backward pass over the table of an alignment, and the path through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from annotator.core.job import Job
from annotator.language.align_terms import Part, Scores, Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]
    Table = NDArray[np.float64]
    Scored = NDArray[np.float32]

_NEVER = -1e9
_EVERY_ROWS = 100
_LONE_ZH: Shape = (1, 0)
_LONE_EN: Shape = (0, 1)


class Watch(NamedTuple):
    """Tells the job how far a part is, `done` rows of `total` lying before it."""

    job: Job | None
    done: int
    total: int

    def tell(self, row: int, rows: int) -> None:
        if self.job is not None and row % _EVERY_ROWS == 0:
            self.job.progress(self.done + rows, self.total)


class _Reached(NamedTuple):
    """Log-probability of all ways to reach each cell from the start, a line a row of the table.

    `met` leaves out those that end in a stretch of lone English sentences, which are `gap_en`; `gap_zh` are
    those among `met` that end in a lone Chinese one; `all` are both.
    """

    met: Table
    gap_zh: Table
    gap_en: Table
    all: Table


class _Beyond(NamedTuple):
    """From a row to the end: log-probability by the shape that reaches the row, and best expected gain."""

    ahead: Table
    best: Row


class _Choice(NamedTuple):
    """For every cell of the band the best bead to begin there (index into the shapes), and its posterior."""

    picked: NDArray[np.int8]
    chance: NDArray[np.float32]


def solve(part: Part, watch: Watch) -> Iterator[tuple[int, int, int, int, float]]:
    """Beads of a part in order, as (zh start, zh end, en start, en end, confidence)."""
    if part.rows == 0 or part.columns == 0:
        yield from ((row, row + 1, 0, 0, 1.0) for row in range(part.rows))
        yield from ((0, 0, column, column + 1, 1.0) for column in range(part.columns))
        return
    scores = Scores(part)
    choice = _backward(part, _forward(part, scores, watch), scores, watch)
    shapes = list(part.shapes)
    row = column = 0
    while (row, column) != (part.rows, part.columns):
        at = column - part.lows[row]
        dz, de = shapes[int(choice.picked[row, at])]
        yield row, row + dz, column, column + de, min(1.0, float(choice.chance[row, at]))
        row, column = row + dz, column + de


def _forward(part: Part, scored: Scores, watch: Watch) -> _Reached:
    import numpy as np

    shapes = list(part.shapes)
    lone_zh, lone_en = shapes.index(_LONE_ZH), shapes.index(_LONE_EN)
    table = _Reached(*(np.full((part.rows + 1, part.width), _NEVER) for _ in range(4)))
    ways = np.empty((len(shapes), part.width))
    for row in range(part.rows + 1):
        watch.tell(row, row // 2)
        scores = scored.at(row)
        ways.fill(_NEVER)
        for index, (dz, de) in enumerate(shapes):
            if not 0 < dz <= row:
                continue
            source = table.all[row - dz]
            if index == lone_zh:
                source = np.logaddexp(source, table.gap_zh[row - 1] + part.onward_zh)
            _shift(source, ways[index], part.lows[row] - de - part.lows[row - dz])
        ways += scores
        if row == 0:
            table.met[0, 0] = 0.0
        else:
            table.gap_zh[row] = ways[lone_zh]
            ways[lone_en] = _NEVER
            table.met[row] = _log_sum(ways)
        table.gap_en[row] = _on_to_gap_en(part, table.met[row], scores[lone_en])
        np.logaddexp(table.met[row], table.gap_en[row], out=table.all[row])
    return table


def _on_to_gap_en(part: Part, met: Row, alone: Row) -> Row:
    """Stretches of lone English sentences stay in their row, so that they are summed along it."""
    import numpy as np

    passed = np.cumsum(alone + part.onward_en)
    gap = np.full(part.width, _NEVER)
    gap[1:] = np.logaddexp.accumulate(met - passed)[:-1] + passed[1:] - part.onward_en
    return gap


def _shift(source: Row, target: Row, by: int) -> None:
    """Copy what both have, so that `target[at]` is `source[at + by]`; the rest of the target stays."""
    start, end = max(0, -by), min(len(source), len(source) - by)
    if start < end:
        target[start:end] = source[start + by : end + by]


def _log_sum(ways: Table) -> Row:
    import numpy as np

    best = ways.max(axis=0)
    return np.asarray(best + np.log(np.exp(ways - best).sum(axis=0)))


def _backward(part: Part, forward: _Reached, scored: Scores, watch: Watch) -> _Choice:
    """Best is what covers most sentences rightly in expectation from a cell to the end."""
    import numpy as np

    choice = _Choice(
        np.zeros((part.rows + 1, part.width), dtype=np.int8),
        np.zeros((part.rows + 1, part.width), dtype=np.float32),
    )
    step = _StepBack(part, forward)
    for row in range(part.rows, -1, -1):
        watch.tell(row, part.rows - row // 2)
        choice.picked[row], choice.chance[row] = step.to(row, scored.at(row))
    return choice


class _StepBack:
    """Goes through the rows of the table from the last to the first."""

    def __init__(self, part: Part, forward: _Reached) -> None:
        import numpy as np

        self._part, self._forward = part, forward
        self._whole = float(forward.all[-1, -1])
        self._shapes = list(part.shapes)
        self._lone_zh, self._lone_en = self._shapes.index(_LONE_ZH), self._shapes.index(_LONE_EN)
        self._sizes = np.array([[float(sum(shape))] for shape in self._shapes])
        self._beyond: dict[int, _Beyond] = {}

    def to(self, row: int, scores: Scored) -> tuple[NDArray[np.int64], Row]:
        """The best beads to begin in the row's cells, and their posteriors."""
        import numpy as np

        part, lone_zh, lone_en = self._part, self._lone_zh, self._lone_en
        met, gap_zh, gap_en, begun = (table[row] for table in self._forward)
        ways, gains = self._pull(row)
        chances = begun + ways
        chances[lone_zh] = np.logaddexp(begun, gap_zh + part.onward_zh) + ways[lone_zh]
        on = _log_sum(ways)
        if row == part.rows:
            on[-1] = 0.0
        passed = np.cumsum(scores[lone_en] + part.onward_en)
        in_gap = np.logaddexp.accumulate((on + passed)[::-1])[::-1] - passed
        step = np.full(part.width, _NEVER)
        step[:-1] = scores[lone_en, 1:] + in_gap[1:]
        chances[lone_en] = np.logaddexp(met, gap_en + part.onward_en) + step
        chances = np.exp(np.minimum(0.0, chances - self._whole))
        gains += self._sizes * chances
        best = self._best_along(row, gains, chances[lone_en])
        after_bead = np.logaddexp(on, step)
        ahead = after_bead + scores
        ahead[lone_zh] = np.logaddexp(after_bead, part.onward_zh + ways[lone_zh]) + scores[lone_zh]
        self._beyond[row] = _Beyond(ahead, best)
        self._beyond.pop(row + part.tallest, None)
        picked = gains.argmax(axis=0)
        return picked, chances[picked, np.arange(part.width)]

    def _pull(self, row: int) -> tuple[Table, Table]:
        """Log-probability and expected gain of all that follows, through beads begun at `row`, by shape."""
        import numpy as np

        part = self._part
        ways = np.full((len(self._shapes), part.width), _NEVER)
        gains = np.full((len(self._shapes), part.width), _NEVER)
        for index, (dz, de) in enumerate(self._shapes):
            after = self._beyond.get(row + dz)
            if dz == 0 or after is None:
                continue
            by = part.lows[row] + de - part.lows[row + dz]
            _shift(after.ahead[index], ways[index], by)
            _shift(after.best, gains[index], by)
        return ways, gains

    def _best_along(self, row: int, gains: Table, chance: Row) -> Row:
        """The best gain from each cell; fills in that of lone English sentences, which stay in the row."""
        import numpy as np

        gains[self._lone_en] = _NEVER
        best = gains.max(axis=0)
        if row == self._part.rows:
            best[-1] = 0.0
        passed = np.concatenate([[0.0], np.cumsum(chance)[:-1]])
        best = np.maximum.accumulate((best + passed)[::-1])[::-1] - passed
        gains[self._lone_en, :-1] = chance[:-1] + best[1:]
        return np.asarray(best)
