"""Letting others run: long Python work in a thread must not make the window stutter."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_TURN = 0.001
_PAUSE = 0.0002

Item = TypeVar("Item")


def gently(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, with the interpreter let go of every millisecond for whoever waits.

    A sleep of nothing would not do: the waiting thread needs some time to wake.
    """
    since = time.perf_counter()
    for item in items:
        yield item
        if time.perf_counter() - since > _TURN:
            time.sleep(_PAUSE)
            since = time.perf_counter()
