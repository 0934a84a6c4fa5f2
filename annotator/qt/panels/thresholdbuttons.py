"""Two buttons that decide all from a threshold on, and all below it, in however little room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from annotator.core.messages import say
from annotator.qt.icons import icon
from annotator.qt.theme import themes

_BESIDE_TEXT = 34
"""Pixels of a button that its text cannot have."""
_BESIDE_ICON = 24
_GAP = 6


class ThresholdButtons(QWidget):
    """Side by side in words; else with signs instead of the verbs; else one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.above, self.below = QPushButton(), QPushButton()
        self._words: dict[QPushButton, tuple[str, str]] = {}
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP)
        for button in (self.above, self.below):
            button.setMinimumWidth(1)
            button.setIconSize(QSize(16, 16))
            self._line.addWidget(button, 1)
        themes().changed.connect(self._fit)

    def show_counts(self, above: int, below: int, percent: int) -> None:
        """So many reach the threshold, and so many do not."""
        for button, key, count in ((self.above, "above", above), (self.below, "below", below)):
            shares = {"count": count, "percent": percent}
            whole, short = say(f"queue.{key}", **shares), say(f"queue.{key}.short", **shares)
            self._words[button] = whole, short
            button.setEnabled(bool(count))
            button.setToolTip(whole)
            button.setAccessibleName(whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want other words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() - _GAP) // 2 - _BESIDE_TEXT
        short = self._widest(0) > room
        stacked = short and self._widest(1) > room - _BESIDE_ICON
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(direction)
        signs = short and not stacked
        for button, name in ((self.above, "done"), (self.below, "close")):
            button.setText(self._words.get(button, ("", ""))[1 if signs else 0])
            button.setIcon(icon(name) if signs else QIcon())

    def _widest(self, which: int) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(words[which]) for words in self._words.values()), default=0)
