"""Chinese years, decades and centuries, each read without what may follow it."""

from __future__ import annotations

import re

from annotator.language.dates import chinese_words as words
from annotator.language.dates import values
from annotator.language.dates.chinese_patterns import (
    AND,
    CENTURY_PART,
    HAN,
    HAN_YEAR,
    NUMBER,
    OF,
    PARTS,
    TO,
    Y4,
    S,
    look,
)
from annotator.language.dates.chinese_words import number
from annotator.language.dates.mention import Reading

_YEARS = (
    rf"(?P<list>(?:{Y4}|{HAN_YEAR})(?P<and>{S}年{TO}|{TO}|{AND})(?:{Y4}|{HAN_YEAR}|\d\d))"
    rf"{S}(?:财年|学年|年度?)"
)
_YEARS_BARE = (
    r"(?<![\d.-])(?P<first>1\d{3}|20\d\d)-{1,2}(?P<last>1\d{3}|20\d\d)"
    r"(?![\d.]|-\d| ?(?:[%万亿元米人名个次件家辆吨克公千毫厘平户页集号期台架支头]|[a-zA-Z]))"
)
_YEAR = rf"(?P<n>{Y4}|{HAN_YEAR}){S}(?:财年|学年|年(?:度(?!假))?)"
_SHORT_YEAR = (
    r"(?:(?P<sure>0\d|[5-9][1-9])|(?P<unsure>\d\d))年(?P<month>(?= ?\d{1,2} ?月)|(?=年?[底初末]))?"
    r"(?!级|来|间|内|[之以]?[前后内]|代|历史|的?时间|多|[会限期龄薪历半])"
)
_SHORT_HAN_YEAR = (
    rf"(?:〇[{HAN}]|(?!一二|二三|三四|四五|五六|六七|七八|八九)[五六七八九][{HAN}])年"
    rf"(?!级|来|间|内|[之以]?[前后内]|代|历史|的?时间|多|[会限期龄薪历半])"
)
_THREE_DIGITS = (
    rf"(?<![^，。、；：！？（(,;:“「于在自从至到《])(?P<n>(?!\d00)[1-9]\d\d){S}年"
    r"(?!级|来|间|内|[之以]?[前后内]|历史|的|多|不|没|一|[会限期龄薪历半])"
)
_THREE_DIGITS_MONTH = rf"(?P<n>[1-9]\d\d){S}年(?= ?(?:1?\d|[{HAN}十]{{1,2}}) ?月)"
_CHRISTIAN = rf"(?:(?:公元|西元){S}(?P<bc>前)?{S}(?P<n>{NUMBER})|(?P<old>前){S}(?P<old_n>[1-9]\d\d)){S}年"
_CHRISTIAN_RANGE = r"(?:公元|西元)?(?P<a>前)(?P<first>\d{1,4})年?-{1,2}(?P<b>前?)(?P<last>\d{1,4})年?"
_REPUBLIC = (
    rf"(?:中华)?民国{S}(?:(?P<n>元|{NUMBER}){S}年(?!代)(?:度)?|(?P<span>时期|年间)|(?P<early>初年|初期|初(?=[，,年]))|(?P<late>末年))"
    rf"|民(?:国)?前{S}(?P<before>{NUMBER}){S}年"
)
_SEXAGENARY = "(?P<s>[甲丙戊庚壬][子寅辰午申戌]|[乙丁己辛癸][丑卯巳未酉亥])年"
_TEMPLE_NAME = "[\u4e00-\u9fff]{1,2}[宗祖帝]"
_ERA = (
    rf"(?:(?:{words.DYNASTIES})(?:{_TEMPLE_NAME})?)?(?:(?P<first>{'|'.join(words.ERAS)})[、和与至到](?=..年间))?"
    rf"(?P<era>{'|'.join(words.ERAS)})(?:帝|皇帝)?"
    rf"{S}(?:(?P<n>元|{NUMBER}){S}年(?!历史|来|[之以]?前)"
    rf"|{_SEXAGENARY}"
    r"|(?P<span>年间|朝(?:初|末)?年|初年|中叶|末年|时期))"
)
RELATIVE_YEARS = {
    "今年度": 0, "今年": 0, "本年度": 0, "本年": 0, "去年度": -1, "去年": -1, "上年度": -1, "上一年度": -1,
    "旧年": -1, "上一年": -1, "昨年": -1, "大前年": -3, "前年": -2, "明年度": 1, "明年": 1, "来年": 1,
    "下年度": 1, "下一年度": 1, "下一年": 1, "后年": 2,
}  # fmt: skip
_POINTING_YEARS = {"次年": 1, "翌年": 1, "隔年": 1, "第二年": 1, "前一年": -1, "后一年": 1, "转年": 1}
# These point back and are dates only with something after them.
_SAME_YEARS = {"同年": 0, "当年": 0, "该年": 0, "那年": 0, "这年": 0, "那一年": 0, "这一年": 0}
YEAR_WORDS = (*RELATIVE_YEARS, *_POINTING_YEARS, *_SAME_YEARS)
_YEAR_WORD = "|".join(sorted(YEAR_WORDS, key=len, reverse=True))
_BOTH_YEARS = {"今明两年": "P0Y/P1Y", "今明年": "P0Y/P1Y", "去今两年": "P-1Y/P0Y"}


def read_years(text: str, at: int) -> Reading | None:
    """Several years with the word for year after the last one only: 1998-2003年."""
    if match := look(_YEARS, text, at):
        first, last = match["list"].split(match["and"])
        one, other = number(first), number(last)
        if len(last) == 2:
            other += one // 100 * 100
        if one < other:
            listed = "/" if re.search("[至到-]", match["and"]) or other == one + 1 else ","
            value = f"{values.year(one)}{listed}{values.year(other)}"
            return match.end(), value if listed == "/" else f"{{{value}}}"
    if (match := look(_YEARS_BARE, text, at)) and int(match["first"]) < int(match["last"]):
        return match.end(), f"{match['first']}/{match['last']}"
    return None


_NO_DURATION = "(?!历史|来|间|[之以]?前(?![后夕])|[之以]?内|多)"


def read_numbered_year(text: str, at: int) -> Reading | None:
    if match := look(_YEAR, text, at):
        value = number(match["n"])
        if value % 100 == 0 and value != 1900 and not look(_NO_DURATION, text, match.end()):
            return None
        return match.end(), values.year(value)
    if match := look(_THREE_DIGITS, text, at) or look(_THREE_DIGITS_MONTH, text, at):
        return match.end(), values.year(int(match["n"]))
    if (match := look(_SHORT_YEAR, text, at)) and (match["sure"] or match["month"] is not None):
        return match.end(), values.short_year(int(match[0][:2]))
    if match := look(_SHORT_HAN_YEAR, text, at):
        return match.end(), values.short_year(number(match[0][:2]))
    return None


def read_christian_year(text: str, at: int) -> Reading | None:
    match = look(_CHRISTIAN, text, at)
    if not match:
        return None
    before = bool(match["bc"] or match["old"])
    return match.end(), values.year(number(match["n"] or match["old_n"]), before)


def read_republic_year(text: str, at: int) -> Reading | None:
    match = look(_REPUBLIC, text, at)
    if not match:
        return None
    if match["span"]:
        return match.end(), "1912/1949"
    if match["early"]:
        return match.end(), "1912/1916"
    if match["late"]:
        return match.end(), "1945/1949"
    years = 1912 - number(match["before"]) if match["before"] else 1911 + number(match["n"])
    return match.end(), values.year(years)


def _cycle_name(year: int) -> str:
    """The year in the cycle of sixty: 4 AD was 甲子."""
    return "甲乙丙丁戊己庚辛壬癸"[(year - 4) % 10] + "子丑寅卯辰巳午未申酉戌亥"[(year - 4) % 12]


def read_era_year(text: str, at: int) -> Reading | None:
    match = look(_ERA, text, at)
    if not match:
        return None
    first, last = words.ERAS[match["era"]]
    first = words.ERAS[match["first"]][0] if match["first"] else first
    if match["span"]:
        return match.end(), f"{values.year(first)}/{values.year(last)}"
    if match["s"]:
        years = (year for year in range(first, last + 1) if _cycle_name(year) == match["s"])
        return match.end(), values.year(next(years, first))
    value = first + number(match["n"]) - 1
    return (match.end(), values.year(value)) if value <= last + 5 else None


def read_sexagenary_year(text: str, at: int) -> Reading | None:
    match = look(_SEXAGENARY, text, at)
    return (match.end(), f"sexagenary:{match['s']}") if match else None


_YEAR_WORDS = (
    f"(?<!最)(?<!如(?=今))(?<!当(?=今))(?P<w>{_YEAR_WORD})(?![代纪轮龄级货]|轻(?!松)|"
    f"(?:已经?|刚刚?|才|就|满|都)?(?:\\d{{1,3}}|[{HAN}十百]{{1,4}})多?周?岁)"
)


def read_year_word(text: str, at: int) -> Reading | None:
    """A year reckoned from the text or from a year named before; those that only point back too."""
    match = look(_YEAR_WORDS, text, at)
    if not match:
        return None
    word = match["w"]
    if word in RELATIVE_YEARS:
        return match.end(), f"P{RELATIVE_YEARS[word]}Y"
    return match.end(), f"@P{_POINTING_YEARS.get(word, 0)}Y"


_TWO_YEARS = "今明两?年|去今两年"


def read_both_years(text: str, at: int) -> Reading | None:
    match = look(_TWO_YEARS, text, at)
    return (match.end(), _BOTH_YEARS[match[0]]) if match else None


_CENTURY = (
    rf"(?<!之)(?:(?:公元|西元)?{S}(?P<bc>前)?(?P<n>\d{{1,2}}|[{HAN}十]{{1,3}})|(?P<rel>上个?|本|这个|下个?)){S}世纪"
    rf"(?!福克斯|经济报道|不动产|网|房地产|大学|公园|金源)"
)
_CENTURY_TO = (
    rf"(?<![\d第])(?P<n>\d{{1,2}}|[{HAN}十]{{1,3}})(?:世纪)?(?P<and>{TO}|{AND})(?P<n2>\d{{1,2}}|"
    rf"[{HAN}十]{{1,3}}){S}世纪"
)
_DECADE = rf"(?P<d>(?:1\d|20)\d0|[1-9]0|00|[二三四五六七八九]十|[一二][〇{HAN}]{{2}}〇|[五六七八九一]〇|〇〇)"
_DECADES = (
    rf"(?:(?P<pair>[二三四五六七八][三四五六七八九]十)|(?:(?P<d0>(?:1\d|20)\d0|[1-9]0|[二三四五六七八九]十?)"
    rf"(?P<and>(?:年代)?{TO}|{AND}))?{_DECADE})"
    rf"{S}年代"
)
_AFTER_NUMBER = rf"(?<=[\d第{HAN}十百])"


def read_century(text: str, at: int) -> Reading | None:
    if match := look(_CENTURY_TO, text, at):
        first, last = (values.century(number(match[key])) for key in ("n", "n2"))
        return (match.end(), f"{first}/{last}") if first < last else None
    match = look(_CENTURY, text, at)
    if not match:
        return None
    if match["rel"]:
        value = {"上": "19XX", "本": "20XX", "这": "20XX", "下": "21XX"}[match["rel"][0]]
    elif look(_AFTER_NUMBER, text, at):
        return None
    else:
        value = values.century(number(match["n"]), bool(match["bc"]))
    end = match.end()
    if match := look(OF, text, end):
        decade = _decades(text, match.end(), value[:2])
        if decade:
            return decade
    if match := look(CENTURY_PART, text, end):
        return match.end(), values.part(value, PARTS[match["part"]])
    return end, value


_AFTER_DIGIT = r"(?<=[\d〇一二三四五六七八九])"


def read_decade(text: str, at: int) -> Reading | None:
    return None if look(_AFTER_DIGIT, text, at) else _decades(text, at, "XX")


def _decades(text: str, at: int, century: str) -> Reading | None:
    match = look(_DECADES, text, at)
    if not match:
        return None
    if match["pair"]:
        names = [match["pair"][0] + "十", match["pair"][1:]]
    else:
        names = [name for name in (match["d0"], match["d"]) if name]
    decades = [_decade_value(name, century) for name in names]
    if len(decades) > 1:
        return match.end(), "/".join(decades)
    if part := look(CENTURY_PART, text, match.end()):
        return part.end(), values.part(decades[0], PARTS[part["part"]])
    return match.end(), decades[0]


def _decade_value(name: str, century: str) -> str:
    decade = number(name)
    if decade > 99:
        return f"{decade // 10}X"
    tens = decade if decade < 10 and not name.startswith(("0", "〇")) else decade // 10
    return f"{century}{tens}X"


def read_christian_range(text: str, at: int) -> Reading | None:
    """（前551－前479年）: years before Christ without the full word, one of them at least marked as such."""
    match = look(_CHRISTIAN_RANGE, text, at)
    if not match or (len(match["first"]) < 3 and not match["b"]):
        return None
    first, last = int(match["first"]), int(match["last"])
    both = bool(match["b"]) or last < first
    return match.end(), f"{values.year(first, before_christ=True)}/{values.year(last, both)}"
