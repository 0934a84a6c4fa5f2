"""What happens when the program itself is wrong: the log gets a traceback, the user one calm sentence."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from annotator.core.errors import AnnotatorError
from annotator.core.folders import data_folder
from annotator.core.messages import say

if TYPE_CHECKING:
    from annotator.qt.workbench import Workbench

_log = logging.getLogger("annotator")


def log_file() -> Path:
    """Where the log is written."""
    return data_folder() / "annotator.log"


def keep_log() -> None:
    """Write warnings and errors to the log file, 1 MB at most and three files of it; once."""
    from logging.handlers import RotatingFileHandler

    if _log.handlers:
        return
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_file(), maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _log.addHandler(handler)


class BugHook:
    """Takes exceptions that nobody caught. The same one is told once."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._told: set[str] = set()

    def install(self) -> None:
        """From now on."""
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log, and tell if it is new."""
        if isinstance(error, AnnotatorError):
            self._workbench.tell(str(error), "error")
            return
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        keep_log()
        _log.error("a bug", exc_info=(kind, error, trace))
        what = f"{kind.__name__}: {error}"
        if what not in self._told:
            self._told.add(what)
            self._workbench.tell(say("window.bug", what=what, path=log_file()), "error")
