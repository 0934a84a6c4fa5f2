"""People, places and dates by rules alone: what can be suggested before anything has been annotated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language import dates
from annotator.language.mentions import Heard, find_mentions, hear

SOURCE = "rules@1"
# Rows before and behind that full names are looked for in.
_NEAR = 40
# How often the dates found were those that people had marked.
_DATE_SCORE = 0.9
_DATE_REASON = "suggest.rule.date"


@suggester("rules", "suggester.rules", version="1")
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Offers mentions of those labels that the project has."""
    labels = evidence.project.label_set

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side in SIDES:
            heard = hear(_near(document, rows, side), side)
            for row in rows:
                yield from (one for one in _in_row(document, row, side, heard) if one.label in labels)

    return offer


def _near(document: Document, rows: range, side: Side) -> Iterator[str]:
    start, stop = max(0, rows.start - _NEAR), min(len(document.pairs), rows.stop + _NEAR)
    return (document.row_text(row, side) for row in range(start, stop))


def _in_row(document: Document, row: int, side: Side, heard: Heard) -> Iterator[Suggestion]:
    extent = document.pairs[row].extent(side)
    if extent is None:
        return
    text = document.row_text(row, side)
    found = list(dates_in(document, row, side))
    yield from found
    taken = [(date.start - extent[0], date.end - extent[0]) for date in found]
    for one in find_mentions(text, side, heard):
        if all(one.end <= start or end <= one.start for start, end in taken):
            yield _suggestion(side, extent[0], text, (one.start, one.end, one.label), one.score, one.reason)


def dates_in(document: Document, row: int, side: Side) -> Iterator[Suggestion]:
    """The expressions in one side of a row that name a date, with their values."""
    extent = document.pairs[row].extent(side)
    if extent is None:
        return
    text = document.row_text(row, side)
    for date in dates.find(text, side, reference=document.info.date):
        yield _suggestion(
            side, extent[0], text, (date.start, date.end, "DATE"), _DATE_SCORE, _DATE_REASON, date.value
        )


def _suggestion(
    side: Side,
    offset: int,
    text: str,
    where: tuple[int, int, str],
    score: float,
    reason: str,
    value: str = "",
) -> Suggestion:
    start, end, label = where
    return Suggestion(
        side=side,
        start=offset + start,
        end=offset + end,
        quote=text[start:end],
        label=label,
        score=score,
        source=SOURCE,
        reason=Reason(reason),
        attributes={"value": value} if value else None,
    )
