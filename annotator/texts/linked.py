"""Sentences with ids on both sides, and links between them, made into rows of pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.core.span import SIDES, Side
from annotator.extend import TextRow

Sentences = Mapping[str, str]
"""The sentences of one side by their ids, in the order of the text."""

Ends = Mapping[Side, Sequence[str]]
"""The ids at the two ends of a link."""


def linked_rows(texts: Mapping[Side, Sentences], links: Iterable[Ends]) -> tuple[list[TextRow], int]:
    """Rows of Chinese and English in the order of the links, and how many ends of links led nowhere.

    Links that share a sentence are one row. A sentence that no link names gets a row of its own, behind
    that of the sentence before it. Sentences of one cell are parted by line ends.
    """
    lost = 0
    beads: dict[int, dict[Side, list[str]]] = {}
    home: dict[tuple[Side, str], int] = {}
    moved: dict[int, int] = {}
    for number, link in enumerate(links):
        ends = [(side, one) for side in SIDES for one in link.get(side, ()) if one in texts[side]]
        lost += sum(len(link.get(side, ())) for side in SIDES) - len(ends)
        shared = sorted({_settled(home[end], moved) for end in ends if end in home})
        at = shared[0] if shared else number
        bead = beads.setdefault(at, {"zh": [], "en": []})
        for other in shared[1:]:
            moved[other] = at
            for side, more in beads.pop(other).items():
                bead[side] += more
        for side, one in ends:
            if (side, one) not in home:
                home[side, one] = at
                bead[side].append(one)
    settled = {end: _settled(at, moved) for end, at in home.items()}
    return list(_rows(texts, beads, settled)), lost


def _settled(at: int, moved: dict[int, int]) -> int:
    """The bead into which a bead has gone, if it has."""
    end = at
    while end in moved:
        end = moved[end]
    while at != end:
        at, moved[at] = moved[at], end
    return end


def _rows(
    texts: Mapping[Side, Sentences],
    beads: Mapping[int, dict[Side, list[str]]],
    home: Mapping[tuple[Side, str], int],
) -> Iterator[TextRow]:
    alone = _alone(texts, home)
    yield from alone[-1]
    for at in sorted(beads):
        row = tuple("\n".join(filter(None, map(texts[side].__getitem__, beads[at][side]))) for side in SIDES)
        if any(row):
            yield row
        yield from alone[at]


def _alone(
    texts: Mapping[Side, Sentences], home: Mapping[tuple[Side, str], int]
) -> defaultdict[int, list[TextRow]]:
    """Rows of sentences without a link, by the bead behind which they belong."""
    alone: defaultdict[int, list[TextRow]] = defaultdict(list)
    for side in SIDES:
        last = -1
        for one, text in texts[side].items():
            if (side, one) in home:
                last = home[side, one]
            elif text:
                alone[last].append((text, "") if side == "zh" else ("", text))
    return alone
