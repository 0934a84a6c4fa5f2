"""Documents as texts, for formats whose items have one text each.

`document`: each side is one text. `pair`: each side of each pair is one. `interleaved`: a document is one
text in which the Chinese of a pair is followed by its English, so that links across the sides lie within it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.core.document import Document
from annotator.core.span import SIDES, Link, Side, Span
from annotator.formats.choices import Layout
from annotator.formats.losses import Losses
from annotator.formats.records import checked_spans, ordered_links

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A span in a passage: where its parts, mostly one, lie in the text. `whole` if nothing lies outside."""

    span: Span
    parts: tuple[Range, ...]
    whole: bool = True


@dataclass(slots=True)
class Passage:
    """One text: `side` is None if it holds both, `row` None if it is not one pair's."""

    document: Document
    side: Side | None
    row: int | None
    text: str
    spans: list[Placed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def key(self) -> str:
        """A name for it that is unique in the corpus."""
        parts = [self.document.id]
        if self.row is not None:
            parts.append(f"{self.row + 1:05d}")
        if self.side is not None:
            parts.append(self.side)
        return ".".join(parts)


def passages(
    document: Document,
    layout: Layout,
    sides: tuple[Side, ...] = SIDES,
    losses: Losses | None = None,
    *,
    links: bool = True,
    parts: bool = True,
) -> list[Passage]:
    """The passages of a document in text order; `links` says whether links are laid into them
    too, `parts` whether a span in several parts counts as a loss.

    Raises:
        Conflict: if a span does not quote the text at its place.
    """
    losses = losses or Losses()
    if layout == "document":
        made = list(_whole(document, sides))
    elif layout == "pair":
        made = list(_rows(document, sides, losses))
    else:
        made = [_interleaved(document, sides, losses, parts=parts)]
    if links:
        _place_links(document, made, losses)
    losses.other_side(document, sides)
    return made


def _whole(document: Document, sides: tuple[Side, ...]) -> Iterator[Passage]:
    for side in sides:
        spans = [Placed(span, ((span.start, span.end),)) for span in checked_spans(document, side)]
        if document.text(side):
            yield Passage(document, side, None, document.text(side), spans)


def _rows(document: Document, sides: tuple[Side, ...], losses: Losses) -> Iterator[Passage]:
    rows = {side: [[] for _ in document.pairs] for side in sides}  # type: dict[Side, list[list[Placed]]]
    for side in sides:
        for span in checked_spans(document, side):
            found = list(rows_of(document, span))
            _count_parts(span, len(found), losses)
            for row, start, end, at in found:
                rows[side][row].append(Placed(span, ((start - at, end - at),), len(found) == 1))
    for row in range(len(document.pairs)):
        for side in sides:
            text = document.row_text(row, side)
            if text:
                yield Passage(document, side, row, text, rows[side][row])


def rows_of(document: Document, span: Span) -> Iterator[tuple[int, int, int, int]]:
    """The rows that a span touches: row, start and end of its part there, and where the row's text starts."""
    pairs = document.pairs
    for row in range(max(0, pairs.row_at(span.side, span.start)), len(pairs)):
        extent = pairs[row].extent(span.side)
        if extent is None:
            continue
        if extent[0] >= span.end:
            return
        if extent[1] > span.start:
            yield row, max(span.start, extent[0]), min(span.end, extent[1]), extent[0]


def _interleaved(document: Document, sides: tuple[Side, ...], losses: Losses, *, parts: bool) -> Passage:
    lines: list[str] = []
    places: dict[Side, list[tuple[int, int]]] = {side: [] for side in sides}
    at = 0
    for row in range(len(document.pairs)):
        for side in sides:
            extent = document.pairs[row].extent(side)
            if extent is None:
                continue
            # A line is one side of one pair; a space counts as much as the line end that it stands for.
            line = document.text(side)[extent[0] : extent[1]].replace("\n", " ")
            places[side].append((extent[0], at))
            lines.append(line)
            at += len(line) + 1
    passage = Passage(document, sides[0] if len(sides) == 1 else None, None, "\n".join(lines))
    for side in sides:
        for span in checked_spans(document, side):
            found = _parts(document, span, places[side])
            _count_parts(span, len(found) if parts else bool(found), losses)
            if found:
                passage.spans.append(Placed(span, found))
    passage.spans.sort(key=lambda placed: (placed.parts[0][0], -placed.parts[-1][1], placed.span.order))
    return passage


def _parts(document: Document, span: Span, places: list[tuple[int, int]]) -> tuple[Range, ...]:
    found = []
    for _, start, end, origin in rows_of(document, span):
        _, at = places[bisect_right(places, origin, key=lambda place: place[0]) - 1]
        found.append((start - origin + at, end - origin + at))
    return tuple(found)


def _count_parts(span: Span, count: int, losses: Losses) -> None:
    if not count:
        losses.add("loss.not_in_rows", span.quote)
    elif count > 1:
        losses.add("loss.clipped", span.quote)


def _place_links(document: Document, made: list[Passage], losses: Losses) -> None:
    """Each link goes to the first passage that has both its ends."""
    if not len(document.links):
        return
    holders: dict[str, list[int]] = {}
    for number, passage in enumerate(made):
        for placed in passage.spans:
            holders.setdefault(placed.span.id, []).append(number)
    for link in ordered_links(document):
        both = [number for number in holders.get(link.a, ()) if number in holders.get(link.b, ())]
        if both:
            made[both[0]].links.append(link)
        else:
            losses.add("loss.links_apart")
