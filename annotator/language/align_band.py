"""The band of the table that an alignment is looked for in: for every row a stretch of columns.

Words that are rare tell the course of the alignment well enough to look only a few sentences to either side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.language.align_words import SharedWords, base, meetings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]
    Ints = NDArray[np.int64]

_NARROW = 24
_WORTH_IT = 2 * _NARROW
_RARE = 0.06


def band(zh_sums: Row, en_sums: Row, asked: int, words: SharedWords | None) -> tuple[Ints, int]:
    """For every row of the table the first column of its band, and the band's width."""
    import numpy as np

    rows, columns = len(zh_sums) - 1, len(en_sums) - 1
    course = np.searchsorted(en_sums, zh_sums * (en_sums[-1] / max(1.0, zh_sums[-1])))
    half = asked or min(160, max(60, columns // 20))
    if words and not asked and min(rows, columns) > _WORTH_IT:
        lows, width = _around(course, 2 * half, columns)
        course, half = _by_words(course, words, lows[:-1], width), _NARROW
    return _around(course, half, columns)


def _around(course: Ints, half: int, columns: int) -> tuple[Ints, int]:
    import numpy as np

    # The corners belong to every band, and no row's band may leave the next row's out of reach.
    steps = np.diff(course, prepend=0, append=columns)
    half = max(half, int(steps.max(initial=0)) + 2)
    width = min(columns + 1, 2 * half + 1)
    lows = np.clip(course - half, 0, columns + 1 - width)
    lows[0], lows[-1] = 0, columns + 1 - width
    return lows, width


def _by_words(course: Ints, words: SharedWords, lows: Ints, width: int) -> Ints:
    """The course that the rarer words of the text agree on best; as given where they say nothing."""
    import numpy as np

    likeness = _likeness(words, lows, width)
    reached = np.zeros_like(likeness)
    reached[0] = np.maximum.accumulate(likeness[0])
    for row in range(1, words.rows):
        shift = int(lows[row] - lows[row - 1])
        reached[row, : width - shift] = reached[row - 1, shift:]
        reached[row, width - shift :] = reached[row - 1, -1]
        reached[row] += likeness[row]
        np.maximum.accumulate(reached[row], out=reached[row])
    places, columns = [len(course) - 1], [int(course[-1])]
    column = int(lows[-1]) + width - 1
    for row in range(words.rows - 1, -1, -1):
        at = min(width - 1, max(0, column - int(lows[row])))
        at = int(np.searchsorted(reached[row], reached[row, at]))
        column = int(lows[row]) + at
        if likeness[row, at] > 0:
            places.append(row)
            columns.append(column)
    if places[-1] > 0:
        places.append(0)
        columns.append(0)
    return np.interp(np.arange(len(course)), places[::-1], columns[::-1]).astype(np.int64)


def _likeness(words: SharedWords, lows: Ints, width: int) -> NDArray[np.float32]:
    """Nats that speak for a Chinese sentence and each English one in its band; 0 where they speak against."""
    import numpy as np

    rare = words.forth.rare(_RARE)
    met = meetings(rare, lows, lows + width)
    cells = met.here * width + rare.other_at[met.entry] - lows[met.here]
    gains = rare.gains(1)[met.entry]
    sums = np.bincount(cells, gains, minlength=words.rows * width).reshape(words.rows, width)
    return np.maximum(0.0, sums + base(rare, words.rows)[:, None]).astype(np.float32)
