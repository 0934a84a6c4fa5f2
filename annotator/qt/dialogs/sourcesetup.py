"""Setting up a source of suggestions outside the program: where it is, and leave to send texts there."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit, QPushButton, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.extend import Suggester
from annotator.qt.dialogs.base import Dialog, muted
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.services import setups
from annotator.settings import Settings
from annotator.suggesters.web import origin

_FILES = "files"


class SourceSetup(Dialog):
    """The options of one source, kept with the user's settings when accepted."""

    def __init__(self, source: Suggester, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(say(source.title), parent)
        self._source, self._settings = source, settings
        self._names = {one.name for one in fields(source.options)}
        self.form = OptionsForm()
        self.form.show_options(source.options, setups.options_of(source, settings.get(setups.SETUPS)))
        self.body.addWidget(muted(say("setup.about")))
        self.body.addWidget(self.form)
        self.allow = QCheckBox()
        self.name, self.password = QLineEdit(), QLineEdit()
        if "path" in self._names:
            self._add_chooser()
        if "address" in self._names:
            self._add_address()
        self.add_accept(say("button.ok"))
        self.add_cancel()
        self.fit(460)

    def accept(self) -> None:
        """Keep what was set, unless it cannot be right."""
        options = self.form.options()
        try:
            setups.set_up(self._settings, self._source, options, allowed=self.allow.isChecked())
            if self._changes_login(options):
                setups.remember(options.address, self.name.text().strip(), self.password.text())
        except AnnotatorError as error:
            self.complain(str(error))
            return
        super().accept()

    def _changes_login(self, options: Any) -> bool:
        if "address" not in self._names or not self.name.isEnabled() or not options.address:
            return False
        return bool(self.password.text()) or self.name.text().strip() != setups.name_for(options.address)

    def _add_chooser(self) -> None:
        choose = QPushButton(
            say("setup.choose_file" if self._source.name == _FILES else "setup.choose_folder")
        )
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self.body.addWidget(choose)

    def _choose(self) -> None:
        if self._source.name == _FILES:
            chosen, _ = QFileDialog.getOpenFileName(self, say("setup.choose_file"))
        else:
            chosen = QFileDialog.getExistingDirectory(self, say("setup.choose_folder"))
        if chosen:
            self.form.put("path", chosen)

    def _add_address(self) -> None:
        self.body.addWidget(self.allow)
        self._follow_address()
        self.form.changed.connect(self._follow_address)
        address = self.form.options().address
        self.allow.setChecked(setups.is_allowed(self._settings, address))
        has_keyring = setups.has_keyring()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        login = QFormLayout()
        login.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        login.addRow(say("setup.name"), self.name)
        login.addRow(say("setup.password"), self.password)
        self.body.addLayout(login)
        for field in (self.name, self.password):
            field.setEnabled(has_keyring)
        self.body.addWidget(muted(say("setup.keyring" if has_keyring else "setup.no_keyring")))
        if has_keyring:
            self.name.setText(setups.name_for(address))

    def _follow_address(self) -> None:
        """Leave is given for one address; another one asks again."""
        address = self.form.options().address
        try:
            place = origin(address)
        except AnnotatorError:
            place = ""
        self.allow.setText(say("setup.allow", address=place) if place else say("setup.allow_none"))
        self.allow.setEnabled(bool(place))
        self.allow.setChecked(bool(place) and setups.is_allowed(self._settings, address))
