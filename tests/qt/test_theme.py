"""Both themes: text is legible on everything that it stands on, and labels keep their distance."""

import itertools

import pytest
from PySide6.QtGui import QColor, QFont

from annotator.qt import theme as themes_module
from annotator.qt.stylesheet import stylesheet
from annotator.qt.theme import (
    FAMILIES,
    SMALLEST_UI,
    Theme,
    contrast,
    dark,
    light,
    missing_cjk,
    palette,
    tint,
    ui_font,
)

THEMES = pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])
LABELS = (
    "#3B78C4",
    "#17957A",
    "#C98A0C",
    "#B0609E",
    "#9A5FB5",
    "#C05B8C",
    "#8566BF",
    "#C96A86",
    "#FFFF00",
    "#000000",
)


@THEMES
def test_text_is_legible_wherever_it_stands(theme: Theme) -> None:
    behind = (theme.background, theme.surface, theme.raised, theme.hover)
    for text in (theme.text, theme.muted, theme.accent, theme.warning, theme.error):
        assert all(contrast(text, one) >= 4.5 for one in behind)
    assert contrast(theme.text, theme.selection) >= 7
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert all(contrast(theme.done, one) >= 4.5 for one in behind[:3])


@THEMES
def test_focus_and_caret_are_plain_to_see(theme: Theme) -> None:
    for behind in (theme.background, theme.surface, theme.raised):
        assert contrast(theme.focus, behind) >= 4.5
    assert contrast(theme.caret, theme.background) >= 10


@THEMES
@pytest.mark.parametrize("colour", LABELS)
def test_any_labels_colour_leaves_its_text_legible(theme: Theme, colour: str) -> None:
    found = tint(colour, theme)
    assert contrast(theme.text, found.fill) >= 4.5
    assert contrast(found.line, theme.background) >= 3
    assert contrast(found.ink, theme.background) >= 4.5
    assert contrast(found.ink, theme.surface) >= 4.5


@THEMES
def test_a_colour_that_is_none_still_gives_a_tint(theme: Theme) -> None:
    assert contrast(theme.text, tint("nonsense", theme).fill) >= 4.5


@THEMES
@pytest.mark.usefixtures("qtbot")
def test_stylesheet_and_palette_are_made_of_the_theme(theme: Theme) -> None:
    assert theme.focus.name() in stylesheet(theme)
    assert "{" + "text" + "}" not in stylesheet(theme)
    assert palette(theme).color(palette(theme).ColorRole.WindowText) == theme.text


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_a_missing_chinese_font_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoFonts:
        WritingSystem = themes_module.QFontDatabase.WritingSystem

        @staticmethod
        def families(_: object) -> list[str]:
            return []

    monkeypatch.setattr(themes_module, "QFontDatabase", NoFonts)
    assert missing_cjk()


def test_the_labels_that_ship_are_told_apart_in_both_themes() -> None:
    for theme in (light(), dark()):
        fills = [tint(colour, theme).fill.name() for colour in LABELS[:4]]
        assert all(one != two for one, two in itertools.combinations(fills, 2))


def test_small_system_letters_become_readable_and_name_a_chinese_face(qapp: object) -> None:
    assert qapp is not None
    system = QFont("Sans Serif")
    system.setPointSizeF(9)
    chosen = ui_font(system)
    assert chosen.pointSizeF() == SMALLEST_UI
    assert chosen.families()[0] == "Sans Serif"
    assert set(FAMILIES["zh-Hans"]) <= set(chosen.families())
    assert chosen.hintingPreference() == QFont.HintingPreference.PreferNoHinting


def test_larger_system_letters_stay_as_the_user_has_them(qapp: object) -> None:
    assert qapp is not None
    system = QFont("Sans Serif")
    system.setPointSizeF(13)
    assert ui_font(system).pointSizeF() == 13
