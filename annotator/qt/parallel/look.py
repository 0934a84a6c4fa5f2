"""What the painter needs to know beside the text: who is selected, hovered, searched for, and where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from annotator.core.span import Side
from annotator.qt.parallel.colors import LabelStyle, ViewColors
from annotator.services.cursor import Cursor

if TYPE_CHECKING:
    from annotator.qt.review.overlay import Overlay

Range = tuple[int, int]


class SearchHits:
    """Places that a search found, sorted by side."""

    def __init__(self, hits: Sequence[tuple[Side, int, int]] = ()) -> None:
        self._sides: dict[Side, list[Range]] = {
            side: sorted((start, end) for one, start, end in hits if one == side) for side in ("zh", "en")
        }

    def __bool__(self) -> bool:
        return any(self._sides.values())

    def all(self, side: Side) -> list[Range]:
        """All hits of a side, in text order."""
        return self._sides[side]

    def within(self, side: Side, start: int, end: int) -> list[Range]:
        """The hits that touch `[start, end)`."""
        ranges = self._sides[side]
        at = max(0, bisect_left(ranges, (start, start)) - 1)
        found: list[Range] = []
        for one in ranges[at:]:
            if one[0] >= end:
                break
            if one[1] > start:
                found.append(one)
        return found


class Look(Struct):
    """The state that decides how things are painted.

    `preview` is the selected span while it is reshaped. `ring` is whether the focus came by key: who works
    in the text for hours needs no frame around it. `overlay` paints suggestions, once there are any;
    `said` is what is told of the active one to those who do not see it.
    """

    colors: ViewColors
    styles: dict[str, LabelStyle] = field(default_factory=dict)
    cursor: Cursor = field(default_factory=Cursor)
    caret_on: bool = True
    focus: bool = False
    ring: bool = False
    current_row: int = -1
    selected: str | None = None
    hovered: str | None = None
    partners: frozenset[str] = frozenset()
    preview: Range | None = None
    hover_done: int = -1
    show_tags: bool = False
    hits: SearchHits = field(default_factory=SearchHits)
    overlay: Overlay | None = None
    said: str = ""

    def style(self, label: str) -> LabelStyle:
        """How spans of `label` look."""
        return self.styles.get(label) or self.colors.unknown
