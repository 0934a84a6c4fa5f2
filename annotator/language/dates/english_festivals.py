"""English weekdays, festivals, days of the Chinese calendar, dates in digits."""

from __future__ import annotations

from annotator.language.dates import english_words as words
from annotator.language.dates import values
from annotator.language.dates.english_days import pointed_year
from annotator.language.dates.english_patterns import (
    POINTED,
    TO,
    WEEKDAY,
    WORD_ORDINAL,
    YEAR4,
    S,
    day_number,
    look,
    word_before,
)
from annotator.language.dates.english_relative import STEPS
from annotator.language.dates.mention import Reading

_NOT_DAYS = (
    rf"{S}(?:Times|Mirror|Telegraph|Express|Herald|Mail|Post|Independent|Star|[Ss]chool|Sun|"
    rf"People|Tribune|Journal|Observer|Night{S}(?:Live|Football|Lights)|"
    r"Addams|Chronicle|Globe|Review|Morning Post|Business Post|Club|Book|Island)"
)
_LONE_WEEKDAY = (
    rf"(?P<wd>(?:{'|'.join(words.WEEKDAY_NAMES)})|(?:Tues|Weds|Thurs|Thur|Mon|Tue|Wed|Thu|Fri)"
    rf"\b\.?(?=,? ?(?:at |\d|$|[-–]|through|to|and|morning|afternoon|night)))(?![a-z]|{_NOT_DAYS})"
)
_WEEKDAY_LOWER = r"(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
_WEEKDAY_TO = rf"{TO}(?P<wd>{WEEKDAY})(?![a-z])"
_LUNAR_MONTH = rf"(?:{WORD_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))"
_LUNAR = (
    rf"(?:[Tt]he{S})?(?:(?P<d>{WORD_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th)?){S}(?:day{S})?of{S}(?:the{S})?)?"
    rf"(?P<m>{_LUNAR_MONTH}|last|twelfth){S}(?:lunar{S}month|month{S}of{S}the{S}(?:lunar|"
    rf"Chinese){S}(?:calendar|year))\b"
)
_DIGITAL = (
    r"(?P<y>(?:1\d|20)\d\d)(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|"
    r"0?[1-9])(?!\d|[-/]\d|\.\d)"
    r"(?:T(?P<t>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?))?"
)
_SLASHED = (
    r"(?P<a>3[01]|[12]\d|0?[1-9])(?P<sep>[-/.])(?P<b>3[01]|[12]\d|0?[1-9])(?P=sep)(?P<y>(?:19|20)"
    r"\d\d|(?<=[/-])\d\d)(?!\d|[-/]\d|\.\d)"
)
_LONE_ORDINAL = (
    rf"[Tt]he{S}(?P<d>(?:[4-9]|1\d|2[0-9]|30)th|[23]?1st|2?2nd|2?3rd)(?=[.,;:!?)]|$|{S}(?:and|at|"
    rf"to|with|for|in|when|but|or|if|so|because)\b)"
)


def read_weekday(text: str, at: int) -> Reading | None:
    match = look(_LONE_WEEKDAY, text, at) or look(_WEEKDAY_LOWER, text, at)
    if not match or word_before(text, at) in ("every", "each", "bloody", "super", "ruby", "man", "tgi"):
        return None
    first = f"XXXX-WXX-{words.WEEKDAYS[match['wd'].rstrip('.').lower()]}"
    if to := look(_WEEKDAY_TO, text, match.end()):
        return to.end(), f"{first}/XXXX-WXX-{words.WEEKDAYS[to['wd'].rstrip('.').lower()]}"
    return match.end(), first


_FESTIVALS = "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in words.FESTIVALS.items())
_FESTIVAL = rf"(?:{_FESTIVALS})(?![A-Za-z])(?!{S}(?:{words.FESTIVAL_THINGS})\b)"
_FESTIVAL_YEAR = rf"(?:,?{S}(?:of{S})?(?P<y>{YEAR4})|{S}{POINTED})"
_NEW_YEAR = words.as_set("at over by until before after for this since around during")


def read_festival(text: str, at: int) -> Reading | None:
    match = look(_FESTIVAL, text, at)
    if not match:
        return None
    name = f"festival:{str(match.lastgroup).replace('_', '-')}"
    if word_before(text, at) in ("merry", "happy"):
        return None
    year = look(_FESTIVAL_YEAR, text, match.end())
    if year:
        return year.end(), f"{year['y'] or pointed_year(year['pointed'])}-{name}"
    return match.end(), name


_WHICH = rf"(?P<rel>[Ll]ast|[Tt]his|[Nn]ext){S}"


def read_dated_festival(text: str, at: int) -> Reading | None:
    """Last Christmas; the Fourth of July is read as the day that it is."""
    match = look(_WHICH, text, at)
    found = read_festival(text, match.end()) if match else None
    if match and found and found[1].startswith("festival"):
        return found[0], f"P{STEPS[match['rel'].lower()]}Y-{found[1]}"
    return None


_NEW_YEARS = rf"(?:the{S})?New{S}Year(?!['’]s|s|{S}(?:Day|Eve|resolution|Resolution|card|party))\b"


def read_new_year(text: str, at: int) -> Reading | None:
    match = look(_NEW_YEARS, text, at)
    return (match.end(), "festival:new-year") if match and word_before(text, at) in _NEW_YEAR else None


def read_lunar(text: str, at: int) -> Reading | None:
    match = look(_LUNAR, text, at)
    if not match:
        return None
    month = 12 if match["m"].lower() == "last" else day_number(match["m"])
    if not 1 <= month <= 12:
        return None
    return match.end(), "lunar:" + values.date(
        values.UNKNOWN_YEAR, month, day_number(match["d"]) if match["d"] else None
    )


def read_digital(text: str, at: int) -> Reading | None:
    """2021-06-30; 12/01/2023 with the month first unless that is impossible."""
    if at and (text[at - 1].isalnum() or text[at - 1] in "-/.:$_=&"):
        return None
    if match := look(_DIGITAL, text, at):
        if not values.possible(int(match["m"]), int(match["d"]), int(match["y"])):
            return None
        value = values.date(match["y"], int(match["m"]), int(match["d"]))
        return match.end(), f"{value}T{match['t']}" if match["t"] else value
    match = look(_SLASHED, text, at)
    if not match or (len(match["y"]) == 2 and match["sep"] != "/"):
        return None
    month, day = int(match["a"]), int(match["b"])
    if month > 12 or (match["sep"] == "." and day <= 12):
        month, day = day, month
    year = match["y"] if len(match["y"]) == 4 else values.short_year(int(match["y"]))
    return (match.end(), values.date(year, month, day)) if values.possible(month, day, int(year)) else None


def read_lone_ordinal(text: str, at: int) -> Reading | None:
    match = look(_LONE_ORDINAL, text, at)
    if not match or word_before(text, at) not in ("on", "by", "until", "before", "after", "since", "for"):
        return None
    return match.end(), f"XXXX-XX-{day_number(match['d']):02}"
