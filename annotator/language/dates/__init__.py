"""Dates in Chinese and English texts: where they stand, what they mean, whether two of them agree.

How values are written is said in `annotator.language.dates.values`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from annotator.language.dates.agreeing import agreement, same
from annotator.language.dates.mention import DateMention
from annotator.language.dates.resolving import resolve

__all__ = ["DateMention", "agreement", "find", "resolve", "same"]

_EXPLICIT_YEAR = re.compile(r"\d{4}")
_SENTENCE_END = re.compile(r"[。！？!?\n]|\. ")


def find(text: str, lang: Literal["zh", "en"], *, reference: str | None = None) -> list[DateMention]:
    """The dates of `text`, in order, the longest expression at each place; they never overlap.

    A span leaves out the clock time, and the preposition unless it holds two full dates together (from 2020
    to 2022); in English it begins with the article. With `reference`, the date of the document in ISO 8601,
    values reckoned from it become absolute, as `resolve` says; a day without year is left open if its
    sentence named another year before.
    """
    # Imported here: each compiles its expressions, and many callers need one language only.
    if lang == "zh":
        from annotator.language.dates import chinese

        mentions = list(chinese.find(text))
    else:
        from annotator.language.dates import english

        mentions = list(english.find(text))
    return mentions if reference is None else _resolved(text, mentions, reference)


def _resolved(text: str, mentions: list[DateMention], reference: str) -> list[DateMention]:
    resolved = []
    year, end = "", 0
    for mention in mentions:
        if year and _SENTENCE_END.search(text, end, mention.start):
            year = ""
        open_year = mention.value.startswith(("XXXX-", "{XXXX-"))
        keep = open_year and year and year != reference[:4]
        resolved.append(mention if keep else replace(mention, value=resolve(mention.value, reference)))
        if named := _EXPLICIT_YEAR.match(mention.value):
            year = named[0]
        end = mention.end
    return resolved
