"""The values of dates: how they are written, and how they are put together.

A value is a string in ISO 8601 and EDTF where these have a form:

- `2023-12-11`, `2023-12`, `2023`, `-0220` (221 BC), `199X` (a decade), `19XX` (a century), `2008-22`
  (a season: 21 spring to 24 winter), `2026-W38` (a week);
- `2022-12-11/2022-12-12`, an interval. Quarters, halves and vague parts are intervals of months, days or
  years: `2023-01/2023-03` is the first quarter and early 2023, `2022-05-11/2022-05-20` the middle third of a
  month. The end of a year is its December;
- `{2023-05-03,2023-05-06}`, days that do not follow one another;
- `XXXX-12-11`, `XX9X`, `XXXX-XX-14`, `XXXX-WXX-5`: X stands for what the text leaves open.

Beyond these two:

- `P-1Y`, `P0M`, `P1W`, `P-3D` stands where the year, month, week or day would stand, reckoned from the day of
  the text: `P-1Y-12-11` is December 11 of last year, `P1W-3` Wednesday of next week. `PXY` is some years;
- `@P1Y` is the same, reckoned from a date that the text named before: the following year;
- `festival:spring`, `2023-festival:spring`;
- `lunar:2023-08-15`, in the Chinese calendar;
- `sexagenary:甲子`, a year of the cycle of sixty.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
UNKNOWN_YEAR = "XXXX"

YEAR = r"(?:-?\d{4}|XXXX|@?P-?\d+Y)"
_YEAR_ONLY = re.compile(YEAR)
_MONTH_ONLY = re.compile(rf"{YEAR}-(0[1-9]|1[0-2])|@?P-?\d+M")
_DECADE_ONLY = re.compile(r"(\d\d|XX)\dX")
_CENTURY_ONLY = re.compile(r"\d\dXX")

_YEAR_PARTS = {
    "early": ("01", "03"), "mid": ("05", "08"), "late": ("10", "12"), "end": ("12", "12"),
    "h1": ("01", "06"), "h2": ("07", "12"),
    "q1": ("01", "03"), "q2": ("04", "06"), "q3": ("07", "09"), "q4": ("10", "12"), "q1-3": ("01", "09"),
}  # fmt: skip
_MONTH_PARTS = {
    "early": ("01", "10"), "mid": ("11", "20"), "late": ("21", ""), "end": ("21", ""),
    "h1": ("01", "15"), "h2": ("16", ""),
    "w1": ("01", "07"), "w2": ("08", "14"), "w3": ("15", "21"), "w4": ("22", "28"), "w5": ("29", ""),
}  # fmt: skip
_DECADE_PARTS = {
    "early": ("0", "3"), "mid": ("4", "6"), "late": ("7", "9"), "end": ("7", "9"), "h1": ("0", "4"),
    "h2": ("5", "9"),
}  # fmt: skip
_CENTURY_PARTS = {
    "early": ("00", "33"), "mid": ("34", "66"), "late": ("67", "99"), "end": ("67", "99"),
    "d1": ("00", "09"), "d10": ("90", "99"),
    "h1": ("00", "49"), "h2": ("50", "99"),
    "q1": ("00", "24"), "q2": ("25", "49"), "q3": ("50", "74"), "q4": ("75", "99"),
}  # fmt: skip


def date(year: str, month: int | None = None, day: int | None = None) -> str:
    """`year` is the year as it is written in a value, `XXXX` if it is not known."""
    value = year
    if month is not None:
        value += f"-{month:02}"
    if day is not None:
        value += f"-{day:02}"
    return value


def year(number: int, before_christ: bool = False) -> str:
    """There is no year 0 in history, but one in ISO 8601: 1 BC is 0000."""
    number = 1 - number if before_christ else number
    return f"{number:04}" if number >= 0 else f"-{-number:04}"


def short_year(number: int) -> str:
    """A year of two digits: 08 is 2008, 98 is 1998."""
    return year(number + (2000 if number < 40 else 1900))


def century(number: int, before_christ: bool = False) -> str:
    return f"-{number - 1:02}XX" if before_christ else f"{number - 1:02}XX"


def possible(month: int | None, day: int | None = None, year: int | None = None) -> bool:
    """Whether there is such a day; February has 29 days if the year is not known."""
    if month is None:
        return day is None or 1 <= day <= 31
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year if year and 1 <= year <= 9998 else 2000, month)[1]


def interval(first: str, last: str) -> str:
    """From `first` to `last`; what `last` leaves open it takes from `first`, and the other way round."""
    if first.startswith(UNKNOWN_YEAR) and not last.startswith(UNKNOWN_YEAR) and (year := _leading(last)):
        first = _earlier(year + first[4:], last)
    elif last.startswith(UNKNOWN_YEAR) and (year := _leading(first)):
        last = year + last[4:]
    if (day := re.fullmatch(r".{4}-XX-(\d\d)", last)) and re.fullmatch(r".+-\d\d-\d\d", first):
        last = f"{first[:-2]}{day[1]}"
    return first if first == last else f"{_first_of(first)}/{_last_of(last)}"


def _earlier(first: str, last: str) -> str:
    """`first` a year earlier if it would come after `last`: from December to January 2023."""
    if first > last and re.match(r"\d{4}-\d\d", first) and int(first[:4]) > 1:
        return f"{int(first[:4]) - 1:04}{first[4:]}"
    return first


def several(dates: Sequence[str]) -> str:
    """Dates that are listed: an interval if each follows the one before, else a set."""
    if len(dates) == 1:
        return dates[0]
    numbers = [int(value[-2:]) if value[-2:].isdigit() else -9 * at for at, value in enumerate(dates)]
    if len(dates[0]) == 4:
        numbers = [int(value) for value in dates if value.isdigit()]
    if numbers == list(range(numbers[0], numbers[0] + len(dates))):
        return f"{dates[0]}/{dates[-1]}"
    return "{" + ",".join(dates) + "}"


def part(value: str, which: str) -> str:
    """A part of a year, month, decade or century: early, mid, late, end, h1, h2, q1…q4, w1…w5, m11 (the
    first 11 months), d1 (the first decade), a season.

    The value itself if it has no such part.
    """
    if which in SEASONS:
        return f"{value}-{SEASONS[which]}" if _YEAR_ONLY.fullmatch(value) else value
    if _YEAR_ONLY.fullmatch(value) and (months := re.fullmatch(r"m([1-9]|1[0-2])", which)):
        return interval(f"{value}-01", f"{value}-{int(months[1]):02}")
    if _CENTURY_ONLY.fullmatch(value) and which in _CENTURY_PARTS:
        first, last = _CENTURY_PARTS[which]
        return f"{value[:2]}{first}/{value[:2]}{last}"
    if _YEAR_ONLY.fullmatch(value) and which in _YEAR_PARTS:
        first, last = _YEAR_PARTS[which]
        return interval(f"{value}-{first}", f"{value}-{last}")
    if _MONTH_ONLY.fullmatch(value) and which in _MONTH_PARTS:
        first, last = _MONTH_PARTS[which]
        return f"{value}-{first}/{value}-{last or _last_day(value)}"
    if _DECADE_ONLY.fullmatch(value) and which in _DECADE_PARTS:
        first, last = _DECADE_PARTS[which]
        return f"{value[:3]}{first}/{value[:3]}{last}"
    return value


def _last_day(month: str) -> int:
    if month.endswith("M"):
        return 31
    year = int(month[:4]) if month[:4].isdigit() else 0
    return monthrange(year or 2001, int(month[-2:]))[1]


def _leading(value: str) -> str:
    """The year that a value begins with, or nothing."""
    match = _YEAR_ONLY.match(value)
    return match[0] if match and match[0] != UNKNOWN_YEAR else ""


def _first_of(value: str) -> str:
    return value.split("/")[0]


def _last_of(value: str) -> str:
    return value.split("/")[-1]
