"""The failures that we expect, each with a sentence that a linguist understands."""

from __future__ import annotations

from annotator.core.messages import say


class AnnotatorError(Exception):
    """An expected failure: what happened, where, what to do.

    `key` names the sentence in the catalogs, `details` fills it in; `str()` speaks the current language.
    """

    def __init__(self, key: str, /, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = args

    def __str__(self) -> str:
        return say(self.key, **self.details)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.key, self.details)


def _rebuild(kind: type[AnnotatorError], key: str, details: dict[str, object]) -> AnnotatorError:
    return kind(key, **details)


class Conflict(AnnotatorError):
    """An edit does not fit the document as it is now; nothing was changed."""


class Cancelled(AnnotatorError):
    """The user stopped a long piece of work; nothing was kept of it."""

    def __init__(self) -> None:
        super().__init__("error.cancelled")

    def __reduce__(self) -> tuple[object, ...]:
        return Cancelled, ()
