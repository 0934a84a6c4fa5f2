"""What a dialog waits for while it works in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QProgressBar

from annotator.qt.tasks import OnDone, OnError, Task, run


class Running(QProgressBar):
    """The one task of a dialog and how far it is; the dialog decides when the bar is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setRange(0, 0)
        self.hide()
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """Whether the task is under way."""
        return self._task is not None

    def start(
        self,
        function: Callable[..., Any],
        *args: Any,
        on_done: OnDone,
        on_error: OnError | None = None,
        measured: bool = False,
    ) -> None:
        """Call `function(*args, job=…)` in a thread; once a call-back comes, nothing is under way any more.

        Args:
            measured: show how far it is, rather than only that it goes on.
        """
        self._task = run(
            self,
            function,
            *args,
            on_done=partial(self._end, on_done),
            on_error=None if on_error is None else partial(self._end, on_error),
            on_progress=self._advance if measured else None,
        )
        self.setRange(0, 0)

    def stop(self) -> None:
        """Let go of the task, if there is one; no call-back comes any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _end(self, then: Callable[[Any], None], outcome: Any) -> None:
        self._task = None
        then(outcome)

    def _advance(self, done: int, total: int) -> None:
        self.setRange(0, total)
        self.setValue(done)
