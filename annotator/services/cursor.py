"""Where the user is in the parallel text: a caret with an anchor, on one side."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.span import Side


class Cursor(Struct, frozen=True):
    """A caret at `offset` of `side`; with a selection, `anchor` is its other end. Code points."""

    side: Side = "zh"
    offset: int = 0
    anchor: int = 0

    @classmethod
    def at(cls, side: Side, offset: int) -> Cursor:
        """A caret without a selection."""
        return cls(side, offset, offset)

    @classmethod
    def over(cls, side: Side, start: int, end: int) -> Cursor:
        """A selection with the caret at its end."""
        return cls(side, end, start)

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected range `[start, end)`, or None."""
        if self.offset == self.anchor:
            return None
        return min(self.offset, self.anchor), max(self.offset, self.anchor)

    def moved(self, offset: int, *, extend: bool = False) -> Cursor:
        """The caret at `offset`; `extend` keeps the anchor."""
        return Cursor(self.side, offset, self.anchor if extend else offset)
