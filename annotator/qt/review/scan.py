"""Looking through whole documents for suggestions, when nothing more urgent is to be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from annotator.services.offering import Offering

CHUNK = 64
"""Rows that are looked at together."""


class Scan(QObject):
    """Rows of documents that are still to be asked about; watched and stopped like a task."""

    progressed = Signal(int, int)
    """Rows that were looked at, and rows in all."""
    ended = Signal()
    """It is over, in whichever way."""

    def __init__(
        self, documents: Sequence[str], sizes: Sequence[int], find: Callable[[str], Offering | None]
    ) -> None:
        """`find` gives the suggestions of a document; None if it cannot be had."""
        super().__init__()
        self._documents, self._sizes, self._find = documents, sizes, find
        self._place, self._row = 0, 0
        self._over = False

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self._over

    def cancel(self) -> None:
        """Stop; what was found stays."""
        if not self._over:
            self._over = True
            self.ended.emit()

    def next(self) -> tuple[Offering, list[int]] | None:
        """The next rows to ask about; None at the end."""
        while not self._over and self._place < len(self._documents):
            offering = self._find(self._documents[self._place])
            count = len(offering.document.pairs) if offering is not None else 0
            while offering is not None and self._row < count:
                rows = offering.never_asked(range(self._row, min(count, self._row + CHUNK)))
                if rows:
                    self.progressed.emit(sum(self._sizes[: self._place]) + rows[0], sum(self._sizes))
                    return offering, rows
                self._row += CHUNK
            self._place, self._row = self._place + 1, 0
        self.cancel()
        return None
