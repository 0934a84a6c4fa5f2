"""What the program is measured against: a bare window, and a pair of `QTextEdit`s with the same text."""

from __future__ import annotations

import random
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTextEdit

from annotator.core.document import Document
from annotator.core.span import Side

from .clock import Paints, rest, wait
from .documents import TARGET, synthetic

SIZE = (1280, 820)
_COLORS = {"PERSON": "#3F7BD0", "PLACE": "#17957A", "DATE": "#C98A0C"}


class Edit(QTextEdit):
    """A text edit with one key that highlights the selection."""

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Highlight."""
        self.textCursor().mergeCharFormat(_format("DATE"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As ever; defined here so that `Paints` can look on."""
        super().paintEvent(event)


def _format(label: str) -> QTextCharFormat:
    found = QTextCharFormat()
    color = QColor(_COLORS[label])
    found.setUnderlineColor(color)
    found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    color.setAlpha(60)
    found.setBackground(color)
    return found


def _fill(edit: QTextEdit, document: Document, side: Side) -> None:
    formats = {label: _format(label) for label in _COLORS}
    edit.setUndoRedoEnabled(False)
    edit.setPlainText(document.text(side))
    cursor = QTextCursor(edit.document())
    cursor.beginEditBlock()
    for span in document.spans.ordered(side):
        cursor.setPosition(span.start)
        cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(formats[span.label])
    cursor.endEditBlock()
    edit.setUndoRedoEnabled(True)


def measure(pairs: int, presses: int) -> dict[str, Any]:
    """Opening and single highlights in a pair of `QTextEdit`s, which stand empty in a window at first."""
    QApplication([])
    document = synthetic(pairs)
    paints = Paints(Edit)
    window, splitter = QMainWindow(), QSplitter()
    edits: dict[Side, Edit] = {"zh": Edit(), "en": Edit()}
    for edit in edits.values():
        splitter.addWidget(edit)
    window.setCentralWidget(splitter)
    window.resize(*SIZE)
    window.show()
    wait(lambda: paints.count >= 2)
    rest(100)

    def fill() -> None:
        for side, edit in edits.items():
            _fill(edit, document, side)

    opened = paints.after(fill, times=2)
    rest(300)
    return {"open": opened, "press": _presses(edits["zh"], document, paints, presses)}


def _presses(edit: Edit, document: Document, paints: Paints, count: int) -> list[float]:
    rows = random.Random(1).sample(range(len(document.pairs)), count)
    text, size = document.zh, len(TARGET["zh"])
    times = []
    for row in rows:
        start = text.index(TARGET["zh"], document.pairs[row].zh[0][0])
        cursor = edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + size, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        rest(5)
        times.append(paints.after(lambda: QTest.keyClick(edit, Qt.Key.Key_3)))
    return times
