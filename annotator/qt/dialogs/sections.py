"""A part of a form that can be closed: then its heading says in a few words what stands in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

_INDENT = 22


class Elided(QLabel):
    """One quiet line, cut where there is no room for all of it; a tip then shows the whole."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setProperty("role", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint what fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), shown)


class Lines(QScrollArea):
    """A quiet text as high as it is, up to some lines; then it scrolls."""

    def __init__(self, most: int, name: str) -> None:
        super().__init__()
        self._most = most
        self.label = QLabel(wordWrap=True)
        self.label.setProperty("role", "muted")
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.label)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self.label.text()

    def say(self, text: str) -> None:
        """Say something else."""
        self.label.setText(text)
        self.setVisible(bool(text))
        self._fit()

    def show_at_most(self, most: int) -> None:
        """Have room for more lines, or for fewer."""
        self._most = most
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the lines that it needs now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self.label.heightForWidth(max(80, self.width() - 14)) if self.text() else 0
        self.setFixedHeight(min(needed + 2, self._most * self.fontMetrics().lineSpacing() + 2))


class Section(QWidget):
    """A heading that opens and closes what is below it."""

    def __init__(self, title: str, content: QWidget, *, opened: bool = False) -> None:
        super().__init__()
        self.content = content
        self._summary = ""
        self.heading = QToolButton()
        self.heading.setText(title)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setCheckable(True)
        self.heading.setChecked(opened)
        self.heading.setProperty("role", "heading")
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading.toggled.connect(self._show)
        self.summary = Elided()
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.heading)
        row.addWidget(self.summary, 1)
        content.setContentsMargins(_INDENT, 0, 0, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(content)
        self._show(opened)

    def summarise(self, text: str) -> None:
        """Say in a few words what is chosen in it."""
        self._summary = text
        self.heading.setAccessibleDescription(text)
        self._show(self.heading.isChecked())

    def _show(self, opened: bool) -> None:
        self.content.setVisible(opened)
        self.summary.setText("" if opened else self._summary)
        self.heading.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)


class Part(QWidget):
    """The content of a section of an export: some of the fields of a `Selection`."""

    changed = Signal()

    def values(self) -> dict[str, Any]:
        """The fields as they are chosen."""
        raise NotImplementedError

    def put(self, values: dict[str, Any]) -> None:
        """Choose as in an earlier export; what does not fit any more is passed over."""
        raise NotImplementedError

    def words(self) -> str:
        """What is chosen, in a few words."""
        raise NotImplementedError
