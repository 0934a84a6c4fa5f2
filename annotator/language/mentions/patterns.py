"""How often each pattern is right, and the words for why it speaks: `resources/gazetteer/patterns.tsv`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from annotator.core.resources import resource
from annotator.language.mentions.found import Found


class Pattern(NamedTuple):
    """The share of its mentions that were right in development texts, and the catalog key of its reason."""

    score: float
    reason: str


@cache
def patterns() -> dict[str, Pattern]:
    """Every pattern by its id."""
    lines = resource("gazetteer", "patterns.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {name: Pattern(float(score), f"suggest.rule.{reason}") for name, score, reason in rows}


def found(start: int, end: int, label: str, pattern: str) -> Found:
    """A mention with the score and the reason of its pattern."""
    score, reason = patterns()[pattern]
    return Found(start, end, label, score, reason, pattern)
