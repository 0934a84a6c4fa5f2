"""Sentences whose dates are marked with brackets."""

from __future__ import annotations

import re
from typing import Literal

from annotator.language.dates import find


def plain(marked: str) -> str:
    return re.sub(r"[\[\]]", "", marked)


def bracketed(text: str, lang: Literal["zh", "en"]) -> str:
    """`text` with brackets about each date that is found."""
    parts, done = [], 0
    for mention in find(text, lang):
        parts += [text[done : mention.start], "[", text[mention.start : mention.end], "]"]
        done = mention.end
    return "".join([*parts, text[done:]])


def value(text: str, lang: Literal["zh", "en"], reference: str | None = None) -> str:
    """The value of the only date in `text`."""
    (mention,) = find(text, lang, reference=reference)
    return mention.value
