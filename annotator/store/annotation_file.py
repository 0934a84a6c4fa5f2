"""`annotations/<annotator>/<doc>.jsonl`: what one annotator marked in one document, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from immutables import Map
from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from annotator.core.apply import check_quote
from annotator.core.document import Document, Info
from annotator.core.errors import AnnotatorError
from annotator.core.links import LinkTable
from annotator.core.span import MANUAL, SIDE_ORDER, Dismissal, Link, Rejection, Side, Source, Span
from annotator.core.spans import SpanTable
from annotator.store.fields import Json, is_newer, known_fields, split

FORMAT = "bitext-annotations/1"
_CHUNK = 1 << 20
_LARGE = 16 << 20


class Head(Struct, tag_field="t", tag="head", forbid_unknown_fields=True, omit_defaults=False, kw_only=True):
    """The first line: what the file belongs to, and the digests of the texts that it was made on."""

    format: str
    doc: str
    annotator: str
    sha256: dict[str, str]
    status: str = "open"
    extra: Json | None = None


class Done(Struct, tag_field="t", tag="done", forbid_unknown_fields=True, gc=False):
    """A pair that is done."""

    pair: str


_Record = Head | Span | Link | Done | Rejection | Dismissal
_DECODER = msgspec.json.Decoder(_Record)
_KINDS: dict[str, type[Struct]] = {
    "head": Head,
    "span": Span,
    "link": Link,
    "done": Done,
    "rejected": Rejection,
    "dismissed": Dismissal,
}
_SOURCE = known_fields(Source)


class Damage(Struct, frozen=True):
    """A line that cannot be used: its number from 1, its bytes as they were, and why."""

    line: int
    raw: bytes
    why: AnnotatorError


class AnnotationFile(Struct):
    """What a file of annotations holds.

    `unknown` are lines of newer versions, each with the section that it follows.
    """

    head: Head | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    done: dict[str, bool] = field(default_factory=dict)
    rejected: dict[str, Rejection] = field(default_factory=dict)
    dismissed: dict[str, Dismissal] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)
    newer: bool = False
    ordered: bool = True

    def span_table(self) -> SpanTable:
        """The spans as a table."""
        return SpanTable.ordered_of(self.spans) if self.ordered else SpanTable(self.spans.values())

    def link_table(self) -> LinkTable:
        """The links as a table."""
        return LinkTable(self.links.values())

    def laid_on(self, document: Document) -> Document:
        """`document` with all that the file holds but the annotator's part of its record."""
        return document.evolve(
            spans=self.span_table(),
            links=self.link_table(),
            done=Map(self.done),
            rejected=SpanTable(self.rejected.values()),
            dismissed=Map(self.dismissed),
        )

    def note_in(self, info: Info) -> Info:
        """`info` with the annotator's own part of it."""
        if self.head is None:
            return info
        extra: Json = {}
        if self.head.extra or self.head.format != FORMAT:
            extra["head"] = {**({"format": self.head.format} if self.head.format != FORMAT else {})}
            extra["head"] |= self.head.extra or {}
        if self.unknown:
            extra["lines"] = [list(one) for one in self.unknown]
        status = "done" if self.head.status == "done" else "open"
        return replace(info, status=status, annotation_extra=extra or None)


Texts = Callable[[Head | None], dict[Side, str]]
"""Gives the texts that a file was made on, by the digests in its head; without one, those of today."""


def read(path: Path, texts: Texts) -> AnnotationFile:
    """Read a file of annotations and hold every line against the text.

    A line that cannot be used is named in `damaged`; the others stay usable.

    Raises:
        AnnotatorError: if the file cannot be read at all.
    """
    try:
        reader = _Reader(texts, share=path.stat().st_size > _LARGE)
        for first, chunk in _chunks(path):
            reader.take(first, chunk)
        if reader.doubled:
            reader = _Reader(texts, share=False, careful=True)
            for first, chunk in _chunks(path):
                reader.take(first, chunk)
        return reader.finish(path)
    except OSError as error:
        raise AnnotatorError("error.unreadable", path=path, reason=error.strerror or str(error)) from error


def _chunks(path: Path) -> Iterator[tuple[int, bytes]]:
    line, rest = 1, b""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            cut = piece.rfind(b"\n") + 1
            if not cut:
                rest += piece
                continue
            chunk = rest + piece[:cut]
            rest = piece[cut:]
            yield line, chunk
            line += chunk.count(b"\n")
    if rest:
        yield line, rest


def _order(span: Span) -> tuple[Any, ...]:
    return (SIDE_ORDER[span.side], *span.order)


def _numbered(first: int, chunk: bytes) -> Iterator[tuple[int, bytes]]:
    for number, raw in enumerate(chunk.split(b"\n"), first):
        if raw:
            yield number, raw + b"\n"


class _Reader:
    """Reads chunk by chunk: fast as long as all is well, line by line where something is not."""

    def __init__(self, texts: Texts, *, share: bool, careful: bool = False) -> None:
        """`share` lets equal strings be one object, which takes time but saves memory.

        `careful` goes line by line from the start; needed where `doubled` turns out true.
        """
        self.file = AnnotationFile()
        self.doubled = False
        self._careful = careful
        self._find_texts = texts
        self._texts = texts(None)
        self._last: Span | None = None
        self._share = share
        self._strings: dict[str, str] = {}
        self._sources = {MANUAL: MANUAL}
        self._section = "head"

    def take(self, first: int, chunk: bytes) -> None:
        """Read the lines of `chunk`, the first of which has the number `first`."""
        if first == 1:
            end = chunk.find(b"\n") + 1 or len(chunk)
            self._take_line(1, chunk[:end])
            chunk, first = chunk[end:], 2
        if self._careful or not self._take_fast(chunk):
            for number, raw in _numbered(first, chunk):
                self._take_line(number, raw)

    def finish(self, path: Path) -> AnnotationFile:
        """What was read; links to spans that are not there are damage."""
        file = self.file
        if file.head is None:
            file.damaged.append(Damage(1, b"", AnnotatorError("error.head_missing")))
        dangling = {
            link.id
            for link in file.links.values()
            if link.a == link.b or link.a not in file.spans or link.b not in file.spans
        }
        if dangling:
            self._drop_links(path, dangling)
        return file

    def _take_fast(self, chunk: bytes) -> bool:
        if b'"extra"' in chunk:
            return False
        try:
            records: list[Any] = _DECODER.decode_lines(chunk)
        except (msgspec.MsgspecError, UnicodeError):
            return False
        spans = {record.id: record for record in records if type(record) is Span}
        rest = records if len(spans) < len(records) else ()
        links = {record.id: record for record in rest if type(record) is Link}
        done = {record.pair: True for record in rest if type(record) is Done}
        rejected = {record.id: record for record in rest if type(record) is Rejection}
        dismissed = {record.problem: record for record in rest if type(record) is Dismissal}
        found: tuple[dict[str, Any], ...] = (spans, links, done, rejected, dismissed)
        if (
            sum(len(lines) for lines in found) != len(records)
            or not self._fit(spans)
            or not self._quoted(rejected)
        ):
            return False
        if self._share:
            self._share_strings(spans, links)
        file = self.file
        count = len(file.spans) + len(file.links) + len(spans) + len(links)
        file.spans.update(spans)
        file.links.update(links)
        file.done.update(done)
        file.dismissed.update(dismissed)
        self.doubled = self.doubled or len(file.spans) + len(file.links) < count
        self.doubled = self.doubled or not file.rejected.keys().isdisjoint(rejected)
        file.rejected.update(rejected)
        sections = zip(("span", "link", "done", "rejected", "dismissed"), found, strict=True)
        self._section = next((name for name, lines in reversed(list(sections)) if lines), self._section)
        return True

    def _quoted(self, rejected: dict[str, Rejection]) -> bool:
        return all(
            0 <= one.start < one.end and one.label and self._texts[one.side][one.start : one.end] == one.quote
            for one in rejected.values()
        )

    def _fit(self, spans: dict[str, Span]) -> bool:
        file = self.file
        zh, en = self._texts["zh"], self._texts["en"]
        last, last_start = self._last, self._last.start if self._last else -1
        ordered = file.ordered
        for span in spans.values():
            start, end, quote = span.start, span.end, span.quote
            text = zh if span.side == "zh" else en
            if text[start:end] != quote or end - start != len(quote) or not quote or not span.label:
                return False
            if start <= last_start:
                if start < 0:
                    return False
                ordered = ordered and (last is None or _order(last) < _order(span))
            last, last_start = span, start
        self._last, file.ordered = last, ordered
        return True

    def _share_strings(self, spans: dict[str, Span], links: dict[str, Link]) -> None:
        share, sources, at = self._strings.setdefault, self._sources, ""
        for span in spans.values():
            force_setattr(span, "label", share(span.label, span.label))
            force_setattr(span, "by", share(span.by, span.by))
            force_setattr(span, "src", sources.setdefault(span.src, span.src))
            if span.at == at:
                force_setattr(span, "at", at)
            at = span.at
        for link in links.values():
            force_setattr(link, "type", share(link.type, link.type))
            force_setattr(link, "by", share(link.by, link.by))
            force_setattr(link, "src", sources.setdefault(link.src, link.src))
            if link.at == at:
                force_setattr(link, "at", at)
            at = link.at

    def _take_line(self, number: int, raw: bytes) -> None:
        line = raw.strip()
        if not line:
            return
        try:
            record = self._decode(line)
            self._take_record(record)
        except AnnotatorError as error:
            self.file.damaged.append(Damage(number, raw, error))

    def _decode(self, line: bytes) -> Any:
        try:
            record = msgspec.json.decode(line, type=Json)
            kind = _KINDS.get(record.get("t", ""))
            if kind is None:
                self._keep_unknown(record, line)
                return None
            known, extra = split(record, known_fields(kind, "t"))
            if isinstance(known.get("src"), dict):
                source, more = split(known["src"], _SOURCE)
                known["src"] = {**source, "extra": more} if more else source
            if kind is Done and extra:
                self._keep_unknown(record, line)
                return None
            return msgspec.convert({**known, "extra": extra} if extra else known, type=_Record)
        except (msgspec.MsgspecError, UnicodeError, TypeError) as error:
            raise AnnotatorError("error.line_damaged", what=error) from error

    def _keep_unknown(self, record: Json, line: bytes) -> None:
        if "t" not in record:
            raise AnnotatorError("error.line_kind")
        self.file.unknown.append((self._section, line.decode()))

    def _take_record(self, record: Any) -> None:
        file = self.file
        if isinstance(record, Head):
            self._take_head(record)
        elif isinstance(record, Rejection):
            self._take_rejection(record)
        elif isinstance(record, Span):
            if record.id in file.spans:
                raise AnnotatorError("error.span_twice", span=record.id)
            check_quote(record, self._texts[record.side])
            self._section = "span"
            file.ordered = file.ordered and (self._last is None or _order(self._last) < _order(record))
            self._last = record
            file.spans[record.id] = record
        elif isinstance(record, Link):
            if record.id in file.links:
                raise AnnotatorError("error.link_twice", link=record.id)
            self._section = "link"
            file.links[record.id] = record
        elif isinstance(record, Done):
            self._section = "done"
            file.done[record.pair] = True
        elif isinstance(record, Dismissal):
            self._section = "dismissed"
            file.dismissed[record.problem] = record

    def _take_rejection(self, rejection: Rejection) -> None:
        if rejection.id in self.file.rejected:
            raise AnnotatorError("error.span_twice", span=rejection.id)
        check_quote(rejection, self._texts[rejection.side])
        self._section = "rejected"
        self.file.rejected[rejection.id] = rejection

    def _take_head(self, head: Head) -> None:
        if self.file.head is not None:
            raise AnnotatorError("error.head_twice")
        self.file.newer = is_newer(head.format, FORMAT)
        self.file.head = head
        self._texts = self._find_texts(head)

    def _drop_links(self, path: Path, dangling: set[str]) -> None:
        for first, chunk in _chunks(path):
            for number, raw in _numbered(first, chunk):
                found = dangling.intersection(_link_id(raw))
                for link_id in found:
                    self.file.links.pop(link_id, None)
                    why = AnnotatorError("error.link_dangling", link=link_id)
                    self.file.damaged.append(Damage(number, raw, why))


def _link_id(raw: bytes) -> tuple[str, ...]:
    try:
        record = msgspec.json.decode(raw, type=Json)
    except (msgspec.MsgspecError, UnicodeError):
        return ()
    return (str(record.get("id")),) if record.get("t") == "link" else ()
