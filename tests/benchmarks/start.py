"""From the start of a process to the first paint: the program on its sample, and a bare window.

Nothing heavy may be imported here: what this module needs would count for both.
"""

from __future__ import annotations

import os
import sys
import time

SIZE = (1280, 820)


def _end() -> None:
    # On Linux and macOS this clock is the same for all processes.
    print(time.clock_gettime_ns(time.CLOCK_MONOTONIC), flush=True)
    os._exit(0)


def bare() -> None:
    """A `QMainWindow` with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)
            _end()

    app = QApplication([])
    window = Window()
    window.resize(*SIZE)
    window.show()
    app.exec()


def program(sample: str) -> None:
    """The program as its command starts it, until the sample's text is painted."""
    from annotator import __main__ as annotator

    sys.argv = ["annotator", "--sample", sample]
    _watch()
    annotator.main()


def _watch() -> None:
    """Look on as soon as the view's class is there, without importing it any earlier than the program."""

    class Finder:
        def find_spec(self, name: str, _path: object, _target: object = None) -> None:
            if name == "annotator.qt.window":
                sys.meta_path.remove(self)
                _patch()

    sys.meta_path.insert(0, Finder())


def _patch() -> None:
    from annotator.qt.parallel.view import ParallelView

    real = ParallelView.paintEvent

    def paint(view: ParallelView, event: object) -> None:
        real(view, event)
        if view.scene.document is not None:
            _end()

    ParallelView.paintEvent = paint
