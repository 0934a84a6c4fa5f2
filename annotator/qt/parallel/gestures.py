"""The mouse: a drag selects, a click chooses, an edge is pulled, the gutter marks a row as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side, Span
from annotator.qt.parallel.areas import bracket_at, knob_area
from annotator.qt.parallel.highlights import innermost_first
from annotator.qt.parallel.paint import done_area
from annotator.qt.parallel.scene import Hit
from annotator.qt.parallel.tips import tip
from annotator.services.annotate import reshape
from annotator.services.cursor import Cursor

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

_TICK_MS = 16
_EDGE_SPEED = 0.35
_BY_CHARACTER = Qt.KeyboardModifier.AltModifier
_EXTEND = Qt.KeyboardModifier.ShiftModifier


class Drag(Struct):
    """A button is down: since where, what it has hold of, and whether it has moved enough to count.

    `unit` is the range that the selection grows around; `span` and `at_start` tell which edge is pulled.
    """

    origin: QPointF
    side: Side
    unit: tuple[int, int]
    by: str = "word"
    moved: bool = False
    span: Span | None = None
    at_start: bool = False


class Gestures(QObject):
    """Turns mouse events of the view into caret moves, selections and edits."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._drag: Drag | None = None
        self._last = QPointF()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._double: tuple[QPointF, int] | None = None
        self._ticker = QTimer(self)
        self._ticker.setInterval(_TICK_MS)
        self._ticker.timeout.connect(self._scroll_on)

    @property
    def dragging(self) -> bool:
        """Whether a selection or an edge is being drawn right now."""
        return self._drag is not None and self._drag.moved

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.position()
        hit = self._view.scene.hit(position.x(), position.y())
        if hit is None:
            return
        if self._gutter(hit, position):
            return
        edge = self.edge_at(position)
        if edge is not None:
            span, at_start = edge
            self._drag = Drag(position, span.side, (span.start, span.end), span=span, at_start=at_start)
            return
        if self._is_triple(event):
            self._take_sentence(hit)
            return
        if event.modifiers() & _EXTEND:
            self._extend(position)
            return
        self._drag = Drag(position, hit.side, (hit.offset, hit.offset))

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved, with or without a button."""
        self._last, self._modifiers = event.position(), event.modifiers()
        drag = self._drag
        if drag is None:
            self._hover(event.position())
            return
        distance = (event.position() - drag.origin).manhattanLength()
        if not drag.moved and distance < QGuiApplication.styleHints().startDragDistance() * 0.4:
            return
        drag.moved = True
        self._follow()
        outside = not 0 <= event.position().y() < self._view.scene.height
        if outside and not self._ticker.isActive():
            self._ticker.start()
        elif not outside:
            self._ticker.stop()

    def release(self, event: QMouseEvent) -> None:
        """The button came up: what was drawn becomes true."""
        drag, self._drag = self._drag, None
        self._ticker.stop()
        if drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if drag.span is not None and drag.moved:
            self._reshape(drag.span)
        elif not drag.moved and drag.by == "word":
            self._click(event.position())
        self._hover(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Takes the word; pulled on, the selection grows word by word."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.position()
        hit = self._view.scene.hit(position.x(), position.y())
        if hit is None or self._gutter(hit, position):
            return
        overlay = self._view.look.overlay
        suggested = overlay.at(hit) if overlay else None
        if suggested is not None:
            self._view.suggestion_taken.emit(suggested)
            return
        self._double = position, event.timestamp()
        at = hit.char if hit.char is not None else hit.offset
        start, end = self.snapped(hit.side, at, at + 1)
        self._drag = Drag(position, hit.side, (start, end), by="double")
        self._view.workbench.move(Cursor.over(hit.side, start, end))

    def choose_for_menu(self, position: QPointF) -> None:
        """Before a menu opens: choose what lies under the pointer, unless the selection holds it."""
        hit = self._view.scene.hit(position.x(), position.y())
        if hit is None:
            return
        workbench = self._view.workbench
        chosen = workbench.cursor.selection if workbench.cursor.side == hit.side else None
        if chosen is not None and chosen[0] <= hit.offset <= chosen[1]:
            return
        here = self.spans_at(hit, position)
        if here and workbench.selected in [span.id for span in here]:
            return
        workbench.move(Cursor.at(hit.side, hit.offset))
        workbench.select(here[0].id if here else None)

    def tip(self, position: QPointF) -> str:
        """What a tool tip says here."""
        scene = self._view.scene
        hit = scene.hit(position.x(), position.y())
        if hit is None:
            return ""
        overlay = self._view.look.overlay
        said = tip(scene, self._view.look, hit, position.x(), self.spans_at(hit, position))
        return said or (overlay.tip(hit) if overlay else "")

    def leave(self) -> None:
        """The pointer left the view."""
        self._view.hover(None, -1)

    def cancel(self) -> bool:
        """Let go of an edge without changing it; False if nothing was going on."""
        if self._drag is None:
            return False
        self._drag = None
        self._ticker.stop()
        self._view.preview(None)
        return True

    def edge_at(self, position: QPointF) -> tuple[Span, bool] | None:
        """The selected span and whether it is its start, if the knob of an edge lies under the pointer."""
        span = self._view.workbench.span
        if span is None:
            return None
        for at_start in (True, False):
            area = knob_area(self._view.scene, span, at_start)
            if area is not None and area.contains(position):
                return span, at_start
        return None

    def snapped(self, side: Side, start: int, end: int) -> tuple[int, int]:
        """The range widened to whole words, each end in its own row."""
        view = self._view
        first, last = view.scene.row_of(side, start), view.scene.row_of(side, max(start, end - 1))
        low, _ = self._snap_in(first, side, start, end)
        _, high = self._snap_in(last, side, start, end)
        return (low, high) if low < high else (start, end)

    def _snap_in(self, row: int, side: Side, start: int, end: int) -> tuple[int, int]:
        document = self._view.scene.document
        extent = document.pairs[row].extent(side) if document and row >= 0 else None
        if document is None or extent is None:
            return start, end
        base, stop = extent
        start, end = max(start, base), min(end, stop)
        if start >= end:
            return start, end
        low, high = self._view.workbench.words.snap(
            document.row_text(row, side), start - base, end - base, "zh" if side == "zh" else "en"
        )
        return low + base, high + base

    def _gutter(self, hit: Hit, position: QPointF) -> bool:
        placed = self._view.scene.find(hit.row)
        if not hit.gutter or placed is None:
            return False
        if done_area(self._view.scene, placed).contains(position):
            self._view.done_clicked.emit(hit.row)
        else:
            self._view.workbench.move(Cursor.at(hit.side, self._row_start(hit)))
        return True

    def _row_start(self, hit: Hit) -> int:
        start = self._view.scene.start(hit.row, hit.side)
        return hit.offset if start is None else start

    def _is_triple(self, event: QMouseEvent) -> bool:
        if self._double is None:
            return False
        position, when = self._double
        self._double = None
        near = (event.position() - position).manhattanLength() < 8
        return near and event.timestamp() - when <= QGuiApplication.styleHints().mouseDoubleClickInterval()

    def _take_sentence(self, hit: Hit) -> None:
        document = self._view.scene.document
        if document is None:
            return
        for start, end in document.pairs[hit.row].segments(hit.side):
            if start <= hit.offset <= end:
                self._drag = Drag(self._last, hit.side, (start, end), by="triple")
                self._view.workbench.move(Cursor.over(hit.side, start, end))
                return

    def _extend(self, position: QPointF) -> None:
        cursor = self._view.workbench.cursor
        same = self._view.scene.hit(position.x(), position.y(), cursor.side)
        if same is not None:
            self._drag = Drag(position, cursor.side, (cursor.anchor, cursor.anchor), by="extend")
            self._view.workbench.move(cursor.moved(same.offset, extend=True))

    def _follow(self) -> None:
        drag = self._drag
        if drag is None:
            return
        hit = self._view.scene.hit(self._last.x(), self._last.y(), drag.side)
        if hit is None:
            return
        by_character = bool(self._modifiers & _BY_CHARACTER) or not self._view.options.snap
        if drag.span is not None:
            self._pull(drag.span, drag.at_start, hit, by_character)
            return
        start, end = min(drag.unit[0], hit.offset), max(drag.unit[1], hit.offset)
        if start == end:
            self._view.workbench.move(Cursor.at(drag.side, start))
            return
        if not by_character:
            start, end = self.snapped(drag.side, start, end)
        backwards = hit.offset < drag.unit[0]
        self._view.workbench.move(
            Cursor.over(drag.side, end, start) if backwards else Cursor.over(drag.side, start, end)
        )

    def _pull(self, span: Span, at_start: bool, hit: Hit, by_character: bool) -> None:
        start, end = (hit.offset, span.end) if at_start else (span.start, hit.offset)
        if start >= end:
            self._view.preview(None)
            return
        if not by_character:
            low, high = self.snapped(span.side, start, end)
            start, end = (low, end) if at_start else (start, high)
        self._view.preview((start, end))

    def _reshape(self, span: Span) -> None:
        view = self._view
        wanted, document = view.look.preview, view.scene.document
        view.preview(None)
        if wanted is None or document is None or wanted == (span.start, span.end):
            return
        try:
            edit = reshape(document, span.id, *wanted)
        except AnnotatorError as error:
            view.workbench.tell(str(error), "error")
            return
        view.workbench.do(edit)

    def _click(self, position: QPointF) -> None:
        """Choose the innermost span here, or the next one out if one of them is chosen already."""
        view, document = self._view, self._view.scene.document
        hit = view.scene.hit(position.x(), position.y())
        if hit is None or document is None:
            return
        before = view.workbench.selected
        here = self.spans_at(hit, position)
        view.workbench.move(Cursor.at(hit.side, hit.offset))
        if not here:
            view.workbench.select(None)
            return
        ids = [span.id for span in here]
        view.workbench.select(ids[(ids.index(before) + 1) % len(ids)] if before in ids else ids[0])

    def spans_at(self, hit: Hit, position: QPointF) -> list[Span]:
        """The spans under the pointer, innermost first; on a bracket beside the text, its span."""
        document = self._view.scene.document
        if document is None:
            return []
        if hit.char is not None:
            return innermost_first(document.spans.overlapping(hit.side, hit.char, hit.char + 1))
        beside = bracket_at(self._view.scene, hit, position)
        return [beside] if beside else []

    def _hover(self, position: QPointF) -> None:
        view = self._view
        hit = view.scene.hit(position.x(), position.y())
        placed = view.scene.find(hit.row) if hit else None
        if hit is None or placed is None:
            view.hover(None, -1)
            return
        on_done = hit.gutter and done_area(view.scene, placed).contains(position)
        here = [] if hit.gutter else self.spans_at(hit, position)
        view.hover(here[0].id if here else None, hit.row if hit.gutter else -1)
        shape = Qt.CursorShape.IBeamCursor
        if self.edge_at(position) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif on_done:
            shape = Qt.CursorShape.PointingHandCursor
        elif hit.gutter:
            shape = Qt.CursorShape.ArrowCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)

    def _scroll_on(self) -> None:
        y, height = self._last.y(), self._view.scene.height
        beyond = y if y < 0 else y - height if y >= height else 0.0
        if not beyond or self._drag is None:
            self._ticker.stop()
            return
        self._view.scroll_by(max(-60.0, min(60.0, beyond * _EDGE_SPEED + (2 if beyond > 0 else -2))))
        self._follow()
