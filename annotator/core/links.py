"""All links of a document, by id and by the spans that they join. Immutable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from immutables import Map

from annotator.core.span import Link


class LinkTable:
    """The links of a document; `evolve` gives a new table."""

    __slots__ = ("_by_id", "_by_span")

    def __init__(self, links: Iterable[Link] = ()) -> None:
        every = list(links)
        joined: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for link in every:
            joined[link.a] += (link.id,)
            joined[link.b] += (link.id,)
        self._by_id: Map[str, Link] = Map({link.id: link for link in every})
        self._by_span: Map[str, tuple[str, ...]] = Map(joined)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, link_id: object) -> bool:
        return link_id in self._by_id

    def __iter__(self) -> Iterator[Link]:
        return iter(self._by_id.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LinkTable) and self._by_id == other._by_id

    __hash__ = None  # type: ignore[assignment]

    def get(self, link_id: str) -> Link | None:
        """The link with this id."""
        return self._by_id.get(link_id)

    def of(self, span_id: str) -> tuple[Link, ...]:
        """The links of a span, oldest first."""
        return tuple(self._by_id[link_id] for link_id in self._by_span.get(span_id, ()))

    def partners(self, span_id: str) -> tuple[str, ...]:
        """Ids of the spans linked with this one."""
        return tuple(link.partner(span_id) for link in self.of(span_id))

    def between(self, one: str, two: str) -> Link | None:
        """The link that joins two spans, in whichever order."""
        return next((link for link in self.of(one) if link.partner(one) == two), None)

    def evolve(self, removed: Iterable[Link], added: Iterable[Link]) -> LinkTable:
        """The table without `removed` (which must be its own) and with `added`."""
        table = LinkTable.__new__(LinkTable)
        with self._by_id.mutate() as links, self._by_span.mutate() as spans:
            for link in removed:
                del links[link.id]
                for end in (link.a, link.b):
                    spans[end] = tuple(one for one in spans[end] if one != link.id)
                    if not spans[end]:
                        del spans[end]
            for link in added:
                links[link.id] = link
                for end in (link.a, link.b):
                    spans[end] = (*spans.get(end, ()), link.id)
            table._by_id, table._by_span = links.finish(), spans.finish()
        return table
