"""The caret: its blinking, and the moves that only the one who laid the lines out can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from annotator.core.span import Side
from annotator.services.cursor import Cursor

if TYPE_CHECKING:
    from annotator.qt.parallel.view import ParallelView

Direction = Literal[-1, 1]


class Caret(QObject):
    """Blinks, and moves by visual line and by page; keeps the column while it does."""

    def __init__(self, view: ParallelView) -> None:
        super().__init__(view)
        self._view = view
        self._goal: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._blink)

    def shown(self) -> None:
        """The caret moved or the focus came: show it, and start blinking anew."""
        self._view.look.caret_on = True
        flash = QGuiApplication.styleHints().cursorFlashTime()
        if self._view.look.focus and flash > 0:
            self._timer.start(flash // 2)
        else:
            self._timer.stop()

    def forget_column(self) -> None:
        """The caret was moved by something else."""
        self._goal = None

    def line(self, direction: Direction, *, extend: bool = False) -> None:
        """One visual line up or down, on the same side."""
        target = self._line_from(direction)
        if target is not None:
            self._go(target, extend=extend)

    def page(self, direction: Direction, *, extend: bool = False) -> None:
        """A viewport up or down; the text scrolls along, the caret keeps its height."""
        view, cursor = self._view, self._view.workbench.cursor
        rect = view.scene.caret(cursor.side, cursor.offset)
        y = rect.center().y() if rect is not None else view.scene.height / 2
        x = self._column()
        before = view.scene.position
        view.scroll_by(direction * 0.88 * view.scene.height)
        moved = abs(view.scene.position - before) > 1
        if not moved:
            y = 0 if direction < 0 else view.scene.height - 1
        hit = view.scene.hit(view.scene.columns.x[cursor.side] + x, y, cursor.side)
        if hit is not None:
            self._go(hit.offset, extend=extend)

    def line_edge(self, direction: Direction, *, extend: bool = False) -> None:
        """To the start or the end of the visual line."""
        cursor = self._view.workbench.cursor
        found = self._view.scene.block(cursor.side, cursor.offset)
        if found is None:
            return
        index, _, block, inside = found
        line = block.lines[block.line_at(inside)]
        start = self._view.scene.start(index, cursor.side) or 0
        far = line.end if extend else block.last(line)
        target = line.start if direction < 0 else far
        self._view.workbench.move(cursor.moved(start + target, extend=extend))

    def _column(self) -> float:
        if self._goal is None:
            cursor = self._view.workbench.cursor
            found = self._view.scene.block(cursor.side, cursor.offset)
            if found is None:
                return 0.0
            _, _, block, inside = found
            self._goal = block.x(block.lines[block.line_at(inside)], inside)
        return self._goal

    def _line_from(self, direction: Direction) -> int | None:
        scene, cursor = self._view.scene, self._view.workbench.cursor
        found = scene.block(cursor.side, cursor.offset)
        if found is None:
            return None
        index, _, block, inside = found
        x = self._column()
        number = block.line_at(inside) + direction
        if 0 <= number < len(block.lines):
            return (scene.start(index, cursor.side) or 0) + block.offset(block.lines[number], x, on_line=True)
        return self._in_row(self._next_row(index, cursor.side, direction), cursor.side, direction, x)

    def _next_row(self, index: int, side: Side, direction: Direction) -> int | None:
        scene = self._view.scene
        index += direction
        while 0 <= index < scene.count:
            if scene.start(index, side) is not None:
                return index
            index += direction
        return None

    def _in_row(self, index: int | None, side: Side, direction: Direction, x: float) -> int | None:
        if index is None:
            return None
        scene = self._view.scene
        block = scene.row(index).blocks[side]
        line = block.lines[0 if direction > 0 else -1]
        return (scene.start(index, side) or 0) + block.offset(line, x, on_line=True)

    def _go(self, offset: int, *, extend: bool) -> None:
        goal = self._goal
        cursor = self._view.workbench.cursor
        self._view.workbench.move(Cursor(cursor.side, offset, cursor.anchor if extend else offset))
        self._goal = goal

    def _blink(self) -> None:
        self._view.look.caret_on = not self._view.look.caret_on
        self._view.update_caret()
