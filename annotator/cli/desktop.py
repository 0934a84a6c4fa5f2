"""What the command line asks of the window, which it must not import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class WindowRequest(NamedTuple):
    """Open the window: on a project folder or a file to import, on a sample, or on the first page."""

    path: Path | None = None
    sample: str = ""
    lang: str = ""
    theme: str = ""
    size: tuple[int, int] | None = None


class Shot(NamedTuple):
    """One picture of a project in the window, as PNG.

    `document` is the one shown, `select` the id of the annotation selected in it; empty, the first and none.
    """

    project: Path
    out: Path
    size: tuple[int, int] = (1280, 820)
    theme: str = "light"
    lang: str = "en"
    document: str = ""
    select: str = ""
    scale: float = 1.0


class Desktop(NamedTuple):
    """How to open the window (giving the exit code) and how to take pictures of it."""

    open: Callable[[WindowRequest], int]
    take: Callable[[Sequence[Shot]], None]
