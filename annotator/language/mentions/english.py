"""People and places in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.language.counterpart.tables import in_english
from annotator.language.mentions.found import Found, Heard

_PAIR = re.compile(r"(?<!\w)(?<!^)[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+(?!\w)")
_UNIT = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]|_")


def find(text: str, heard: Heard) -> Iterator[Found]:
    """All that any rule sees; they may overlap."""
    for known in in_english(text):
        if not known.demonym:
            label = "PERSON" if known.person else "PLACE"
            yield Found(known.start, known.end, label, 0.7, f"suggest.rule.{label.lower()}_known", "en.known")
    for name in _PAIR.finditer(text):
        yield Found(*name.span(), "PERSON", 0.5, "suggest.rule.pair", "en.pair")
    for name, label in heard.names.items():
        for again in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield Found(*again.span(), label, 0.6, "suggest.rule.heard", "en.heard")


def units(text: str) -> Iterator[tuple[int, int]]:
    """Words, numbers and marks; white space is left out."""
    return (unit.span() for unit in _UNIT.finditer(text))
