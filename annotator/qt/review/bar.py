"""The small bar beside the active suggestion: its label, the reason, and two buttons that decide it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from annotator.core.messages import say
from annotator.qt.elided import ElidedLabel
from annotator.qt.icons import wear
from annotator.qt.parallel.colors import LabelStyle
from annotator.qt.parallel.strokes import underline
from annotator.qt.review.state import Active
from annotator.qt.theme import theme
from annotator.services.annotate import shortened

_GAP = 6


class Bar(QWidget):
    """Stands over the text without taking the focus from it."""

    def __init__(
        self,
        parent: QWidget,
        accept: Callable[[], object],
        reject: Callable[[], object],
        renew: Callable[[], object],
    ) -> None:
        """`renew` shows the suggestion again, in another language."""
        super().__init__(parent)
        self._renew = renew
        self._style: LabelStyle | None = None
        self.label, self.reason = QLabel(self), ElidedLabel(parent=self)
        self.reason.setProperty("role", "muted")
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.accept, self.reject = QToolButton(self), QToolButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 4, 3)
        layout.setSpacing(6)
        layout.addWidget(self.label)
        layout.addWidget(self.reason, 1)
        for button, name, slot in ((self.accept, "done", accept), (self.reject, "close", reject)):
            wear(button, name)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setMinimumSize(28, 26)
            button.clicked.connect(slot)
            layout.addWidget(button)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def show_suggestion(
        self, active: Active, style: LabelStyle, keys: tuple[str, str], *, link_only: bool
    ) -> None:
        """Say what is suggested and why, and which keys decide it."""
        self._style, suggestion = style, active.suggestion
        title = style.title or suggestion.label
        self.label.setText(say("suggesting.link", label=title) if link_only else title)
        percent = round(suggestion.score * 100)
        reason = say("suggesting.reason", reason=suggestion.reason, score=percent)
        if active.twin is not None:
            reason = say("suggesting.twin", quote=shortened(active.twin.quote), reason=reason)
        self.reason.setText(reason)
        for button, key, name in ((self.accept, keys[0], "accept"), (self.reject, keys[1], "reject")):
            button.setText(key)
            button.setAccessibleName(say(f"command.suggest.{name}"))
            button.setToolTip(say("suggesting.button", what=say(f"command.suggest.{name}"), key=key))
        self.setAccessibleName(say("suggesting.bar"))

    def stand(self, areas: list[QRectF], twins: list[QRectF], *, above: bool) -> None:
        """Stand at the text of the suggestion: above it or below, wherever there is room; rather not over the
        text that is accepted with it."""
        if not areas:
            self.hide()
            return
        parent = self.parentWidget()
        room = parent.rect() if parent else self.rect()
        layout = self.layout()
        wanted = layout.sizeHint() if layout else self.sizeHint()
        width = min(wanted.width() + self.reason.sizeHint().width(), room.width() - 8)
        height = wanted.height()
        over, under = areas[0].top() - _GAP - height, areas[-1].bottom() + _GAP
        y = over if (above and over >= 0) or under + height > room.height() else under
        x = min(max(4.0, areas[0 if y == over else -1].left() - 4), room.width() - width - 4.0)
        if any(one.intersects(QRectF(x, y, width, height)) for one in twins):
            beyond = max(one.bottom() for one in twins) + _GAP
            y = over if y != over and over >= 0 else beyond if beyond + height <= room.height() else y
        self.setGeometry(round(x), round(y), round(width), height)
        self.setVisible(areas[-1].bottom() > 0 and areas[0].top() < room.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is clicked beside the buttons is not the text below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nor is it let go of there."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plate with the label's colour and stroke at its left."""
        painter, worn = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._style.line if self._style else worn.line
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(worn.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), 6, 6)
        if self._style is not None:
            box = self.label.geometry()
            underline(painter, color, self._style.kind, box.left(), box.right() + 1, box.bottom() - 1, 2)

    def changeEvent(self, event: QEvent) -> None:
        """Another language says everything again; letters of another size need another place."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._renew()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
