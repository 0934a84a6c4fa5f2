"""Correcting a typing mistake in the text: spans and sentences move with it, and the change is recorded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec.structs import replace

from annotator.core.document import Correction, Document, digest
from annotator.core.edits import (
    Caption,
    DocumentEdit,
    DoneChange,
    Edit,
    InfoChange,
    PairSplice,
    RejectionChange,
    SpanChange,
    TextSplice,
)
from annotator.core.errors import AnnotatorError
from annotator.core.ids import now
from annotator.core.pair import Pair, Segment
from annotator.core.span import Rejection, Side, Span
from annotator.core.spans import SpanTable
from annotator.services.annotate import bare, one_part, shortened, without_links_of

_FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
_DIFFED = 2000


def correct_text(document: Document, side: Side, start: int, end: int, new: str, *, by: str) -> Edit:
    """`new` in place of the text `[start, end)` of `side`; an empty range inserts.

    A span over exactly the range, or over more, covers the new text as well; so does one at whose edge
    letters are inserted that make one English word with it. Spans within keep their place as the two texts
    are alike; spans over an edge are clipped there. A span that is left without text is
    removed with its links. Sentences that are left without text vanish, empty rows too. The change is
    recorded in `info.corrections`.

    Raises:
        AnnotatorError: if the range lies outside of the text or runs over a line end, the new text has line
            breaks or control characters, or there is no sentence to which it could belong.
    """
    text = document.text(side)
    _check(text, start, end, new)
    old = text[start:end]
    caption = Caption("edit.correct_text", {"before": shortened(old), "after": shortened(new)})
    if old == new:
        return one_part(caption, DocumentEdit(doc=document.id))
    after = text[:start] + new + text[end:]
    splice = TextSplice(side, start, old, new)
    mended = _Mended(splice, after)
    rows, done = _rows(document, mended)
    spans = tuple(SpanChange(*change) for change in _spans(document.spans, document, mended))
    gone = [change.before for change in spans if change.before and not change.after]
    record = Correction(side=side, at=start, before=old, after=new, sha256=digest(text), by=by, when=now())
    info = replace(document.info, corrections=(*document.info.corrections, record))
    part = DocumentEdit(
        doc=document.id,
        text=splice,
        pairs=rows,
        spans=spans,
        links=without_links_of(document, gone),
        done=done,
        info=InfoChange(document.info, info),
        rejected=tuple(RejectionChange(*change) for change in _rejections(document, mended)),
    )
    return one_part(caption, part)


def _check(text: str, start: int, end: int, new: str) -> None:
    if not 0 <= start <= end <= len(text):
        raise AnnotatorError("error.range_outside", start=start, end=end, length=len(text))
    if "\n" in text[start:end]:
        raise AnnotatorError("error.correct_lines")
    for character in new:
        if unicodedata.category(character) in _FORBIDDEN:
            raise AnnotatorError("error.correct_control", code=f"U+{ord(character):04X}")


class _Mended:
    """Where offsets of the old text lie in the new one."""

    def __init__(self, splice: TextSplice, text: str) -> None:
        self.splice = splice
        self.text = text
        self.new_end = splice.at + len(splice.after)
        self._codes = _opcodes(splice.before, splice.after)

    def start(self, offset: int) -> int:
        """The new place of a span's start."""
        if offset < self.splice.at:
            return offset
        offset -= self.splice.at
        for old, old_end, new, new_end in self._codes:
            if old <= offset < old_end:
                return self.splice.at + new + (offset - old) * (new_end - new) // (old_end - old)
        return self.new_end

    def end(self, offset: int) -> int:
        """The new place of a span's end."""
        if offset > self.splice.end:
            return offset + self.splice.shift
        offset -= self.splice.at
        for old, old_end, new, new_end in self._codes:
            if old < offset <= old_end:
                # Upwards, so that a span over a replaced stretch never comes out empty.
                return self.splice.at + new - ((old - offset) * (new_end - new) // (old_end - old))
        return self.splice.at


def _opcodes(old: str, new: str) -> list[tuple[int, int, int, int]]:
    if len(old) * len(new) > _DIFFED * _DIFFED:
        return [(0, len(old), 0, len(new))]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old_start, old_end, new_start, new_end) for _, old_start, old_end, new_start, new_end in codes]


def _spans(spans: SpanTable, document: Document, mended: _Mended) -> Iterator[tuple[Span, Span | None]]:
    """The spans of a table that the change touches, before and after it."""
    splice = mended.splice
    for span in spans.overlapping(splice.side, splice.at - 1, max(splice.end, splice.at) + 1):
        if _concerned(span, splice, document):
            yield span, _mended_span(span, mended)


def _rejections(document: Document, mended: _Mended) -> Iterator[tuple[Rejection, Rejection | None]]:
    for before, after in _spans(document.rejected, document, mended):
        if isinstance(before, Rejection):
            yield before, after if isinstance(after, Rejection) else None


def _concerned(span: Span, splice: TextSplice, document: Document) -> bool:
    """Whether the span itself changes; one that only touches the place moves or stays as a whole."""
    at, text = splice.at, document.text(splice.side)
    if splice.before:
        return span.start < splice.end and span.end > at
    if span.start < at < span.end:
        return True
    if splice.side != "en":
        return False
    if span.end == at:
        return text[at - 1].isalnum() and splice.after[0].isalnum()
    return span.start == at and text[at].isalnum() and splice.after[-1].isalnum()


def _mended_span(span: Span, mended: _Mended) -> Span | None:
    splice = mended.splice
    if span.start <= splice.at and splice.end <= span.end:
        start, end = span.start, span.end + splice.shift
    else:
        start, end = mended.start(span.start), mended.end(span.end)
    inner = bare(mended.text, start, end)
    if inner is None:
        return None
    return replace(span, start=inner[0], end=inner[1], quote=mended.text[inner[0] : inner[1]])


def _rows(document: Document, mended: _Mended) -> tuple[PairSplice, tuple[DoneChange, ...]]:
    side, pairs = mended.splice.side, document.pairs
    first = pairs.row_at(side, mended.splice.at)
    if first < 0 or not pairs[first].segments(side):
        raise AnnotatorError("error.no_sentence")
    before = pairs[first : _behind(document, mended.splice)]
    segments = _segments(before, mended)
    after = [_with_side(pair, side, tuple(segments.get(index, ()))) for index, pair in enumerate(before)]
    kept = tuple(pair for pair in after if pair.zh or pair.en)
    ids = {pair.id for pair in kept}
    gone = (pair.id for pair in before if pair.id not in ids and pair.id in document.done)
    return PairSplice(first, before, kept), tuple(DoneChange(pair_id, True, False) for pair_id in gone)


def _behind(document: Document, splice: TextSplice) -> int:
    """The end of the rows that the change can touch: one more with a sentence, which may take new text in."""
    row = document.pairs.row_at(splice.side, splice.end) + 1
    while row < len(document.pairs) and not document.pairs[row].segments(splice.side):
        row += 1
    return min(row + 1, len(document.pairs))


def _with_side(pair: Pair, side: Side, segments: tuple[Segment, ...]) -> Pair:
    return replace(pair, zh=segments) if side == "zh" else replace(pair, en=segments)


def _segments(pairs: tuple[Pair, ...], mended: _Mended) -> dict[int, list[Segment]]:
    """The new segments by row; together they cover all text but white space."""
    splice = mended.splice
    owned = [(index, one) for index, pair in enumerate(pairs) for one in pair.segments(splice.side)]
    home = _home([segment for _, segment in owned], splice, mended.text)
    found: dict[int, list[Segment]] = {}
    for number, (index, segment) in enumerate(owned):
        low, high = _kept(segment, mended)
        if number == home:
            low, high = min(low, splice.at), max(high, mended.new_end)
        inner = bare(mended.text, low, high)
        if inner is not None:
            found.setdefault(index, []).append(inner)
    return found


def _kept(segment: Segment, mended: _Mended) -> Segment:
    """What is left of a segment without the replaced text, in new offsets."""
    splice, (start, end) = mended.splice, segment
    if end <= splice.at:
        return segment
    low = start + splice.shift if start >= splice.end else start if start < splice.at else mended.new_end
    return low, end + splice.shift if end >= splice.end else splice.at


def _home(segments: list[Segment], splice: TextSplice, text: str) -> int:
    """Which segment takes the new text: the one it falls into, else the one before it in its line."""
    for number, (start, end) in enumerate(segments):
        if start < max(splice.end, splice.at + 1) and end > splice.at:
            return number
    before = max((number for number, (_, end) in enumerate(segments) if end <= splice.at), default=None)
    if before is None:
        return 0
    # An insertion between two lines belongs to the line on which it stands.
    starts_line = "\n" in text[segments[before][1] : splice.at]
    behind = text.find("\n", splice.at)
    follows = before + 1 < len(segments) and not 0 <= behind < segments[before + 1][0] + splice.shift
    return before + 1 if starts_line and follows else before
