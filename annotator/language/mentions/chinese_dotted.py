"""Foreign names in Chinese whose parts are joined by dots: how far one may reach on either side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotator.language.mentions.gazetteer import characters
from annotator.language.mentions.lattice import HAN, Candidate
from annotator.language.words import SPELLING

DOTS = "•·・‧∙"
# Characters that names are not spelt with: they end one.
NOT_SPELT = frozenset(
    "的了是在和与就这那你我他她它们不没也都而被把让给之及或但并其此该每各某所以很最更又再才将从向对由至到为于且曾只便已听亦仍遂即却乃虽"
)
_WHOLE = 3.0
_RATE = 0.85
_USUAL_RATE = 0.5
_USUAL = 5.5
_COMMON = 7.6
_ODD = 7.5
_LONGEST_PART = 9
_MOST_DOTS = 4
_MOST_ODD = 1


@cache
def shape() -> re.Pattern[str]:
    """All that may belong to names with dots, and what stands beside them."""
    char = f"(?![{''.join(sorted(NOT_SPELT))}])[{HAN}]"
    part = rf"(?:(?:{char}){{1,{_LONGEST_PART}}}(?:-(?:{char}){{1,{_LONGEST_PART}}})?|[A-Z]\.?)"
    return re.compile(rf"{part}(?:·{part})+")


def dotted(text: str) -> Iterator[Candidate]:
    """Candidates round one dot or several; how far they reach on either side, the lattice tells."""
    for match in shape().finditer(text):
        name = match[0]
        costs = [_cost(char) for char in name]
        dots = [at for at, char in enumerate(name) if char == "·"]
        for first, dot in enumerate(dots):
            low = dots[first - 1] + 1 if first else 0
            starts = [start for start in range(low, dot) if _odd(name[start:dot]) <= _MOST_ODD]
            for last in range(first, min(first + _MOST_DOTS, len(dots))):
                high = dots[last + 1] if last + 1 < len(dots) else len(name)
                for end in range(dots[last] + 2, high + 1):
                    if _odd(name[dots[last] + 1 : end]) > _MOST_ODD:
                        break
                    for start in starts:
                        yield match.start() + start, match.start() + end, _WHOLE + sum(costs[start:end]), "D"


def _odd(part: str) -> int:
    """How many characters names are seldom spelt with."""
    return sum(_cost(char) >= _ODD for char in part)


@cache
def _cost(char: str) -> float:
    """What a character costs inside of a name with dots."""
    cost = characters()["spelling"].get(char, _COMMON)
    if cost < _USUAL:
        return _USUAL_RATE * cost
    if cost < _COMMON or char in SPELLING:
        return _RATE * cost
    return _ODD if char > "\u3400" else 0.0
