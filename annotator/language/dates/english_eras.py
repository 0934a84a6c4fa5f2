"""English years with their era, fiscal years, reigns, decades and centuries."""

from __future__ import annotations

import re

from annotator.language.dates import english_words as words
from annotator.language.dates import values
from annotator.language.dates.english_days import pointed_year
from annotator.language.dates.english_patterns import (
    AND,
    DASH,
    TO,
    WORD_ORDINAL,
    S,
    day_number,
    look,
    plain_year,
    word_before,
)
from annotator.language.dates.english_years import stands_free
from annotator.language.dates.mention import Reading

_ERA = r"(?P<era>BCE?\b|B\.C\.(?:E\.)?|CE\b|C\.E\.|AD\b|A\.D\.)"
_CHRISTIAN = (
    rf"(?:(?P<first>\d{{1,4}})(?:{S}?(?P<e1>BCE?|AD|CE|B\.C\.|A\.D\.))?(?: ?{DASH} ?|{S}(?:to|and){S}"
    rf"))?(?P<n>\d{{1,4}}|\d,\d\d\d){S}?{_ERA}"
)
_CHRISTIAN_BEFORE = r"(?P<era>AD|A\.D\.|BC)[ \u00a0](?P<n>\d{1,4})(?![\d,]\d)"
_FISCAL = (
    rf"(?:(?:[Tt]he{S})?(?:(?:[Ff]iscal|[Ff]inancial|[Aa]cademic|[Cc]alendar|[Tt]ax|[Ss]chool)(?:{S}"
    rf"[Yy]ear)?|FY|[Yy]ear)[ \u00a0-]?)(?P<n>(?:19|20)\d\d|(?<=FY)\d\d)(?:[-/–](?P<last>(?:20)"
    rf"?\d\d))?(?!\d)"
)
_QUARTER = (
    rf"(?:(?P<q>Q[1-4])|(?P<h>H[12]))(?:{S}?(?:of{S})?(?:FY{S}?)?(?P<y>(?:19|20)\d\d|['’]\d\d)|{S}"
    rf"(?:of{S})?(?P<pointed>(?:this|last|next){S}year))?\b"
)
_REIGN = (
    rf"(?:the{S})?(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{WORD_ORDINAL}|[a-z]+-[a-z]+){S}year{S}of{S}"
    rf"(?:the{S})?(?:reign{S}of{S})?(?:the{S})?(?:Emperor{S})?(?P<era>{'|'.join(words.ERAS)})"
    rf"(?:{S}(?:reign|era|period|[Ee]mperor(?:['’]s{S}reign)?))?"
)
_REIGNS = rf"(?:the{S})(?P<era>{'|'.join(words.ERAS)}){S}(?:reign(?:{S}period)?|era|period|years)\b"


def read_christian(text: str, at: int) -> Reading | None:
    match = look(_CHRISTIAN, text, at)
    if (
        not match
        or not stands_free(text, at)
        or (match["era"] in ("BC", "AD", "CE") and word_before(text, at) in ("$",))
    ):
        return None
    before = match["era"][0] == "B"
    value = values.year(int(match["n"].replace(",", "")), before)
    if not match["first"]:
        return match.end(), value
    if (
        not match["e1"]
        and text[match.end("first") :].lstrip()[:3] == "and"
        and word_before(text, at) != "between"
    ):
        return None
    first = values.year(int(match["first"]), match["e1"][0] == "B" if match["e1"] else before)
    return match.end(), f"{first}/{value}"


def read_christian_before(text: str, at: int) -> Reading | None:
    match = look(_CHRISTIAN_BEFORE, text, at)
    return (match.end(), values.year(int(match["n"]), match["era"] == "BC")) if match else None


def read_fiscal(text: str, at: int) -> Reading | None:
    match = look(_FISCAL, text, at)
    if not match:
        return None
    first = match["n"] if len(match["n"]) == 4 else f"20{match['n']}"
    if match["last"]:
        return match.end(), f"{first}/{first[: 4 - len(match['last'])]}{match['last']}"
    return match.end(), first


def read_quarter_code(text: str, at: int) -> Reading | None:
    match = look(_QUARTER, text, at)
    if not match:
        return None
    if not (match["y"] or match["pointed"]):
        return (match.end(), values.part(values.UNKNOWN_YEAR, match["q"].lower())) if match["q"] else None
    year = plain_year(match["y"]) if match["y"] else pointed_year(match["pointed"])
    return match.end(), values.part(year, (match["q"] or match["h"]).lower())


def read_reign(text: str, at: int) -> Reading | None:
    if match := look(_REIGNS, text, at):
        first, last = words.ERAS[match["era"]]
        return match.end(), f"{values.year(first)}/{values.year(last)}"
    match = look(_REIGN, text, at)
    if not match:
        return None
    number = day_number(match["n"]) if match["n"][0].isdigit() or match["n"] in words.ORDINALS else None
    return (match.end(), values.year(words.ERAS[match["era"]][0] + number - 1)) if number else None


_DECADE = (
    r"(?:(?P<n>(?:1\d|20)\d0)['’]?s\b|(?P<short>(?<![\w$.,])['’]?[1-9]0)['’]?s\b(?! ?F\b)"
    rf"|(?P<spelt>{'|'.join(words.HUNDREDS)})[ \u00a0\n-](?P<tens>{'|'.join(words.DECADES)})\b"
    rf"|(?P<word>{'|'.join(words.DECADES)})\b)"
)
_ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{WORD_ORDINAL})"
_CENTURY = (
    rf"(?P<c>{_ORDINAL})(?:(?:{TO}|{S}and{S}(?:the{S})?)(?P<c2>{_ORDINAL}))"
    rf"?[ \u00a0\n-][Cc]entur(?:y|ies)\b(?:{S}(?P<bc>BCE?\b|B\.C\.(?:E\.)?|CE\b|AD\b|A\.D\.))?"
)
_WORD_CENTURY = r"(?:the )?(?P<w>last|this|next|previous|present|current) century\b"
_SECOND_DECADE = re.compile(rf"0['’]?s(?:{AND}|{TO})(?:early |mid-|late )?$")


def read_decade(text: str, at: int) -> Reading | None:
    """The 1990s, nineteen-nineties; of the nineties and the 90s only after the article or a part."""
    match = look(_DECADE, text, at)
    if not match or (
        at
        and text[at - 1] in "-$£€."
        and text[max(0, at - 4) : at].lower() not in ("mid-", "pre-", "arly", "late")
    ):
        return None
    if match["n"]:
        return match.end(), f"{match['n'][:3]}X"
    if match["spelt"]:
        return match.end(), f"{words.HUNDREDS[match['spelt']]}{words.DECADES[match['tens']]}X"
    before = word_before(text, at)
    if match["short"] and _SECOND_DECADE.search(text[max(0, at - 12) : at]):
        before = "the"
    if before not in ("the", "early", "mid", "late", "-", "and", "to") and match["short"] != "'90s":
        return None
    if match["short"] and before in ("and", "to") and match["short"][0] not in "'’":
        return None
    tens = words.DECADES[match["word"]] if match["word"] else match["short"][-2]
    return match.end(), f"XX{tens}X"


def read_century(text: str, at: int) -> Reading | None:
    if match := look(_WORD_CENTURY, text, at):
        return match.end(), {"last": "19XX", "previous": "19XX", "next": "21XX"}.get(match["w"], "20XX")
    match = look(_CENTURY, text, at)
    if not match or (at and text[at - 1].isalnum()):
        return None
    before = bool(match["bc"] and match["bc"][0] == "B")
    found = [values.century(day_number(name), before) for name in (match["c"], match["c2"]) if name]
    return match.end(), "/".join(found)
