"""A form that is made from the attributes that a label declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from annotator.core.labels import Attribute
from annotator.core.messages import language
from annotator.qt.panels.base import caption, give_way


class AttributeForm(QWidget):
    """One field an attribute; `changed` carries all values, the empty ones left out."""

    changed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._shown: tuple[tuple[Attribute, ...], str] | None = None
        self._fields: dict[str, QLineEdit | QComboBox | QCheckBox] = {}
        self._values: dict[str, str] = {}

    def show_attributes(self, attributes: Sequence[Attribute], values: Mapping[str, str]) -> None:
        """Show these attributes with these values."""
        shown = (tuple(attributes), language())
        self._values = dict(values)
        if shown != self._shown:
            self._shown = shown
            self._rebuild(shown[0])
        for name, field in self._fields.items():
            _put(field, values.get(name, ""))

    def _rebuild(self, attributes: tuple[Attribute, ...]) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._fields = {}
        for attribute in attributes:
            field = self._field(attribute)
            title = attribute.name.get(language()) or attribute.name.get("en") or attribute.id
            field.setAccessibleName(title)
            self._form.addRow(caption(title), field)
            self._fields[attribute.id] = field

    def _field(self, attribute: Attribute) -> QLineEdit | QComboBox | QCheckBox:
        if attribute.kind == "flag":
            box = QCheckBox()
            box.clicked.connect(self._tell)
            return box
        if attribute.kind == "choice":
            choice = QComboBox()
            give_way(choice)
            choice.addItem("–", "")
            for value in attribute.choices:
                choice.addItem(value, value)
            choice.activated.connect(self._tell)
            return choice
        line = QLineEdit()
        if attribute.kind == "number":
            line.setValidator(QDoubleValidator(line))
        line.editingFinished.connect(self._tell)
        return line

    def _tell(self) -> None:
        now = {name: _value(field) for name, field in self._fields.items()}
        kept = {name: value for name, value in self._values.items() if name not in now}
        values = {name: value for name, value in {**kept, **now}.items() if value}
        if values != self._values:
            self._values = values
            self.changed.emit(values)


def _put(field: QLineEdit | QComboBox | QCheckBox, value: str) -> None:
    if isinstance(field, QCheckBox):
        field.setChecked(value == "true")
    elif isinstance(field, QComboBox):
        if field.findData(value) < 0:
            field.addItem(value, value)
        field.setCurrentIndex(field.findData(value))
    elif field.text() != value:
        field.setText(value)


def _value(field: QLineEdit | QComboBox | QCheckBox) -> str:
    if isinstance(field, QCheckBox):
        return "true" if field.isChecked() else ""
    if isinstance(field, QComboBox):
        return str(field.currentData() or "")
    return field.text().strip()
