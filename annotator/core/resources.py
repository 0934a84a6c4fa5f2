"""Where the files that ship with the program lie, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(folder: str) -> Path:
    installed = _PACKAGE / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def resource(*parts: str) -> Path:
    """Path of a file under `resources/`; it need not exist."""
    return _shipped("resources").joinpath(*parts)


def sample_projects() -> Path:
    """The folder of the sample projects."""
    return _shipped("projects")
