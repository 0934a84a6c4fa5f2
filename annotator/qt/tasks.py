"""The only module that starts threads; processes are those of `services.processes`.

`run` works in a thread, `run_process` in a process of its own, `slices` on the GUI thread a few
milliseconds at a time. Call-backs always come on the GUI thread, and none after a task was cancelled or
its parent is gone. What nobody waits for runs `aside`: it rests while somebody types, scrolls or drags, as
threads share the interpreter and a paint would wait for each of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from time import perf_counter, sleep
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.services.processes import PROGRESS_EVERY, in_process

OnDone = Callable[[Any], None]
OnError = Callable[[str], None]
OnProgress = Callable[[int, int], None]

_SWITCH = 0.0005
# A paint lets go of the interpreter some times, and waits so long each time while a thread computes.
sys.setswitchinterval(_SWITCH)

__all__ = [
    "PROGRESS_EVERY",
    "Task",
    "attention",
    "busy",
    "finish",
    "in_process",
    "run",
    "run_process",
    "slices",
    "stop",
]

CALM = 0.1
"""Seconds without a key or the mouse after which work aside goes on."""
_PATIENCE = 1.0
"""So long at most it rests before it takes another step, though nobody gives it a chance."""
_NAP = 0.01
_ASIDE = 2

_alive: set[Task] = set()


class Attention:
    """When somebody last did something at the window."""

    def __init__(self) -> None:
        self.until = 0.0
        """When work aside may go on, unless something happens before, by `perf_counter`."""

    def call(self) -> None:
        """Somebody does: work aside gives way."""
        self.until = perf_counter() + CALM

    def rest(self, cancelled: Callable[[], bool]) -> None:
        """Wait, in a thread, while somebody does."""
        latest = perf_counter() + _PATIENCE
        while perf_counter() < min(self.until, latest) and not cancelled():
            sleep(_NAP)


attention = Attention()
"""The one that all windows share."""


class Task(QObject):
    """One piece of work in the background."""

    progressed = Signal(int, int)
    """Done and total units; total 0 means that nobody knows."""
    ended = Signal()
    """It is over, in whichever way."""
    _result = Signal(object)
    _failure = Signal(object)

    def __init__(
        self,
        work: Callable[[Job], Any],
        on_done: OnDone | None,
        on_error: OnError | None,
        on_progress: OnProgress | None,
        *,
        aside: bool = False,
    ) -> None:
        super().__init__()
        self._aside = aside
        self._work = work
        self._on_done = on_done
        self._on_error = on_error
        self._on_progress = on_progress
        self._cancelled = False
        self._reported = 0.0
        queued = Qt.ConnectionType.QueuedConnection
        self._result.connect(self._take_result, queued)
        self._failure.connect(self._take_failure, queued)
        self.progressed.connect(self._take_progress, queued)

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled

    # Slots are declared: PySide adds others to the class when they are connected first, which threads that
    # emit at that moment do not bear.

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop; no call-back comes any more."""
        self._cancelled = True

    def perform(self) -> None:
        """Do the work; called in the thread."""
        job = Job(self._report, self._told_to_stop)
        try:
            signal, outcome = self._result, self._work(job)
        except BaseException as error:
            signal, outcome = self._failure, error
        # The application may have gone, and its objects with it, while the work went on.
        if isValid(self):
            signal.emit(outcome)

    def _told_to_stop(self) -> bool:
        """Asked by the work between its steps, in its thread."""
        if self._aside:
            attention.rest(lambda: self._cancelled)
        return self._cancelled

    def _report(self, done: int, total: int) -> None:
        now = perf_counter()
        if now - self._reported >= PROGRESS_EVERY or done == total:
            self._reported = now
            self.progressed.emit(done, total)

    @Slot(int, int)
    def _take_progress(self, done: int, total: int) -> None:
        if self._on_progress is not None and not self._cancelled:
            self._on_progress(done, total)

    @Slot(object)
    def _take_result(self, result: object) -> None:
        self._end()
        if self._on_done is not None and not self._cancelled:
            self._on_done(result)

    @Slot(object)
    def _take_failure(self, error: BaseException) -> None:
        self._end()
        if self._cancelled or isinstance(error, Cancelled):
            return
        if isinstance(error, AnnotatorError) and self._on_error is not None:
            self._on_error(str(error))
            return
        raise error

    def _end(self) -> None:
        _alive.discard(self)
        self.ended.emit()


class _Runner(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.perform()


def run(
    parent: QObject,
    function: Callable[..., Any],
    *args: Any,
    on_done: OnDone | None = None,
    on_error: OnError | None = None,
    on_progress: OnProgress | None = None,
    aside: bool = False,
) -> Task:
    """Call `function(*args, job=…)` in a thread.

    `on_error` gets the sentence of an `AnnotatorError`; any other exception is raised on the GUI thread,
    where it is logged and shown as a bug. With `parent` gone the task is cancelled. One that works `aside`
    should ask its job every other millisecond: there it rests while somebody is at work.
    """
    task = Task(lambda job: function(*args, job=job), on_done, on_error, on_progress, aside=aside)
    _alive.add(task)
    parent.destroyed.connect(task.cancel)
    pool = _pool_aside() if aside else QThreadPool.globalInstance()
    pool.start(_Runner(task))
    return task


@cache
def _pool_aside() -> QThreadPool:
    """Threads of their own for work aside: what somebody waits for is not to wait for one that rests."""
    pool = QThreadPool()
    pool.setMaxThreadCount(_ASIDE)
    return pool


def run_process(
    parent: QObject,
    function: Callable[..., Any],
    *args: Any,
    on_done: OnDone | None = None,
    on_error: OnError | None = None,
    on_progress: OnProgress | None = None,
) -> Task:
    """Call `function(*args, job=…)` in a process of its own, for work that keeps a processor busy.

    The function, its arguments and its result must be picklable. Cancelling ends the process at once.
    """
    work = partial(in_process, function, *args)
    return run(parent, work, on_done=on_done, on_error=on_error, on_progress=on_progress)


def slices(
    parent: QObject, steps: Iterator[Any], budget_ms: float = 4, on_done: Callable[[], None] | None = None
) -> QTimer:
    """Drive a generator on the GUI thread, `budget_ms` at a time, whenever there is nothing else to do.

    Stopping the returned timer ends it.
    """
    timer = QTimer(parent)
    timer.setInterval(0)

    def tick() -> None:
        until = perf_counter() + budget_ms / 1000
        while True:
            try:
                next(steps)
            except StopIteration:
                timer.stop()
                timer.deleteLater()
                if on_done is not None:
                    on_done()
                return
            if perf_counter() >= until:
                return

    timer.timeout.connect(tick)
    timer.start()
    return timer


def stop(work: QTimer | None) -> None:
    """Stop what `slices` began, if it has not come to its end."""
    if work is not None:
        # Once it has ended, Qt has deleted it.
        with suppress(RuntimeError):
            work.stop()


def busy() -> bool:
    """Whether any task is still under way."""
    return bool(_alive)


def finish(timeout_ms: int = 5000) -> bool:
    """Cancel all tasks and wait for their threads, before the program ends; False if some hang on."""
    for task in tuple(_alive):
        task.cancel()
    left = [
        pool for pool in (QThreadPool.globalInstance(), _pool_aside()) if not pool.waitForDone(timeout_ms)
    ]
    return not left
