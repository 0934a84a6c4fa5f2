"""Aligning a document anew from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, Edit, PairSplice
from annotator.core.ids import new_id
from annotator.core.pair import Pair
from annotator.qt.actions import realign
from annotator.qt.tasks import busy
from annotator.qt.window import Window
from annotator.services.correct import merge_pairs
from annotator.services.importing import add_edit, build, from_text, preview
from annotator.services.opening import create, open_project

TEXT = """夜市
摊主老方7点出摊。第一锅馄饨卖了20碗。
雨来了，客人都走了。他收摊回家。
Night Market
Old Fang sets up his stall at 7. The first pot of wontons makes 20 bowls.
Rain came and the guests all left. He packed up and went home.
"""

OpenWindow = Callable[..., Window]


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> Window:
    """A window on a project with one freshly imported text."""
    create(tmp_path / "p", "Market", annotator="mei")
    opened = open_project(tmp_path / "p", annotator="mei")
    opened.session.do(add_edit(build(preview([from_text(TEXT, "market.txt")]), doc_id="market")))
    opened.store.save(opened.session.state())
    opened.store.close()
    return open_window(tmp_path / "p")


def shown(window: Window) -> Document:
    document = window.workbench.document
    assert document is not None
    return document


@pytest.mark.parametrize("large", [0, 200])
def test_rows_that_were_merged_are_parted_again_and_undo_takes_it_back(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(realign, "_LARGE", large)
    good = [(pair.zh, pair.en) for pair in shown(window).pairs]
    one, two = shown(window).pairs[1:3]
    merged = Pair(id=new_id(), zh=one.zh + two.zh, en=one.en + two.en)
    splice = PairSplice(1, (one, two), (merged,))
    window.workbench.do(Edit(caption=Caption("x"), parts=(DocumentEdit(doc="market", pairs=splice),)))
    spoilt = shown(window)
    window.run("align.again")
    qtbot.waitUntil(lambda: not busy())
    qtbot.waitUntil(lambda: [(pair.zh, pair.en) for pair in shown(window).pairs] == good)
    assert all(pair.id != merged.id for pair in shown(window).pairs)
    window.workbench.undo()
    assert shown(window).pairs == spoilt.pairs


def test_what_was_changed_in_the_meantime_is_not_overwritten(window: Window, qtbot: QtBot) -> None:
    told: list[str] = []
    window.workbench.message.connect(lambda text, _: told.append(text))
    window.run("align.again")
    window.workbench.do(merge_pairs(shown(window), 1))
    after = shown(window).pairs
    qtbot.waitUntil(lambda: bool(told))
    assert shown(window).pairs == after
    assert any("meantime" in text for text in told)
