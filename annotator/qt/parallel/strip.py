"""The overview strip: where in the whole document annotations, done rows and search hits are.

The document is counted into one bin a pixel, some milliseconds at a time, and only what changed is
counted again.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit, SpanChange
from annotator.core.messages import say
from annotator.core.span import SIDES, Side, Span
from annotator.qt.parallel.colors import with_alpha

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

WIDTH = 18
_SLICE = 0.002
_PAUSE_MS = 8
_BUSY_MS = 150
_LANES = 4
_LEFT = 5
_LANE = 3
_TALL = 3
_SOON_MS = 10
_FEW = 40
_MANY = 300
"""So many changes at once are counted in slices like the whole document."""


class Bins:
    """Counts of spans by label and of done rows, in `size` parts of equal height.

    While the document is still being counted, changes may come first: a count is negative then for a while.
    """

    def __init__(self, document: Document, rows: list[int]) -> None:
        self.rows = rows
        self.size = len(rows) - 1
        self.labels: list[dict[str, int]] = [{} for _ in range(self.size)]
        self.done = [0] * self.size
        self._starts = {side: _starts(document, side, rows) for side in SIDES}
        self._tops = {side: _tops(starts) for side, starts in self._starts.items()}

    def at_row(self, row: int) -> int:
        """The bin of a row; the first one, if it is taller than a bin."""
        found = min(bisect_right(self.rows, row), self.size) - 1
        return bisect_left(self.rows, self.rows[found]) if found > 0 else 0

    def at(self, side: Side, offset: int) -> int:
        """The bin of an offset; the first one, if its row is taller than a bin."""
        return self._tops[side][bisect_right(self._starts[side], offset)]

    def tall(self, one: int) -> int:
        """How many pixels the rows of this bin take."""
        last = one + 1
        while last < self.size and self.rows[last] == self.rows[one]:
            last += 1
        return last - one

    def all_done(self, one: int) -> bool:
        """Whether every row of the bin is done."""
        return 0 < max(1, self.rows[one + self.tall(one)] - self.rows[one]) <= self.done[one]

    def add(self, span: Span, count: int) -> range:
        """Count a span in (or out, with -1); returns the bins that it touches."""
        first, last = self.at(span.side, span.start), self.at(span.side, span.end - 1)
        for one in range(first, last + 1):
            counts = self.labels[one]
            counts[span.label] = counts.get(span.label, 0) + count
            if not counts[span.label]:
                del counts[span.label]
        return range(first, last + 1)

    def splice(self, at: int, removed: int, added: int) -> None:
        """`removed` rows from `at` on became `added` others."""
        shift, end = added - removed, at + removed
        self.rows = [row + shift if row >= end else min(row, at + added) for row in self.rows]

    def move(self, side: Side, end: int, shift: int) -> None:
        """The text of `side` behind `end` moved."""
        self._starts[side] = [start + shift if start >= end else start for start in self._starts[side]]
        self._tops[side] = _tops(self._starts[side])

    def count_all(self, document: Document) -> Iterator[None]:
        """Count the whole document, a few hundred things at a time."""
        for side in SIDES:
            for block in list(document.spans.blocks(side)):
                for span in block:
                    self.add(span, 1)
                yield
        if not document.done:
            return
        for start in range(0, len(document.pairs), 512):
            for row, pair in enumerate(document.pairs[start : start + 512], start):
                if pair.id in document.done:
                    self.done[self.at_row(row)] += 1
            yield

    def count_changes(self, changes: Sequence[SpanChange]) -> Iterator[range]:
        """Count what many changes take away and bring; gives the bins of each."""
        for change in changes:
            if change.before is not None:
                yield self.add(change.before, -1)
            if change.after is not None:
                yield self.add(change.after, 1)


class Strip(QWidget):
    """Paints the bins beside the scroll bar; a click or a drag goes there."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._bins: Bins | None = None
        self._work: Iterator[object] | None = None
        self._picture: QPixmap | None = None
        self._touched: set[int] = set()
        # The text is painted first; what stands beside it may follow.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._redraw)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)
        self._delay = QTimer(self, singleShot=True, interval=60)
        self._delay.timeout.connect(self._begin)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("view.overview"))

    def sizeHint(self) -> QSize:
        """As wide as a scroll bar."""
        return QSize(WIDTH, 100)

    @property
    def counting(self) -> bool:
        """Whether the picture is still being made."""
        return self._work is not None or self._delay.isActive() or self._soon.isActive()

    def recount(self) -> None:
        """Count everything again, soon."""
        self._delay.start()

    def follow(self) -> None:
        """The viewport moved: show where it is, and let it have the time for a while."""
        if self._timer.isActive():
            self._timer.start(_BUSY_MS)
        self.update()

    def recolor(self) -> None:
        """Other colours, the same counts."""
        self._picture = None
        self.update()

    def apply(self, part: DocumentEdit) -> None:
        """Take over what an edit changed."""
        moves = part.text is not None or part.pairs is not None
        if self._bins is None or self._delay.isActive() or (moves and self._work is not None):
            self.recount()
            return
        if part.text is not None:
            self._bins.move(part.text.side, part.text.end, part.text.shift)
        if part.pairs is not None:
            self._bins.splice(part.pairs.at, len(part.pairs.before), len(part.pairs.after))
        if len(part.spans) > _MANY:
            self._count_on(self._bins.count_changes(part.spans))
        else:
            self._touched.update(*self._bins.count_changes(part.spans))
        document = self._view.scene.document
        for done in part.done:
            row = document.pairs.row_of(done.pair) if document else None
            if row is not None:
                one = self._bins.at_row(row)
                self._bins.done[one] += 1 if done.after else -1
                self._touched.add(one)
        self._soon.start()

    def _count_on(self, more: Iterator[object]) -> None:
        """Count this too, when there is time."""
        self._work = more if self._work is None else chain(self._work, more)
        if not self._timer.isActive():
            self._timer.start(_PAUSE_MS)

    def _redraw(self) -> None:
        bins, touched, self._touched = self._bins, self._touched, set()
        if bins is None or self._picture is None or len(touched) > _FEW:
            self.recolor()
            return
        painter = QPainter(self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for one in touched:
            # Neighbours share pixels with it, as a tick is taller than a bin.
            area = QRect(0, one - _TALL, self.width(), 2 * _TALL + bins.tall(one))
            painter.fillRect(area, Qt.GlobalColor.transparent)
            for near in range(max(0, one - 2 * _TALL), min(bins.size, one + _TALL + bins.tall(one))):
                self._draw(painter, bins, near, area)
            self.update(area)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has other bins."""
        super().resizeEvent(event)
        self.recount()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture of the bins, the hits, and the frame of the viewport."""
        painter = QPainter(self)
        colors = self._view.look.colors
        painter.fillRect(event.rect(), colors.background)
        painter.fillRect(QRectF(0, 0, 1, self.height()), colors.line)
        if self._bins is not None:
            if self._picture is None or self._picture.devicePixelRatioF() != self.devicePixelRatioF():
                self._picture = self._drawn(self._bins)
            painter.drawPixmap(0, 0, self._picture)
            self._paint_hits(painter, self._bins)
            self._paint_suggested(painter, self._bins)
        self._paint_frame(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the pointer is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag is over."""
        event.accept()

    def _go(self, y: float) -> None:
        scene = self._view.scene
        whole = max(1.0, scene.range + scene.height)
        self._view.scroll_to(y / max(1, self.height()) * whole - scene.height / 2)

    def _begin(self) -> None:
        document = self._view.scene.document
        self._work, self._picture, self._touched = None, None, set()
        if document is None or not len(document.pairs) or self.height() < 2:
            self._bins = None
            self.update()
            return
        heights = self._view.scene.heights
        total = max(1.0, heights.total)
        rows = [heights.at(total * y / self.height())[0] for y in range(self.height())]
        self._bins = Bins(document, [*rows, len(document.pairs)])
        self._work = self._bins.count_all(document)
        self._timer.start(_PAUSE_MS)

    def _slice(self) -> None:
        self._timer.setInterval(_PAUSE_MS)
        until = time.perf_counter() + _SLICE
        while self._work is not None and time.perf_counter() < until:
            if next(self._work, self) is self:
                self._work = None
        if self._work is None:
            self._timer.stop()
            self.recolor()

    def _drawn(self, bins: Bins) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for one in range(bins.size):
            self._draw(painter, bins, one, self.rect())
        painter.end()
        return picture

    def _draw(self, painter: QPainter, bins: Bins, y: int, clip: QRect) -> None:
        look = self._view.look
        if bins.all_done(y):
            painter.fillRect(QRect(2, y, 2, bins.tall(y)) & clip, look.colors.done)
        counts = bins.labels[y]
        for label in sorted(counts, key=counts.__getitem__):
            if counts[label] < 0:
                continue
            style = look.style(label)
            x = _LEFT + _LANE * min(style.index, _LANES - 1)
            painter.fillRect(QRect(x, y, _LANE, _TALL) & clip, style.line)

    def _paint_hits(self, painter: QPainter, bins: Bins) -> None:
        look = self._view.look
        for side in SIDES:
            for y in {bins.at(side, start) for start, _ in look.hits.all(side)}:
                painter.fillRect(QRectF(1, y, self.width() - 1, 2), look.colors.warning)

    def _paint_suggested(self, painter: QPainter, bins: Bins) -> None:
        """A small ring at the edge for each place where something is suggested."""
        overlay = self._view.look.overlay
        if overlay is None:
            return
        painter.setPen(self._view.look.colors.accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        document = self._view.scene.document
        count = len(document.pairs) if document is not None else 0
        for y in {bins.at_row(row) for row in overlay.rows if row < count}:
            painter.drawRect(QRectF(self.width() - 4.5, y + 0.5, 3, 2))

    def _paint_frame(self, painter: QPainter) -> None:
        scene = self._view.scene
        if not scene.count:
            return
        whole = max(1.0, scene.range + scene.height)
        top = scene.position / whole * self.height()
        tall = max(8.0, scene.height / whole * self.height())
        color = self._view.look.colors.muted
        painter.setPen(with_alpha(color, 130))
        painter.setBrush(with_alpha(color, 34))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(1.5, min(top, self.height() - tall) + 0.5, self.width() - 3, tall - 1)
        painter.drawRoundedRect(frame, 3, 3)


def _starts(document: Document, side: Side, rows: list[int]) -> list[int]:
    """Where each bin's text starts on `side`; ascending."""
    found: list[int] = []
    for row in rows[:-1]:
        extent = document.pairs[row].extent(side)
        found.append(extent[0] if extent else found[-1] if found else 0)
    return found


def _tops(starts: list[int]) -> list[int]:
    """By how many bins start before or at an offset: the topmost bin of the row that it is in."""
    tops = [0]
    for at, start in enumerate(starts):
        tops.append(tops[-1] if at and start == starts[at - 1] else at)
    return tops
