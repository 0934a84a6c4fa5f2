"""What is damaged is kept aside, as it was, before anything is written over it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.store import disk


class Aside:
    """The folder of damaged parts. The same part is kept once, however often it is met."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: bytes) -> Path:
        """Keep `data`; the result is where.

        Raises:
            AnnotatorError: if that fails.
        """
        mark = hashlib.sha256(name.encode() + b"\0" + data).hexdigest()[:8]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for there in self._folder.glob(f"*-{mark}-*"):
                return there
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            path = self._folder / f"{stamp}-{mark}-{name}"
            disk.replace_file(path, [data])
        except OSError as error:
            raise disk.failure(error, self._folder) from error
        return path


def keep(aside: Aside | None, name: str, data: bytes) -> str:
    """Keep `data` aside and say where; without a folder nothing is written and the answer is empty."""
    if aside is None or not data:
        return ""
    try:
        return str(aside.keep(name, data))
    except AnnotatorError as error:
        raise AnnotatorError("error.aside", reason=str(error)) from error
