"""Entities: the mentions of one document that speak of the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.span import Side, Span

SAME = "SAME"
_SLICE = 2000


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing and its mentions, in text order (Chinese first).

    `zh` and `en` are its names on either side, the most frequent first; `linked` of the `total` mentions
    have a partner. `zh_count` and `en_count` are the mentions of either side.
    """

    label: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    mentions: tuple[str, ...]
    linked: int
    total: int
    zh_count: int = 0
    en_count: int = 0


def groups(document: Document, *, link_type: str = SAME) -> list[Entity]:
    """The entities of a document, in the order of their first mention.

    Mentions belong together if they are joined by links of `link_type`, or have the same label and the same
    text; both run on (what is linked with one of two equal mentions belongs to both). Linear in the spans.
    """
    work = slices(document, link_type=link_type)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: list[Entity] = end.value
            return found


def slices(
    document: Document, *, link_type: str = SAME, every: int = _SLICE
) -> Generator[None, None, list[Entity]]:
    """The same as `groups`, pausing after every so many mentions; the result is the generator's return."""
    parents: dict[str, str] = {}
    first_of: dict[tuple[str, str], str] = {}
    for count, span in enumerate(document.spans, 1):
        parents.setdefault(span.id, span.id)
        _join(parents, first_of.setdefault((span.label, span.quote), span.id), span.id)
        if count % every == 0:
            yield
    for count, link in enumerate(document.links, 1):
        if link.type == link_type:
            _join(parents, link.a, link.b)
        if count % every == 0:
            yield
    mentions: dict[str, list[Span]] = {}
    for count, span in enumerate(document.spans, 1):
        mentions.setdefault(_root(parents, span.id), []).append(span)
        if count % every == 0:
            yield
    entities: list[Entity] = []
    pending = 0
    for spans in mentions.values():
        entities.append(_entity(document, spans, link_type))
        pending += len(spans)
        if pending >= every:
            pending = 0
            yield
    return entities


def lonely(document: Document, side: Side | None = None) -> list[Span]:
    """The spans without any link, in text order; of one side or of both."""
    spans = document.spans if side is None else document.spans.ordered(side)
    return [span for span in spans if not document.links.of(span.id)]


def _root(parents: dict[str, str], span_id: str) -> str:
    while parents[span_id] != span_id:
        parents[span_id] = parents[parents[span_id]]
        span_id = parents[span_id]
    return span_id


def _join(parents: dict[str, str], one: str, two: str) -> None:
    parents[_root(parents, two)] = _root(parents, one)


def _entity(document: Document, spans: list[Span], link_type: str) -> Entity:
    return Entity(
        label=Counter(span.label for span in spans).most_common(1)[0][0],
        zh=_names(spans, "zh"),
        en=_names(spans, "en"),
        mentions=tuple(span.id for span in spans),
        linked=sum(_linked(document, span, link_type) for span in spans),
        total=len(spans),
        zh_count=sum(span.side == "zh" for span in spans),
        en_count=sum(span.side == "en" for span in spans),
    )


def _names(spans: list[Span], side: Side) -> tuple[str, ...]:
    counts = Counter(span.quote for span in spans if span.side == side)
    return tuple(name for name, _ in counts.most_common())


def _linked(document: Document, span: Span, link_type: str) -> bool:
    return any(link.type == link_type for link in document.links.of(span.id))
