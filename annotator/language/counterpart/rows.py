"""Counterparts for what is annotated in a document's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.span import SIDES, Side, Span
from annotator.core.suggestion import Reason, Suggestion
from annotator.language.counterpart.candidate import NOTHING, Knowledge, reason_key
from annotator.language.counterpart.dated import date_value
from annotator.language.counterpart.propose import Marked, Proposal, propose

SOURCE = "counterpart@1"


def linked_names(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """Chinese mentions of the documents, and the English ones that they are linked with, oldest first."""
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        for link in document.links:
            zh, en = document.spans.get(link.a), document.spans.get(link.b)
            if zh and en and (zh.side, en.side) == ("zh", "en"):
                found.setdefault(zh.quote, {})[en.quote] = None
    return {name: tuple(names) for name, names in found.items()}


def suggestions(document: Document, rows: Iterable[int], known: Knowledge = NOTHING) -> Iterator[Suggestion]:
    """For each span of the rows without a partner, what would be linked with it: see `Suggestion.partner`.

    A suggestion that has the place and label of a span of the document is that span: only the link is new.
    Spans that run over several rows are asked about with all rows that they run over.
    """
    known = replace(known, date=document.info.date or known.date)
    done: set[tuple[int, int]] = set()
    for row in rows:
        for first, last in _blocks(document, row):
            if (first, last) not in done:
                done.add((first, last))
                yield from _of_rows(document, first, last, known)


def _blocks(document: Document, row: int) -> Iterator[tuple[int, int]]:
    """The row by itself, and every block of rows that a span which begins in the row runs over."""
    yield row, row
    for side in SIDES:
        for span in document.row_spans(row, side):
            first, last = _reach(document, span)
            if last > first:
                yield first, last


def _reach(document: Document, span: Span) -> tuple[int, int]:
    """The first and the last row of a span."""
    return (
        document.pairs.row_at(span.side, span.start),
        document.pairs.row_at(span.side, span.end - 1),
    )


def _of_rows(document: Document, first: int, last: int, known: Knowledge) -> Iterator[Suggestion]:
    stretches = {side: _stretch(document, side, first, last) for side in SIDES}
    zh, en = stretches["zh"], stretches["en"]
    if zh is None or en is None:
        return
    every = [*zh.spans, *en.spans]
    alone = {one.id for one in every} - _partnered(document, every)
    if not alone:
        return
    links = [(link.a, link.b) for one in every for link in document.links.of(one.id)]
    for proposal in propose(zh.text, en.text, zh.spans, en.spans, links, known):
        if proposal.mention in alone:
            yield _suggestion(proposal, zh if proposal.side == "zh" else en, known)


class _Stretch(NamedTuple):
    """The text of some rows of one side, where it begins in the document, and the spans asked about."""

    text: str
    start: int
    spans: list[Marked]


def _stretch(document: Document, side: Side, first: int, last: int) -> _Stretch | None:
    """Of one row the spans that lie in it; of several those that begin in the first and end in the last."""
    extents = [extent for row in range(first, last + 1) if (extent := document.pairs[row].extent(side))]
    if not extents:
        return None
    start, end = extents[0][0], extents[-1][1]
    spans = [
        Marked(span.id, span.start - start, span.end - start, span.label)
        for span in document.spans.overlapping(side, start, end)
        if _reach(document, span) == (first, last)
    ]
    return _Stretch(document.text(side)[start:end], start, spans)


def _partnered(document: Document, spans: Iterable[Marked]) -> set[str]:
    """Spans that have a partner on the other side, in these rows or elsewhere."""
    found = set()
    for one in spans:
        span = document.spans.get(one.id)
        if span and any(partner.side != span.side for partner in document.partners(one.id)):
            found.add(one.id)
    return found


def _suggestion(one: Proposal, there: _Stretch, known: Knowledge) -> Suggestion:
    start, end = one.start + there.start, one.end + there.start
    is_date = one.label.partition("/")[0] == "DATE"
    value = date_value(there.text, one.side, one.start, one.end, known.date) if is_date else None
    return Suggestion(
        side=one.side,
        start=start,
        end=end,
        quote=there.text[one.start : one.end],
        label=one.label,
        score=round(one.score, 3),
        source=SOURCE,
        reason=Reason(reason_key(one.reason)),
        attributes={"value": value} if value else None,
        partner=one.mention,
    )
