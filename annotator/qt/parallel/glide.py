"""Smooth scrolling for wheels that turn in steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

_TICK_MS = 12
_SHARE = 0.34


class Glide(QObject):
    """Hands a distance on in shrinking portions; at once, where the system wants no animations."""

    def __init__(self, widget: QWidget, scroll: Callable[[float], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._scroll = scroll
        self._left = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def by(self, distance: float) -> None:
        """Scroll so many pixels further; turning back stops what was left."""
        # PySide builds QStyle's many enumerations when it is first named: not before the first paint.
        from PySide6.QtWidgets import QStyle

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        if not self._widget.style().styleHint(hint, None, self._widget):
            self._scroll(distance)
            return
        self._left = distance if self._left * distance < 0 else self._left + distance
        if not self._timer.isActive():
            self._tick()
            self._timer.start()

    def stop(self) -> None:
        """Stay here."""
        self._left = 0.0
        self._timer.stop()

    def _tick(self) -> None:
        step = self._left if abs(self._left) < 3 else self._left * _SHARE
        portion = round(step) or (1 if step > 0 else -1)
        self._left -= portion
        self._scroll(portion)
        if abs(self._left) < 1:
            self.stop()
