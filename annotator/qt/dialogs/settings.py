"""The settings dialog, made from the settings table. A change holds at once."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.settings import SETTINGS, Setting, Settings

FONTS = {
    "font_zh": QFontDatabase.WritingSystem.SimplifiedChinese,
    "font_en": QFontDatabase.WritingSystem.Latin,
}


class SettingsDialog(QDialog):
    """A form with a field for every setting that is not merely kept."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.fields: dict[str, QWidget] = {}
        # Qt tells of a new language more than once.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fill)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(9)
        self._form.setHorizontalSpacing(18)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._trouble = QLabel(wordWrap=True)
        self._trouble.setProperty("role", "error")
        self._trouble.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._reset = QPushButton()
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(self.reset)
        buttons.addButton(self._reset, QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(self._form)
        layout.addWidget(self._trouble)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self._fill()
        next(iter(self.fields.values())).setFocus()

    def reset(self) -> None:
        """All settings of this dialog back to their defaults."""
        for name in self.fields:
            self._set(name, SETTINGS[name].default)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language, which may have been chosen here: then its field must first be done with it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._later.start()

    def _fill(self) -> None:
        self.setWindowTitle(say("command.edit.settings").rstrip("…"))
        self._reset.setText(say("setting.reset"))
        focused = next((name for name, field in self.fields.items() if field is self.focusWidget()), "")
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields.clear()
        group = ""
        for setting in SETTINGS.values():
            if setting.kind == "kept":
                continue
            if setting.group != group:
                group = setting.group
                head = QLabel(say(f"setting.group.{group}"))
                head.setProperty("role", "section")
                self._form.addRow(head)
            self._add(setting)
        if focused:
            # Fields that are new in a form are shown a moment later; what is hidden takes no focus.
            QTimer.singleShot(0, self.fields[focused], self.fields[focused].setFocus)

    def _add(self, setting: Setting) -> None:
        title = say(f"setting.{setting.name}")
        field = self._field(setting)
        field.setAccessibleName(title)
        self.fields[setting.name] = field
        if isinstance(field, QCheckBox):
            field.setText(title)
            self._form.addRow("", field)
        else:
            self._form.addRow(title, field)

    def _field(self, setting: Setting) -> QWidget:
        if setting.kind == "choice":
            return self._choice(setting)
        if setting.name in FONTS:
            return self._font(setting)
        value = self._settings.get(setting.name)
        if setting.kind == "flag":
            box = QCheckBox()
            box.setChecked(value)
            box.toggled.connect(lambda on: self._set(setting.name, on))
            return box
        if setting.kind == "number":
            spin = QSpinBox()
            # The stylesheet's padding does not reach the text of a number.
            spin.lineEdit().setTextMargins(4, 0, 0, 0)
            spin.setRange(setting.low, setting.high)
            spin.setSingleStep(10)
            spin.setValue(value)
            spin.valueChanged.connect(lambda number: self._set(setting.name, number))
            return spin
        line = QLineEdit(value)
        line.setPlaceholderText(say(f"setting.{setting.name}.hint"))
        line.editingFinished.connect(lambda: self._set(setting.name, line.text().strip()))
        return line

    def _choice(self, setting: Setting) -> QComboBox:
        box = QComboBox()
        for choice in setting.choices:
            box.addItem(say(f"setting.{setting.name}.{choice}"), choice)
        box.setCurrentIndex(box.findData(self._settings.get(setting.name)))
        box.activated.connect(lambda at: self._set(setting.name, box.itemData(at)))
        return box

    def _font(self, setting: Setting) -> QComboBox:
        box = QComboBox()
        box.setMaxVisibleItems(20)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(22)
        box.addItem(say("setting.font.automatic"), "")
        for family in QFontDatabase.families(FONTS[setting.name]):
            if not QFontDatabase.isPrivateFamily(family):
                box.addItem(family, family)
        box.setCurrentIndex(max(0, box.findData(self._settings.get(setting.name))))
        box.activated.connect(lambda at: self._set(setting.name, box.itemData(at)))
        return box

    def _set(self, name: str, value: object) -> None:
        self._trouble.hide()
        with suppress(ValueError):
            try:
                self._settings.set(name, value)
            except AnnotatorError as error:
                self._trouble.setText(str(error))
                self._trouble.show()
