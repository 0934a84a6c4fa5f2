"""The dialog that makes a new project."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.qt.dialogs.base import Dialog, muted
from annotator.settings import Settings


class NewProject(Dialog):
    """Title, place and annotator of a new project; `created` carries its folder."""

    created = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(say("new_project.title"), parent)
        self._settings = settings
        self._title = QLineEdit(title)
        self._title.setPlaceholderText(say("new_project.name.hint"))
        self._title.textChanged.connect(lambda _: self._tell())
        self._place = QLineEdit(_start(settings))
        self._place.textChanged.connect(lambda _: self._tell())
        self._annotator = QLineEdit(_annotator(settings))
        self._whole = muted()
        self._build()
        self._tell()

    def _build(self) -> None:
        choose = QPushButton(say("new_project.choose"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._place, 1)
        place.addWidget(choose)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for key, field in (("name", self._title), ("place", self._place), ("annotator", self._annotator)):
            field.setAccessibleName(say(f"new_project.{key}"))
        form.addRow(say("new_project.name"), self._title)
        form.addRow(say("new_project.place"), place)
        form.addRow("", self._whole)
        form.addRow(say("new_project.annotator"), self._annotator)
        form.addRow("", muted(say("new_project.annotator.hint")))
        self.body.addLayout(form)
        self.body.addStretch(1)
        self._accept = self.add_accept(say("new_project.accept"))
        self.add_cancel()
        self.fit(560)

    @property
    def folder(self) -> Path:
        """The folder that the project will lie in."""
        from annotator.store.names import slug

        place = Path(self._place.text().strip()).expanduser()
        title = self._title.text().strip()
        taken = {path.name for path in place.iterdir()} if place.is_dir() else set()
        return place / slug(title or "project", taken)

    def accept(self) -> None:
        """Make the project, or say why that cannot be."""
        from annotator.services.opening import create
        from annotator.store.names import is_safe, safe_person

        name = self._annotator.text().strip()
        try:
            folder = self.folder
            create(folder, self._title.text().strip(), annotator=name if is_safe(name) else safe_person(name))
        except (AnnotatorError, OSError) as error:
            self.complain(str(error))
            return
        self._remember(name)
        super().accept()
        self.created.emit(folder)

    def _remember(self, name: str) -> None:
        # A project is made even where the settings cannot be kept.
        with suppress(AnnotatorError):
            self._settings.set("last_folder", self._place.text().strip())
            self._settings.set("annotator", name)

    def _tell(self) -> None:
        self.complain("")
        named = bool(self._title.text().strip() and self._place.text().strip())
        self._accept.setEnabled(named)
        try:
            whole = say("new_project.folder", folder=self.folder) if named else ""
        except OSError as error:
            whole = str(error)
        self._whole.setText(whole)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("new_project.place"), self._place.text())
        if folder:
            self._place.setText(folder)


def _start(settings: Settings) -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(settings.get("last_folder") or documents or Path.home())


def _annotator(settings: Settings) -> str:
    from annotator.services.opening import user_name

    return str(settings.get("annotator") or user_name())
