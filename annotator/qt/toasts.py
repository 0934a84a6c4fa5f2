"""Messages for the user: small cards in a corner that never take the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.core.messages import say
from annotator.qt.icons import pixmap, wear
from annotator.qt.theme import theme, themes
from annotator.qt.workbench import Level

STAY_MS = {"info": 5000, "warning": 12000}
"""How long a message stays; an error stays until it is dismissed."""

MOST = 4
ICONS: dict[str, str] = {"info": "about", "warning": "warning", "error": "error"}


class Toast(QFrame):
    """One message."""

    gone = Signal()

    def __init__(self, text: str, level: Level, parent: QWidget) -> None:
        super().__init__(parent)
        self.text, self.level = text, level
        self.setProperty("role", "toast")
        self.setProperty("level", level)
        self.setAccessibleName(text)
        self._picture = QLabel(self)
        themes().changed.connect(self._draw)
        self._draw()
        words = QLabel(text, self)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shut = QToolButton(self)
        wear(shut, "close")
        shut.setIconSize(QSize(16, 16))
        shut.setToolTip(say("window.dismiss"))
        shut.setAccessibleName(say("window.dismiss"))
        shut.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
        layout.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)
        if level in STAY_MS:
            QTimer.singleShot(STAY_MS[level], self, self.dismiss)

    def _draw(self) -> None:
        worn = theme()
        colour = {"info": worn.accent, "warning": worn.warning, "error": worn.error}[self.level]
        self._picture.setPixmap(pixmap(ICONS[self.level], 20, colour))

    def dismiss(self) -> None:
        """Go away."""
        self.setParent(None)
        self.deleteLater()
        self.gone.emit()


class Toasts(QWidget):
    """The stack of messages in the lower right corner of `host`."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        host.installEventFilter(self)
        self.hide()

    def show_message(self, text: str, level: Level = "info") -> None:
        """Show a message on top of the others; the same one twice is shown once."""
        shown = self.messages()
        for old in shown:
            if old.text == text:
                old.dismiss()
        for old in [one for one in shown if one.level != "error"][: max(0, len(shown) - MOST + 1)]:
            old.dismiss()
        toast = Toast(text, level, self)
        toast.gone.connect(self._place)
        self._layout.addWidget(toast)
        self._place()

    def messages(self) -> list[Toast]:
        """The messages that are there, oldest first."""
        return self.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the host changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        host = self._host
        toasts = self.messages()
        if not toasts:
            self.hide()
            return
        width = min(400, host.width() - 24)
        self.setFixedWidth(width)
        height = sum(toast.heightForWidth(width) for toast in toasts) + 8 * (len(toasts) - 1)
        self.setGeometry(host.width() - width - 16, max(8, host.height() - height - 44), width, height)
        self.show()
        self.raise_()
