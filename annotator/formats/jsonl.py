"""Training data as JSON lines: one aligned pair a line, with both texts and what is annotated in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.pair import Pair, Segment
from annotator.core.span import SIDES, Link, Side, Source, Span
from annotator.extend import Corpus, File, Found, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import choice
from annotator.formats.gather import Gathering, Rows, damaged, decoded_lines
from annotator.formats.losses import Losses
from annotator.formats.records import Record, checked_spans, ordered_links, record
from annotator.formats.wire import SpanRecord, converted, take_link, take_span

FORMAT = "bitext-pair/1"
_NOWHERE: Segment = (0, 0)
_WHOLE = (1, 1)
_NONE: list[Any] = []


@dataclass(frozen=True, slots=True)
class JsonlOptions:
    """Which pairs become lines."""

    rows: Literal["all", "done", "annotated"] = choice("rows", "all", "done", "annotated")


@exporter(
    "jsonl",
    "format.jsonl",
    suffixes=(".jsonl",),
    options=JsonlOptions,
    loses=("loss.clipped", "loss.not_in_rows"),
)
def write(corpus: Corpus, out: BinaryIO, options: JsonlOptions, job: Job) -> Report:
    """Write a line for each pair. A span that runs over several pairs stands in each, clipped to it."""
    encoder = msgspec.json.Encoder()
    losses = Losses()
    documents = spans = links = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        rows = RowsOf(document)
        for line in rows.lines(options.rows):
            out.write(encoder.encode(line) + b"\n")
        documents += 1
        spans += rows.count
        links += rows.links
        for key, span in rows.losses():
            losses.add(key, span.quote)
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


class SpanPart(Struct, omit_defaults=True, gc=False):
    """A span as it stands on one line; the order of the fields is theirs in the file."""

    id: str
    side: Side
    start: int
    end: int
    quote: str
    doc_start: int
    doc_end: int
    part: tuple[int, int]
    label: str
    note: str = ""
    certainty: str = "certain"
    attributes: dict[str, str] | None = None
    src: Source | UnsetType = UNSET
    by: str | UnsetType = UNSET
    at: str | UnsetType = UNSET


class PairLine(Struct, gc=False):
    """A line."""

    format: str
    doc: str
    pair: str
    row: int
    role: str
    done: bool
    confirmed: bool
    confidence: float | None
    zh: str
    en: str
    at: dict[str, Segment | None]
    sentences: dict[str, list[Segment]]
    spans: list[SpanPart | Record]
    links: list[Record]


class RowsOf:
    """The pairs of a document as lines, with the spans that touch each.

    Raises:
        Conflict: if a span does not quote the text at its place.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[str] | None = set()
        self._split: list[Span] = []
        self._unplaced: list[Span] = []
        self._extents = {side: [pair.extent(side) for pair in document.pairs] for side in SIDES}
        self._parts = {side: self._distributed(side) for side in SIDES}
        self._links: dict[str, list[Link]] = {}
        for link in ordered_links(document):
            for end in {link.a, link.b}:
                self._links.setdefault(end, []).append(link)

    def _distributed(self, side: Side) -> dict[int, list[SpanPart | Record]]:
        """The parts of the side's spans by row. Both come in text order, so one walk finds them all."""
        text = self._document.text(side)
        extents = [extent or _NOWHERE for extent in self._extents[side]]
        rows: dict[int, list[SpanPart | Record]] = {}
        first, last = 0, len(extents)
        for span in checked_spans(self._document, side):
            start, end = span.start, span.end
            while first < last and extents[first][1] <= start:
                first += 1
            if first < last and extents[first][0] <= start and end <= extents[first][1]:
                made = _part(span, extents[first][0], start, end, span.quote, _WHOLE)
                rows.setdefault(first, []).append(made)
                continue
            touched = list(_touched(extents, first, span))
            if len(touched) > 1:
                self._split.append(span)
            elif not touched:
                self._unplaced.append(span)
            for number, row in enumerate(touched, 1):
                origin = extents[row][0]
                start, end = max(span.start, origin), min(span.end, extents[row][1])
                made = _part(span, origin, start, end, text[start:end], (number, len(touched)))
                rows.setdefault(row, []).append(made)
        return rows

    def lines(self, wanted: Literal["all", "done", "annotated"] = "all") -> Iterator[PairLine]:
        """The lines of all pairs, of those that are done, or of those that a span touches."""
        zh, en = self._parts["zh"], self._parts["en"]
        done, seen = self._document.done, set[str]()
        self._seen = None if wanted == "all" else seen
        for row, pair in enumerate(self._document.pairs):
            parts = zh.get(row, _NONE) + en.get(row, _NONE)
            if wanted == "all":
                yield self._line(row, pair, parts)
            elif parts if wanted == "annotated" else pair.id in done:
                seen.update(map(_id, parts))
                yield self._line(row, pair, parts)

    @property
    def count(self) -> int:
        """How many spans are on the lines that were asked for."""
        if self._seen is None:
            return len(self._document.spans) - len(self._unplaced)
        return len(self._seen)

    @property
    def links(self) -> int:
        """How many links have an end on these lines."""
        unplaced = {span.id for span in self._unplaced}

        def is_there(key: str) -> bool:
            return key not in unplaced if self._seen is None else key in self._seen

        return sum(is_there(link.a) or is_there(link.b) for link in self._document.links)

    def _line(self, row: int, pair: Pair, parts: list[SpanPart | Record]) -> PairLine:
        document = self._document
        zh, en = self._extents["zh"][row], self._extents["en"][row]
        return PairLine(
            FORMAT,
            document.id,
            pair.id,
            row + 1,
            pair.role,
            pair.id in document.done,
            pair.confirmed,
            pair.confidence,
            document.zh[zh[0] : zh[1]] if zh else "",
            document.en[en[0] : en[1]] if en else "",
            {"zh": zh, "en": en},
            {"zh": _moved(pair.zh), "en": _moved(pair.en)},
            parts,
            self._linked(parts) if self._links else [],
        )

    def _linked(self, parts: list[SpanPart | Record]) -> list[Record]:
        here = list(map(_id, parts))
        links = {link.id: link for key in here for link in self._links.get(key, ())}
        return [
            record(link) | {"complete": link.a in here and link.b in here}
            for link in sorted(links.values(), key=lambda link: (link.a, link.b, link.id))
        ]

    def losses(self) -> Iterator[tuple[str, Span]]:
        """What the lines asked for could not say: spans cut into parts, and spans on no line."""
        seen = self._seen
        for span in self._split:
            if seen is None or span.id in seen:
                yield "loss.clipped", span
        left = self._document.spans if seen is not None else self._unplaced
        for span in left:
            if seen is None or span.id not in seen:
                yield "loss.not_in_rows", span


def _id(part: SpanPart | Record) -> str:
    return part.id if isinstance(part, SpanPart) else str(part["id"])


def _touched(extents: list[Segment], first: int, span: Span) -> Iterator[int]:
    for row in range(first, len(extents)):
        start, end = extents[row]
        if start >= span.end:
            return
        if end > span.start:
            yield row


def _moved(segments: tuple[Segment, ...]) -> list[Segment]:
    """The segments of a pair as ranges of its own text."""
    if len(segments) == 1:
        return [(0, segments[0][1] - segments[0][0])]
    return [(start - segments[0][0], end - segments[0][0]) for start, end in segments]


def _part(
    span: Span, origin: int, start: int, end: int, quote: str, part: tuple[int, int]
) -> SpanPart | Record:
    """A span, or its part from `start` to `end`, in a row whose text begins at `origin`."""
    made = SpanPart(
        span.id,
        span.side,
        start - origin,
        end - origin,
        quote,
        span.start,
        span.end,
        part,
        span.label,
        span.note,
        span.certainty,
        span.attributes,
        span.src,
        span.by,
        span.at,
    )
    if span.extra is None and span.src.extra is None:
        return made
    # What newer versions wrote goes along.
    fields: Record = msgspec.to_builtins(made)
    return fields | {name: value for name, value in record(span).items() if name not in fields}


class _Line(Struct):
    format: str
    doc: str
    pair: str
    role: str = "text"
    done: bool = False
    confirmed: bool = False
    confidence: float | None = None
    zh: str = ""
    en: str = ""
    sentences: dict[str, list[tuple[int, int]]] = {}
    spans: list[Record] = []
    links: list[Record] = []


@importer("jsonl", "format.jsonl", suffixes=(".jsonl",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read lines of pairs back; the parts of a span are joined by its id."""
    losses = Losses()
    documents: dict[str, LinesOfOne] = {}
    for number, file in enumerate(files):
        job.progress(number, len(files))
        for line in decoded_lines(file, _Line):
            if line.format.partition("/")[0] != FORMAT.partition("/")[0]:
                raise damaged(file.name, line.format)
            documents.setdefault(line.doc, LinesOfOne(line.doc, file.name)).add(line)
    return Reading(tuple(one.found(losses) for one in documents.values()), losses=losses.all())


class LinesOfOne:
    """The lines of one document, put together."""

    def __init__(self, name: str, file: str) -> None:
        self._name, self._file = name, file
        self._rows = Rows()
        self._done: list[str] = []
        self._links: dict[str, Record] = {}
        self._spans: dict[str, tuple[Record, int, int]] = {}

    def add(self, line: Any) -> None:
        """Take a line: its texts, the parts of spans on it, and links."""
        starts = self._rows.add(
            {"zh": line.zh, "en": line.en},
            key=line.pair,
            role=line.role,
            segments={side: line.sentences.get(side, ()) for side in SIDES},
            confidence=line.confidence,
            confirmed=line.confirmed,
        )
        if line.done and starts:
            self._done.append(self._rows.pairs[-1].id)
        for one in line.spans:
            part = converted(one, SpanRecord, self._file)
            origin = starts.get(part.side, -1)
            first = self._spans.get(part.id, (one, origin + part.start, 0))
            self._spans[part.id] = (first[0], first[1], origin + part.end)
        self._links |= {link["id"]: link for link in line.links if isinstance(link.get("id"), str)}

    def found(self, losses: Losses) -> Found:
        """The document as far as the lines hold it."""
        gathering = Gathering(self._name, self._rows.texts, losses)
        for one, start, end in self._spans.values():
            take_span(gathering, one, start, end, self._file)
        for link in self._links.values():
            take_link(gathering, {name: one for name, one in link.items() if name != "complete"}, self._file)
        return gathering.found(self._rows.pairs, self._done)
