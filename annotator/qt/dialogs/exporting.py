"""The export dialog: format, options, what the file will look like, and what it cannot hold."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.session import Session
from annotator.extend import Corpus, Exporter, Report, exporter_named, exporters
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.qt.dialogs.running import Running
from annotator.qt.panels.base import give_way
from annotator.qt.tasks import Task, run
from annotator.qt.workbench import Workbench
from annotator.services import exporting

if TYPE_CHECKING:
    from annotator.qt.actions.registry import Context

_PAUSE_MS = 250
_SHOWN = 40_000
_SPANS = '"spans"'

_last: dict[str, str] = {}
"""The folder and the format that were used last, while the program runs."""


class ExportDialog(Dialog):
    """Everything is shown before anything is written."""

    def __init__(self, workbench: Workbench, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(say("export.title"), parent)
        self._workbench, self._session = workbench, session
        self._exporters = exporters()
        self._glance: Task | None = None
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._build()
        start_with(self, 920, 600)
        self._on_format()
        self._format.setFocus()

    def _build(self) -> None:
        self._format = QComboBox()
        self._format.setAccessibleName(say("export.format"))
        for name, exporter in self._exporters.items():
            self._format.addItem(say(exporter.title), name)
        self._format.setCurrentIndex(max(0, self._format.findData(_last.get("format", "json"))))
        self._format.currentIndexChanged.connect(lambda _: self._on_format())
        self._scope = QComboBox()
        self._scope.setAccessibleName(say("export.scope"))
        for box in (self._format, self._scope):
            give_way(box)
        self._fill_scope()
        self._scope.currentIndexChanged.connect(lambda _: self._look_soon())
        self._options = OptionsForm()
        self._options.changed.connect(self._look_soon)
        self._losses = QLabel(wordWrap=True)
        self._losses.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._preview = QPlainTextEdit(readOnly=True)
        self._preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._preview.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._preview.setAccessibleName(say("export.preview"))
        self._preview.setTabChangesFocus(True)
        self._progress = Running()
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self._left())
        both.addLayout(self._right(), 1)
        self.body.addLayout(both, 1)
        self.body.addWidget(self._progress)
        self._accept = self.add_accept(say("export.accept"))
        self.add_cancel()

    def _left(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        form.addRow(say("export.format"), self._format)
        form.addRow(say("export.scope"), self._scope)
        layout.addLayout(form)
        layout.addWidget(self._options)
        layout.addSpacing(6)
        layout.addWidget(_heading(say("export.losses")))
        layout.addWidget(self._losses)
        layout.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(say("export.losses"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setFixedWidth(18 * self.fontMetrics().height())
        return area

    def _right(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(6)
        layout.addWidget(_heading(say("export.preview")))
        layout.addWidget(self._preview, 1)
        return layout

    def _fill_scope(self) -> None:
        document = self._workbench.document
        if document is not None:
            self._scope.addItem(say("export.scope.document", title=document.title), "document")
        count = len(self._session.document_ids)
        if count > 1 or document is None:
            self._scope.addItem(say("export.scope.project", count=count), "project")
            self._scope.setCurrentIndex(self._scope.count() - 1)

    @property
    def exporter(self) -> Exporter:
        """The format that is chosen."""
        return self._exporters[self._format.currentData()]

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._progress.busy

    def corpus(self) -> Corpus:
        """What is to be exported; made anew for every use, since it is read only once."""
        chosen = [self._workbench.document_id or ""] if self._scope.currentData() == "document" else None
        return exporting.corpus_of(self._session, chosen)

    def _on_format(self) -> None:
        self._options.show_options(self.exporter.options)
        self._look_soon()

    def _look_soon(self) -> None:
        self.complain("")
        self._stop_looking()
        self._pause.start()

    def _look(self) -> None:
        """Preview first, as it is quick; then count what would be lost."""
        self._stop_looking()
        self._losses.setText(say("export.counting"))
        self._glance_at(_preview, self._show_preview)

    def _glance_at(self, function: Callable[..., Any], on_done: Callable[[Any], None]) -> None:
        name, options = self.exporter.name, self._options.options()
        try:
            corpus = self.corpus()
        except AnnotatorError as error:
            self._fail_look(str(error))
            return
        self._glance = run(self, function, corpus, name, options, on_done=on_done, on_error=self._fail_look)

    def _show_preview(self, text: str) -> None:
        whole = len(text) < _SHOWN
        self._preview.setPlainText(text if whole else f"{text}\n…")
        self._reveal_spans(text)
        self._glance_at(_weigh, self._show_losses)

    def _reveal_spans(self, text: str) -> None:
        """Bring the first annotations into sight, which may stand far below what comes before them."""
        at = text.find(_SPANS)
        if at < 0:
            return
        bar, block = self._preview.verticalScrollBar(), text.count("\n", 0, at)
        lines = self._preview.document().findBlockByNumber(block).firstLineNumber()
        bar.setValue(max(0, lines - 1))

    def _show_losses(self, report: Report) -> None:
        self._glance = None
        self._losses.setText(sentences(report))

    def _fail_look(self, sentence: str) -> None:
        self._glance = None
        self._losses.setText("")
        self._preview.clear()
        self.complain(sentence)

    def _stop_looking(self) -> None:
        self._pause.stop()
        if self._glance is not None:
            self._glance.cancel()
            self._glance = None

    def accept(self) -> None:
        """Ask where to, then write."""
        if self.busy:
            return
        suffix = self.exporter.suffixes[0]
        kinds = " ".join(f"*{one}" for one in self.exporter.suffixes)
        name, _ = QFileDialog.getSaveFileName(
            self, say("export.title"), str(_place() / f"{self._name()}{suffix}"), f"{kinds};;*"
        )
        if name:
            path = Path(name)
            self.write(path if path.suffix else path.with_suffix(suffix))

    def write(self, path: Path) -> None:
        """Export to `path` in the background."""
        self._stop_looking()
        self.complain("")
        self._progress.start(
            exporting.export,
            self.corpus(),
            self.exporter.name,
            self._options.options(),
            path,
            on_done=lambda report: self._on_written(path, report),
            on_error=self._on_failed,
            measured=True,
        )
        self._enable()

    def _on_written(self, path: Path, report: Report) -> None:
        _last.update(folder=str(path.parent), format=self.exporter.name)
        self._workbench.tell(say("export.done", path=path, documents=report.documents, spans=report.spans))
        super().accept()

    def _on_failed(self, sentence: str) -> None:
        self._enable()
        self.complain(sentence)

    def reject(self) -> None:
        """Stop the writing, which leaves no file; a second time closes the dialog."""
        self._stop_looking()
        if self.busy:
            self._progress.stop()
            self._enable()
            return
        super().reject()

    def _enable(self) -> None:
        for widget in (self._format, self._scope, self._options, self._accept):
            widget.setEnabled(not self.busy)
        self._progress.setVisible(self.busy)

    def _name(self) -> str:
        from annotator.store.names import slug

        document = self._workbench.document
        if self._scope.currentData() == "document" and document is not None:
            return slug(document.title)
        return slug(self._session.project.title)


class _Nowhere(io.RawIOBase):
    """Takes everything and keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        return len(data)


def _preview(corpus: Corpus, name: str, options: Any, *, job: Job) -> str:
    if hasattr(options, "pretty"):
        # One line a document would say nothing to a reader.
        options = replace(options, pretty=True)
    text = exporting.preview(corpus, name, options, _SHOWN)
    job.progress(1, 1)
    return text


def _weigh(corpus: Corpus, name: str, options: Any, *, job: Job) -> Report:
    return exporter_named(name).write(corpus, _Nowhere(), options, job)  # type: ignore[arg-type]


def sentences(report: Report) -> str:
    """What an export leaves out, a line each."""
    if not report.losses:
        return say("export.lossless")
    return "\n".join(f"• {say(loss.key, count=loss.count, example=loss.example)}" for loss in report.losses)


def _place() -> Path:
    """Qt would take the working folder for one that is not there."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    usual = Path(_last.get("folder") or documents or Path.home())
    return usual if usual.is_dir() else Path.home()


def _heading(text: str) -> QLabel:
    label = muted(text)
    label.setProperty("role", "section")
    return label


def show_export(context: Context) -> None:
    """Open the dialog on the project that is open."""
    session = context.workbench.session
    if session is not None:
        dialog = ExportDialog(context.workbench, session, context.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
