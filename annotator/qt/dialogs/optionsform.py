"""A form made from a frozen dataclass of options, the same from which the command line takes its flags."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from annotator.core.messages import say
from annotator.qt.panels.base import give_way

_LONGEST = 22
_LATIN = 0x2E7F


class OptionsForm(QWidget):
    """One field an option; `changed` tells that the values differ now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        """With `wide` a caption stands beside its field if there is room."""
        super().__init__(parent)
        self._wide = wide
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        policies = QFormLayout.RowWrapPolicy
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._form.setRowWrapPolicy(policies.WrapLongRows if wide else policies.WrapAllRows)
        self._kind: type[Any] | None = None
        self._fields: dict[str, QWidget] = {}

    def show_options(self, kind: type[Any], values: Any = None) -> None:
        """Show the options of the dataclass `kind` as in `values`, else with their defaults."""
        self._kind = kind
        while self._form.rowCount():
            self._form.removeRow(0)
        self._fields = {}
        shown = kind() if values is None else values
        for option in fields(kind):
            field = self._field(option, getattr(shown, option.name))
            title = _title(option)
            field.setAccessibleName(title)
            field.setToolTip(say(str(option.metadata.get("help", option.name))))
            self._fields[option.name] = field
            if isinstance(field, QCheckBox):
                field.setText(title)
                self._form.addRow("", field)
            else:
                self._form.addRow(title, field)

    def options(self) -> Any:
        """The options as they are set now, an instance of the dataclass."""
        if self._kind is None:
            raise RuntimeError("no options are shown")
        return self._kind(**{name: _value(field) for name, field in self._fields.items()})

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self._fields)

    def put(self, name: str, text: str) -> None:
        """Write into the line of an option."""
        field = self._fields[name]
        if isinstance(field, QLineEdit):
            field.setText(text)

    def _field(self, option: Field[Any], default: Any) -> QWidget:
        if isinstance(default, bool):
            box = QCheckBox()
            box.setChecked(default)
            box.toggled.connect(self.changed)
            return box
        if option.metadata.get("choices"):
            choice = QComboBox()
            give_way(choice)
            if self._wide:
                # Captions go above their fields where these would have no room for their words.
                titles = [_choice_title(option, value) for value in option.metadata["choices"]]
                choice.setMinimumContentsLength(min(_LONGEST, max(map(_length, titles))))
            for value in option.metadata["choices"]:
                choice.addItem(_choice_title(option, value), value)
            choice.setCurrentIndex(choice.findData(default))
            choice.currentIndexChanged.connect(self.changed)
            return choice
        if isinstance(default, int):
            number = QSpinBox(minimum=0, maximum=1_000_000, value=default)
            number.valueChanged.connect(self.changed)
            return number
        line = QLineEdit(str(default or ""))
        hint = f"option.{option.name}.hint"
        line.setPlaceholderText("" if say(hint) == hint else say(hint))
        line.textChanged.connect(self.changed)
        return line


def _length(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes two."""
    return sum(2 if ord(char) > _LATIN else 1 for char in text)


def _title(option: Field[Any]) -> str:
    """A short title if the catalogs have one, else the help of the command line."""
    key = f"option.{option.name}.title"
    title = say(key)
    return say(str(option.metadata.get("help", option.name))) if title == key else title


def _choice_title(option: Field[Any], value: object) -> str:
    key = f"choice.{option.name}.{value}"
    title = say(key)
    return str(value) if title == key else title


def _value(field: QWidget) -> Any:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentData()
    if isinstance(field, QSpinBox):
        return field.value()
    return field.text() if isinstance(field, QLineEdit) else None
