"""Spans that have nothing on the other side of their pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit, Edit, LinkChange
from annotator.core.errors import AnnotatorError
from annotator.core.span import Side, Span, other
from annotator.services.annotate import annotate, link, shortened, span_of
from annotator.services.entities import SAME
from annotator.services.problems.problem import Fixing, Kind, Problem
from annotator.services.problems.rows import Row

if TYPE_CHECKING:
    from annotator.language.counterpart import Candidate


def detect(row: Row) -> Iterator[Problem]:
    """Spans without a link to the other side, in pairs that have both sides."""
    if not row.two_sided or row.pair.role != "text":
        return
    links = row.document.links
    for spans in row.spans.values():
        for span in spans:
            if links.of(span.id) and row.partners_across(span):
                continue
            kind = MENTION if row.knowledge.is_mention(span) else STRETCH
            yield row.about(kind.id, span)


def fix(document: Document, problem: Problem, fixing: Fixing) -> Edit:
    """The counterpart annotated, unless it is, and linked.

    Raises:
        AnnotatorError: if none is found.
    """
    span = span_of(document, problem.about)
    row = document.row_of_span(span)
    found = _equal_elsewhere(document, row, span) or _candidate(document, row, span)
    if found is None:
        raise AnnotatorError("error.no_counterpart", text=shortened(span.quote), row=row + 1)
    if isinstance(found, Span):
        return link(document, span.id, found.id, SAME, by=fixing.by)
    start, end = found
    made = annotate(document, other(span.side), start, end, span.label, by=fixing.by)
    partner = made.parts[0].spans[0].after
    if partner is None:
        return made
    grown = document.evolve(spans=document.spans.evolve((), [partner]))
    joined = link(grown, span.id, partner.id, SAME, by=fixing.by)
    changes: tuple[LinkChange, ...] = joined.parts[0].links
    part = DocumentEdit(doc=document.id, spans=made.parts[0].spans, links=changes)
    return Edit(caption=joined.caption, parts=(part,))


def _equal_elsewhere(document: Document, row: int, span: Span) -> Span | None:
    """The partner that a mention of the same text has, in the same pair."""
    for one in document.row_spans(row, span.side):
        if one.id != span.id and (one.quote, one.label) == (span.quote, span.label):
            for partner in document.partners(one.id):
                if partner.side != span.side and document.row_of_span(partner) == row:
                    return partner
    return None


def _candidate(document: Document, row: int, span: Span) -> Span | tuple[int, int] | None:
    """What corresponds to the span in its pair: a span that is there, else a range `[start, end)`."""
    there = other(span.side)
    extents = {side: document.pairs[row].extent(side) for side in (span.side, there)}
    here_at, there_at = extents[span.side], extents[there]
    if here_at is None or there_at is None:
        return None
    best = _projected(document, row, span, here_at[0])
    if best is None:
        return None
    start, end = there_at[0] + best.start, there_at[0] + best.end
    root = span.label.partition("/")[0]
    taken = [one for one in document.spans.overlapping(there, start, end) if one.label.startswith(root)]
    exact = [one for one in taken if (one.start, one.end) == (start, end)]
    near = [one for one in exact or taken if not document.links.of(one.id)]
    return near[0] if near else None if taken else (start, end)


def _projected(document: Document, row: int, span: Span, begin: int) -> Candidate | None:
    """All mentions of the side are asked for at once, so that none is given what belongs to another."""
    side: Side = span.side
    from annotator.language.counterpart import Knowledge, Mention, project

    mentions = [
        Mention(one.start - begin, one.end - begin, one.label)
        for one in document.row_spans(row, side)
        if one.start >= begin
    ]
    own = Mention(span.start - begin, span.end - begin, span.label)
    known = Knowledge(date=document.info.date)
    direction = "zh-en" if side == "zh" else "en-zh"
    zh, en = document.row_text(row, "zh"), document.row_text(row, "en")
    pairs = project(zh, en, mentions, direction, known)  # type: ignore[arg-type]
    return next((candidate for mention, candidate in pairs if mention == own), None)


MENTION = Kind("counterpart", "warning", fix=fix, bulk=True)
STRETCH = Kind("theme_counterpart", "hint", fix=fix)
