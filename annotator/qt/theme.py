"""Colours and fonts: a calm light and a soft dark theme, following the system unless told otherwise."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator.qt.stylesheet import stylesheet

Choice = Literal["system", "light", "dark"]


class Theme(Struct, frozen=True):
    """Every colour that the window paints with, label tints apart."""

    dark: bool
    background: QColor
    """Behind the text that is worked on, and in fields."""
    surface: QColor
    """Behind panels, bars and dialogs."""
    raised: QColor
    """Buttons and cards."""
    hover: QColor
    """A row or a button under the pointer."""
    text: QColor
    muted: QColor
    faint: QColor
    """What is disabled, or mere ornament."""
    line: QColor
    """Between areas."""
    border: QColor
    """Around fields and buttons."""
    accent: QColor
    on_accent: QColor
    focus: QColor
    selection: QColor
    caret: QColor
    link: QColor
    """The connection drawn between linked spans."""
    done: QColor
    warning: QColor
    error: QColor


def _theme(dark: bool, **colours: str) -> Theme:
    return Theme(dark=dark, **{name: QColor(colour) for name, colour in colours.items()})


@lru_cache(maxsize=1)
def light() -> Theme:
    """Ink on warm paper."""
    return _theme(
        False,
        background="#FCFAF6",
        surface="#F3EFE8",
        raised="#FFFEFB",
        hover="#E9E3D9",
        text="#2A2722",
        muted="#655F55",
        faint="#A39C90",
        line="#E0D9CD",
        border="#C9C0B1",
        accent="#3F5488",
        on_accent="#FFFFFF",
        focus="#3F5488",
        selection="#CFD9F1",
        caret="#2A2722",
        link="#3F5488",
        done="#39774B",
        warning="#85590A",
        error="#A93226",
    )


@lru_cache(maxsize=1)
def dark() -> Theme:
    """Soft light on warm charcoal."""
    return _theme(
        True,
        background="#1E1D1B",
        surface="#272522",
        raised="#312F2B",
        hover="#3A3733",
        text="#E7E2D9",
        muted="#ABA498",
        faint="#706A61",
        line="#383530",
        border="#504B44",
        accent="#A7B7E8",
        on_accent="#1B2136",
        focus="#A7B7E8",
        selection="#3B4668",
        caret="#F2EDE4",
        link="#A7B7E8",
        done="#86C596",
        warning="#E2B45F",
        error="#F09A8E",
    )


class Themes(QObject):
    """Which theme is worn; the application has one of these (see `themes`)."""

    changed = Signal()
    """Another theme is worn; palette and stylesheet are already in place."""

    def __init__(self) -> None:
        super().__init__()
        self._choice: Choice = "system"
        self.current = light()
        self._follow()

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self._update()

    def wear(self) -> None:
        """Dress the application; called once at its start."""
        application = QGuiApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setPalette(palette(self.current))
        application.setStyleSheet(stylesheet(self.current))

    def _follow(self) -> None:
        if QGuiApplication.instance() is not None:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._update)

    def _wanted(self) -> Theme:
        if self._choice != "system":
            return dark() if self._choice == "dark" else light()
        scheme = QGuiApplication.styleHints().colorScheme()
        return dark() if scheme == Qt.ColorScheme.Dark else light()

    def _update(self) -> None:
        wanted = self._wanted()
        if wanted is self.current:
            return
        self.current = wanted
        self.wear()
        self.changed.emit()


_themes: list[Themes] = []


def themes() -> Themes:
    """The application's themes."""
    if not _themes:
        _themes.append(Themes())
    return _themes[0]


def theme() -> Theme:
    """The theme worn now."""
    return themes().current


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette."""
    role = QPalette.ColorRole
    result = QPalette()
    colours = {
        role.Window: theme.surface,
        role.WindowText: theme.text,
        role.Base: theme.background,
        role.AlternateBase: theme.surface,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    for one, colour in colours.items():
        result.setColor(one, colour)
    for one in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, one, theme.faint)
    return result


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """`share` (0..1) of `over` laid on `under`, opaque."""
    parts = zip(_rgb(over), _rgb(under), strict=True)
    return QColor.fromRgbF(*(share * top + (1 - share) * bottom for top, bottom in parts))


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def contrast(one: QColor, two: QColor) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


class Tint(Struct, frozen=True):
    """A label's colour as a theme shows it."""

    fill: QColor
    """Behind the text, which stays legible on it."""
    strong: QColor
    """Behind the text of the selected or hovered span."""
    line: QColor
    """Underlines and brackets; at least 3:1 on the background."""
    ink: QColor
    """Small text such as a tag; at least 4.5:1 on background and surface."""


@lru_cache(maxsize=512)
def _tint(name: str, dark_theme: bool) -> Tint:
    theme = dark() if dark_theme else light()
    colour = QColor(name) if QColor(name).isValid() else theme.muted
    share = 0.28 if dark_theme else 0.20
    return Tint(
        fill=blend(colour, theme.background, share),
        strong=blend(colour, theme.background, share + 0.18),
        line=_legible(colour, (theme.background,), 3.0, theme.text),
        ink=_legible(colour, (theme.background, theme.surface), 4.5, theme.text),
    )


def tint(colour: str | QColor, theme: Theme) -> Tint:
    """How `theme` shows a label's colour."""
    name = colour.name() if isinstance(colour, QColor) else colour
    return _tint(name, theme.dark)


def _legible(colour: QColor, behind: tuple[QColor, ...], ratio: float, towards: QColor) -> QColor:
    for step in range(21):
        found = blend(towards, colour, step / 20)
        if all(contrast(found, one) >= ratio for one in behind):
            return found
    return towards


FAMILIES: dict[str, tuple[str, ...]] = {
    "zh-Hans": (
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "PingFang SC",
        "Microsoft YaHei UI",
        "Microsoft YaHei",
        "WenQuanYi Micro Hei",
    ),
    "zh-Hant": (
        "Noto Sans CJK TC",
        "Source Han Sans TC",
        "PingFang TC",
        "Microsoft JhengHei UI",
        "Microsoft JhengHei",
        "WenQuanYi Micro Hei",
    ),
    # The Korean face of Noto's Chinese fonts holds Source Serif, with the quotes and dashes of Latin text;
    # its Chinese faces would set them a whole em wide.
    "en": (
        "Source Serif 4",
        "Source Serif Pro",
        "Noto Serif",
        "Charter",
        "Georgia",
        "Cambria",
        "Noto Serif CJK KR",
        "Liberation Serif",
        "DejaVu Serif",
    ),
    "ui": ("Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans"),
}
"""Families by language tag, the best first; `ui` is the program's own lettering."""

SMALLEST_UI = 10.0
"""Points; below them Chinese strokes run together."""


def families(language: str) -> list[str]:
    """The families to write `language` with; those that are not installed Qt passes over."""
    if language.startswith("zh"):
        traditional = "Hant" in language or language in ("zh-TW", "zh-HK", "zh-MO")
        return list(FAMILIES["zh-Hant" if traditional else "zh-Hans"])
    return [*FAMILIES["en"], *FAMILIES["zh-Hans"][:1]] if language == "en" else list(FAMILIES["en"])


def text_font(language: str, points: float) -> QFont:
    """The font of a text in `language`."""
    font = QFont()
    font.setFamilies(families(language))
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def ui_font(system: QFont) -> QFont:
    """The program's own lettering: the system's, with a Chinese face named and never too small.

    Left to itself, Qt takes the first Chinese face that it finds, a Japanese one perhaps; and full hinting
    makes strokes of small Chinese letters look bold, some more than others.
    """
    font = QFont(system)
    font.setFamilies([*dict.fromkeys((system.family(), *FAMILIES["ui"], *FAMILIES["zh-Hans"]))])
    if 0 < font.pointSizeF() < SMALLEST_UI:
        font.setPointSizeF(SMALLEST_UI)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def missing_cjk() -> bool:
    """Whether no installed font can write Chinese: it would paint as boxes."""
    system = QFontDatabase.WritingSystem
    return not any(
        QFontDatabase.families(one) for one in (system.SimplifiedChinese, system.TraditionalChinese)
    )


def colours(theme: Theme) -> dict[str, QColor]:
    """All of a theme's colours by name."""
    return {
        name: getattr(theme, name)
        for name in theme.__struct_fields__
        if isinstance(getattr(theme, name), QColor)
    }
