"""The learner trains beside the window while somebody annotates."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.core.resources import sample_projects
from annotator.language.crf.shelf import newest
from annotator.qt.window import Window
from annotator.services.annotate import describe, mark_done
from annotator.services.training import models_folder

OpenWindow = Callable[..., Window]


def test_enough_annotations_are_learnt_from_in_a_pause(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = Path(shutil.copytree(sample_projects() / "readout", tmp_path / "readout"))
    window = open_window(folder, suggestions=True)
    document = window.workbench.document
    assert document is not None
    assert newest(models_folder(folder)) is None
    learning = window.desk.learning
    with qtbot.waitSignal(learning.learnt, timeout=60_000):
        window.workbench.do(mark_done(document, [19, 20], True))
    shelved = newest(models_folder(folder))
    assert shelved is not None
    assert sum(shelved.sentences.values()) >= 20
    document = window.workbench.document
    span = next(iter(document.spans))
    window.workbench.do(describe(document, span.id, note="again"))
    qtbot.waitUntil(lambda: not learning.busy and not learning.waiting, timeout=30_000)
    assert newest(models_folder(folder)) == shelved


def test_without_suggestions_nothing_is_learnt(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = Path(shutil.copytree(sample_projects() / "readout", tmp_path / "readout"))
    window = open_window(folder)
    document = window.workbench.document
    assert document is not None
    learning = window.desk.learning
    window.workbench.do(mark_done(document, [19, 20], True))
    qtbot.waitUntil(lambda: not learning.waiting, timeout=30_000)
    assert not learning.busy
    assert newest(models_folder(folder)) is None
