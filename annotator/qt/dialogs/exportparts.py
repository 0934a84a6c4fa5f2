"""The sections of an export that hold in every format: documents, labels, training parts, record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.core.messages import language, say
from annotator.core.project import Project
from annotator.qt.dialogs.sections import Part
from annotator.qt.panels.base import give_way
from annotator.qt.swatch import swatch
from annotator.services.choosing import STATES, ids_of

_ID = Qt.ItemDataRole.UserRole
_SHARES = ("80/10/10", "70/15/15", "90/10", "80/20")
_LABELS_SHOWN = 6
MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
"""Captions stand at the height of what is in their fields."""


def form_of(part: QWidget) -> QFormLayout:
    """The form of a part: captions above their fields, as its column is narrow."""
    form = QFormLayout(part)
    form.setContentsMargins(0, 0, 0, 0)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setVerticalSpacing(6)
    form.setLabelAlignment(MIDDLE)
    return form


def choice(key: str) -> QComboBox:
    """A choice that gives way, by its name for those who do not see it."""
    box = QComboBox()
    give_way(box)
    box.setAccessibleName(say(key).replace("&", ""))
    return box


class DocumentsPart(Part):
    """Only some documents: by state, by a label that occurs, by who annotated in them."""

    def __init__(self, project: Project, people: list[tuple[str, str]]) -> None:
        super().__init__()
        self._state, self._having = choice("transfer.state"), choice("transfer.having")
        self._by = choice("transfer.by")
        for state in STATES:
            self._state.addItem(say(f"transfer.state.{state}"), state)
        self._having.addItem(say("transfer.any_label"), "")
        for label in project.labels:
            self._having.addItem(swatch(label.color), label.title(language()), label.id)
        self._by.addItem(say("transfer.anybody"), "")
        for annotator, name in people:
            self._by.addItem(name, annotator)
        form = form_of(self)
        for key, box in self._boxes():
            form.addRow(say(f"transfer.{key}"), box)
            box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def _boxes(self) -> tuple[tuple[str, QComboBox], ...]:
        return ("state", self._state), ("having", self._having), ("by", self._by)

    def values(self) -> dict[str, Any]:
        return {
            "state": self._state.currentData(),
            "having": self._having.currentData(),
            "annotated_by": self._by.currentData(),
        }

    def put(self, values: dict[str, Any]) -> None:
        names = {"state": "state", "having": "having", "by": "annotated_by"}
        for key, box in self._boxes():
            box.setCurrentIndex(max(0, box.findData(values.get(names[key]))))

    def words(self) -> str:
        chosen = [box.currentText() for _, box in self._boxes() if box.currentIndex() > 0]
        return say("transfer.comma").join(chosen) or say("transfer.all")


class AnnotationsPart(Part):
    """Which annotations: by label, and suggestions beside them."""

    def __init__(self, project: Project, sources: list[str]) -> None:
        super().__init__()
        self._project = project
        self._labels = QListWidget()
        self._labels.setAccessibleName(say("transfer.labels").replace("&", ""))
        self._labels.setIconSize(QSize(14, 14))
        self._fill()
        self._labels.itemChanged.connect(self._on_label)
        caption = QLabel(say("transfer.labels"))
        caption.setBuddy(self._labels)
        self._suggestions = QCheckBox(say("transfer.suggestions"))
        self._suggestions.setEnabled(bool(sources))
        tip = "transfer.suggestions_from" if sources else "transfer.no_suggestions"
        self._suggestions.setToolTip(say(tip, sources=", ".join(sources)))
        self._lowest = QDoubleSpinBox(minimum=0, maximum=1, singleStep=0.05, value=0.5)
        self._lowest.setAccessibleName(say("transfer.lowest"))
        self._lowest.setEnabled(False)
        self._suggestions.toggled.connect(self._lowest.setEnabled)
        self._suggestions.toggled.connect(lambda _: self.changed.emit())
        self._lowest.valueChanged.connect(lambda _: self.changed.emit())
        row = QHBoxLayout()
        row.addWidget(self._suggestions)
        row.addWidget(QLabel(say("transfer.lowest")))
        row.addWidget(self._lowest)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(caption)
        layout.addWidget(self._labels)
        layout.addLayout(row)

    def _fill(self) -> None:
        for label in self._project.labels:
            depth = len(self._project.label_set.ancestors(label.id))
            item = QListWidgetItem(swatch(label.color), "   " * depth + label.title(language()))
            item.setData(_ID, label.id)
            item.setCheckState(Qt.CheckState.Checked)
            self._labels.addItem(item)
        self._follow_parents()
        rows = min(_LABELS_SHOWN, max(1, self._labels.count()))
        self._labels.setFixedHeight(rows * self._labels.sizeHintForRow(0) + 8)

    def _follow_parents(self) -> None:
        """What is below a chosen label goes with it."""
        labels, chosen = self._project.label_set, set(self._chosen())
        with QSignalBlocker(self._labels):
            for item in self._items():
                bound = bool(chosen & set(labels.ancestors(item.data(_ID))))
                flags = item.flags() | Qt.ItemFlag.ItemIsEnabled
                item.setFlags(flags & ~Qt.ItemFlag.ItemIsEnabled if bound else flags)
                if bound:
                    item.setCheckState(Qt.CheckState.Checked)

    def _items(self) -> list[QListWidgetItem]:
        return [self._labels.item(row) for row in range(self._labels.count())]

    def _chosen(self) -> list[str]:
        return [one.data(_ID) for one in self._items() if one.checkState() == Qt.CheckState.Checked]

    def _on_label(self, _: QListWidgetItem) -> None:
        self._follow_parents()
        self.changed.emit()

    @property
    def empty(self) -> bool:
        """Whether no label at all is chosen, though there are some."""
        return bool(self._labels.count()) and not self._chosen()

    def values(self) -> dict[str, Any]:
        chosen = self._chosen()
        return {
            "labels": "" if len(chosen) == self._labels.count() else ",".join(chosen),
            "suggestions": self._suggestions.isChecked(),
            "lowest": round(self._lowest.value(), 2),
        }

    def put(self, values: dict[str, Any]) -> None:
        known = {item.data(_ID) for item in self._items()}
        wanted = known.intersection(ids_of(str(values.get("labels", ""))))
        with QSignalBlocker(self._labels):
            for item in self._items():
                kept = not wanted or item.data(_ID) in wanted
                item.setCheckState(Qt.CheckState.Checked if kept else Qt.CheckState.Unchecked)
        self._follow_parents()
        self._suggestions.setChecked(self._suggestions.isEnabled() and bool(values.get("suggestions")))
        self._lowest.setValue(float(values.get("lowest", 0.5)))
        self.changed.emit()

    def words(self) -> str:
        chosen, count = self._chosen(), self._labels.count()
        labels = (
            say("transfer.all") if len(chosen) == count else say("transfer.some", some=len(chosen), all=count)
        )
        if not self._suggestions.isChecked():
            return labels
        return say("transfer.comma").join((labels, say("transfer.with_suggestions")))


class SplitPart(Part):
    """Training, development and test parts by document."""

    def __init__(self) -> None:
        super().__init__()
        self._on = QCheckBox(say("transfer.split"))
        self._shares = choice("transfer.shares")
        self._shares.setEditable(True)
        self._shares.addItems(_SHARES)
        self._seed = QSpinBox(minimum=0, maximum=1_000_000)
        self._seed.setAccessibleName(say("transfer.seed").replace("&", ""))
        self._stratify = QCheckBox(say("transfer.stratify"))
        self._stratify.setChecked(True)
        form = form_of(self)
        form.addRow(self._on)
        form.addRow(say("transfer.shares"), self._shares)
        form.addRow(say("transfer.seed"), self._seed)
        form.addRow(self._stratify)
        self._on.toggled.connect(lambda _: self._enable())
        for signal in (self._on.toggled, self._stratify.toggled, self._seed.valueChanged):
            signal.connect(lambda _: self.changed.emit())
        self._shares.editTextChanged.connect(lambda _: self.changed.emit())
        self._enable()

    def _enable(self) -> None:
        for field in (self._shares, self._seed, self._stratify):
            field.setEnabled(self._on.isChecked())

    def values(self) -> dict[str, Any]:
        if not self._on.isChecked():
            return {}
        shares = self._shares.currentText().strip()
        # Without a share it is no division, and that is said.
        return {"split": shares or "–", "seed": self._seed.value(), "stratify": self._stratify.isChecked()}

    def put(self, values: dict[str, Any]) -> None:
        self._on.setChecked(bool(values.get("split")))
        if values.get("split"):
            self._shares.setEditText(str(values["split"]))
            self._seed.setValue(int(values.get("seed", 0)))
            self._stratify.setChecked(bool(values.get("stratify")))

    def words(self) -> str:
        if not self._on.isChecked():
            return say("transfer.no_split")
        return say("transfer.split_words", shares=self._shares.currentText(), seed=self._seed.value())


class RecordPart(Part):
    """Names of annotators, and a manifest of what was written."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes = {name: QCheckBox(say(f"transfer.{name}")) for name in ("anonymous", "manifest")}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for box in self._boxes.values():
            layout.addWidget(box)
            box.toggled.connect(lambda _: self.changed.emit())

    def values(self) -> dict[str, Any]:
        return {name: box.isChecked() for name, box in self._boxes.items()}

    def put(self, values: dict[str, Any]) -> None:
        for name, box in self._boxes.items():
            box.setChecked(bool(values.get(name)))

    def words(self) -> str:
        chosen = [say(f"transfer.{name}.short") for name, box in self._boxes.items() if box.isChecked()]
        return say("transfer.comma").join(chosen) or say("transfer.none")
