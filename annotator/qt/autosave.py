"""Writes changed documents to their files when the user pauses. The journal has every change already."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.session import Session, State
from annotator.qt.tasks import Task, run
from annotator.qt.workbench import Workbench

if TYPE_CHECKING:
    from annotator.core.job import Job
    from annotator.store.store import Store

Condition = Literal["saved", "saving", "journal"]
"""`journal`: the change is safe, but the file could not be written."""

PAUSE_MS = 1500
PATIENCE = 10
"""The pause is at least so many times as long as the last save took."""

_log = logging.getLogger(__name__)


class Autosave(QObject):
    """Saves the open project after each pause in the work."""

    changed = Signal(str)
    """The `Condition` is another."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._store: Store | None = None
        self._session: Session | None = None
        self._task: Task | None = None
        self._took = 0.0
        self.condition: Condition = "saved"
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._save)
        workbench.edited.connect(lambda _: self._wait())

    def adopt(self, store: Store, session: Session) -> None:
        """Look after another project; what the journal held of it is written soon."""
        self._store, self._session = store, session
        self._set("saved")
        if session.dirty and session.read_only is None:
            self._wait()

    def close(self) -> str:
        """Save what is left and let go of the project; what to tell the user if the save failed."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        store, session = self._store, self._session
        self._store = self._session = None
        if store is None or session is None:
            return ""
        try:
            if session.dirty and session.read_only is None:
                store.save(session.state())
        except AnnotatorError as error:
            _log.info("the last save failed, the journal keeps the changes: %s", error)
            return say("window.last_save_failed", project=session.project.title, reason=_reason(error))
        finally:
            store.close()
        return ""

    def _wait(self) -> None:
        self._timer.start(max(PAUSE_MS, round(self._took * 1000 * PATIENCE)))

    def _save(self) -> None:
        if self._store is None or self._session is None or not self._session.dirty:
            return
        if self._task is not None:
            self._wait()
            return
        state, began = self._session.state(), perf_counter()
        self._set("saving")
        self._task = run(
            self,
            _save,
            self._store,
            state,
            on_done=lambda _: self._saved(state, perf_counter() - began),
            on_error=self._failed,
        )

    def _saved(self, state: State, took: float) -> None:
        self._task, self._took = None, took
        if self._session is not None:
            self._session.saved(state)
        self._set("saved")

    def _failed(self, sentence: str) -> None:
        self._task = None
        self._set("journal")
        self._workbench.tell(sentence, "error")

    def _set(self, condition: Condition) -> None:
        if condition != self.condition:
            self.condition = condition
            self.changed.emit(condition)


_REFUSALS = {
    f"error.{name}": f"save_reason.{name}"
    for name in ("disk_full", "not_writable", "folder_gone", "disk_fault")
}
"""Sentences that say of an edit that it was not made; of a save only the reason is true."""


def _save(store: Store, state: State, *, job: Job) -> None:
    try:
        store.save(state, job=job)
    except AnnotatorError as error:
        raise AnnotatorError("error.save_waits", reason=_reason(error)) from error


def _reason(error: AnnotatorError) -> str:
    key = _REFUSALS.get(error.key)
    return say(key, **error.details) if key else str(error).rstrip(".。")
