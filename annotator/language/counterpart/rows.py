"""Counterparts for what is annotated in a document's rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.span import SIDES, Side, Span, other
from annotator.core.suggestion import Reason, Suggestion
from annotator.language.counterpart.candidate import (
    NOTHING,
    Direction,
    Knowledge,
    Mention,
    kind,
    reason_key,
)
from annotator.language.counterpart.dated import date_value
from annotator.language.counterpart.propose import Marked, Proposal, propose
from annotator.language.counterpart.solve import counterparts

SOURCE = "counterpart@1"
_LONG, _LINKED = 0.6, 0.85
_SAME_STRETCH = 0.7


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
    A span that runs over several rows is asked about with the row that it begins in.
    """
    known = replace(known, date=document.info.date or known.date)
    joined: set[str] = set()
    for row in rows:
        stretches = {side: _stretch(document, side, row) for side in SIDES}
        yield from _of_row(document, stretches["zh"], stretches["en"], known)
        for side in SIDES:
            for span in document.row_spans(row, side):
                if document.row_of_span(span) == row and _is_long(document, span) and span.id not in joined:
                    yield from _of_long(document, span, known, joined)


class _Stretch(NamedTuple):
    """The text of one side of a row, where it begins in the document, and the spans that lie in it."""

    text: str
    start: int
    spans: list[Marked]


def _stretch(document: Document, side: Side, row: int) -> _Stretch | None:
    extent = document.pairs[row].extent(side)
    if extent is None:
        return None
    start, end = extent
    spans = [
        Marked(span.id, span.start - start, span.end - start, span.label)
        for span in document.spans.overlapping(side, start, end)
        if start <= span.start and span.end <= end
    ]
    return _Stretch(document.text(side)[start:end], start, spans)


def _of_row(
    document: Document, zh: _Stretch | None, en: _Stretch | None, known: Knowledge
) -> Iterator[Suggestion]:
    if zh is None or en is None:
        return
    every = [*zh.spans, *en.spans]
    alone = {one.id for one in every if not _partnered(document, document.spans.get(one.id))}
    if not alone:
        return
    links = [
        (one.id, partner.id)
        for one, side in [*((one, "zh") for one in zh.spans), *((one, "en") for one in en.spans)]
        for partner in document.partners(one.id)
        if partner.side != side
    ]
    for proposal in propose(zh.text, en.text, zh.spans, en.spans, links, known):
        if proposal.mention in alone:
            yield _suggestion(proposal, zh if proposal.side == "zh" else en, known)


def _partnered(document: Document, span: Span | None) -> bool:
    """Whether a span has a partner on the other side, in its row or elsewhere."""
    return span is not None and any(partner.side != span.side for partner in document.partners(span.id))


def _suggestion(one: Proposal, there: _Stretch, known: Knowledge) -> Suggestion:
    start, end = one.start + there.start, one.end + there.start
    is_date = kind(one.label) == "DATE"
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


def _is_long(document: Document, span: Span) -> bool:
    return document.pairs.row_at(span.side, span.end - 1) > document.row_of_span(span)


def _of_long(document: Document, span: Span, known: Knowledge, joined: set[str]) -> Iterator[Suggestion]:
    """A span over several rows begins as its part of the first row does, and ends as that of the last."""
    if _partnered(document, span):
        return
    first, last = document.row_of_span(span), document.pairs.row_at(span.side, span.end - 1)
    head = _part(document, first, span, known)
    tail = _part(document, last, span, known)
    if head is None or tail is None or head[0] >= tail[1]:
        return
    side, start, end = other(span.side), head[0], tail[1]
    met = _alike(document, span, side, start, end)
    if met is not None:
        joined.add(met.id)
        start, end = met.start, met.end
    yield Suggestion(
        side=side,
        start=start,
        end=end,
        quote=document.text(side)[start:end],
        label=met.label if met else span.label,
        score=_LINKED if met else _LONG,
        source=SOURCE,
        reason=Reason(reason_key("meaning")),
        partner=span.id,
    )


def _part(document: Document, row: int, span: Span, known: Knowledge) -> tuple[int, int] | None:
    """Where the part of a span that lies in a row has its counterpart; None if the row is one-sided."""
    here, there = document.pairs[row].extent(span.side), document.pairs[row].extent(other(span.side))
    if here is None or there is None:
        return None
    start, end = max(span.start, here[0]) - here[0], min(span.end, here[1]) - here[0]
    zh, en = document.row_text(row, "zh"), document.row_text(row, "en")
    direction: Direction = "zh-en" if span.side == "zh" else "en-zh"
    found = counterparts(zh, en, Mention(start, end, "THEME"), direction, known)
    return (found[0].start + there[0], found[0].end + there[0]) if found else None


def _alike(document: Document, span: Span, side: Side, start: int, end: int) -> Span | None:
    """A span of the other side without a partner, of the same kind and on about the same stretch."""
    for one in document.spans.overlapping(side, start, end):
        common = min(end, one.end) - max(start, one.start)
        same = common >= _SAME_STRETCH * (max(end, one.end) - min(start, one.start))
        if same and kind(one.label) == kind(span.label) and not _partnered(document, one):
            return one
    return None
