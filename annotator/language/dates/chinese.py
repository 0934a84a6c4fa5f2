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
    YEAR_WORDS,
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
from annotator.language.dates.mention import DateMention, Reader, Reading, longest, walk


def _under_year(text: str, at: int, year: str) -> Reading | None:
    """What of a year is named at `at`."""
    if match := look(OF, text, at):
        at = match.end()
    # 五月初三 is a day of the Chinese calendar, of which 五月 alone would be a month.
    days = [found for reader in (read_month, read_lunar) if (found := reader(text, at, year))]
    if days:
        return max(days, key=lambda found: found[0])
    return read_part_of_year(text, at, year) or read_festival(text, at, year)


_BEFORE = "[之以]?前(?![夕后])"


def _with_rest(reader: Reader) -> Reader:
    """A reader of a year that goes on to what of it is named."""

    def read(text: str, at: int) -> Reading | None:
        found = reader(text, at)
        if not found:
            return None
        end, year = found
        under = _under_year(text, end, year)
        if under:
            return under
        # 1500年前 is fifteen centuries ago; 2008年前, before 2008.
        ago = year.isdigit() and int(year) % 100 == 0 and year != "1900" and look(_BEFORE, text, end)
        return None if ago or year == "@P0Y" else found

    return read


_HOLLOW = re.compile(r"[^/]+-\d\d/[^/]+-\d\d|\d{4}/\d{4}|P[^/]+/P[^/]+")


def _ranged(reader: Reader) -> Reader:
    """A reader that goes on over "to" and a second expression."""

    def read(text: str, at: int) -> Reading | None:
        found = reader(text, at)
        if not found:
            return None
        end, value = found
        match = look(TO, text, end) if not set("/{") & set(value) or _HOLLOW.fullmatch(value) else None
        second = longest(text, match.end(), _readers_at(text, match.end(), inner=True)) if match else None
        return (second[0], values.interval(value, second[1])) if second and "{" not in second[1] else found

    return read


def _pairs(firsts: str, seconds: str) -> str:
    return " ".join(first + second for first in firsts for second in seconds)


_DYNASTY_FIRSTS = "".join(sorted({name[0] for name in words.DYNASTIES.split("|")}))
_ERA_FIRSTS = "".join(sorted({name[0] for name in words.ERAS}))
_NAMES_OF_TIMES = [*words.ERAS, *(name for name in words.DYNASTIES.split("|") if len(name) > 1)]
_TEMPLES = "朝代末本太高世圣德仁宣英宪孝武穆神光熹思文惠成玄肃顺真徽钦理度"

# Readers of what begins with a numeral; then of what begins with two characters. Those marked as points may
# stand after "to" and be followed by it.
_NUMERAL_POINTS: tuple[Reader, ...] = (
    _with_rest(read_numbered_year), read_years, read_bare_month, read_decade, read_century, read_digital,
)  # fmt: skip
_NUMERAL_OTHERS: tuple[Reader, ...] = (read_lone_day, read_quarter_alone, read_ago, read_lunar, read_festival)
_POINTS: tuple[tuple[str, Reader], ...] = (
    (_pairs("公西", "元") + " " + _pairs("前", "123456789"), _with_rest(read_christian_year)),
    ("民国 民前 中华", _with_rest(read_republic_year)),
    (_pairs(_DYNASTY_FIRSTS, _TEMPLES + _ERA_FIRSTS) + " " + " ".join(n[:2] for n in _NAMES_OF_TIMES),
     _with_rest(read_era_year)),
    (" ".join(word[:2] for word in YEAR_WORDS), _with_rest(read_year_word)),
    ("今明 去今", read_both_years),
    ("公元 西元 上世 上个 本世 这个 下世 下个 " + _pairs("前", "123456789" + HAN + "十"), read_century),
    (_pairs("上下", "上下一个月") + " 本月 这个 这一 同月 当月 该月 次月 翌月 隔月", read_month_word),
    (f"{_pairs('今昨明', '天日晚早晨夜宵儿个明今春夏秋冬两')} {_pairs('前后', '天日晚儿个')} "
     f"{_pairs('去来', '春夏秋冬')} 前几 前两 前些 大前 大后"
     " 次日 翌日 隔日 隔天 翌晨 第二 到了", read_day_word),
    ("年初 年底 年末 岁末 上半 下半 月初 月底 月末", read_end_of_now),
)  # fmt: skip
_OTHERS: tuple[tuple[str, Reader], ...] = (
    (_pairs("甲丙戊庚壬", "子寅辰午申戌") + " " + _pairs("乙丁己辛癸", "丑卯巳未酉亥"),
     _with_rest(read_sexagenary_year)),
    (_pairs("第", "一二三四1234") + " 首季 前二 前三 前2 前3 " + _pairs("Q", "1234"), read_quarter_alone),
    (_pairs("公西", "元") + " " + _pairs("前", "123456789"), read_christian_range),
    (_pairs("上下本这", "周星礼一个上下"), read_week),
    (_pairs("周", "一二三四五六日") + " 星期 礼拜", read_weekday),
    (_pairs("几数半", "年个周天日月星礼多") + " " + _pairs("几数上", "十百千") + " 好几 若干", read_ago),
    ("农历 阴历 旧历 夏历 正月 冬月 腊月 " + _pairs("闰", HAN + "十"), read_lunar),
    ("大年 年初", read_great_year),
    ("元旦 元宵 公历 阳历 春节 农历 阴历 大年 年初 新春 新年 除夕 年三 年夜 上元 清明 "
     "端午 七夕 中元 盂兰 中秋 重阳 腊八 小年 国庆 双十 双1 国际 劳动 妇女 青年 儿童 教师 建军 圣诞 平安 "
     "感恩 复活 万圣 西洋 情人 愚人 母亲 父亲 光棍 斋月 开斋 古尔 宰牲 "
     "夏至 冬至 春分 秋分 立春 立夏 立秋 立冬", read_festival),
)  # fmt: skip
_NUMERALS = frozenset("0123456789〇十百千两" + HAN + "廿卅元")


@cache
def _table(inner: bool) -> dict[str, tuple[Reader, ...]]:
    """The readers of each pair of first characters; `inner`: of what may stand after "to"."""
    table: dict[str, list[Reader]] = {}
    groups = [(prefixes, reader if inner else _ranged(reader)) for prefixes, reader in _POINTS]
    for prefixes, reader in groups if inner else [*groups, *_OTHERS]:
        for prefix in dict.fromkeys(prefixes.split()):
            table.setdefault(prefix, []).append(reader)
    return {prefix: tuple(readers) for prefix, readers in table.items()}


@cache
def _numeral_readers(inner: bool) -> tuple[Reader, ...]:
    return _NUMERAL_POINTS if inner else (*map(_ranged, _NUMERAL_POINTS), *_NUMERAL_OTHERS)


def _readers_at(text: str, at: int, inner: bool = False) -> tuple[Reader, ...]:
    found = _table(inner).get(text[at : at + 2], ())
    return _numeral_readers(inner) + found if text[at : at + 1] in _NUMERALS else found


_AFTER_NUMERAL = frozenset("年财学月日号天周星礼个世季多余来半之/.、和与及或至到-")
_AFTER_HAN_NUMERAL = _AFTER_NUMERAL | frozenset("0123456789几劳国黄长假期青妇儿建节小夕")
_LONGEST_NUMERAL = 12


@cache
def _tokens() -> re.Pattern[str]:
    firsts = "".join(sorted({prefix[0] for prefix in _table(inner=False)} - (_NUMERALS - {"元"})))
    return re.compile(rf"[0-9]+(?:,[0-9]{{3}})*|[〇十百千两廿卅{HAN}]+|[{firsts}]")


def _starts(text: str) -> Iterator[tuple[int, tuple[Reader, ...]]]:
    """Where an expression may begin; a number that nothing of a date follows is passed over."""
    for match in _tokens().finditer(text):
        start, end = match.span()
        if text[start] in _NUMERALS and text[start] != "元":
            following = text[end : end + 1] if text[end : end + 1] != " " else text[end + 1 : end + 2]
            units = _AFTER_NUMERAL if text[start] in "0123456789" else _AFTER_HAN_NUMERAL
            if following not in units or end - start > _LONGEST_NUMERAL:
                continue
        yield start, _readers_at(text, start)


_NAMES_THE_DAY = re.compile(" ?[，,]? ?(?:也?是|为|即|过|叫|称|恰逢|适逢|正值|正是|，)?")


def find(text: str) -> Iterator[DateMention]:
    """The dates of a Chinese text in order; a festival that only says which day was named is left out."""
    text = text.translate(words.FOLD)
    end = -1
    for mention in walk(text, _starts(text)):
        between = text[end : mention.start] if end >= 0 and mention.start - end < 5 else "…"
        end = mention.end
        if not (mention.value.startswith("festival:") and _NAMES_THE_DAY.fullmatch(between)):
            yield mention
