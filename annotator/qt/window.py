"""The window: puts the parts together and keeps the commands in step with the situation."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.commands import Situation
from annotator.core.edits import Caption
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.qt.autosave import Autosave
from annotator.qt.banner import Banner
from annotator.qt.documents import Documents
from annotator.qt.icons import application_icon
from annotator.qt.knowledge import KnowledgeKeeper
from annotator.qt.labelbar import LabelBar
from annotator.qt.menus import CONTEXT_MENU, SUGGESTION_MENU, Commands
from annotator.qt.parallel.view import ParallelView
from annotator.qt.projects import Projects
from annotator.qt.sidebar import Sidebar
from annotator.qt.statusbar import StatusBar
from annotator.qt.tasks import slices
from annotator.qt.toasts import Toasts
from annotator.qt.viewoptions import dress
from annotator.qt.workbench import Workbench
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.qt.actions.registry import Context
    from annotator.qt.empty import Empty
    from annotator.qt.start import Start

SIZE = (1280, 820)
AFTER_PAINT_MS = 10
"""What may lag behind an edit lets the text be painted first."""
NARROW, NARROWER = 1000, 720
"""Below these widths the sidebar, then the list of documents, steps aside. Below the first only one of them
shows at a time, the one asked for last, so that the text stays wide enough to be read."""

_SHARE = 0.45
"""Of a narrow window the sidebar shows in no more than so much."""


class Window(QMainWindow):
    """Annotator's window."""

    painted = Signal()
    """The first screen of the document, or the first page, has been painted."""

    def __init__(self, workbench: Workbench, settings: Settings) -> None:
        super().__init__()
        self.workbench, self.settings = workbench, settings
        self.autosave = Autosave(workbench)
        self.projects = Projects(workbench, settings, self.autosave)
        self.knowledge = workbench.knowledge = KnowledgeKeeper(workbench, settings, self.projects)
        self.view = ParallelView(workbench)
        self._unseen = True
        self._sidebar_wanted, self._sidebar_forced = True, False
        self._documents_wanted, self._documents_forced = True, False
        self._sidebar_first = True
        self.commands = Commands(self, self.view, self._context)
        self.commands.set_keys(settings.get("keys"))
        self._build()
        self._connect()
        self._restore()
        self.setAcceptDrops(True)
        self._on_document()

    @cached_property
    def start(self) -> Start:
        """The first screen; made when it is wanted, since most starts open a project at once."""
        from annotator.qt.start import Start

        page = Start(self.commands, self.projects, self.settings)
        self.pages.addWidget(page)
        return page

    @cached_property
    def empty(self) -> Empty:
        """What stands in the middle while there is no text; made when it is wanted."""
        from annotator.qt.empty import Empty

        page = Empty(self.commands)
        self.centre.addWidget(page)
        return page

    def run(self, command_id: str, argument: str = "") -> None:
        """Do what is bound to a command."""
        self.commands.run(command_id, argument)

    def show_panel(self, panel_id: str) -> QWidget | None:
        """Open the sidebar at a panel."""
        self._sidebar_wanted = self._sidebar_forced = self._sidebar_first = True
        self._arrange()
        return self.sidebar.open(panel_id)

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar, in a narrow window too."""
        self._sidebar_wanted = self._sidebar_forced = self._sidebar_first = not self.sidebar.isVisible()
        self._arrange()

    def toggle_documents(self) -> None:
        """Show or hide the list of documents, in a narrow window too."""
        self._documents_wanted = self._documents_forced = not self.documents.isVisible()
        self._sidebar_first = not self._documents_wanted
        self._arrange()

    def show_page(self) -> None:
        """The text if a project is open or on the way, else the first screen."""
        open_now = self.workbench.session is not None or self.projects.opening
        if not open_now:
            self.start.refresh()
        self.pages.setCurrentWidget(self.splitter if open_now else self.start)

    def situation(self) -> Situation:
        """What the user has before them."""
        bench = self.workbench
        session, document, span = bench.session, bench.document, bench.span
        if session is None:
            return Situation()
        return Situation(
            project=True,
            document=document is not None,
            writable=session.read_only is None,
            selection=bench.cursor.selection is not None,
            span=span is not None,
            suggestion=bench.suggestion is not None,
            linked=bool(document and span and document.links.partners(span.id)),
            can_undo=session.undo_caption() is not None,
            can_redo=session.redo_caption() is not None,
        )

    def areas(self) -> list[QWidget]:
        """The parts of the window that F6 goes through."""
        if self.pages.currentWidget() is not self.splitter:
            return [self.start]
        parts = (self.documents.list, self.view, self.sidebar.tabBar())
        return [part for part in parts if part.isVisible()]

    def after_paint(self) -> None:
        """What can wait until the window has been seen."""
        from annotator.qt.review.desk import ReviewDesk
        from annotator.qt.settling import Settling

        QApplication.setWindowIcon(application_icon())
        self.commands.ensure()
        self.commands.tick()
        self.sidebar.fill()
        self._restore_panel()
        if not self.workbench.words.ready:
            slices(self, self.workbench.words.load_slices())
        self.knowledge.begin()
        Settling(self.workbench)
        self.banner.check_fonts()
        self.desk = ReviewDesk(self)
        self.review = self.desk.review
        if self.settings.damaged is not None:
            self.workbench.tell(say("window.settings_damaged", path=self.settings.damaged), "warning")

    def keep_layout(self) -> None:
        """Remember how the window is arranged."""
        state = {
            "geometry": _packed(self.saveGeometry()),
            "splitter": _packed(self.splitter.saveState()),
            "sidebar": self._sidebar_wanted,
            "documents": self._documents_wanted,
            "panel": self.sidebar.current,
        }
        with suppress(AnnotatorError):
            self.settings.set("window", state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From everywhere beside the text, Escape leads back to it."""
        if event.key() == Qt.Key.Key_Escape and self.workbench.document is not None:
            self.view.setFocus()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout, save, and go."""
        self.keep_layout()
        seen, trouble = self.isVisible(), self.projects.close()
        if trouble and seen:
            QMessageBox.warning(self, say("window.close_anyway.title"), trouble)
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.commands.retranslate()
            self._refresh()
            if self.workbench.review is not None:
                self.desk.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let side columns step aside in a narrow window."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the first screen is there."""
        super().paintEvent(event)
        if self._unseen and not self.projects.opening:
            QTimer.singleShot(0, self._seen)

    def _seen(self) -> None:
        if self._unseen and self.isVisible():
            self._unseen = False
            self.painted.emit()

    def _on_opening_over(self) -> None:
        # The pages may cover the window, which then has nothing of its own left to paint.
        QTimer.singleShot(AFTER_PAINT_MS, self._seen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and text may be dropped anywhere."""
        if _paths(event.mimeData()) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped project, import dropped texts."""
        event.acceptProposedAction()
        self.take(_paths(event.mimeData()), event.mimeData().text())

    def take(self, paths: list[Path], text: str = "") -> None:
        """Open a project's folder, or import files, folders of them, or a text."""
        from annotator.services.receiving import hold_annotations
        from annotator.store.library import is_project

        if self.workbench.session is not None and hold_annotations(paths):
            self.run("file.import_annotations", "\n".join(str(path) for path in paths))
        elif len(paths) == 1 and is_project(paths[0]):
            self.projects.open(paths[0])
        elif paths:
            self.run("file.import", "\n".join(str(path) for path in paths))
        elif text.strip():
            self.run("file.import_clipboard", text)

    def _context(self, argument: str) -> Context:
        from annotator.qt.actions.registry import Context

        return Context(self.workbench, self.view, self, argument)

    def _build(self) -> None:
        self.labels = LabelBar(self.workbench, self.view, lambda label: self.run("annotate.label", label))
        self.documents = Documents(self.workbench, self.commands, self.projects)
        self.sidebar = Sidebar(self.workbench)
        self.banner = Banner()
        self.centre = QStackedWidget()
        self.centre.addWidget(self.view)
        middle = _column(self.labels, self.centre)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in (self.documents, middle, self.sidebar):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.documents.setMinimumWidth(150)
        self.sidebar.setMinimumWidth(230)
        middle.setMinimumWidth(280)
        # Not the sum of its parts: in a narrow window the side columns step aside, once it is that narrow.
        self.splitter.setMinimumWidth(280)
        letter = self.fontMetrics().height()
        self.splitter.setSizes([14 * letter, 49 * letter, 22 * letter])
        self.pages = QStackedWidget()
        self.pages.addWidget(self.splitter)
        self.setCentralWidget(_column(self.banner, self.pages))
        self.status = StatusBar(self.workbench, self.autosave)
        self.setStatusBar(self.status)
        self.toasts = Toasts(self.pages)

    def _connect(self) -> None:
        bench = self.workbench
        self._later = QTimer(self, singleShot=True, interval=AFTER_PAINT_MS)
        self._later.timeout.connect(self._refresh)
        bench.project_changed.connect(self._on_project)
        bench.document_changed.connect(self._on_document)
        for signal in (bench.edited, bench.cursor_moved, bench.span_selected, bench.suggested):
            signal.connect(self._on_change)
        bench.edited.connect(lambda _: self._later.start())
        bench.message.connect(self.toasts.show_message)
        bench.wanted.connect(self.run)
        bench.text_wanted.connect(self.view.setFocus)
        bench.document_wanted.connect(self.projects.show)
        self.projects.watch = self.status.work.watch
        bench.working.connect(self.status.work.watch)
        self.projects.failed.connect(self.show_page)
        self.projects.failed.connect(self._on_opening_over)
        self.projects.shown.connect(self._on_opening_over)
        self.status.zoom.clicked.connect(lambda: self.run("view.zoom_reset"))
        self.status.problems.clicked.connect(lambda: self.run("panel.problems"))
        self.settings.subscribe(self._on_setting)
        self.view.zoom_changed.connect(self._on_zoom)
        self.view.context_requested.connect(self._on_menu)
        self.view.done_clicked.connect(lambda row: self.run("pair.toggle_done", str(row)))
        self.painted.connect(self.after_paint)

    def _on_project(self) -> None:
        self.show_page()
        self.documents.refresh()

    def _on_document(self) -> None:
        document = self.workbench.document
        there = document is not None and len(document.pairs) > 0
        if not there and self.workbench.session is not None:
            self.empty.show_for(self.workbench.session, document)
        self.centre.setCurrentWidget(self.view if there or not self.workbench.session else self.empty)
        if document is not None:
            self.view.setFocus()
        self._say_title()
        self._on_change()
        self._refresh()

    def _on_change(self, *_: object) -> None:
        self.commands.update(self.situation())

    def _on_setting(self, name: str) -> None:
        if name == "keys":
            self.commands.set_keys(self.settings.get("keys"))
            self._later.start()
        elif name == "annotator":
            self.projects.open_again()
        dress(self.view, self.settings)
        self.status.set_zoom(self.settings.get("zoom"))

    def _on_zoom(self, zoom: float) -> None:
        with suppress(AnnotatorError):
            self.settings.set("zoom", round(zoom * 100))

    def _on_menu(self, point: QPoint) -> None:
        suggested = SUGGESTION_MENU if self.workbench.suggestion is not None else ()
        self.commands.popup(self, (*suggested, *CONTEXT_MENU)).popup(point)

    def _refresh(self) -> None:
        """What may lag behind an edit."""
        self.status.refresh()
        self.documents.describe_current()
        session = self.workbench.session
        undo, redo = (session.undo_caption(), session.redo_caption()) if session else (None, None)
        self.commands.name("edit.undo", _named("undo", undo))
        self.commands.name("edit.redo", _named("redo", redo))
        self.commands.tick()

    def _say_title(self) -> None:
        session, document = self.workbench.session, self.workbench.document
        parts = [document.title if document else "", session.project.title if session else "", "Annotator"]
        self.setWindowTitle(" — ".join(dict.fromkeys(part for part in parts if part)))

    def _arrange(self) -> None:
        width = self.width() / max(1.0, self.fontMetrics().height() / 17)
        roomy, middling = width >= NARROW, width >= NARROWER
        sidebar = self._sidebar_wanted and (roomy or self._sidebar_forced)
        documents = self._documents_wanted and (middling or self._documents_forced)
        both = roomy or not (sidebar and documents)
        self.sidebar.setVisible(sidebar and (both or self._sidebar_first))
        self.documents.setVisible(documents and (both or not self._sidebar_first))
        self.splitter.refresh()
        left, middle, right = self.splitter.sizes()
        over = right - int(self.width() * _SHARE)
        if over > 0 and not roomy:
            self.splitter.setSizes([left, middle + over, right - over])

    def _restore(self) -> None:
        state = self.settings.get("window")
        if not self.restoreGeometry(_unpacked(state.get("geometry", ""))):
            self.resize(*SIZE)
        self.splitter.restoreState(_unpacked(state.get("splitter", "")))
        self._sidebar_wanted = bool(state.get("sidebar", True))
        self._documents_wanted = bool(state.get("documents", True))
        self._arrange()
        dress(self.view, self.settings)
        self.status.set_zoom(self.settings.get("zoom"))

    def _restore_panel(self) -> None:
        panel = self.settings.get("window").get("panel")
        if panel in self.sidebar.ids:
            self.sidebar.open(panel)


def _named(kind: str, caption: Caption | None) -> str:
    if caption is None:
        return say(f"command.edit.{kind}")
    return say(f"command.{kind}_named", what=say(caption.key, **caption.args))


def _column(*parts: QWidget) -> QWidget:
    result = QWidget()
    layout = QVBoxLayout(result)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part)
    layout.setStretch(len(parts) - 1, 1)
    return result


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _packed(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _unpacked(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii"))
