"""The queue of suggestions: open and decided ones of documents, filtered, sorted, and grouped by text.

Everything that goes through many of them does so in slices: a generator that yields now and then.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.span import SIDE_ORDER, Rejection, Side, Span
from annotator.core.suggestion import Reason, Suggestion
from annotator.services.offering import Offering
from annotator.services.suggesting import PARTNER

State = Literal["open", "accepted", "rejected"]
STATES: tuple[State, ...] = ("open", "accepted", "rejected")
Sort = Literal["place", "score", "doubt"]
SORTS: tuple[Sort, ...] = ("place", "score", "doubt")
BINS = 20
"""Parts of equal width that scores are counted in."""

_EVERY = 200
_ACCEPTED = ("accepted", "corrected")


class Entry(Struct, frozen=True, gc=False):
    """One suggestion, open or decided, in the document with the number `place` of those looked at.

    `id` is that of the span or the rejection that it became; empty while it is open.
    """

    suggestion: Suggestion
    doc: str
    place: int
    row: int
    id: str = ""

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Where it stands among all."""
        one = self.suggestion
        return self.place, self.row, SIDE_ORDER[one.side], one.start


class Group(Struct, frozen=True, gc=False):
    """Entries that say the same of the same text, to be decided at once; in text order."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The first of them."""
        return self.entries[0]

    @property
    def score(self) -> float:
        """The score of the surest."""
        return max(one.suggestion.score for one in self.entries)

    @property
    def doubt(self) -> float:
        """How near to a toss-up the most doubtful one is: .5 for an even chance, 0 for a certainty."""
        return max(0.5 - abs(one.suggestion.score - 0.5) for one in self.entries)


class Wanted(Struct, frozen=True):
    """Which entries are wanted; an empty string stands for any. `text` is looked for in the quote."""

    label: str = ""
    source: str = ""
    side: str = ""
    text: str = ""
    low: float = 0.0
    high: float = 1.0

    def fits(self, suggestion: Suggestion) -> bool:
        """Whether a suggestion is wanted."""
        return (
            self.label in ("", suggestion.label)
            and self.side in ("", suggestion.side)
            and self.low <= suggestion.score <= self.high
            and (not self.source or self.source in names(suggestion.source))
            and (not self.text or self.text.casefold() in suggestion.quote.casefold())
        )


def names(source: str) -> list[str]:
    """The names of the sources of a suggestion, without versions."""
    return [one.partition("@")[0] for one in source.split("+")]


def open_entries(offering: Offering, place: int) -> Iterator[list[Entry]]:
    """What is shown as open in one document, some rows at a time; it ends when the document is edited."""
    document = offering.document
    for start in range(0, len(document.pairs), _EVERY):
        if offering.document is not document:
            return
        rows = range(start, min(start + _EVERY, len(document.pairs)))
        for row in rows:
            found = offering.in_row(row)
            if found:
                yield [Entry(one, document.id, place, row) for one in found]
        yield []


def decided_entries(document: Document, state: State, place: int) -> Iterator[list[Entry]]:
    """What was accepted or rejected in one document, as the suggestions that it was, some at a time."""
    spans: Iterable[Span] = document.spans if state == "accepted" else document.rejections()
    batch: list[Entry] = []
    for count, span in enumerate(spans, 1):
        if state == "rejected" or span.src.kind in _ACCEPTED:
            batch.append(Entry(_suggestion(span), document.id, place, document.row_of_span(span), span.id))
        if count % _EVERY == 0:
            yield batch
            batch = []
    yield batch


def grouped(entries: Sequence[Entry], sort: Sort) -> Generator[None, None, list[Group]]:
    """The entries in groups of the same text, side and label, sorted; yields now and then."""
    found: dict[tuple[Side, str, str], list[Entry]] = {}
    for count, entry in enumerate(entries, 1):
        one = entry.suggestion
        found.setdefault((one.side, one.quote, one.label), []).append(entry)
        if count % _EVERY == 0:
            yield
    keyed: list[tuple[tuple[float, ...], Group]] = []
    for count, each in enumerate(found.values(), 1):
        group = Group(tuple(each))
        keyed.append((_sort_key(group, sort), group))
        if count % _EVERY == 0:
            yield
    ordered = yield from _sorted(keyed)
    return ordered


def _sorted(keyed: list[tuple[tuple[float, ...], Group]]) -> Generator[None, None, list[Group]]:
    """Sorted by runs that are merged two by two, so that no step takes long."""
    size = 2000
    runs = []
    for at in range(0, len(keyed), size):
        runs.append(sorted(keyed[at : at + size], key=lambda pair: pair[0]))
        yield
    while len(runs) > 1:
        merged: list[list[tuple[tuple[float, ...], Group]]] = []
        for at in range(0, len(runs), 2):
            pair = runs[at : at + 2]
            merged.append((yield from _merged(*pair)) if len(pair) == 2 else pair[0])
        runs = merged
    return [group for _, group in runs[0]] if runs else []


def _merged(
    one: list[tuple[tuple[float, ...], Group]], two: list[tuple[tuple[float, ...], Group]]
) -> Generator[None, None, list[tuple[tuple[float, ...], Group]]]:
    result: list[tuple[tuple[float, ...], Group]] = []
    left = right = 0
    while left < len(one) and right < len(two):
        if one[left][0] <= two[right][0]:
            result.append(one[left])
            left += 1
        else:
            result.append(two[right])
            right += 1
        if len(result) % 1000 == 0:
            yield
    result += one[left:] or two[right:]
    return result


def _sort_key(group: Group, sort: Sort) -> tuple[float, ...]:
    if sort == "score":
        return (-group.score, *group.first.order)
    if sort == "doubt":
        return (-group.doubt, *group.first.order)
    return group.first.order


class Spread:
    """How the scores of entries are spread, counted by whole percents, so that thresholds cost nothing."""

    def __init__(self) -> None:
        self._percents = [0] * 101

    def add(self, entry: Entry, count: int = 1) -> None:
        """Count an entry in, or out with -1."""
        self._percents[percent(entry)] += count

    @property
    def total(self) -> int:
        """All entries."""
        return sum(self._percents)

    def at_least(self, threshold: int) -> int:
        """How many have at least so many percent."""
        return sum(self._percents[threshold:])

    @property
    def bins(self) -> list[int]:
        """How many have a score in each of `BINS` parts of 0 to 1."""
        wide = 100 // BINS
        bins = [sum(self._percents[at : at + wide]) for at in range(0, 100, wide)]
        bins[-1] += self._percents[100]
        return bins


def percent(entry: Entry) -> int:
    """The score of an entry in whole percents, 0 to 100, never rounded up."""
    return min(100, max(0, int(entry.suggestion.score * 100 + 1e-6)))


def _suggestion(span: Span) -> Suggestion:
    """What a span or a rejection was before it was decided."""
    attributes = dict(span.attributes or {})
    partner = attributes.pop(PARTNER, None) if isinstance(span, Rejection) else None
    return Suggestion(
        side=span.side,
        start=span.start,
        end=span.end,
        quote=span.quote,
        label=span.label,
        score=span.src.score or 0.0,
        source=span.src.model or "",
        reason=Reason(f"queue.reason.{span.src.kind}"),
        attributes=attributes or None,
        partner=partner,
    )
