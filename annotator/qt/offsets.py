"""Between Python's offsets (code points) and Qt's (UTF-16 units), for one text. Nobody else knows.

Only characters beyond U+FFFF (`𠮷`, emoji) make a difference; a text without any is mapped for free.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Utf16:
    """Maps offsets of `text` both ways; both clamp nothing and expect offsets within the text."""

    __slots__ = ("_astral", "_shifted")

    def __init__(self, text: str) -> None:
        self._astral: tuple[int, ...] = ()
        if not text.isascii() and max(text) > "\uffff":
            self._astral = tuple(at for at, char in enumerate(text) if char > "\uffff")
        self._shifted = tuple(at + before for before, at in enumerate(self._astral))

    def to_qt(self, offset: int) -> int:
        """The UTF-16 offset of a code-point offset."""
        if not self._astral:
            return offset
        return offset + bisect_left(self._astral, offset)

    def from_qt(self, offset: int) -> int:
        """The code-point offset of a UTF-16 offset; inside of a pair of units, that of its character."""
        if not self._astral:
            return offset
        before = bisect_right(self._shifted, offset)
        if before and self._shifted[before - 1] + 1 == offset:
            return offset - before
        return offset - (bisect_left(self._shifted, offset))
