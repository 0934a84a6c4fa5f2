"""Entities: the mentions of one document that speak of the same thing."""

from __future__ import annotations

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
    kinds: dict[tuple[str, str], int] = {}
    kind_of: dict[str, int] = {}
    for count, span in enumerate(document.spans, 1):
        kind_of[span.id] = kinds.setdefault((span.label, span.quote), len(kinds))
        if count % every == 0:
            yield
    parents = list(range(len(kinds)))
    linked: set[str] = set()
    for count, link in enumerate(document.links, 1):
        if link.type == link_type:
            parents[_root(parents, kind_of[link.b])] = _root(parents, kind_of[link.a])
            linked.update((link.a, link.b))
        if count % every == 0:
            yield
    drafts: dict[int, _Draft] = {}
    for count, span in enumerate(document.spans, 1):
        root = _root(parents, kind_of[span.id])
        if root not in drafts:
            drafts[root] = _Draft()
        drafts[root].add(span, span.id in linked)
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


def _root(parents: list[int], kind: int) -> int:
    while parents[kind] != kind:
        parents[kind] = parents[parents[kind]]
        kind = parents[kind]
    return kind


class _Draft:
    """What is known of an entity while its mentions come in."""

    __slots__ = ("en", "labels", "linked", "mentions", "zh")

    def __init__(self) -> None:
        self.labels: dict[str, int] = {}
        self.zh: dict[str, int] = {}
        self.en: dict[str, int] = {}
        self.mentions: list[str] = []
        self.linked = 0

    def add(self, span: Span, linked: bool) -> None:
        names = self.zh if span.side == "zh" else self.en
        names[span.quote] = names.get(span.quote, 0) + 1
        self.labels[span.label] = self.labels.get(span.label, 0) + 1
        self.mentions.append(span.id)
        self.linked += linked

    def entity(self) -> Entity:
        return Entity(
            label=_by_frequency(self.labels)[0],
            zh=_by_frequency(self.zh),
            en=_by_frequency(self.en),
            mentions=tuple(self.mentions),
            linked=self.linked,
            total=len(self.mentions),
            zh_count=sum(self.zh.values()),
            en_count=sum(self.en.values()),
        )


def _by_frequency(counts: dict[str, int]) -> tuple[str, ...]:
    """The most frequent first; equals stay in their order."""
    return tuple(counts) if len(counts) < 2 else tuple(sorted(counts, key=counts.__getitem__, reverse=True))
