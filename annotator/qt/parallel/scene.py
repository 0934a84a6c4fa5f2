"""What of the document lies where in the viewport: laid-out rows around a scroll anchor. Paints nothing.

The anchor is a row and how far its top lies above the viewport. Heights above it may turn out different
from the guess without anything visible moving.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtCore import QRectF

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit
from annotator.core.span import SIDES, Side, Span, other
from annotator.qt.parallel.columns import Columns, columns
from annotator.qt.parallel.heights import Heights
from annotator.qt.parallel.highlights import is_stretch, lanes, marks
from annotator.qt.parallel.options import Metrics, ViewOptions, metrics
from annotator.qt.parallel.rows import Block, Row, RowCache, lay_out

_MANY = 64


class Placed(NamedTuple):
    """A row in the viewport: its number, the y of its top, and its layout."""

    number: int
    y: float
    row: Row


class Hit(Struct, frozen=True):
    """What lies at a point: the row, the side, the nearest caret offset, the character if it is on one."""

    row: int
    side: Side
    offset: int
    char: int | None
    gutter: bool


class Scene:
    """The visible part of one document."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self.options = ViewOptions()
        self.zoom = 1.0
        self.width, self.height, self.dpi = 0, 0, 96.0
        self.metrics: Metrics = metrics(self.options, 1.0, 96.0, ("zh-Hans", "en"))
        self.columns: Columns = columns(800, self.options, self.metrics)
        self.heights = Heights(0, self._guess)
        self.anchor, self.above = 0, 0.0
        self._cache = RowCache()
        self._placed: list[Placed] | None = None

    @property
    def count(self) -> int:
        """How many rows the document has."""
        return len(self.document.pairs) if self.document else 0

    def show(self, document: Document | None) -> None:
        """Show another document, from its top."""
        self.document = document
        self.anchor, self.above = 0, 0.0
        self.arrange()

    def resize(self, width: int, height: int, dpi: float) -> None:
        """The viewport has another size; the row on top stays on top."""
        same = (width, dpi) == (self.width, self.dpi)
        self.width, self.height, self.dpi = width, height, dpi
        if same:
            self._placed = None
        else:
            self.arrange()

    def arrange(self) -> None:
        """Lay everything out again, after another width, zoom, font or document."""
        document, share = self.document, 0.0
        if self.above and self.anchor < min(self.count, self.heights.count):
            share = self.above / max(1.0, self.heights.height(self.anchor))
        languages = (document.language("zh"), document.language("en")) if document else ("zh-Hans", "en")
        self.metrics = metrics(self.options, self.zoom, self.dpi, languages)
        self.columns = columns(self.width, self.options, self.metrics)
        self.heights = Heights(self.count, self._guess)
        self._cache.clear()
        self._placed = None
        if share:
            self.above = float(round(share * self.row(self.anchor).height))

    def apply(self, document: Document, part: DocumentEdit) -> list[tuple[int, int]] | None:
        """Take an edit over; `document` is as it is after it.

        Returns:
            The runs of rows `[first, last)` that look different, or None if anything may.
        """
        self.document = document
        if part.info is not None and part.info.before.zh_lang != part.info.after.zh_lang:
            self.arrange()
            return None
        if part.pairs is not None:
            self._splice(part.pairs.at, [p.id for p in part.pairs.before], [p.id for p in part.pairs.after])
            return None
        return self._touch_spans(document, part)

    def _splice(self, at: int, before: list[str], after: list[str]) -> None:
        for pair_id in (*before, *after):
            self._cache.drop(pair_id)
        behind = at + len(after)
        if behind < self.count:
            # Whether it starts a paragraph depends on the row before it.
            self._cache.drop(self._pair_id(behind))
        self._cache.forget_marks()
        self.heights.splice(at, len(before), len(after))
        if at + len(before) <= self.anchor:
            self.anchor += len(after) - len(before)
        elif at < self.anchor:
            self.anchor = max(at, min(self.anchor, at + len(after) - 1))
        self.anchor = max(0, min(self.anchor, self.count - 1))
        self._placed = None

    def _touch_spans(self, document: Document, part: DocumentEdit) -> list[tuple[int, int]] | None:
        touched = [span for change in part.spans for span in (change.before, change.after) if span]
        if len(touched) > _MANY or any(is_stretch(document, span) for span in touched):
            self._cache.forget_marks()
            self._placed = None
            return None
        runs: list[tuple[int, int]] = []
        for span in touched:
            first = document.pairs.row_at(span.side, span.start)
            last = document.pairs.row_at(span.side, span.end - 1) + 1
            runs.append((first, last))
            for row in range(max(0, first), last):
                self._forget_marks(row)
        done = (document.pairs.row_of(change.pair) for change in part.done)
        runs += [(row, row + 1) for row in done if row is not None]
        return runs if self._placed is not None else None

    def _forget_marks(self, index: int) -> None:
        found = self._cache.get(self._pair_id(index))
        if found is None:
            return
        found.marks = None
        if self._placed is None:
            return
        for placed in self._placed:
            if placed.number == index and self.row(index) is not found:
                self._placed = None
                return

    def row(self, index: int) -> Row:
        """The row, laid out, with its highlights."""
        document = self.document
        assert document is not None
        found = self._cache.get(self._pair_id(index))
        if found is not None and found.marks is not None:
            return found
        spans = {side: document.row_spans(index, side) for side in SIDES}
        extra = {side: _extra_lanes(spans[side], self.metrics.style(side).lanes) for side in SIDES}
        if found is None or found.extra != extra:
            found = lay_out(document, index, self.columns, self.metrics, extra)
            self._cache.put(self._pair_id(index), found)
            self.heights.set(index, found.height)
        found.marks = {
            side: marks(document, index, side, block, spans[side], self.metrics)
            for side, block in found.blocks.items()
        }
        return found

    def forget_ghosts(self, rows: Iterable[int] | None = None) -> None:
        """Something else is suggested now in these rows, or anywhere."""
        if rows is None:
            self._cache.forget_ghosts()
            return
        for index in rows:
            found = self._cache.get(self._pair_id(index)) if index < self.count else None
            if found is not None:
                found.ghosts = {}

    def placed(self) -> list[Placed]:
        """The rows in the viewport, from top to bottom."""
        if self._placed is None:
            self._settle()
            self._placed = self._walk()
        return self._placed

    def _walk(self) -> list[Placed]:
        found: list[Placed] = []
        y, index = -self.above, self.anchor
        while y < self.height and index < self.count:
            row = self.row(index)
            found.append(Placed(index, y, row))
            y += row.height
            index += 1
        return found

    def _settle(self) -> None:
        """Leave no empty space below the last row while there are rows above."""
        self.anchor = max(0, min(self.anchor, self.count - 1))
        if not self.count:
            self.above = 0.0
            return
        self.row(self.anchor)
        rows = self._walk()
        last = rows[-1] if rows else None
        if last is not None and last.number < self.count - 1:
            return
        bottom = last.y + last.row.height + self.tail if last else 0.0
        if bottom < self.height:
            self._up(round(self.height - bottom))

    @property
    def tail(self) -> float:
        """Empty space below the last row, so that it need not be read at the very edge."""
        return 4 * self.metrics.pad

    def _up(self, by: float) -> None:
        self.above -= by
        while self.above < 0 and self.anchor > 0:
            self.anchor -= 1
            self.above += self.row(self.anchor).height
        self.above = max(self.above, 0.0)

    def _down(self, by: float) -> None:
        self.above += by
        while self.anchor < self.count - 1 and self.above >= (height := self.row(self.anchor).height):
            self.above -= height
            self.anchor += 1

    def scroll(self, by: float) -> None:
        """Move the text up by so many whole pixels, row by row, each at its true height."""
        if not self.count:
            return
        by = round(by)
        if by < 0:
            self._up(-by)
        else:
            self._down(by)
        self._placed = None

    def jump(self, position: float) -> None:
        """Put `position` of the whole height at the top of the viewport."""
        if abs(position - self.position) <= 2 * self.height:
            self.scroll(position - self.position)
            return
        self.anchor, above = self.heights.at(position)
        self.above = float(round(above))
        self._placed = None

    def jump_to_row(self, row: int, y: float) -> None:
        """Put the top of a row at height `y` of the viewport."""
        self.anchor, self.above = max(0, min(row, self.count - 1)), 0.0
        self._placed = None
        self._up(round(y))

    @property
    def position(self) -> float:
        """How much of the whole height lies above the viewport."""
        return self.heights.top(self.anchor) + self.above if self.count else 0.0

    @property
    def range(self) -> float:
        """The largest position."""
        return max(0.0, self.heights.total + self.tail - self.height)

    def find(self, index: int) -> Placed | None:
        """The row, if it is in the viewport."""
        rows = self.placed()
        if not rows or not rows[0].number <= index <= rows[-1].number:
            return None
        return rows[index - rows[0].number]

    def row_of(self, side: Side, offset: int) -> int:
        """The row that shows `offset` of `side`."""
        return self.document.pairs.row_at(side, offset) if self.document else -1

    def start(self, index: int, side: Side) -> int | None:
        """The offset at which the row's text starts."""
        assert self.document is not None
        extent = self.document.pairs[index].extent(side)
        return extent[0] if extent else None

    def block(self, side: Side, offset: int) -> tuple[int, Row, Block, int] | None:
        """The row's number, the row, the block and the place in the block that show `offset`, laid out."""
        index = self.row_of(side, offset)
        if index < 0 or self.document is None or index >= self.count:
            return None
        row = self.row(index)
        start = self.start(index, side)
        if start is None or side not in row.blocks:
            return None
        block = row.blocks[side]
        return index, row, block, max(0, min(offset - start, len(block.text)))

    def caret(self, side: Side, offset: int) -> QRectF | None:
        """Where the caret stands, if its row is in the viewport."""
        found = self.block(side, offset)
        placed = self.find(found[0]) if found else None
        if found is None or placed is None:
            return None
        _, row, block, inside = found
        line = block.lines[block.line_at(inside)]
        left, top = row.places[side]
        em = block.style.em
        return QRectF(left + block.x(line, inside) - 1, placed.y + top + line.baseline - em, 2, 1.25 * em)

    def hit(self, x: float, y: float, side: Side | None = None) -> Hit | None:
        """What lies at a point; `side` holds on to one side however far the point has strayed."""
        rows = self.placed()
        if not rows or self.document is None:
            return None
        placed = next((one for one in rows if one.y <= y < one.y + one.row.height), None)
        placed = placed or (rows[0] if y < rows[0].y else rows[-1])
        gutter = side is None and self.columns.left <= x < self.columns.left + self.metrics.gutter * 0.8
        side = side or self._side_at(placed, x, y)
        block, start = placed.row.blocks.get(side), self.start(placed.number, side)
        if block is None or start is None:
            return Hit(placed.number, side, self._nearest(placed.number, side), None, gutter)
        left, top = placed.row.places[side]
        below = y - placed.y - top
        line = block.lines[block.line_below(below)]
        offset = start + block.offset(line, x - left)
        on_text = 0 <= below < block.height and 0 <= x - left < line.qt.naturalTextWidth()
        char = start + block.character(line, x - left) if on_text else None
        return Hit(placed.number, side, offset, char, gutter)

    def _side_at(self, placed: Placed, x: float, y: float) -> Side:
        if not self.columns.stacked:
            return self.columns.side_at(x)
        second = other(self.columns.first)
        if second not in placed.row.blocks:
            return self.columns.first
        if self.columns.first not in placed.row.blocks:
            return second
        return second if y - placed.y >= placed.row.places[second][1] else self.columns.first

    def _nearest(self, index: int, side: Side) -> int:
        assert self.document is not None
        for row in range(index, -1, -1):
            extent = self.document.pairs[row].extent(side)
            if extent:
                return extent[1]
        return 0

    def _pair_id(self, index: int) -> str:
        assert self.document is not None
        return self.document.pairs[index].id

    def _guess(self, first: int, last: int) -> float:
        document = self.document
        count = last - first
        if document is None or not count:
            return 0.0
        measures, tallest, total = self.metrics, 0.0, 0.0
        for side in SIDES:
            style = measures.style(side)
            width = style.em * (1.0 if side == "zh" else 0.5)
            lines = _length(document, side, first, last) / count * width / max(1, self.columns.width[side])
            height = style.leading * (int(lines) + 1 if count == 1 else max(1.0, lines + 0.45))
            tallest, total = max(tallest, height), total + height
        text = total + 0.5 * measures.pad if self.columns.stacked else tallest
        return count * (text + 2 * measures.pad + (measures.paragraph * 0.3 if count > 1 else 0.0))


def _extra_lanes(spans: list[Span], free: int) -> int:
    return max(0, max(lanes(spans).values()) + 1 - free) if len(spans) > free else 0


def _length(document: Document, side: Side, first: int, last: int) -> int:
    pairs = document.pairs
    starts = (extent[0] for row in range(first, last) if (extent := pairs[row].extent(side)))
    ends = (extent[1] for row in range(last - 1, first - 1, -1) if (extent := pairs[row].extent(side)))
    return next(ends, 0) - next(starts, 0)
