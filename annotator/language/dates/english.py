"""Dates in English.

An expression is read from its first word, which decides what readers are tried; then, if "to" follows, a
second expression. Clock times, durations and frequencies (on Fridays) are not dates.

A number of four digits alone is a year (1000 to 2099)
- after a word that a year follows: in, since, by, until, before, during, between …; at the beginning of a
  sentence before a verb; in brackets;
- before a name or an event: the 2016 election, Beijing's 2008 Games, a 2014 study;
- in a list after another year: 2016 and 2017, 2004 or 2005;
and never before something that is counted (in 2000 cases, of 1998 pages). May and March alone are months only
after such a word or before a day or a year; months and days written small, if they mean nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotator.language.dates import english_words as words
from annotator.language.dates import values
from annotator.language.dates.mention import DateMention, Reader, Reading, longest, walk

_S = r"(?:[ \u00a0\n]{1,2})"
_DASH = r"[-\u2010-\u2015\u2212~]"
_MONTH = rf"(?:(?:{'|'.join(words.MONTH_NAMES)})|(?:{'|'.join(words.MONTH_SHORT)})\b\.?)(?![a-z])"
_WEEKDAY = rf"(?:(?:{'|'.join([*words.WEEKDAY_NAMES, *map(str.lower, words.WEEKDAY_NAMES)])})\b|(?:{'|'.join(words.WEEKDAY_SHORT)})\b\.?)"
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_WORD_ORDINAL = f"(?:{'|'.join(sorted(words.ORDINALS, key=len, reverse=True))})"
_DAY = rf"(?:{_DAY_NUMBER}(?:{_S}?(?:st|nd|rd|th)\b)?)(?!:\d|\.\d|,\d\d\d|[%$€£]|{_S}?(?:[ap]\.?m\b|percent\b|million\b|billion\b))"
_TO = rf"(?: ?{_DASH}{{1,2}} ?|{_S}(?:to|through|thru|until|till){_S}(?:the )?)"
_AND = rf"(?:{_S}(?:and|&|or){_S}(?:the )?|,{_S}(?:and{_S})?)"
_DAYS = rf"{_DAY}(?:(?:{_TO}|{_AND}){_DAY}(?!{_S}?{_DASH}?\d|,? (?:days|weeks|years|months|people|of us)))*"
_DAYS = _DAYS.replace(")*", "){0,6}")
_YEAR4 = r"(?:1\d|20)\d\d(?!\d|:\d|,\d|\.\d)"
_YEAR = rf"(?:{_YEAR4}|['’]\d\d\b)"
_AFTER_MONTH_YEAR = rf"(?:,?{_S}|,|{_S}of{_S}|{_DASH})"
_POINTED = (
    rf"(?P<pointed>(?:of{_S})?(?:this|last|next|that|the{_S}(?:same|following|previous|next)){_S}year)\b"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _match(pattern: str, text: str, at: int) -> re.Match[str] | None:
    return _compiled(pattern).match(text, at)


def _before(text: str, at: int) -> str:
    """The word before `at`, small; a mark if one stands between; nothing at the beginning."""
    match = re.search(
        r"(?:([A-Za-z]+|\d+)[ \u00a0\n]{1,2}|(\S)[ \u00a0\n]{0,2})$", text[max(0, at - 24) : at]
    )
    return (match[1] or match[2]).lower() if match else ""


def _plain_year(text: str) -> str:
    """The value of a year of four digits, or of two after an apostrophe."""
    return values.short_year(int(text[-2:])) if text[0] in "'’" else text


def _day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else words.ORDINALS[text.lower()]


# --- month and day ---------------------------------------------------------------------------------------

_MONTH_DAY = (
    rf"(?:{_WEEKDAY}(?:,{_S}?|{_S})(?:the{_S})?)?(?P<m>{_MONTH})(?:{_S}(?:the{_S})?|,{_S}|-)(?P<days>{_DAYS})"
    rf"(?:(?:,?{_S}|,|{_S}of{_S})(?P<y>{_YEAR})|,?{_S}{_POINTED}| ?\({_WEEKDAY}\))?"
)
_DAY_MONTH = (
    rf"(?:{_WEEKDAY}(?:,{_S}?|{_S}))?(?:the{_S})?(?:(?P<days>{_DAYS})(?:{_S}(?:of{_S})?|-)"
    rf"|(?P<word>{_WORD_ORDINAL}){_S}(?:day{_S})?of{_S})"
    rf"(?P<m>{_MONTH})(?:(?:,?{_S}|,|{_S}of{_S}|-)(?P<y>{_YEAR}|(?<=-)\d\d\b(?![:.]\d))|,?{_S}{_POINTED})?"
)
_OTHER_MONTH = rf"(?:{_TO}|{_S}and{_S}|/)(?P<m2>{_MONTH})(?!{_S}\d)"
_MONTH_YEAR = rf"(?P<m>{_MONTH})(?:{_OTHER_MONTH})?(?:{_AFTER_MONTH_YEAR}(?P<y>{_YEAR})(?!{_DASH}\d\d?{_DASH})|,?{_S}{_POINTED})"
_BARE_MONTHS = rf"(?P<m>{_MONTH})(?:{_OTHER_MONTH})?"
_POINTED_YEARS = {"this": "P0Y", "last": "P-1Y", "next": "P1Y", "that": "@P0Y", "same": "@P0Y",
                  "following": "@P1Y", "previous": "@P-1Y", "the next": "@P1Y"}  # fmt: skip


def _month_value(name: str) -> int:
    return words.MONTHS[name.rstrip(".").lower()]


def _year_of(match: re.Match[str]) -> str:
    if match["y"]:
        year = match["y"]
        return values.short_year(int(year)) if len(year) == 2 else _plain_year(year)
    if match["pointed"]:
        return _pointed_year(match["pointed"])
    return values.UNKNOWN_YEAR


def _pointed_year(text: str) -> str:
    which = text.split()[-2]
    return "@P1Y" if "the" in text.split() and which == "next" else _POINTED_YEARS[which]


def _month_day(text: str, at: int) -> Reading | None:
    match = _match(_MONTH_DAY, text, at)
    return (match.end(), value) if match and (value := _days_value(match, _days_of(match["days"]))) else None


_AUXILIARY = rf"{_S}[a-z]+{_S}(?:not|be|have)\b"


def _day_month(text: str, at: int) -> Reading | None:
    match = _match(_DAY_MONTH, text, at)
    if not match or _before(text, at) in ("$", "£", "€", "/", ".", ":"):
        return None
    days = _days_of(match["days"]) if match["days"] else [words.ORDINALS[match["word"].lower()]]
    if match["m"] == "May" and match["days"] and not match["y"] and _match(_AUXILIARY, text, match.end()):
        return None
    value = _days_value(match, days)
    return (match.end(), value) if value else None


def _days_of(text: str) -> list[int]:
    return [int(day) for day in re.findall(r"\d+", text)]


def _days_value(match: re.Match[str], days: list[int]) -> str | None:
    year, month = _year_of(match), _month_value(match["m"])
    known = int(year) if year.isdigit() else None
    if not all(values.possible(month, day, known) for day in days):
        return None
    dates = [values.date(year, month, day) for day in days]
    if match["days"] and re.search(rf"{_DASH}|to|thr|til", match["days"]):
        return values.interval(dates[0], dates[-1])
    return values.several(dates)


def _month_year(text: str, at: int) -> Reading | None:
    match = _match(_MONTH_YEAR, text, at)
    if not match:
        return None
    return match.end(), _months_value(match, _year_of(match))


def _months_value(match: re.Match[str], year: str) -> str:
    first = values.date(year, _month_value(match["m"]))
    return values.interval(first, values.date(year, _month_value(match["m2"]))) if match["m2"] else first


_AFTER_THESE = frozenset(
    "in since by until till before after during of from to through throughout last next this early late mid "
    "between around for every each past on".split()
)
_EVENTS = (
    r"(?:elections?|vote|summits?|meetings?|reports?|deadlines?|referend(?:um|a)|polls?|primar(?:y|ies)|attacks?|"
    r"conference|trials?|speech|visit|uprising|protests?|issue|edition|survey|data|figures?|sales|budget|"
    r"agreement|deal|session|fourth movement|uprisings?|decision|ruling|launch|hearing|talks|games?)\b"
)
_VERB_MONTHS = frozenset({"may", "march"})
_NAMES = frozenset({"april", "june", "august", "may"})


_EVENT_AFTER = rf"{_S}{_EVENTS}"


_WORD_END = r"\W|$"


def _bare_month(text: str, at: int) -> Reading | None:
    """A month alone; one that is also another word only where a month is to be expected."""
    match = _match(_BARE_MONTHS, text, at)
    if not match:
        return None
    name, before = match["m"].rstrip(".").lower(), _before(text, at)
    if before == "every" or before == "each":
        return None
    expected = before in _AFTER_THESE or bool(_match(_EVENT_AFTER, text, match.end())) and before != ""
    if match["m"].rstrip(".") in words.MONTH_SHORT and not (expected and before != "on"):
        return None
    if (
        name in _VERB_MONTHS
        and not match["m2"]
        and not (expected and before not in ("on", "every", "to", "for"))
    ):
        return None
    if name in _NAMES and not match["m2"] and _named(text, match.end(), expected):
        return None
    if match["m2"] and match["m2"] in ("May", "March") and not _match(_WORD_END, text, match.end()):
        return None
    return match.end("m2") if match["m2"] else match.end(), _months_value(match, values.UNKNOWN_YEAR)


_NAME_AFTER = (
    rf"{_S}(?:[A-Z][a-z]|(?:said|says|told|was born|who|whose|smiled|asked|replied)\b)|['’]s{_S}[a-z]+{_S}"
)


def _named(text: str, end: int, expected: bool) -> bool:
    """Whether a first name is more likely than a month."""
    if expected:
        return False
    return bool(_match(_NAME_AFTER, text, end))


# --- years -----------------------------------------------------------------------------------------------

_PLACES = frozenset(
    "in since by until till before after during from between circa c ca through throughout year around mid "
    "early late summer spring autumn fall winter of".split()
)
_WEAK_PLACES = frozenset(
    "to for about than with on and or at when like as was is be post pre vs versus".split()
)
_FREE_YEAR = r"(?P<n>(?:1[0-9]|20)\d\d)(?![\d%$€£°/@:_=+]|[,.]\d|['’]?s\b|[A-Za-z])"
_YEAR_RANGE = (
    rf"(?P<first>(?:1\d|20)\d\d)(?:(?: ?{_DASH}{{1,2}} ?|/|{_S}(?:to|through|until|till){_S})(?P<last>(?:1\d|20)\d\d|\d\d))"
    rf"(?![\d%°:]|[,.]\d|{_DASH}\d|/\d)"
)
_NOT_COUNTED = rf"(?!{_S}(?:{words.COUNTED})\b| ?(?:{_DASH}[a-z]|%))"
_CLOSES = r"(?=[.,;:!?)\]\"”’'—–]|$|\n| {1,2}(?:and|or|to|but|when|while|as|for|on|by|with|at|after|before|because|the|a|an|he|she|it|they|we|I|his|her|its|their|was|is|were|are|has|had|have|will|would|until|that|which|who|there|this|in|from|of)\b| [-–—(])"
_STARTERS = r"{s}(?:was|is|saw|has|had|will|marked|brought|marks|sees|would|could|may|began|ended|proved|turned|looks|became)\b".replace(
    "{s}", _S
)
_DETERMINERS = frozenset(
    "the a an this that his her its their our my your s every another first second third new".split()
)
_AFTER_YEAR_NOUN = rf"{_S}(?:[A-Z][A-Za-z]+|[a-z]{{3,}})"


def _year_range(text: str, at: int) -> Reading | None:
    match = _match(_YEAR_RANGE, text, at)
    if not match or not _free(text, at) or not _match(_NOT_COUNTED, text, match.end()):
        return None
    first, last = match["first"], match["last"]
    joined = text[match.end("first")] in "-/‐‑‒–—―−~"
    if len(last) == 2:
        last = first[:2] + last
        if not joined or (
            int(last) - int(first) != 1 and _before(text, at) not in (_PLACES | _DETERMINERS | {"("})
        ):
            return None
        if (
            joined
            and text[match.end("first")] == "-"
            and int(last[2:]) <= 12
            and _before(text, at) not in (_PLACES | _DETERMINERS)
        ):
            return None
    if int(first) >= int(last) or (
        not joined and _before(text, at) in ("$", "£", "€", "about", "some", "nearly")
    ):
        return None
    if not joined and not _free_range(text, at, match.end()):
        return None
    return match.end(), f"{first}/{last}"


def _free_range(text: str, at: int, end: int) -> bool:
    return bool(_match(_CLOSES, text, end)) or _before(text, at) in ("from", "the")


_BETWEEN = rf"(?P<first>(?:1\d|20)\d\d){_S}and{_S}(?P<last>(?:1\d|20)\d\d)(?!\d|,\d|\.\d)"


def _between(text: str, at: int) -> Reading | None:
    match = _match(_BETWEEN, text, at)
    if not match or _before(text, at) != "between" or int(match["first"]) >= int(match["last"]):
        return None
    if not _match(_NOT_COUNTED, text, match.end()):
        return None
    return match.end(), f"{match['first']}/{match['last']}"


def _free(text: str, at: int) -> bool:
    """Whether the number at `at` is no part of a longer number, a name or an address."""
    before = text[at - 1 : at]
    if before in "-‐‑–—" and before:
        return not re.search(r"[\w.]$", text[max(0, at - 2) : at - 1])
    return not before or not (before.isalnum() or before in "$£€¥#/.@:_=+&*\\,'’")


def _year(text: str, at: int) -> Reading | None:
    match = _match(_FREE_YEAR, text, at)
    if not match or not _free(text, at) or not _match(_NOT_COUNTED, text, match.end()):
        return None
    return (match.end(), match["n"]) if _expected_year(text, at, match.end()) else None


_GOES_ON = rf"{_DASH}\d|/\d"


_REST_BLANK = r" *$"


_BRACKET_END = r"[)\],;–-]"


_PLURAL_AFTER = rf"{_S}[a-z]+s\b(?<!ss)(?! (?:Games|in|of|and|for|were|on))"


def _expected_year(text: str, at: int, end: int) -> bool:
    before, value = _before(text, at), int(text[at : at + 4])
    likely = 1500 <= value <= 2060 and value % 1000 != 0
    if _match(_GOES_ON, text, end):
        return False
    if before in _PLACES:
        return likely or bool(_match(_CLOSES, text, end))
    if before in ("", ".", "\n", "“", '"', "”") and likely:
        return bool(_match(_STARTERS, text, end)) or bool(
            before == "" and _match(_REST_BLANK, text, end) and at == 0 and likely
        )
    if before in ("(", "[") and likely:
        return bool(_match(_BRACKET_END, text, end))
    if not likely:
        return False
    if before in _DETERMINERS:
        return (
            bool(_match(_AFTER_YEAR_NOUN, text, end))
            and not _match(_PLURAL_AFTER, text, end)
            or bool(_match(_EVENT_AFTER, text, end))
        )
    return (
        before in _WEAK_PLACES
        and before in ("to", "for", "about", "than", "post", "pre", "when", "until")
        and bool(_match(_CLOSES, text, end))
    )


_LISTED = re.compile(
    r"(?:,| and| or| &|, and|, or)[ \n\u00a0](?:in )?(?P<n>(?:1\d|20)\d\d)(?![\d%:]|[,.]\d|['’]?s\b|[A-Za-z/])"
)


# --- years of other kinds --------------------------------------------------------------------------------

_ERA = r"(?P<era>BCE?\b|B\.C\.(?:E\.)?|CE\b|C\.E\.|AD\b|A\.D\.)"
_CHRISTIAN = rf"(?:(?P<first>\d{{1,4}})(?:{_S}?(?P<e1>BCE?|AD|CE|B\.C\.|A\.D\.))?(?: ?{_DASH} ?|{_S}(?:to|and){_S}))?(?P<n>\d{{1,4}}|\d,\d\d\d){_S}?{_ERA}"
_CHRISTIAN_BEFORE = r"(?P<era>AD|A\.D\.|BC)[ \u00a0](?P<n>\d{1,4})(?![\d,]\d)"
_FISCAL = rf"(?:(?:the{_S})?(?:(?:[Ff]iscal|[Ff]inancial|[Aa]cademic|[Cc]alendar|[Tt]ax|[Ss]chool)(?:{_S}[Yy]ear)?|FY|[Yy]ear)[ \u00a0-]?)(?P<n>(?:19|20)\d\d|(?<=FY)\d\d)(?:[-/–](?P<last>(?:20)?\d\d))?(?!\d)"
_QUARTER = rf"(?:(?P<q>Q[1-4])|(?P<h>H[12]))(?:{_S}?(?:of{_S})?(?:FY{_S}?)?(?P<y>(?:19|20)\d\d|['’]\d\d)|{_S}(?:of{_S})?(?P<pointed>(?:this|last|next){_S}year))?\b"
_REIGN = (
    rf"(?:the{_S})?(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{_WORD_ORDINAL}|[a-z]+-[a-z]+){_S}year{_S}of{_S}(?:the{_S})?(?:reign{_S}of{_S})?(?:the{_S})?(?:Emperor{_S})?(?P<era>{'|'.join(words.ERAS)})"
    rf"(?:{_S}(?:reign|era|period|[Ee]mperor(?:['’]s{_S}reign)?))?"
)
_REIGNS = rf"(?:the{_S})(?P<era>{'|'.join(words.ERAS)}){_S}(?:reign(?:{_S}period)?|era|period|years)\b"


def _christian(text: str, at: int) -> Reading | None:
    match = _match(_CHRISTIAN, text, at)
    if (
        not match
        or not _free(text, at)
        or (match["era"] in ("BC", "AD", "CE") and _before(text, at) in ("$",))
    ):
        return None
    before = match["era"][0] == "B"
    value = values.year(int(match["n"].replace(",", "")), before)
    if not match["first"]:
        return match.end(), value
    if (
        not match["e1"]
        and text[match.end("first") :].lstrip()[:3] == "and"
        and _before(text, at) != "between"
    ):
        return None
    first = values.year(int(match["first"]), match["e1"][0] == "B" if match["e1"] else before)
    return match.end(), f"{first}/{value}"


def _christian_before(text: str, at: int) -> Reading | None:
    match = _match(_CHRISTIAN_BEFORE, text, at)
    return (match.end(), values.year(int(match["n"]), match["era"] == "BC")) if match else None


def _fiscal(text: str, at: int) -> Reading | None:
    match = _match(_FISCAL, text, at)
    if not match:
        return None
    first = match["n"] if len(match["n"]) == 4 else f"20{match['n']}"
    if match["last"]:
        return match.end(), f"{first}/{first[: 4 - len(match['last'])]}{match['last']}"
    return match.end(), first


def _quarter_code(text: str, at: int) -> Reading | None:
    match = _match(_QUARTER, text, at)
    if not match:
        return None
    if not (match["y"] or match["pointed"]):
        return (match.end(), values.part(values.UNKNOWN_YEAR, match["q"].lower())) if match["q"] else None
    year = _plain_year(match["y"]) if match["y"] else _pointed_year(match["pointed"])
    return match.end(), values.part(year, (match["q"] or match["h"]).lower())


def _reign(text: str, at: int) -> Reading | None:
    if match := _match(_REIGNS, text, at):
        first, last = words.ERAS[match["era"]]
        return match.end(), f"{values.year(first)}/{values.year(last)}"
    match = _match(_REIGN, text, at)
    if not match:
        return None
    number = _day_number(match["n"]) if match["n"][0].isdigit() or match["n"] in words.ORDINALS else None
    return (match.end(), values.year(words.ERAS[match["era"]][0] + number - 1)) if number else None


# --- decades and centuries -------------------------------------------------------------------------------

_DECADE = (
    r"(?:(?P<n>(?:1\d|20)\d0)['’]?s\b|(?P<short>(?<![\w$.,])['’]?[1-9]0)['’]?s\b(?! ?F\b)"
    rf"|(?P<word>{'|'.join(words.DECADES)})\b)"
)
_ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{_WORD_ORDINAL})"
_CENTURY = rf"(?P<c>{_ORDINAL})(?:(?:{_TO}|{_S}and{_S}(?:the{_S})?)(?P<c2>{_ORDINAL}))?[ \u00a0\n-][Cc]entur(?:y|ies)\b(?:{_S}(?P<bc>BCE?\b|B\.C\.(?:E\.)?|CE\b|AD\b|A\.D\.))?"
_WORD_CENTURY = r"(?:the )?(?P<w>last|this|next|previous|present|current) century\b"


_SECOND_DECADE = re.compile(rf"0['’]?s(?:{_AND}|{_TO})(?:early |mid-|late )?$")


def _decade(text: str, at: int) -> Reading | None:
    """The 1990s; of the nineties and the 90s only after the article or a part."""
    match = _match(_DECADE, text, at)
    if not match or (
        at
        and text[at - 1] in "-$£€."
        and not text[max(0, at - 4) : at].lower() in ("mid-", "pre-", "arly", "late")
    ):
        return None
    if match["n"]:
        return match.end(), f"{match['n'][:3]}X"
    before = _before(text, at)
    if match["short"] and _SECOND_DECADE.search(text[max(0, at - 12) : at]):
        before = "the"
    if before not in ("the", "early", "mid", "late", "-", "and", "to") and match["short"] != "'90s":
        return None
    if match["short"] and before in ("and", "to") and match["short"][0] not in "'’":
        return None
    tens = words.DECADES[match["word"]] if match["word"] else match["short"][-2]
    return match.end(), f"XX{tens}X"


def _century(text: str, at: int) -> Reading | None:
    if match := _match(_WORD_CENTURY, text, at):
        return match.end(), {"last": "19XX", "previous": "19XX", "next": "21XX"}.get(match["w"], "20XX")
    match = _match(_CENTURY, text, at)
    if not match or at and text[at - 1].isalnum():
        return None
    before = bool(match["bc"] and match["bc"][0] == "B")
    found = [values.century(_day_number(name), before) for name in (match["c"], match["c2"]) if name]
    return match.end(), "/".join(found)


# --- parts: early 2023, the end of February, the first half of 2023 --------------------------------------

_PART = (
    rf"(?:(?:the{_S})?(?P<early>very early|early|mid|late|Early|Mid|Late|EARLY|LATE|MID)(?:[ \u00a0\n]|{_DASH})(?:(?:to|and|or|-)[- ](?:mid|late|early)[ -])?(?:the{_S})?"
    rf"|(?:[Tt]he{_S})?(?P<point>[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd|[Cc]lose|[Oo]utset){_S}of{_S}(?:the{_S})?"
    rf"|(?:[Tt]he{_S})?(?P<ord>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Ll]ast|[Ll]atter|1st|2nd|3rd|4th)[- \u00a0\n](?P<unit>half|quarter|week|three{_S}quarters|six{_S}months|three{_S}months|decade){_S}(?:of|in){_S}(?:the{_S})?"
    rf"|(?:[Tt]he{_S})?(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:{_S}of|,)?{_S}"
    rf"|(?P<rel>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate|[Mm]idway through){_S}"
    rf"|(?:the{_S})?(?P<same>same{_S}(?:period|time)){_S}(?:of{_S}|in{_S})?(?:the{_S})?)"
)
_PARTS = {"beginning": "early", "start": "early", "outset": "early", "middle": "mid", "end": "end", "close": "end",
          "earlier": "early", "later": "late", "early": "early", "late": "late", "midway through": "mid",
          "very early": "early", "mid": "mid"}  # fmt: skip
_NUMBERED = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "latter": 2, "1st": 1,
             "2nd": 2, "3rd": 3, "4th": 4}  # fmt: skip
_THIS = rf"(?P<this>year|month|century|decade)\b(?!{_S}(?:of|in|long)\b|['’]s{_S}(?:worth))"
_WHOLE_YEAR = rf"(?P<y>{_YEAR4})(?!{_S}?%|['’]?s\b)"


def _part(text: str, at: int) -> Reading | None:
    """A part of the year, month, decade or century that follows."""
    match = _match(_PART, text, at)
    if not match:
        return None
    start = match.end()
    whole = _part_whole(text, start, match)
    if not whole:
        return None
    end, value = whole
    if match["same"]:
        return end, value
    named = _part_name(match)
    if match["season"] and "half" in text[at:start]:
        return None
    found = values.part(value, named)
    return (end, found) if found != value or match["rel"] else None


def _part_whole(text: str, at: int, part: re.Match[str]) -> Reading | None:
    if match := _match(_WHOLE_YEAR, text, at):
        month = None if part["season"] else _year_range(text, at)
        return (
            month
            if month and not part["season"] and not _match(_DASH, text, match.end())
            else (match.end(), match["y"])
        )
    if part["point"] or part["unit"]:
        if match := _match(_THIS, text, at):
            if part["unit"] == "week" and match["this"] != "month":
                return None
            return match.end(), {"year": "P0Y", "month": "P0M", "century": "20XX", "decade": ""}[
                match["this"]
            ]
    for reader in (_month_year, _decade_after_part, _century, _pointer, _named_month, _fiscal):
        if found := reader(text, at):
            return None if part["season"] and not re.fullmatch(values.YEAR, found[1]) else found
    return None


def _decade_after_part(text: str, at: int) -> Reading | None:
    return _decade(text, at)


_NAMED_MONTH = rf"(?P<m>{_MONTH})(?!{_S}\d)"


def _named_month(text: str, at: int) -> Reading | None:
    match = _match(_NAMED_MONTH, text, at)
    return (match.end(), values.date(values.UNKNOWN_YEAR, _month_value(match["m"]))) if match else None


def _part_name(match: re.Match[str]) -> str:
    if match["season"]:
        season = match["season"].lower()
        return "autumn" if season == "fall" else season
    if match["ord"]:
        which = _NUMBERED[match["ord"].lower()]
        unit = match["unit"].lower()
        if unit in ("half",) or unit.startswith("six"):
            return "h2" if which in (2, 4) else "h1"
        if unit == "week":
            return f"w{which}" if match["ord"].lower() not in ("last", "final") else "late"
        return "q1-3" if unit == f"three{unit[5:-8]}quarters" else f"q{which}"
    name = (match["early"] or match["point"] or match["rel"]).lower()
    return _PARTS[re.sub(r"\s+", " ", name)]


_LONE_QUARTER = rf"(?:[Tt]he{_S})(?P<n>first|second|third|fourth){_S}quarter\b(?!{_S}(?:of|final|century|mile|drive|note|touchdown))"
_QUARTER_PLACES = frozenset("in for during of by from since through".split())


def _lone_quarter(text: str, at: int) -> Reading | None:
    match = _match(_LONE_QUARTER, text, at)
    if not match or _before(text, at) not in _QUARTER_PLACES:
        return None
    return match.end(), values.part(values.UNKNOWN_YEAR, f"q{_NUMBERED[match['n']]}")


# --- reckoned from the text ------------------------------------------------------------------------------

_POINTER = (
    rf"(?P<rel>last|this|next|the{_S}(?:previous|following|next|preceding|coming|same|current)|the{_S}year{_S}before{_S}last|"
    rf"Last|This|Next|The{_S}(?:previous|following|next|preceding|coming|same|current)|that|early next|late last){_S}"
    rf"(?P<unit>year|month|week|day|morning|evening|night|afternoon|weekend|quarter|spring|summer|autumn|fall|winter|decade|Spring|Summer|Fall|Winter"
    rf"|{_MONTH}|{'|'.join(words.WEEKDAY_NAMES)})\b(?!{_S}(?:or{_S}(?:so|two)|and{_S}a{_S}half|of\b)|-(?:old|long|end|on|to)|['’]?s?-old)"
)
_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1, "preceding": -1, "following": 1, "coming": 1, "same": 0,
          "current": 0, "that": 0}  # fmt: skip
_POINTER_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "night": "D", "morning": "D", "evening": "D",
                  "afternoon": "D"}  # fmt: skip
_TIMES_OF_DAY = ("morning", "evening", "afternoon")


def _pointer(text: str, at: int) -> Reading | None:
    """Last year, this week, next Wednesday; from the text or, after the article, from a date named before."""
    match = _match(_POINTER, text, at)
    if not match:
        return None
    rel, unit = match["rel"].lower().split(), match["unit"]
    step = _STEPS.get(rel[-1])
    if step is None or not _sensible(text, match, rel, unit.lower()):
        return None
    mark = "@" if rel[0] in ("the", "that") and rel[-1] not in ("current", "coming") else ""
    value = _pointed_value(mark, step, unit.lower())
    return (match.end(), value) if value else None


_VERB_AFTER = rf"{_S}(?:be|not|have|well|seem|also)\b|{_S}[a-z]+{_S}"


def _sensible(text: str, match: re.Match[str], rel: list[str], unit: str) -> bool:
    word, article = rel[-1], rel[0] in ("the", "that")
    if word in ("same", "that"):
        return False
    if unit == "day":
        return article and word in ("next", "following", "previous", "preceding")
    if unit == "night":
        return word == "last" and not article
    if unit in _TIMES_OF_DAY:
        return not article and word == "this"
    if unit in ("may", "march") and word == "this":
        return match["unit"][0].isupper() and not _match(_VERB_AFTER, text, match.end())
    if (
        article
        and word in ("next", "last")
        and _before(text, match.start()) in ("over", "for", "within", "during")
    ):
        return False
    if word == "last" and _before(text, match.start()) in ("the", "its", "his", "her", "their", "my", "our"):
        return False
    return not (word == "same" or (word == "current" and unit != "year"))


def _pointed_value(mark: str, step: int, unit: str) -> str | None:
    if unit in _POINTER_UNITS:
        return f"{mark}P{step}{_POINTER_UNITS[unit]}"
    if unit == "weekend":
        return f"{mark}P{step}W-6/{mark}P{step}W-7"
    if unit in words.WEEKDAYS:
        return f"{mark}P{step}W-{words.WEEKDAYS[unit]}"
    if unit.rstrip(".") in words.MONTHS:
        return values.date(f"{mark}P{step}Y", words.MONTHS[unit.rstrip(".")])
    if unit in ("spring", "summer", "autumn", "fall", "winter"):
        return values.part(f"{mark}P{step}Y", "autumn" if unit == "fall" else unit)
    if unit == "quarter":
        return f"{mark}P{3 * step}M" if step == 0 else f"{mark}P{step}Q"
    return None


_DAY_WORDS = rf"(?:[Tt]he{_S})?(?P<far>[Dd]ay{_S}(?:after{_S}tomorrow|before{_S}yesterday))\b|(?P<w>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|TODAY|TOMORROW|YESTERDAY|TONIGHT)\b(?P<night>{_S}(?:night|evening)\b)?"
_DAY_STEPS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
_YEAR_BEFORE = rf"(?:[Tt]he{_S})(?P<u>year|month|week){_S}(?P<w>before{_S}last|after{_S}next)\b"
_NUMBER_WORD = f"(?:{'|'.join(sorted(words.NUMBERS, key=len, reverse=True))})"
_COUNT = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})?|[A-Za-z]{{1,9}}(?:-[a-z]{{3,5}})?(?:{_S}hundred)?)"
_AGO = (
    rf"(?:(?P<half>[Hh]alf{_S}an?{_S})|(?:(?:more|less|fewer){_S}than{_S})?{_COUNT}{_S}(?P<and>and{_S}an?{_S}half{_S})?)(?P<u>year|month|week|day|decade|centur)(?:s|y|ies)?{_S}"
    rf"(?P<half2>and{_S}a{_S}half{_S})?(?P<way>ago|earlier|later|before(?=[.,;:)]|$)|back(?=[.,;:)]|$)|from{_S}(?:now|today))\b"
)


def _day_word(text: str, at: int) -> Reading | None:
    if match := _match(_YEAR_BEFORE, text, at):
        return match.end(), f"P{-2 if match['w'][0] == 'b' else 2}{match['u'][0].upper()}"
    match = _match(_DAY_WORDS, text, at)
    if not match:
        return None
    if match["far"]:
        return match.end(), "P2D" if "after" in match["far"] else "P-2D"
    if match["w"] == "Today" and re.search(r"(?:[A-Z][a-z]+|USA|US) $", text[max(0, at - 12) : at]):
        return None
    night = match["night"] and match["w"].lower() != "today"
    return match.end() if night else match.end("w"), f"P{_DAY_STEPS[match['w'].lower()]}D"


def _ago(text: str, at: int) -> Reading | None:
    match = _match(_AGO, text, at)
    if not match:
        return None
    count = 1 if match["half"] else _number(match["n"])
    if count is None:
        return None
    unit = {"centur": "C", "decade": "X"}.get(match["u"], match["u"][0].upper())
    value = _ago_count(count, unit, bool(match["half"]), bool(match["and"] or match["half2"]))
    way = match["way"].split()[0]
    if way in ("earlier", "before"):
        return match.end(), f"@P-{value}"
    return match.end(), {"later": "@P", "from": "P"}.get(way, "P-") + value


def _ago_count(count: int, unit: str, half: bool, and_half: bool) -> str:
    if count < 0:
        return f"X{'Y' if unit in 'CX' else unit}"
    if unit in "CX":
        years = count * (100 if unit == "C" else 10)
        return f"{years // 2 if half else years}Y"
    if half or and_half:
        whole = 0 if half else count
        return {"Y": f"{12 * whole + 6}M", "M": f"{30 * whole + 15}D"}.get(unit, f"{count}{unit}")
    return f"{count}{unit}"


def _number(text: str) -> int | None:
    """The number; -1 if it is left open (several years ago); None for another word."""
    small = text.lower().replace(",", "")
    if small.isdigit():
        return int(small)
    if small in ("several", "few", "some"):
        return -1
    if small.endswith("hundred") and small != "hundred":
        first = words.NUMBERS.get(small.split()[0])
        return first * 100 if first else None
    if "-" in small:
        tens, ones = small.split("-")
        return (
            words.NUMBERS[tens] + words.NUMBERS[ones]
            if tens in words.NUMBERS and ones in words.NUMBERS
            else None
        )
    return words.NUMBERS.get(small)


_FEW = rf"[Aa]{_S}(?:few|couple{_S}of){_S}(?P<u>year|month|week|day)s{_S}(?P<way>ago|earlier|later)\b"


def _few(text: str, at: int) -> Reading | None:
    match = _match(_FEW, text, at)
    if not match:
        return None
    unit = match["u"][0].upper()
    return match.end(), {"ago": "P-X", "earlier": "@P-X", "later": "@PX"}[match["way"]] + unit


# --- days of the week, festivals, the Chinese calendar, digits -------------------------------------------

_NOT_DAYS = (
    rf"{_S}(?:Times|Mirror|Telegraph|Express|Herald|Mail|Post|Independent|Star|School|Sun|People|Tribune|Journal|Observer|Night{_S}(?:Live|Football|Lights)|"
    r"Addams|Chronicle|Globe|Review|Morning Post|Business Post|Club|Book|Island)"
)
_LONE_WEEKDAY = rf"(?P<wd>(?:{'|'.join(words.WEEKDAY_NAMES)})|(?:Tues|Weds|Thurs|Thur|Mon|Tue|Wed|Thu|Fri)\b\.?(?=,? ?(?:at |\d|$|[-–]|through|to|and|morning|afternoon|night)))(?![a-z]|{_NOT_DAYS})"
_WEEKDAY_LOWER = r"(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
_WEEKDAY_TO = rf"{_TO}(?P<wd>{_WEEKDAY})(?![a-z])"
_LUNAR_MONTH = rf"(?:{_WORD_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))"
_LUNAR = (
    rf"(?:[Tt]he{_S})?(?:(?P<d>{_WORD_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th)?){_S}(?:day{_S})?of{_S}(?:the{_S})?)?"
    rf"(?P<m>{_LUNAR_MONTH}|last|twelfth){_S}(?:lunar{_S}month|month{_S}of{_S}the{_S}(?:lunar|Chinese){_S}(?:calendar|year))\b"
)
_DIGITAL = (
    r"(?P<y>(?:1\d|20)\d\d)(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|[-/]\d|\.\d)"
    r"(?:T(?P<t>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?))?"
)
_SLASHED = r"(?P<a>3[01]|[12]\d|0?[1-9])(?P<sep>[-/.])(?P<b>3[01]|[12]\d|0?[1-9])(?P=sep)(?P<y>(?:19|20)\d\d|(?<=[/-])\d\d)(?!\d|[-/]\d|\.\d)"
_LONE_ORDINAL = rf"[Tt]he{_S}(?P<d>(?:[4-9]|1\d|2[0-9]|30)th|[23]?1st|2?2nd|2?3rd)(?=[.,;:!?)]|$|{_S}(?:and|at|to|with|for|in|when|but|or|if|so|because)\b)"


def _weekday(text: str, at: int) -> Reading | None:
    match = _match(_LONE_WEEKDAY, text, at) or _match(_WEEKDAY_LOWER, text, at)
    if not match or _before(text, at) in ("every", "each", "bloody", "super", "ruby", "man", "tgi"):
        return None
    first = f"XXXX-WXX-{words.WEEKDAYS[match['wd'].rstrip('.').lower()]}"
    if to := _match(_WEEKDAY_TO, text, match.end()):
        return to.end(), f"{first}/XXXX-WXX-{words.WEEKDAYS[to['wd'].rstrip('.').lower()]}"
    return match.end(), first


_FESTIVALS = "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in words.FESTIVALS.items())
_FESTIVAL = rf"(?:{_FESTIVALS})(?![A-Za-z])(?!{_S}(?:{words.FESTIVAL_THINGS})\b)"
_FESTIVAL_YEAR = rf"(?:,?{_S}(?:of{_S})?(?P<y>{_YEAR4})|{_S}{_POINTED})"
_NEW_YEAR = frozenset("at over by until before after for this since around during".split())


def _festival(text: str, at: int) -> Reading | None:
    match = _match(_FESTIVAL, text, at)
    if not match:
        return None
    name = f"festival:{str(match.lastgroup).replace('_', '-')}"
    if _before(text, at) in ("merry", "happy"):
        return None
    year = _match(_FESTIVAL_YEAR, text, match.end())
    if year:
        return year.end(), f"{year['y'] or _pointed_year(year['pointed'])}-{name}"
    return match.end(), name


_WHICH = rf"(?P<rel>[Ll]ast|[Tt]his|[Nn]ext){_S}"


def _dated_festival(text: str, at: int) -> Reading | None:
    """Last Christmas; the Fourth of July is read as the day that it is."""
    match = _match(_WHICH, text, at)
    found = _festival(text, match.end()) if match else None
    if match and found and found[1].startswith("festival"):
        return found[0], f"P{_STEPS[match['rel'].lower()]}Y-{found[1]}"
    return None


_NEW_YEARS = rf"(?:the{_S})?New{_S}Year(?!['’]s|s|{_S}(?:Day|Eve|resolution|Resolution|card|party))\b"


def _new_year(text: str, at: int) -> Reading | None:
    match = _match(_NEW_YEARS, text, at)
    return (match.end(), "festival:new-year") if match and _before(text, at) in _NEW_YEAR else None


def _lunar(text: str, at: int) -> Reading | None:
    match = _match(_LUNAR, text, at)
    if not match:
        return None
    month = 12 if match["m"].lower() == "last" else _day_number(match["m"])
    if not 1 <= month <= 12:
        return None
    return match.end(), "lunar:" + values.date(
        values.UNKNOWN_YEAR, month, _day_number(match["d"]) if match["d"] else None
    )


def _digital(text: str, at: int) -> Reading | None:
    """2021-06-30; 12/01/2023 with the month first unless that is impossible."""
    if at and (text[at - 1].isalnum() or text[at - 1] in "-/.:$_=&"):
        return None
    if match := _match(_DIGITAL, text, at):
        if not values.possible(int(match["m"]), int(match["d"]), int(match["y"])):
            return None
        value = values.date(match["y"], int(match["m"]), int(match["d"]))
        return match.end(), f"{value}T{match['t']}" if match["t"] else value
    match = _match(_SLASHED, text, at)
    if not match or (len(match["y"]) == 2 and match["sep"] != "/"):
        return None
    month, day = int(match["a"]), int(match["b"])
    if month > 12 or (match["sep"] == "." and day <= 12):
        month, day = day, month
    year = match["y"] if len(match["y"]) == 4 else values.short_year(int(match["y"]))
    return (match.end(), values.date(year, month, day)) if values.possible(month, day, int(year)) else None


def _lone_ordinal(text: str, at: int) -> Reading | None:
    match = _match(_LONE_ORDINAL, text, at)
    if not match or _before(text, at) not in ("on", "by", "until", "before", "after", "since", "for"):
        return None
    return match.end(), f"XXXX-XX-{_day_number(match['d']):02}"


# --- the walk --------------------------------------------------------------------------------------------


_ARTICLE = rf"[Tt]he{_S}"


def _articled(reader: Reader) -> Reader:
    """A reader that takes the article before the expression with it."""

    def read(text: str, at: int) -> Reading | None:
        match = _match(_ARTICLE, text, at)
        return reader(text, match.end()) if match else None

    return read


_AND_ALONE = rf"{_S}and{_S}"


def _ranged(reader: Reader) -> Reader:
    """A reader that goes on over "to" and a second expression of the same kind."""

    def read(text: str, at: int) -> Reading | None:
        found = reader(text, at)
        if not found or "{" in found[1]:
            return found
        match = _match(_TO, text, found[0])
        if not match and _before(text, at) == "between":
            match = _match(_AND_ALONE, text, found[0])
        second = _second(text, match.end()) if match else None
        return (second[0], values.interval(found[1], second[1])) if second else found

    return read


_HOLDING = rf"(?:[Ff]rom|[Bb]etween){_S}"


_FULL_SECOND = (
    rf".{{3,40}}?{_S}(?:to|and|through|until|till){_S}(?!(?:the{_S})?\d{{1,2}}(?:st|nd|rd|th)?(?:\W|$))"
)


def _held(text: str, at: int) -> Reading | None:
    """From 2020 to 2022, between April and June: two full expressions with what holds them together.

    From December 12 to 14 is not: there the second is part of the first.
    """
    match = _match(_HOLDING, text, at)
    if not match:
        return None
    start = match.end()
    best = longest(
        text, start, [*_NUMERIC, *_DATES, *_THE, _ranged(_weekday), _ranged(_pointer), _ranged(_part)]
    )
    if not best or not ("/" in best[1] or "{" in best[1]):
        return None
    held = text[start : best[0]]
    full = _match(_FULL_SECOND, held, 0)
    return (
        best
        if full and not held.lower().startswith(("the first", "the second", "the third", "the last"))
        else None
    )


def _second(text: str, at: int) -> Reading | None:
    best = None
    for reader in (
        _month_day,
        _day_month,
        _month_year,
        _part,
        _articled(_decade),
        _decade,
        _century,
        _digital,
        _day_word,
        _year_second,
        _pointer,
        _named_month,
    ):
        found = reader(text, at)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


_SECOND_YEAR = rf"(?P<n>{_YEAR4})(?![-/]\d|%)"


def _year_second(text: str, at: int) -> Reading | None:
    match = _match(_SECOND_YEAR, text, at)
    return (match.end(), match["n"]) if match and _match(_NOT_COUNTED, text, match.end()) else None


_DATES = (_ranged(_month_day), _ranged(_day_month), _ranged(_month_year), _bare_month)
_NUMERIC: tuple[Reader, ...] = (
    _ranged(_day_month), _year, _year_range, _between, _ranged(_christian), _ranged(_decade), _ranged(_century),
    _ranged(_digital), _ago, _lunar, _part,
)  # fmt: skip
_THE: tuple[Reader, ...] = (
    _ranged(_day_month), _ranged(_part), _articled(_ranged(_decade)), _articled(_ranged(_century)), _century, _pointer,
    _festival, _day_word, _reign, _lunar, _lone_quarter, _lone_ordinal, _new_year, _fiscal,
)  # fmt: skip


@cache
def _readers() -> dict[str, tuple[Reader, ...]]:
    """Which readers are tried for a first word, written small."""
    readers: dict[str, list[Reader]] = {}

    def add(first_words: str, *found: Reader) -> None:
        for word in first_words.split():
            readers.setdefault(word, []).extend(
                reader for reader in found if reader not in readers.get(word, ())
            )

    add(" ".join(words.MONTHS), *_DATES)
    add(" ".join(words.WEEKDAYS), _ranged(_month_day), _ranged(_day_month), _weekday)
    add("the", *_THE)
    add("from between", _held)
    add(
        "early mid late very earlier later beginning start middle end close outset midway same first second third "
        "fourth final last latter spring summer autumn fall winter",
        _ranged(_part),
    )
    add("last this next", _pointer, _dated_festival)
    add("today yesterday tomorrow tonight day", _day_word)
    add(" ".join(words.ORDINALS).replace("-", " "), _century, _lunar, _reign, _day_month)
    add(" ".join(words.NUMBERS) + " half several some more less fewer", _ago)
    add("a", _few)
    add("fiscal financial academic calendar tax school fy year", _fiscal)
    add("q1 q2 q3 q4 h1 h2 q h", _quarter_code)
    add("ad bc a", _ranged(_christian_before))
    add(
        "new chinese lunar spring lantern qingming tomb dragon duanwu qixi hungry ghost mid moon double chongyang "
        "laba national independence international labor labour workers may women youth children teacher teachers army "
        "christmas xmas boxing thanksgiving good palm ash easter black halloween hallowe st saint valentine valentines "
        "april mother mothers father fathers singles memorial veterans remembrance armistice columbus president presidents "
        "martin mlk juneteenth earth election ramadan eid diwali hanukkah chanukah passover summer winter start",
        _festival,
    )
    add("new", _new_year)
    add(" ".join(words.DECADES), _ranged(_decade))
    return {word: tuple(found) for word, found in readers.items()}


_TOKEN = re.compile(r"[A-Za-z]+|\d+")


def _starts(text: str) -> Iterator[tuple[int, tuple[Reader, ...]]]:
    readers = _readers()
    for match in _TOKEN.finditer(text):
        token, start = match[0], match.start()
        if token[0].isdigit():
            if len(token) <= 4 and (not start or not text[start - 1].isalpha()):
                back = start > 0 and text[start - 1] in "'’" and token.endswith("0")
                yield start - back, _NUMERIC
        elif (found := readers.get(token.lower())) and (not start or text[start - 1] not in "_'’"):
            yield start, found


def find(text: str) -> Iterator[DateMention]:
    """The dates of an English text, in order."""
    last: DateMention | None = None
    for mention in walk(text, _starts(text)):
        if last and mention.start >= last.end and re.fullmatch(r"\d{4}", last.value):
            yield from _listed(text, last, mention.start)
        yield mention
        last = mention
    if last and re.fullmatch(r"\d{4}", last.value):
        yield from _listed(text, last, len(text))


def _listed(text: str, last: DateMention, limit: int) -> Iterator[DateMention]:
    """The years that go on a list which a sure year began."""
    at = last.end
    while (match := _LISTED.match(text, at)) and match.end() <= limit:
        if not _match(_NOT_COUNTED, text, match.end()):
            return
        yield DateMention(match.start("n"), match.end("n"), match["n"])
        at = match.end()
