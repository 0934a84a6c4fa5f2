"""The user's own folders: settings, data and what can be made again.

`ANNOTATOR_HOME` in the environment puts all three below one folder, for tests and portable use.
"""

from __future__ import annotations

import os
from pathlib import Path


def _folder(name: str, kind: str) -> Path:
    home = os.environ.get("ANNOTATOR_HOME")
    if home:
        return Path(home) / name
    import platformdirs

    return Path(getattr(platformdirs, f"user_{kind}_dir")("annotator", appauthor=False))


def config_folder() -> Path:
    """Where settings are kept; it need not exist yet."""
    return _folder("config", "config")


def data_folder() -> Path:
    """Where the user's copies of samples and the program's log are kept; it need not exist yet."""
    return _folder("data", "data")


def cache_folder() -> Path:
    """Where things lie that can be made again; it need not exist yet."""
    return _folder("cache", "cache")
