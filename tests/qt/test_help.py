"""The help that the program brings along."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.messages import speak
from annotator.qt.dialogs.page import Page
from annotator.qt.window import Window


@pytest.mark.parametrize(("lang", "words"), [("en", "whole words"), ("zh", "按词移动")])
def test_the_tour_is_there_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, lang: str, words: str
) -> None:
    window = open_window(lang=lang)
    speak(lang)
    window.run("help.tour")
    page = window.findChild(Page)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert not page.isModal()
    assert words in page.text.toPlainText()
    assert page.text.toPlainText().count("Ctrl+") > 5
    page.close()
