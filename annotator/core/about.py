"""Which version of the program this is."""

from __future__ import annotations

from functools import cache

from annotator.core.resources import resource


@cache
def version() -> str:
    """As installed, else that of the checkout."""
    # With the parser of e-mails that it needs, this would take ten milliseconds of the start.
    import tomllib
    from importlib import metadata

    try:
        return metadata.version("annotator")
    except metadata.PackageNotFoundError:
        about = tomllib.loads((resource().parent / "pyproject.toml").read_text(encoding="utf-8"))
        return str(about["project"]["version"])
