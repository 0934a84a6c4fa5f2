"""What a whole sample costs in keys when it is annotated by deciding suggestions alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.document import Document
from annotator.core.resources import sample_projects
from annotator.core.span import Side
from annotator.qt.window import Window
from annotator.services.annotate import remove
from annotator.services.cursor import Cursor

OpenWindow = Callable[..., Window]
Place = tuple[Side, int, int, str]

NAMED = ("PERSON", "PLACE", "DATE")


def mentions(document: Document) -> set[Place]:
    return {(one.side, one.start, one.end, one.label) for one in document.spans if one.label in NAMED}


def links(document: Document) -> set[frozenset[tuple[Side, int, int]]]:
    found = set()
    for link in document.links:
        ends = [document.spans.get(end) for end in (link.a, link.b)]
        if all(end is not None and end.label in NAMED for end in ends):
            found.add(frozenset((end.side, end.start, end.end) for end in ends))
    return found


def test_a_sample_is_annotated_with_less_than_a_key_for_each_mention(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "readout"
    shutil.copytree(sample_projects() / "readout", folder)
    record = json.loads((folder / "project.json").read_text(encoding="utf-8"))
    (folder / "project.json").write_text(
        json.dumps(record | {"sources": ["rules", "counterpart"]}), encoding="utf-8"
    )
    window = open_window(folder, suggestions=True)
    window.activateWindow()
    window.view.setFocus()
    bench, offers = window.workbench, window.review.offers
    gold, gold_links = mentions(bench.document), links(bench.document)
    bench.do(remove(bench.document, [one.id for one in bench.document.spans]))
    qtbot.waitUntil(lambda: not offers.busy and offers.scan is None, timeout=60_000)
    bench.move(Cursor.at("zh", 0))
    keys = 0
    while bench.suggestion is not None and keys < 2 * len(gold):
        key = Qt.Key.Key_Y if bench.suggestion.key in gold else Qt.Key.Key_X
        QTest.keyClick(window.view, key)
        qtbot.waitUntil(lambda: not offers.busy)
        keys += 1
    found, found_links = mentions(bench.document), links(bench.document)
    assert len(found & gold) >= 0.8 * len(gold)
    assert len(found_links & gold_links) >= 0.8 * len(gold_links)
    assert keys <= 0.7 * len(found & gold)
