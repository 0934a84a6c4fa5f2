"""Numbers in Chinese texts, simplified or traditional, in digits and in characters."""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.language.numbers.number import Number, enumerated
from annotator.language.script import simplified

_DIGIT_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％：", "0123456789.,%:") | str.maketrans(
    {"廿": "二", "壹": "一", "贰": "二", "叁": "三"}
)
_ANY = re.compile(r"[\d零一二三四五六七八九〇两十百千万亿半双首]|民国元")

# 两 counts taels where it stands behind a numeral.
_Z = r"(?:两|[零〇一二三四五六七八九十百千万亿])(?:[零〇一二三四五六七八九十百千万亿]|两(?=[百千万亿]))*"
_D = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"\s?[多余几]?[十百千]?[万亿兆]"
_N = rf"(?:{_D}(?:{_SCALE})?|{_Z}(?:[多余几][万亿])?(?:点[零〇一二三四五六七八九]+)?)"
_UNITS = re.compile(
    r"\s?(?:多|余)?(?:平方|立方)?(?:公里|千米|厘米|毫米|公分|公尺|米|公斤|千克|公克|克|公吨|吨|公顷|公升|升|摄氏度|度|℃|英尺|英里|英寸|英亩|磅|码|华氏)"
)
# What is counted: a numeral in characters must be matched only where it clearly counts something.
_COUNTED = re.compile(
    r"\s?[多余]?\s?(?:[个名位人年月日岁天次件条只隻张块元斤里米吨所家国座部种本篇页卷辆艘架户口届场回倍周例层号度省市县州"
    r"点分秒刻棵株头匹项份套枚颗门辈公英平立美欧英日港台]|世纪|小时|钟头|星期|大|亿|万|％|%)"
)
_TOKEN = re.compile(
    rf"百分之(?P<percent>{_N})"
    rf"|(?P<below>{_N})分之(?P<above>{_N})"
    rf"|(?P<of_century>{_N})世纪(?P<decade>{_N})年代"
    rf"|(?P<alone>{_N})年代"
    rf"|(?P<century>{_N})世纪"
    rf"|民国(?P<republic>{_N}|元)年"
    rf"|(?P<tenths>[一二三四五六七八九两]|\d)成(?![为了立功员长本就分绩果都语年人熟交千群因吉])(?P<half_tenth>半)?"
    rf"|(?P<whole>{_N})(?:个|小)?(?P<unit>年|月|天|小时|世纪|钟头|点|倍|公里|英里|岁)(?P<and_half>半)"
    rf"|(?P<clock>{_N})(?:点|时)(?!间|代|候|[零〇一二三四五六七八九])"
    rf"|(?P<times>{_N})倍"
    rf"|(?P<digits>{_D})(?P<scale>{_SCALE})?"
    rf"|(?P<chinese>{_Z}(?:[多余几][万亿])?(?:点[零〇一二三四五六七八九]+)?)"
    rf"|(?P<half>半)|(?P<pair>双)|(?P<first>首)"
)
# Trying the long expression at every character would take much longer.
_STARTS = re.compile(r"[\d零〇一二三四五六七八九两十百千万亿民半双首]")
# Words that are written with numerals and count nothing.
_NO_NUMBER = re.compile(
    "万一|一一|十分|十足|千万(?=[不别要别小])|百姓|百货|百科|万物|万岁|万能|万事|千古|百般|一带一路|三三两两|四川|三亚|九寨|九江"
    "|万象|千瓦|十字|百度|千米|百万富翁|亿万富翁|千方百计|万众|四面八方|五花八门|七上八下|乱七八糟|四处|一百八十度|三角|万维|百合"
    "|万圣|万里长城|千岛|百老汇|百慕大|九龙|六安|五台|五指|三峡|四合|七夕|双十|百事|十堰|万科|两岸|千里|三明治|二手|二话|一万|百日"
)
_VAGUE_BEFORE = "数几上成好若多"
_LISTED = re.compile(
    r"(?<![一二三四五六七八九])([一二三四五六七八九两])([一二三四五六七八九])(?=[十百千万亿]|\Z)"
)
_EXAGGERATED = {10_000, 108_000}


def find(text: str) -> list[Number]:
    """The numbers of a Chinese text."""
    if not _ANY.search(text):
        return []
    text = simplified(text).translate(_FULL_WIDTH)
    barred = [match.span() for match in _NO_NUMBER.finditer(text) if match[0] != "一万"]
    found: list[Number] = []
    done = 0
    for start in _STARTS.finditer(text):
        at = start.start()
        match = _TOKEN.match(text, at) if at >= done else None
        if match is None or any(low <= at < high for low, high in barred):
            continue
        done = match.end()
        number = _read(match, text)
        found.extend(() if number is None else (number,))
    return found


def _read(match: re.Match[str], text: str) -> Number | None:
    if match["digits"]:
        return _digits(match, text)
    if match["chinese"]:
        return _characters(match, text)
    return _year(match) or _share(match) or _time(match)


def _year(match: re.Match[str]) -> Number | None:
    """A decade, a century, a year of the Republic."""
    start, end = match.span()
    if match["of_century"]:
        decade = value(match["decade"])
        return _number(start, end, (value(match["of_century"]) - 1) * 100 + decade, {decade})
    if match["alone"]:
        return _decade(start, end, value(match["alone"]))
    if match["century"]:
        return _century(start, end, value(match["century"]))
    if match["republic"]:
        years = 1 if match["republic"] == "元" else value(match["republic"])
        return _number(start, end, years, {years + 1911})
    return None


def _share(match: re.Match[str]) -> Number | None:
    """A percentage, a fraction, tenths."""
    start, end = match.span()
    if match["percent"]:
        return _number(start, end, value(match["percent"]), {value(match["percent"]) / 100})
    if match["below"]:
        return _fraction(start, end, value(match["above"]), value(match["below"]))
    if match["tenths"]:
        share = value(match["tenths"]) * 10 + (5 if match["half_tenth"] else 0)
        return _number(start, end, share, {share / 10, share / 100}, firm=False)
    return None


def _time(match: re.Match[str]) -> Number:
    """An hour, so many and a half, so many times; a word that may stand for a number."""
    start, end = match.span()
    if match["whole"]:
        return _and_half(start, end, value(match["whole"]), match["unit"])
    if match["clock"]:
        hour = value(match["clock"])
        return _number(start, end, hour, {hour + 12, hour - 12}, firm=match["clock"].isdigit())
    if match["times"]:
        times = value(match["times"])
        also = {times - 1, times + 1, times * 100, (times - 1) * 100}
        return _number(start, end, times, also, firm=times >= 10)
    if match["half"]:
        return _number(start, end, 0.5, {50, 6, 30, 12}, firm=False)
    return _number(start, end, 2 if match["pair"] else 1, firm=False)


def _number(
    start: int, end: int, value: float, also: set[float] | None = None, *, firm: bool = True
) -> Number:
    return Number(start, end, value, frozenset(also or ()), firm)


def _fraction(start: int, end: int, above: float, below: float) -> Number:
    if not below:
        return _number(start, end, above, firm=False)
    share = above / below
    return _number(start, end, share, {above, below, share * 100, round(share * 100)})


def _decade(start: int, end: int, decade: float) -> Number:
    also = {1900 + decade, 2000 + decade, 1800 + decade} if decade < 100 else set()
    return _number(start, end, decade, also)


def _century(start: int, end: int, number: float) -> Number:
    return _number(start, end, number, {(number - 1) * 100, number * 100}, firm=number >= 10)


def _and_half(start: int, end: int, whole: float, unit: str) -> Number:
    parts = {"年": 12, "小时": 60, "钟头": 60, "天": 24, "世纪": 100, "点": 60}.get(unit, 2)
    return _number(start, end, whole + 0.5, {whole, whole * parts + parts / 2, parts / 2, 30}, firm=False)


def _digits(match: re.Match[str], text: str) -> Number | None:
    start, end = match.span()
    scale = (match["scale"] or "").strip()
    worth = float(match["digits"].replace(",", "")) * _scale(scale)
    also: set[float] = set()
    if text[end : end + 1] in ("-", "–", "—", "~", "至", "到") and not scale:
        # Of 3至5万, the first is 30,000 as well.
        later = re.match(rf".\s?{_D}\s?([十百千]?[万亿兆])", text[end:])
        also = {worth * _scale(later[1])} if later else set()
    if re.match(r"年(?!代|级|纪)", text[end:]) and worth < 100 and len(match["digits"]) == 2:
        also |= {1900 + worth, 2000 + worth}
    if scale:
        also.add(float(match["digits"].replace(",", "")))
    firm = not (_code(text, start, end) or enumerated(text, start, end))
    return Number(start, end, worth, frozenset(also), firm, firm, foreign=bool(_UNITS.match(text, end)))


def _code(text: str, start: int, end: int) -> bool:
    """3K, G20, H5N1: part of a word."""
    around = text[start - 1 : start] + text[end : end + 1].replace("C", "")
    return any(char.isascii() and char.isupper() for char in around)


def _scale(scale: str) -> float:
    worth = 1.0
    for char in scale:
        worth *= _TENS.get(char) or _SCALES.get(char, 1)
    return worth


def _characters(match: re.Match[str], text: str) -> Number | None:
    start, end = match.span()
    token = match["chinese"]
    if token[0] in "百千万亿" or (start and text[start - 1] in _VAGUE_BEFORE and token[0] == "十"):
        return None
    if (len(token) == 2 or re.search("[十百千万亿]", token)) and (pair := _LISTED.search(token)):
        # 十四五 and 三二十 estimate.
        either = [value(token[: pair.start()] + one + token[pair.end() :]) for one in pair.groups()]
        return _number(start, end, either[0], set(either), firm=False)
    worth = value(token)
    also = {1900 + worth} if len(token) == 2 and text[end : end + 1] == "年" else set()
    counts = worth > 1 and bool(_COUNTED.match(text, end))
    firm = counts and len(token) > 1 and worth >= 10 and worth not in _EXAGGERATED
    return Number(start, end, worth, frozenset(also), firm, counts, foreign=bool(_UNITS.match(text, end)))


@lru_cache(maxsize=4096)
def value(text: str) -> float:
    """What a numeral is worth: 三十八点五 is 38.5, 1.2万 is 12000, 一九八七 is 1987."""
    digits = re.match(_D, text)
    if digits:
        return float(digits[0].replace(",", "")) * _scale(text[digits.end() :])
    whole, _, decimals = re.sub("[多余几]", "", text).partition("点")
    tail = "".join(str(_DIGIT_VALUES[char]) for char in decimals)
    return _whole(whole) + (float(f"0.{tail}") if tail else 0)


def _whole(text: str) -> float:
    if not any(char in _TENS or char in _SCALES for char in text):
        return float("".join(str(_DIGIT_VALUES[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGIT_VALUES:
            digit = _DIGIT_VALUES[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char == "亿" and total:
            total = (total + section + digit) * _SCALES[char]
            section = digit = 0
        else:
            total += (section + digit or 1) * _SCALES[char]
            section = digit = 0
    last = next((unit for unit in reversed(text[:-1]) if unit in _TENS or unit in _SCALES), "")
    if digit and text[-1] in _DIGIT_VALUES and text[-2] == last and last not in "十":
        # 三百五 is 350, 一万二 12000.
        digit *= (_TENS.get(last) or _SCALES[last]) // 10
    return float(total + section + digit)
