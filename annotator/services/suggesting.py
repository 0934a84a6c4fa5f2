"""Accepting and rejecting suggestions: builders of edits, and which suggestions are still open."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import NamedTuple, TypeVar, cast

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, Edit, LinkChange, RejectionChange, SpanChange
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id, now
from annotator.core.span import MANUAL, SIDE_ORDER, Link, Rejection, Source, Span
from annotator.core.suggestion import Key, Suggestion
from annotator.services.annotate import one_part, shortened, span_of, trimmed

_T = TypeVar("_T")
Steps = Generator[None, None, _T]
"""Work that yields now and then, and what comes of it."""

Twins = tuple[Key, Key]
"""Two suggestions on opposite sides that speak of the same thing."""

EVERY = 100
"""Suggestions after which a builder that goes step by step yields."""

PARTNER = "partner"
"""Attribute of a rejection: the id of the span that it would have been linked with."""


class _Hand(NamedTuple):
    """Who decides, when, and what label they choose instead of the suggested ones."""

    by: str
    at: str
    label: str | None = None


def accept(
    document: Document,
    suggestions: Sequence[Suggestion],
    *,
    by: str,
    link_type: str,
    label: str | None = None,
    extent: tuple[int, int] | None = None,
    twins: Iterable[Twins] = (),
) -> Edit:
    """The suggestions as annotations, linked with their partners, as one step.

    Where the document has the span already, only the link is made. `src` of what is made is `accepted`, or
    `corrected` if the person chose another label or extent, with the source and score of the suggestion.

    Args:
        label: another label than the suggested one.
        extent: another range `[start, end)` than the suggested one; for the first suggestion only.
        twins: which places are linked with one another, where both are among the suggestions or annotated
            already.

    Raises:
        AnnotatorError: if a text is no longer what the suggestion quotes, a partner is gone, or the range is
            empty or outside of the text.
    """
    return finished(
        accepting(document, suggestions, by=by, link_type=link_type, label=label, extent=extent, twins=twins)
    )


def accepting(
    document: Document,
    suggestions: Sequence[Suggestion],
    *,
    by: str,
    link_type: str,
    label: str | None = None,
    extent: tuple[int, int] | None = None,
    twins: Iterable[Twins] = (),
) -> Steps[Edit]:
    """What `accept` does, step by step."""
    hand = _Hand(by, now(), label)
    made: dict[Key, Span] = {}
    ends: dict[Key, Span] = {}
    joined: dict[frozenset[str], Link] = {}
    allowed: dict[str, RejectionChange] = {}
    for place, suggestion in enumerate(suggestions):
        if place % EVERY == EVERY - 1:
            yield
        _check_quote(document, suggestion)
        span, source = _span(document, suggestion, None if place else extent, hand)
        key = span.side, span.start, span.end, span.label
        there = _at(document, key) or made.setdefault(key, span)
        ends[suggestion.key] = there
        link = _link(document, there, suggestion.partner, link_type, source, hand)
        if link is not None:
            joined[frozenset((link.a, link.b))] = link
        allowed.update((one.id, RejectionChange(one, None)) for one in rejections_of(document, suggestion))
    for pair in twins:
        one, two = (ends.get(key) or _at(document, key) for key in pair)
        link = _joined(document, one, two, link_type, hand) if one is not None and two is not None else None
        if link is not None:
            joined.setdefault(frozenset((link.a, link.b)), link)
    part = DocumentEdit(
        doc=document.id,
        spans=tuple(SpanChange(None, span) for span in made.values()),
        links=tuple(LinkChange(None, link) for link in joined.values()),
        rejected=tuple(allowed.values()),
    )
    return one_part(_caption("edit.accept", suggestions, label), part)


def reject(document: Document, suggestions: Sequence[Suggestion], *, by: str) -> Edit:
    """The suggestions turned down, as one step; those that are so already stay so.

    Raises:
        AnnotatorError: if a text is no longer what the suggestion quotes.
    """
    return finished(rejecting(document, suggestions, by=by))


def rejecting(document: Document, suggestions: Sequence[Suggestion], *, by: str) -> Steps[Edit]:
    """What `reject` does, step by step."""
    hand = _Hand(by, now())
    fresh: dict[tuple[Key, str | None], RejectionChange] = {}
    for place, one in enumerate(suggestions):
        if place % EVERY == EVERY - 1:
            yield
        _check_quote(document, one)
        if not rejections_of(document, one):
            fresh[one.key, one.partner] = RejectionChange(None, _rejection(one, hand))
    part = DocumentEdit(doc=document.id, rejected=tuple(fresh.values()))
    return one_part(_caption("edit.reject", suggestions), part)


def finished(steps: Steps[_T]) -> _T:
    """What comes of the steps, all done at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("_T", end.value)


def allow(document: Document, rejections: Iterable[Rejection]) -> Edit:
    """The rejections taken back: what was turned down may be suggested again."""
    gone = tuple(RejectionChange(one, None) for one in rejections)
    caption = Caption("edit.allow", {"count": str(len(gone))})
    return one_part(caption, DocumentEdit(doc=document.id, rejected=gone))


def rejections_of(document: Document, suggestion: Suggestion) -> list[Rejection]:
    """Where the same suggestion was turned down; with a partner, only together with that partner."""
    found = document.rejected.overlapping(suggestion.side, suggestion.start, suggestion.end)
    return [
        one
        for one in found
        if isinstance(one, Rejection)
        and (one.side, one.start, one.end, one.label) == suggestion.key
        and (one.attributes or {}).get(PARTNER) in (None, suggestion.partner)
    ]


def is_open(document: Document, suggestion: Suggestion) -> bool:
    """Whether there is still something to decide: not annotated or linked already, not turned down.

    A stretch that has another label, or overlaps a span of the same label, was decided by a person.
    """
    side, start, end, label = suggestion.key
    if document.text(side)[start:end] != suggestion.quote or rejections_of(document, suggestion):
        return False
    partner = suggestion.partner
    if partner is not None and partner not in document.spans:
        return False
    for span in document.spans.overlapping(side, start, end):
        same_place = (span.start, span.end) == (start, end)
        if same_place and span.label == label:
            return partner is not None and document.links.between(span.id, partner) is None
        if same_place or span.label == label:
            return False
    return True


def apart(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Of several that get in each other's way on one side only the first; in text order, Chinese first."""
    kept: list[Suggestion] = []
    for one in found:
        if not any(_collide(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (SIDE_ORDER[one.side], one.start, -one.end))


def _collide(one: Suggestion, two: Suggestion) -> bool:
    if one.side != two.side or one.start >= two.end or two.start >= one.end:
        return False
    # A theme runs over the names that it speaks of.
    short, long = sorted((one, two), key=lambda each: each.end - each.start)
    return not (long.start <= short.start and short.end <= long.end and long.label != short.label)


def as_span(suggestion: Suggestion, span_id: str = "") -> Span:
    """The suggestion as the span that it may become."""
    return Span(
        id=span_id,
        side=suggestion.side,
        start=suggestion.start,
        end=suggestion.end,
        quote=suggestion.quote,
        label=suggestion.label,
        src=MANUAL,
        by="",
        at="",
    )


def _check_quote(document: Document, suggestion: Suggestion) -> None:
    if document.text(suggestion.side)[suggestion.start : suggestion.end] != suggestion.quote:
        raise AnnotatorError("error.suggestion_stale", text=shortened(suggestion.quote))


def _span(
    document: Document,
    suggestion: Suggestion,
    extent: tuple[int, int] | None,
    hand: _Hand,
) -> tuple[Span, Source]:
    text = document.text(suggestion.side)
    start, end = trimmed(text, *(extent or (suggestion.start, suggestion.end)))
    chosen = hand.label or suggestion.label
    changed = (start, end, chosen) != (suggestion.start, suggestion.end, suggestion.label)
    kind = "corrected" if changed else "accepted"
    source = Source(kind=kind, model=suggestion.source, score=round(suggestion.score, 4))
    span = Span(
        id=new_id(),
        side=suggestion.side,
        start=start,
        end=end,
        quote=text[start:end],
        label=chosen,
        attributes=None if changed else suggestion.attributes,
        src=source,
        by=hand.by,
        at=hand.at,
    )
    return span, source


def _at(document: Document, key: Key) -> Span | None:
    """The span that the document has at a place."""
    found = document.spans.overlapping(*key[:3])
    return next((one for one in found if (one.side, one.start, one.end, one.label) == key), None)


def _link(
    document: Document, span: Span, partner_id: str | None, link_type: str, source: Source, hand: _Hand
) -> Link | None:
    if partner_id is None or document.links.between(span.id, partner_id) is not None:
        return None
    return _new_link(span, span_of(document, partner_id), link_type, source, hand)


def _joined(document: Document, one: Span, two: Span, link_type: str, hand: _Hand) -> Link | None:
    if document.links.between(one.id, two.id) is not None:
        return None
    source = one.src if one.src.kind in ("accepted", "corrected") else two.src
    return _new_link(one, two, link_type, source, hand)


def _new_link(span: Span, partner: Span, link_type: str, source: Source, hand: _Hand) -> Link:
    a, b = (span, partner) if span.side == "zh" else (partner, span)
    return Link(id=new_id(), a=a.id, b=b.id, type=link_type, src=source, by=hand.by, at=hand.at)


def _rejection(suggestion: Suggestion, hand: _Hand) -> Rejection:
    attributes = dict(suggestion.attributes or {})
    if suggestion.partner is not None:
        attributes[PARTNER] = suggestion.partner
    return Rejection(
        id=new_id(),
        side=suggestion.side,
        start=suggestion.start,
        end=suggestion.end,
        quote=suggestion.quote,
        label=suggestion.label,
        attributes=attributes or None,
        src=Source(kind="rejected", model=suggestion.source, score=round(suggestion.score, 4)),
        by=hand.by,
        at=hand.at,
    )


def _caption(key: str, suggestions: Sequence[Suggestion], label: str | None = None) -> Caption:
    if len(suggestions) != 1:
        return Caption(f"{key}_many", {"count": str(len(suggestions))})
    one = suggestions[0]
    return Caption(key, {"text": shortened(one.quote), "label": label or one.label})
