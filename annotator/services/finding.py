"""Finding the text of a file in the documents of a project: white space is left out of account.

Rows of the same pair are held together by its id, so that what stands in the text twice lands where it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.session import Session
from annotator.core.span import Side, Span
from annotator.extend import Found

_NOWHERE = -1


class _Bare:
    """A text without its white space, and where each character of that stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [at for at, char in enumerate(text) if not char.isspace()]
        self.bare = "".join(text.split())


class Fit:
    """How a text of a file lies in one of the project: where each of its characters stands there."""

    def __init__(self, found: _Bare, places: list[int]) -> None:
        self._found, self._places = found, places

    @property
    def end(self) -> int:
        """Where to look for what follows."""
        return self._places[-1] + 1

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """A range of the found text in the project's, without white space at its edges; None if it holds
        nothing else, or does not lie there in one piece."""
        one, two = bisect_left(self._found.places, start), bisect_left(self._found.places, end)
        if one >= two or self._places[one] == _NOWHERE:
            return None
        first, last = self._places[one], self._places[two - 1]
        return (first, last + 1) if last - first >= two - 1 - one else None


@dataclass(frozen=True, slots=True)
class Place:
    """The document that a found one is, and how its texts lie there."""

    document: Document
    fits: Mapping[Side, Fit]

    def carried(self, span: Span) -> Span | None:
        """The span at its place in the document; None if it has none there."""
        fit = self.fits.get(span.side)
        place = fit.place(span.start, span.end) if fit else None
        if place is None:
            return None
        quote = self.document.text(span.side)[place[0] : place[1]]
        if quote != span.quote and "".join(quote.split()) != "".join(span.quote.split()):
            return None
        return replace(span, start=place[0], end=place[1], quote=quote)

    @classmethod
    def same(cls, document: Document) -> Place:
        """That of a document in itself."""
        sides: tuple[Side, Side] = ("zh", "en")
        known = {side: _Bare(document.text(side)) for side in sides}
        return cls(document, {side: Fit(one, one.places) for side, one in known.items()})


class Shelf:
    """The documents of a project, to be found by what they say."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bare: dict[tuple[str, Side], _Bare] = {}
        self._edges: dict[tuple[str, Side], tuple[frozenset[int], frozenset[int]]] = {}
        self._ends: dict[tuple[str, Side], int] = {}
        self._last = ""

    def find(self, found: Found) -> Place | None:
        """The document that has all texts of a found one, else one that has some of them."""
        bare = {side: _Bare(text) for side, text in found.texts.items() if text.strip()}
        partly: Place | None = None
        for doc_id in self._order(found.name):
            document = self._session.document(doc_id)
            fits = {
                side: fit
                for side, one in bare.items()
                if (fit := self._fit(document, side, one, found)) is not None
            }
            if fits and len(fits) == len(bare):
                return self._settled(document, fits)
            if fits and partly is None:
                partly = Place(document, fits)
        return self._settled(partly.document, partly.fits) if partly else None

    def _settled(self, document: Document, fits: Mapping[Side, Fit]) -> Place:
        self._last = document.id
        for side, fit in fits.items():
            self._ends[document.id, side] = fit.end
        return Place(document, fits)

    def _order(self, name: str) -> list[str]:
        ids = self._session.document_ids
        first = [one for one in (name, self._last) if one in ids]
        return list(dict.fromkeys((*first, *ids)))

    def _known(self, document: Document, side: Side) -> _Bare:
        known = self._bare.get((document.id, side))
        if known is None:
            known = self._bare[document.id, side] = _Bare(document.text(side))
        return known

    def _fit(self, document: Document, side: Side, bare: _Bare, found: Found) -> Fit | None:
        known = self._known(document, side)
        if known.bare == bare.bare:
            return Fit(bare, known.places)
        if any(document.pairs.row_of(pair.id) is not None for pair in found.pairs):
            places = list(self._by_rows(document, side, known, found))
            if len(places) == len(bare.places) and any(place != _NOWHERE for place in places):
                return Fit(bare, places)
        behind = bisect_left(known.places, self._ends.get((document.id, side), 0))
        first = self._first(document, side, bare.bare, behind, whole=len(found.pairs) > 1)
        return Fit(bare, known.places[first : first + len(bare.places)]) if first >= 0 else None

    def _first(self, document: Document, side: Side, said: str, behind: int, *, whole: bool) -> int:
        """Where a text stands first behind a place, else first of all; as whole sentences if it can be, or
        must be: several sentences that stand there by chance are better looked for one by one."""
        text = self._known(document, side).bare
        starts, ends = self._edges_of(document, side)
        somewhere = _NOWHERE
        for start in _occurrences(text, said, behind):
            if start in starts and start + len(said) in ends:
                return start
            if somewhere < 0 and not whole:
                somewhere = start
        return somewhere

    def _edges_of(self, document: Document, side: Side) -> tuple[frozenset[int], frozenset[int]]:
        """Where sentences start and end in the text without its white space."""
        edges = self._edges.get((document.id, side))
        if edges is None:
            places = self._known(document, side).places
            segments = [segment for pair in document.pairs for segment in pair.segments(side)]
            starts = frozenset(bisect_left(places, start) for start, _ in segments)
            edges = starts, frozenset(bisect_left(places, end) for _, end in segments)
            self._edges[document.id, side] = edges
        return edges

    def _by_rows(self, document: Document, side: Side, known: _Bare, found: Found) -> Iterator[int]:
        """The places of a found text row by row: those of the pair with its id, if that says the same."""
        for pair in found.pairs:
            extent = pair.extent(side)
            if extent is None:
                continue
            said = "".join(found.texts[side][extent[0] : extent[1]].split())
            row = document.pairs.row_of(pair.id)
            here = document.pairs[row].extent(side) if row is not None else None
            first = bisect_left(known.places, here[0]) if here else _NOWHERE
            if here and known.bare.startswith(said, first):
                yield from known.places[first : first + len(said)]
            else:
                yield from [_NOWHERE] * len(said)


def _occurrences(text: str, said: str, behind: int) -> Iterator[int]:
    """Where a text stands in another: behind a place in order, then before it."""
    start = text.find(said, behind)
    while start >= 0:
        yield start
        start = text.find(said, start + 1)
    start = text.find(said)
    while 0 <= start < behind:
        yield start
        start = text.find(said, start + 1)
