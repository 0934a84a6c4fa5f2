"""The list of the queue: the keys that decide suggestions in the text decide them here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QKeyCombination, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.qt.panels.queuedelegate import QueueDelegate
from annotator.qt.panels.queuemodel import QueueModel
from annotator.qt.panels.tree import Tree

COMMANDS = ("accept", "reject", "next", "previous", "accept_pair", "reject_pair")


class QueueTree(Tree):
    """Tells which of the keys was pressed; moving is done here."""

    command = Signal(str)
    """One of `COMMANDS`."""
    label_key = Signal(str)
    """A single character that may be the key of a label."""
    moved = Signal(QModelIndex)
    """The user went to another row."""

    def __init__(self, model: QueueModel, key_of: Callable[[str], str]) -> None:
        super().__init__(model, QueueDelegate, 18)
        self._key_of = key_of
        self.setUniformRowHeights(True)
        self.clicked.connect(self.moved)

    def step(self, direction: int) -> None:
        """Go to the row below, or above."""
        here = self.currentIndex()
        there = self.indexBelow(here) if direction > 0 else self.indexAbove(here)
        if not here.isValid() or not self.selectionModel().isSelected(here):
            # Qt makes the first row the current one when the list gets the focus.
            there = here if here.isValid() else self.model().index(0, 0)
        if there.isValid():
            self.go(there)

    def go(self, index: QModelIndex) -> None:
        """Go to a row."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self.moved.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters of the text; the arrows are Qt's, and tell where they led."""
        pressed = _name(event)
        command = next((one for one in COMMANDS if self._key_of(f"suggest.{one}") == pressed), None)
        if command in ("next", "previous"):
            self.step(1 if command == "next" else -1)
        elif command is not None:
            self.command.emit(command)
        elif len(event.text()) == 1 and event.text().isalnum():
            self.label_key.emit(event.text())
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before:
                self.moved.emit(self.currentIndex())


def _name(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sequence = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)
