"""The export dialog: format, what goes out, what the file will look like, and what it cannot hold."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.session import Session
from annotator.extend import Corpus, Exporter, Report
from annotator.qt.dialogs.base import Dialog, start_with
from annotator.qt.dialogs.exportend import Outcome
from annotator.qt.dialogs.exportformats import FormatList
from annotator.qt.dialogs.exportlook import Look, Wanted
from annotator.qt.dialogs.exportmemory import Memory
from annotator.qt.dialogs.exportparts import (
    MIDDLE,
    AnnotationsPart,
    DocumentsPart,
    RecordPart,
    SplitPart,
    choice,
)
from annotator.qt.dialogs.exporttarget import Target, ask_before
from annotator.qt.dialogs.optionsform import OptionsForm
from annotator.qt.dialogs.running import Running
from annotator.qt.dialogs.sections import Part, Section
from annotator.qt.panels.base import shortened
from annotator.qt.workbench import Workbench
from annotator.services import exporting
from annotator.services.layers import by_another, layers, sources_on_file
from annotator.services.options import remembered_options
from annotator.services.selecting import Selection
from annotator.settings import Settings
from annotator.store.names import slug

if TYPE_CHECKING:
    from annotator.qt.actions.registry import Context

_LOSSES_WIDE, _LOSSES_NARROW = 8, 4
"""Lines about what is left out, beside the choices and below them."""

_TITLE = 28
"""Characters of a document's title in the list of choices."""

_WIDE = 900
"""Pixels from which the preview stands beside the choices."""


class ExportDialog(Dialog):
    """Everything is shown before anything is written; what was chosen last is chosen again."""

    def __init__(
        self,
        workbench: Workbench,
        session: Session,
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(say("export.title"), parent)
        self._workbench, self._session = workbench, session
        self._folder = folder
        self._memory = Memory(settings, folder)
        self._report: Report | None = None
        self._build()
        start_with(self, 1080, 680)
        self._recall()
        self.formats.list.setFocus()

    def _build(self) -> None:
        self.formats = FormatList()
        self.look = Look(self._wanted)
        self.look.failed.connect(self.complain)
        self.target = Target()
        self._progress = Running()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(18)
        self._both.addWidget(self._choices(), 1)
        self._both.addWidget(self.look, 1)
        page = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(self.formats)
        row.addLayout(self._both, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self.outcome = Outcome()
        self._stack.addWidget(self.outcome)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.target)
        self.body.addWidget(self._progress)
        self._reveal = self.add_aside(say("transfer.open_folder"))
        self._reveal.clicked.connect(self._open_folder)
        self._reveal.hide()
        self._accept = self.add_accept(say("export.accept"))
        self._cancel = self.add_cancel()
        self.formats.chosen.connect(lambda _: self._on_format())

    def _choices(self) -> QWidget:
        self.scope, self.layer = choice("transfer.documents"), choice("transfer.layer")
        self._fill_scope()
        people = self._people()
        for annotator, name in people:
            self.layer.addItem(name, annotator)
        self.options = OptionsForm(wide=True)
        project = self._session.project
        sources = sources_on_file(self._folder) if self._folder is not None else []
        self._labels = AnnotationsPart(project, sources)
        self.parts: dict[str, Part] = {
            "some": DocumentsPart(project, people),
            "annotations": self._labels,
            "split": SplitPart(),
            "record": RecordPart(),
        }
        self.sections = {
            name: Section(say(f"transfer.section.{name}"), part) for name, part in self.parts.items()
        }
        self._options_section = Section(say("transfer.section.options"), self.options, opened=True)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        form = QFormLayout()
        form.setVerticalSpacing(6)
        form.setLabelAlignment(MIDDLE)
        form.addRow(say("transfer.documents"), self.scope)
        form.addRow(say("transfer.layer"), self.layer)
        layout.addLayout(form)
        layout.addWidget(self._options_section)
        for section in self.sections.values():
            layout.addWidget(section)
        layout.addStretch(1)
        self._listen()
        area = QScrollArea()
        area.setAccessibleName(say("transfer.choices"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setMinimumWidth(15 * self.fontMetrics().height())
        return area

    def _listen(self) -> None:
        self.scope.currentIndexChanged.connect(lambda _: self._on_scope())
        self.layer.currentIndexChanged.connect(lambda _: self._changed())
        self.options.changed.connect(self._changed)
        for part in self.parts.values():
            part.changed.connect(self._changed)

    def _fill_scope(self) -> None:
        document = self._workbench.document
        count = len(self._session.document_ids)
        if count > 1 or document is None:
            self.scope.addItem(say("export.scope.project", count=count), "project")
        if document is not None:
            title = say("export.scope.document", title=shortened(document.title, _TITLE))
            self.scope.addItem(title, "document")
            self.scope.setToolTip(document.title)

    def _people(self) -> list[tuple[str, str]]:
        """Whose annotations there are, with the name of each."""
        own, named = self._session.annotator, {one.id: one.name for one in self._session.project.annotators}
        ids = layers(self._folder, own) if self._folder is not None else [own]
        return [(one, _person(one, named.get(one, ""), own=one == own)) for one in ids]

    @property
    def exporter(self) -> Exporter:
        """The format that is chosen."""
        return self.formats.exporter

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._progress.busy

    def corpus(self) -> Corpus:
        """What is to be exported; made anew for every use.

        Raises:
            AnnotatorError: if the document or the annotations are not there any more.
        """
        chosen = [self._workbench.document_id or ""] if self.scope.currentData() == "document" else None
        corpus = exporting.corpus_of(self._session, chosen, self._folder)
        annotator = self.layer.currentData()
        if self._folder is None or annotator == self._session.annotator:
            return corpus
        return by_another(corpus, self._folder, annotator)

    def selection(self) -> Selection:
        """What of it."""
        values: dict[str, Any] = {}
        for part in self.parts.values():
            values |= part.values()
        return Selection(**values)

    def _wanted(self) -> Wanted:
        """What the preview shows.

        Raises:
            AnnotatorError: as `corpus` does.
        """
        return self.corpus(), self.exporter.name, self.options.options(), self.selection()

    def _on_format(self) -> None:
        given = self._memory.options(self.exporter.name)
        self.options.show_options(self.exporter.options, remembered_options(self.exporter, given))
        self._options_section.setVisible(bool(self.options.count))
        self._changed()

    def _on_scope(self) -> None:
        names = {"document": self._name("document"), "project": self._name("project")}
        chosen = self.scope.currentData()
        before = "project" if chosen == "document" else "document"
        self.target.rename(names[before], names[chosen])
        self._changed()

    def _changed(self) -> None:
        """Follow whatever was chosen."""
        self.complain("")
        for name, part in self.parts.items():
            self.sections[name].summarise(part.words())
        self.target.follow(self.exporter, parts=bool(self.selection().split))
        self._enable()
        if self._labels.empty:
            self.complain(say("transfer.no_label"))
        if self.formats.ready and not self._labels.empty:
            self.look.soon()
        else:
            self.look.clear()

    def accept(self) -> None:
        """Write, or ask first if something is there already; once it is written, close."""
        if self._report is not None:
            super().accept()
            return
        path = self.target.path
        if self.busy or not self._accept.isEnabled():
            return
        if path is None:
            self.complain(say("transfer.no_target"))
            self.target.line.setFocus()
            return
        there = exporting.in_the_way(
            self._session.project, self.exporter.name, self.options.options(), path, self.selection()
        )
        if there:
            ask_before(self, there, path, lambda: self.write(path), self.write)
        else:
            self.write(path)

    def write(self, path: Path) -> None:
        """Export to `path` in the background."""
        self.look.stop()
        self.complain("")
        try:
            wanted = self._wanted()
        except AnnotatorError as error:
            self.complain(str(error))
            return
        self._progress.start(
            _export,
            wanted,
            path,
            on_done=lambda report: self._on_written(path, report),
            on_error=self._on_failed,
            measured=True,
        )
        self._enable()

    def _on_written(self, path: Path, report: Report) -> None:
        self._report = report
        self._remember(path)
        self.outcome.tell(path, report)
        self._stack.setCurrentIndex(1)
        self._stack.setEnabled(True)
        self.target.hide()
        self._progress.hide()
        self._reveal.show()
        self._accept.setText(say("button.close"))
        self._accept.setEnabled(True)
        self._accept.setFocus()
        self._cancel.hide()
        self._workbench.tell(say("export.done", path=path, documents=report.documents, spans=report.spans))

    def _open_folder(self) -> None:
        if self._report is not None and self._report.files:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report.files[0].parent)))

    def _on_failed(self, sentence: str) -> None:
        self._enable()
        self.complain(sentence)

    def reject(self) -> None:
        """Stop the writing, which leaves no file; a second time closes the dialog."""
        self.look.stop()
        if self.busy:
            self._progress.stop()
            self._enable()
            return
        super().reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview where there is room for it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(direction)
        self.look.losses.show_at_most(_LOSSES_WIDE if wide else _LOSSES_NARROW)

    def fit(self, width: int) -> None:
        """Stay as large as it is: the choices and the preview give way to what is said."""

    def _enable(self) -> None:
        for widget in (self._stack, self.target):
            widget.setEnabled(not self.busy)
        ready = self.formats.ready and not self._labels.empty
        self._accept.setEnabled(not self.busy and ready)
        self._progress.setVisible(self.busy)

    def _name(self, scope: str) -> str:
        document = self._workbench.document
        title = document.title if scope == "document" and document is not None else ""
        return slug(title or self._session.project.title)

    def _recall(self) -> None:
        """Choose as in the last export of this project."""
        kept = self._memory.values
        self.target.start(str(kept.get("to", "")), self._name(self.scope.currentData()))
        self.formats.choose(str(kept.get("format", "json")))
        self.scope.setCurrentIndex(max(0, self.scope.findData(kept.get("scope"))))
        self.layer.setCurrentIndex(max(0, self.layer.findData(kept.get("layer"))))
        for part in self.parts.values():
            part.put(self._memory.part("selection"))

    def _remember(self, path: Path) -> None:
        values = {
            "to": str(path.parent),
            "scope": self.scope.currentData(),
            "layer": self.layer.currentData(),
            "selection": asdict(self.selection()),
        }
        try:
            self._memory.keep(values, self.exporter.name, asdict(self.options.options()))
        except AnnotatorError as error:
            self._workbench.tell(str(error), "warning")


def _export(wanted: Wanted, path: Path, *, job: Job) -> Report:
    corpus, name, options, selection = wanted
    return exporting.export(corpus, name, options, path, job, selection)


def _person(annotator: str, name: str, *, own: bool) -> str:
    shown = f"{name} ({annotator})" if name and name != annotator else annotator
    return say("transfer.me", name=shown) if own else shown


def show_export(context: Context) -> None:
    """Open the dialog on the project that is open."""
    session = context.workbench.session
    if session is not None:
        window = context.window
        dialog = ExportDialog(
            context.workbench, session, window, folder=window.projects.folder, settings=window.settings
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
