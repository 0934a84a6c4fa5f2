"""How the scores of a queue are spread, and a threshold to drag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QStyleOptionSlider, QVBoxLayout, QWidget

from annotator.core.messages import say
from annotator.qt.theme import theme, themes

_HEIGHT = 40
_BEGIN = 80


class _Bars(QWidget):
    """A column for each part of the scores; those above the threshold are filled."""

    def __init__(self, slider: QSlider) -> None:
        super().__init__()
        self._slider = slider
        self.counts: Sequence[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, worn = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, width = self._groove()
        painter.fillRect(QRectF(left, self.height() - 1, width, 1), worn.line)
        most = max(self.counts, default=0)
        if not most:
            return
        step = width / len(self.counts)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, count in enumerate(self.counts):
            if count:
                # A part with few must be seen beside one with many.
                tall = max(3.0, (self.height() - 4) * (count / most) ** 0.5)
                above = (place + 0.5) / len(self.counts) * 100 >= self._slider.value()
                painter.setBrush(worn.accent if above else worn.faint)
                area = QRectF(left + place * step + 0.5, self.height() - 1 - tall, step - 1, tall)
                painter.drawRoundedRect(area, 1.5, 1.5)

    def _groove(self) -> tuple[float, float]:
        """Where the middle of the slider's handle may go."""
        option = QStyleOptionSlider()
        self._slider.initStyleOption(option)
        handle = self._slider.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self._slider
        )
        margin = max(4.0, handle.width() / 2)
        return margin, max(1.0, self.width() - 2 * margin)


class Scores(QWidget):
    """The bars over a slider; `threshold` is in percent."""

    changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(5)
        self.slider.setValue(_BEGIN)
        self._bars = _Bars(self.slider)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bars)
        layout.addWidget(self.slider)
        self.slider.valueChanged.connect(self._moved)
        self.retranslate()

    @property
    def threshold(self) -> float:
        """The score from which on is accepted, 0 to 1."""
        return self.slider.value() / 100

    @property
    def counts(self) -> Sequence[int]:
        """What is shown."""
        return self._bars.counts

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show how many there are in each part of the scores."""
        self._bars.counts = counts
        self._bars.update()

    def retranslate(self) -> None:
        """Say everything again."""
        self.slider.setAccessibleName(say("queue.threshold"))
        self.setToolTip(say("queue.threshold.tip"))

    def _moved(self, percent: int) -> None:
        self._bars.update()
        self.changed.emit(percent)
