"""The window on a sample whose annotations were taken away, and the hands that work it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.document import Document
from annotator.core.resources import sample_projects
from annotator.core.span import Side
from annotator.qt.window import Window
from annotator.services.cursor import Cursor


def only_counterparts(folder: Path) -> Path:
    """A copy of a sample project in which only counterparts are suggested."""
    shutil.copytree(sample_projects() / "readout", folder)
    record = json.loads((folder / "project.json").read_text(encoding="utf-8"))
    (folder / "project.json").write_text(json.dumps(record | {"sources": ["counterpart"]}), encoding="utf-8")
    return folder


class Desk:
    """One window; what it tells is kept in `told`."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot
        self.told: list[str] = []
        window.workbench.message.connect(lambda text, _: self.told.append(text))

    @property
    def text(self) -> Document:
        document = self.window.workbench.document
        assert document is not None
        return document

    def settle(self) -> None:
        """Until all that is in sight has been asked about."""
        self.until(lambda: not self.window.review.offers.busy)

    def until(self, there: Callable[[], bool]) -> None:
        """Until something has come about."""
        self._qtbot.waitUntil(there, timeout=60_000)

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self.window.view, combination.key(), combination.keyboardModifiers())
            self.settle()

    def select(self, side: Side, quote: str) -> None:
        at = self.text.text(side).index(quote)
        self.window.workbench.move(Cursor.over(side, at, at + len(quote)))

    def put(self, side: Side, quote: str, *, inside: int = 0) -> None:
        """The caret into the first place that says `quote`."""
        self.window.workbench.move(Cursor.at(side, self.text.text(side).index(quote) + inside))

    def label(self, side: Side, quote: str, key: str) -> None:
        self.select(side, quote)
        self.press(key)

    def do(self, edit: object) -> None:
        self.window.workbench.do(edit)
        self.settle()

    @property
    def spans(self) -> list[tuple[str, str, str]]:
        return [(one.quote, one.label, one.src.kind) for one in self.text.spans]

    @property
    def suggested(self) -> str | None:
        found = self.window.workbench.suggestion
        return found.quote if found else None

    def in_row(self, row: int) -> list[str]:
        offering = self.window.review.offers.offering
        assert offering is not None
        return [one.quote for one in offering.in_row(row)]

    def partners(self, quote: str) -> list[str]:
        span = next(one for one in self.text.spans if one.quote == quote)
        return [one.quote for one in self.text.partners(span.id)]

    def point(self, side: Side, quote: str) -> QPoint:
        """The middle of the first place that says `quote`, in the viewport."""
        at = self.text.text(side).index(quote)
        ends = [self.window.view.scene.caret(side, offset) for offset in (at, at + 2)]
        assert ends[0] is not None
        assert ends[1] is not None
        return ((ends[0].center() + ends[1].center()) / 2).toPoint()

    def click(self, point: QPoint) -> None:
        QTest.mouseClick(self.window.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        self.settle()
