"""What the user may choose about the view, and the measures in pixels that follow from it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from PySide6.QtGui import QFont, QFontInfo

from annotator.core.span import Side
from annotator.qt.theme import FAMILIES, families

Arrangement = Literal["auto", "columns", "stacked"]


class ViewOptions(Struct, frozen=True):
    """Choices of the user. Sizes are points at zoom 1; no families: the usual ones.

    A column is at most `measure` em wide; where it would be less than `narrow`, the sides are stacked.
    """

    swapped: bool = False
    arrangement: Arrangement = "auto"
    show_tags: bool = False
    snap: bool = True
    zh_families: tuple[str, ...] = ()
    en_families: tuple[str, ...] = ()
    zh_size: float = 12.5
    en_size: float = 11.5
    zh_leading: float = 1.75
    en_leading: float = 1.55
    measure: float = 38.0
    narrow: float = 15.0


class TextStyle(Struct, frozen=True):
    """How one side is set: fonts, the em and the lines, in pixels.

    `rise` is how far the baseline lies below the top of a line, `lane` how far the first underline lies
    below the baseline; so many underlines as `lanes` fit before the lines have to move apart.
    """

    font: QFont
    title: QFont
    em: float
    leading: float
    rise: float
    lane: int
    lanes: int


class Metrics(Struct, frozen=True):
    """All measures of the view in logical pixels, for one zoom and one pair of languages."""

    zh: TextStyle
    en: TextStyle
    small: QFont
    unit: float
    pad: float
    paragraph: float
    lane_step: int
    gutter: int
    gap: int
    margin: int

    def style(self, side: Side) -> TextStyle:
        """How `side` is set."""
        return self.zh if side == "zh" else self.en


def metrics(options: ViewOptions, zoom: float, dpi: float, languages: tuple[str, str]) -> Metrics:
    """The measures for these choices; `dpi` is the screen's logical resolution, `languages` tags zh, en."""
    chinese = (*options.zh_families, *families(languages[0]))
    latin = (*options.en_families, *families(languages[1]))
    tags = 0.5 if options.show_tags else 0.0
    zh = _style(chinese, options.zh_size * zoom, options.zh_leading + tags, dpi, 3)
    en = _style((*latin, chinese[0]), options.en_size * zoom, options.en_leading + tags, dpi, 2)
    unit = options.en_size * zoom * dpi / 72 / 16
    small = QFont()
    small.setFamilies([*FAMILIES["ui"], *FAMILIES["zh-Hans"]])
    small.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    small.setPointSizeF(max(7.0, options.en_size * zoom * 0.7))
    return Metrics(
        zh=zh,
        en=en,
        small=small,
        unit=unit,
        pad=round(9 * unit),
        paragraph=round(12 * unit),
        lane_step=max(4, round(4 * unit)),
        gutter=round(58 * unit),
        gap=round(54 * unit),
        margin=round(18 * unit),
    )


def _style(families: tuple[str, ...], size: float, leading: float, dpi: float, lanes: int) -> TextStyle:
    font = QFont()
    font.setFamilies(list(families))
    font.setPointSizeF(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    title = QFont(font)
    title.setPointSizeF(size * 1.12)
    title.setWeight(QFont.Weight.Bold)
    em = QFontInfo(font).pixelSize() or size * dpi / 72
    em = max(em, size * dpi / 72)
    height = round(em * leading)
    return TextStyle(font, title, em, height, round((height - em) / 2 + 0.86 * em), round(0.25 * em), lanes)
