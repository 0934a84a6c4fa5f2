"""Laying out rows: one block of text a side, and a cache of those that were seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from functools import lru_cache
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.core.document import Document
from annotator.core.span import SIDES, Side
from annotator.qt.offsets import Utf16
from annotator.qt.parallel.columns import Columns
from annotator.qt.parallel.highlights import Mark
from annotator.qt.parallel.options import Metrics, TextStyle

# Some screens. More would cost the garbage collector milliseconds now and then.
_CACHED = 160
_start, _top = attrgetter("start"), attrgetter("top")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Where Chinese meets Latin letters or digits without a space, a quarter of a space is set between them.
_SEAM = re.compile(rf"[{_HAN}](?=[A-Za-z0-9])|[A-Za-z0-9%](?=[{_HAN}])")


class Line:
    """One line of a block: its code points `[start, end)` and where it stands in the block."""

    __slots__ = ("baseline", "end", "qt", "start", "top")

    def __init__(self, qt: QTextLine, start: int, end: int, top: float, baseline: float) -> None:
        self.qt = qt
        self.start = start
        self.end = end
        self.top = top
        self.baseline = baseline


class Block:
    """One side of a row, laid out. Offsets are code points from the start of the row's text."""

    __slots__ = ("_layout", "_units", "height", "lines", "style", "text", "width")

    def __init__(self, text: str, style: TextStyle, width: float, *, title: bool, leading: float) -> None:
        self.text = text
        self.style = style
        self.width = width
        self._units = Utf16(text)
        self._layout = self._laid(style.title if title else style.font, width)
        self.lines = self._placed(leading)
        self.height = leading * len(self.lines)

    @property
    def layout(self) -> QTextLayout:
        """What paints the text."""
        return self._layout

    def line_at(self, offset: int) -> int:
        """The line that shows the character at `offset`."""
        return max(0, bisect_right(self.lines, offset, key=_start) - 1)

    def line_below(self, y: float) -> int:
        """The line at height `y`, clamped to the first and last."""
        return max(0, bisect_right(self.lines, y, key=_top) - 1)

    def x(self, line: Line, offset: int) -> float:
        """Where the caret before the character at `offset` stands in `line`."""
        found: object = line.qt.cursorToX(self._units.to_qt(offset))
        return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]

    def offset(self, line: Line, x: float, *, on_line: bool = False) -> int:
        """The gap between characters nearest to `x` of a line.

        Behind the last character of a wrapped line that is where the next line starts; `on_line` keeps the
        caret on this one.
        """
        found = self._units.from_qt(line.qt.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))
        last = self.last(line)
        if found < last or last == line.end:
            return found
        # Qt itself never leaves a wrapped line.
        behind = x > (self.x(line, last) + line.qt.naturalTextWidth()) / 2
        return line.end if behind and not on_line and not self._ends_in_space(line) else last

    def character(self, line: Line, x: float) -> int:
        """The offset of the character that lies at `x` of a line."""
        return self._units.from_qt(line.qt.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))

    def last(self, line: Line) -> int:
        """The last offset at which the caret is shown on a line."""
        return line.end if line is self.lines[-1] else max(line.start, line.end - 1)

    def _ends_in_space(self, line: Line) -> bool:
        return self.text[line.end - 1 : line.end].isspace()

    def pieces(self, start: int, end: int) -> list[tuple[float, float, float]]:
        """`(left, right, baseline)` of each line's share of `[start, end)`."""
        found: list[tuple[float, float, float]] = []
        for line in self.lines[self.line_at(start) :]:
            if line.start >= end:
                break
            left = self.x(line, max(start, line.start))
            right = self.x(line, min(end, line.end)) if end < line.end else line.qt.naturalTextWidth()
            if right > left:
                found.append((left, right, line.baseline))
        return found

    def _laid(self, font: QFont, width: float) -> QTextLayout:
        layout = QTextLayout(self.text.replace("\n", "\u2028"), font)
        layout.setTextOption(_option())
        layout.setCacheEnabled(True)
        seams = [match.start() for match in _SEAM.finditer(self.text)]
        if seams:
            layout.setFormats([self._seam(at) for at in seams])
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
        layout.endLayout()
        return layout

    def _seam(self, at: int) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start = self._units.to_qt(at)
        found.length = 1
        found.format = _seam_format(round(self.style.em * 0.14, 2))
        return found

    def _placed(self, leading: float) -> list[Line]:
        lines: list[Line] = []
        extra = leading - self.style.leading
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            top = number * leading
            baseline = round(top + self.style.rise + max(0.0, extra) * 0.25)
            line.setPosition(QPointF(0.0, baseline - line.ascent()))
            start = self._units.from_qt(line.textStart())
            end = self._units.from_qt(line.textStart() + line.textLength())
            lines.append(Line(line, start, end, top, baseline))
        return lines


class Row:
    """A pair laid out: a block for each side that has text, each side's place in the row, the height.

    `marks` are the highlights with their geometry and `ghosts` the suggestions, made when first painted.
    """

    __slots__ = ("blocks", "extra", "ghosts", "height", "marks", "places")

    def __init__(self, blocks: dict[Side, Block], places: dict[Side, tuple[int, int]], height: int) -> None:
        self.blocks = blocks
        self.places = places
        self.height = height
        self.extra: dict[Side, int] = {}
        self.marks: dict[Side, list[Mark]] | None = None
        self.ghosts: dict[Side, list[Any]] = {}


class RowCache:
    """The rows laid out last, by pair id."""

    def __init__(self) -> None:
        self._rows: OrderedDict[str, Row] = OrderedDict()

    def get(self, pair_id: str) -> Row | None:
        """The row, if it is still here."""
        row = self._rows.get(pair_id)
        if row is not None:
            self._rows.move_to_end(pair_id)
        return row

    def put(self, pair_id: str, row: Row) -> None:
        """Keep a row; the one not seen for longest goes."""
        self._rows[pair_id] = row
        if len(self._rows) > _CACHED:
            self._rows.popitem(last=False)

    def drop(self, pair_id: str) -> None:
        """Lay this row out again when it is needed."""
        self._rows.pop(pair_id, None)

    def forget_marks(self) -> None:
        """Keep the texts, make all highlights anew."""
        for row in self._rows.values():
            row.marks = None

    def forget_ghosts(self) -> None:
        """Make all suggestions anew."""
        for row in self._rows.values():
            row.ghosts = {}

    def clear(self) -> None:
        """Lay everything out again."""
        self._rows.clear()


def paragraph_starts(document: Document, row: int) -> bool:
    """Whether a paragraph ends before this row, on either side."""
    if row == 0:
        return False
    for side in SIDES:
        extent, before = document.pairs[row].extent(side), document.pairs[row - 1].extent(side)
        if extent and before:
            return "\n" in document.text(side)[before[1] : extent[0]]
    return False


def lay_out(document: Document, row: int, columns: Columns, metrics: Metrics, extra: dict[Side, int]) -> Row:
    """Lay a pair out; `extra` is how many underlines more than usual each side needs below its lines."""
    title = document.pairs[row].role == "title"
    blocks: dict[Side, Block] = {}
    for side in SIDES:
        text = document.row_text(row, side)
        if text:
            style = metrics.style(side)
            leading = round(style.leading * (1.12 if title else 1.0)) + extra[side] * metrics.lane_step
            blocks[side] = Block(text, style, columns.width[side], title=title, leading=leading)
    top = metrics.pad + (metrics.paragraph if title or paragraph_starts(document, row) else 0)
    place = _stacked if columns.stacked else _beside
    found = place(blocks, columns, metrics, top)
    found.extra = extra
    return found


def _beside(blocks: dict[Side, Block], columns: Columns, metrics: Metrics, top: float) -> Row:
    # The first baselines of both sides stand on one line.
    rises = {side: block.lines[0].baseline for side, block in blocks.items()}
    deepest = max(rises.values(), default=0.0)
    places = {side: (columns.x[side], round(top + deepest - rises.get(side, deepest))) for side in SIDES}
    bottoms = [places[side][1] + block.height for side, block in blocks.items()]
    bottom = max(bottoms, default=top + metrics.zh.leading)
    return Row(blocks, places, round(bottom + metrics.pad))


def _stacked(blocks: dict[Side, Block], columns: Columns, metrics: Metrics, top: float) -> Row:
    places: dict[Side, tuple[int, int]] = {}
    y = top
    for side in (columns.first, "en" if columns.first == "zh" else "zh"):
        places[side] = (columns.x[side], round(y))
        y += blocks[side].height + metrics.pad * 0.5 if side in blocks else 0
    return Row(blocks, places, round(y + metrics.pad))


@lru_cache(maxsize=1)
def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    return option


@lru_cache(maxsize=16)
def _seam_format(space: float) -> QTextCharFormat:
    seam = QTextCharFormat()
    seam.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    seam.setFontLetterSpacing(space)
    return seam
