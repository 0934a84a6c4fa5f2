"""Dates of the other text that agree with a date of this one."""

from __future__ import annotations

import re

from annotator.core.span import Side, other
from annotator.language.counterpart.candidate import Candidate, Direction, Knowledge, Mention
from annotator.language.counterpart.pool import Pool
from annotator.language.dates import DateMention, agreement, find

# What goes beyond the two standards: reckoned from a day that is not known, or in another calendar.
_OPEN = re.compile(r"P|[a-z]+:")
# Since and after a date: in Chinese behind it, and no part of it, as the preposition is none in English.
_BEHIND = re.compile(r"(?<=[年月日号號])(?:以[后後前来來]|之[后後前]|前[后後]|起)\Z")
_ONLY_ONE = 0.6
_LEAST = 0.3


def date_candidates(
    zh: str, en: str, mention: Mention, direction: Direction, known: Knowledge
) -> list[Candidate]:
    """The dates that agree with the mention, best first; one that cannot be read may be any of them."""
    here, there = (zh, en) if direction == "zh-en" else (en, zh)
    side: Side = "zh" if direction == "zh-en" else "en"
    value = _value(here, side, mention, known)
    pool = Pool()
    dates = find(there, other(side), reference=known.date)
    for date in dates:
        agrees = agreement(value, date.value) if value else 0.4
        if agrees >= _LEAST or (len(dates) == 1 and not value):
            score = 0.98 * agrees if len(dates) > 1 else max(_ONLY_ONE, 0.98 * agrees)
            start = _start(there, date.start)
            pool.add(start, date.end, score, "date")
            bare = _BEHIND.search(there[start : date.end])
            if bare and direction == "en-zh":
                pool.add(start, start + bare.start(), score + 0.01, "date")
    return pool.ranked()


def _start(text: str, start: int) -> int:
    """Without the article."""
    return start + 4 if text[start : start + 4].lower() == "the " else start


def date_value(text: str, side: Side, start: int, end: int, reference: str | None = None) -> str | None:
    """What a date of a text means, in ISO 8601 or EDTF; None if that cannot be worked out.

    Args:
        start, end: the date as it is marked, `[start, end)` in `text`.
        reference: the day of the text (ISO), from which last year and tonight are reckoned.
    """
    value = _value(text, side, Mention(start, end, "DATE"), Knowledge(date=reference))
    return value if value and not _OPEN.search(value) and any(char.isdigit() for char in value) else None


def _value(text: str, side: Side, mention: Mention, known: Knowledge) -> str:
    """The value of the date that lies in the mention, read in its sentence; else of the mention by itself."""
    found = [one for one in find(text, side, reference=known.date) if _overlap(one, mention)]
    if not found:
        found = find(text[mention.start : mention.end], side, reference=known.date)
    return max(found, key=lambda one: one.end - one.start).value if found else ""


def _overlap(one: DateMention, mention: Mention) -> bool:
    return one.start < mention.end and mention.start < one.end
