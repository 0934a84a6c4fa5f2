"""The colours of the view, all in one place: those of the theme, and what becomes of a label's colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QColor, QPalette

from annotator.core.labels import LabelSet
from annotator.core.messages import language

STYLES = ("solid", "dashed", "dotted", "double", "dash-dot", "long-dash", "double-dotted", "thick")
UNKNOWN = "wavy"


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How spans of a label look: the tint behind the text, the line below, and the text of the tag."""

    fill: QColor
    line: QColor
    kind: str
    title: str
    index: int


@dataclass(frozen=True)
class ViewColors:
    """The colours of a theme, light or dark."""

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

    @cached_property
    def unknown(self) -> LabelStyle:
        """For a label that the project does not know."""
        grey = QColor("#8C9298" if self.dark else "#767C82")
        return LabelStyle(with_alpha(grey, 40), grey, UNKNOWN, "", 0)

    def label_styles(self, labels: LabelSet) -> dict[str, LabelStyle]:
        """A style for each label; the underlines differ from one label to the next."""
        return {
            label.id: LabelStyle(
                fill=with_alpha(QColor(label.color), 70 if self.dark else 44),
                line=readable(QColor(label.color), self.background, 3.4),
                kind=STYLES[index % len(STYLES)],
                title=label.title(language()),
                index=index,
            )
            for index, label in enumerate(labels)
        }


def colors(palette: QPalette) -> ViewColors:
    """The colours that go with a palette."""
    dark = palette.base().color().lightness() < 128
    background = QColor("#1C1E21") if dark else QColor("#FDFCFA")
    accent = QColor("#7FB0F5") if dark else QColor("#2F6FC2")
    return ViewColors(
        dark=dark,
        background=background,
        text=QColor("#E4E2DE") if dark else QColor("#22252A"),
        muted=QColor("#9A9EA4") if dark else QColor("#6B7076"),
        faint=QColor("#62666C") if dark else QColor("#B4B6B8"),
        line=QColor("#2E3136") if dark else QColor("#ECEAE5"),
        current=QColor("#24272B") if dark else QColor("#F6F4EF"),
        accent=accent,
        selection=with_alpha(accent, 95 if dark else 70),
        caret=QColor("#F2EDE4") if dark else QColor("#2A2722"),
        done=QColor("#6FC28E") if dark else QColor("#2E8B57"),
        warning=QColor("#E0A94A") if dark else QColor("#B5791B"),
        hit=QColor("#8A6D1A") if dark else QColor("#FFE58A"),
    )


def with_alpha(color: QColor, alpha: int) -> QColor:
    """The colour, this much opaque (0 to 255)."""
    found = QColor(color)
    found.setAlpha(alpha)
    return found


def contrast(one: QColor, two: QColor) -> float:
    """The contrast ratio of two opaque colours after WCAG 2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: QColor, background: QColor, ratio: float) -> QColor:
    """The colour, lightened or darkened until it stands out from the background by `ratio`."""
    lighten = _luminance(background) < 0.2
    found = QColor(color)
    for _ in range(24):
        if contrast(found, background) >= ratio:
            break
        hue, saturation, lightness, _alpha = found.getHslF()
        step = 0.04 if lighten else -0.04
        found = QColor.fromHslF(max(hue, 0.0), saturation, min(1.0, max(0.0, lightness + step)))
    return found


def _luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())
