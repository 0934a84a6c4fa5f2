"""Making one edit of very many decisions, a few milliseconds at a time, watched and stopped like a task."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.qt.tasks import slices, stop
from annotator.services.suggesting import EVERY, Steps


class Bulk(QObject):
    """The edit that `steps` make is given to `done`, unless it is stopped before."""

    progressed = Signal(int, int)
    """Decisions made, and how many there are in all."""
    ended = Signal()
    """It is over, in whichever way."""
    failed = Signal(str)
    """The sentence of an error; nothing was decided."""

    def __init__(
        self, parent: QObject, steps: Steps[Edit], total: int, done: Callable[[Edit], object]
    ) -> None:
        """`total` is how many suggestions the steps go through, some of them more than once."""
        super().__init__(parent)
        self._steps, self._total, self._done = steps, total, done
        self._edit: Edit | None = None
        self._work: QTimer | None = None

    def begin(self) -> None:
        """Start; `progressed` tells how far it is."""
        self._work = slices(self, self._going(), on_done=self._finish)

    def cancel(self) -> None:
        """Stop; nothing is decided."""
        stop(self._work)
        self._end()

    def _going(self) -> Iterator[None]:
        count = 0
        while True:
            try:
                next(self._steps)
            except StopIteration as end:
                self._edit = cast("Edit", end.value)
                return
            except AnnotatorError as error:
                self.failed.emit(str(error))
                return
            count = min(count + EVERY, self._total)
            self.progressed.emit(count, self._total)
            yield

    def _finish(self) -> None:
        edit = self._edit
        self._end()
        if edit is not None:
            self._done(edit)

    def _end(self) -> None:
        self._work = None
        self.ended.emit()
        self.deleteLater()
