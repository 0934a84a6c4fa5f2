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
from annotator.language.dates.chinese_words import number
from annotator.language.dates.mention import DateMention, Reader, Reading, walk

_S = " ?"
_TO = rf"{_S}(?:至|到|-{{1,2}}){_S}"
_AND = rf"{_S}(?:、|和|与|及|或){_S}"
_HAN = "一二三四五六七八九"
_MONTH = rf"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[{_HAN}]|元(?=月))"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9](?!\d)|三十一?|[一二]?十[{_HAN}]?|廿[{_HAN}]?|卅一?|[{_HAN}])"
_NUMBER = rf"(?:\d{{1,4}}|[〇十百千{_HAN}]{{1,7}})"
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAY = f"{_WEEK}(?P<wd>[一二三四五六日天])"
_Y4 = r"(?:1\d{3}|20\d\d|21\d\d)(?!\d)"
_HAN_YEAR = rf"[一二][〇{_HAN}]{{3}}"
_NOT_DURATION = r"(?!(?:历史|来|间|[之以]?[前内]|多?级))"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _match(pattern: str, text: str, at: int) -> re.Match[str] | None:
    return _compiled(pattern).match(text, at)


# --- years -----------------------------------------------------------------------------------------------

_YEARS = (
    rf"(?P<list>(?:{_Y4}|{_HAN_YEAR})(?P<and>{_S}年{_TO}|{_TO}|{_AND})(?:{_Y4}|{_HAN_YEAR}|\d\d))"
    rf"{_S}(?:财年|学年|年度?)"
)
_YEARS_BARE = (
    r"(?<![\d.-])(?P<first>1\d{3}|20\d\d)-{1,2}(?P<last>1\d{3}|20\d\d)"
    r"(?![\d.]|-\d| ?(?:[%万亿元米人名个次件家辆吨克公千毫厘平户页集号期台架支头]|[a-zA-Z]))"
)
_YEAR = rf"(?P<n>{_Y4}|{_HAN_YEAR}){_S}(?:财年|学年|年(?:度(?!假))?)"
_SHORT_YEAR = (
    r"(?:(?P<sure>0\d|[5-9][1-9])|(?P<unsure>\d\d))年(?P<month>(?= ?\d{1,2} ?月)|(?=年?[底初末]))?"
    r"(?!级|来|间|内|[之以]?[前后内]|代|历史|的?时间|多|[会限期龄薪历半])"
)
_SHORT_HAN_YEAR = (
    rf"(?:〇[{_HAN}]|(?!一二|二三|三四|四五|五六|六七|七八|八九)[五六七八九][{_HAN}])年"
    rf"(?!级|来|间|内|[之以]?[前后内]|代|历史|的?时间|多|[会限期龄薪历半])"
)
_THREE_DIGITS = (
    rf"(?<![^，。、；：！？（(,;:“「于在自从至到《])(?P<n>(?!\d00)[1-9]\d\d){_S}年"
    r"(?!级|来|间|内|[之以]?[前后内]|历史|的|多|不|没|一|[会限期龄薪历半])"
)
_THREE_DIGITS_MONTH = rf"(?P<n>[1-9]\d\d){_S}年(?= ?(?:1?\d|[{_HAN}十]{{1,2}}) ?月)"
_CHRISTIAN = (
    rf"(?:(?:公元|西元){_S}(?P<bc>前)?{_S}(?P<n>{_NUMBER})|(?P<old>前){_S}(?P<old_n>[1-9]\d\d)){_S}年"
)
_CHRISTIAN_RANGE = r"(?P<a>前?)(?P<first>\d{1,4})年?-{1,2}(?P<b>前?)(?P<last>\d{1,4})年?"
_REPUBLIC = (
    rf"(?:中华)?民国{_S}(?:(?P<n>元|{_NUMBER}){_S}年(?:度)?|(?P<early>初年|初期|初(?=[，,年]))|(?P<late>末年))"
    rf"|民(?:国)?前{_S}(?P<before>{_NUMBER}){_S}年"
)
_ERA = (
    (
        rf"(?:(?:{words.DYNASTIES})(?:[{{h}}]{{{{1,2}}}}[宗祖帝])?)?(?P<era>{'|'.join(words.ERAS)})(?:帝|皇帝)?"
        rf"{_S}(?:(?P<n>元|{_NUMBER}){_S}年(?!历史|来|[之以]?前)"
        r"|(?P<span>年间|朝(?:初|末)?年|初年|中叶|末年|时期))"
    )
    .replace("{h}", "\u4e00-\u9fff")
    .replace("{{", "{")
    .replace("}}", "}")
)
_SEXAGENARY = "(?P<s>[甲丙戊庚壬][子寅辰午申戌]|[乙丁己辛癸][丑卯巳未酉亥])年"

_RELATIVE_YEARS = {
    "今年度": 0, "今年": 0, "本年度": 0, "本年": 0, "去年度": -1, "去年": -1, "上年度": -1, "上一年度": -1,
    "旧年": -1, "上一年": -1, "昨年": -1, "大前年": -3, "前年": -2, "明年度": 1, "明年": 1, "来年": 1, "下年度": 1,
    "下一年度": 1, "下一年": 1, "后年": 2,
}  # fmt: skip
_POINTING_YEARS = {"次年": 1, "翌年": 1, "隔年": 1, "第二年": 1, "前一年": -1, "后一年": 1, "转年": 1}
# These point back and are dates only with something after them.
_SAME_YEARS = {"同年": 0, "当年": 0, "该年": 0, "那年": 0, "这年": 0, "那一年": 0, "这一年": 0}
_YEAR_WORD = "|".join(sorted([*_RELATIVE_YEARS, *_POINTING_YEARS, *_SAME_YEARS], key=len, reverse=True))
_BOTH_YEARS = {"今明两年": "P0Y/P1Y", "今明年": "P0Y/P1Y", "去今两年": "P-1Y/P0Y", "近两年": ""}


def _years(text: str, at: int) -> Reading | None:
    """Several years with the word for year after the last one only: 1998-2003年."""
    if match := _match(_YEARS, text, at):
        first, last = match["list"].split(match["and"])
        one, other = number(first), number(last)
        if len(last) == 2:
            other += one // 100 * 100
        if one < other:
            listed = "/" if re.search("[至到-]", match["and"]) or other == one + 1 else ","
            value = f"{values.year(one)}{listed}{values.year(other)}"
            return match.end(), value if listed == "/" else f"{{{value}}}"
    if (match := _match(_YEARS_BARE, text, at)) and int(match["first"]) < int(match["last"]):
        return match.end(), f"{match['first']}/{match['last']}"
    return None


_NO_DURATION = "(?!历史|来|间|[之以]?前|[之以]?内|多)"


def _numbered_year(text: str, at: int) -> Reading | None:
    if match := _match(_YEAR, text, at):
        value = number(match["n"])
        if value % 100 == 0 and not _match(_NO_DURATION, text, match.end()):
            return None
        return match.end(), values.year(value)
    if match := _match(_THREE_DIGITS, text, at) or _match(_THREE_DIGITS_MONTH, text, at):
        return match.end(), values.year(int(match["n"]))
    if (match := _match(_SHORT_YEAR, text, at)) and (match["sure"] or match["month"] is not None):
        return match.end(), values.short_year(int(match[0][:2]))
    if match := _match(_SHORT_HAN_YEAR, text, at):
        return match.end(), values.short_year(number(match[0][:2]))
    return None


def _christian_year(text: str, at: int) -> Reading | None:
    match = _match(_CHRISTIAN, text, at)
    if not match:
        return None
    before = bool(match["bc"] or match["old"])
    return match.end(), values.year(number(match["n"] or match["old_n"]), before)


def _republic_year(text: str, at: int) -> Reading | None:
    match = _match(_REPUBLIC, text, at)
    if not match:
        return None
    if match["early"]:
        return match.end(), "1912/1916"
    if match["late"]:
        return match.end(), "1945/1949"
    years = 1912 - number(match["before"]) if match["before"] else 1911 + number(match["n"])
    return match.end(), values.year(years)


def _era_year(text: str, at: int) -> Reading | None:
    match = _match(_ERA, text, at)
    if not match:
        return None
    first, last = words.ERAS[match["era"]]
    if match["span"]:
        return match.end(), f"{values.year(first)}/{values.year(last)}"
    value = first + number(match["n"]) - 1
    return (match.end(), values.year(value)) if value <= last + 5 else None


def _sexagenary_year(text: str, at: int) -> Reading | None:
    match = _match(_SEXAGENARY, text, at)
    return (match.end(), f"sexagenary:{match['s']}") if match else None


_YEAR_WORDS = f"(?P<w>{_YEAR_WORD})(?![纪轮龄级货]|(?:已经?|刚刚?|才|就|满|都)?(?:\\d{{1,3}}|[{_HAN}十百]{{1,4}})多?周?岁)"


def _year_word(text: str, at: int) -> Reading | None:
    """A year reckoned from the text or from a year named before; those that only point back too."""
    match = _match(_YEAR_WORDS, text, at)
    if not match:
        return None
    word = match["w"]
    if word in _RELATIVE_YEARS:
        return match.end(), f"P{_RELATIVE_YEARS[word]}Y"
    return match.end(), f"@P{_POINTING_YEARS.get(word, 0)}Y"


_TWO_YEARS = "今明两?年|去今两年"


def _both_years(text: str, at: int) -> Reading | None:
    match = _match(_TWO_YEARS, text, at)
    return (match.end(), _BOTH_YEARS[match[0]]) if match else None


# --- what may follow a year ------------------------------------------------------------------------------

_STOP = r"(?=[，,。．；;：:、！!？?）)》」”的之又至到前时起 \n-]|$)"
_PARTS = {
    "初": "early", "初期": "early", "早期": "early", "前期": "early", "伊始": "early", "早些时候": "early",
    "年初": "early", "开年": "early", "稍早": "early", "稍早时候": "early", "较早时候": "early", "初叶": "early",
    "早些时": "early", "较早前": "early", "稍早前": "early",
    "中": "mid", "中期": "mid", "年中": "mid", "中叶": "mid", "中段": "mid",
    "底": "end", "末": "end", "年底": "end", "年末": "end", "岁末": "end", "年终": "end", "终": "end", "尾": "end",
    "末期": "late", "后期": "late", "晚些时候": "late", "稍晚": "late", "晚期": "late", "末叶": "late",
    "稍晚时候": "late", "晚些时": "late", "中后期": "late", "中前期": "early",
    "上半年": "h1", "前半年": "h1", "下半年": "h2", "后半年": "h2", "上半叶": "h1", "下半叶": "h2",
    "前半叶": "h1", "后半叶": "h2", "前半期": "h1", "后半期": "h2", "上半": "h1", "下半": "h2", "前半": "h1",
    "后半": "h2",
}  # fmt: skip
_YEAR_PART = (
    "(?P<part>年(?:初|底|末|终|中)|初期|早期|前期|伊始|岁末|(?:稍|较)?早(?:些)?时候?|较早前|稍早前?|中期|末期|后期|晚期|"
    f"(?:稍)?晚(?:些)?时候?|稍晚|中叶|[上下前后]半年|初(?![中次步级选审赛始婚恋衷版一二三四五六七八九十])|底(?![特部层线薪])|"
    f"末(?![代班尾日])|终(?={_STOP[3:-1]})|中{_STOP})"
)
_CENTURY_PART = (
    "(?P<part>初[期叶]|早期|前期|中[期叶]|中后期|末[期叶]|后期|晚期|[上下前后]半[叶期]|[上下前后]半(?!年)|"
    f"初(?![中次步级选审赛始婚恋衷版])|末(?![代班尾日])|底(?![特部层线薪])|中{_STOP})"
)
_QUARTER = (
    r"(?:第?(?P<q>[一二三四1-4])季度?(?!度?[节播剧集])|(?P<q3>前[三3]季度?)|(?P<q1>首季度?)|Q(?P<q4>[1-4]))"
)
_SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_SEASON = f"(?P<late>[初早仲暮晚深盛隆严])?(?P<season>[春夏秋冬])(?:[天季日]|(?P<cross>[夏秋冬春]之交)|{_STOP})(?![奥赛])"
_SAME_TIME = "同期"
_OF = f"{_S}的?"


def _under_year(text: str, at: int, year: str) -> Reading | None:
    """What of a year is named at `at`."""
    if match := _match(_OF, text, at):
        at = match.end()
    return (
        _month(text, at, year)
        or _lunar(text, at, year)
        or _part_of_year(text, at, year)
        or _festival(text, at, year)
    )


def _part_of_year(text: str, at: int, year: str) -> Reading | None:
    if match := _match(_QUARTER, text, at):
        return match.end(), values.part(year, _quarter(match))
    if match := _match(_YEAR_PART, text, at):
        which = match["part"]
        return match.end(), values.part(year, _PARTS.get(which, "early" if "早" in which else "late"))
    if match := _match(_SEASON, text, at):
        return match.end(), values.part(year, _SEASONS[match["season"]])
    if match := _match(_SAME_TIME, text, at):
        return match.end(), year
    return None


def _quarter(match: re.Match[str]) -> str:
    if match["q3"]:
        return "q1-3"
    return f"q{number(match['q'] or match['q4'] or '1')}"


_BEFORE = "[之以]?前(?![夕后])"


def _year(text: str, at: int) -> Reading | None:
    """A year and what follows it."""
    single = (
        _numbered_year(text, at)
        or _christian_year(text, at)
        or _republic_year(text, at)
        or _era_year(text, at)
        or _sexagenary_year(text, at)
        or _year_word(text, at)
    )
    several = _years(text, at) or _both_years(text, at)
    if several and (not single or several[0] > single[0]):
        return several
    if not single:
        return None
    end, year = single
    under = _under_year(text, end, year)
    if under:
        return under
    bare_pointer = year == "@P0Y"
    duration = text[end - 1] == "年" and _match(_BEFORE, text, end) and _ancient(year)
    return None if bare_pointer or duration else single


def _ancient(year: str) -> bool:
    """1500年前 is fifteen centuries ago; 2008年前, before 2008."""
    return year.isdigit() and int(year) % 100 == 0


# --- months and days -------------------------------------------------------------------------------------

_MONTHS = (
    rf"(?:(?P<m1>{_MONTH}){_S}(?:(?P<to>{_TO})|{_AND})(?P<m2>{_MONTH})|(?P<pair>[一二三四五六七八]{{1}}[二三四五六七八九])"
    rf"|(?P<m>{_MONTH})){_S}月(?:份)?"
)
_BEFORE_MONTH = r"(?<![\d.一二三四五六七八九十每个两几半数/])"
_AFTER_BARE_MONTH = (
    "(?![一两二三四五六七八九十几][次回遍趟度])(?!之久|有余|余|天|花|街|革命|风暴|飞雪|雪|流火|怀胎|河|球|亮|饼|光|租|薪|供|票|"
    "嫂|子|入|均|结|息|刊|报|台|经|影|色|老人|桂|夜|食|全食|坛)"
)
_DAYS = rf"{_S}的?(?P<days>{_DAY}{_S}(?:[日号]?(?:{_TO}|{_AND}){_DAY}{_S}){{0,6}}[日号])(?![楼线院馆厅机门]|文件|公告|令)"
_WEEKDAY_AFTER = (
    rf"{_S}(?:[（(]{_S}{_WEEKDAY}{_S}[)）]|[，,]?{_S}(?:星期|礼拜|周)(?P<wd2>[一二三四五六日天])(?![至到-]))"
)
_MONTH_PARTS = {
    "上旬": "early", "中旬": "mid", "下旬": "late", "初": "early", "底": "end", "末": "end", "中": "mid",
    "上半月": "h1", "下半月": "h2", "前半月": "h1", "后半月": "h2",
}  # fmt: skip
_MONTH_PART = (
    rf"{_S}的?(?P<part>[上中下]旬(?:(?P<to>{_TO})(?P<part2>[中下]旬))?|[上下前后]半月|初(?![一二三四五六七八九十中次步级选审赛始])"
    rf"|底(?![特部层线薪])|末(?![代班尾日])|中{_STOP})"
)
_MONTH_WEEK = rf"{_S}的?(?:第(?P<w>[一二三四五])|(?P<w1>首)|(?P<last>最后一))个?(?:周(?![一二三四五六日末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天]))"


def _month(text: str, at: int, year: str) -> Reading | None:
    """A month or several, and what of it is named."""
    match = _match(_MONTHS, text, at)
    if not match:
        return None
    if not match["m"]:
        return _several_months(match, year)
    month = number(match["m"])
    value = values.date(year, month)
    if under := _under_month(text, match.end(), value):
        return under
    if (
        not match[0].isascii()
        and not match[0][:1].isdigit()
        and not _match(_AFTER_BARE_MONTH, text, match.end())
    ):
        return None
    return match.end(), value


def _several_months(match: re.Match[str], year: str) -> Reading | None:
    first, last = match["pair"] or (match["m1"], match["m2"])
    one, other = number(first), number(last)
    if match["pair"] and other != one + 1:
        return None
    listed = [values.date(year, month) for month in (one, other)]
    if match["to"] or other == one + 1:
        return match.end(), values.interval(*listed)
    return match.end(), "{" + ",".join(listed) + "}"


def _under_month(text: str, at: int, month: str) -> Reading | None:
    """Days, weeks and parts of a month, given as its value."""
    if match := _match(_DAYS, text, at):
        return _days(text, match, month)
    if match := _match(_MONTH_PART, text, at):
        value = values.part(month, _MONTH_PARTS[match["part"][:2] if match["to"] else match["part"]])
        if match["part2"]:
            value = values.interval(value, values.part(month, _MONTH_PARTS[match["part2"]]))
        return match.end(), value
    if match := _match(_MONTH_WEEK, text, at):
        which = "late" if match["last"] else f"w{number(match['w'] or '一')}"
        return match.end(), values.part(month, which)
    return None


def _days(text: str, match: re.Match[str], month: str) -> Reading | None:
    days = [number(day) for day in re.findall(_DAY, match["days"])]
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
    weekday = _match(_WEEKDAY_AFTER, text, match.end())
    return (weekday or match).end(), value


def _bare_month(text: str, at: int) -> Reading | None:
    return _month(text, at, values.UNKNOWN_YEAR) if _match(_BEFORE_MONTH, text, at) else None


_LONE_DAY = (
    rf"(?<![\d.第每近约月个〇{_HAN}十年/])(?:(?P<d1>[12]\d|3[01]|[1-9])日?(?P<and>{_TO}|{_AND}))?(?P<d>[12]\d|3[01]|0?[1-9]|"
    rf"[一二]十[{_HAN}]|三十一?)日(?![游内间后元本龄均线年期票之以左后化語语文货军耳圆])"
)


def _lone_day(text: str, at: int) -> Reading | None:
    """A day without its month: 14日, as in the datelines of agencies."""
    match = _match(_LONE_DAY, text, at)
    if not match:
        return None
    days = [f"{values.UNKNOWN_YEAR}-XX-{number(day):02}" for day in (match["d1"], match["d"]) if day]
    weekday = _match(_WEEKDAY_AFTER, text, match.end())
    ranged = match["d1"] and re.search("[至到-]", match["and"])
    return (weekday or match).end(), "/".join(days) if ranged else values.several(days)


_RELATIVE_MONTHS = {
    "上上": -2,
    "上": -1,
    "上一": -1,
    "本": 0,
    "这": 0,
    "这一": 0,
    "下": 1,
    "下一": 1,
    "下下": 2,
}
_MONTH_WORD = (
    "(?:(?P<rel>上上|上一|下下|下一|这一|上|下|本|这)(?P<ge>个)?|(?P<same>[同当该])|(?P<next>[次翌隔]))月(?:份)?"
    "(?![球亮光饼台经刊票薪租供老])"
)


def _month_word(text: str, at: int) -> Reading | None:
    """A month reckoned from the text (上个月) or from one named before (同月15日)."""
    match = _match(_MONTH_WORD, text, at)
    if not match or (match["rel"] == "这" and not match["ge"]):
        return None
    if match["rel"]:
        month = f"P{_RELATIVE_MONTHS[match['rel']]}M"
    else:
        month = "@P1M" if match["next"] else "@P0M"
    under = _under_month(text, match.end(), month)
    if under or match["same"]:
        return under
    return match.end(), month


_YEAR_END = (
    r"(?<![\d一二三四五六七八九十今去明前后本当同该次某每多近往历几两成学个青少老中大])"
    r"(?:(?P<year>年初|年底|年末|岁末|[上下]半年)|(?P<month>月初|月底|月末))(?![一二三四五六七八九十])"
)


def _end_of_now(text: str, at: int) -> Reading | None:
    """The end of this year or month, named without it: 年底."""
    match = _match(_YEAR_END, text, at)
    if not match:
        return None
    if match["year"]:
        return match.end(), values.part("P0Y", _PARTS[match["year"]])
    return match.end(), values.part("P0M", _MONTH_PARTS[match["month"][1]])


_LONE_QUARTER = (
    r"(?<![每\d])(?:第?(?P<q>[一二三四1-4])季度|(?P<q3>前[三3]季度?)|(?P<q1>首季度)|(?P<q4>(?!))Q)"
)


def _quarter_alone(text: str, at: int) -> Reading | None:
    match = _match(_LONE_QUARTER, text, at)
    return (match.end(), values.part(values.UNKNOWN_YEAR, _quarter(match))) if match else None


_DIGITAL = (
    r"(?<![\d./-])(?P<y>1\d{3}|20\d\d)(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|[./-]\d)"
    r"(?:T(?P<t>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?))?"
)


def _digital(text: str, at: int) -> Reading | None:
    """2023-12-11, 2023/12/11, 2023.12.11."""
    match = _match(_DIGITAL, text, at)
    if not match or not values.possible(int(match["m"]), int(match["d"]), int(match["y"])):
        return None
    value = values.date(match["y"], int(match["m"]), int(match["d"]))
    return match.end(), f"{value}T{match['t']}" if match["t"] else value


# --- lunar days and festivals ----------------------------------------------------------------------------

_LUNAR = (
    rf"(?P<calendar>[农阴旧夏]历{_S})?(?P<year>(?:今|去|明|前|后)年)?闰?(?P<m>正|腊|冬|{_MONTH})月"
    rf"(?:(?:(?P<initial>初)(?P<i>[{_HAN}十])|(?P<d>三十|[一二]?十[{_HAN}]?|廿[{_HAN}]?|\d{{1,2}}|[{_HAN}]))(?P<ri>日)?)?(?P<part>底|末|初|里)?"
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_GREAT_YEAR = f"大?年初(?P<d>[{_HAN}十])"


def _lunar(text: str, at: int, year: str = values.UNKNOWN_YEAR) -> Reading | None:
    """A day of the Chinese calendar, known by its name or by how it is counted: 正月初三, 八月十五."""
    match = _match(_LUNAR, text, at)
    if not match or not _surely_lunar(match, text):
        return None
    if match["year"]:
        year = f"P{_RELATIVE_YEARS[match['year']]}Y"
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


def _great_year(text: str, at: int) -> Reading | None:
    match = _match(_GREAT_YEAR, text, at)
    return (match.end(), values.date("lunar:XXXX", 1, number(match["d"]))) if match else None


_FESTIVALS = "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in words.FESTIVALS.items())


def _festival(text: str, at: int, year: str = "") -> Reading | None:
    match = _match(_FESTIVALS, text, at)
    if not match:
        return None
    name = f"festival:{str(match.lastgroup).replace('_', '-')}"
    return match.end(), f"{year}-{name}" if year else name


# --- weeks and days reckoned from the text ---------------------------------------------------------------

_RELATIVE_WEEKS = _RELATIVE_MONTHS
_WEEK_WORD = (
    rf"(?P<rel>上上|上一|下下|下一|这一|上|下|本|这)个?{_WEEK}(?:(?P<wd>[一二三四五六日天](?!周年))|(?P<end>末))?"
    "(?![期年转边围刊报](?!间))"
)
_THE_WEEKEND = "(?:这个?|本)周末"
_LONE_WEEKDAY = (
    rf"(?<![{_HAN}十\d两几每第个半整逢大姓])(?<![{_HAN}日][至到])(?:(?:星期|礼拜)(?P<long>[一二三四五六日天])"
    "|周(?P<short>[一二三四五六日])(?![良围圆岁次遍回圈年期刊报边福胖才]))"
)
_WEEKDAY_TO = rf"{_TO}{_WEEK}?(?P<wd>[一二三四五六日天])(?![年月日天个次])"


_EARLIER_LATER = "(?:稍)?[早晚](?:些)?时候|稍[早晚]"


def _week(text: str, at: int) -> Reading | None:
    match = _match(_WEEK_WORD, text, at)
    if not match:
        return None
    value = f"P{_RELATIVE_WEEKS[match['rel']]}W"
    if match["wd"]:
        value += f"-{words.WEEKDAYS[match['wd']]}"
    if match["end"]:
        value = f"{value}-6/{value}-7"
    later = _match(_EARLIER_LATER, text, match.end()) if not match["wd"] else None
    return (later or match).end(), value


def _weekday(text: str, at: int) -> Reading | None:
    match = _match(_LONE_WEEKDAY, text, at)
    if not match:
        return None
    first = f"XXXX-WXX-{words.WEEKDAYS[match['long'] or match['short']]}"
    if to := _match(_WEEKDAY_TO, text, match.end()):
        return to.end(), f"{first}/XXXX-WXX-{words.WEEKDAYS[to['wd']]}"
    return match.end(), first


_NIGHT = "(?:(?:的)?(?:夜里|夜晚|晚上|深夜|半夜))"
_DAY_WORDS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_DAY_WORD = (
    f"(?P<rel>大前|大后|前|昨|今|明|后)(?:(?P<tian>天|儿个?|个儿)(?P<night>{_NIGHT})?|(?P<ri>日)|(?P<time>晚上?|夜|早|晨|宵))"
    "|今明两[天日]|昨今两[天日]"
)
_NO_DAY = (
    r"前晚(?!上)?(?=[辈])|前[夜早晨儿宵]|后[夜早晨儿宵晚]|前天[津]|(?<=先天)后天|后天(?:性|培养|努力|环境|形成|教育|因素|获得|免疫|习得|失调)"
    r"|今天(?:津|水市|门市|台县|长市)|今日(?:头条|说法|俄罗斯|美国|关注|中国|印度|心理学)|明日(?:之星|黄花|香|报|新闻|帝国|方舟|边缘)|昨日(?:重现|世界)|今朝|"
    r"后日[本]|前日本|今日本|前日军|明[夜宵儿]|后儿|明早期|明晚期|[大]前日|今早期|前日前"
)
_NEXT_DAY = r"(?:次日|翌日|隔日(?!子)|隔天|翌晨|(?<![^，。；：！？“「\n ])第二天|到了第二天)"
_SEASON_WORD = "(?P<rel>今|去|明|来|昨)(?P<season>[春夏秋冬])(?![兰奈])"
_AGO = (
    rf"(?<![\d第头前后每.〇{_HAN}])(?P<n>\d{{1,5}}|[〇十百千{_HAN}两]{{1,7}}|几|数|半|十几|两三|三四|三五|四五|好几|若干)(?:多|余|来)?{_S}"
    r"(?P<unit>年|个多?月|周|个?星期|个?礼拜|天|日|个世纪)(?P<half>半)?(?:多)?(?P<way>[之以]?前(?!后|景|瞻|期|沿|往|去|进|锋|任|线|身|言|提|辈|台)"
    r"|[之以]?后(?!来|期|勤|面|方|悔|续|备|盾|代|裔|果|天|年|人|世))"
)
_UNITS = {"年": "Y", "月": "M", "周": "W", "期": "W", "拜": "W", "天": "D", "日": "D", "纪": "C"}


def _day_word(text: str, at: int) -> Reading | None:
    if _match(_NO_DAY, text, at):
        return None
    match = _match(_DAY_WORD, text, at)
    if match and match["rel"]:
        return match.end(), f"P{_DAY_WORDS[match['rel']]}D"
    if match:
        return match.end(), "P0D/P1D" if "明" in match[0] else "P-1D/P0D"
    if match := _match(_NEXT_DAY, text, at):
        return match.end(), "@P1D"
    if match := _match(_SEASON_WORD, text, at):
        year = {"今": 0, "去": -1, "昨": -1, "明": 1, "来": 1}[match["rel"]]
        return match.end(), values.part(f"P{year}Y", _SEASONS[match["season"]])
    return None


def _ago(text: str, at: int) -> Reading | None:
    """三年前 is reckoned from the text; 三年后 from what was told before."""
    match = _match(_AGO, text, at)
    if not match or (match["unit"] == "日" and match["n"].isdigit()):
        return None
    if match["unit"] == "年" and re.fullmatch(r"(?:1[1-9]|20)\d[1-9]|20[0-3]0|19\d0", match["n"]):
        return None
    unit = _UNITS[match["unit"][-1]]
    count = _count(match["n"], unit, bool(match["half"]))
    if unit == "C" or (match["n"] == "半" and unit in "YM"):
        unit = {"C": "Y", "Y": "M", "M": "D"}[unit]
    elif match["half"]:
        unit = {"Y": "M", "M": "D"}.get(unit, unit)
    back = match["way"].endswith("前")
    return match.end(), f"P-{count}{unit}" if back else f"@P{count}{unit}"


def _count(text: str, unit: str, half: bool) -> str:
    if text == "半":
        return {"Y": "6", "M": "15", "C": "50"}.get(unit, "X")
    if text in ("几", "数", "十几", "好几", "若干", "两三", "三四", "三五", "四五"):
        return "X"
    count = number(text) * (100 if unit == "C" else 1)
    if half:
        count = count * {"Y": 12, "M": 30}.get(unit, 1) + {"Y": 6, "M": 15}.get(unit, 0)
    return str(count)


# --- decades and centuries -------------------------------------------------------------------------------

_CENTURY = (
    rf"(?<!之)(?:(?:公元|西元)?{_S}(?P<bc>前)?(?P<n>\d{{1,2}}|[{_HAN}十]{{1,3}})|(?P<rel>上个?|本|这个|下个?)){_S}世纪"
    rf"(?!福克斯|经济报道|不动产|网|房地产|大学|公园|金源)"
)
_CENTURY_TO = rf"(?<![\d第])(?P<n>\d{{1,2}}|[{_HAN}十]{{1,3}})(?:世纪)?(?P<and>{_TO}|{_AND})(?P<n2>\d{{1,2}}|[{_HAN}十]{{1,3}}){_S}世纪"
_DECADE = (
    rf"(?P<d>(?:1\d|20)\d0|[1-9]0|00|[二三四五六七八九]十|[一二][〇{_HAN}]{{2}}〇|[五六七八九一]〇|〇〇)"
)
_DECADES = (
    rf"(?:(?P<pair>[二三四五六七八][三四五六七八九]十)|(?:(?P<d0>(?:1\d|20)\d0|[1-9]0|[二三四五六七八九]十?)(?P<and>(?:年代)?{_TO}|{_AND}))?{_DECADE})"
    rf"{_S}年代"
)


_AFTER_NUMBER = rf"(?<=[\d第{_HAN}十百])"


def _century(text: str, at: int) -> Reading | None:
    if match := _match(_CENTURY_TO, text, at):
        first, last = (values.century(number(match[key])) for key in ("n", "n2"))
        return (match.end(), f"{first}/{last}") if first < last else None
    match = _match(_CENTURY, text, at)
    if not match:
        return None
    if match["rel"]:
        value = {"上": "19XX", "本": "20XX", "这": "20XX", "下": "21XX"}[match["rel"][0]]
    elif _match(_AFTER_NUMBER, text, at):
        return None
    else:
        value = values.century(number(match["n"]), bool(match["bc"]))
    end = match.end()
    if match := _match(_OF, text, end):
        decade = _decades(text, match.end(), value[:2])
        if decade:
            return decade
    if match := _match(_CENTURY_PART, text, end):
        return match.end(), values.part(value, _PARTS[match["part"]])
    return end, value


_AFTER_DIGIT = r"(?<=[\d〇一二三四五六七八九])"


def _decade(text: str, at: int) -> Reading | None:
    return None if _match(_AFTER_DIGIT, text, at) else _decades(text, at, "XX")


def _decades(text: str, at: int, century: str) -> Reading | None:
    match = _match(_DECADES, text, at)
    if not match:
        return None
    if match["pair"]:
        names = [match["pair"][0] + "十", match["pair"][1:]]
    else:
        names = [name for name in (match["d0"], match["d"]) if name]
    decades = [_decade_value(name, century) for name in names]
    if len(decades) > 1:
        return match.end(), "/".join(decades)
    if part := _match(_CENTURY_PART, text, match.end()):
        return part.end(), values.part(decades[0], _PARTS[part["part"]])
    return match.end(), decades[0]


def _decade_value(name: str, century: str) -> str:
    decade = number(name)
    if decade > 99:
        return f"{decade // 10}X"
    tens = decade if decade < 10 and not name.startswith(("0", "〇")) else decade // 10
    return f"{century}{tens}X"


# --- the walk --------------------------------------------------------------------------------------------


def _ranged(reader: Reader) -> Reader:
    """A reader that goes on over "to" and a second expression."""

    def read(text: str, at: int) -> Reading | None:
        found = reader(text, at)
        if not found:
            return None
        end, value = found
        if "/" in value and not re.fullmatch(r"[^/]+-\d\d/[^/]+-\d\d|\d{4}/\d{4}|P[^/]+/P[^/]+", value):
            return found
        match = _match(_TO, text, end)
        second = _second(text, match.end()) if match else None
        if second:
            return second[0], values.interval(value, second[1])
        return found

    return read


def _second(text: str, at: int) -> Reading | None:
    found = None
    for reader in (_year, _bare_month, _century, _decade, _digital, _month_word, _day_word, _end_of_now):
        candidate = reader(text, at)
        if candidate and (found is None or candidate[0] > found[0]):
            found = candidate
    return found


def _christian_range(text: str, at: int) -> Reading | None:
    """（前551－前479年）: years before Christ without the full word, one of them at least marked as such."""
    match = _match(_CHRISTIAN_RANGE, text, at)
    if not match or not match["a"] or (len(match["first"]) < 3 and not match["b"]):
        return None
    first = values.year(int(match["first"]), before_christ=True)
    return match.end(), f"{first}/{values.year(int(match['last']), bool(match['b']))}"


_POINTS: tuple[tuple[str, Reader], ...] = (
    ("0123456789" + _HAN + "十〇元", _ranged(_year)),
    ("0123456789" + _HAN + "十元", _ranged(_bare_month)),
    ("0123456789" + _HAN + "十廿", _century),
    ("0123456789" + _HAN + "〇", _ranged(_decade)),
    ("0123456789", _ranged(_digital)),
    ("0123456789二三", _lone_day),
    ("一二三四1234首前Q第", _quarter_alone),
    ("0123456789" + _HAN + "十百千两几数半好若", _ago),
    ("公西前民中", _ranged(_year)),
    ("公西前上本这下", _ranged(_century)),
    ("前", _christian_range),
    ("今本去上旧昨大前明来下后次翌隔第同当该那转这", _ranged(_year)),
    ("甲丙戊庚壬乙丁己辛癸", _year),
    ("".join(sorted({name[0] for name in [*words.ERAS, *words.DYNASTIES.split("|")]})), _ranged(_year)),
    ("上下本这同当该次翌隔", _ranged(_month_word)),
    ("上下本这", _week),
    ("周星礼", _weekday),
    ("大前后昨今明次翌隔第到去来", _ranged(_day_word)),
    ("年月岁上下", _end_of_now),
    ("农阴旧夏闰正冬腊" + _HAN + "十", _lunar),
    ("大年", _great_year),
    (
        "元公阳春农阴大年新除清端七中盂重腊小国十双五三国劳妇青六儿教八建圣平感复万西情愚母父光斋开古宰夏冬秋立上",
        _festival,
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
        between = text[end : mention.start] if 0 <= end and mention.start - end < 5 else ""
        end = mention.end
        if not (mention.value.startswith("festival:") and _NAMES_THE_DAY.fullmatch(between)):
            yield mention
