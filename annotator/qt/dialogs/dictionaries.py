"""The dictionaries in force: the user's own and the project's, added, removed and given to the project.

A change holds at once; there is nothing to confirm at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.qt.baseline import BaselineDelegate
from annotator.qt.dialogs.base import Dialog, muted, start_with
from annotator.qt.dialogs.running import Running
from annotator.qt.icons import icon
from annotator.qt.knowledge import KnowledgeKeeper, prepare
from annotator.qt.theme import theme
from annotator.qt.workbench import Workbench
from annotator.services import dictionaries as service
from annotator.services.dictionaries import SUFFIXES, Dictionary
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.qt.actions.registry import Context

_NAME, _OWNER, _WORDS, _STATE = range(4)
_KEY = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DictionariesDialog(Dialog):
    """A list of the dictionaries in force with what came of reading each."""

    align_wanted = Signal()
    """The user wants the document aligned anew with what is known now."""

    def __init__(
        self, workbench: Workbench, settings: Settings, keeper: KnowledgeKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(say("dictionaries.title"), parent)
        self._workbench, self._settings, self._keeper = workbench, settings, keeper
        self._refused: dict[Path, str] = {}
        self._rows: list[Dictionary] = []
        self._altered = False
        self.setAcceptDrops(True)
        self._build()
        self.setMinimumWidth(30 * self.fontMetrics().height())
        start_with(self, 680, 480)
        keeper.changed.connect(self._fill)
        keeper.read()
        self._fill()

    def _build(self) -> None:
        self.body.addWidget(muted(say("dictionaries.about")))
        self.list = self._build_list()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._build_empty())
        self.body.addWidget(self._pages, 1)
        self._detail = QLabel(wordWrap=True)
        self._detail.setProperty("role", "error")
        self.body.addWidget(self._detail)
        self.body.addLayout(self._build_work())
        self.body.addLayout(self._build_buttons())
        self._offer = self._build_offer()
        self.body.addWidget(self._offer)
        self.add_cancel(say("button.close"))

    def _build_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(4)
        columns = ("name", "owner", "words", "state")
        tree.setHeaderLabels([say(f"dictionaries.column.{column}") for column in columns])
        tree.setRootIsDecorated(False)
        tree.setItemDelegate(BaselineDelegate(tree))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAccessibleName(say("dictionaries.title"))
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        tree.headerItem().setTextAlignment(_WORDS, _RIGHT)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_OWNER, _WORDS, _STATE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(lambda *_: self._enable())
        return tree

    def _build_empty(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "drop")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addStretch(1)
        for text in (say("dictionaries.empty"), say("dictionaries.cedict")):
            layout.addWidget(QLabel(text, wordWrap=True))
        layout.addStretch(1)
        return frame

    def _build_work(self) -> QHBoxLayout:
        self._progress = Running()
        self._progress.setAccessibleName(say("dictionaries.reading"))
        self._stop = _button(say("window.stop"), self.stop)
        row = QHBoxLayout()
        row.addWidget(self._progress, 1)
        row.addWidget(self._stop)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        self._add = _button(say("dictionaries.add"), self._choose)
        self._remove = _button(say("dictionaries.remove"), self.remove)
        self._give = _button(say("dictionaries.give"), self.give)
        self._give.setToolTip(say("dictionaries.give.tip"))
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._add, self._remove, self._give):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_offer(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        self._offered = QLabel(wordWrap=True)
        self._align = _button(say("dictionaries.align"), self._align_again)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._offered, 1)
        row.addWidget(self._align)
        return frame

    @property
    def busy(self) -> bool:
        """Whether something is read, copied or moved just now."""
        return self._progress.busy or self._keeper.reading

    def add(self, paths: Sequence[Path]) -> None:
        """Take files among the user's own; what is no dictionary stays in the list with the reason."""
        if paths and not self._progress.busy:
            for path in paths:
                self._refused.pop(path, None)
            self._work(self._added, _take_all, self._own(), list(paths))

    def remove(self) -> None:
        """Take the chosen one out of force."""
        chosen = self._chosen()
        if chosen is None or self._progress.busy:
            return
        folder = self._keeper.project_folder
        if chosen.path in self._refused:
            del self._refused[chosen.path]
            self._fill()
        elif chosen.owner == "user":
            self._put(service.without_path(self._own(), chosen))
        elif folder is not None and self._agree(say("dictionaries.remove.ask", name=chosen.name)):
            self._work(lambda _: self._put(self._own()), _take_away, folder, chosen)

    def give(self) -> None:
        """Give the chosen one of the user's own to the project."""
        chosen, folder = self._chosen(), self._keeper.project_folder
        if chosen is not None and folder is not None and not self._progress.busy:
            self._work(self._put, _give, folder, self._own(), chosen)

    def stop(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        self._progress.stop()
        self._fill()

    def reject(self) -> None:
        """Stop what is under way, and close."""
        self.stop()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the dialog."""
        if event.mimeData().hasUrls() and not self._progress.busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the chosen one, Insert adds."""
        if event.key() == Qt.Key.Key_Delete and self._remove.isEnabled():
            self.remove()
        elif event.key() == Qt.Key.Key_Insert and self._add.isEnabled():
            self._choose()
        else:
            super().keyPressEvent(event)

    def _own(self) -> list[str]:
        return list(self._settings.get("dictionaries"))

    def _choose(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(
            self, say("dictionaries.add").rstrip("…"), "", say("dictionaries.filter", kinds=kinds)
        )
        self.add([Path(name) for name in names])

    def _chosen(self) -> Dictionary | None:
        item = self.list.currentItem()
        row = self.list.indexOfTopLevelItem(item) if item is not None else -1
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _agree(self, question: str) -> bool:
        answer = QMessageBox.question(self, say("dictionaries.title"), question)
        return answer == QMessageBox.StandardButton.Yes

    def _work(self, then: Callable[[Any], None], function: Callable[..., Any], *args: Any) -> None:
        self.complain("")

        self._progress.start(function, *args, on_done=then, on_error=self._on_failed)
        self._enable()

    def _on_failed(self, sentence: str) -> None:
        self._fill()
        self.complain(sentence)

    def _added(self, result: tuple[list[str], dict[Path, str]]) -> None:
        own, refused = result
        self._refused.update(refused)
        if own == self._own():
            self._fill()
        else:
            self._put(own)

    def _put(self, own: list[str]) -> None:
        """Let this be the user's list, and read what is in force now."""
        try:
            self._settings.set("dictionaries", own)
        except AnnotatorError as error:
            self.complain(str(error))
        self._altered = True
        self._keeper.read()
        self._fill()

    def _fill(self) -> None:
        chosen = self._chosen()
        self._rows = [*self._keeper.dictionaries(), *(Dictionary(path, "user") for path in self._refused)]
        with QSignalBlocker(self.list):
            self.list.clear()
            for dictionary in self._rows:
                self.list.addTopLevelItem(self._item(dictionary))
            paths = [one.path for one in self._rows]
            row = paths.index(chosen.path) if chosen is not None and chosen.path in paths else 0
            item = self.list.topLevelItem(row)
            if item is not None:
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)
        self._pages.setCurrentIndex(0 if self._rows else 1)
        self._enable()

    def _item(self, dictionary: Dictionary) -> QTreeWidgetItem:
        volumes = {volume.dictionary.path: volume for volume in self._keeper.volumes}
        volume = volumes.get(dictionary.path)
        trouble = self._refused.get(dictionary.path, "")
        if not trouble and volume is not None and volume.trouble is not None:
            trouble = str(volume.trouble)
        known = volume is not None and not trouble
        words = f"{len(volume.entries):,}" if volume is not None and known else ""
        state = say(f"dictionaries.state.{'broken' if trouble else 'used' if known else 'reading'}")
        owner = "refused" if dictionary.path in self._refused else dictionary.owner
        item = QTreeWidgetItem([dictionary.name, say(f"dictionaries.owner.{owner}"), words, state])
        item.setTextAlignment(_WORDS, _RIGHT)
        item.setToolTip(_NAME, str(dictionary.path))
        item.setToolTip(_STATE, trouble or state)
        item.setData(_NAME, _KEY, trouble)
        if trouble:
            item.setIcon(_STATE, icon("warning", theme().warning))
        return item

    def _enable(self) -> None:
        chosen, item, idle = self._chosen(), self.list.currentItem(), not self._progress.busy
        trouble = str(item.data(_NAME, _KEY)) if item is not None else ""
        self._detail.setText(trouble)
        self._detail.setVisible(bool(trouble))
        writable = self._workbench.session is not None and self._workbench.session.read_only is None
        mine = chosen is not None and chosen.owner == "user"
        self._add.setEnabled(idle)
        self._remove.setEnabled(idle and chosen is not None and (mine or writable))
        self._give.setEnabled(idle and mine and not trouble and writable)
        self._progress.setVisible(self.busy)
        self._stop.setVisible(self._progress.busy)
        self._offer_alignment(writable)

    def _offer_alignment(self, writable: bool) -> None:
        document = self._workbench.document
        wanted = self._altered and not self.busy and document is not None and writable
        if wanted and document is not None:
            self._offered.setText(say("dictionaries.offer", document=document.title))
        self._offer.setVisible(wanted)

    def _align_again(self) -> None:
        self.align_wanted.emit()
        self.accept()


def _button(text: str, slot: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _: slot())
    return button


def _take_all(own: list[str], paths: list[Path], *, job: Job) -> tuple[list[str], dict[Path, str]]:
    """The user's list with the files that are dictionaries, and why the others are none."""
    refused: dict[Path, str] = {}
    prepare(paths, job)
    for path in paths:
        try:
            own = service.with_path(own, path, job)
        except Cancelled:
            raise
        except AnnotatorError as error:
            refused[path] = str(error)
    return own, refused


def _take_away(folder: Path, dictionary: Dictionary, *, job: Job) -> None:
    job.progress(0, 1)
    service.remove_from_project(folder, dictionary)


def _give(folder: Path, own: list[str], dictionary: Dictionary, *, job: Job) -> list[str]:
    return service.move_to_project(folder, own, dictionary, job)


def show_dictionaries(context: Context) -> DictionariesDialog | None:
    """Open the dialog over the window."""
    window = context.window
    dialog = DictionariesDialog(context.workbench, window.settings, window.knowledge, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.align_wanted.connect(partial(window.run, "align.again"))
    dialog.open()
    return dialog
