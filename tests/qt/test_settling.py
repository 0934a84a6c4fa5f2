"""Loaded things leave the garbage collector's sight in a quiet moment, and come back into it when they go."""

from __future__ import annotations

import gc
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from annotator.core.resources import sample_projects
from annotator.qt.window import Window

OpenWindow = Callable[..., Window]


def test_what_is_loaded_is_settled_in_a_pause_and_let_go_of_with_its_project(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(sample_projects() / "readout")
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 10_000, timeout=30_000)
    window.projects.close()
    assert gc.get_freeze_count() == 0
