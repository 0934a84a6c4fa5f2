"""Festivals, and days of the Chinese calendar."""

from __future__ import annotations

import re

from annotator.language.dates import chinese_words as words
from annotator.language.dates import values
from annotator.language.dates.chinese_patterns import HAN, MONTH, S, look
from annotator.language.dates.chinese_words import number
from annotator.language.dates.chinese_years import RELATIVE_YEARS
from annotator.language.dates.mention import Reading

_LUNAR = (
    rf"(?P<calendar>[农阴旧夏]历{S})?(?P<year>(?:今|去|明|前|后)年)?闰?(?P<m>正|腊|冬|{MONTH})月"
    rf"(?:(?:(?P<initial>初)(?P<i>[{HAN}十])|(?P<d>三十|[一二]?十[{HAN}]?|廿[{HAN}]?|\d{{1,2}}|[{HAN}])"
    rf")(?P<ri>日)?)?(?P<part>底|末|初|里)?"
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_GREAT_YEAR = f"大?年初(?P<d>[{HAN}十])"


def read_lunar(text: str, at: int, year: str = values.UNKNOWN_YEAR) -> Reading | None:
    """A day of the Chinese calendar, known by its name or by how it is counted: 正月初三, 八月十五."""
    match = look(_LUNAR, text, at)
    if not match or not _surely_lunar(match, text):
        return None
    if match["year"]:
        year = f"P{RELATIVE_YEARS[match['year']]}Y"
    month = _LUNAR_MONTHS.get(match["m"]) or number(match["m"])
    day = match["i"] or match["d"]
    end = match.end() if day is None or match["ri"] or not match["part"] else match.start("part")
    if match["part"] == "里":
        end = match.start("part")
    return end, "lunar:" + values.date(year, month, number(day) if day else None)


def _surely_lunar(match: re.Match[str], text: str) -> bool:
    if match["calendar"]:
        return True
    if match["m"] in ("正", "腊"):
        return True
    if match["initial"]:
        return True
    if match["d"] is None or match["ri"] or match["d"].isascii() or match[0][0].isdigit():
        return False
    counted = text[match.end("d") : match.end("d") + 1]
    if counted and counted in "日号天个多几余年月分点次人名位岁万亿元家件":
        return False
    return match["m"] == "冬" or len(match["d"]) > 1 or match["d"] == match["m"]


def read_great_year(text: str, at: int) -> Reading | None:
    match = look(_GREAT_YEAR, text, at)
    return (match.end(), values.date("lunar:XXXX", 1, number(match["d"]))) if match else None


_FESTIVALS = "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in words.FESTIVALS.items())


# 儿童节目 is no festival.
_NO_FEAST = frozenset("目奏选省能制约")


def read_festival(text: str, at: int, year: str = "") -> Reading | None:
    match = look(_FESTIVALS, text, at)
    if not match or (match[0].endswith("节") and text[match.end() : match.end() + 1] in _NO_FEAST):
        return None
    name = f"festival:{str(match.lastgroup).replace('_', '-')}"
    return match.end(), f"{year}-{name}" if year else name
