"""The parallel view: one widget that shows both sides aligned, and takes the mouse. Routes events only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import Property, QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.core.messages import say
from annotator.core.span import Side
from annotator.qt.parallel.areas import emphasis_area, partners
from annotator.qt.parallel.canvas import paint
from annotator.qt.parallel.caret import Caret, Direction
from annotator.qt.parallel.colors import colors
from annotator.qt.parallel.follow import Follower
from annotator.qt.parallel.gestures import Gestures
from annotator.qt.parallel.glide import Glide
from annotator.qt.parallel.look import Look, Range, SearchHits
from annotator.qt.parallel.options import ViewOptions
from annotator.qt.parallel.scene import Scene
from annotator.qt.parallel.strip import WIDTH, Strip
from annotator.qt.tasks import attention
from annotator.qt.theme import theme
from annotator.qt.workbench import Workbench
from annotator.services.cursor import Cursor

_ZOOM = (0.5, 3.0)
_COMFORT = 0.14
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class ParallelView(QAbstractScrollArea):
    """Two columns of aligned rows, or one above the other where it is narrow."""

    context_requested = Signal(QPoint)
    """A menu is wanted at this global position."""
    zoom_changed = Signal(float)
    """The zoom is another now."""
    done_clicked = Signal(int)
    """The done mark of this row was clicked."""
    seen = Signal()
    """Something else may be in sight: the text moved, or was laid out anew."""
    suggestion_taken = Signal(object)
    """This suggestion was double-clicked."""

    def __init__(
        self, workbench: Workbench, options: ViewOptions | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.scene = Scene()
        self.scene.options = options or ViewOptions()
        self.look = Look(colors(theme()), show_tags=self.options.show_tags)
        self.caret = Caret(self)
        self.gestures = Gestures(self)
        self.strip = Strip(self)
        self.glide = Glide(self, self.scroll_by)
        self._emphasis = QRect()
        self._syncing = False
        self._dress()
        self.verticalScrollBar().sliderReleased.connect(self._sync_bar)
        self.follower = Follower(self)
        self.follower.start()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A viewport made here is one that Python knows. Asked for Qt's own, PySide would look through all
        # kinds of widgets for the kind that it is, and build each of them: 30 ms before the first paint.
        self.setViewport(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewportMargins(0, 0, WIDTH, 0)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 120)
        self.setAccessibleName(say("view.name"))

    # What others may ask for

    @property
    def options(self) -> ViewOptions:
        """The user's choices."""
        return self.scene.options

    def set_options(self, options: ViewOptions) -> None:
        """Choose otherwise; the row on top stays."""
        self.scene.options = options
        self.look.show_tags = options.show_tags
        self.scene.arrange()
        self.refresh()

    def _get_zoom(self) -> float:
        return self.scene.zoom

    def _set_zoom(self, zoom: float) -> None:
        zoom = round(min(max(zoom, _ZOOM[0]), _ZOOM[1]), 2)
        if zoom == self.scene.zoom:
            return
        self.scene.zoom = zoom
        self.scene.arrange()
        self.refresh()
        self.zoom_changed.emit(zoom)

    zoom = Property(float, _get_zoom, _set_zoom, notify=zoom_changed)

    def set_search_hits(self, hits: Sequence[tuple[Side, int, int]]) -> None:
        """Show what a search found, in the text and in the strip; none clears it."""
        self.look.hits = SearchHits(hits)
        self.refresh()

    def vertical_move(self, direction: Direction, extend: bool = False) -> None:
        """The caret one visual line up or down."""
        self.caret.line(direction, extend=extend)

    def page_move(self, direction: Direction, extend: bool = False) -> None:
        """The caret one viewport up or down."""
        self.caret.page(direction, extend=extend)

    def line_edge_move(self, direction: Direction, extend: bool = False) -> None:
        """The caret to the start or end of its visual line."""
        self.caret.line_edge(direction, extend=extend)

    def reveal(self, cursor: Cursor) -> None:
        """Bring the row of the caret comfortably into sight."""
        scene = self.scene
        row = scene.row_of(cursor.side, cursor.offset)
        if row < 0 or not scene.height:
            return
        rect = scene.caret(cursor.side, cursor.offset)
        margin = scene.height * _COMFORT
        if rect is not None:
            if rect.top() < margin:
                self.scroll_by(rect.top() - margin)
            elif rect.bottom() > scene.height - margin:
                self.scroll_by(rect.bottom() - scene.height + margin)
            return
        rows = scene.placed()
        near_above = bool(rows) and 0 < rows[0].number - row < 12
        near_below = bool(rows) and 0 < row - rows[-1].number < 12
        where = margin if near_above else scene.height - 2.5 * margin if near_below else scene.height / 3
        scene.jump_to_row(row, where)
        rect = scene.caret(cursor.side, cursor.offset)
        if rect is not None and not 0 <= rect.top() <= scene.height - margin:
            scene.scroll(rect.top() - scene.height / 3)
        self.refresh()

    def scroll_by(self, pixels: float) -> None:
        """Move the text up by so many pixels."""
        attention.call()
        self.scene.scroll(pixels)
        self.refresh()

    def scroll_to(self, position: float) -> None:
        """Put this position of the whole height at the top."""
        attention.call()
        self.scene.jump(min(max(position, 0.0), self.scene.range))
        self.refresh()

    def caret_point(self) -> QPoint:
        """Below the caret, in global coordinates: where a menu asked for by key opens."""
        cursor = self.workbench.cursor
        rect = self.scene.caret(cursor.side, cursor.offset)
        point = rect.bottomLeft().toPoint() if rect is not None else self.viewport().rect().center()
        return self.viewport().mapToGlobal(point)

    def hover(self, span_id: str | None, gutter_row: int) -> None:
        """The pointer is over this span, or over this row's gutter."""
        look = self.look
        if (span_id, gutter_row) == (look.hovered, look.hover_done):
            return
        rows = [(row, row + 1) for row in (look.hover_done, gutter_row) if row >= 0]
        changed = span_id != look.hovered
        look.hovered, look.hover_done = span_id, gutter_row
        self.update_rows(rows)
        if changed:
            self.update_emphasis()

    def preview(self, wanted: Range | None) -> None:
        """Show the selected span at another range, before it is true."""
        if wanted != self.look.preview:
            self.look.preview = wanted
            self.viewport().update()

    # What is painted

    def refresh(self) -> None:
        """Lay out what is visible now and paint it all."""
        self.scene.placed()
        self._emphasis = emphasis_area(self.scene, self.look)
        self._sync_bar()
        self.viewport().update()
        self.strip.follow()
        self.seen.emit()

    def _sync_bar(self) -> None:
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            return
        self._syncing = True
        bar.setRange(0, round(self.scene.range))
        bar.setPageStep(max(1, self.scene.height))
        bar.setSingleStep(max(1, round(self.scene.metrics.zh.leading)))
        bar.setValue(round(self.scene.position))
        self._syncing = False

    def update_rows(self, runs: Iterable[tuple[int, int]]) -> None:
        """Paint again what of the rows `[first, last)` is in the viewport."""
        shown, width = self.scene.placed(), self.viewport().width()
        for first, last in runs:
            for placed in shown:
                if first <= placed.number < last:
                    self.viewport().update(QRect(0, int(placed.y) - 1, width, placed.row.height + 3))

    def update_emphasis(self) -> None:
        """Find who stands out, and paint again where spans did and where they do now."""
        self.look.partners = partners(self.scene, self.look)
        before, self._emphasis = self._emphasis, emphasis_area(self.scene, self.look)
        self.viewport().update(before)
        self.viewport().update(self._emphasis)

    def update_caret(self) -> None:
        """Paint the caret's own place again."""
        rect = self.scene.caret(self.look.cursor.side, self.look.cursor.offset)
        if rect is not None:
            self.viewport().update(rect.toAlignedRect().adjusted(-2, -1, 2, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See `canvas`."""
        painter = QPainter(self.viewport())
        paint(painter, event.rect(), self.scene, self.look)
        painter.end()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row on top stays on top."""
        super().resizeEvent(event)
        area = self.viewport().geometry()
        self.strip.setGeometry(area.right() + 1, area.top(), WIDTH, area.height())
        self.scene.resize(area.width(), area.height(), float(self.logicalDpiY()))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say("view.name"))
            self.strip.setAccessibleName(say("view.overview"))
            self.follower.restyle()
            self.follower.describe()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The scroll bar was moved by the user."""
        if not self._syncing:
            attention.call()
            self.scene.jump(self.verticalScrollBar().value())
            self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls by pixels; with Ctrl, zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self._set_zoom(self.scene.zoom * 1.1**steps)
        elif not event.pixelDelta().isNull():
            self.glide.stop()
            self.scroll_by(-event.pixelDelta().y())
        else:
            self.glide.by(-event.angleDelta().y() / 120 * 3 * self.scene.metrics.zh.leading)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See `Gestures`."""
        attention.call()
        self.gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See `Gestures`."""
        if event.buttons():
            attention.call()
        self.gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `Gestures`."""
        self.gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See `Gestures`."""
        self.gestures.double_click(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is hovered any more when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self.gestures.leave()
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.gestures.tip(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu; what lies under the pointer is chosen first."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.gestures.choose_for_menu(QPointF(event.pos()))
            self.context_requested.emit(event.globalPos())
        else:
            self.context_requested.emit(self.caret_point())

    def event(self, event: QEvent) -> bool:
        """Escape lets go of what is being dragged, whatever else it is bound to."""
        if isinstance(event, QKeyEvent):
            attention.call()
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape and self.gestures.cancel():
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret, and the ring too if the focus came by key."""
        super().focusInEvent(event)
        self.look.ring = event.reason() in _BY_KEY
        self._focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide them."""
        super().focusOutEvent(event)
        self.look.ring = False
        self._focus(False)

    def _focus(self, focus: bool) -> None:
        self.look.focus = focus
        self.caret.shown()
        self.viewport().update()
