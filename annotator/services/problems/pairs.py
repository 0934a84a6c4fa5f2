"""What is wrong with a pair as a whole: numbers that differ, a side that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.span import SIDES, Side
from annotator.language.numbers import Number, unmatched
from annotator.services.problems.problem import Kind, Place, Problem
from annotator.services.problems.rows import Row


def detect_numbers(row: Row) -> Iterator[Problem]:
    """Numbers that the other side does not have; a hint if only one side has such numbers."""
    if not row.two_sided:
        return
    zh, en = (_outside_names(row, side, numbers) for side, numbers in zip(SIDES, _alone(row), strict=True))
    if not zh and not en:
        return
    said = {
        side: [row.text[side][one.start : one.end].strip() for one in numbers]
        for side, numbers in zip(SIDES, (zh, en), strict=True)
    }
    side: Side = "zh" if zh else "en"
    places = [Place(row.pair.id, "zh", one.start, one.end) for one in zh]
    places += [Place(row.pair.id, "en", one.start, one.end) for one in en]
    first = places[0]
    yield Problem(
        kind=NUMBERS.id,
        pair=row.pair.id,
        side=side,
        start=first.start,
        end=first.end,
        subject=f"{row.pair.id}:{'/'.join(said['zh'])}|{'/'.join(said['en'])}",
        details=("both" if zh and en else side, ", ".join(said["zh"]), ", ".join(said["en"])),
        weak=not (zh and en),
        more=tuple(places[1:]),
    )


def _alone(row: Row) -> tuple[list[Number], list[Number]]:
    return unmatched(row.text["zh"], row.text["en"])


def _outside_names(row: Row, side: Side, numbers: list[Number]) -> list[Number]:
    """Without those that are part of a name, which counts nothing."""
    if not numbers:
        return numbers
    begin = row.start(side)
    names = [
        (span.start - begin, span.end - begin)
        for span in row.spans[side]
        if row.knowledge.is_mention(span) and not row.knowledge.is_date(span)
    ]
    return [one for one in numbers if not any(start < one.end and one.start < end for start, end in names)]


def detect_one_sided(row: Row) -> Iterator[Problem]:
    """Mentions in a pair whose other side is missing."""
    if row.two_sided:
        return
    for side in SIDES:
        mentions = [span for span in row.spans[side] if row.knowledge.is_mention(span)]
        if mentions:
            first = mentions[0]
            yield Problem(
                kind=ONE_SIDED.id,
                pair=row.pair.id,
                side=side,
                start=first.start - row.start(side),
                end=first.end - row.start(side),
                subject=row.pair.id,
                details=(side, str(len(mentions))),
            )


NUMBERS = Kind("numbers", "warning", ("way", "zh", "en"))
ONE_SIDED = Kind("one_sided", "hint", ("way", "count"))
