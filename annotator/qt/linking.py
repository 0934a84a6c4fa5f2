"""Linking by keyboard and mouse: one span is held, candidates are gone through, one is linked.

While a span is held, Tab and Shift+Tab go through the candidates of the aligned pair, Return links, Escape
lets go; a click on any other span links with that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.span import Span, other
from annotator.services.annotate import link, shortened

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

_KEYS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


class Linking(QObject):
    """The span that is held for linking in one view, if any, and what it could be linked with."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._bench = view.workbench
        self._held: str | None = None
        self._candidates: list[str] = []
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        self._bench.document_changed.connect(self._forget)

    @property
    def held(self) -> Span | None:
        """The span that waits for its partner."""
        document = self._bench.document
        return document.spans.get(self._held) if document and self._held else None

    def start(self, span: Span) -> None:
        """Link at once if there is exactly one fitting candidate, else hold the span."""
        document = self._bench.document
        if document is None:
            return
        found = candidates(document, span)
        fitting = [one for one in found if fits(document, span, one)]
        if len(fitting) == 1:
            self._link(span, fitting[0])
            return
        self._held, self._candidates = span.id, [one.id for one in found]
        if found:
            self.step(1)
        else:
            self._bench.tell(say("linking.choose", text=shortened(span.quote)))

    def step(self, direction: int) -> None:
        """Select the next candidate, or the one before."""
        document, held = self._bench.document, self.held
        ids = [one for one in self._candidates if document and one in document.spans]
        if document is None or held is None or not ids:
            return
        selected = self._bench.selected
        place = ids.index(selected) + direction if selected in ids else 0 if direction > 0 else -1
        span = document.spans.get(ids[place % len(ids)])
        if span is None:
            return
        self._bench.select(span.id, reveal=True)
        self._view.hover(held.id, -1)
        number = place % len(ids) + 1
        args = {"one": shortened(held.quote), "two": shortened(span.quote)}
        self._bench.tell(say("linking.candidate", number=number, count=len(ids), **args))

    def finish(self) -> None:
        """Link the held span with the selected one."""
        held, span = self.held, self._bench.span
        if held is None:
            self._forget()
        elif span is None or span.id == held.id:
            self._bench.tell(say("linking.choose", text=shortened(held.quote)))
        else:
            self._link(held, span)

    def cancel(self) -> None:
        """Let go of the span, and select it again."""
        held = self.held
        self._forget()
        if held is not None:
            self._bench.select(held.id, reveal=True)
            self._bench.tell(say("linking.cancelled"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a span is held, take the keys that choose, and the click."""
        if self._held is None:
            return False
        if self.held is None:
            self._forget()
            return False
        if isinstance(event, QKeyEvent) and event.key() in _KEYS:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._key(event)
                return True
        if event.type() == QEvent.Type.MouseButtonRelease and watched is self._view.viewport():
            # After the view itself has selected what was clicked.
            QTimer.singleShot(0, self, self._clicked)
        return False

    def _key(self, event: QKeyEvent) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Escape:
                self.cancel()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.finish()
            case _:
                back = event.key() == Qt.Key.Key_Backtab or bool(shifted)
                self.step(-1 if back else 1)

    def _clicked(self) -> None:
        if self._held is not None and self._bench.selected not in (None, self._held):
            self.finish()

    def _link(self, one: Span, two: Span) -> None:
        document, session = self._bench.document, self._bench.session
        self._forget()
        if document is None or session is None:
            return
        types = session.project.link_types
        kind = types[0].id if types else "SAME"
        try:
            edit = link(document, one.id, two.id, kind, by=self._bench.annotator)
        except AnnotatorError as error:
            self._bench.tell(str(error), "warning")
            return
        if self._bench.do(edit) is not None:
            self._bench.select(one.id, reveal=True)
            self._bench.tell(say("linking.linked", one=shortened(one.quote), two=shortened(two.quote)))

    def _forget(self) -> None:
        if self._held is not None:
            self._view.hover(None, -1)
        self._held, self._candidates = None, []


def linking(view: ParallelView) -> Linking:
    """The linking of a view; made when first asked for."""
    return view.findChild(Linking) or Linking(view)


def candidates(document: Document, span: Span) -> list[Span]:
    """The spans of the other side in the rows of `span` that it is not linked with, the fittest first."""
    side = other(span.side)
    first = document.row_of_span(span)
    last = document.pairs.row_at(span.side, span.end - 1)
    found: dict[str, Span] = {}
    for row in range(max(0, first), last + 1):
        found.update((one.id, one) for one in document.row_spans(row, side))
    mates = set(document.links.partners(span.id))
    free = [one for one in found.values() if one.id not in mates]
    return sorted(free, key=lambda one: (one.label != span.label, _linked_across(document, one)))


def fits(document: Document, span: Span, candidate: Span) -> bool:
    """Whether the candidate has the same label and no partner on the side of `span` yet."""
    return candidate.label == span.label and not _linked_across(document, candidate)


def _linked_across(document: Document, span: Span) -> bool:
    return any(mate.side != span.side for mate in document.partners(span.id))
