"""The problems panel: what is likely wrong, kind by kind, to jump to, to fix, or to dismiss for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.labels import LabelSet
from annotator.core.messages import say
from annotator.qt.panels.base import EmptyState, Panel, above_list, attempt, fill_choices, give_way
from annotator.qt.panels.problemdelegate import ProblemDelegate
from annotator.qt.panels.problemmodel import ProblemModel
from annotator.qt.panels.tree import Tree
from annotator.qt.problemwatch import count_in_words, watch_of
from annotator.qt.tasks import Task
from annotator.qt.theme import themes
from annotator.qt.workbench import Workbench
from annotator.services.cursor import Cursor
from annotator.services.dismissing import dismiss, restore
from annotator.services.problems import KINDS, Problem, located, mendable

_OPEN, _WARNINGS, _DISMISSED = "open", "warnings", "dismissed"
_SIFT_MS = 150
_AT_ONCE = 50
"""So many problems are mended while the user waits; more in the background."""
_UNFOLDED = 60
"""Problems of a kind that is unfolded from the start."""


class Problems(Panel):
    """The problems of the document shown, under their kinds."""

    id = "problems"
    title_key = "panel.problems"
    icon = "warning"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._watch = watch_of(workbench)
        self._model = ProblemModel(self)
        self._folded: dict[str, bool] = {}
        self._task: Task | None = None
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._search = QLineEdit(clearButtonEnabled=True)
        self._filter = QComboBox()
        give_way(self._filter)
        self._summary = QLabel(wordWrap=True)
        self._summary.setProperty("role", "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._tree = Tree(self._model, ProblemDelegate, 16)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._pages = {
            name: EmptyState(f"problems.{name}.title", f"problems.{name}.text")
            for name in ("none", "nothing", "checking", "no_match")
        }
        self._stack = QStackedWidget()
        for page in (*self._pages.values(), self._tree):
            self._stack.addWidget(page)
        self._fix, self._dismiss = QPushButton(), QPushButton()
        buttons = QHBoxLayout()
        buttons.setContentsMargins(12, 8, 12, 10)
        buttons.setSpacing(8)
        buttons.addWidget(self._fix, 1)
        buttons.addWidget(self._dismiss, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above_list(self._search, self._filter, self._summary, self._bar))
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)
        self.setFocusProxy(self._tree)

    def _connect(self) -> None:
        self._sift_pause = QTimer(self, interval=_SIFT_MS, singleShot=True)
        self._sift_pause.timeout.connect(self._show)
        self._search.textChanged.connect(lambda _: self._sift_pause.start())
        self._search.returnPressed.connect(self._into_tree)
        self._filter.currentIndexChanged.connect(lambda _: self._show())
        self._tree.clicked.connect(self._jump)
        self._tree.confirmed.connect(self._jump)
        self._tree.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self._tree.expanded.connect(lambda index: self._remember(index, folded=False))
        self._tree.collapsed.connect(lambda index: self._remember(index, folded=True))
        self._fix.clicked.connect(self.fix_selected)
        self._dismiss.clicked.connect(self.dismiss_selected)
        self._watch.changed.connect(self._show)
        themes().changed.connect(self._tree.viewport().update)

    def retranslate(self) -> None:
        """Say everything again."""
        self._search.setPlaceholderText(say("problems.search"))
        self._search.setAccessibleName(say("problems.search"))
        self._filter.setAccessibleName(say("problems.filter"))
        self._tree.setAccessibleName(say(self.title_key))
        self._bar.setAccessibleName(say("problems.checking.title"))
        for page in self._pages.values():
            page.retranslate()
        self._name_filters()
        self._tell()
        self._offer()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever looks wants to see the problems of a large document too."""
        super().showEvent(event)
        self._watch.want()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap at the width that there is."""
        super().resizeEvent(event)
        self._tree.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete dismisses what is selected, or restores it."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._tree.hasFocus():
            self.dismiss_selected()
            return
        super().keyPressEvent(event)

    @property
    def selected(self) -> list[Problem]:
        """The selected problems in the order of the text; a selected kind stands for all of it."""
        found: dict[str, Problem] = {}
        for index in self._tree.selectionModel().selectedRows():
            found.update((problem.key, problem) for problem in self._model.problems(index))
        if len(found) < 2:
            return list(found.values())
        return [problem for _, problems in self._model.groups for problem in problems if problem.key in found]

    def show_problem(self, problem: Problem) -> None:
        """Bring a problem into sight and select it."""
        index = self._model.reach(problem)
        if index.isValid():
            self._tree.setCurrentIndex(index)
            self._tree.scrollTo(index)

    def fix_selected(self) -> None:
        """Mend what is selected, as one step."""
        if self._task is not None:
            self._task.cancel()
            self._on_mended()
            return
        problems = [problem for problem in self.selected if mendable(problem)]
        if len(problems) > _AT_ONCE:
            self._mend_many(problems)
        elif problems:
            attempt(self.workbench, lambda: self._watch.mending(problems))

    def _mend_many(self, problems: list[Problem]) -> None:
        """Mend in the background; the button then stops it."""
        self._task = self._watch.mend_many(problems)
        if self._task is not None:
            self._task.progressed.connect(self._on_progress)
            self._task.ended.connect(self._on_mended)
            self._bar.show()
            self._offer()

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_mended(self) -> None:
        self._task = None
        self._bar.setRange(0, 100)
        self._tell()
        self._offer()

    def dismiss_selected(self) -> None:
        """Dismiss what is selected for good; in the list of dismissed problems, bring it back."""
        document, keys = self.workbench.document, [problem.key for problem in self.selected]
        if document is None or not keys:
            return
        if self._filter.currentData() == _DISMISSED:
            attempt(self.workbench, lambda: restore(document, keys))
        else:
            attempt(self.workbench, lambda: dismiss(document, keys, by=self.workbench.annotator))

    def _name_filters(self) -> None:
        count, names = len(self._watch.dismissed), (_OPEN, _WARNINGS, _DISMISSED)
        fill_choices(self._filter, [(say(f"problems.filter.{name}", count=count), name) for name in names])

    def _show(self) -> None:
        """Show what is known now, as far as the filter and the search let it through."""
        if not self.isVisible():
            return
        session, watch = self.workbench.session, self._watch
        labels = session.project.label_set if session else LabelSet()
        self._name_filters()
        current = self._model.problem(self._tree.currentIndex())
        kind, place = self._model.kind(self._tree.currentIndex()), self._tree.currentIndex().row()
        top = self._tree.verticalScrollBar().value()
        self._model.put(watch.document, labels, self._sifted())
        self._unfold()
        self._restore(current, kind.id if kind else "", place)
        self._tree.verticalScrollBar().setValue(top)
        self._tell()
        self._offer()

    def _sifted(self) -> Sequence[Problem]:
        chosen, watch = self._filter.currentData(), self._watch
        problems = watch.dismissed if chosen == _DISMISSED else watch.problems
        if chosen == _WARNINGS:
            problems = [one for one in problems if not (one.weak or KINDS[one.kind].severity == "hint")]
        wanted = self._search.text().strip().casefold()
        if not wanted or watch.document is None:
            return problems
        self._model.document = watch.document
        return [one for one in problems if wanted in self._model.sentence(one).casefold()]

    def _unfold(self) -> None:
        self._tree.blockSignals(True)
        for row, (kind, problems) in enumerate(self._model.groups):
            folded = self._folded.get(kind.id, len(problems) > _UNFOLDED)
            self._tree.setExpanded(self._model.index(row, 0), not folded)
        self._tree.blockSignals(False)

    def _remember(self, index: QModelIndex, *, folded: bool) -> None:
        kind = self._model.kind(index)
        if kind is not None:
            self._folded[kind.id] = folded

    def _restore(self, current: Problem | None, kind: str, row: int) -> None:
        """The same problem or kind stays current; if the problem is gone, the next of its kind is."""
        kinds = [one.id for one, _ in self._model.groups]
        if kind not in kinds:
            return
        parent = self._model.index(kinds.index(kind), 0)
        index = parent if current is None else self._model.reach(current)
        if not index.isValid():
            index = self._model.index(min(row, self._model.rowCount(parent) - 1), 0, parent)
        self._tree.setCurrentIndex(index)

    def _tell(self) -> None:
        watch, groups = self._watch, self._model.groups
        there = bool(watch.problems or watch.dismissed)
        checking = not watch.complete and self.workbench.document is not None
        page = "nothing" if self.workbench.document is None else "checking" if checking else "none"
        if not groups and page == "none" and self._narrowed():
            page = "no_match"
        self._stack.setCurrentWidget(self._tree if groups else self._pages[page])
        self._search.setEnabled(there)
        self._filter.setEnabled(there)
        self._summary.setText(self._counts())
        self._summary.setVisible(there)
        if self._task is None:
            self._bar.setVisible(checking)
            self._bar.setValue(watch.progress)

    def _narrowed(self) -> bool:
        """Whether the filter or the search may be why there is nothing to show."""
        chosen = self._filter.currentData()
        return bool(self._watch.problems) or (chosen == _DISMISSED and bool(self._watch.dismissed))

    def _counts(self) -> str:
        watch = self._watch
        counts = count_in_words(len(watch.problems))
        if not watch.dismissed:
            return counts
        return say("problems.counts", problems=counts, dismissed=f"{len(watch.dismissed):,}")

    def _offer(self) -> None:
        """Say what the buttons would do to what is selected."""
        session, problems = self.workbench.session, self.selected
        writable = session is not None and session.read_only is None
        restoring = self._filter.currentData() == _DISMISSED
        fixable = [problem for problem in problems if mendable(problem)]
        sure = len(problems) == 1 or all(KINDS[problem.kind].bulk for problem in fixable)
        many = len(problems) > 1
        fix = say("problems.fix_many", count=len(fixable)) if many else say("problems.fix")
        self._fix.setText(fix if self._task is None else say("window.stop"))
        verb = "restore" if restoring else "dismiss"
        self._dismiss.setText(
            say(f"problems.{verb}_many", count=len(problems)) if many else say(f"problems.{verb}")
        )
        possible = writable and bool(fixable) and sure and not restoring
        self._fix.setEnabled(possible or self._task is not None)
        self._dismiss.setEnabled(writable and bool(problems))
        self._fix.setToolTip(say("problems.fix.tip"))
        self._dismiss.setToolTip(say(f"problems.{verb}.tip"))

    def _into_tree(self) -> None:
        if self._model.rowCount():
            self._tree.setFocus(Qt.FocusReason.TabFocusReason)
            self._tree.setCurrentIndex(self._model.index(0, 0))

    def _jump(self, index: QModelIndex) -> None:
        problem = self._model.problem(index)
        if problem is not None:
            jump(self.workbench, problem)
        elif index.isValid() and not self._tree.selectionModel().selectedRows():
            self._tree.setExpanded(index, not self._tree.isExpanded(index))


def jump(workbench: Workbench, problem: Problem, nth: int = 0) -> bool:
    """Select the span at a place of a problem, else its text; whether it is still there."""
    document = workbench.document
    places = problem.places
    at = located(document, places[min(nth, len(places) - 1)]) if document else None
    if document is None or at is None or at.end > len(document.text(at.side)):
        return False
    there = document.spans.overlapping(at.side, at.start, at.end)
    span = next((one for one in there if (one.start, one.end) == (at.start, at.end)), None)
    about = document.spans.get(problem.about)
    if about is not None and about in there:
        span = about
    if span is not None:
        workbench.select(span.id, reveal=True)
    else:
        workbench.move(Cursor.over(at.side, at.start, at.end))
    return True
