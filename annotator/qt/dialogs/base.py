"""What the dialogs have in common: margins, a place for a sentence of trouble, the row of buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.qt.icons import wear
from annotator.qt.workbench import Workbench


class Dialog(QDialog):
    """A dialog whose content stands in `body`, above a complaint (if any) and the buttons."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._complaint = QLabel(wordWrap=True)
        self._complaint.setProperty("role", "error")
        self._complaint.hide()
        self._buttons = QDialogButtonBox()
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self.body, 1)
        layout.addWidget(self._complaint)
        layout.addWidget(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab reach every button: the row of buttons passes it straight on to the default one."""
        super().showEvent(event)
        self._buttons.setFocusProxy(None)  # type: ignore[arg-type]

    def add_accept(self, text: str) -> QPushButton:
        """The button that does it; `accept` is what it calls."""
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        button.setDefault(True)
        button.clicked.connect(self.accept)
        return button

    def add_cancel(self, text: str = "") -> QPushButton:
        """The button that leaves everything as it is."""
        button = self._buttons.addButton(text or say("button.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        button.setAutoDefault(False)
        return button

    def add_aside(self, text: str) -> QPushButton:
        """A button at the other end of the row, for what neither accepts nor cancels."""
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ResetRole)
        button.setAutoDefault(False)
        return button

    def fit(self, width: int) -> None:
        """Be `width` wide and high enough for what then wraps."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        needed = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        self.resize(width, max(needed, self.height() if self.isVisible() else 0))

    def complain(self, sentence: str) -> None:
        """Say what is wrong, within the dialog; an empty sentence takes it back."""
        self._complaint.setText(("⚠ " if sentence else "") + sentence)
        self._complaint.setVisible(bool(sentence))
        if sentence:
            self.fit(self.width())

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return self._complaint.text() if self._complaint.isVisibleTo(self) else ""


def muted(text: str = "") -> QLabel:
    """A remark in quiet letters."""
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", "muted")
    return label


def tool(name: str, key: str, slot: Callable[[], object]) -> QToolButton:
    """A flat button with the drawing `name`; `key` says what it does."""
    button = QToolButton()
    wear(button, name)
    button.setAutoRaise(True)
    button.setToolTip(say(key))
    button.setAccessibleName(say(key))
    button.clicked.connect(slot)
    return button


def start_with(dialog: QDialog, width: int, height: int) -> None:
    """Be that large at first, or as large as the screen has room for, which at 200 % is less."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - 40), min(height, room.height() - 60))


def readable_documents(workbench: Workbench) -> list[Document]:
    """All documents of the project; of those that cannot be read the user is told."""
    session = workbench.session
    found: list[Document] = []
    if session is None:
        return found
    for doc_id in session.document_ids:
        try:
            found.append(session.document(doc_id))
        except AnnotatorError as error:
            workbench.tell(str(error), "warning")
    return found
