"""Taking what has come to stay out of the garbage collector's sight.

A whole collection looks at everything that lives. With tables, documents and models loaded that takes a
tenth of a second, and comes whenever it likes; in a quiet moment nobody feels it, and afterwards only what is
new is looked at.
"""

from __future__ import annotations

import gc
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from annotator.qt.tasks import attention, busy
from annotator.qt.workbench import Workbench

_QUIET_MS = 3000


class Settling(QObject):
    """Waits for a quiet moment after something was loaded."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._timer = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._timer.timeout.connect(self._settle)
        self._bench = workbench
        workbench.project_changed.connect(self._on_project)
        workbench.document_changed.connect(self._timer.start)
        self._timer.start()

    def _on_project(self) -> None:
        if self._bench.session is None:
            # What a project leaves behind can be collected.
            gc.unfreeze()
        self._timer.start()

    def _settle(self) -> None:
        if busy() or perf_counter() < attention.until + _QUIET_MS / 1000:
            self._timer.start()
            return
        gc.unfreeze()
        gc.collect()
        gc.freeze()
