"""What an export will write, shown before it does: counts, losses and the first lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.extend import Corpus, Report
from annotator.qt.dialogs.sections import Lines
from annotator.qt.panels.base import shortened
from annotator.qt.tasks import Task, run
from annotator.services.selecting import Selection
from annotator.services.weighing import Weighed, head, weigh

_PAUSE_MS = 250
_SHOWN = 40_000
_LINES_OF_LOSSES = 8
_EXAMPLE = 40
_SPANS = '"spans"'

Wanted = tuple[Corpus, str, Any, Selection]
"""What is to be looked at: a corpus, a format, its options, what of the corpus."""


class Look(QWidget):
    """Asks for what is wanted a moment after the last change; an older look is called off."""

    failed = Signal(str)

    def __init__(self, wanted: Callable[[], Wanted]) -> None:
        super().__init__()
        self._wanted = wanted
        self._task: Task | None = None
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self.counts = QLabel(wordWrap=True)
        self.counts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.losses = Lines(_LINES_OF_LOSSES, say("export.losses"))
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setAccessibleName(say("export.preview"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(say("transfer.no_preview"))
        # The room is shared out between the choices and the preview, however much it would show.
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.text.setMinimumHeight(4 * self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.counts)
        layout.addWidget(self.losses)
        layout.addWidget(self.text, 1)

    @property
    def settled(self) -> bool:
        """Whether all is shown that there is to show."""
        return self._task is None and not self._pause.isActive()

    def soon(self) -> None:
        """Look again, once nothing has changed for a moment."""
        self.stop()
        self._pause.start()

    def stop(self) -> None:
        """Call off the look that is under way."""
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def clear(self) -> None:
        """Show nothing: what is chosen cannot be written."""
        self.stop()
        self._say("", "")
        self.text.clear()

    def _look(self) -> None:
        """The first lines first, as they are quick; then the counts."""
        self._say(say("export.counting"), "")
        try:
            wanted = self._wanted()
        except AnnotatorError as error:
            self._fail(str(error))
            return
        self._task = run(
            self, _head, wanted, on_done=lambda text: self._show(text, wanted), on_error=self._fail
        )

    def _show(self, text: str, wanted: Wanted) -> None:
        self.text.setPlainText(text if len(text) < _SHOWN else f"{text}\n…")
        self._reveal_spans(text)
        self._task = run(self, _weigh, wanted, on_done=self._show_counts, on_error=self._fail)

    def _show_counts(self, weighed: Weighed) -> None:
        self._task = None
        self._say(counts(weighed.report, weighed.parts), sentences(weighed.report))

    def _fail(self, sentence: str) -> None:
        self._task = None
        self._say("", "")
        self.text.clear()
        self.failed.emit(sentence)

    def _say(self, counted: str, lost: str) -> None:
        self.counts.setText(counted)
        self.losses.say(lost)

    def _reveal_spans(self, text: str) -> None:
        """Bring the first annotations into sight, which may stand far below what comes before them."""
        at = text.find(_SPANS)
        if at < 0:
            return
        bar, block = self.text.verticalScrollBar(), text.count("\n", 0, at)
        lines = self.text.document().findBlockByNumber(block).firstLineNumber()
        bar.setValue(max(0, lines - 1))


def _head(wanted: Wanted, *, job: Job) -> str:
    text = head(*wanted, _SHOWN, job)
    job.progress(1, 1)
    return text


def _weigh(wanted: Wanted, *, job: Job) -> Weighed:
    return weigh(*wanted, job)


def counts(report: Report, parts: dict[str, int]) -> str:
    """How much is written, and how many documents go to each part."""
    said = say("transfer.counts", documents=report.documents, spans=report.spans, links=report.links)
    divided = [say("transfer.part", name=name, count=count) for name, count in parts.items() if name]
    return "\n".join([said, " · ".join(divided)] if divided else [said])


def sentences(report: Report) -> str:
    """What an export leaves out, a line each."""
    if not report.losses:
        return say("export.lossless")
    said = ((one.key, one.count, shortened(one.example, _EXAMPLE)) for one in report.losses)
    return "\n".join(f"• {say(key, count=count, example=example)}" for key, count, example in said)
