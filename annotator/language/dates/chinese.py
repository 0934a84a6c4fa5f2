"""Dates in Chinese, simplified or traditional.

An expression is read from its left end: a year, then what may follow a year, and so down to the day; then, if
"to" follows, a second expression. Which readers are tried is decided by the first character. Clock times and
durations are not dates; a word that only points back (当年, 同日) is one only with a month or day after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotator.language.dates import chinese_words as words
from annotator.language.dates import values
from annotator.language.dates.chinese_days import (
    read_bare_month,
    read_digital,
    read_end_of_now,
    read_lone_day,
    read_month,
    read_month_word,
    read_part_of_year,
    read_quarter_alone,
)
from annotator.language.dates.chinese_festivals import read_festival, read_great_year, read_lunar
from annotator.language.dates.chinese_patterns import HAN, OF, TO, look
from annotator.language.dates.chinese_relative import read_ago, read_day_word, read_week, read_weekday
from annotator.language.dates.chinese_years import (
    read_both_years,
    read_century,
    read_christian_range,
    read_christian_year,
    read_decade,
    read_era_year,
    read_numbered_year,
    read_republic_year,
    read_sexagenary_year,
    read_year_word,
    read_years,
)
from annotator.language.dates.mention import DateMention, Reader, Reading, walk


def _under_year(text: str, at: int, year: str) -> Reading | None:
    """What of a year is named at `at`."""
    if match := look(OF, text, at):
        at = match.end()
    return (
        read_month(text, at, year)
        or read_lunar(text, at, year)
        or read_part_of_year(text, at, year)
        or read_festival(text, at, year)
    )


_BEFORE = "[之以]?前(?![夕后])"


def _year(text: str, at: int) -> Reading | None:
    """A year and what follows it."""
    single = (
        read_numbered_year(text, at)
        or read_christian_year(text, at)
        or read_republic_year(text, at)
        or read_era_year(text, at)
        or read_sexagenary_year(text, at)
        or read_year_word(text, at)
    )
    several = read_years(text, at) or read_both_years(text, at)
    if several and (not single or several[0] > single[0]):
        return several
    if not single:
        return None
    end, year = single
    under = _under_year(text, end, year)
    if under:
        return under
    bare_pointer = year == "@P0Y"
    duration = text[end - 1] == "年" and look(_BEFORE, text, end) and _ancient(year)
    return None if bare_pointer or duration else single


def _ancient(year: str) -> bool:
    """1500年前 is fifteen centuries ago; 2008年前, before 2008."""
    return year.isdigit() and int(year) % 100 == 0


def _ranged(reader: Reader) -> Reader:
    """A reader that goes on over "to" and a second expression."""

    def read(text: str, at: int) -> Reading | None:
        found = reader(text, at)
        if not found:
            return None
        end, value = found
        if "/" in value and not re.fullmatch(r"[^/]+-\d\d/[^/]+-\d\d|\d{4}/\d{4}|P[^/]+/P[^/]+", value):
            return found
        match = look(TO, text, end)
        second = _second(text, match.end()) if match else None
        if second:
            return second[0], values.interval(value, second[1])
        return found

    return read


def _second(text: str, at: int) -> Reading | None:
    found = None
    for reader in (
        _year,
        read_bare_month,
        read_century,
        read_decade,
        read_digital,
        read_month_word,
        read_day_word,
        read_end_of_now,
    ):
        candidate = reader(text, at)
        if candidate and (found is None or candidate[0] > found[0]):
            found = candidate
    return found


_POINTS: tuple[tuple[str, Reader], ...] = (
    ("0123456789" + HAN + "十〇元", _ranged(_year)),
    ("0123456789" + HAN + "十元", _ranged(read_bare_month)),
    ("0123456789" + HAN + "十廿", read_century),
    ("0123456789" + HAN + "〇", _ranged(read_decade)),
    ("0123456789", _ranged(read_digital)),
    ("0123456789二三", read_lone_day),
    ("一二三四1234首前Q第", read_quarter_alone),
    ("0123456789" + HAN + "十百千两几数半好若", read_ago),
    ("公西前民中", _ranged(_year)),
    ("公西前上本这下", _ranged(read_century)),
    ("前", read_christian_range),
    ("今本去上旧昨大前明来下后次翌隔第同当该那转这", _ranged(_year)),
    ("甲丙戊庚壬乙丁己辛癸", _year),
    ("".join(sorted({name[0] for name in [*words.ERAS, *words.DYNASTIES.split("|")]})), _ranged(_year)),
    ("上下本这同当该次翌隔", _ranged(read_month_word)),
    ("上下本这", read_week),
    ("周星礼", read_weekday),
    ("大前后昨今明次翌隔第到去来", _ranged(read_day_word)),
    ("年月岁上下", read_end_of_now),
    ("农阴旧夏闰正冬腊" + HAN + "十", read_lunar),
    ("大年", read_great_year),
    (
        "元公阳春农阴大年新除清端七中盂重腊小国十双五三国劳妇青六儿教八建圣平感复万西情愚母父光斋开古宰夏冬秋立上",
        read_festival,
    ),
)


@cache
def _readers() -> dict[str, tuple[Reader, ...]]:
    readers: dict[str, list[Reader]] = {}
    for chars, reader in _POINTS:
        for char in dict.fromkeys(chars):
            readers.setdefault(char, []).append(reader)
    return {char: tuple(found) for char, found in readers.items()}


@cache
def _starts() -> re.Pattern[str]:
    """Where an expression may begin: one look ahead spares most of the readers most of the time."""
    firsts = "".join(char for char in _readers() if not char.isdigit())
    return re.compile(rf"[{firsts}]|\d+")


_NAMES_THE_DAY = re.compile(" ?[，,]? ?(?:也?是|为|即|过|叫|称|恰逢|适逢|正值|正是|，)")


def find(text: str) -> Iterator[DateMention]:
    """The dates of a Chinese text in order; a festival that only says which day was named is left out."""
    text = text.translate(words.FOLD)
    readers = _readers()
    starts = ((match.start(), readers[match[0][0]]) for match in _starts().finditer(text))
    end = -1
    for mention in walk(text, starts):
        between = text[end : mention.start] if end >= 0 and mention.start - end < 5 else ""
        end = mention.end
        if not (mention.value.startswith("festival:") and _NAMES_THE_DAY.fullmatch(between)):
            yield mention
