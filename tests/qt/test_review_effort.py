"""What a whole sample costs when a new user annotates it: every key and every gesture in the real window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from review_desk import Desk
from review_hand import Hand

from annotator.core.document import Document
from annotator.core.resources import sample_projects
from annotator.qt.window import Window
from annotator.services.cursor import Cursor
from annotator.services.opening import open_project

OpenWindow = Callable[..., Window]

MENTIONS = frozenset({"PERSON", "PLACE", "DATE"})


def gold(name: str) -> Document:
    """The document of a sample as it was annotated."""
    opened = open_project(sample_projects() / name, read_only=True)
    try:
        return opened.session.document(opened.session.document_ids[0])
    finally:
        opened.store.close()


def unannotated(name: str, folder: Path) -> Path:
    """A copy of a sample with its texts and their alignment alone."""
    shutil.copytree(sample_projects() / name, folder)
    shutil.rmtree(folder / "annotations")
    return folder


@pytest.fixture
def hand_for(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Callable[[str], Hand]:
    """A hand at the window that shows the sample of this name, as far as suggestions are there to be seen."""

    def made(name: str) -> Hand:
        window = open_window(unannotated(name, tmp_path / name), suggestions=True)
        window.activateWindow()
        window.view.setFocus()
        offers = window.review.offers
        qtbot.waitUntil(lambda: not offers.busy and offers.scan is None, timeout=60_000)
        window.workbench.move(Cursor.at("zh", 0))
        return Hand(Desk(window, qtbot), gold(name), MENTIONS.__contains__)

    return made


@pytest.mark.parametrize(
    ("name", "of_mentions", "with_themes"),
    [("readout", 0.75, 0.95), ("news", 0.95, 1.25), ("dialogue", 1.2, 1.3)],
)
def test_a_sample_is_labelled_and_linked_on_both_sides_with_so_many_actions_for_each_annotation(
    hand_for: Callable[[str], Hand], name: str, of_mentions: float, with_themes: float
) -> None:
    hand = hand_for(name)
    hand.work()
    assert hand.now == hand.wanted
    mentions = hand.actions / len(hand.wanted.places)
    tell(hand, name)
    hand.take_up(lambda _: True)
    hand.work()
    assert hand.now == hand.wanted
    tell(hand, f"{name} with themes")
    assert mentions <= of_mentions
    assert hand.actions / len(hand.wanted.places) <= with_themes


def tell(hand: Hand, name: str) -> None:
    """The figures, for who runs the test with `-s`."""
    there = len(hand.wanted.places)
    tasks = ", ".join(f"{task} {count}" for task, count in sorted(hand.spent.items()))
    print(f"\n{name}: {hand.actions} actions for {there} annotations, {hand.actions / there:.2f} ({tasks})")
