"""The thread that long work holds on to: progress and notices out, cancel in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from annotator.core.errors import Cancelled

Item = TypeVar("Item")

_STRIDE = 16


class Job:
    """Carries `progress(done, total)` and notices out of long work and `cancelled()` into it."""

    def __init__(
        self,
        on_progress: Callable[[int, int], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
        on_notice: Callable[[str], None] | None = None,
    ) -> None:
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled
        self._on_notice = on_notice

    def notice(self, sentence: str) -> None:
        """Tell something that a person should know, though the work goes on."""
        if self._on_notice is not None:
            self._on_notice(sentence)

    def progress(self, done: int, total: int) -> None:
        """Tell that `done` of `total` units are done.

        Raises:
            Cancelled: if the user asked to stop.
        """
        if self.cancelled():
            raise Cancelled
        if self._on_progress is not None:
            self._on_progress(done, total)

    def through(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items; every few of them the work may be stopped, or rest while somebody is at work.

        Raises:
            Cancelled: if the user asked to stop.
        """
        for count, item in enumerate(items):
            if count % _STRIDE == 0 and self.cancelled():
                raise Cancelled
            yield item

    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._is_cancelled is not None and self._is_cancelled()
