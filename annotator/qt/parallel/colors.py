"""The colours of the view, all in one place: those of the theme, and what becomes of a label's colour."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QColor

from annotator.core.labels import LabelSet
from annotator.core.messages import language
from annotator.qt.theme import Theme, blend, contrast, tint

STYLES = ("solid", "dashed", "dotted", "double", "dash-dot", "long-dash", "double-dotted", "thick")
UNKNOWN = "wavy"


class LabelStyle(Struct, frozen=True):
    """How spans of a label look: the tint behind the text, the line below, the plate and text of the tag.

    The soft colours are for spans of which the annotator is not certain, and for long stretches.
    """

    fill: QColor
    line: QColor
    soft_fill: QColor
    soft_line: QColor
    ink: QColor
    on_ink: QColor
    kind: str
    title: str
    index: int


class ViewColors(Struct, frozen=True):
    """The colours of the view in one theme; `unknown` is for labels that the project does not know."""

    dark: bool
    background: QColor
    text: QColor
    muted: QColor
    faint: QColor
    line: QColor
    current: QColor
    accent: QColor
    selection: QColor
    caret: QColor
    done: QColor
    warning: QColor
    hit: QColor
    unknown: LabelStyle
    theme: Theme

    def label_styles(self, labels: LabelSet) -> dict[str, LabelStyle]:
        """A style for each label; the underlines differ from one label to the next."""
        return {
            label.id: _style(
                self.theme, label.color, STYLES[index % len(STYLES)], label.title(language()), index
            )
            for index, label in enumerate(labels)
        }


def colors(theme: Theme) -> ViewColors:
    """The colours that go with a theme."""
    return ViewColors(
        dark=theme.dark,
        background=theme.background,
        text=theme.text,
        muted=theme.muted,
        faint=theme.faint,
        line=blend(theme.line, theme.background, 0.75),
        current=blend(theme.surface, theme.background, 0.8),
        accent=theme.accent,
        selection=with_alpha(theme.selection, 215 if theme.dark else 205),
        caret=theme.caret,
        done=theme.done,
        warning=theme.warning,
        hit=QColor("#6B5618") if theme.dark else QColor("#FFE38F"),
        unknown=_style(theme, theme.muted.name(), UNKNOWN, "", 0),
        theme=theme,
    )


def _style(theme: Theme, color: str, kind: str, title: str, index: int) -> LabelStyle:
    found = tint(color, theme)
    fill = with_alpha(QColor(color), 76 if theme.dark else 48)
    on = QColor("#FFFFFF") if contrast(QColor("#FFFFFF"), found.ink) >= 4.5 else theme.background
    soft = with_alpha(fill, fill.alpha() // 2), with_alpha(found.line, 150)
    return LabelStyle(fill, found.line, *soft, found.ink, on, kind, title, index)


def with_alpha(color: QColor, alpha: int) -> QColor:
    """The colour, this much opaque (0 to 255)."""
    found = QColor(color)
    found.setAlpha(alpha)
    return found
