"""What stands in the middle while there is no text: what is missing and how to get it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.core.document import Document
from annotator.core.messages import say
from annotator.core.session import Session
from annotator.qt.icons import wear
from annotator.qt.menus import Commands


class Empty(QWidget):
    """A sentence and the buttons that help."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._key = "window.empty.project"
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._text = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._text.setProperty("role", "muted")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._add, self._paste = QPushButton(), QPushButton()
        wear(self._add, "import")
        wear(self._paste, "paste")
        self._add.clicked.connect(lambda: commands.run("file.import"))
        self._paste.clicked.connect(lambda: commands.run("file.import_clipboard"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._add)
        buttons.addWidget(self._paste)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addStretch(3)
        self._say()

    def show_for(self, session: Session | None, document: Document | None) -> None:
        """Say what is missing."""
        writable = session is not None and session.read_only is None
        if document is not None:
            self._key = "window.empty.document"
        elif session is not None and session.document_ids:
            self._key = "window.empty.choose"
        else:
            self._key = "window.empty.project"
        for button in (self._add, self._paste):
            button.setVisible(writable and self._key == "window.empty.project")
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self._title.setText(say(f"{self._key}.title"))
        self._text.setText(say(self._key))
        self._add.setText(say("start.choose"))
        self._paste.setText(say("start.paste"))
