"""The import of annotations: shows what would be taken from some files and what not, before anything is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.session import Session
from annotator.extend import importers
from annotator.qt.dialogs.base import Dialog, start_with
from annotator.qt.dialogs.exportparts import MIDDLE
from annotator.qt.dialogs.labelmap import LabelMap
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.qt.dialogs.running import Running
from annotator.qt.dialogs.sections import Elided
from annotator.qt.dialogs.takereport import report, summary
from annotator.qt.panels.base import give_way
from annotator.qt.tasks import Task, run
from annotator.qt.workbench import Workbench
from annotator.services.labelnames import matched_labels
from annotator.services.receiving import AUTO, Received, receive
from annotator.services.taking import Taken, take

if TYPE_CHECKING:
    from annotator.qt.actions.registry import Context

_PAUSE_MS = 150
_NAMED = 3


class AnnotationsDialog(Dialog):
    """Files are read as soon as they are named; every choice shows at once what comes of it."""

    def __init__(
        self,
        workbench: Workbench,
        session: Session,
        paths: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(say("taking.title"), parent)
        self._workbench, self._session = workbench, session
        self._paths: list[Path] = []
        self._received: Received | None = None
        self._taken: Taken | None = None
        self._weighing: Task | None = None
        self._done = False
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._weigh)
        self.setAcceptDrops(True)
        self._build()
        start_with(self, 900, 620)
        self._show()
        self.add(paths)

    def _build(self) -> None:
        self.labels = LabelMap()
        self.labels.changed.connect(self._weigh_soon)
        self.fresh = QCheckBox(say("taking.add_documents"))
        self.fresh.setChecked(True)
        self.fresh.toggled.connect(lambda _: self._weigh_soon())
        self.summary = QLabel(wordWrap=True)
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName(say("taking.report"))
        self.report.setTabChangesFocus(True)
        self._progress = Running()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(8)
        right.setSpacing(8)
        for part in (self._caption(), self.labels, self.fresh):
            left.addWidget(part)
        for shown in (self.summary, self.report):
            right.addWidget(shown)
        page = QWidget()
        both = QHBoxLayout(page)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(18)
        both.addLayout(left, 5)
        both.addLayout(right, 6)
        self.body.addLayout(self._files_row())
        self.body.addWidget(self._format_row())
        self._stack = QStackedWidget()
        self._stack.addWidget(_drop_place())
        self._stack.addWidget(page)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._progress)
        self._copy = self.add_aside(say("taking.copy"))
        self._copy.clicked.connect(self._copy_report)
        self._accept = self.add_accept(say("taking.accept"))
        self._cancel = self.add_cancel()

    def _caption(self) -> QLabel:
        label = QLabel(say("taking.labels"))
        label.setProperty("role", "section")
        return label

    def _files_row(self) -> QHBoxLayout:
        self.files = Elided()
        self._choose = QPushButton(say("taking.choose_files"))
        self._choose.clicked.connect(self._choose_files)
        self._choose_dir = QPushButton(say("taking.choose_folder"))
        self._choose_dir.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.files, 1)
        for button in (self._choose, self._choose_dir):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _format_row(self) -> QWidget:
        self.format = QComboBox()
        give_way(self.format)
        self.format.addItem(say("taking.recognise"), AUTO)
        for name, one in sorted(importers().items(), key=lambda item: say(item[1].title).casefold()):
            self.format.addItem(say(one.title), name)
            if one.needs is not None and not one.needs.installed:
                at = self.format.count() - 1
                self.format.setItemText(at, say("taking.not_installed", title=say(one.title)))
                self.format.setItemData(at, one.needs.command, Qt.ItemDataRole.ToolTipRole)
        self.format.activated.connect(lambda _: self._on_format())
        self.options = OptionsForm(wide=True)
        self.options.changed.connect(self._read)
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(MIDDLE)
        form.addRow(say("taking.format"), self.format)
        form.addRow(self.options)
        self._on_options()
        return page

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._progress.busy

    @property
    def settled(self) -> bool:
        """Whether all is shown that there is to show."""
        return not self.busy and self._weighing is None and not self._pause.isActive()

    def add(self, paths: Sequence[Path]) -> None:
        """Read files or folders, together with those that are there."""
        fresh = [one for one in paths if one not in self._paths]
        if fresh and not self._done:
            self._paths += fresh
            names = [one.name for one in self._paths]
            more = say("taking.more", count=len(names) - _NAMED) if len(names) > _NAMED else ""
            self.files.setText(say("transfer.comma").join([*names[:_NAMED], *([more] if more else [])]))
            self._read()

    def _choose_files(self) -> None:
        suffixes = sorted({suffix for one in importers().values() for suffix in one.suffixes} | {".zip"})
        kinds = say("taking.filter", endings=" ".join(f"*{one}" for one in suffixes))
        names, _ = QFileDialog.getOpenFileNames(self, say("taking.title"), self._place(), kinds)
        self.add([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("taking.title"), self._place())
        self.add([Path(name)] if name else [])

    def _place(self) -> str:
        return str(self._paths[-1].parent) if self._paths else ""

    def _on_format(self) -> None:
        self._on_options()
        self._read()

    def _on_options(self) -> None:
        """The options of the format that is chosen, if it has any."""
        name = self.format.currentData()
        if name != AUTO:
            self.options.show_options(importers()[name].options)
        self.options.setVisible(name != AUTO and bool(self.options.count))

    def _read(self) -> None:
        if not self._paths:
            return
        self._stop()
        self._received = self._taken = None
        self.format.setItemText(0, say("taking.recognise"))
        self.complain("")
        name = self.format.currentData()
        options = self.options.options() if name != AUTO else None
        self._progress.start(
            _received,
            name,
            tuple(self._paths),
            options,
            on_done=self._on_received,
            on_error=self._on_unreadable,
            measured=True,
        )
        self._show()

    def _on_received(self, received: Received) -> None:
        self._received = received
        title = say(importers()[received.format].title)
        self.format.setItemText(0, say("taking.recognised", title=title))
        self.labels.put(matched_labels(self._session.project, received.reading), self._session.project)
        self._weigh()

    def _on_unreadable(self, sentence: str) -> None:
        self._show()
        self.complain(sentence)

    def _weigh_soon(self) -> None:
        self._stop()
        self._taken = None
        self._pause.start()
        self._show()

    def _weigh(self) -> None:
        """Find out what would be taken; nothing is changed by it."""
        received = self._received
        if received is None or self._done:
            return
        self._weighing = run(
            self,
            _taken,
            self._session,
            received,
            self.labels.names(),
            self.labels.new(),
            self.fresh.isChecked(),
            on_done=self._on_weighed,
            on_error=self._on_not_weighed,
            on_progress=None,
        )
        self._show()

    def _on_weighed(self, taken: Taken) -> None:
        self._weighing, self._taken = None, taken
        self._show()

    def _on_not_weighed(self, sentence: str) -> None:
        self._weighing = None
        self._on_unreadable(sentence)

    def _stop(self) -> None:
        self._pause.stop()
        self._progress.stop()
        if self._weighing is not None:
            self._weighing.cancel()
            self._weighing = None

    def _show(self) -> None:
        """Say how far it is, and what would come of it."""
        received, taken = self._received, self._taken
        self._stack.setCurrentIndex(1 if self._paths else 0)
        if received is not None and taken is not None:
            self.summary.setText(summary(taken))
            self.report.setPlainText(report(self._session, received, taken))
        else:
            working = self.busy or self._weighing is not None or self._pause.isActive()
            self.summary.setText(say("taking.reading" if working else "taking.none"))
            self.report.clear()
        if received is None:
            self.labels.setRowCount(0)
        count = taken.spans + taken.links if taken is not None else 0
        self._accept.setText(say("taking.accept_many", count=count) if count else say("taking.accept"))
        self._accept.setEnabled(taken is not None and not taken.edit.empty)
        self._copy.setEnabled(taken is not None)
        self._progress.setVisible(self.busy)

    def accept(self) -> None:
        """Take it in as one step; stay only if there is something that was not taken."""
        taken, received = self._taken, self._received
        if self._done or taken is None or received is None:
            if self._done:
                super().accept()
            return
        if taken.edit.empty:
            return
        text = report(self._session, received, taken, done=True)
        if self._workbench.do(taken.edit) is None:
            self.complain(say("taking.refused"))
            return
        self._workbench.tell(say("taking.done", spans=taken.spans, links=taken.links))
        self._go_to(taken)
        if not taken.losses and not received.failures:
            super().accept()
            return
        self._end(taken, text)

    def _go_to(self, taken: Taken) -> None:
        """Show a document that got something, if the one shown did not."""
        touched = [part.doc for part in taken.edit.parts] + list(taken.added)
        if touched and self._workbench.document_id not in touched:
            self._workbench.document_wanted.emit(touched[0])

    def _end(self, taken: Taken, text: str) -> None:
        """What was not taken stays to be read and copied."""
        self._done = True
        self.summary.setText(f"✓ {say('taking.done', spans=taken.spans, links=taken.links)}")
        self.report.setPlainText(text)
        for widget in (self.labels, self.fresh, self.format, self.options, self._choose, self._choose_dir):
            widget.setEnabled(False)
        self._accept.setText(say("button.close"))
        self._accept.setFocus()
        self._cancel.hide()

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.summary.text()}\n\n{self.report.toPlainText()}\n")

    def reject(self) -> None:
        """Nothing is taken."""
        self._stop()
        super().reject()

    def fit(self, width: int) -> None:
        """Stay as large as it is: the report gives way to what is said."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """More files may be dropped on the dialog."""
        if event.mimeData().hasUrls() and not self._done:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        event.acceptProposedAction()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def _drop_place() -> QFrame:
    """What stands there before there are files."""
    place = QFrame()
    place.setProperty("role", "drop")
    words = QLabel(say("taking.drop"), wordWrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout = QVBoxLayout(place)
    layout.addWidget(words)
    return place


def _received(name: str, paths: tuple[Path, ...], options: Any, *, job: Job) -> Received:
    return receive(name, paths, options, job)


def _taken(
    session: Session,
    received: Received,
    names: dict[str, str],
    new: frozenset[str],
    add_documents: bool,
    *,
    job: Job,
) -> Taken:
    return take(session, received.reading, names=names, new_labels=new, add_documents=add_documents, job=job)


def show_annotations(context: Context, paths: Sequence[Path] = ()) -> AnnotationsDialog | None:
    """Open the dialog on the project that is open; None if nothing can be taken into it."""
    session = context.workbench.session
    if session is None or session.read_only is not None:
        sentence = str(session.read_only) if session else say("taking.no_project")
        context.workbench.tell(sentence, "warning")
        return None
    dialog = AnnotationsDialog(context.workbench, session, paths, context.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
