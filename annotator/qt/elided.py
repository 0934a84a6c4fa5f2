"""Words that give way where there is little room: as much as fits, an ellipsis, and the whole in a tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

_FEW = 4


class ElidedLabel(QLabel):
    """A line of text. `text()` is the whole of it, however much is seen."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(0)

    @property
    def shown(self) -> str:
        """What of the text there is room for; nothing, if that were only a few letters."""
        flat = " ".join(self.text().split())
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, room)
        return shown if shown == flat or len(shown) > _FEW else ""

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        margins = self.contentsMargins()
        few = self.fontMetrics().averageCharWidth() * _FEW
        return QSize(few + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is cut off here can be read in the tip."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, cut with an ellipsis."""
        painter = QStylePainter(self)
        edge = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        area, role = self.contentsRect(), self.foregroundRole()
        painter.drawItemText(area, int(edge), self.palette(), self.isEnabled(), self.shown, role)

    def _tell(self) -> None:
        cut = self.shown != " ".join(self.text().split())
        self.setToolTip(self.text() if cut else "")


class ElidedChoice(QComboBox):
    """A choice that may be narrower than its longest entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_FEW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt does, but what does not fit ends with an ellipsis."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        area = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, area.width() - 2
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
