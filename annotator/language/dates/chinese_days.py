"""Chinese months and days, and the parts of a year."""

from __future__ import annotations

import re

from annotator.language.dates import values
from annotator.language.dates.chinese_patterns import (
    AND,
    DAY,
    HAN,
    MONTH,
    PARTS,
    RELATIVE_MONTHS,
    SEASONS,
    STOP,
    TO,
    WEEKDAY,
    S,
    look,
)
from annotator.language.dates.chinese_words import number
from annotator.language.dates.mention import Reading

_YEAR_PART = (
    "(?P<part>年(?:初|底|末|终|中)|初期|早期|前期|伊始|岁末|(?:稍|较)?早(?:些)?时候?|较早前|稍早前?|中期|末期|后期|晚期|"
    f"(?:稍)?晚(?:些)?时候?|稍晚|中叶|[上下前后]半年|初(?![中次步级选审赛始婚恋衷版春夏秋冬见露具现识遇雪伏一二三四五六七八九十])|底(?![特部层线薪])|"
    f"末(?![代班尾日])|终(?={STOP[3:-1]})|中{STOP})"
)
_QUARTER = (
    r"(?:第?(?P<q>[一二三四1-4])季度?(?!度?[节播剧集])|(?P<q3>前[三3]季度?)|(?P<q1>首季度?)|Q(?P<q4>[1-4]))"
)
_SEASON = (
    f"(?:(?P<late>[初早仲暮晚深盛隆严])(?=[春夏秋冬]))?(?P<season>[春夏秋冬])"
    f"(?:(?<=[初早仲暮晚深盛隆严].)[天季日]?|[天季日]|(?P<cross>[夏秋冬春]之[交际])|(?P<both>[夏秋冬春])(?:两季|时节|季节|间|{STOP})|"
    f"[末初](?=[，。、；时的]|$)|(?=后|以[来后前])|{STOP})(?![奥赛])"
)
_SAME_TIME = "同期"


_FIRST_MONTHS = f"[前头](?P<n>1[0-2]|[1-9]|十[一二]?|[{HAN}])个月"


def read_part_of_year(text: str, at: int, year: str) -> Reading | None:
    if match := look(_QUARTER, text, at):
        return match.end(), values.part(year, _quarter(match))
    if match := look(_YEAR_PART, text, at):
        which = match["part"]
        return match.end(), values.part(year, PARTS.get(which, "early" if "早" in which else "late"))
    if match := look(_SEASON, text, at):
        return match.end(), _season(match, year)
    if match := look(_FIRST_MONTHS, text, at):
        return match.end(), values.part(year, f"m{number(match['n'])}")
    if match := look(_SAME_TIME, text, at):
        return match.end(), year
    return None


def _season(match: re.Match[str], year: str) -> str:
    first = values.part(year, SEASONS[match["season"]])
    return values.interval(first, values.part(year, SEASONS[match["both"]])) if match["both"] else first


def _quarter(match: re.Match[str]) -> str:
    if match["q3"]:
        return "q1-3"
    return f"q{number(match['q'] or match['q4'] or '1')}"


_MONTHS = (
    rf"(?:(?P<m1>{MONTH}){S}(?:(?P<to>{TO})|{AND})(?P<m2>{MONTH})|(?P<pair>[一二三四五六七八]{{1}}[二三四五六七八九])"
    rf"|(?P<m>{MONTH})){S}月(?:份)?"
)
_BEFORE_MONTH = r"(?<![\d.一二三四五六七八九十每个第两几半数/])"
_NOT_AFTER_MONTH = "[一两二三四五六七八九十几][次回遍趟度]"
_AFTER_BARE_MONTH = (
    f"(?!{_NOT_AFTER_MONTH}|不知|之久|有余|余|天|花|街|革命|风暴|飞雪|雪|流火|怀胎|"
    "河|球|亮|饼|光|租|薪|供|嫂|经|台(?!风))"
)
_DAYS = (
    rf"{S}的?(?P<days>{DAY}{S}(?:[日号]?(?:{TO}|{AND}){DAY}{S}){{0,6}}[日号])"
    "(?![楼线院馆厅机门]|文件|公告|令)"
)
_WEEKDAY_AFTER = (
    rf"{S}(?:[（(]{S}{WEEKDAY}{S}[)）]|[，,]?{S}(?:星期|礼拜|周)(?P<wd2>[一二三四五六日天])(?![至到-]))"
)
_MONTH_PARTS = {
    "上旬": "early", "中旬": "mid", "下旬": "late", "初": "early", "底": "end", "末": "end", "中": "mid",
    "上半月": "h1", "下半月": "h2", "前半月": "h1", "后半月": "h2",
}  # fmt: skip
_MONTH_PART = (
    rf"{S}的?(?P<part>[上中下]旬(?:(?P<to>{TO})(?P<part2>[中下]旬))?|[上下前后]半月|初(?![一二三四五六七八九十中次步级选审赛始春夏秋冬])"
    rf"|底(?![特部层线薪])|末(?![代班尾日])|中{STOP})"
)
_MONTH_WEEK = (
    rf"{S}的?(?:第(?P<w>[一二三四五])|(?P<w1>首)|(?P<last>最后一))个?(?:周(?![一二三四五六日末])|星期(?![一二三四五六日天])|"
    rf"礼拜(?![一二三四五六日天]))"
)


def read_month(text: str, at: int, year: str) -> Reading | None:
    """A month or several, and what of it is named."""
    match = look(_MONTHS, text, at)
    if not match:
        return None
    if not match["m"]:
        return _several_months(match, year)
    month = number(match["m"])
    value = values.date(year, month)
    if under := _under_month(text, match.end(), value):
        return under
    if look(_DAYS, text, match.end()):
        return None
    if (
        not match[0].isascii()
        and not match[0][:1].isdigit()
        and not look(_AFTER_BARE_MONTH, text, match.end())
    ):
        return None
    return match.end(), value


def _several_months(match: re.Match[str], year: str) -> Reading | None:
    first, last = tuple(match["pair"]) if match["pair"] else (match["m1"], match["m2"])
    one, other = number(first), number(last)
    if match["pair"] and other != one + 1:
        return None
    listed = [values.date(year, month) for month in (one, other)]
    if match["to"] or other == one + 1:
        return match.end(), values.interval(*listed)
    return match.end(), "{" + ",".join(listed) + "}"


def _under_month(text: str, at: int, month: str) -> Reading | None:
    """Days, weeks and parts of a month, given as its value."""
    if match := look(_DAYS, text, at):
        return _days(text, match, month)
    if match := look(_MONTH_PART, text, at):
        value = values.part(month, _MONTH_PARTS[match["part"][:2] if match["to"] else match["part"]])
        if match["part2"]:
            value = values.interval(value, values.part(month, _MONTH_PARTS[match["part2"]]))
        return match.end(), value
    if match := look(_MONTH_WEEK, text, at):
        which = "late" if match["last"] else f"w{number(match['w'] or '一')}"
        return match.end(), values.part(month, which)
    return None


def _days(text: str, match: re.Match[str], month: str) -> Reading | None:
    days = [number(day) for day in re.findall(DAY, match["days"])]
    known_month = re.search(r"-(\d\d)$", month)
    known_year = re.match(r"\d{4}", month)
    if not all(
        values.possible(
            int(known_month[1]) if known_month and "M" not in month else None,
            day,
            int(known_year[0]) if known_year else None,
        )
        for day in days
    ):
        return None
    dates = [f"{month}-{day:02}" for day in days]
    value = (
        values.interval(dates[0], dates[-1]) if re.search("[至到-]", match["days"]) else values.several(dates)
    )
    weekday = look(_WEEKDAY_AFTER, text, match.end())
    return (weekday or match).end(), value


def read_bare_month(text: str, at: int) -> Reading | None:
    return read_month(text, at, values.UNKNOWN_YEAR) if look(_BEFORE_MONTH, text, at) else None


_LONE_DAY = (
    rf"(?<![\d.第每近约月个〇{HAN}十年/])(?:(?P<d1>[12]\d|3[01]|[1-9])日?(?P<and>{TO}|{AND}))"
    rf"?(?P<d>[12]\d|3[01]|0?[1-9]|"
    rf"[一二]十[{HAN}]|三十一?)日(?![游内间后元本龄均线年期票之以左后化語语文货军耳圆平])"
)


def read_lone_day(text: str, at: int) -> Reading | None:
    """A day without its month: 14日, as in the datelines of agencies."""
    match = look(_LONE_DAY, text, at)
    if not match:
        return None
    days = [f"{values.UNKNOWN_YEAR}-XX-{number(day):02}" for day in (match["d1"], match["d"]) if day]
    weekday = look(_WEEKDAY_AFTER, text, match.end())
    ranged = match["d1"] and re.search("[至到-]", match["and"])
    return (weekday or match).end(), "/".join(days) if ranged else values.several(days)


_MONTH_WORD = (
    "(?<![海水江天湖](?=上月))(?:(?P<rel>上上|上一|下下|下一|这一|上|下|本|这)(?P<ge>个)?|(?P<same>[同当该])|(?P<next>[次翌隔]))月(?:份)?"
    "(?![球亮光饼台经刊票薪租供老])"
)


def read_month_word(text: str, at: int) -> Reading | None:
    """A month reckoned from the text (上个月) or from one named before (同月15日)."""
    match = look(_MONTH_WORD, text, at)
    if not match or (match["rel"] == "这" and not match["ge"]):
        return None
    named_before = "@P1M" if match["next"] else "@P0M"
    month = f"P{RELATIVE_MONTHS[match['rel']]}M" if match["rel"] else named_before
    under = _under_month(text, match.end(), month)
    if under or match["same"]:
        return under
    return match.end(), month


_YEAR_END = (
    r"(?<![\d一二三四五六七八九十今去明前后本当同该次某每多近往历几两成学个青少老中大])"
    r"(?:(?P<year>年初|年底|年末|岁末|[上下]半年)|(?P<month>月初|月底|月末))(?![一二三四五六七八九十])"
)


def read_end_of_now(text: str, at: int) -> Reading | None:
    """The end of this year or month, named without it: 年底."""
    match = look(_YEAR_END, text, at)
    if not match:
        return None
    if match["year"]:
        return match.end(), values.part("P0Y", PARTS[match["year"]])
    return match.end(), values.part("P0M", _MONTH_PARTS[match["month"][1]])


_LONE_QUARTER = (
    r"(?<![每\d])(?:第?(?P<q>[一二三四1-4])季度|(?P<q3>前[三3]季度?)|(?P<q1>首季度)|(?P<q4>(?!))Q)"
)


def read_quarter_alone(text: str, at: int) -> Reading | None:
    match = look(_LONE_QUARTER, text, at)
    return (match.end(), values.part(values.UNKNOWN_YEAR, _quarter(match))) if match else None


_DIGITAL = (
    r"(?<![\d./])(?:(?<!-)|(?=\d{4}[./]))(?P<y>1\d{3}|20\d\d)(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|"
    r"[12]\d|0?[1-9])(?!\d|[./]\d|-\d(?!\d{3}[./-]))"
    r"(?:T(?P<t>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?))?"
)


def read_digital(text: str, at: int) -> Reading | None:
    """2023-12-11, 2023/12/11, 2023.12.11."""
    match = look(_DIGITAL, text, at)
    if not match or not values.possible(int(match["m"]), int(match["d"]), int(match["y"])):
        return None
    value = values.date(match["y"], int(match["m"]), int(match["d"]))
    return match.end(), f"{value}T{match['t']}" if match["t"] else value
