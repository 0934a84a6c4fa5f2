"""Asks for the title and the place of a new project, and makes it."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.settings import Settings


class NewProject(QDialog):
    """Title, folder, and the annotator's name."""

    created = Signal(Path)
    """A project was made in this folder."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(say("command.file.new").rstrip("…"))
        self.title, self.place = QLineEdit(), QLineEdit(str(_usual_place(settings)))
        self.title.setPlaceholderText(say("new.title_hint"))
        self.person = QLineEdit(settings.get("annotator"))
        self.person.setPlaceholderText(say("setting.annotator.hint"))
        self._target, self._trouble = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._target.setProperty("role", "muted")
        self._trouble.setProperty("role", "error")
        self._trouble.hide()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(say("new.create"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self.title.textChanged.connect(self._update)
        self.place.textChanged.connect(self._update)
        self._update()

    @property
    def folder(self) -> Path:
        """Where the project will lie."""
        return Path(self.place.text()).expanduser() / folder_name(self.title.text())

    def accept(self) -> None:
        """Make the project, or say why not."""
        from annotator.services.opening import create, user_name
        from annotator.store.names import safe_person

        person = self.person.text().strip()
        try:
            create(
                self.folder,
                self.title.text().strip(),
                annotator=safe_person(person) if person else user_name(),
            )
            self._settings.set("annotator", person)
            self._settings.set("last_folder", self.place.text())
        except AnnotatorError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            return
        super().accept()
        self.created.emit(self.folder)

    def _lay_out(self) -> None:
        choose = QPushButton(say("new.choose"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(choose)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(say("new.title"), self.title)
        form.addRow(say("new.place"), place)
        form.addRow("", self._target)
        form.addRow(say("setting.annotator"), self.person)
        for field, key in ((self.title, "new.title"), (self.place, "new.place")):
            field.setAccessibleName(say(key))
        self.person.setAccessibleName(say("setting.annotator"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self._trouble)
        layout.addWidget(self._buttons)
        self.resize(560, 0)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("new.place"), self.place.text())
        if folder:
            self.place.setText(folder)

    def _update(self) -> None:
        ready = bool(self.title.text().strip() and self.place.text().strip())
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)
        self._target.setText(say("new.target", folder=self.folder) if ready else "")
        self._trouble.hide()


def folder_name(title: str) -> str:
    """A folder name that every system accepts, made from a title."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", title).strip(" .")
    return re.sub(r"\s+", "-", name)[:60].strip("-. ") or "project"


def _usual_place(settings: Settings) -> Path:
    last = settings.get("last_folder")
    if last and Path(last).is_dir():
        return Path(last)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home())
