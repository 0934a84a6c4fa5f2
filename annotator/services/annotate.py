"""Making, changing and linking spans, and marking rows as done: builders of edits over frozen documents.

Every builder checks what a person asked for and raises an `AnnotatorError` that says what is wrong with it;
what comes back changes nothing until a session does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, DoneChange, Edit, LinkChange, SpanChange
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id, now
from annotator.core.span import MANUAL, Certainty, Link, Side, Source, Span

_QUOTED = 24


def annotate(
    document: Document,
    side: Side,
    start: int,
    end: int,
    label: str,
    *,
    by: str,
    src: Source = MANUAL,
    note: str = "",
    certainty: Certainty = "certain",
    attributes: dict[str, str] | None = None,
) -> Edit:
    """A new span over `[start, end)` of `side`, without the white space at its edges.

    The span is `edit.parts[0].spans[0].after`.

    Raises:
        AnnotatorError: if the range is only white space or outside of the text, the label is empty, or the
            same range has this label already.
    """
    start, end = trimmed(document.text(side), start, end)
    _check_free(document, side, start, end, label)
    span = Span(
        id=new_id(),
        side=side,
        start=start,
        end=end,
        quote=document.text(side)[start:end],
        label=label,
        note=note,
        certainty=certainty,
        attributes=attributes or None,
        src=src,
        by=by,
        at=now(),
    )
    caption = Caption("edit.annotate", {"text": shortened(span.quote), "label": label})
    return one_part(caption, DocumentEdit(doc=document.id, spans=(SpanChange(None, span),)))


def relabel(document: Document, span_ids: Iterable[str], label: str) -> Edit:
    """The spans under another label; those that have it already stay as they are.

    Raises:
        AnnotatorError: if a span does not exist, or its range has the new label already.
    """
    spans = [span for span in spans_of(document, span_ids) if span.label != label]
    for span in spans:
        _check_free(document, span.side, span.start, span.end, label)
    changes = tuple(SpanChange(span, replace(span, label=label, src=_corrected(span.src))) for span in spans)
    args = {"text": shortened(spans[0].quote)} if len(spans) == 1 else {"count": str(len(spans))}
    key = "edit.relabel" if len(spans) == 1 else "edit.relabel_many"
    return one_part(Caption(key, {**args, "label": label}), DocumentEdit(doc=document.id, spans=changes))


def remove(document: Document, span_ids: Iterable[str]) -> Edit:
    """The spans gone, and their links with them.

    Raises:
        AnnotatorError: if a span does not exist.
    """
    spans = spans_of(document, span_ids)
    changes = tuple(SpanChange(span, None) for span in spans)
    key = "edit.remove" if len(spans) == 1 else "edit.remove_many"
    args = {"text": shortened(spans[0].quote)} if len(spans) == 1 else {"count": str(len(spans))}
    part = DocumentEdit(doc=document.id, spans=changes, links=without_links_of(document, spans))
    return one_part(Caption(key, args), part)


def reshape(document: Document, span_id: str, start: int, end: int) -> Edit:
    """The span over another range, without the white space at its edges.

    Raises:
        AnnotatorError: as `annotate` does.
    """
    span = span_of(document, span_id)
    text = document.text(span.side)
    start, end = trimmed(text, start, end)
    if (start, end) == (span.start, span.end):
        return one_part(Caption("edit.reshape"), DocumentEdit(doc=document.id))
    _check_free(document, span.side, start, end, span.label)
    after = replace(span, start=start, end=end, quote=text[start:end], src=_corrected(span.src))
    caption = Caption("edit.reshape", {"text": shortened(after.quote)})
    return one_part(caption, DocumentEdit(doc=document.id, spans=(SpanChange(span, after),)))


def describe(
    document: Document,
    span_id: str,
    *,
    note: str | None = None,
    certainty: Certainty | None = None,
    attributes: dict[str, str] | None = None,
) -> Edit:
    """The span's note, certainty or attributes replaced; None leaves them. Empty attributes are dropped.

    Raises:
        AnnotatorError: if the span does not exist.
    """
    span = span_of(document, span_id)
    after = span
    if note is not None:
        after = replace(after, note=note)
    if certainty is not None:
        after = replace(after, certainty=certainty)
    if attributes is not None:
        kept = {name: value for name, value in attributes.items() if value}
        after = replace(after, attributes=kept or None)
    changes = () if after == span else (SpanChange(span, after),)
    caption = Caption("edit.describe", {"text": shortened(span.quote)})
    return one_part(caption, DocumentEdit(doc=document.id, spans=changes))


def link(
    document: Document, one_id: str, two_id: str, type: str, *, by: str, src: Source = MANUAL, note: str = ""
) -> Edit:
    """A link between two spans; across sides the Chinese one is `a`, within a side the one that comes first.

    Raises:
        AnnotatorError: if a span does not exist, both are the same, or they are linked already.
    """
    one, two = span_of(document, one_id), span_of(document, two_id)
    if one.id == two.id:
        raise AnnotatorError("error.link_self", text=shortened(one.quote))
    if document.links.between(one.id, two.id) is not None:
        raise AnnotatorError("error.link_there", one=shortened(one.quote), two=shortened(two.quote))
    a, b = sorted((one, two), key=lambda span: (span.side != "zh", span.order))
    made = Link(id=new_id(), a=a.id, b=b.id, type=type, note=note, src=src, by=by, at=now())
    caption = Caption("edit.link", {"one": shortened(a.quote), "two": shortened(b.quote)})
    return one_part(caption, DocumentEdit(doc=document.id, links=(LinkChange(None, made),)))


def unlink(document: Document, link_ids: Iterable[str]) -> Edit:
    """The links gone.

    Raises:
        AnnotatorError: if one does not exist.
    """
    links = [_link_of(document, link_id) for link_id in dict.fromkeys(link_ids)]
    key = "edit.unlink" if len(links) == 1 else "edit.unlink_many"
    args = {"count": str(len(links))}
    if len(links) == 1:
        args = {
            "one": shortened(span_of(document, links[0].a).quote),
            "two": shortened(span_of(document, links[0].b).quote),
        }
    changes = tuple(LinkChange(one, None) for one in links)
    return one_part(Caption(key, args), DocumentEdit(doc=document.id, links=changes))


def relink(document: Document, link_id: str, type: str) -> Edit:
    """The link under another type.

    Raises:
        AnnotatorError: if it does not exist.
    """
    before = _link_of(document, link_id)
    changes = () if before.type == type else (LinkChange(before, replace(before, type=type)),)
    return one_part(Caption("edit.relink", {"type": type}), DocumentEdit(doc=document.id, links=changes))


def mark_done(document: Document, rows: Iterable[int], done: bool) -> Edit:
    """The rows marked as done, or as open again; those that are so already stay.

    Raises:
        AnnotatorError: if a row does not exist.
    """
    changed = [row for row in sorted(set(rows)) if is_done(document, row) != done]
    changes = tuple(DoneChange(document.pairs[row].id, not done, done) for row in changed)
    key = "edit.done" if done else "edit.open"
    args = {"row": str(changed[0] + 1)} if len(changed) == 1 else {"count": str(len(changed))}
    if len(changed) != 1:
        key += "_many"
    return one_part(Caption(key, args), DocumentEdit(doc=document.id, done=changes))


def is_done(document: Document, row: int) -> bool:
    """Whether the row is marked as done.

    Raises:
        AnnotatorError: if there is no such row.
    """
    check_row(document, row)
    return document.pairs[row].id in document.done


def check_row(document: Document, row: int) -> None:
    """Hold a row number against the document.

    Raises:
        AnnotatorError: if there is no such row.
    """
    if not 0 <= row < len(document.pairs):
        raise AnnotatorError("error.no_row", row=row + 1, count=len(document.pairs))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its edges.

    Raises:
        AnnotatorError: if it lies outside of the text or nothing is left.
    """
    if not 0 <= start <= end <= len(text):
        raise AnnotatorError("error.range_outside", start=start, end=end, length=len(text))
    inner = bare(text, start, end)
    if inner is None:
        raise AnnotatorError("error.selection_empty")
    return inner


def bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range without the white space at its edges, or None if nothing is left."""
    piece = text[start:end]
    if not piece.strip():
        return None
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def span_of(document: Document, span_id: str) -> Span:
    """The span with this id.

    Raises:
        AnnotatorError: if there is none.
    """
    span = document.spans.get(span_id)
    if span is None:
        raise AnnotatorError("error.no_span", span=span_id)
    return span


def spans_of(document: Document, span_ids: Iterable[str]) -> list[Span]:
    """The spans with these ids, each once.

    Raises:
        AnnotatorError: if one does not exist.
    """
    return [span_of(document, span_id) for span_id in dict.fromkeys(span_ids)]


def without_links_of(document: Document, spans: Sequence[Span]) -> tuple[LinkChange, ...]:
    """The changes that take the links of `spans` away, each link once."""
    links = {one.id: one for span in spans for one in document.links.of(span.id)}
    return tuple(LinkChange(one, None) for one in links.values())


def shortened(text: str) -> str:
    """A quote short enough for a menu entry."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTED else flat[: _QUOTED - 1] + "…"


def one_part(caption: Caption, part: DocumentEdit) -> Edit:
    """An edit of one document."""
    return Edit(caption=caption, parts=(part,))


def _corrected(src: Source) -> Source:
    """Where a span comes from once a person has changed what was suggested."""
    return replace(src, kind="corrected") if src.kind == "accepted" else src


def _link_of(document: Document, link_id: str) -> Link:
    found = document.links.get(link_id)
    if found is None:
        raise AnnotatorError("error.no_link", link=link_id)
    return found


def _check_free(document: Document, side: Side, start: int, end: int, label: str) -> None:
    if not label:
        raise AnnotatorError("error.label_empty")
    for span in document.spans.overlapping(side, start, end):
        if (span.start, span.end, span.label) == (start, end, label):
            raise AnnotatorError("error.already_annotated", text=shortened(span.quote), label=label)
