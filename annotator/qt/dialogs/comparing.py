"""Holding what one source suggests for the document against what is annotated in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.tasks import Task, run
from annotator.qt.workbench import Workbench
from annotator.services.annotate import shortened
from annotator.services.asking import COUNTERPART, ask, prepare, source_titles
from annotator.services.comparing import Comparison, Difference, compare
from annotator.services.cursor import Cursor

PLACE = Qt.ItemDataRole.UserRole
_SHOWN = 2000
_COLUMNS = ("label", "precision", "recall", "f1", "right", "suggested", "annotated")


class ComparingDialog(Dialog):
    """Figures by label, what was taken for what, and every difference to go to."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(say("command.suggest.compare").rstrip("…"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workbench = workbench
        self._task: Task | None = None
        self.comparison: Comparison | None = None
        self.source = QComboBox()
        self.source.setAccessibleName(say("comparing.source"))
        self.figures, self.confusion, self.differences = QTableWidget(), QTableWidget(), QListWidget()
        self.differences.setUniformItemSizes(True)
        self._more = muted()
        self._tabs = QTabWidget()
        for part, key in ((self.figures, "figures"), (self.confusion, "confusion")):
            part.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            part.setAccessibleName(say(f"comparing.{key}"))
            self._tabs.addTab(part, say(f"comparing.{key}"))
        self.differences.setAccessibleName(say("comparing.differences"))
        self._tabs.addTab(self.differences, say("comparing.differences"))
        self.body.addWidget(muted(say("comparing.about")))
        self.body.addWidget(self.source)
        self.body.addWidget(self._tabs, 1)
        self.body.addWidget(self._more)
        self.add_cancel(say("button.close"))
        self.source.currentIndexChanged.connect(lambda _: self._ask())
        self.differences.currentItemChanged.connect(lambda item, _: self._go(item))
        start_with(self, 620, 560)
        review = workbench.review
        # Counterparts are suggested only for what has none yet.
        ready = [name for name in review.offers.ready if name != COUNTERPART] if review is not None else []
        for name in ready:
            self.source.addItem(source_titles(name), name)
        if not ready:
            self._more.setText(say("comparing.none"))

    @property
    def busy(self) -> bool:
        """Whether the source is being asked."""
        return self._task is not None

    def _ask(self) -> None:
        document, session = self._workbench.document, self._workbench.session
        review, name = self._workbench.review, self.source.currentData()
        if document is None or session is None or review is None or not name:
            return
        if self._task is not None:
            self._task.cancel()
        self._more.setText(say("comparing.working"))
        others = [one for one in session.document_ids if one != document.id and session.loaded(one)]
        evidence = review.offers.evidence(session)
        project = structs.replace(session.project, sources=(name,))
        known = replace(evidence, project=project, documents=[session.document(one) for one in others])
        args = known, review.offers.kept, document
        self._task = run(self, _compared, *args, on_done=self._show, on_error=self._trouble)

    def _trouble(self, sentence: str) -> None:
        self._task = None
        self.complain(sentence)

    def _show(self, found: Comparison) -> None:
        self._task, self.comparison = None, found
        session = self._workbench.session
        labels = session.project.label_set if session is not None else LabelSet()
        self._show_figures(found, labels)
        self._show_confusion(found, labels)
        self.differences.clear()
        for one in found.differences[:_SHOWN]:
            item = QListWidgetItem(_said(one, labels))
            item.setData(PLACE, one)
            self.differences.addItem(item)
        count = len(found.differences)
        self._more.setText(say("comparing.count", count=count, shown=min(count, _SHOWN)))

    def _show_figures(self, found: Comparison, labels: LabelSet) -> None:
        rows = [*((_title(labels, name), one) for name, one in found.labels.items())]
        rows.append((say("comparing.total"), found.total))
        table = self.figures
        table.setColumnCount(len(_COLUMNS))
        table.setRowCount(len(rows))
        table.setHorizontalHeaderLabels([say(f"comparing.{name}") for name in _COLUMNS])
        table.verticalHeader().hide()
        for row, (title, one) in enumerate(rows):
            shares = (one.precision, one.recall, one.f1)
            counts = (one.right, one.suggested, one.annotated)
            texts = [title, *(f"{share:.3f}" for share in shares), *map(str, counts)]
            for column, text in enumerate(texts):
                table.setItem(row, column, _cell(text, right=column > 0))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _show_confusion(self, found: Comparison, labels: LabelSet) -> None:
        names = sorted({name for pair in found.confusion for name in pair}, key=lambda name: (not name, name))
        table = self.confusion
        table.setRowCount(len(names))
        table.setColumnCount(len(names))
        titles = [_title(labels, name) for name in names]
        table.setVerticalHeaderLabels([say("comparing.as_annotated", label=title) for title in titles])
        table.setHorizontalHeaderLabels([say("comparing.as_suggested", label=title) for title in titles])
        for row, one in enumerate(names):
            for column, two in enumerate(names):
                count = found.confusion.get((one, two), 0)
                table.setItem(row, column, _cell(str(count) if count else "·", right=True))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _go(self, item: QListWidgetItem | None) -> None:
        """Show a difference in the text."""
        one = item.data(PLACE) if item is not None else None
        document = self._workbench.document
        if one is None or document is None or document.id != one.doc:
            return
        if one.span is not None and one.span.id in document.spans:
            self._workbench.select(one.span.id, reveal=True)
        elif one.end <= len(document.text(one.side)):
            self._workbench.move(Cursor.over(one.side, one.start, one.end))


def compare_source(workbench: Workbench, parent: QWidget) -> ComparingDialog:
    """Open the dialog on the document shown; the text stays at hand beside it."""
    dialog = ComparingDialog(workbench, parent)
    dialog.setModal(False)
    dialog.show()
    return dialog


def _compared(
    evidence: Evidence, kept: Mapping[str, Mapping[str, Any]], document: Document, job: Job
) -> Comparison:
    """What the project's one source suggests that knows the other documents, but not what is annotated and
    finished in this one."""
    offers = prepare(evidence, job, setups=kept).offers
    bare = Document(document.id, document.info, document.zh, document.en, document.pairs)
    found: list[Suggestion] = []
    for row in range(len(document.pairs)):
        job.progress(row, len(document.pairs))
        found.extend(ask(offers, bare, row, evidence.project.label_set).found)
    return compare([(document, found)])


def _title(labels: LabelSet, name: str) -> str:
    return labels.title(name, language()) if name else say("comparing.nothing")


def _said(one: Difference, labels: LabelSet) -> str:
    parts = [
        f"{shortened(each.quote)} ({_title(labels, each.label)})"
        for each in (one.span, one.suggestion)
        if each is not None
    ]
    return say(f"comparing.kind.{one.kind}", what=" ≠ ".join(parts))


def _cell(text: str, *, right: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    item.setTextAlignment(edge | Qt.AlignmentFlag.AlignVCenter)
    return item
