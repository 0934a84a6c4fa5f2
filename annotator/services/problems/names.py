"""How often each name is labelled what, and what it is linked with: over a document and over a project."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.span import Side, Span, other
from annotator.services.problems.knowledge import Knowledge

Name = tuple[Side, str]
"""A text of one side that is labelled somewhere."""

_EVERY = 500
_LEAST = 2


class Fact(NamedTuple):
    """One mention: its name, its label and the texts that it is linked with on the other side."""

    name: Name
    label: str
    partners: tuple[str, ...]


class Known:
    """What is counted of one name."""

    __slots__ = ("labels", "partners")

    def __init__(self) -> None:
        self.labels: dict[str, int] = {}
        self.partners: dict[str, int] = {}

    @property
    def count(self) -> int:
        """How many mentions bear it."""
        return sum(self.labels.values())


class Names:
    """Counts by name, kept up to date mention by mention."""

    def __init__(self) -> None:
        self._known: dict[Name, Known] = {}

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Name]:
        return iter(self._known)

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def get(self, name: Name) -> Known | None:
        """What is counted of a name."""
        return self._known.get(name)

    def add(self, facts: Iterable[Fact]) -> set[Name]:
        """Count more mentions in; the names that were not known before."""
        fresh = set()
        for fact in facts:
            if fact.name not in self._known:
                self._known[fact.name] = Known()
                fresh.add(fact.name)
            known = self._known[fact.name]
            known.labels[fact.label] = known.labels.get(fact.label, 0) + 1
            for partner in fact.partners:
                known.partners[partner] = known.partners.get(partner, 0) + 1
        return fresh

    def remove(self, facts: Iterable[Fact]) -> set[Name]:
        """Count mentions out; the names that are not known any more."""
        gone = set()
        for fact in facts:
            known = self._known[fact.name]
            _less(known.labels, fact.label)
            for partner in fact.partners:
                _less(known.partners, partner)
            if not known.labels:
                del self._known[fact.name]
                gone.add(fact.name)
        return gone

    def exclude(self, others: Names) -> None:
        """Count out what was counted in before."""
        for name, known in others._known.items():
            mine = self._known[name]
            for label, count in known.labels.items():
                mine.labels[label] -= count
            for partner, count in known.partners.items():
                mine.partners[partner] -= count
            mine.labels = {label: count for label, count in mine.labels.items() if count}
            mine.partners = {partner: count for partner, count in mine.partners.items() if count}
            if not mine.labels:
                del self._known[name]

    def include(self, others: Names) -> None:
        """Count in what is counted elsewhere."""
        for name, known in others._known.items():
            mine = self._known.setdefault(name, Known())
            for label, count in known.labels.items():
                mine.labels[label] = mine.labels.get(label, 0) + count
            for partner, count in known.partners.items():
                mine.partners[partner] = mine.partners.get(partner, 0) + count


def _less(counts: dict[str, int], key: str) -> None:
    if counts[key] == 1:
        del counts[key]
    else:
        counts[key] -= 1


def fact(document: Document, span: Span, knowledge: Knowledge) -> Fact | None:
    """What a span tells of its name; None of a theme, and of a name of one character."""
    if len(span.quote) < _LEAST or not knowledge.is_mention(span):
        return None
    there = other(span.side)
    linked = document.links.of(span.id)
    partners = tuple(one.quote for one in document.partners(span.id) if one.side == there) if linked else ()
    return Fact((span.side, span.quote), span.label, partners)


def facts(document: Document, spans: Iterable[Span], knowledge: Knowledge) -> list[Fact]:
    """What spans tell of their names."""
    found = (fact(document, span, knowledge) for span in spans)
    return [one for one in found if one is not None]


def mentions_of(document: Document, name: Name) -> Iterator[Span]:
    """The spans that bear a name, in text order."""
    side, wanted = name
    text = document.text(side)
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        spans = document.spans.overlapping(side, at, end)
        yield from (span for span in spans if (span.start, span.end) == (at, end))
        at = text.find(wanted, at + 1)


def slices(document: Document, knowledge: Knowledge, names: Names) -> Generator[None, None, None]:
    """Count a whole document into `names`, pausing after every so many spans."""
    for number, span in enumerate(document.spans, 1):
        one = fact(document, span, knowledge)
        if one is not None:
            names.add((one,))
        if number % _EVERY == 0:
            yield
