"""The workbench: which project and document are open and where the user is in it.

Views look at it and listen to its signals; actions change it. It paints nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.session import Changes, Session
from annotator.core.span import Span
from annotator.core.suggestion import Suggestion
from annotator.qt.tasks import attention
from annotator.services.cursor import Cursor
from annotator.services.valuing import with_values

if TYPE_CHECKING:
    from annotator.language.words import Words
    from annotator.qt.knowledge import KnowledgeKeeper
    from annotator.qt.review.review import Review

Level = Literal["info", "warning", "error"]


class Workbench(QObject):
    """The state of one window. All signals come on the GUI thread."""

    project_changed = Signal()
    """Another session, or none, is open."""
    document_changed = Signal()
    """Another document, or none, is shown."""
    edited = Signal(object)
    """`Changes`: an edit was applied, undone or redone, in whichever document."""
    cursor_moved = Signal(object)
    """`Cursor`: the caret or the selection moved; the view brings it into sight."""
    span_selected = Signal(object)
    """`str | None`: the id of the selected span."""
    suggested = Signal(object)
    """`Suggestion | None`: the suggestion that one key accepts or rejects."""
    wanted = Signal(str)
    """The id of a command that a panel asks for."""
    document_wanted = Signal(str)
    """The id of a document that a panel asks to be shown."""
    text_wanted = Signal()
    """A panel gives the focus back to the text."""
    review_begun = Signal()
    """There is a `review` now."""
    working = Signal(object, str)
    """Long work, to be watched and stopped like a `Task`, and what it is called."""
    message = Signal(str, str)
    """A sentence for the user and its `Level`."""

    def __init__(self, words: Words | Callable[[], Words], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.session: Session | None = None
        self.document_id: str | None = None
        self.cursor = Cursor()
        self.selected: str | None = None
        self.suggestion: Suggestion | None = None
        self.suggestion_own = False
        self.review: Review | None = None
        """What suggests and decides; none before the window has been seen."""
        self._unsubscribe: Callable[[], None] | None = None
        self.knowledge: KnowledgeKeeper | None = None
        """What dictionaries and the project's annotations teach; none without a window."""

    @property
    def words(self) -> Words:
        """What knows where words begin and end; a maker given instead is called on first use."""
        if callable(self._words):
            self._words = self._words()
        return self._words

    @property
    def document(self) -> Document | None:
        """The document shown, as it is now."""
        if self.session is None or self.document_id is None:
            return None
        return self.session.document(self.document_id)

    @property
    def span(self) -> Span | None:
        """The selected span."""
        document = self.document
        return document.spans.get(self.selected) if document and self.selected else None

    @property
    def annotator(self) -> str:
        """Who annotates; stands in `by` of what is made here."""
        return self.session.annotator if self.session else ""

    def open_session(self, session: Session | None, doc_id: str | None = None) -> None:
        """Work on another session from now on, or on none; `doc_id` is shown at once."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self.session = session
        self._unsubscribe = session.subscribe(self._on_changes) if session else None
        self.document_id, self.selected, self.cursor = doc_id, None, Cursor()
        self.project_changed.emit()
        self.document_changed.emit()

    def show_document(self, doc_id: str | None) -> None:
        """Show another document of the session; it should be loaded by now."""
        self.document_id = doc_id
        self.selected, self.cursor = None, Cursor()
        self.document_changed.emit()

    def move(self, cursor: Cursor) -> None:
        """Put the caret or the selection somewhere; the span selection goes."""
        if self.selected is not None:
            self.select(None)
        if cursor != self.cursor:
            self.cursor = cursor
            self.cursor_moved.emit(cursor)

    def select(self, span_id: str | None, *, reveal: bool = False) -> None:
        """Select a span; `reveal` also puts the caret at its start, so that the view shows it."""
        if span_id != self.selected:
            self.selected = span_id
            self.span_selected.emit(span_id)
        span = self.span
        if reveal and span is not None:
            self.cursor = Cursor.at(span.side, span.start)
            self.cursor_moved.emit(self.cursor)

    def suggest(self, suggestion: Suggestion | None, *, own: bool) -> None:
        """Have a suggestion before the user; if it is their `own`, keys of labels and edges are for it."""
        if (suggestion, own) != (self.suggestion, self.suggestion_own):
            self.suggestion, self.suggestion_own = suggestion, own
            self.suggested.emit(suggestion)

    def do(self, edit: Edit) -> Changes | None:
        """Apply an edit, dates with their values; a failure becomes a message, and None is returned."""
        return self._guarded(lambda session: session.do(with_values(edit, session.document)))

    def undo(self) -> Changes | None:
        """Take the last edit back."""
        return self._guarded(lambda session: session.undo())

    def redo(self) -> Changes | None:
        """Do again what was taken back last."""
        return self._guarded(lambda session: session.redo())

    def tell(self, text: str, level: Level = "info") -> None:
        """Tell the user a sentence."""
        self.message.emit(text, level)

    def _guarded(self, step: Callable[[Session], Changes | None]) -> Changes | None:
        if self.session is None:
            return None
        attention.call()
        try:
            return step(self.session)
        except AnnotatorError as error:
            self.tell(str(error), "error")
            return None

    def _on_changes(self, changes: Changes) -> None:
        if self.session and self.document_id is not None:
            self._keep_place(self.session)
        self.edited.emit(changes)

    def _keep_place(self, session: Session) -> None:
        if self.document_id not in session.document_ids:
            self.show_document(None)
            return
        document = session.document(self.document_id or "")
        if self.selected is not None and self.selected not in document.spans:
            self.select(None)
        length = len(document.text(self.cursor.side))
        if max(self.cursor.offset, self.cursor.anchor) > length:
            self.cursor = Cursor.at(self.cursor.side, length)
            self.cursor_moved.emit(self.cursor)
