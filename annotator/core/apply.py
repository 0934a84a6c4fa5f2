"""Applying an edit to a document, with every rule of the data model checked first."""

from __future__ import annotations

from immutables import Map
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import (
    DismissalChange,
    DocumentEdit,
    LinkChange,
    PairSplice,
    RejectionChange,
    SpanChange,
    TextSplice,
)
from annotator.core.errors import Conflict
from annotator.core.links import LinkTable
from annotator.core.pair import Pair, PairTable
from annotator.core.span import SIDES, Dismissal, Link, Side, Span
from annotator.core.spans import SpanTable

_Changes = tuple[SpanChange, ...] | tuple[RejectionChange, ...]


def apply(document: Document, edit: DocumentEdit) -> Document:
    """`document` after `edit`.

    Raises:
        Conflict: if the edit does not fit the document or would break a rule; it is not changed then.
    """
    text = _texts(document, edit.text)
    spans = _spans(document.spans, edit.spans, edit.text, text)
    links = _links(document.links, spans, edit)
    pairs = _pairs(document.pairs, edit.pairs, edit.text)
    _check_rows(pairs, edit, text)
    if edit.info is not None and edit.info.before != document.info:
        raise Conflict("error.edit_stale", what=document.title)
    return Document(
        id=document.id,
        info=edit.info.after if edit.info else document.info,
        zh=text["zh"],
        en=text["en"],
        pairs=pairs,
        spans=spans,
        links=links,
        done=_done(document.done, pairs, edit),
        rejected=_spans(document.rejected, edit.rejected, edit.text, text),
        dismissed=_dismissed(document.dismissed, edit.dismissed),
    )


def check_quote(span: Span, text: str) -> None:
    """Hold a span against its text.

    Raises:
        Conflict: if it lies outside, is empty, or does not quote the text at its place.
    """
    if not 0 <= span.start < span.end <= len(text):
        raise Conflict("error.span_outside", span=span.id, start=span.start, end=span.end, length=len(text))
    if text[span.start : span.end] != span.quote:
        raise Conflict("error.span_quote", span=span.id, quote=span.quote, text=text[span.start : span.end])
    if not span.label:
        raise Conflict("error.span_label", span=span.id)


def _spans(
    spans: SpanTable, changes: _Changes, splice: TextSplice | None, text: dict[Side, str]
) -> SpanTable:
    if splice is None and not changes:
        return spans
    _check_before(spans, changes)
    removed = [change.before for change in changes if change.before is not None]
    added = [change.after for change in changes if change.after is not None]
    if splice is not None:
        spans, removed = _moved_spans(spans.evolve(removed, ()), splice), []
    for span in added:
        check_quote(span, text[span.side])
    return spans.evolve(removed, added)


def _check_before(spans: SpanTable, changes: _Changes) -> None:
    leaving, entering = set[str](), set[str]()
    for change in changes:
        before, after = change.before, change.after
        if before is not None:
            found = spans.get(before.id)
            if before.id in leaving or (found is not before and found != before):
                raise Conflict("error.edit_stale", what=before.quote)
            leaving.add(before.id)
        if after is not None:
            if after.id in entering:
                raise Conflict("error.span_twice", span=after.id)
            entering.add(after.id)
    for span_id in entering - leaving:
        if span_id in spans:
            raise Conflict("error.span_twice", span=span_id)


def _texts(document: Document, splice: TextSplice | None) -> dict[Side, str]:
    texts: dict[Side, str] = {"zh": document.zh, "en": document.en}
    if splice is None:
        return texts
    old = texts[splice.side]
    if splice.at < 0 or old[splice.at : splice.end] != splice.before:
        raise Conflict("error.edit_stale", what=splice.before)
    texts[splice.side] = old[: splice.at] + splice.after + old[splice.end :]
    return texts


def _moved_spans(spans: SpanTable, splice: TextSplice) -> SpanTable:
    for span in spans.overlapping(splice.side, splice.at, max(splice.end, splice.at + 1)):
        straddles = span.start < splice.at < span.end if not splice.before else True
        if straddles:
            raise Conflict("error.edit_stale", what=span.quote)
    if not splice.shift:
        return spans
    shift = splice.shift
    return spans.moved(
        splice.side, splice.end, lambda span: replace(span, start=span.start + shift, end=span.end + shift)
    )


def _links(links: LinkTable, spans: SpanTable, edit: DocumentEdit) -> LinkTable:
    if edit.links:
        removed = [change.before for change in edit.links if change.before is not None]
        added = [change.after for change in edit.links if change.after is not None]
        _check_link_ids(removed)
        _check_link_ids(added)
        for change in edit.links:
            _check_link(links, spans, change)
        links = links.evolve(removed, added)
    for gone in edit.spans:
        if gone.before is not None and gone.before.id not in spans and links.of(gone.before.id):
            raise Conflict("error.link_dangling", link=links.of(gone.before.id)[0].id)
    return links


def _check_link_ids(links: list[Link]) -> None:
    seen = set[str]()
    for link in links:
        if link.id in seen:
            raise Conflict("error.link_twice", link=link.id)
        seen.add(link.id)


def _check_link(links: LinkTable, spans: SpanTable, change: LinkChange) -> None:
    before, after = change.before, change.after
    if before is not None and links.get(before.id) != before:
        raise Conflict("error.edit_stale", what=before.id)
    if after is None:
        return
    if after.a == after.b or after.a not in spans or after.b not in spans:
        raise Conflict("error.link_dangling", link=after.id)
    if after.id in links and (before is None or before.id != after.id):
        raise Conflict("error.link_twice", link=after.id)


def _pairs(pairs: PairTable, splice: PairSplice | None, text: TextSplice | None) -> PairTable:
    if splice is None and text is None:
        return pairs
    if splice is None:
        raise Conflict("error.edit_stale", what=text.before if text else "")
    end = splice.at + len(splice.before)
    if pairs[splice.at : end] != splice.before:
        raise Conflict("error.edit_stale", what=str(splice.at + 1))
    _check_pair_ids(pairs, splice)
    if text is None or not text.shift:
        return pairs.splice(splice.at, len(splice.before), splice.after)
    behind = (shifted(pair, text.side, text.shift) for pair in pairs[end:])
    return PairTable((*pairs[: splice.at], *splice.after, *behind))


def _check_pair_ids(pairs: PairTable, splice: PairSplice) -> None:
    old = {pair.id for pair in splice.before}
    ids = [pair.id for pair in splice.after]
    if len(set(ids)) != len(ids) or any(pairs.row_of(new) is not None for new in ids if new not in old):
        raise Conflict("error.pair_twice", row=splice.at + 1)


def shifted(pair: Pair, side: Side, by: int) -> Pair:
    """The pair with its segments of `side` moved by `by` code points."""
    moved = tuple((start + by, end + by) for start, end in pair.segments(side))
    return replace(pair, zh=moved) if side == "zh" else replace(pair, en=moved)


def _check_rows(pairs: PairTable, edit: DocumentEdit, text: dict[Side, str]) -> None:
    if edit.pairs is None:
        return
    start, end = edit.pairs.at, edit.pairs.at + len(edit.pairs.after)
    for side in SIDES:
        check_segments(pairs, side, text[side], start, end)


def check_segments(pairs: PairTable, side: Side, text: str, first: int, last: int) -> None:
    """Hold the segments of rows `first` to `last` (half-open) and their neighbours against the text.

    Raises:
        Conflict: if they overlap, are out of order or empty, or leave out a character that is not a space.
    """
    at = _edge(pairs, side, range(first - 1, -1, -1), 1, 0)
    stop = _edge(pairs, side, range(last, len(pairs)), 0, len(text))
    for pair in pairs[first:last]:
        for start, end in pair.segments(side):
            if not at <= start < end <= stop or text[at:start].strip():
                raise Conflict("error.segments", row=first + 1, start=start, end=end)
            at = end
    if text[at:stop].strip():
        raise Conflict("error.segments", row=first + 1, start=at, end=stop)


def _edge(pairs: PairTable, side: Side, rows: range, which: int, default: int) -> int:
    for row in rows:
        extent = pairs[row].extent(side)
        if extent:
            return extent[which]
    return default


def _done(done: Map[str, bool], pairs: PairTable, edit: DocumentEdit) -> Map[str, bool]:
    draft = done.mutate()
    for change in edit.done:
        if (change.pair in draft) != change.before or (change.after and pairs.row_of(change.pair) is None):
            raise Conflict("error.edit_stale", what=change.pair)
        if change.after:
            draft[change.pair] = True
        else:
            draft.pop(change.pair, None)
    for pair in edit.pairs.before if edit.pairs else ():
        if pair.id in draft and pairs.row_of(pair.id) is None:
            raise Conflict("error.edit_stale", what=pair.id)
    return draft.finish()


def _dismissed(dismissed: Map[str, Dismissal], changes: tuple[DismissalChange, ...]) -> Map[str, Dismissal]:
    draft = dismissed.mutate()
    for change in changes:
        known = change.before or change.after
        if known is None or draft.get(known.problem) != change.before:
            raise Conflict("error.edit_stale", what=known.problem if known else "")
        draft.pop(known.problem, None)
        if change.after is not None:
            draft[change.after.problem] = change.after
    return draft.finish()
