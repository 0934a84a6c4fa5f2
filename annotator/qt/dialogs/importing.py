"""The import dialog: shows what was understood of a text, lets it be corrected, and only then stores it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.document import DocumentData
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.dialogs.importcolumns import ColumnChoice
from annotator.qt.dialogs.importoutcome import Outcome
from annotator.qt.dialogs.importplans import remarks, summary
from annotator.qt.dialogs.importtable import LinesModel, LinesView
from annotator.qt.dialogs.running import Running
from annotator.qt.tasks import in_process
from annotator.qt.workbench import Workbench
from annotator.services.drafts import Draft, Given, read_columns, read_drafts
from annotator.services.importing import UNWRAPPED, ImportPlan, add_edit, build, document_id
from annotator.services.sources import endings

if TYPE_CHECKING:
    from annotator.language.lexicon import LexiconStack
    from annotator.qt.actions.registry import Context

_ENCODINGS = ("", "utf-8", "gb18030", "big5", "utf-16", "windows-1252")
_LARGE = 20_000
"""Characters from which the work goes to a process of its own; below, starting one would take longer."""


class ImportDialog(Dialog):
    """One draft a document; what cannot be read stands in the list with its reason."""

    def __init__(self, workbench: Workbench, given: Sequence[Given], parent: QWidget | None = None) -> None:
        super().__init__(say("import.title"), parent)
        self._workbench = workbench
        self._given = list(given)
        self._drafts: list[Draft] = []
        self.imported: list[str] = []
        self._model = LinesModel()
        self._model.changed.connect(self._on_role)
        self.setAcceptDrops(True)
        self._build()
        start_with(self, 900, 640)
        self._read()

    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName(say("import.documents"))
        self._list.setFixedWidth(220)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.hide()
        self._list.currentRowChanged.connect(lambda _: self._show())
        self._view = LinesView(self._model)
        self._summary = QLabel(wordWrap=True)
        self._notices = QLabel(wordWrap=True)
        self._notices.setProperty("role", "muted")
        self._progress = Running()
        self._columns = ColumnChoice()
        self._columns.chosen.connect(self._choose_columns)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(self._form())
        right.addWidget(self._columns)
        right.addWidget(self._summary)
        right.addWidget(self._notices)
        right.addLayout(self._tools())
        right.addWidget(self._view, 1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self._list)
        both.addLayout(right, 1)
        self.body.addLayout(both, 1)
        self._outcome = Outcome()
        self.body.addWidget(self._outcome)
        self.body.addWidget(self._progress)
        self._add = self.add_aside(say("import.add"))
        self._add.clicked.connect(self._choose_more)
        self._swap = self.add_aside(say("import.swap"))
        self._swap.clicked.connect(self._model.swap)
        self._accept = self.add_accept(say("import.accept"))
        self._cancel = self.add_cancel()

    def _form(self) -> QFormLayout:
        self._title = QLineEdit()
        self._title.setAccessibleName(say("import.document_title"))
        self._title.textEdited.connect(self._on_title)
        self._encoding = QComboBox()
        self._encoding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._encoding.setAccessibleName(say("import.encoding_field"))
        for encoding in _ENCODINGS:
            self._encoding.addItem(encoding or say("import.encoding.auto"), encoding)
        self._encoding.activated.connect(lambda _: self._read())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._title, 1)
        self._encoding_caption = QLabel(say("import.encoding_field"))
        row.addWidget(self._encoding_caption)
        row.addWidget(self._encoding)
        self._keep_lines = QCheckBox(say("import.keep_lines"))
        self._keep_lines.setToolTip(say("import.keep_lines.tip"))
        self._keep_lines.clicked.connect(lambda _: self._read())
        self._keep_lines.hide()
        row.addWidget(self._keep_lines)
        form = QFormLayout()
        form.addRow(say("import.document_title"), row)
        return form

    def _choose_columns(self, zh: int, en: int) -> None:
        draft = self.draft
        if draft is None or draft.plan is None or (zh, en) == draft.plan.chosen:
            return
        if zh == en:
            self.complain(say("import.same_column"))
            return
        self._progress.start(
            read_columns,
            draft,
            (zh, en),
            on_done=partial(self._on_columns, draft),
            on_error=partial(self._on_failed, draft),
        )
        self._enable()

    def _on_columns(self, draft: Draft, plan: ImportPlan) -> None:
        draft.plan = plan
        self._show()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        caption = muted(say("import.selected"))
        caption.setWordWrap(False)
        row.addWidget(caption)
        self._role_buttons = []
        for role, key in (("zh", "Z"), ("en", "E"), ("title", "T"), ("aside", "X")):
            button = _small(say("import.tool", role=say(f"import.role.{role}"), key=key))
            button.clicked.connect(partial(self._view.give, role))
            self._role_buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self._view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        return row

    @property
    def draft(self) -> Draft | None:
        """The draft shown."""
        row = self._list.currentRow()
        return self._drafts[row] if 0 <= row < len(self._drafts) else None

    @property
    def busy(self) -> bool:
        """Whether something is read or imported just now."""
        return self._progress.busy

    def _read(self) -> None:
        self._progress.stop()
        self.complain("")
        encoding = self._encoding.currentData()
        read = partial(read_drafts, keep_lines=self._keep_lines.isChecked())
        many = any(isinstance(one, Path) and not one.is_file() for one in self._given)
        self._progress.start(read, tuple(self._given), encoding, on_done=self._on_read, measured=many)
        self._summary.setText(say("import.reading"))
        self._enable()

    def _on_read(self, drafts: list[Draft]) -> None:
        self._summary.setText("")
        self._drafts = drafts
        wrapped = any(one.key == UNWRAPPED for draft in drafts if draft.plan for one in draft.plan.notices)
        self._keep_lines.setVisible(wrapped or self._keep_lines.isChecked())
        self._fill_list(next((row for row, draft in enumerate(drafts) if draft.plan), 0))
        self._view.setFocus()

    def _fill_list(self, row: int) -> None:
        with QSignalBlocker(self._list):
            self._list.clear()
            for draft in self._drafts:
                self._list.addItem(_item(draft))
            self._list.setCurrentRow(row)
        self._list.setVisible(len(self._drafts) > 1)
        self._outcome.show_of(self._drafts)
        self._show()

    def _show(self) -> None:
        draft = self.draft
        plan = draft.plan if draft else None
        self._model.put(plan)
        self._title.setText(draft.title if draft else "")
        self.complain(draft.error if draft else "")
        self._columns.show_plan(plan)
        if plan is not None and self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(0, 1))
        self._tell()

    def _tell(self) -> None:
        plan = self.draft.plan if self.draft else None
        self._summary.setText(summary(plan) if plan else "")
        notices = remarks(plan) if plan else []
        self._notices.setText("\n".join(notices))
        self._notices.setVisible(bool(notices))
        if plan is not None:
            recognised = plan.encoding or say("import.encoding.none")
            self._encoding.setItemText(0, say("import.encoding.found", encoding=recognised))
        from_files = any(isinstance(one, Path) for one in self._given)
        self._encoding.setVisible(from_files)
        self._encoding_caption.setVisible(from_files)
        self._enable()

    def _enable(self) -> None:
        idle, plan = not self.busy, self._model.plan
        ready = sum(draft.ready for draft in self._drafts)
        several = len(self._drafts) > 1
        self._accept.setText(say("import.accept.many", count=ready) if several else say("import.accept"))
        self._accept.setEnabled(idle and ready > 0)
        for widget in (self._title, self._view, self._swap, self._columns):
            widget.setEnabled(idle and plan is not None)
        for button in self._role_buttons:
            button.setEnabled(idle and bool(self._view.chosen_rows()))
        for other in (self._encoding, self._add, self._list, self._keep_lines):
            other.setEnabled(idle)
        self._progress.setVisible(self.busy)

    def _on_role(self) -> None:
        if self.draft is not None:
            self.draft.plan = self._model.plan
            self._tell()

    def _on_title(self, text: str) -> None:
        if self.draft is not None:
            self.draft.title = text
            self._list.currentItem().setText(_caption(self.draft))

    def _choose_more(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, say("import.add"), "", _filter())
        self.add([Path(name) for name in names])

    def add(self, given: Sequence[Given]) -> None:
        """Read more files, together with those that are there."""
        fresh = [one for one in given if one not in self._given]
        if fresh:
            self._given += fresh
            self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped on the dialog."""
        if event.mimeData().hasUrls() and not self.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def accept(self) -> None:
        """Import all drafts that are ready, one after the other."""
        if self.busy:
            return
        draft = next((one for one in self._drafts if one.ready), None)
        if draft is None or draft.plan is None:
            self._finish()
            return
        session = self._workbench.session
        taken = session.document_ids if session else ()
        title = draft.title.strip() or draft.plan.title
        work = partial(build, draft.plan, doc_id=document_id(draft.plan, taken), title=title)
        keeper = self._workbench.knowledge
        lexicon = keeper.lexicon if keeper is not None else None
        linked = dict(keeper.learnt.linked) if keeper is not None else {}
        self._progress.start(
            _built,
            work,
            draft.plan,
            lexicon,
            linked,
            on_done=partial(self._on_built, draft),
            on_error=partial(self._on_failed, draft),
            measured=True,
        )
        self._enable()

    def _on_built(self, draft: Draft, data: DocumentData) -> None:
        if self._workbench.do(add_edit(data)) is None:
            self._on_failed(draft, say("import.refused"))
            return
        draft.done = True
        self.imported.append(data.id)
        self.accept()

    def _on_failed(self, draft: Draft, sentence: str) -> None:
        draft.error, draft.plan = sentence, None
        if len(self._drafts) == 1:
            self._fill_list(0)
            return
        self.accept()

    def _finish(self) -> None:
        """Everything that could be is imported; stay open only if something is left to be seen."""
        if self.imported:
            self._workbench.show_document(self.imported[0])
        left = [row for row, draft in enumerate(self._drafts) if not draft.done]
        if not left:
            super().accept()
            return
        self._fill_list(left[0])
        self._cancel.setText(say("button.close"))
        self._cancel.setFocus()

    def reject(self) -> None:
        """Stop what is under way; nothing of it is kept. A second time closes the dialog."""
        if self.busy and self._drafts:
            self._progress.stop()
            self._fill_list(max(0, self._list.currentRow()))
            return
        self._progress.stop()
        super().reject()


def _filter() -> str:
    return say("import.filter", endings=" ".join(f"*{ending}" for ending in endings()))


def _built(
    work: partial[DocumentData],
    plan: ImportPlan,
    lexicon: LexiconStack | None,
    linked: dict[str, tuple[str, ...]],
    *,
    job: Job,
) -> DocumentData:
    from annotator.services.knowledge import lexicon_within

    zh = "\n".join(line.text for line in plan.of_side("zh"))
    asked = lexicon_within(zh, lexicon, linked)
    if sum(len(line.text) for line in plan.lines) <= _LARGE:
        return work(lexicon=asked, job=job)
    built: DocumentData = in_process(partial(work, lexicon=asked), job=job)
    return built


def _small(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button


def _caption(draft: Draft) -> str:
    mark = "✓" if draft.done else "⚠" if draft.error else "•"
    return f"{mark} {draft.title or draft.name}"


def _item(draft: Draft) -> QListWidgetItem:
    item = QListWidgetItem(_caption(draft))
    item.setToolTip(draft.error or draft.name)
    return item


def import_sources(
    workbench: Workbench, sources: Sequence[Given], parent: QWidget | None = None
) -> ImportDialog | None:
    """Open the dialog on files (paths) and texts; None if nothing can be imported into this project."""
    session = workbench.session
    if session is None or session.read_only is not None:
        sentence = str(session.read_only) if session else say("import.no_project")
        workbench.tell(sentence, "warning")
        return None
    dialog = ImportDialog(workbench, sources, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def show_import(context: Context, paths: Sequence[Path] = (), text: str = "") -> None:
    """Import files or a text; with no project open, one is made for it first."""
    sources: list[Given] = [*paths, *([text] if text else [])]
    window = context.window
    if not sources:
        names, _ = QFileDialog.getOpenFileNames(window, say("import.choose"), "", _filter())
        sources = [Path(name) for name in names]
    if not sources:
        return
    if context.workbench.session is not None:
        import_sources(context.workbench, sources, window)
        return
    from annotator.qt.dialogs.new_project import NewProject

    first = sources[0]
    dialog = NewProject(window.settings, window, title=first.stem if isinstance(first, Path) else "")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.created.connect(lambda folder: _open_and_import(context, folder, sources))
    dialog.open()


def _open_and_import(context: Context, folder: Path, sources: Sequence[Given]) -> None:
    projects = context.window.projects
    projects.shown.connect(
        lambda: import_sources(context.workbench, sources, context.window),
        Qt.ConnectionType.SingleShotConnection,
    )
    projects.open(folder)
