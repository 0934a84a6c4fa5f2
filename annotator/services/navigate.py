"""Where the caret goes: pure movement by character, word, sentence, pair, and from span to span.

A caret that stands where one row ends and the next begins without a space between belongs to the next row;
the moving end of a selection belongs to the row that the selection comes from.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Literal

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit
from annotator.core.pair import Segment
from annotator.core.span import Side, Span, other
from annotator.services.annotate import bare
from annotator.services.cursor import Cursor

if TYPE_CHECKING:
    from annotator.language.words import Words

Unit = Literal["char", "word", "sentence", "pair", "line-edge", "document"]

_ZWJ = "\u200d"


def move(
    document: Document, cursor: Cursor, unit: Unit, direction: int, *, extend: bool = False, words: Words
) -> Cursor:
    """The cursor one `unit` back (`direction` -1) or forward (+1); `extend` keeps the anchor.

    A move by character or word works on one row's text and goes on in the next row at its edge. Without
    `extend`, a move by character over a selection goes to that edge of it. By sentence and by pair the caret
    goes from start to start; with `extend`, forward, from end to end.
    """
    if document.pairs.row_at(cursor.side, cursor.offset) < 0:
        return cursor
    if unit == "char" and cursor.selection and not extend:
        return Cursor.at(cursor.side, cursor.selection[0 if direction < 0 else 1])
    forward = direction > 0
    if unit == "line-edge":
        offset = _line_edge(document, cursor, forward)
    elif unit == "document":
        offset = _document_edge(document, cursor, forward)
    elif unit in ("sentence", "pair"):
        offset = _block(document, cursor, unit, forward, extend)
    else:
        step = _Step(document, cursor.side, unit, words)
        offset = step.forward(cursor.offset) if forward else step.back(cursor.offset)
    return cursor.moved(offset, extend=extend)


def counterpart(document: Document, cursor: Cursor, *, words: Words) -> Cursor:
    """A caret on the other side, at the start of the word at the same proportion of the pair.

    Where the other side of the pair is empty, in the row nearest; where it has no text, the cursor stays.
    """
    side = other(cursor.side)
    row = row_of(document, cursor)
    if row < 0:
        return cursor
    here, there = document.pairs[row].extent(cursor.side), document.pairs[row].extent(side)
    if there is None:
        near = _nearest(document, row, side)
        extent = document.pairs[near].extent(side) if near is not None else None
        if near is None or extent is None:
            return cursor
        return Cursor.at(side, extent[0] if near > row else extent[1])
    if here is None:
        return Cursor.at(side, there[0])
    here, there = _narrowed(document, row, cursor)
    share = (min(max(cursor.offset, here[0]), here[1]) - here[0]) / (here[1] - here[0])
    place = int(share * (there[1] - there[0]))
    text = document.text(side)[there[0] : there[1]]
    cuts = [cut for cut in words.spans(text, side) if not text[slice(*cut)].isspace()]
    # Where the next row follows without a space, the end of this one is that one's start.
    last = len(text) if document.pairs.row_at(side, there[1]) == row else cuts[-1][0]
    return Cursor.at(side, there[0] + next((start for start, end in cuts if place < end), last))


def _narrowed(document: Document, row: int, cursor: Cursor) -> tuple[Segment, Segment]:
    """The stretches that correspond around the caret: sentence to sentence if they are as many, else all."""
    pair = document.pairs[row]
    here, there = pair.segments(cursor.side), pair.segments(other(cursor.side))
    if len(here) != len(there):
        return (here[0][0], here[-1][1]), (there[0][0], there[-1][1])
    index = max(0, sum(start <= cursor.offset for start, _ in here) - 1)
    return here[index], there[index]


def next_span(document: Document, cursor: Cursor, selected: str | None = None) -> Span | None:
    """The first span of the cursor's side at or behind the caret; of a `selected` span, the one after it."""
    span = _selected(document, cursor, selected)
    if span is None:
        return document.spans.after(cursor.side, cursor.offset - 1)
    twins = _starting_with(document, span)
    behind = twins[twins.index(span) + 1 :]
    return behind[0] if behind else document.spans.after(span.side, span.start)


def previous_span(document: Document, cursor: Cursor, selected: str | None = None) -> Span | None:
    """The last span of its side that starts before the caret; of a `selected` one, its forerunner."""
    span = _selected(document, cursor, selected)
    if span is None:
        return document.spans.before(cursor.side, cursor.offset)
    twins = _starting_with(document, span)
    ahead = twins[: twins.index(span)]
    return ahead[-1] if ahead else document.spans.before(span.side, span.start)


def nudged(
    document: Document, span: Span, unit: Unit, direction: int, *, at_start: bool, words: Words
) -> tuple[int, int] | None:
    """The span's range with one edge moved by a character or a word, on to the next that is not a space.

    None if nothing of the span would be left, or the edge cannot go further.
    """
    text = document.text(span.side)
    edge = span.start if at_start else span.end
    while True:
        moved = move(document, Cursor.at(span.side, edge), unit, direction, words=words).offset
        if moved == edge:
            return None
        edge = moved
        start, end = (edge, span.end) if at_start else (span.start, edge)
        inner = bare(text, start, end) if start < end else None
        if inner != (span.start, span.end):
            return inner


def spans_at(document: Document, side: Side, offset: int) -> list[Span]:
    """The spans that cover the character at `offset`, innermost first."""
    found = document.spans.overlapping(side, offset, offset + 1)
    return sorted(found, key=lambda span: (span.end - span.start, -span.start, span.label, span.id))


def next_open_row(document: Document, row: int) -> int | None:
    """The next row behind `row` that is not done, from the top again if need be; None if all are done."""
    rows = chain(range(row + 1, len(document.pairs)), range(min(row + 1, len(document.pairs))))
    return next((place for place in rows if document.pairs[place].id not in document.done), None)


def next_doubtful_row(document: Document, row: int, direction: Literal[-1, 1]) -> int | None:
    """The nearest doubtful row behind or before `row`, beyond the end from the other one; None if there is
    none. It is `row` itself only if that alone is doubtful."""
    rows = document.pairs.doubtful
    if not rows:
        return None
    if direction > 0:
        return rows[bisect_right(rows, row) % len(rows)]
    return rows[bisect_left(rows, row) - 1]


def place_of(document: Document, part: DocumentEdit) -> Cursor | None:
    """Where to look to see what `part` has just changed; None if that stands nowhere in the text."""
    if part.text is not None:
        return Cursor.at(part.text.side, part.text.at + len(part.text.after))
    for change in part.spans:
        span = change.after or change.before
        if span is not None:
            return Cursor.at(span.side, span.start)
    for link in part.links:
        end = link.after or link.before
        span = document.spans.get(end.a) if end is not None else None
        if span is not None:
            return Cursor.at(span.side, span.start)
    row = part.pairs.at if part.pairs else document.pairs.row_of(part.done[0].pair) if part.done else None
    if row is None or not 0 <= row < len(document.pairs):
        return None
    side: Side = "zh" if document.pairs[row].zh else "en"
    return Cursor.at(side, document.pairs[row].segments(side)[0][0])


def row_of(document: Document, cursor: Cursor) -> int:
    """The row that the caret is in; -1 if there is none."""
    back = 1 if cursor.offset > cursor.anchor else 0
    return document.pairs.row_at(cursor.side, cursor.offset - back)


def next_cluster(text: str, offset: int) -> int:
    """The end of the character as a reader sees it (base, marks, emoji sequence) that starts at `offset`."""
    if offset >= len(text):
        return len(text)
    flags = _is_flag(text[offset])
    end = offset + 1
    while end < len(text):
        if flags and _is_flag(text[end]):
            flags = False
        elif not _joins(text, end):
            break
        end += 1
    return end


def previous_cluster(text: str, offset: int) -> int:
    """The start of the character as a reader sees it that ends at, or holds, `offset`."""
    start = min(offset, len(text)) - 1
    while start > 0 and (_joins(text, start) or (_is_flag(text[start]) and _is_flag(text[start - 1]))):
        start -= 1
    start = max(start, 0)
    while (end := next_cluster(text, start)) < min(offset, len(text)):
        start = end
    return start


def _joins(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to the one before it."""
    character = text[at]
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == _ZWJ
        or text[at - 1] == _ZWJ
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


class _Step:
    """One step by character or word within a row, and over its edge."""

    def __init__(self, document: Document, side: Side, unit: Unit, words: Words) -> None:
        self._document = document
        self._side = side
        self._by_word = unit == "word"
        self._words = words

    def forward(self, offset: int) -> int:
        row = self._document.pairs.row_at(self._side, offset)
        start, end = self._extent(row)
        if offset < start:
            return start
        if offset >= end:
            behind = _neighbour(self._document, row, self._side, 1)
            return max(offset, end) if behind is None else self._extent(behind)[0]
        text = self._document.text(self._side)[start:end]
        if self._by_word:
            return start + self._words.next_boundary(text, offset - start, self._side)
        return start + next_cluster(text, offset - start)

    def back(self, offset: int) -> int:
        row = self._document.pairs.row_at(self._side, offset)
        start, end = self._extent(row)
        if offset > end:
            return end
        if offset <= start:
            ahead = _neighbour(self._document, row, self._side, -1)
            if ahead is None:
                return min(offset, start)
            start, end = self._extent(ahead)
            if end < offset:
                return end
        text = self._document.text(self._side)[start:end]
        if self._by_word:
            return start + self._words.previous_boundary(text, offset - start, self._side)
        return start + previous_cluster(text, offset - start)

    def _extent(self, row: int) -> Segment:
        return self._document.pairs[row].extent(self._side) or (0, 0)


def _line_edge(document: Document, cursor: Cursor, forward: bool) -> int:
    row = row_of(document, cursor)
    extent = document.pairs[row].extent(cursor.side)
    return extent[1 if forward else 0] if extent else cursor.offset


def _document_edge(document: Document, cursor: Cursor, forward: bool) -> int:
    text = document.text(cursor.side)
    row = document.pairs.row_at(cursor.side, len(text) if forward else 0)
    extent = document.pairs[row].extent(cursor.side)
    return extent[1 if forward else 0] if extent else cursor.offset


def _block(document: Document, cursor: Cursor, unit: Unit, forward: bool, extend: bool) -> int:
    """The edge of a sentence or pair to which the caret goes."""
    row = document.pairs.row_at(cursor.side, cursor.offset)
    rows = (_neighbour(document, row, cursor.side, -1), row, _neighbour(document, row, cursor.side, 1))
    blocks: list[Segment] = []
    for near in rows:
        pair = document.pairs[near] if near is not None else None
        extent = pair.extent(cursor.side) if pair else None
        if pair and extent:
            blocks += pair.segments(cursor.side) if unit == "sentence" else [extent]
    if not forward:
        return max((start for start, _ in blocks if start < cursor.offset), default=cursor.offset)
    edges = [end if extend else start for start, end in blocks]
    last = blocks[-1][1] if blocks else cursor.offset
    return min((edge for edge in edges if edge > cursor.offset), default=max(last, cursor.offset))


def _neighbour(document: Document, row: int, side: Side, direction: int) -> int | None:
    """The nearest row in one direction that has text on `side`."""
    row += direction
    while 0 <= row < len(document.pairs):
        if document.pairs[row].segments(side):
            return row
        row += direction
    return None


def _nearest(document: Document, row: int, side: Side) -> int | None:
    ahead, behind = (_neighbour(document, row, side, direction) for direction in (-1, 1))
    if ahead is None or behind is None:
        return behind if ahead is None else ahead
    return behind if behind - row <= row - ahead else ahead


def _selected(document: Document, cursor: Cursor, selected: str | None) -> Span | None:
    span = document.spans.get(selected) if selected else None
    return span if span is not None and span.side == cursor.side else None


def _starting_with(document: Document, span: Span) -> list[Span]:
    near = document.spans.overlapping(span.side, span.start, span.start + 1)
    return [one for one in near if one.start == span.start]
