"""What the expressions for English dates have in common."""

from __future__ import annotations

import re
from functools import cache

from annotator.language.dates import english_words as words
from annotator.language.dates import values

S = r"(?:[ \u00a0\n]{1,2})"
DASH = r"[-\u2010-\u2015\u2212~]"
MONTH = rf"(?:(?:{'|'.join(words.MONTH_NAMES)})|(?:{'|'.join(words.MONTH_SHORT)})\b\.?)(?![a-z])"
WEEKDAY = (
    rf"(?:(?:{'|'.join([*words.WEEKDAY_NAMES, *map(str.lower, words.WEEKDAY_NAMES)])})\b|"
    rf"(?:{'|'.join(words.WEEKDAY_SHORT)})\b\.?)"
)
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
WORD_ORDINAL = f"(?i:{'|'.join(sorted(words.ORDINALS, key=len, reverse=True))})"
_DAY = (
    rf"(?:{_DAY_NUMBER}(?:{S}?(?:st|nd|rd|th)\b)?)(?![a-z]|:\d|\.\d|,\d{{3}}(?!\d)|[%$€£]|{S}?(?:[ap]\.?m\b|"
    rf"percent\b|million\b|billion\b))"
)
TO = rf"(?: ?{DASH}{{1,2}} ?|{S}(?:to|through|thru|until|till){S}(?:the )?)"
AND = rf"(?:{S}(?:and|&|or){S}(?:the )?|,{S}(?:and{S})?)"
_LISTED_DAY = rf"(?:{TO}|{AND}){_DAY}(?!{S}?{DASH}?\d|,? (?:days|weeks|years|months|people|of us))"
DAYS = rf"{_DAY}(?:{_LISTED_DAY}){{0,6}}"
# After the month: what is followed by the next month belongs to that.
DAYS_AFTER = rf"{_DAY}(?:{_LISTED_DAY}(?!{S}(?:of{S})?{MONTH})){{0,6}}"
YEAR4 = r"(?:1\d|20)\d\d(?!\d|:\d|,\d|\.\d)"
YEAR = rf"(?:{YEAR4}|['’]\d\d\b)"
AFTER_MONTH_YEAR = rf"(?:,?{S}|,|{S}of{S}|{DASH})"
POINTED = rf"(?P<pointed>(?:of{S})?(?:this|last|next|that|the{S}(?:same|following|previous|next)){S}year)\b"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def look(pattern: str, text: str, at: int) -> re.Match[str] | None:
    return compiled(pattern).match(text, at)


def word_before(text: str, at: int) -> str:
    """The word before `at`, small; a mark if one stands between; nothing at the beginning."""
    match = re.search(
        r"(?:([A-Za-z]+|\d+)[ \u00a0\n]{1,2}|(\S)[ \u00a0\n]{0,2})$", text[max(0, at - 24) : at]
    )
    return (match[1] or match[2]).lower() if match else ""


def plain_year(text: str) -> str:
    """The value of a year of four digits, or of two after an apostrophe."""
    return values.short_year(int(text[-2:])) if text[0] in "'’" else text


def day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else words.ORDINALS[text.lower()]
