"""When things were painted, how late timers come, how much memory was taken. All times in milliseconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

TICK_MS = 5
_PATIENCE_S = 300.0


def wait(condition: Callable[[], bool]) -> None:
    """Let the program work until `condition` holds.

    Raises:
        TimeoutError: after five minutes.
    """
    until = time.monotonic() + _PATIENCE_S
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if time.monotonic() > until:
            raise TimeoutError(condition)


def rest(ms: float) -> None:
    """Let the program work for so long."""
    until = time.perf_counter() + ms / 1000
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.001)


class Paints:
    """Notes when the paint events of a class of widgets are over."""

    def __init__(self, painted: type, counts: Callable[[QObject], bool] = lambda _: True) -> None:
        self.count, self.at = 0, 0.0
        real = painted.paintEvent

        def paint(widget: QObject, event: object) -> None:
            real(widget, event)
            if counts(widget):
                self.count, self.at = self.count + 1, time.perf_counter()

        painted.paintEvent = paint

    def after(self, action: Callable[[], object], times: int = 1) -> float:
        """From now to the end of the next paint event that `action` leads to."""
        before, start = self.count, time.perf_counter()
        action()
        while self.count < before + times:
            QApplication.processEvents()
        return (self.at - start) * 1000


class Lateness(QObject):
    """A timer that should come every few milliseconds, and by how much it came too late at worst."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def take(self) -> float:
        """The worst since the last call."""
        worst, self.worst = self.worst, 0.0
        return round(worst, 1)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, (now - self._last) * 1000 - TICK_MS)
        self._last = now


def peak_megabytes() -> float:
    """The most memory that this process ever had, in MB (10^6 bytes)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
