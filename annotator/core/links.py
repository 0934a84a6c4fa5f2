"""All links of a document, by id and by the spans that they join. Immutable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.keyed import Keyed
from annotator.core.span import Link


class LinkTable:
    """The links of a document; `evolve` gives a new table."""

    __slots__ = ("_by_id", "_by_span")

    def __init__(self, links: Iterable[Link] = ()) -> None:
        every = {link.id: link for link in links}
        joined: dict[str, tuple[str, ...]] = {}
        for link in every.values():
            one = (link.id,)
            for end in (link.a, link.b):
                joined[end] = joined[end] + one if end in joined else one
        self._by_id: Keyed[Link] = Keyed(every)
        self._by_span: Keyed[tuple[str, ...]] = Keyed(joined)

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
        links = (self._by_id.get(link_id) for link_id in self._by_span.get(span_id) or ())
        return tuple(link for link in links if link is not None)

    def partners(self, span_id: str) -> tuple[str, ...]:
        """Ids of the spans linked with this one."""
        return tuple(link.partner(span_id) for link in self.of(span_id))

    def between(self, one: str, two: str) -> Link | None:
        """The link that joins two spans, in whichever order."""
        return next((link for link in self.of(one) if link.partner(one) == two), None)

    def evolve(self, removed: Iterable[Link], added: Iterable[Link]) -> LinkTable:
        """The table without `removed` (which must be its own) and with `added`."""
        table = LinkTable.__new__(LinkTable)
        links: dict[str, Link | None] = {}
        joined: dict[str, tuple[str, ...] | None] = {}
        for link in removed:
            links[link.id] = None
            for end in (link.a, link.b):
                rest = joined[end] if end in joined else self._by_span.get(end)
                joined[end] = tuple(one for one in rest or () if one != link.id) or None
        for link in added:
            links[link.id] = link
            for end in (link.a, link.b):
                rest = joined[end] if end in joined else self._by_span.get(end)
                joined[end] = (*(rest or ()), link.id)
        table._by_id, table._by_span = self._by_id.evolve(links), self._by_span.evolve(joined)
        return table
