"""The line at the bottom: saved or not, how far the document is, where the caret stands."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from annotator.core.document import Document
from annotator.core.messages import language, say
from annotator.qt.autosave import Autosave
from annotator.qt.elided import ElidedLabel
from annotator.qt.icons import pixmap, wear
from annotator.qt.problemwatch import count_in_words, watch_of
from annotator.qt.theme import theme, themes
from annotator.qt.workbench import Workbench

_WORK = 260
WAIT_MS = 300
"""Work that ends sooner shows no progress."""


class SavedState(QWidget):
    """An icon and a word for whether everything is on disk."""

    def __init__(self, workbench: Workbench, autosave: Autosave) -> None:
        super().__init__()
        self._workbench, self._autosave = workbench, autosave
        self._picture, self.words = QLabel(self), QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 8, 0)
        layout.setSpacing(5)
        layout.addWidget(self._picture)
        layout.addWidget(self.words)

    def update_state(self) -> None:
        """Look again."""
        session = self._workbench.session
        self.setVisible(session is not None)
        if session is None:
            return
        reason = str(session.read_only) if session.read_only else ""
        key = "window.read_only" if reason else f"window.state.{self._autosave.condition}"
        name, colour = {
            "window.read_only": ("lock", theme().warning),
            "window.state.saved": ("saved", theme().done),
            "window.state.saving": ("saving", theme().muted),
            "window.state.journal": ("warning", theme().warning),
        }[key]
        self._picture.setPixmap(pixmap(name, 16, colour))
        self.words.setText(say(key))
        self.setToolTip(reason or say(f"{key}.tip"))
        self.setAccessibleName(f"{say(key)} {reason}".strip())


class Watched(Protocol):
    """Work that can be watched and stopped."""

    progressed: Any
    ended: Any

    def cancel(self) -> None:
        """Stop it."""


class WorkBar(QWidget):
    """Shows long work with its progress and a button that stops it; appears only if it takes a while."""

    came_or_went = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._task: Watched | None = None
        self._words, self._bar, self._stop = ElidedLabel(parent=self), QProgressBar(self), QToolButton(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 6)
        self._stop.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        layout.addWidget(self._stop)
        self._patience = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._patience.timeout.connect(self._appear)
        self.hide()

    def watch(self, task: Watched, words: str) -> None:
        """Show this task from now on."""
        self._task = task
        self.rename(task, words)
        self._bar.setRange(0, 0)
        task.progressed.connect(self._progress)
        task.ended.connect(lambda: self._end(task))
        self._patience.start()

    def rename(self, task: Watched, words: str) -> None:
        """Call this task so from now on, if it is the one shown."""
        if task is self._task:
            self._words.setText(words)
            self._stop.setText(say("window.stop"))
            self._bar.setAccessibleName(words)

    def stop(self) -> None:
        """Stop what is under way."""
        if self._task is not None:
            self._task.cancel()
            self._end(self._task)

    def _appear(self) -> None:
        self.setVisible(self._task is not None)
        self.came_or_went.emit()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, min(total, 2**31 - 1))
        self._bar.setValue(done)

    def _end(self, task: Watched) -> None:
        if task is self._task:
            self._task = None
            self._words.clear()
            self._bar.setAccessibleName("")
            self.hide()
            self.came_or_went.emit()


class StatusBar(QStatusBar):
    """The window's status line."""

    def __init__(self, workbench: Workbench, autosave: Autosave) -> None:
        super().__init__()
        self._workbench = workbench
        self._hint = ""
        self.setSizeGripEnabled(False)
        self.state = SavedState(workbench, autosave)
        self.work = WorkBar()
        self.progress, self.bar = QLabel(), QProgressBar()
        self.spans, self.place, self.annotator, self.zoom = ElidedLabel(), QLabel(), QLabel(), QToolButton()
        self.problems = QToolButton()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(90, 6)
        self.addWidget(self.state)
        self.addWidget(self.progress)
        self.addWidget(self.bar)
        self.addWidget(self.work)
        for one in (self.place, self.spans, self.annotator):
            one.setProperty("role", "muted")
            one.setContentsMargins(8, 0, 8, 0)
            self.addPermanentWidget(one)
        self._add_problems()
        self.zoom.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.zoom.setIconSize(QSize(16, 16))
        self.addPermanentWidget(self.zoom)
        self.work.came_or_went.connect(self._fit)
        autosave.changed.connect(lambda _: self.state.update_state())
        themes().changed.connect(self.state.update_state)
        for signal in (workbench.cursor_moved, workbench.span_selected):
            signal.connect(lambda *_: self._show_place())
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew."""
        self.state.update_state()
        document = self._workbench.document
        for one in (self.progress, self.bar, self.spans, self.place):
            one.setVisible(document is not None)
        self.annotator.setVisible(self._workbench.session is not None)
        self.zoom.setVisible(self._workbench.session is not None)
        self.annotator.setText(say("window.annotator", name=self._workbench.annotator))
        if document is not None:
            self._show_progress(document)
            self._show_place()
        self._fit()

    def show_problems(self) -> None:
        """Show how many problems are known; nothing while there are none."""
        count = len(self._watch.problems)
        self.problems.setText(f"{count:,}")
        self.problems.setVisible(count > 0)
        self.problems.setToolTip(count_in_words(count))
        self.problems.setAccessibleName(count_in_words(count))

    def _add_problems(self) -> None:
        self._watch = watch_of(self._workbench)
        wear(self.problems, "warning")
        self.problems.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.problems.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.problems.setIconSize(QSize(16, 16))
        self.problems.setAutoRaise(True)
        self.problems.hide()
        self.addPermanentWidget(self.problems)
        self._watch.changed.connect(self.show_problems)

    def set_zoom(self, percent: int) -> None:
        """Show the size of the text."""
        self.zoom.setText(f"{percent}%")
        self.zoom.setToolTip(say("window.zoom_tip"))
        self.zoom.setAccessibleName(say("window.zoom", percent=percent))

    def show_hint(self, text: str) -> None:
        """Say what keys do now instead of how much is annotated; empty for the latter again."""
        self._hint = text
        if self._workbench.document is not None:
            self._show_progress(self._workbench.document)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Never the reason why the window cannot be narrower."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Leave out the less important in a narrow window."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        document, width = self._workbench.document, self.width()
        self.annotator.setVisible(self._workbench.session is not None and width >= 900)
        room = width - (_WORK if self.work.isVisible() else 0)
        self.spans.setVisible(document is not None and (room >= 700 or bool(self._hint)))
        self.bar.setVisible(document is not None and room >= (700 if self._hint else 560))

    def _show_progress(self, document: Document) -> None:
        done, total = len(document.done), len(document.pairs)
        self.progress.setText(say("window.progress", done=done, total=total))
        doubtful = len(document.pairs.doubtful)
        self.progress.setToolTip(say("window.doubtful", count=doubtful) if doubtful else "")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.bar.setAccessibleName(self.progress.text())
        counts = say("window.spans", count=len(document.spans), links=len(document.links))
        session = self._workbench.session
        begin = not len(document.spans) and session is not None and session.read_only is None
        self.spans.setText(self._hint or (say("window.hint.first") if begin else counts))

    def _show_place(self) -> None:
        document, cursor = self._workbench.document, self._workbench.cursor
        if document is None:
            return
        row = document.pairs.row_at(cursor.side, cursor.offset)
        selection = cursor.selection
        text = say("window.place", row=row + 1, side=say(f"window.side.{cursor.side}"))
        if selection is not None:
            text += say("window.selected", count=selection[1] - selection[0])
        span, session = self._workbench.span, self._workbench.session
        if span is not None and session is not None:
            title = session.project.label_set.title(span.label, language())
            text += say("window.place_label", label=title)
        self.place.setText(text)
