"""The best one-to-one assignment of few to few."""

from __future__ import annotations

from collections.abc import Sequence


def assign(scores: Sequence[Sequence[float]]) -> list[int]:
    """For each row the column that is its own, the sum of scores being the greatest possible; -1 for none.

    The Hungarian method with potentials, O(rows² · columns). Rows may go without a column at a score of 0.

    Args:
        scores: a rectangle; a score of 0 or less never pays.
    """
    rows = len(scores)
    columns = len(scores[0]) if rows else 0
    width = columns + rows
    cost = [[-max(0.0, score) for score in row] + [0.0] * rows for row in scores]
    by_row, by_column = [0.0] * (rows + 1), [0.0] * (width + 1)
    taken = [0] * (width + 1)
    for row in range(1, rows + 1):
        _augment(row, cost, by_row, by_column, taken)
    result = [-1] * rows
    for column in range(1, columns + 1):
        row = taken[column]
        if row and scores[row - 1][column - 1] > 0:
            result[row - 1] = column - 1
    return result


def _augment(
    row: int, cost: list[list[float]], by_row: list[float], by_column: list[float], taken: list[int]
) -> None:
    """Find a column for one more row, moving others where that pays. Column 0 is a helper."""
    width = len(taken) - 1
    taken[0] = row
    least = [float("inf")] * (width + 1)
    came_from = [0] * (width + 1)
    seen = [False] * (width + 1)
    column = 0
    while taken[column]:
        seen[column] = True
        at, step, following = taken[column], float("inf"), 0
        for other in range(1, width + 1):
            if seen[other]:
                continue
            reduced = cost[at - 1][other - 1] - by_row[at] - by_column[other]
            if reduced < least[other]:
                least[other], came_from[other] = reduced, column
            if least[other] < step:
                step, following = least[other], other
        for other in range(width + 1):
            if seen[other]:
                by_row[taken[other]] += step
                by_column[other] -= step
            else:
                least[other] -= step
        column = following
    while column:
        taken[column] = taken[came_from[column]]
        column = came_from[column]
