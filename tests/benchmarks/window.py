"""The program's own window on a synthetic project: opening, looking, annotating, undoing, memory."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.document import Document
from annotator.qt.app import Options, application, build
from annotator.qt.parallel.view import ParallelView
from annotator.qt.tasks import busy
from annotator.qt.window import Window
from annotator.services.annotate import mark_done
from annotator.services.cursor import Cursor
from annotator.services.occurrences import annotate_all, find
from annotator.settings import Settings

from .baseline import SIZE
from .clock import Lateness, Paints, peak_megabytes, rest, wait
from .documents import BULK, TARGET, WHO


class Desk:
    """The window on its first page, with all that it does after its first paint done."""

    def __init__(self, *, sync: bool = False) -> None:
        if not sync:
            _without_sync()
        self._spans = -1
        self.paints = Paints(ParallelView, self._fresh)
        self.window: Window = build(Options(lang="en", theme="light", size=SIZE), Settings())
        self.window.show()
        QTest.qWaitForWindowActive(self.window)
        wait(lambda: self.window.workbench.words.ready)
        rest(200)

    @property
    def document(self) -> Document:
        """The document as it is now."""
        document = self.window.workbench.document
        assert document is not None
        return document

    def open(self, folder: Path) -> float:
        """Open a project; until its text has been painted."""
        opened = self.paints.after(lambda: self.window.projects.open(folder))
        wait(lambda: not self.window.view.strip.counting)
        # Each panel listens once it was shown; the first, the inspector, is what stays open while annotating.
        for panel in reversed(self.window.sidebar.ids):
            self.window.show_panel(panel)
            rest(300)
        rest(1500)
        self.window.view.setFocus()
        return opened

    def take_place(self, row: int) -> None:
        """Select a stretch of a row that is not annotated yet."""
        document = self.document
        start = document.zh.index(TARGET["zh"], document.pairs[row].zh[0][0])
        self.window.workbench.move(Cursor.over("zh", start, start + len(TARGET["zh"])))

    def until_painted(self, action: Callable[[], object]) -> float:
        """Until the document that `action` leaves has been painted, if it changes the spans."""
        self._spans = len(self.document.spans)
        try:
            return self.paints.after(action)
        finally:
            self._spans = -1

    def _fresh(self, view: QObject) -> bool:
        """Whether what was painted just now is what is waited for."""
        document = view.scene.document
        return document is not None and len(document.spans) != self._spans


def _without_sync() -> None:
    """Leave the disk's own syncing out of the figures: it says more of the disk than of the program."""
    os.fdatasync = lambda _fd: None
    os.fsync = lambda _fd: None


def measure(folder: Path, presses: int, screens: int) -> dict[str, Any]:
    """Opening, screens not seen before, single highlights, and the memory taken."""
    desk = Desk()
    found: dict[str, Any] = {"open": desk.open(folder), "memory": peak_megabytes()}
    found["screen"] = _screens(desk, screens)
    found["press"], found["press_done"] = _presses(desk, presses)
    found["panels"] = desk.window.sidebar.ids
    return found


def _screens(desk: Desk, count: int) -> list[float]:
    """Jumps by the scroll bar to places far apart."""
    bar = desk.window.view.verticalScrollBar()
    places = random.Random(2).sample(range(bar.maximum()), count)
    times = []
    for place in places:
        times.append(desk.paints.after(partial(bar.setValue, place)))
        rest(5)
    return times


def _presses(desk: Desk, count: int) -> tuple[list[float], list[float]]:
    """A label's key on a selection: until the highlight is painted, and until all of the window rests."""
    view = desk.window.view
    rows = random.Random(1).sample(range(len(desk.document.pairs)), count)
    painted, done = [], []
    for row in rows:
        desk.take_place(row)
        rest(5)
        began = time.perf_counter()
        painted.append(desk.until_painted(lambda: QTest.keyClick(view, Qt.Key.Key_3)))
        QApplication.processEvents()
        done.append((time.perf_counter() - began) * 1000)
        rest(2)
    return painted, done


def measure_undo(folder: Path, count: int) -> dict[str, Any]:
    """Taking back a change of many spans at once, each time a new one."""
    desk = Desk()
    desk.open(folder)
    found = find(desk.document, BULK["zh"], "zh")
    times: dict[str, list[float]] = {"do": [], "undo": [], "redo": []}
    for _ in range(count):
        edit = annotate_all([desk.document], found, "THEME", WHO)
        steps = {
            "do": lambda edit=edit: desk.window.workbench.do(edit),
            "undo": lambda: desk.window.run("edit.undo"),
            "redo": lambda: desk.window.run("edit.redo"),
        }
        for name, step in steps.items():
            times[name].append(desk.until_painted(step))
            rest(200)
        desk.until_painted(steps["undo"])
        rest(400)
    return {**times, "spans": len(found)}


def measure_saving(folder: Path) -> dict[str, Any]:
    """How late the window answers at worst while it saves by itself, and how long the save takes."""
    desk = Desk(sync=True)
    desk.open(folder)
    desk.take_place(0)
    late, autosave = Lateness(), desk.window.autosave
    late.take()
    QTest.keyClick(desk.window.view, Qt.Key.Key_3)
    wait(lambda: autosave.condition == "saving")
    edit, began = late.take(), time.perf_counter()
    wait(lambda: autosave.condition == "saved")
    took = time.perf_counter() - began
    rest(200)
    return {"edit": edit, "saving": late.take(), "took": took * 1000}


def measure_training(folder: Path) -> dict[str, Any]:
    """How late the window answers at worst while the learner trains in the background, from the look for
    something to learn to the last suggestion that changes with it."""
    desk = Desk()
    desk.open(folder)
    wait(lambda: not busy())
    rest(1000)
    learning = desk.window.desk.learning
    late = Lateness()
    document = desk.document
    desk.window.workbench.do(mark_done(document, list(range(0, len(document.pairs), 2)), True))
    wait(lambda: learning.busy)
    late.take()
    began = time.perf_counter()
    wait(lambda: not learning.busy)
    took, training = time.perf_counter() - began, late.take()
    wait(lambda: not desk.window.desk.review.offers.busy)
    rest(200)
    return {"training": training, "after": late.take(), "took": took * 1000}


def measure_start(sample: str) -> dict[str, Any]:
    """How late the window answers at worst after its start: until the sample is painted, and after that."""
    application()
    paints = Paints(ParallelView, _has_text)
    late = Lateness()
    window = build(Options(sample=sample, lang="en", theme="light", size=SIZE), Settings())
    window.show()
    late.take()
    wait(lambda: paints.count > 0)
    first = late.take()
    wait(lambda: window.workbench.words.ready)
    rest(1000)
    return {"first": first, "after": late.take()}


def _has_text(view: QObject) -> bool:
    return view.scene.document is not None
