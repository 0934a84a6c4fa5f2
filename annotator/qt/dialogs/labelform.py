"""The record of one label as a form."""

from __future__ import annotations

from msgspec import convert, to_builtins
from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QFocusEvent
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)

from annotator.core.labels import Attribute, Label, LabelSet
from annotator.core.messages import LANGUAGES, language, say
from annotator.qt.swatch import swatch

_KINDS = ("text", "choice", "number", "flag")


class LabelForm(QWidget):
    """Shows one label; `changed` carries the label as it was edited, `renamed` an old and a new id."""

    changed = Signal(object)
    renamed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self._id = QLineEdit()
        self._names = {lang: QLineEdit() for lang in LANGUAGES}
        self._color = QPushButton(autoDefault=False)
        self._key = QLineEdit(maxLength=1)
        self._key.setMaximumWidth(64)
        self._parent = QComboBox()
        self._descriptions = {lang: _Area() for lang in LANGUAGES}
        self._examples = _Area()
        self._attributes = _Area()
        self._keywords = _Area()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(12, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.addRow(say("labelform.id"), self._id)
        for lang in LANGUAGES:
            form.addRow(say(f"labelform.name.{lang}"), self._names[lang])
        row = QHBoxLayout()
        row.addWidget(self._color)
        row.addStretch(1)
        form.addRow(say("labelform.color"), row)
        form.addRow(say("labelform.key"), self._key)
        form.addRow(say("labelform.parent"), self._parent)
        tabs = QTabWidget()
        for one in (tabs, tabs.tabBar()):
            one.setAccessibleName(say("labelform.texts"))
        for lang in sorted(LANGUAGES, key=lambda one: one != language()):
            tabs.addTab(self._descriptions[lang], say(f"labelform.description.{lang}"))
            self._descriptions[lang].setAccessibleName(say(f"labelform.description.{lang}"))
        for field, key in (
            (self._examples, "labelform.examples"),
            (self._attributes, "labelform.attributes"),
            (self._keywords, "labelform.keywords"),
        ):
            field.setAccessibleName(say(key))
            field.setPlaceholderText(say(f"{key}.hint"))
            tabs.addTab(field, say(key))
        form.addRow(tabs)

    def _connect(self) -> None:
        self._id.editingFinished.connect(self._tell_rename)
        self._color.clicked.connect(self._pick_color)
        self._parent.activated.connect(self._tell)
        for line in (*self._names.values(), self._key):
            line.editingFinished.connect(self._tell)
        for area in (*self._descriptions.values(), self._examples, self._attributes, self._keywords):
            area.left.connect(self._tell)

    def show_label(self, label: Label | None, labels: LabelSet) -> None:
        """Show `label`; None empties and disables the form."""
        self._label = label
        self.setEnabled(label is not None)
        shown = label or Label(id="", name={}, color="#888888")
        self._id.setText(shown.id)
        for lang in LANGUAGES:
            self._names[lang].setText(shown.name.get(lang, ""))
            self._descriptions[lang].put(shown.description.get(lang, ""))
        self._key.setText(shown.key)
        self._paint_color(shown.color)
        self._fill_parents(shown, labels)
        self._examples.put("\n".join(shown.examples))
        self._attributes.put("\n".join(attribute_line(one) for one in shown.attributes))
        self._keywords.put("\n".join(shown.keywords))

    def _fill_parents(self, label: Label, labels: LabelSet) -> None:
        with QSignalBlocker(self._parent):
            self._parent.clear()
            self._parent.addItem(say("labelform.parent.none"), None)
            for one in labels:
                if one.id != label.id and label.id not in labels.ancestors(one.id):
                    self._parent.addItem(one.title(language()), one.id)
            self._parent.setCurrentIndex(max(0, self._parent.findData(label.parent)))

    def _paint_color(self, color: str) -> None:
        self._color.setText(color)
        self._color.setIcon(swatch(color))

    def _pick_color(self) -> None:
        start = QColor(self._label.color if self._label else "#888888")
        color = QColorDialog.getColor(start, self, say("labelform.color"))
        if color.isValid():
            self._paint_color(color.name().upper())
            self._tell()

    def _tell_rename(self) -> None:
        new = self._id.text().strip()
        if self._label is not None and new and new != self._label.id:
            self.renamed.emit(self._label.id, new)

    def _tell(self) -> None:
        if self._label is None:
            return
        label = replace(
            self._label,
            name=_filled({lang: field.text().strip() for lang, field in self._names.items()}),
            description=_filled({lang: area.typed() for lang, area in self._descriptions.items()}),
            color=self._color.text(),
            key=self._key.text().strip(),
            parent=self._parent.currentData(),
            examples=tuple(line for line in self._examples.typed().splitlines() if line.strip()),
            attributes=read_attributes(self._attributes.typed(), self._label.attributes),
            keywords=tuple(line.strip() for line in self._keywords.typed().splitlines() if line.strip()),
        )
        if label != self._label:
            self.changed.emit(label)


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {lang: text for lang, text in texts.items() if text}


def attribute_line(attribute: Attribute) -> str:
    """An attribute on one line: `id: kind = choice | choice`."""
    choices = f" = {' | '.join(attribute.choices)}" if attribute.choices else ""
    return f"{attribute.id}: {attribute.kind}{choices}"


def read_attributes(text: str, known: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    """Attributes from lines as `attribute_line` writes them; those already known keep their names."""
    before = {attribute.id: attribute for attribute in known}
    found: dict[str, Attribute] = {}
    for line in text.splitlines():
        head, _, listed = line.partition("=")
        name, _, kind = (part.strip() for part in head.partition(":"))
        choices = tuple(choice.strip() for choice in listed.split("|") if choice.strip())
        if not name:
            continue
        shape = kind if kind in _KINDS else "choice" if choices else "text"
        old = before.get(name) or Attribute(id=name, name={language(): name})
        found[name] = convert(
            {**to_builtins(old), "kind": shape, "choices": choices if shape == "choice" else ()}, Attribute
        )
    return tuple(found.values())


class _Area(QPlainTextEdit):
    """A field of several lines that tells when the focus leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def put(self, text: str) -> None:
        """Show `text`, the caret kept where it is if it is shown already."""
        if self.typed() != text:
            self.setPlainText(text)

    def typed(self) -> str:
        """What was typed; unlike `toPlainText` it keeps a no-break space."""
        return self.document().toRawText().replace("\u2029", "\n").strip()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell, after Qt has done its part."""
        super().focusOutEvent(event)
        self.left.emit()
