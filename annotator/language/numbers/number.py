"""What a number is: where it stands, what it is worth, what else its translation may say for it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Number(NamedTuple):
    """A number `[start, end)` of a text, in code points.

    Attributes:
        value: what it is worth; a percentage as it is written (38.5% is 38.5).
        also: other values that a translation may have in its place: one third is 1 and 3, the 19th century
            the 1800s, three in the afternoon 15 hours.
        firm: whether a translation must have it; words such as one or twice, which do not always count, may
            only answer for a number of the other side.
        counts: whether it clearly counts something, though it may be small.
        foreign: whether it is counted in miles, pounds or degrees, or in what translators make of them.
    """

    start: int
    end: int
    value: float
    also: frozenset[float] = frozenset()
    firm: bool = True
    counts: bool = False
    foreign: bool = False


_ENUMERATED = re.compile(r"\s?[.、)）](?!\d)")


def enumerated(text: str, start: int, end: int) -> bool:
    """Whether the digits only number a heading or an item: they open the text, with a full stop behind."""
    return not text[:start].strip(" (（") and bool(_ENUMERATED.match(text, end))


def find(text: str, lang: Literal["zh", "en"]) -> list[Number]:
    """The numbers of `text` in order; they do not overlap."""
    # Imported here: each compiles its expressions, and many callers need one language only.
    if lang == "zh":
        from annotator.language.numbers import chinese

        return chinese.find(text)
    from annotator.language.numbers import english

    return english.find(text)
