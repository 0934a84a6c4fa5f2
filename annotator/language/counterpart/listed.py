"""Names that the program's own lexicon lists: organisations, papers, works, with their initials."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from annotator.language.lexicon import core
from annotator.language.script import simplified


def listed_english(name: str) -> tuple[str, ...]:
    """The English names of a whole Chinese mention, the usual one first."""
    return tuple(one for one in core().equivalents(name) if one[:1].isupper()) if len(name) > 1 else ()


def listed_chinese(name: str) -> tuple[str, ...]:
    """The Chinese names of a whole English mention, simplified, the longest first."""
    return _by_english().get(name.removeprefix("the ").removeprefix("The ").replace("’", "'"), ())


@cache
def _by_english() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for chinese in core():
        for name in listed_english(chinese):
            found.setdefault(name, []).append(simplified(chinese))
    return {name: tuple(sorted(chinese, key=len, reverse=True)) for name, chinese in found.items()}
