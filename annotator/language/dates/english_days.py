"""English months and days."""

from __future__ import annotations

import re

from annotator.language.dates import english_words as words
from annotator.language.dates import values
from annotator.language.dates.english_patterns import (
    AFTER_MONTH_YEAR,
    DASH,
    DAYS,
    DAYS_AFTER,
    MONTH,
    POINTED,
    TO,
    WEEKDAY,
    WORD_ORDINAL,
    YEAR,
    S,
    look,
    plain_year,
    word_before,
)
from annotator.language.dates.mention import Reading

_MONTH_DAY = (
    rf"(?:{WEEKDAY}(?:,{S}?|{S})(?:the{S})?)?(?P<m>{MONTH})(?:{S}(?:the{S})?|-)(?P<days>{DAYS_AFTER})"
    rf"(?:(?:,?{S}|,|{S}of{S})(?P<y>{YEAR})|,?{S}{POINTED}| ?\({WEEKDAY}\))?"
)
_DAY_MONTH = (
    rf"(?:{WEEKDAY}(?:,{S}?|{S}))?(?:the{S})?(?:(?P<days>{DAYS})(?:{S}(?:day{S})?(?:of{S})?|-)"
    rf"|(?P<word>{WORD_ORDINAL}){S}(?:day{S})?of{S})"
    rf"(?P<m>{MONTH})(?:(?:,?{S}|,|{S}of{S}|-)(?P<y>{YEAR}|(?<=-)\d\d\b(?![:.]\d))|,?{S}{POINTED})?"
)
_OTHER_MONTH = rf"(?:{TO}|{S}and{S}|/)(?P<m2>{MONTH})(?!{S}\d\d?(?!\d))"
_MONTH_YEAR = (
    rf"(?P<m>{MONTH})(?:{_OTHER_MONTH})?(?:{AFTER_MONTH_YEAR}(?P<y>{YEAR})(?!{DASH}\d\d?{DASH})|,?{S}"
    rf"{POINTED})"
)
_BARE_MONTHS = rf"(?P<m>{MONTH})(?:{_OTHER_MONTH})?"
_POINTED_YEARS = {"this": "P0Y", "last": "P-1Y", "next": "P1Y", "that": "@P0Y", "same": "@P0Y",
                  "following": "@P1Y", "previous": "@P-1Y", "the next": "@P1Y"}  # fmt: skip


def month_number(name: str) -> int:
    return words.MONTHS[name.rstrip(".").lower()]


def _year_of(match: re.Match[str]) -> str:
    if match["y"]:
        year = match["y"]
        return values.short_year(int(year)) if len(year) == 2 else plain_year(year)
    if match["pointed"]:
        return pointed_year(match["pointed"])
    return values.UNKNOWN_YEAR


def pointed_year(text: str) -> str:
    which = text.split()[-2]
    return "@P1Y" if "the" in text.split() and which == "next" else _POINTED_YEARS[which]


def read_month_day(text: str, at: int) -> Reading | None:
    match = look(_MONTH_DAY, text, at)
    return (match.end(), value) if match and (value := _days_value(match, _days_of(match["days"]))) else None


_AUXILIARY = rf"{S}[a-z]+{S}(?:not|be|have)\b"


def read_day_month(text: str, at: int) -> Reading | None:
    match = look(_DAY_MONTH, text, at)
    if not match or (at and text[at - 1] in "$£€/.:-"):
        return None
    days = _days_of(match["days"]) if match["days"] else [words.ORDINALS[match["word"].lower()]]
    if match["m"] == "May" and match["days"] and not match["y"] and look(_AUXILIARY, text, match.end()):
        return None
    value = _days_value(match, days)
    return (match.end(), value) if value else None


def _days_of(text: str) -> list[int]:
    return [int(day) for day in re.findall(r"\d+", text)]


def _days_value(match: re.Match[str], days: list[int]) -> str | None:
    year, month = _year_of(match), month_number(match["m"])
    known = int(year) if year.isdigit() else None
    if not all(values.possible(month, day, known) for day in days):
        return None
    dates = [values.date(year, month, day) for day in days]
    if match["days"] and re.search(rf"{DASH}|to|thr|til", match["days"]):
        return values.interval(dates[0], dates[-1])
    return values.several(dates)


def read_month_year(text: str, at: int) -> Reading | None:
    match = look(_MONTH_YEAR, text, at)
    if not match:
        return None
    return match.end(), _months_value(match, _year_of(match))


def _months_value(match: re.Match[str], year: str) -> str:
    first = values.date(year, month_number(match["m"]))
    return values.interval(first, values.date(year, month_number(match["m2"]))) if match["m2"] else first


_AFTER_THESE = words.as_set(
    "in since by until till before after during of from to through throughout last next this early "
    "late mid between around for every each past on"
)
EVENTS = (
    r"(?:elections?|vote|summits?|meetings?|reports?|deadlines?|referend(?:um|a)|polls?|"
    r"primar(?:y|ies)|attacks?|"
    r"conference|trials?|speech|visit|uprising|protests?|riots?|issue|edition|survey|data|figures?|sales|budget|"
    r"(?:[Pp]residential |[Ss]ummer |[Ww]inter )?(?:[Oo]lympics?|Games|World Cup)|census|season|campaign|"
    r"Expo|Act|Constitution|[Cc]onvention|Treaty|earthquake|floods?|cris[ie]s|war|film|novel|album|"
    r"agreement|deal|session|decision|ruling|launch|hearing|talks|games?)\b"
)
_VERB_MONTHS = frozenset({"may", "march"})
_NAMES = frozenset({"april", "june", "august", "may"})
EVENT_AFTER = rf"{S}{EVENTS}"
_WORD_END = r"\W|$"


_HISTORY = rf"{S}(?:Revolution|Movement|Uprising|Rising|Crisis)\b"


def read_bare_month(text: str, at: int) -> Reading | None:
    """A month alone; one that is also another word only where a month is to be expected."""
    match = look(_BARE_MONTHS, text, at)
    if not match:
        return None
    if look(_HISTORY, text, match.end()):
        return None
    name, before = match["m"].rstrip(".").lower(), word_before(text, at)
    if before == "every" or before == "each":
        return None
    expected = before in _AFTER_THESE or (bool(look(EVENT_AFTER, text, match.end())) and before != "")
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
    if match["m2"] and match["m2"] in ("May", "March") and not look(_WORD_END, text, match.end()):
        return None
    return match.end("m2") if match["m2"] else match.end(), _months_value(match, values.UNKNOWN_YEAR)


_NAME_AFTER = (
    rf"{S}(?:[A-Z][a-z]|(?:said|says|told|was born|who|whose|smiled|asked|replied)\b)|['’]s{S}[a-z]+{S}"
)


def _named(text: str, end: int, expected: bool) -> bool:
    """Whether a first name is more likely than a month."""
    if expected:
        return False
    return bool(look(_NAME_AFTER, text, end))
