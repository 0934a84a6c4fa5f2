"""Linked spans that contradict each other: other labels, other dates, pairs far apart."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import Link, Span
from annotator.services.annotate import relabel, shortened, span_of, unlink
from annotator.services.entities import SAME
from annotator.services.problems.problem import Fixing, Kind, Problem
from annotator.services.problems.rows import Row

FAR = 3
"""Rows between two linked spans from which on that is strange."""
_CONTRADICTS = 0.3


def detect(row: Row) -> Iterator[Problem]:
    """What is wrong with the links of the row's Chinese spans to English ones."""
    links = row.document.links
    if not len(links):
        return
    for span in row.spans["zh"]:
        for one in links.of(span.id):
            partner = row.document.spans.get(one.partner(span.id))
            if partner is not None and partner.side == "en":
                yield from _link(row, one, span, partner)


def _link(row: Row, one: Link, zh: Span, en: Span) -> Iterator[Problem]:
    away = abs(row.document.row_of_span(en) - row.number)
    if away >= FAR:
        yield _problem(row, DISTANCE, one, zh, en, "", str(away))
    if one.type != SAME:
        return
    if zh.label != en.label:
        ancestors = row.knowledge.labels.ancestors
        nested = zh.label in ancestors(en.label) or en.label in ancestors(zh.label)
        mark = f"{zh.label}|{en.label}"
        yield _problem(row, LABELS, one, zh, en, mark, zh.label, en.label, weak=nested)
    elif row.knowledge.is_date(zh) and row.knowledge.is_date(en) and _contradict(row, zh, en):
        yield _problem(row, DATES, one, zh, en, f"{zh.quote}|{en.quote}")


def _problem(
    row: Row, kind: Kind, one: Link, zh: Span, en: Span, mark: str, *details: str, weak: bool = False
) -> Problem:
    begin = row.start("zh")
    there = row.document.row_of_span(en)
    extent = row.document.pairs[there].extent("en") or (0, 0)
    place = Row(row.document, there, row.knowledge).place("en", en.start, en.end)
    return Problem(
        kind=kind.id,
        pair=row.pair.id,
        side="zh",
        start=zh.start - begin,
        end=zh.end - begin,
        subject=f"{one.id}:{mark}" if mark else one.id,
        details=(shortened(en.quote), *details),
        weak=weak,
        more=(place,) if extent[0] <= en.start else (),
    )


def _contradict(row: Row, zh: Span, en: Span) -> bool:
    """Whether both dates can be read, and cannot be the same.

    One that is linked with several dates is only part of each.
    """
    if len(row.partners_across(zh)) > 1 or len(row.partners_across(en)) > 1:
        return False
    from annotator.language.dates import agreement

    first, second = value_of(row.document, zh), value_of(row.document, en)
    return bool(first and second) and agreement(first, second) < _CONTRADICTS


def value_of(document: Document, span: Span) -> str:
    """The value of a date, read in its sentence; else the span by itself; empty if it cannot be read."""
    from annotator.language.dates import find

    row = document.row_of_span(span)
    extent = document.pairs[row].extent(span.side) if row >= 0 else None
    begin = extent[0] if extent else span.start
    sentence = document.text(span.side)[begin : extent[1] if extent else span.end]
    reference = document.info.date
    start, end = span.start - begin, span.end - begin
    found = [
        one for one in find(sentence, span.side, reference=reference) if one.start < end and one.end > start
    ]
    if len(found) > 1 or any(one.start < start or one.end > end for one in found):
        found = find(span.quote, span.side, reference=reference)
    return found[0].value if len(found) == 1 else ""


def _fix_labels(document: Document, problem: Problem, _: Fixing) -> Edit:
    """The label that fits less well with the rest of the document replaced by its partner's.

    Raises:
        AnnotatorError: if neither is the likelier.
    """
    one = document.links.get(problem.about)
    if one is None:
        raise AnnotatorError("error.no_link", link=problem.about)
    zh, en = span_of(document, one.a), span_of(document, one.b)
    votes = {zh.label: 0, en.label: 0}
    for side, quote in ((zh.side, zh.quote), (en.side, en.quote)):
        for span in document.spans.ordered(side):
            if span.quote == quote and span.label in votes:
                votes[span.label] += 1
    if votes[zh.label] == votes[en.label]:
        if not problem.weak:
            raise AnnotatorError("error.which_label", one=shortened(zh.quote), two=shortened(en.quote))
        label = max(votes, key=len)
    else:
        label = max(votes, key=votes.__getitem__)
    return relabel(document, [span.id for span in (zh, en) if span.label != label], label)


def _fix_distance(document: Document, problem: Problem, _: Fixing) -> Edit:
    return unlink(document, [problem.about])


LABELS = Kind("partner_label", "warning", ("other", "label", "label_other"), fix=_fix_labels)
DATES = Kind("partner_date", "warning", ("other",))
DISTANCE = Kind("far_link", "hint", ("other", "count"), fix=_fix_distance)
