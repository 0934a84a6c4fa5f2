"""Entities: the mentions of one document that speak of the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.span import Side, Span

SAME = "SAME"
_SLICE = 1000


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
    drafts: dict[str, _Draft] = {}
    for count, span in enumerate(document.spans, 1):
        drafts.setdefault(_root(parents, span.id), _Draft()).add(span, _linked(document, span, link_type))
        if count % every == 0:
            yield
    entities: list[Entity] = []
    for count, draft in enumerate(drafts.values(), 1):
        entities.append(draft.entity())
        if count % every == 0:
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


class _Draft:
    """What is known of an entity while its mentions come in."""

    __slots__ = ("labels", "linked", "mentions", "names")

    def __init__(self) -> None:
        self.labels: Counter[str] = Counter()
        self.names: dict[Side, Counter[str]] = {"zh": Counter(), "en": Counter()}
        self.mentions: list[str] = []
        self.linked = 0

    def add(self, span: Span, linked: bool) -> None:
        self.labels[span.label] += 1
        self.names[span.side][span.quote] += 1
        self.mentions.append(span.id)
        self.linked += linked

    def entity(self) -> Entity:
        return Entity(
            label=self.labels.most_common(1)[0][0],
            zh=tuple(name for name, _ in self.names["zh"].most_common()),
            en=tuple(name for name, _ in self.names["en"].most_common()),
            mentions=tuple(self.mentions),
            linked=self.linked,
            total=len(self.mentions),
            zh_count=self.names["zh"].total(),
            en_count=self.names["en"].total(),
        )


def _linked(document: Document, span: Span, link_type: str) -> bool:
    return any(link.type == link_type for link in document.links.of(span.id))
