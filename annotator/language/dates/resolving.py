"""What "last year" was: values reckoned from the day of the text, made absolute."""

from __future__ import annotations

import re
from datetime import date, timedelta

_TOKEN = re.compile(r"(?<!@)P(-?\d+)([YMWDQ])")
_REFERENCE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OPEN = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
_WEEKDAY = re.compile(r"(\d{4})-W(\d\d)-(\d)")


def resolve(value: str, reference: str) -> str:
    """`value` with what is reckoned from the day of the text replaced by the date that was meant.

    `reference` is that day, `2023-12-11`, or its month or year, from whose middle is then reckoned. A month
    or a day without its year takes the year in which it comes nearest to the reference. What is reckoned
    from another date in the text (`@P1Y`) and what is vague (`P-XY`) stays; so does all if `reference` is
    no date.
    """
    day = _day(reference)
    if day is None:
        return value
    exact = len(reference) >= 10
    try:
        resolved = _TOKEN.sub(lambda token: _shift(day, int(token[1]), token[2], exact), value)
        resolved = _WEEKDAY.sub(_of_week, resolved)
        return _nearest(resolved, day) if len(reference) >= 7 else resolved
    except (ValueError, OverflowError):
        return value


def _day(reference: str) -> date | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2] or 7), int(match[3] or 15))
    except ValueError:
        return None


def _shift(day: date, steps: int, unit: str, exact: bool) -> str:
    """The year, month, week or day that is `steps` away; as it was if the reference is too coarse for it."""
    if unit == "Y":
        return f"{_checked(day.year + steps):04}"
    if unit in "WD" and not exact:
        return f"P{steps}{unit}"
    if unit == "W":
        year, week, _ = (day + timedelta(weeks=steps)).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "D":
        return (day + timedelta(days=steps)).isoformat()
    months = day.year * 12 + day.month - 1 + steps * (3 if unit == "Q" else 1)
    year, month = divmod(months, 12)
    if unit == "M":
        return f"{_checked(year):04}-{month + 1:02}"
    quarter = month // 3 * 3 + 1
    return f"{_checked(year):04}-{quarter:02}/{year:04}-{quarter + 2:02}"


def _checked(year: int) -> int:
    if not 0 < year < 10_000:
        raise ValueError(year)
    return year


def _of_week(match: re.Match[str]) -> str:
    return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3])).isoformat()


def _nearest(value: str, day: date) -> str:
    match = _OPEN.match(value.removeprefix("{"))
    if not match:
        return value
    month = int(match[1])
    months_away = min(
        range(-1, 2), key=lambda step: abs((day.year + step) * 12 + month - day.year * 12 - day.month)
    )
    year = _checked(day.year + months_away)
    resolved = value.replace("XXXX", f"{year:04}")
    first, _, last = resolved.partition("/")
    if last and last < first:
        return f"{first}/{year + 1:04}{last[4:]}"
    return resolved
