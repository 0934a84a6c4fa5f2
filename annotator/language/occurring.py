"""How often strings stand in many sentences that come and go.

Sentences lie in blocks of some dozen, strung together. Of every block a row of bits says which two Chinese
characters, or three Latin ones, may stand beside each other in it, so that a string is counted only where
all of its own do: of a hundred thousand sentences some hundred are looked through. What was counted is
remembered, and blocks that came since are added to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from annotator.core.span import Side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bits = NDArray[np.uint8]
else:
    Bits = Any

_BLOCK = 64
_MARKS = 1 << 15
_REMEMBERED = 8192
_FACTOR = 40503


class Occurrences:
    """The sentences of one side. `count` is exact; in English a string counts between words only."""

    def __init__(self, side: Side) -> None:
        self._times = times_in(side)
        self._size = 2 if side == "zh" else 3
        self._fresh: list[tuple[str, int]] = []
        self._blocks: list[tuple[str, str]] = []
        self._bits: Bits | None = None
        self._known: dict[str, tuple[int, int]] = {}

    def add(self, text: str) -> None:
        """One sentence more."""
        self._fresh.append((text, 1))
        if len(self._fresh) == _BLOCK:
            self._close()

    def remove(self, text: str) -> None:
        """One sentence less; it was added before."""
        self._fresh.append((text, -1))
        if len(self._fresh) == _BLOCK:
            self._close()

    def count(self, string: str) -> int:
        """How often a string stands in all sentences."""
        recent = sum(step * self._times(string, text) for text, step in self._fresh if string in text)
        return self._in_blocks(string) + recent

    def _in_blocks(self, string: str) -> int:
        last = len(self._blocks)
        done, total = self._known.get(string, (0, 0))
        if done < last:
            for at in self._likely(string, done):
                come, gone = self._blocks[at]
                total += self._times(string, come) - (self._times(string, gone) if gone else 0)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[string] = last, total
        return total

    def _likely(self, string: str, first: int) -> Iterable[int]:
        """The blocks from the first on in which all marks of a string may stand."""
        marks = _marks(string, self._size)
        if self._bits is None or not len(marks):
            return range(first, len(self._blocks))
        rows = self._bits[first : len(self._blocks), marks >> 3]
        hit = (rows >> (marks & 7) & 1).all(axis=1)
        found: list[int] = (hit.nonzero()[0] + first).tolist()
        return found

    def _close(self) -> None:
        """Make a block of what came and went last."""
        import numpy as np

        come = "\n".join(text for text, step in self._fresh if step > 0)
        gone = "\n".join(text for text, step in self._fresh if step < 0)
        self._fresh.clear()
        there = np.zeros(_MARKS, dtype=np.uint8)
        there[_marks(f"{come}\n{gone}", self._size)] = 1
        if self._bits is None or len(self._blocks) == len(self._bits):
            grown = np.zeros((2 * len(self._blocks) or 4, _MARKS // 8), dtype=np.uint8)
            grown[: len(self._blocks)] = self._bits if self._bits is not None else 0
            self._bits = grown
        self._bits[len(self._blocks)] = np.packbits(there, bitorder="little")
        self._blocks.append((come, gone))


def _marks(text: str, size: int) -> Any:
    """A number for every so many characters that stand beside each other; none if there are fewer."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    count = max(0, len(codes) - size + 1)
    marks = codes[:count]
    for at in range(1, size):
        marks = marks * _FACTOR + codes[at : at + count]
    return (marks ^ marks >> 15) % _MARKS


def times_in(side: Side) -> Callable[[str, str], int]:
    """What counts how often a string stands in a text of this side."""
    return _times_in_chinese if side == "zh" else _times_in_english


def _times_in_chinese(string: str, text: str) -> int:
    return text.count(string)


def _times_in_english(string: str, text: str) -> int:
    found, start = 0, text.find(string)
    while start >= 0:
        end = start + len(string)
        joined_before = start > 0 and text[start - 1].isalnum() and string[0].isalnum()
        joined_behind = end < len(text) and text[end].isalnum() and string[-1].isalnum()
        found += not (joined_before or joined_behind)
        start = text.find(string, start + 1)
    return found
