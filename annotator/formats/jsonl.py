"""Training data as JSON lines: one aligned pair a line, with both texts and what is annotated in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec import Struct

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.pair import Pair
from annotator.core.span import SIDES, Link, Side, Span
from annotator.extend import Corpus, File, Found, Loss, NoOptions, Reading, Report, exporter, importer
from annotator.formats.gather import Gathering, Rows, damaged, decoded_lines
from annotator.formats.losses import Losses
from annotator.formats.records import Record, checked_spans, ordered_links, record
from annotator.formats.wire import SpanRecord, converted, take_link, take_span

FORMAT = "bitext-pair/1"


@dataclass(frozen=True, slots=True)
class JsonlOptions:
    """Which pairs become lines."""

    rows: Literal["all", "done", "annotated"] = field(
        default="all", metadata={"help": "option.rows", "choices": ("all", "done", "annotated")}
    )


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
    lost: Counter[str] = Counter()
    examples: dict[str, str] = {}
    documents = spans = links = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        rows = _Rows(document)
        seen: set[str] = set()
        for row, pair in enumerate(document.pairs):
            line = rows.line(row, pair)
            if not _wanted(line, options):
                continue
            seen.update(span["id"] for span in line["spans"])
            out.write(encoder.encode(line) + b"\n")
        documents += 1
        spans += len(seen)
        links += sum(link.a in seen or link.b in seen for link in document.links)
        for key, span in rows.losses(seen):
            lost[key] += 1
            examples.setdefault(key, span.quote)
    job.progress(documents, documents)
    losses = tuple(Loss(key, count, examples[key]) for key, count in sorted(lost.items()))
    return Report(documents, spans, links, losses)


def _wanted(line: Record, options: JsonlOptions) -> bool:
    if options.rows == "done":
        return bool(line["done"])
    return options.rows == "all" or bool(line["spans"])


class _Rows:
    """The pairs of a document as lines, with the spans that touch each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spans = {side: list(checked_spans(document, side)) for side in SIDES}
        self._rows: dict[str, list[int]] = {}
        for side in SIDES:
            self._place(side)
        self._links: dict[str, list[Link]] = {}
        for link in ordered_links(document):
            for end in {link.a, link.b}:
                self._links.setdefault(end, []).append(link)

    def _place(self, side: Side) -> None:
        pairs = self._document.pairs
        for span in self._spans[side]:
            rows = self._rows.setdefault(span.id, [])
            for row in range(max(0, pairs.row_at(side, span.start)), len(pairs)):
                extent = pairs[row].extent(side)
                if extent and extent[0] >= span.end:
                    break
                if extent and extent[1] > span.start:
                    rows.append(row)

    def line(self, row: int, pair: Pair) -> Record:
        """The line of one pair."""
        document = self._document
        spans = [part for side in SIDES for part in self._parts(row, side)]
        here = {part["id"] for part in spans}
        links = {link.id: link for part in spans for link in self._links.get(part["id"], ())}
        return {
            "format": FORMAT,
            "doc": document.id,
            "pair": pair.id,
            "row": row + 1,
            "role": pair.role,
            "done": pair.id in document.done,
            "confirmed": pair.confirmed,
            "confidence": pair.confidence,
            "zh": document.row_text(row, "zh"),
            "en": document.row_text(row, "en"),
            "at": {side: list(pair.extent(side) or ()) or None for side in SIDES},
            "sentences": {side: self._sentences(pair, side) for side in SIDES},
            "spans": spans,
            "links": [
                record(link) | {"complete": link.a in here and link.b in here}
                for link in sorted(links.values(), key=lambda link: (link.a, link.b, link.id))
            ],
        }

    def _sentences(self, pair: Pair, side: Side) -> list[list[int]]:
        extent = pair.extent(side)
        return [[start - extent[0], end - extent[0]] for start, end in pair.segments(side)] if extent else []

    def _parts(self, row: int, side: Side) -> Iterator[Record]:
        extent = self._document.pairs[row].extent(side)
        if extent is None:
            return
        text = self._document.text(side)
        for span in self._document.spans.overlapping(side, *extent):
            start, end = max(span.start, extent[0]), min(span.end, extent[1])
            rows = self._rows[span.id]
            fields = record(span)
            yield {
                "id": fields.pop("id"),
                "side": fields.pop("side"),
                "start": start - extent[0],
                "end": end - extent[0],
                "quote": text[start:end],
                "doc_start": span.start,
                "doc_end": span.end,
                "part": [rows.index(row) + 1, len(rows)],
                **{name: value for name, value in fields.items() if name not in ("start", "end", "quote")},
            }

    def losses(self, seen: set[str]) -> Iterator[tuple[str, Span]]:
        """What could not be said: spans cut into parts, and spans on no line."""
        for side in SIDES:
            for span in self._spans[side]:
                if span.id not in seen:
                    yield "loss.not_in_rows", span
                elif len(self._rows[span.id]) > 1:
                    yield "loss.clipped", span


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
