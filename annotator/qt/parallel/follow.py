"""Following the workbench: what changed there is laid out, painted and told to assistive technology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.messages import say
from annotator.core.session import Changes
from annotator.qt.parallel.colors import colors
from annotator.qt.parallel.look import SearchHits
from annotator.qt.theme import theme, themes
from annotator.services.cursor import Cursor

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView


class Follower(QObject):
    """Listens for a view."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        workbench = view.workbench
        workbench.document_changed.connect(self.start)
        workbench.project_changed.connect(self.restyle)
        themes().changed.connect(self.restyle)
        workbench.edited.connect(self._on_edited)
        workbench.cursor_moved.connect(self._on_cursor)
        workbench.span_selected.connect(self._on_selected)

    def start(self) -> None:
        """Show the workbench's document from its top."""
        view, look = self._view, self._view.look
        view.gestures.cancel()
        view.scene.show(view.workbench.document)
        look.hovered, look.preview, look.hits = None, None, SearchHits()
        look.cursor, look.selected = view.workbench.cursor, view.workbench.selected
        self.restyle()
        self._find_row()
        view.strip.recount()

    def restyle(self) -> None:
        """Take over the theme and the project's labels."""
        view, session = self._view, self._view.workbench.session
        view.look.colors = colors(theme())
        view.look.styles = view.look.colors.label_styles(session.project.label_set) if session else {}
        view.strip.recolor()
        view.refresh()

    def _on_edited(self, changes: Changes) -> None:
        view = self._view
        document = view.workbench.document
        if changes.edit.project is not None:
            self.restyle()
        if document is None:
            return
        if any(one and one.id == document.id for c in changes.edit.documents for one in (c.before, c.after)):
            self.start()
            return
        runs: list[tuple[int, int]] | None = []
        for part in changes.of(document.id):
            touched = view.scene.apply(document, part)
            runs = None if touched is None or runs is None else runs + touched
            view.strip.apply(part)
        view.update_emphasis()
        if runs is None:
            self._find_row()
            view.refresh()
        else:
            view.update_rows(runs)

    def _on_cursor(self, cursor: Cursor) -> None:
        view, look = self._view, self._view.look
        before, row_before = look.cursor, look.current_row
        look.cursor = cursor
        view.caret.forget_column()
        self._find_row()
        if not view.gestures.dragging:
            view.reveal(cursor)
        view.caret.shown()
        runs = [(row, row + 1) for row in (row_before, look.current_row)]
        view.update_rows([*runs, self._rows_between(before), self._rows_between(cursor)])
        if row_before != look.current_row or before.side != cursor.side:
            self.describe()

    def _rows_between(self, cursor: Cursor) -> tuple[int, int]:
        if cursor.selection is None:
            return 0, 0
        first, last = (self._view.scene.row_of(cursor.side, offset) for offset in cursor.selection)
        return first, last + 1

    def _on_selected(self, span_id: str | None) -> None:
        self._view.look.selected = span_id
        self._view.update_emphasis()
        self.describe()

    def _find_row(self) -> None:
        scene, cursor = self._view.scene, self._view.look.cursor
        self._view.look.current_row = scene.row_of(cursor.side, cursor.offset) if scene.count else -1

    def describe(self) -> None:
        """Tell what the caret and the selection are at, to those who do not see it."""
        view, row = self._view, self._view.look.current_row
        document = view.scene.document
        text = ""
        if document is not None and 0 <= row < view.scene.count:
            line = document.row_text(row, view.look.cursor.side)
            text = say("view.row", row=row + 1, rows=view.scene.count, text=line)
        span = view.workbench.span
        if span is not None:
            label = view.look.style(span.label).title or span.label
            text += " " + say("view.span", label=label, quote=span.quote)
        if view.look.said:
            text += " " + view.look.said
        view.setAccessibleDescription(text)
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, text))
