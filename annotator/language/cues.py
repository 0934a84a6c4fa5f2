"""What a Chinese and an English sentence can be seen to share without a dictionary.

`zh_cues` and `en_cues` turn a sentence into a set of keys; keys that both sides have speak for a pair. The
first letter of a key is its kind: `n` number, `m` month, `l` Latin word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from annotator.language.script import simplified

Language = Literal["zh", "en"]

_ZH_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}
_ZH_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ZH_NUMBER = re.compile(r"[零〇一二三四五六七八九两兩十百千万萬亿億]{2,}|十")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ZH_SCALE = re.compile(r"\s*(十|百|千)?(万|萬|亿|億)")
_EN_SCALE = re.compile(r"\s*(hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_EN_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ZH_MONTH = re.compile(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月")
_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_EN_MONTHS = {name: month for month, names in enumerate(_MONTHS, 1) for name in names.split()}
_EN_MONTH = re.compile(r"\b(" + "|".join(name.capitalize() for name in _EN_MONTHS) + r")\b")
_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_ONES = {word: value for value, word in enumerate(_ONES.split())}
_EN_TENS = {word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
_EN_NUMBER_WORDS = _EN_ONES | _EN_TENS
_EN_NUMBER = re.compile(
    r"\b(?:(?:" + "|".join([*_EN_NUMBER_WORDS, *_EN_SCALES]) + r")(?:[\s-]+(?:and\s+)?|\b))+", re.IGNORECASE
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+")
# Marks that open a quotation, or that close one; what stands round a straight mark tells which it is.
_QUOTE = re.compile(
    r"""([“「『‘]|(?<![\w.,!?;:…—-])["'](?=[\w“‘…—]))|([”」』]|(?<=[\w.,!?;:…—-])"|(?<=[.,!?;:…—-])['’])"""
)
_CLOSE = "”’」』）)】》\"' \t"


def zh_cues(sentence: str) -> frozenset[str]:
    """The keys of a Chinese sentence, simplified or traditional."""
    sentence = simplified(sentence)
    keys = {f"l{word.lower()}" for word in _LATIN.findall(sentence)}
    keys.update(f"m{_zh_value(month)}" for month in _ZH_MONTH.findall(sentence))
    keys.update(_digit_keys(sentence, "zh"))
    keys.update(f"n{_zh_value(match)}" for match in _ZH_NUMBER.findall(sentence) if _zh_value(match) > 9)
    return frozenset(keys)


def en_cues(sentence: str) -> frozenset[str]:
    """The keys of an English sentence."""
    keys = {f"l{word.lower()}" for word in _LATIN.findall(sentence)}
    keys.update(f"m{_EN_MONTHS[month.lower()]}" for month in _EN_MONTH.findall(sentence))
    keys.update(_digit_keys(sentence, "en"))
    keys.update(f"n{value}" for value in map(_en_value, _EN_NUMBER.findall(sentence)) if value > 9)
    return frozenset(keys)


def closing(sentence: str) -> str:
    """How a sentence closes: `?`, `!`, or `.` for all else, and `”` after it if a quote closes too."""
    bare = sentence.rstrip(_CLOSE)
    last = bare[-1:]
    mark = "?" if last in ("?", "？") else "!" if last in ("!", "！") else "."
    return mark + ("”" if any(char in "”’」』\"'" for char in sentence[len(bare) :]) else "")


def quoted_ends(sentences: Sequence[str]) -> list[bool]:
    """For each of successive sentences whether it ends inside of a quotation that goes on."""
    inside = False
    ends = []
    for sentence in sentences:
        marks = _QUOTE.findall(sentence)
        if marks:
            inside = bool(marks[-1][0])
        ends.append(inside)
    return ends


def _digit_keys(sentence: str, lang: Language) -> set[str]:
    keys = set()
    for match in _DIGITS.finditer(sentence):
        digits = match[0].replace(",", "")
        value = float(digits)
        if lang == "zh":
            scale = _ZH_SCALE.match(sentence, match.end())
            value *= _ZH_UNITS.get(scale[1], 1) * _ZH_MYRIADS[scale[2]] if scale else 1
        else:
            words = _EN_SCALE.match(sentence, match.end())
            value *= _EN_SCALES[words[1].lower()] if words else 1
        keys.add(f"n{value:.10g}" if value < 10**15 else f"n{digits}")
    return keys


def _zh_value(text: str) -> int:
    if text.isdigit():
        return int(text)
    if not any(char in _ZH_UNITS or char in _ZH_MYRIADS for char in text):
        return int("".join(str(_ZH_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _ZH_DIGITS:
            digit = _ZH_DIGITS[char]
        elif char in _ZH_UNITS:
            section += (digit or 1) * _ZH_UNITS[char]
            digit = 0
        else:
            total += (section + digit or 1) * _ZH_MYRIADS[char]
            section = digit = 0
    return total + section + digit


def _en_value(text: str) -> int:
    total = section = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _EN_NUMBER_WORDS:
            section += _EN_NUMBER_WORDS[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _EN_SCALES:
            total += (section or 1) * _EN_SCALES[word]
            section = 0
    return total + section
