"""What was found wrong with a project's files."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say

Severity = Literal["error", "warning", "info"]


class Problem(Struct, frozen=True):
    """One finding. `file` is relative to the project; `line` counts from 1, None if it is the whole file.

    `key` names the sentence in the catalogs, `details` fills it in.
    """

    file: str
    line: int | None
    key: str
    details: dict[str, Any] = field(default_factory=dict)
    severity: Severity = "error"

    def sentence(self) -> str:
        """What is wrong, in the language spoken now."""
        return say(self.key, **{"file": self.file, "line": self.line or "", **self.details})

    @classmethod
    def of(cls, file: str, error: AnnotatorError, line: int | None = None) -> Problem:
        """The finding that `error` tells of."""
        return cls(file, line, error.key, dict(error.details))
