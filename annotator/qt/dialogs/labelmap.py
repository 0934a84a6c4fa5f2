"""What becomes of each label that files of annotations hold: one of the project's, a new one, or nothing."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from annotator.core.messages import language, say
from annotator.core.project import Project
from annotator.qt.panels.base import give_way
from annotator.qt.swatch import swatch

_LEAVE, _NEW = "\0leave", "\0new"
"""Choices beside the ids of labels; an id holds no such character."""

Matched = dict[str, tuple[int, str | None]]
"""How many annotations have a label of the files, and which label of the project it is by its name."""


class LabelMap(QTableWidget):
    """A row a label; those that the project does not have come first, as they have to be thought about."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(0, 3)
        self._boxes: dict[str, QComboBox] = {}
        self.setAccessibleName(say("taking.labels"))
        self.setHorizontalHeaderLabels([say(f"taking.column.{name}") for name in ("label", "count", "as")])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def put(self, matched: Matched, project: Project) -> None:
        """Show the labels of a reading, each with what it is by its name."""
        self._boxes = {}
        ordered = sorted(matched, key=lambda name: matched[name][1] is not None)
        self.setRowCount(0)
        self.setRowCount(len(ordered))
        for row, name in enumerate(ordered):
            count, label = matched[name]
            shown = QTableWidgetItem(name)
            shown.setToolTip(name)
            number = QTableWidgetItem(str(count))
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, 0, shown)
            self.setItem(row, 1, number)
            self._boxes[name] = box = self._choice(name, label, project)
            self.setCellWidget(row, 2, box)
            self.setRowHeight(row, box.sizeHint().height() + 4)

    def _choice(self, name: str, label: str | None, project: Project) -> QComboBox:
        box = QComboBox()
        give_way(box)
        box.setIconSize(QSize(14, 14))
        box.setAccessibleName(say("taking.becomes", label=name))
        with QSignalBlocker(box):
            for one in project.labels:
                box.addItem(swatch(one.color), one.title(language()), one.id)
            box.insertSeparator(box.count())
            if name not in project.label_set:
                box.addItem(say("taking.new_label", label=name), _NEW)
            box.addItem(say("taking.leave_out"), _LEAVE)
            # What the project does not have is added: it can be undone, what is left out is easily missed.
            box.setCurrentIndex(box.findData(label if label is not None else _NEW))
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        return box

    def choose(self, name: str, label: str | None, *, new: bool = False) -> None:
        """Say what a label becomes: one of the project's, a new one, or with None nothing."""
        box = self._boxes[name]
        box.setCurrentIndex(box.findData(_NEW if new else _LEAVE if label is None else label))

    def names(self) -> dict[str, str]:
        """Which label of the project each one is; empty for those that are left out."""
        chosen = {name: box.currentData() for name, box in self._boxes.items()}
        return {name: "" if label == _LEAVE else label for name, label in chosen.items() if label != _NEW}

    def new(self) -> frozenset[str]:
        """Those that become labels of the project."""
        return frozenset(name for name, box in self._boxes.items() if box.currentData() == _NEW)
