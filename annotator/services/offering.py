"""The suggestions of one document as far as its rows were asked about, and which of them are still open.

An answer stays until a newer one comes, so that nothing flickers while somebody works; what an edit decides
or makes untrue is left out at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import DocumentEdit
from annotator.core.pair import Pair
from annotator.core.span import SIDE_ORDER, SIDES, Side, Span
from annotator.core.suggestion import Key, Suggestion
from annotator.services.suggesting import Twins, apart, is_open

Place = tuple[int, int, int, int]
"""Where something stands among suggestions, as `order` says."""

_MANY = 500
"""So many changes at once touch the whole document rather than single rows."""


class Question(Struct, frozen=True):
    """Rows that sources are to be asked about, and the document as it is then.

    `asked` are pairs of a pair's id and how often its row had changed.
    """

    document: Document
    rows: tuple[int, ...]
    asked: tuple[tuple[str, int], ...]


class _Answer(Struct, frozen=True, gc=False):
    """What was suggested for a row, which of it belongs together, and where its sides started then."""

    found: tuple[Suggestion, ...]
    twins: dict[Key, Key]
    starts: dict[Side, int]


class Offering:
    """What is suggested in one document. Rows are numbered as the document is now."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._answers: dict[str, _Answer] = {}
        self._fresh: set[str] = set()
        self._changes: dict[str, int] = {}
        self._round = 0
        self._shown: dict[str, tuple[Suggestion, ...]] = {}
        self._long: set[str] = set()

    def unanswered(self, rows: Iterable[int]) -> list[int]:
        """Those of the rows that were not asked about since they changed last."""
        count = len(self.document.pairs)
        return [row for row in rows if 0 <= row < count and self._id(row) not in self._fresh]

    def never_asked(self, rows: Iterable[int]) -> list[int]:
        """Those of the rows about which nothing is known yet."""
        return [row for row in rows if self._id(row) not in self._answers]

    @property
    def complete(self) -> bool:
        """Whether every row was asked about."""
        return len(self._answers) >= len(self.document.pairs)

    def question(self, rows: Iterable[int]) -> Question:
        """The rows as something to ask sources about, in another thread."""
        chosen = tuple(rows)
        asked = tuple((self._id(row), self._count(self._id(row))) for row in chosen)
        return Question(self.document, chosen, asked)

    def take(
        self,
        question: Question,
        answers: Iterable[Sequence[Suggestion]],
        twins: Sequence[Sequence[Twins]] = (),
    ) -> list[int]:
        """Keep the answers to the first rows of a question; those to rows that changed since are dropped.

        Returns:
            The rows at which something else is suggested now.
        """
        changed: set[int] = set()
        several = zip(question.rows, question.asked, answers, strict=False)
        for number, (row, (pair_id, count), found) in enumerate(several):
            now = self.document.pairs.row_of(pair_id)
            if now is None or self._count(pair_id) != count:
                continue
            before = self._reach(now)
            self._fresh.add(pair_id)
            own = tuple(one for one in found if _first_row(question.document, one) >= row)
            joined = twins[number] if number < len(twins) else ()
            both_ways = {one: two for pair in joined for one, two in (pair, pair[::-1])}
            answer = _Answer(own, both_ways, _starts(question.document, row))
            if self._answers.get(pair_id) == answer:
                continue
            self._answers[pair_id] = answer
            self._note_length(pair_id, now)
            self._shown.pop(pair_id, None)
            changed.update(before, self._reach(now))
        return sorted(changed)

    def expire(self) -> None:
        """The sources know more by now: every row is to be asked about again."""
        self._fresh.clear()

    def apply(self, document: Document, part: DocumentEdit) -> list[int] | None:
        """Take an edit over; `document` is as it is after it.

        Returns:
            The rows that it touches; None for all, as after a change of many spans at once.
        """
        before, self.document = self.document, document
        if len(part.spans) + len(part.links) + len(part.rejected) > _MANY and not (part.pairs or part.text):
            self._round += 1
            self._fresh.clear()
            self._shown.clear()
            return None
        if part.info is not None and part.info.before.date != part.info.after.date:
            self._fresh.clear()
        if part.pairs is not None:
            kept = {(pair.id, _shape(pair)) for pair in part.pairs.after}
            self._forget(one.id for one in part.pairs.before if (one.id, _shape(one)) not in kept)
        if part.text is not None:
            self._shown.clear()
        rows = _touched(before, document, part)
        shown = set(rows)
        for row in rows:
            shown.update(self._reach(row))
            pair_id = self._id(row)
            self._changes[pair_id] = self._changes.get(pair_id, 0) + 1
            self._fresh.discard(pair_id)
            self._shown.pop(pair_id, None)
        for pair_id in self._long:
            self._shown.pop(pair_id, None)
        return sorted(shown)

    def _count(self, pair_id: str) -> int:
        """How often a row has changed."""
        return self._round + self._changes.get(pair_id, 0)

    def in_row(self, row: int) -> tuple[Suggestion, ...]:
        """What is open and shown of the answer about a row, in text order, Chinese first.

        Of several that get in each other's way on one side only the surest is shown.
        """
        pair_id = self._id(row)
        found = self._shown.get(pair_id)
        if found is None:
            found = self._shown[pair_id] = tuple(apart(self.all_in_row(row)))
        return found

    def all_in_row(self, row: int) -> list[Suggestion]:
        """All that is open of the answer about a row, the surest first."""
        answer = self._answers.get(self._id(row))
        if answer is None or not answer.found:
            return []
        moved = (_moved(one, answer.starts, self.document, row) for one in answer.found)
        return [one for one in moved if one is not None and is_open(self.document, one)]

    def touching(self, row: int, side: Side) -> list[Suggestion]:
        """The shown suggestions of `side` that have a part in the row, those from rows before included."""
        extent = self.document.pairs[row].extent(side)
        if extent is None:
            return []
        rows = sorted({row, *(near for near in self._long_rows() if near < row)})
        found = (one for near in rows for one in self.in_row(near))
        return [one for one in found if one.side == side and one.start < extent[1] and one.end > extent[0]]

    def step(self, place: Place, direction: int) -> Suggestion | int | None:
        """The next suggestion behind (or, with -1, before) a place.

        Returns:
            A row's number if that was never asked about and lies before the next suggestion; None if there is
            no further suggestion.
        """
        row, last = place[0], len(self.document.pairs)
        while 0 <= row < last:
            if self._id(row) not in self._answers:
                return row
            ordered = sorted(self.in_row(row), key=lambda one: order(self.document, one))
            beyond = [one for one in ordered if (order(self.document, one) > place) == (direction > 0)]
            beyond = [one for one in beyond if order(self.document, one) != place]
            if beyond:
                return beyond[0 if direction > 0 else -1]
            row += direction
        return None

    def for_span(self, span: Span) -> Suggestion | None:
        """What would be linked with a span: a stretch of the other side, or the link that it waits for."""
        row = self.document.row_of_span(span)
        found = self.all_in_row(row) if row >= 0 else []
        here = (span.side, span.start, span.end, span.label)
        return next((one for one in found if one.partner == span.id or one.key == here), None)

    def twin(self, suggestion: Suggestion) -> Suggestion | None:
        """The suggestion of the other side that would be linked with this one, if both are new and open."""
        now = self.mate(suggestion)
        row = self.document.pairs.row_at(suggestion.side, suggestion.start) if now is not None else -1
        return next((one for one in self.in_row(row) if one.key == now), None) if row >= 0 else None

    def mate(self, suggestion: Suggestion) -> Key | None:
        """Where on the other side stands what this one would be linked with, open or decided by now."""
        row = self.document.pairs.row_at(suggestion.side, suggestion.start)
        answer = self._answers.get(self._id(row)) if row >= 0 else None
        if answer is None or not answer.twins or suggestion.partner is not None:
            return None
        then = _keyed(suggestion.key, answer.starts, self.document, row, -1)
        there = answer.twins.get(then) if then is not None else None
        return _keyed(there, answer.starts, self.document, row, 1) if there is not None else None

    def twins_in_row(self, row: int) -> list[Twins]:
        """Those that are shown in a row, each with what it belongs to."""
        found = ((one, self.mate(one)) for one in self.in_row(row))
        return [(one.key, two) for one, two in found if two is not None]

    def made_at(self, key: Key) -> Suggestion | None:
        """What is shown of this place and label now, with or without a partner."""
        side, start, _, _ = key
        row = self.document.pairs.row_at(side, start)
        return next((one for one in self.in_row(row) if one.key == key), None) if row >= 0 else None

    def still(self, suggestion: Suggestion) -> Suggestion | None:
        """The suggestion as it is now, if it is still made and open; else None."""
        row = self.document.pairs.row_at(suggestion.side, suggestion.start)
        rows = {row, *self._long_rows()} - {-1}
        found = (one for near in rows for one in self.all_in_row(near))
        same = suggestion.key, suggestion.partner
        return next((one for one in found if (one.key, one.partner) == same), None)

    def _id(self, row: int) -> str:
        return self.document.pairs[row].id

    def _long_rows(self) -> list[int]:
        """The rows whose answers run on into rows behind them."""
        rows = (self.document.pairs.row_of(pair_id) for pair_id in self._long)
        return [row for row in rows if row is not None]

    def _forget(self, pair_ids: Iterable[str]) -> None:
        for pair_id in pair_ids:
            self._answers.pop(pair_id, None)
            self._shown.pop(pair_id, None)
            self._fresh.discard(pair_id)
            self._long.discard(pair_id)
            self._changes[pair_id] = self._changes.get(pair_id, 0) + 1

    def _note_length(self, pair_id: str, row: int) -> None:
        extents = {side: self.document.pairs[row].extent(side) for side in SIDES}
        last = {side: extent[1] if extent else 0 for side, extent in extents.items()}
        self._long.discard(pair_id)
        if any(one.end > last[one.side] for one in self.all_in_row(row)):
            self._long.add(pair_id)

    def _reach(self, row: int) -> range:
        """The rows in which something of the answer about a row is shown."""
        if self._id(row) not in self._long:
            return range(row, row + 1)
        ends = (self.document.pairs.row_at(one.side, one.end - 1) for one in self.in_row(row))
        return range(row, max(ends, default=row) + 1)


def order(document: Document, suggestion: Suggestion) -> Place:
    """The key by which suggestions follow one another: row by row, in a row the Chinese side first."""
    row = document.pairs.row_at(suggestion.side, suggestion.start)
    return row, SIDE_ORDER[suggestion.side], suggestion.start, -suggestion.end


def _first_row(document: Document, suggestion: Suggestion) -> int:
    """The row about which one must ask to be offered it; asked about later rows, sources may repeat it."""
    partner = document.spans.get(suggestion.partner) if suggestion.partner else None
    if partner is not None:
        return document.row_of_span(partner)
    return document.pairs.row_at(suggestion.side, suggestion.start)


def _starts(document: Document, row: int) -> dict[Side, int]:
    pair = document.pairs[row]
    return {side: pair.segments(side)[0][0] for side in SIDES if pair.segments(side)}


def _keyed(key: Key, starts: dict[Side, int], document: Document, row: int, direction: int) -> Key | None:
    """The key as it is now, or (with -1) as it was when the row was asked about."""
    side, start, end, label = key
    now, then = document.pairs[row].extent(side), starts.get(side)
    if now is None or then is None:
        return None
    shift = direction * (now[0] - then)
    return side, start + shift, end + shift, label


def _moved(
    suggestion: Suggestion, starts: dict[Side, int], document: Document, row: int
) -> Suggestion | None:
    """The suggestion where it is now that text before its row was corrected."""
    now = document.pairs[row].extent(suggestion.side)
    then = starts.get(suggestion.side)
    if now is None or then is None:
        return None
    shift = now[0] - then
    if not shift:
        return suggestion
    return replace(suggestion, start=suggestion.start + shift, end=suggestion.end + shift)


def _shape(pair: Pair) -> tuple[object, ...]:
    """The pair's sentences, wherever in the text they stand."""
    bases = {side: pair.segments(side)[0][0] for side in SIDES if pair.segments(side)}
    return tuple(
        (side, start - bases[side], end - bases[side]) for side in bases for start, end in pair.segments(side)
    )


def _touched(before: Document, after: Document, part: DocumentEdit) -> list[int]:
    """The rows, as they are now, about which sources may say something else after an edit."""
    rows: set[int] = set()
    spans = [one for change in part.spans for one in (change.before, change.after) if one]
    spans += [one for change in part.rejected for one in (change.before, change.after) if one]
    for link in (one for change in part.links for one in (change.before, change.after) if one):
        ends = (after.spans.get(end) or before.spans.get(end) for end in (link.a, link.b))
        spans.extend(end for end in ends if end is not None)
    for span in spans:
        rows.update(range(after.row_of_span(span), after.pairs.row_at(span.side, span.end - 1) + 1))
    if part.text is not None:
        rows.add(after.pairs.row_at(part.text.side, part.text.at))
    if part.pairs is not None:
        kept = {(pair.id, _shape(pair)) for pair in part.pairs.before}
        made = enumerate(part.pairs.after, part.pairs.at)
        rows.update(row for row, pair in made if (pair.id, _shape(pair)) not in kept)
    return sorted(row for row in rows if 0 <= row < len(after.pairs))
