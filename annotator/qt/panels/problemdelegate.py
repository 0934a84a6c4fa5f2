"""How the problems panel paints a row: a kind with its count, or what is wrong and where."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

from annotator.core.messages import say
from annotator.qt.icons import pixmap
from annotator.qt.offsets import Utf16
from annotator.qt.panels.groupedmodel import Index
from annotator.qt.panels.problemmodel import ProblemModel
from annotator.qt.panels.rowpaint import RowDelegate, font_for, scaled, write
from annotator.qt.theme import theme
from annotator.services.problems import Kind, Problem

_GAP = 5
_ICON = 16
_LINES = 3


class ProblemDelegate(RowDelegate):
    """A kind takes one line; a problem up to three lines for its sentence and one for its place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        line = QFontMetrics(_font(option.font)).height()
        problem = model.problem(index) if isinstance(model, ProblemModel) else None
        if not isinstance(model, ProblemModel) or problem is None:
            return QSize(60, line + 3 * _GAP)
        lines = _wrapped(model.sentence(problem), _font(option.font), self._room(option))
        return QSize(60, (len(lines) + 1) * line + 3 * _GAP + 2)

    def _room(self, option: QStyleOptionViewItem) -> int:
        """How wide the sentence of a problem may be."""
        view = option.widget
        indent = 2 * view.indentation() if isinstance(view, QTreeView) else 0
        width = view.viewport().width() if isinstance(view, QTreeView) else option.rect.width()
        return width - indent - _ICON - 3 * _GAP + 2

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ProblemModel):
            return
        kind, problem = model.kind(index), model.problem(index)
        if problem is not None:
            self._paint_problem(painter, option, model, problem)
        elif kind is not None:
            self._paint_kind(painter, option, kind, len(model.problems(index)))

    def _paint_kind(self, painter: QPainter, option: QStyleOptionViewItem, kind: Kind, count: int) -> None:
        worn, area = theme(), option.rect.adjusted(_GAP, 0, -2 * _GAP - 4, 0)
        number = f"{count:,}"
        write(painter, option.font, worn.muted, area, number, right=True)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        taken = QFontMetrics(option.font).horizontalAdvance(number)
        write(painter, strong, worn.text, area.adjusted(0, 0, -taken - 2 * _GAP, 0), say(kind.title))

    def _paint_problem(
        self, painter: QPainter, option: QStyleOptionViewItem, model: ProblemModel, problem: Problem
    ) -> None:
        worn, weak = theme(), model.weak(problem)
        area = option.rect.adjusted(-2, _GAP + 2, -2 * _GAP, -_GAP - 2)
        colour = worn.muted if weak else worn.warning
        painter.drawPixmap(area.left(), area.top() + 1, pixmap("about" if weak else "warning", _ICON, colour))
        area.adjust(_ICON + _GAP, 0, 0, 0)
        font = _font(option.font)
        line = QFontMetrics(font).height()
        lines = _wrapped(model.sentence(problem), font, self._room(option))
        for number, text in enumerate(lines):
            here = QRect(area.left(), area.top() + number * line, area.width(), line)
            write(painter, font, worn.text, here, text)
        below = QRect(area.left(), area.top() + len(lines) * line, area.width(), line)
        write(painter, scaled(font, 0.9), worn.muted, below, model.place(problem))


def _wrapped(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """The text in at most so many lines; the last takes the rest, to be cut where it ends."""
    return _wrapped_in(text, font.toString(), font, width)


@lru_cache(maxsize=2048)
def _wrapped_in(text: str, _: str, font: QFont, width: int) -> tuple[str, ...]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(20, width))
        starts.append(line.textStart())
    layout.endLayout()
    offsets = Utf16(text)
    cuts = [*map(offsets.from_qt, starts), len(text)]
    return tuple(text[start:end].strip() for start, end in pairwise(cuts))


def _font(base: QFont) -> QFont:
    return font_for(base, "zh-Hans")
