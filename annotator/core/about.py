"""Which version of the program this is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import metadata

from annotator.core.resources import resource


@cache
def version() -> str:
    """As installed, else that of the checkout."""
    try:
        return metadata.version("annotator")
    except metadata.PackageNotFoundError:
        about = tomllib.loads((resource().parent / "pyproject.toml").read_text(encoding="utf-8"))
        return str(about["project"]["version"])
