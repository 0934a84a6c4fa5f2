"""Parts of something longer: early 2023, the end of February, the first half of 2023."""

from __future__ import annotations

import re

from annotator.language.dates import english_words as words
from annotator.language.dates import values
from annotator.language.dates.english_days import month_number, read_month_year
from annotator.language.dates.english_eras import read_century, read_decade, read_fiscal
from annotator.language.dates.english_patterns import DASH, MONTH, YEAR4, S, look, plain_year, word_before
from annotator.language.dates.english_relative import read_pointer
from annotator.language.dates.english_years import read_year_range
from annotator.language.dates.mention import Reading

_SEASON = "[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
_PART = (
    rf"(?:(?:(?:[Tt]he{S})?(?:[Ee]arly|[Ll]ate|[Mm]id)[ -])?(?:[Tt]he{S})?"
    rf"(?:(?P<other>{_SEASON}){S}(?:and|or|to|through){S})?(?P<season>{_SEASON})(?:{S}of|,)?{S}"
    rf"|(?:the{S})?(?P<early>very early|early|mid|late|Early|Mid|Late|EARLY|LATE|MID)"
    rf"(?:[ \u00a0\n]|{DASH} ?)(?:(?:to|and|or|-)[- ](?:mid|late|early)[ -])?(?:the{S})?"
    rf"|(?:[Tt]he{S})?(?P<point>[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd|[Cc]lose|[Oo]utset){S}of{S}(?:the{S})?"
    rf"|(?:[Tt]he{S})?(?P<ord>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Ll]ast|[Ll]atter|"
    rf"1st|2nd|3rd|4th)[- \u00a0\n](?P<unit>half|quarter|week|three{S}quarters|decade|"
    rf"(?P<n>\d{{1,2}}|[a-z]{{3,6}}){S}months){S}(?:of|in){S}(?:the{S})?"
    rf"|(?P<rel>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate|[Mm]idway through){S}"
    rf"|(?:the{S})?(?P<same>same{S}(?:period|time)){S}(?:of{S}|in{S})?(?:the{S})?)"
)
_PARTS = {
    "beginning": "early", "start": "early", "outset": "early", "middle": "mid", "end": "end",
    "close": "end", "earlier": "early", "later": "late", "early": "early", "late": "late",
    "midway through": "mid", "very early": "early", "mid": "mid",
}  # fmt: skip
_NUMBERED = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "latter": 2, "1st": 1,
    "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
_THIS = rf"(?P<this>year|month|century)\b(?!{S}(?:of|in|long)\b|['’]s{S}(?:worth))"
_WHOLE_YEAR = rf"(?P<y>{YEAR4})(?!{S}?%|['’]?s\b)"


# A winter of two years, 1937-38; the summer of '89.
_SEASON_YEARS = (
    rf"(?P<y>(?:1\d|20)\d\d)(?:{DASH}|/)(?:(?:1\d|20)\d\d|\d\d)(?!\d|{DASH}\d|/\d)"
    r"|(?P<short>['’]\d\d)\b"
)


def _this(match: re.Match[str]) -> Reading:
    return match.end(), {"year": "P0Y", "month": "P0M", "century": "20XX"}[match["this"]]


def read_part(text: str, at: int) -> Reading | None:
    """A part of the year, month, decade or century that follows."""
    match = look(_PART, text, at)
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
    if match["other"]:
        found = values.interval(values.part(value, _season_name(match["other"])), found)
    return (end, found) if found != value or match["rel"] else None


def _part_whole(text: str, at: int, part: re.Match[str]) -> Reading | None:
    if part["season"] and (match := look(_SEASON_YEARS, text, at)):
        return match.end(), match["y"] or plain_year(match["short"])
    if match := look(_WHOLE_YEAR, text, at):
        month = None if part["season"] else read_year_range(text, at)
        return (
            month
            if month and not part["season"] and not look(DASH, text, match.end())
            else (match.end(), match["y"])
        )
    if (part["point"] or part["unit"]) and (match := look(_THIS, text, at)):
        return None if part["unit"] == "week" and match["this"] != "month" else _this(match)
    for reader in (
        read_month_year,
        read_decade,
        read_century,
        read_pointer,
        read_named_month,
        read_fiscal,
    ):
        if found := reader(text, at):
            return None if part["season"] and not re.fullmatch(values.YEAR, found[1]) else found
    return None


_NAMED_MONTH = rf"(?P<m>{MONTH})(?!{S}\d)"


def read_named_month(text: str, at: int) -> Reading | None:
    match = look(_NAMED_MONTH, text, at)
    return (match.end(), values.date(values.UNKNOWN_YEAR, month_number(match["m"]))) if match else None


def _season_name(word: str) -> str:
    return "autumn" if word.lower() == "fall" else word.lower()


def _part_name(match: re.Match[str]) -> str:
    if match["season"]:
        return _season_name(match["season"])
    if match["ord"]:
        which = _NUMBERED[match["ord"].lower()]
        unit = match["unit"].lower()
        if match["n"]:
            return _months_name(match["n"], which)
        if unit == "half":
            return "h2" if which in (2, 4) else "h1"
        if unit == "decade":
            return "d1" if which == 1 else "d10" if which == 4 else ""
        if unit == "week":
            return f"w{which}" if match["ord"].lower() not in ("last", "final") else "late"
        return "q1-3" if unit.endswith("quarters") else f"q{which}"
    name = (match["early"] or match["point"] or match["rel"]).lower()
    return _PARTS[re.sub(r"\s+", " ", name)]


def _months_name(count: str, which: int) -> str:
    number = int(count) if count.isdigit() else words.NUMBERS.get(count, 0)
    if which == 1:
        return f"m{number}"
    return {6: "h2", 3: "q4"}.get(number, "") if which == 4 else ""


_LONE_QUARTER = (
    rf"(?:[Tt]he{S})(?P<n>first|second|third|fourth){S}quarter\b(?!{S}(?:of|final|century|mile|"
    rf"drive|note|touchdown))"
)
_QUARTER_PLACES = words.as_set("in for during of by from since through")


def read_lone_quarter(text: str, at: int) -> Reading | None:
    match = look(_LONE_QUARTER, text, at)
    if not match or word_before(text, at) not in _QUARTER_PLACES:
        return None
    return match.end(), values.part(values.UNKNOWN_YEAR, f"q{_NUMBERED[match['n']]}")
