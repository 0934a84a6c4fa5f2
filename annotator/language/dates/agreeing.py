"""Whether two values can be the same date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

SURE = 0.7

# Festivals that have their day in one of the two calendars.
_FIXED = {
    "new-year": "XXXX-01-01", "new-year-eve": "XXXX-12-31", "national": "XXXX-10-01",
    "labour": "XXXX-05-01", "women": "XXXX-03-08", "youth": "XXXX-05-04", "children": "XXXX-06-01",
    "army": "XXXX-08-01", "teachers": "XXXX-09-10", "christmas-eve": "XXXX-12-24",
    "christmas": "XXXX-12-25", "boxing-day": "XXXX-12-26", "halloween": "XXXX-10-31",
    "valentine": "XXXX-02-14", "april-fools": "XXXX-04-01", "singles": "XXXX-11-11",
    "juneteenth": "XXXX-06-19", "independence": "XXXX-07-04", "remembrance": "XXXX-11-11",
    "spring": "lunar:XXXX-01-01", "lantern": "lunar:XXXX-01-15", "dragon-boat": "lunar:XXXX-05-05",
    "qixi": "lunar:XXXX-07-07", "ghost": "lunar:XXXX-07-15", "mid-autumn": "lunar:XXXX-08-15",
    "double-ninth": "lunar:XXXX-09-09", "laba": "lunar:XXXX-12-08", "spring-eve": "lunar:XXXX-12-30",
}  # fmt: skip
_FESTIVAL = re.compile(r"(?:(?P<year>.+)-)?festival:(?P<name>[a-z-]+)")
_RELATIVE = re.compile(r"(?P<mark>@?)P(?P<n>-?\d+|-?X)(?P<unit>[YMWDQ])(?P<rest>.*)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEKDAY = re.compile(r".*W(?:XX|\d\d)-([1-7])|@?P-?\d+W-([1-7])")
_QUALIFIERS = re.compile(r"[~?%]")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def same(one: str, other: str) -> bool:
    """Whether the values of two mentions speak of the same date, as far as both say."""
    return agreement(one, other) >= SURE


@lru_cache(maxsize=4096)
def agreement(one: str, other: str) -> float:
    """How well two values agree, from 0 (they contradict each other) to 1 (they are the same).

    At least .7: the same but for what one of them leaves open (`XXXX-12-11` and `2023-12-11`; a weekday and a
    day that falls on it), or vague to another degree (late 2019 and the end of 2019). .3 to .6: it cannot be
    said, since one is reckoned from a day that is not known, or one contains the other.
    """
    first, second = _plain(one), _plain(other)
    if first == second:
        return 0.5 if first.strip("X") == "" else 1.0
    if "{" in first or "{" in second:
        return _sets(first, second)
    return max(_compare(first, second), _compare(second, first))


def _plain(value: str) -> str:
    value = _QUALIFIERS.sub("", value)
    match = _FESTIVAL.fullmatch(value)
    if not match or match["name"] not in _FIXED:
        return value
    return _FIXED[match["name"]].replace("XXXX", match["year"] or "XXXX")


def _sets(first: str, second: str) -> float:
    days, others = (re.sub("[{}]", "", value).split(",") for value in (first, second))
    if len(days) != len(others):
        return 0.4 if any(agreement(day, other) >= SURE for day in days for other in others) else 0.0
    return min(agreement(day, other) for day, other in zip(days, others, strict=True))


def _compare(first: str, second: str) -> float:
    if first.startswith("festival:") or "festival:" in second:
        return _festivals(first, second)
    ends, others = first.split("/"), second.split("/")
    if len(ends) == len(others) and (fits := min(map(_fits, ends, others))):
        return fits
    if _WEEKDAY.fullmatch(first):
        return _weekdays(first, second)
    if _RELATIVE.match(first):
        return _relatives(first, second)
    return _overlap(first, second)


def _festivals(first: str, second: str) -> float:
    (one, other) = (_FESTIVAL.fullmatch(value) for value in (first, second))
    if not one or not other or one["name"] != other["name"]:
        return 0.0
    if not one["year"] or not other["year"]:
        return 0.9
    return agreement(one["year"], other["year"])


def _fits(one: str, other: str) -> float:
    """Whether two values of one form are alike where neither has an X."""
    if one == other:
        return 1.0
    if len(one) != len(other) or "P" in one or "P" in other:
        return _pointed_back(one, other)
    if not all(a in (b, "X") or b == "X" for a, b in zip(one, other, strict=True)):
        return 0.0
    known = any(char.isdigit() and pair.isdigit() for char, pair in zip(one, other, strict=True))
    return 0.9 if known else 0.5


def _pointed_back(one: str, other: str) -> float:
    """`@P0Y-08`, August of a year named before, fits any August; `@P1Y` fits `P1Y`."""
    match = re.match(r"@P-?\d+([YM])(.*)", one)
    if not match:
        return 0.0
    shape = re.match(
        r"(?:-?\d{4}|XXXX|@?P-?\d+Y)" if match[1] == "Y" else r"(?:(?:-?\d{4}|XXXX)-\d\d|@?P-?\d+M)", other
    )
    if not shape or other[shape.end() :] != match[2]:
        return 0.0
    if one.lstrip("@") == other.lstrip("@"):
        return 0.9
    if other.startswith(("@", "P")):
        return 0.0
    return 0.8 if match[2] else 0.4


def _weekdays(first: str, second: str) -> float:
    """A weekday against a day, or against a weekday of a known week."""
    weekday = _WEEKDAY.fullmatch(first)
    if weekday and (day := _date(second)):
        return 0.8 if str(day.isoweekday()) in weekday.groups() else 0.0
    other = _WEEKDAY.fullmatch(second)
    if weekday and other:
        return (
            0.8
            if set(weekday.groups()) - {None} == set(other.groups()) - {None} and "X" in first + second
            else 0.0
        )
    return 0.4 if re.fullmatch(r"XXXX-(\d\d|XX)-\d\d|@?P-?\d+D", second) else 0.0


def _relatives(first: str, second: str) -> float:
    one, other = _RELATIVE.match(first), _RELATIVE.match(second)
    if not one:
        return 0.0
    if other:
        return _offsets(one, other)
    same_size = {
    "Y": r"-?\d{4}|XXXX", "M": r"\d{4}-\d\d|XXXX-\d\d", "D": r"(\d{4}|XXXX)-(\d\d|XX)-\d\d",
    "W": r"\d{4}-W\d\d", "Q": r"\S+/\S+",
}[one["unit"]]  # fmt: skip
    rest = re.escape(one["rest"])
    return 0.4 if re.fullmatch(rf"(?:{same_size}){rest}" if "/" not in rest else r"\S+/\S+", second) else 0.0


_DAYS_IN = {"D": 1, "W": 7, "M": 30.4, "Q": 91.3, "Y": 365.25}


def _offsets(one: re.Match[str], other: re.Match[str]) -> float:
    if one["rest"] != other["rest"]:
        return 0.0
    if "X" in one["n"] + other["n"]:
        agree = one["n"].startswith("-") == other["n"].startswith("-") and one["unit"] == other["unit"]
        return 0.8 if agree else 0.0
    steps, others = int(one["n"]), int(other["n"])
    if one["unit"] == other["unit"]:
        return 0.9 if steps == others else 0.0
    days, other_days = steps * _DAYS_IN[one["unit"]], others * _DAYS_IN[other["unit"]]
    close = steps and others and abs(days - other_days) <= 0.03 * abs(days)
    return 0.8 if close else 0.0


def _overlap(first: str, second: str) -> float:
    """How far two stretches of time cover each other; a year that one leaves open is that of the other."""
    first, second = _same_year(first, second)
    one, other = _stretch(first), _stretch(second)
    if not one or not other:
        return 0.0
    common = (min(one[1], other[1]) - max(one[0], other[0])) + 1
    if common <= 0:
        return 0.0
    lengths = sorted((one[1] - one[0] + 1, other[1] - other[0] + 1))
    if lengths[0] == lengths[1] == common:
        return 0.95
    vague = (
        (one[0] == other[0] or one[1] == other[1]) and common == lengths[0] and lengths[1] <= 3.2 * lengths[0]
    )
    return 0.7 if vague and lengths[0] > 3 else 0.4


def _same_year(first: str, second: str) -> tuple[str, str]:
    if first.startswith("XXXX-") and (known := re.match(r"\d{4}", second)):
        first = first.replace("XXXX", known[0])
    elif second.startswith("XXXX-") and (known := re.match(r"\d{4}", first)):
        second = second.replace("XXXX", known[0])
    elif first.startswith("XXXX-") and second.startswith("XXXX-"):
        first, second = first.replace("XXXX", "2001"), second.replace("XXXX", "2001")
    elif re.match(r"XX\dX?", first) and (known := re.match(r"\d\d", second)):
        first = re.sub(r"XX(?=\d)", known[0], first)
    elif re.match(r"XX\dX?", second) and (known := re.match(r"\d\d", first)):
        second = re.sub(r"XX(?=\d)", known[0], second)
    return first, second


def _date(value: str) -> date | None:
    match = _DAY.fullmatch(value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _stretch(value: str) -> tuple[int, int] | None:
    """The first and last day of a value, counted from the beginning of time as `date` knows it."""
    first, _, last = value.partition("/")
    begin, end = _bounds(first), _bounds(last or first)
    return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None


def _bounds(value: str) -> tuple[int, int] | None:
    if day := _date(value):
        return day.toordinal(), day.toordinal()
    try:
        return _coarse(value)
    except (ValueError, OverflowError):
        return None


def _coarse(value: str) -> tuple[int, int] | None:
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday.toordinal(), (monday + timedelta(days=6)).toordinal()
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(match[1]), int(match[2])
        first, last = _SEASONS.get(month, (month, month))
        after = year + (last < first)
        return date(year, first, 1).toordinal(), date(after, last, monthrange(after, last)[1]).toordinal()
    if re.fullmatch(r"\d{4}|\d{3}X|\d\dXX", value) and value[:2] != "00":
        return (
            date(int(value.replace("X", "0")), 1, 1).toordinal(),
            date(int(value.replace("X", "9")), 12, 31).toordinal(),
        )
    return None
