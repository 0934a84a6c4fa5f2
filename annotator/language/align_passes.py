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
    """Log-probability of all ways to reach a row's cells from the start.

    `met` leaves out those that end in a stretch of lone English sentences, which are `gap_en`; `gap_zh` are
    those among `met` that end in a lone Chinese one; `all` are both.
    """

    met: Row
    gap_zh: Row
    gap_en: Row
    all: Row


class _Beyond(NamedTuple):
    """Log-probability of all ways from a row to the end, by what reached it, and the best expected gain."""

    after_bead: Row
    after_gap_zh: Row
    best: Row
    scores: dict[Shape, Row]


def solve(part: Part, watch: Watch) -> Iterator[tuple[int, int, int, int, float]]:
    """Beads of a part in order, as (zh start, zh end, en start, en end, confidence)."""
    if part.rows == 0 or part.columns == 0:
        yield from ((row, row + 1, 0, 0, 1.0) for row in range(part.rows))
        yield from ((0, 0, column, column + 1, 1.0) for column in range(part.columns))
        return
    scores = Scores(part)
    choices = _backward(part, _forward(part, scores, watch), scores, watch)
    shapes = list(part.shapes)
    row = column = 0
    while (row, column) != (part.rows, part.columns):
        picked, chances = choices[row]
        at = column - part.lows[row]
        dz, de = shapes[int(picked[at])]
        yield row, row + dz, column, column + de, min(1.0, float(chances[at]))
        row, column = row + dz, column + de


def _forward(part: Part, scored: Scores, watch: Watch) -> list[_Reached]:
    import numpy as np

    table: list[_Reached] = []
    for row in range(part.rows + 1):
        watch.tell(row, row // 2)
        scores = scored.at(row)
        met = gap_zh = np.full(part.width, _NEVER)
        if row == 0:
            met = met.copy()
            met[0] = 0.0
        else:
            gap_zh = _on_to_gap_zh(part, table[row - 1], row, scores[_LONE_ZH])
            ways = [
                _shifted(part, table[row - shape[0]].all, row, shape) + score
                for shape, score in scores.items()
                if 0 < shape[0] <= row and shape != _LONE_ZH
            ]
            met = _log_sum(np.stack([gap_zh, *ways]))
        gap_en = _on_to_gap_en(part, met, scores[_LONE_EN])
        table.append(_Reached(met, gap_zh, gap_en, np.logaddexp(met, gap_en)))
    return table


def _on_to_gap_zh(part: Part, before: _Reached, row: int, alone: Row) -> Row:
    import numpy as np

    reached = np.logaddexp(before.all, before.gap_zh + part.onward_zh)
    return _shifted(part, reached, row, _LONE_ZH) + alone


def _on_to_gap_en(part: Part, met: Row, alone: Row) -> Row:
    """Stretches of lone English sentences stay in their row, so that they are summed along it."""
    import numpy as np

    passed = np.cumsum(alone + part.onward_en)
    gap = np.full(part.width, _NEVER)
    gap[1:] = np.logaddexp.accumulate(met - passed)[:-1] + passed[1:] - part.onward_en
    return gap


def _shifted(part: Part, source: Row, row: int, shape: Shape) -> Row:
    """A row `shape[0]` above `row`, moved so that the cell before a bead stands at the end of the bead."""
    import numpy as np

    shift = part.lows[row] - shape[1] - part.lows[row - shape[0]]
    result = np.full(part.width, _NEVER)
    start, end = max(0, -shift), min(part.width, part.width - shift)
    if start < end:
        result[start:end] = source[start + shift : end + shift]
    return result


def _log_sum(ways: NDArray[np.float64]) -> Row:
    import numpy as np

    best = ways.max(axis=0)
    return np.asarray(best + np.log(np.exp(ways - best).sum(axis=0)))


def _backward(
    part: Part, forward: list[_Reached], scored: Scores, watch: Watch
) -> list[tuple[NDArray[np.int64], Row]]:
    """For every cell of the band the best bead to begin there (index into the shapes), and its posterior.

    Best is what covers most sentences rightly in expectation from there to the end.
    """
    whole = float(forward[-1].all[-1])
    beyond: dict[int, _Beyond] = {}
    choices: list[tuple[NDArray[np.int64], Row]] = []
    for row in range(part.rows, -1, -1):
        watch.tell(row, part.rows - row // 2)
        choice, beyond[row] = _step_back(part, row, forward[row], beyond, scored.at(row), whole)
        choices.append(choice)
        beyond.pop(row + part.tallest, None)
    return choices[::-1]


def _step_back(
    part: Part,
    row: int,
    reached: _Reached,
    beyond: dict[int, _Beyond],
    scores: dict[Shape, Row],
    whole: float,
) -> tuple[tuple[NDArray[np.int64], Row], _Beyond]:
    import numpy as np

    never = np.full(part.width, _NEVER)
    ways, gains, chances = [], [], []
    for shape in part.shapes:
        log, gain = _pull(part, beyond, row, shape)
        begun = reached.all
        if shape == _LONE_ZH:
            lone = log
            begun = np.logaddexp(begun, reached.gap_zh + part.onward_zh)
        chance = np.exp(np.minimum(0.0, begun + log - whole))
        ways.append(log)
        chances.append(chance)
        gains.append(gain + sum(shape) * chance)
    on = _log_sum(np.stack(ways))
    if row == part.rows:
        on[-1] = 0.0
    passed = np.cumsum(scores[_LONE_EN] + part.onward_en)
    in_gap = np.logaddexp.accumulate((on + passed)[::-1])[::-1] - passed
    step = never.copy()
    step[:-1] = scores[_LONE_EN][1:] + in_gap[1:]
    after_bead = np.logaddexp(on, step)
    begun = np.logaddexp(reached.met, reached.gap_en + part.onward_en)
    index = list(part.shapes).index(_LONE_EN)
    chances[index] = np.exp(np.minimum(0.0, begun + step - whole))
    best = _best_along(part, row, gains, chances[index], index)
    picked = np.stack(gains).argmax(axis=0)
    chance = np.take_along_axis(np.stack(chances), picked[None], axis=0)[0]
    after_gap_zh = np.logaddexp(after_bead, part.onward_zh + lone)
    return (picked, chance), _Beyond(after_bead, after_gap_zh, best, scores)


def _best_along(part: Part, row: int, gains: list[Row], chance: Row, index: int) -> Row:
    """The best gain from each cell; fills in that of lone English sentences, which stay in the row."""
    import numpy as np

    gains[index] = np.full(part.width, _NEVER)
    best = np.stack(gains).max(axis=0)
    if row == part.rows:
        best[-1] = 0.0
    passed = np.concatenate([[0.0], np.cumsum(chance)[:-1]])
    best = np.maximum.accumulate((best + passed)[::-1])[::-1] - passed
    gains[index][:-1] = chance[:-1] + best[1:]
    return np.asarray(best)


def _pull(part: Part, beyond: dict[int, _Beyond], row: int, shape: Shape) -> tuple[Row, Row]:
    """Log-probability and expected gain of all that follows, through a bead of `shape` begun at `row`."""
    import numpy as np

    log, gain = np.full(part.width, _NEVER), np.full(part.width, _NEVER)
    target = row + shape[0]
    if shape[0] == 0 or target > part.rows:
        return log, gain
    after = beyond[target]
    reached = after.after_gap_zh if shape == _LONE_ZH else after.after_bead
    shift = part.lows[row] + shape[1] - part.lows[target]
    start, end = max(0, -shift), min(part.width, part.width - shift)
    if start < end:
        log[start:end] = (reached + after.scores[shape])[start + shift : end + shift]
        gain[start:end] = after.best[start + shift : end + shift]
    return log, gain
