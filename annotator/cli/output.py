"""What the verbs print: sentences for people, JSON for machines, progress on a terminal."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from annotator.core.about import version
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say

OK, PROBLEMS, USAGE, FAILED, BUG = range(5)
"""Exit codes."""

_PATIENCE = 1.0


def dumped(record: Any, indent: int | None = 2) -> str:
    """The record as JSON that standard output can carry: escaped if its encoding is not UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").replace("-", "").lower()
    return json.dumps(record, ensure_ascii=encoding != "utf8", indent=indent)


class Output:
    """Results go to standard output, all else to standard error."""

    def __init__(self, as_json: bool = False) -> None:
        self.as_json = as_json

    def result(self, record: Any, *sentences: str) -> None:
        """Print a result: the record if JSON was asked for, else the sentences."""
        if self.as_json:
            sentences = (dumped(record),)
        try:
            for sentence in sentences:
                print(sentence)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise AnnotatorError("error.stdout", reason=error.strerror or error) from error

    def note(self, sentence: str) -> None:
        """Tell a person something beside the result."""
        if not self.as_json:
            print(sentence, file=sys.stderr)


class Progress(Job):
    """A job that counts on the terminal when it takes longer than a second; silent elsewhere."""

    def __init__(self, caption: str, on_notice: Callable[[str], None] | None = None) -> None:
        super().__init__(on_notice=on_notice)
        self._caption = caption
        self._began = time.monotonic()
        self._shown = ""

    def progress(self, done: int, total: int) -> None:
        """Rewrite the line on the terminal."""
        if not sys.stderr.isatty() or time.monotonic() - self._began < _PATIENCE:
            return
        shown = say("cli.progress", what=self._caption, percent=100 * done // max(total, 1))
        if shown != self._shown:
            self._shown = shown
            print(f"\r{shown}", end="", file=sys.stderr, flush=True)

    def finish(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r" + " " * (2 * len(self._shown)) + "\r", end="", file=sys.stderr, flush=True)
            self._shown = ""


def version_text() -> str:
    """The program's version."""
    return version()
