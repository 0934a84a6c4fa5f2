"""Correct a typing mistake in the text itself."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.span import Side
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.offsets import Utf16
from annotator.qt.theme import text_font
from annotator.qt.workbench import Workbench
from annotator.services import correct

_SHOWN = 60


class LineEdit(QPlainTextEdit):
    """One logical line that wraps; what is pasted is joined to one line, Return tells."""

    finished = Signal()

    def typed(self) -> str:
        """What stands there; unlike `toPlainText` it keeps a no-break space."""
        return self.document().toRawText().replace("\u2029", " ").replace("\u2028", " ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return accepts instead of breaking the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text as one line."""
        self.insertPlainText(" ".join(source.text().splitlines()))


class CorrectDialog(Dialog):
    """Shows `[start, end)` of `side` to be mended; only what differs is replaced."""

    def __init__(
        self,
        workbench: Workbench,
        document: Document,
        side: Side,
        extent: tuple[int, int],
        *,
        selected: tuple[int, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(say("correct.title"), parent)
        self._workbench, self._document, self._side = workbench, document, side
        self._start = extent[0]
        self._old = document.text(side)[slice(*extent)]
        self._field = LineEdit()
        self._field.setTabChangesFocus(True)
        self._field.setFont(text_font(document.language(side), 13))
        self._field.setAccessibleName(say("correct.text"))
        self._field.setPlainText(self._old)
        self._field.textChanged.connect(self._tell)
        self._field.finished.connect(self.accept)
        self._place_caret(*(selected or (extent[1], extent[1])))
        self._change = muted()
        self._change.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(muted(say("correct.hint")))
        self.body.addWidget(self._field, 1)
        self.body.addWidget(self._change)
        self._accept = self.add_accept(say("correct.accept"))
        self.add_cancel()
        start_with(self, 560, 280)
        self._tell()
        self._field.setFocus()

    def change(self) -> tuple[int, int, str]:
        """The smallest range of the text that has to be replaced, and by what."""
        start, end, new = smallest_change(self._old, self._field.typed())
        return self._start + start, self._start + end, new

    def accept(self) -> None:
        """Mend the text, or say why that cannot be."""
        start, end, new = self.change()
        if (start, new) == (end, ""):
            self.reject()
            return
        try:
            edit = correct.correct_text(
                self._document, self._side, start, end, new, by=self._workbench.annotator
            )
        except AnnotatorError as error:
            self.complain(str(error))
            return
        if self._workbench.do(edit) is not None:
            super().accept()

    def _place_caret(self, start: int, end: int) -> None:
        units = Utf16(self._old)
        cursor = self._field.textCursor()
        cursor.setPosition(units.to_qt(start - self._start))
        cursor.setPosition(units.to_qt(end - self._start), QTextCursor.MoveMode.KeepAnchor)
        self._field.setTextCursor(cursor)

    def _tell(self) -> None:
        start, end, new = self.change()
        self.complain("")
        changed = (start, new) != (end, "")
        self._accept.setEnabled(changed)
        if not changed:
            self._change.setText(say("correct.same"))
            return
        old = self._document.text(self._side)[start:end]
        key = "correct.change" if old and new else "correct.remove" if old else "correct.insert"
        self._change.setText(say(key, old=visible(old), new=visible(new)))


def smallest_change(old: str, new: str) -> tuple[int, int, str]:
    """`(start, end, text)`: putting `text` in place of `old[start:end]` makes `new`."""
    limit = min(len(old), len(new))
    head = next((at for at in range(limit) if old[at] != new[at]), limit)
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, len(old) - tail, new[head : len(new) - tail]


def visible(text: str) -> str:
    """A stretch for a remark: white space that one could not see is shown."""
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return shown.replace("\u00a0", "⍽").replace("\u3000", "□")


def correct_text(workbench: Workbench, parent: QWidget | None = None) -> None:
    """Open the dialog for the selected text, else for the sentence at the caret."""
    document, cursor = workbench.document, workbench.cursor
    if document is None:
        return
    span = workbench.span
    side = span.side if span else cursor.side
    selected = (span.start, span.end) if span else cursor.selection or (cursor.offset, cursor.offset)
    try:
        extent = stretch(document, side, *selected)
    except AnnotatorError as error:
        workbench.tell(str(error), "warning")
        return
    dialog = CorrectDialog(workbench, document, side, extent, selected=selected, parent=parent)
    dialog.exec()
    dialog.deleteLater()


def stretch(document: Document, side: Side, start: int, end: int) -> tuple[int, int]:
    """The sentences that `[start, end)` touches, from the first to the last.

    Raises:
        AnnotatorError: if there is no sentence, or they do not stand on one line.
    """
    row, index = correct.sentence_at(document, side, start)
    first = document.pairs[row].segments(side)[index]
    row, index = correct.sentence_at(document, side, max(start, end - 1))
    last = document.pairs[row].segments(side)[index]
    extent = min(first[0], start), max(last[1], end)
    if "\n" in document.text(side)[slice(*extent)]:
        raise AnnotatorError("error.correct_lines")
    return extent
