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
from annotator.language.dates.english_days import (
    read_bare_month,
    read_day_month,
    read_month_day,
    read_month_year,
)
from annotator.language.dates.english_eras import (
    read_century,
    read_christian,
    read_christian_before,
    read_decade,
    read_fiscal,
    read_quarter_code,
    read_reign,
)
from annotator.language.dates.english_festivals import (
    read_dated_festival,
    read_digital,
    read_festival,
    read_lone_ordinal,
    read_lunar,
    read_new_year,
    read_weekday,
)
from annotator.language.dates.english_parts import read_lone_quarter, read_named_month, read_part
from annotator.language.dates.english_patterns import TO, YEAR4, S, look, word_before
from annotator.language.dates.english_relative import read_ago, read_day_word, read_few, read_pointer
from annotator.language.dates.english_years import (
    LISTED,
    NOT_COUNTED,
    read_between,
    read_year,
    read_year_range,
)
from annotator.language.dates.mention import DateMention, Reader, Reading, longest, walk

_ARTICLE = rf"[Tt]he{S}"


def _articled(reader: Reader) -> Reader:
    """A reader that takes the article before the expression with it."""

    def read(text: str, at: int) -> Reading | None:
        match = look(_ARTICLE, text, at)
        return reader(text, match.end()) if match else None

    return read


_AND_ALONE = rf"{S}and{S}"


def _ranged(reader: Reader) -> Reader:
    """A reader that goes on over "to" and a second expression of the same kind."""

    def read(text: str, at: int) -> Reading | None:
        found = reader(text, at)
        if not found or "{" in found[1]:
            return found
        match = look(TO, text, found[0])
        if not match and word_before(text, at) == "between":
            match = look(_AND_ALONE, text, found[0])
        second = _second(text, match.end()) if match else None
        return (second[0], values.interval(found[1], second[1])) if second and "{" not in second[1] else found

    return read


_HOLDING = rf"(?:[Ff]rom|[Bb]etween){S}"
_FULL_SECOND = (
    rf".{{3,40}}?{S}(?:to|and|through|until|till){S}(?!(?:the{S})?\d{{1,2}}(?:st|nd|rd|th)?(?:\W|$))"
)


def _held(text: str, at: int) -> Reading | None:
    """From 2020 to 2022, between April and June: two full expressions with what holds them together.

    From December 12 to 14 is not: there the second is part of the first.
    """
    match = look(_HOLDING, text, at)
    if not match:
        return None
    start = match.end()
    best = longest(
        text,
        start,
        [*_NUMERIC, *_DATES, *_THE, _ranged(read_weekday), _ranged(read_pointer), _ranged(read_part)],
    )
    if not best or not ("/" in best[1] or "{" in best[1]):
        return None
    held = text[start : best[0]]
    full = look(_FULL_SECOND, held, 0)
    return (
        best
        if full and not held.lower().startswith(("the first", "the second", "the third", "the last"))
        else None
    )


def _second(text: str, at: int) -> Reading | None:
    best = None
    for reader in (
        read_month_day,
        read_day_month,
        read_month_year,
        read_part,
        _articled(read_decade),
        read_decade,
        read_century,
        read_digital,
        read_day_word,
        _year_second,
        read_pointer,
        read_named_month,
    ):
        found = reader(text, at)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


_SECOND_YEAR = rf"(?P<n>{YEAR4})(?![-/]\d|%)"


def _year_second(text: str, at: int) -> Reading | None:
    match = look(_SECOND_YEAR, text, at)
    return (match.end(), match["n"]) if match and look(NOT_COUNTED, text, match.end()) else None


_DATES = (_ranged(read_month_day), _ranged(read_day_month), _ranged(read_month_year), read_bare_month)
_NUMERIC: tuple[Reader, ...] = (
    _ranged(read_day_month), read_year, read_year_range, read_between, _ranged(read_christian),
    _ranged(read_decade), _ranged(read_century), _ranged(read_digital), read_ago, read_lunar, read_part,
)  # fmt: skip
_THE: tuple[Reader, ...] = (
    _ranged(read_day_month), _ranged(read_part), _articled(_ranged(read_decade)),
    _articled(_ranged(read_century)), read_century, read_pointer, read_festival, read_day_word,
    read_reign, read_lunar, read_lone_quarter, read_lone_ordinal, read_new_year, read_fiscal,
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
    add(" ".join(words.WEEKDAYS), _ranged(read_month_day), _ranged(read_day_month), read_weekday)
    add("the", *_THE)
    add("from between", _held)
    add(
        "early mid late very earlier later beginning start middle end close outset midway sam"
        "e first second third "
        "fourth final last latter spring summer autumn fall winter",
        _ranged(read_part),
    )
    add("last this next", read_pointer, read_dated_festival)
    add("today yesterday tomorrow tonight day", read_day_word)
    add(" ".join(words.ORDINALS).replace("-", " "), read_century, read_lunar, read_reign, read_day_month)
    add(" ".join(words.NUMBERS) + " half several some more less fewer", read_ago)
    add("a", read_few)
    add("fiscal financial academic calendar tax school fy year", read_fiscal)
    add("q1 q2 q3 q4 h1 h2 q h", read_quarter_code)
    add("ad bc a", _ranged(read_christian_before))
    add(
        "new chinese lunar spring lantern qingming tomb dragon duanwu qixi hungry ghost mid m"
        "oon double chongyang "
        "laba national independence international labor labour workers may women youth childr"
        "en teacher teachers army "
        "christmas xmas boxing thanksgiving good palm ash easter black halloween hallowe st s"
        "aint valentine valentines "
        "april mother mothers father fathers singles memorial veterans remembrance armistice "
        "columbus president presidents "
        "martin mlk juneteenth earth election ramadan eid diwali hanukkah chanukah passover s"
        "ummer winter start",
        read_festival,
    )
    add("new", read_new_year)
    add(" ".join((*words.DECADES, *words.HUNDREDS)), _ranged(read_decade))
    return {word: tuple(found) for word, found in readers.items()}


_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")


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
    while (match := LISTED.match(text, at)) and match.end() <= limit:
        if not look(NOT_COUNTED, text, match.end()):
            return
        yield DateMention(match.start("n"), match.end("n"), match["n"])
        at = match.end()
