"""Sentences of two texts and the beads that a file gives: rows that keep both, in the file's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.extend import Extract, TextRow

Bead = Mapping[Side, Sequence[int]]
"""Indexes of sentences that belong together, for each side; either may be empty."""


def extract(texts: Mapping[Side, Sequence[str]], beads: Sequence[Bead], name: str) -> Extract:
    """A row for each bead, its sentences one a line; what no bead names has a row of its own in its place.

    Beads that share a sentence are one.

    Raises:
        AnnotatorError: if no bead has a text on both sides.
    """
    rows = [row for row in _rows(texts, _apart(beads)) if any(row)]
    if not any(all(row) for row in rows):
        raise AnnotatorError("error.text_no_pairs", file=name)
    return Extract(rows=((0, ("zh", "en")), *enumerate(rows, 1)))


def _rows(texts: Mapping[Side, Sequence[str]], beads: Sequence[Bead]) -> Iterator[TextRow]:
    named = {side: {at for bead in beads for at in bead[side]} for side in SIDES}
    done: dict[Side, int] = dict.fromkeys(SIDES, 0)
    for bead in beads:
        for side in SIDES:
            if bead[side]:
                yield from _left(texts, named, side, done, min(bead[side]))
        zh, en = ("\n".join(texts[side][at] for at in sorted(bead[side])).strip() for side in SIDES)
        yield zh, en
    for side in SIDES:
        yield from _left(texts, named, side, done, len(texts[side]))


def _left(
    texts: Mapping[Side, Sequence[str]],
    named: Mapping[Side, set[int]],
    side: Side,
    done: dict[Side, int],
    end: int,
) -> Iterator[TextRow]:
    """What stands in no bead, up to a sentence."""
    for at in range(done[side], end):
        if at not in named[side]:
            text = texts[side][at].strip()
            yield (text, "") if side == "zh" else ("", text)
    done[side] = max(done[side], end)


def _apart(beads: Sequence[Bead]) -> list[Bead]:
    """The beads in their order, those with a sentence in common as one at the place of the first."""
    made: list[dict[Side, set[int]]] = []
    joined: list[int] = []
    owner: dict[tuple[Side, int], int] = {}
    for bead in beads:
        into = len(made)
        made.append({side: set(bead.get(side, ())) for side in SIDES})
        joined.append(into)
        for key in [(side, at) for side in SIDES for at in bead.get(side, ())]:
            one, two = _root(joined, owner.setdefault(key, into)), _root(joined, into)
            first, last = min(one, two), max(one, two)
            if first != last:
                joined[last] = first
                for side in SIDES:
                    made[first][side] |= made[last][side]
    return [{side: sorted(made[at][side]) for side in SIDES} for at, to in enumerate(joined) if at == to]


def _root(joined: list[int], at: int) -> int:
    while joined[at] != at:
        joined[at] = joined[joined[at]]
        at = joined[at]
    return at
