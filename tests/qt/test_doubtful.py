"""Doubtful pairs: found by key, seen in every layout and theme, and gone once they are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from making import document
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stored import project

from annotator.core.pair import PairTable
from annotator.qt.parallel.paint import doubt_area
from annotator.qt.parallel.tips import tip
from annotator.qt.theme import contrast, theme
from annotator.qt.window import Window

OpenWindow = Callable[..., Window]


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Window:
    """A window on a text whose second and fourth pair are doubtful."""
    base = document()
    pairs = [replace(pair, confidence=0.2 if row in (1, 3) else 0.9) for row, pair in enumerate(base.pairs)]
    found = open_window(project(tmp_path / "p", base.evolve(pairs=PairTable(pairs)), who="ann"))
    found.view.setFocus()
    return found


def row(window: Window) -> int:
    bench = window.workbench
    assert bench.document is not None
    return bench.document.pairs.row_at(bench.cursor.side, bench.cursor.offset)


def told(window: Window) -> list[str]:
    sentences: list[str] = []
    window.workbench.message.connect(lambda text, _: sentences.append(text))
    return sentences


def test_a_key_goes_from_one_to_the_next_and_round(window: Window) -> None:
    sentences = told(window)
    seen = []
    for _ in range(3):
        QTest.keyClick(window.view, Qt.Key.Key_W)
        seen.append(row(window))
    assert seen == [1, 3, 1]
    assert sentences == ["From the top again: 2 doubtful pairs left."]
    QTest.keyClick(window.view, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert row(window) == 3
    assert sentences[1:] == ["From the end again: 2 doubtful pairs left."]


def test_confirming_clears_the_doubt_and_the_last_one_is_told(window: Window, qtbot: QtBot) -> None:
    sentences = told(window)
    assert "2 pairs" in window.status.progress.toolTip()
    for _ in range(2):
        window.run("nav.next_doubtful")
        window.run("align.confirm")
    qtbot.waitUntil(lambda: window.status.progress.toolTip() == "")
    window.run("nav.next_doubtful")
    assert sentences[-1] == "No doubtful pair is left in this document."
    window.workbench.undo()
    window.run("nav.previous_doubtful")
    assert row(window) == 3


@pytest.mark.parametrize("layout", ["columns", "stacked"])
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_mark_is_seen_and_explained(window: Window, layout: str, shade: str, qtbot: QtBot) -> None:
    window.settings.set("theme", shade)
    window.settings.set("layout", layout)
    qtbot.waitUntil(lambda: theme().dark == (shade == "dark"))
    scene = window.view.scene
    doubted, sure = (next(one for one in scene.placed() if one.number == number) for number in (1, 2))
    picture = window.view.viewport().grab().toImage()
    assert contrast_in(picture, window, doubted) > 3
    assert contrast_in(picture, window, sure) < 1.5
    x = doubt_area(scene, doubted).center().x()
    y = doubt_area(scene, doubted).center().y()
    hit = scene.hit(x, y)
    assert "not sure" in tip(scene, window.view.look, hit, x, [])


def contrast_in(picture: QImage, window: Window, placed: object) -> float:
    """The strongest contrast with the ground within the place of the mark."""
    area = doubt_area(window.view.scene, placed).toRect()
    ground = picture.pixelColor(area.left(), area.bottom() + 3)
    return max(
        contrast(picture.pixelColor(x, y), ground)
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )
