"""Where the gutter and the two sides stand in a viewport of some width."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.span import Side
from annotator.qt.parallel.options import Metrics, ViewOptions


class Columns(Struct, frozen=True):
    """Left edges and widths of the text columns in pixels; `first` is the side shown left or on top."""

    stacked: bool
    first: Side
    left: int
    right: int
    x: dict[Side, int]
    width: dict[Side, int]

    def side_at(self, x: float) -> Side:
        """The side that a horizontal position belongs to; only meaningful in two columns."""
        second: Side = "en" if self.first == "zh" else "zh"
        middle = (self.x[self.first] + self.width[self.first] + self.x[second]) / 2
        return self.first if x < middle else second


def columns(width: int, options: ViewOptions, measures: Metrics) -> Columns:
    """The columns in a viewport `width` pixels wide."""
    first: Side = "en" if options.swapped else "zh"
    second: Side = "zh" if options.swapped else "en"
    ends = measures.gutter + measures.margin
    free = max(160, width - ends - measures.gap)
    narrow = free / 2 < options.narrow * measures.zh.em
    stacked = options.arrangement == "stacked" or (options.arrangement == "auto" and narrow)
    if stacked:
        widest = round(options.measure * max(measures.zh.em, measures.en.em))
        text = max(80, min(width - ends, widest))
        left = max(0, (width - ends - text) // 2)
        x = left + measures.gutter
        return Columns(True, first, left, x + text, {first: x, second: x}, {first: text, second: text})
    text = min(free // 2, round(options.measure * max(measures.zh.em, measures.en.em)))
    left = max(0, (width - ends - measures.gap - 2 * text) // 2)
    x = left + measures.gutter
    other = x + text + measures.gap
    return Columns(False, first, left, other + text, {first: x, second: other}, {first: text, second: text})
