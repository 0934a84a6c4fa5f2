"""The whole project as one JSON file: texts, pairs, spans and links by the names that they have on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec
from msgspec import Struct

from annotator.core.document import Document, Info
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.pair import Pair
from annotator.core.span import Side
from annotator.extend import Corpus, File, Found, Loss, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import SideChoice, side_choice
from annotator.formats.gather import Gathering, damaged, decoded, text_of
from annotator.formats.losses import Losses
from annotator.formats.records import (
    Record,
    checked_spans,
    ordered_links,
    pair_record,
    record,
    sides_of,
)
from annotator.formats.wire import PairRecord, SpanRecord, converted, labels_of, take_link, take_span

FORMAT = "bitext-export/1"


@dataclass(frozen=True, slots=True)
class JsonOptions:
    """What stands in the file and how it is laid out."""

    side: SideChoice = side_choice()
    pretty: bool = field(default=False, metadata={"help": "option.pretty"})


@exporter(
    "json",
    "format.json",
    suffixes=(".json",),
    options=JsonOptions,
    loses=("loss.other_side", "loss.links_across"),
)
def write(corpus: Corpus, out: BinaryIO, options: JsonOptions, job: Job) -> Report:
    """Write all documents as one object. Offsets are code points, half-open."""
    documents = spans = links = left_spans = left_links = 0
    for piece in _head(corpus):
        out.write(piece)
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        content = document_record(document, options.side)
        out.write(b",\n" if documents else b"\n")
        out.write(_laid_out(content, pretty=options.pretty))
        documents += 1
        spans += len(content["spans"])
        links += len(content["links"])
        left_spans += len(document.spans) - len(content["spans"])
        left_links += len(document.links) - len(content["links"])
    out.write(b"\n]}\n" if documents else b"]}\n")
    job.progress(documents, documents)
    losses = (Loss("loss.other_side", left_spans), Loss("loss.links_across", left_links))
    return Report(documents, spans, links, tuple(loss for loss in losses if loss.count))


def document_record(document: Document, side: SideChoice = "both") -> Record:
    """One document with its pairs, spans and links.

    Raises:
        Conflict: if a span does not quote the text at its place.
    """
    sides = sides_of(side)
    spans = [span for one in sides for span in checked_spans(document, one)]
    kept = {span.id for span in spans}
    info = document.info
    return {
        "id": document.id,
        "title": document.title,
        **({"date": info.date} if info.date else {}),
        "status": info.status,
        "languages": {one: document.language(one) for one in sides},
        **{one: document.text(one) for one in sides},
        "pairs": [pair_record(document, pair, sides) for pair in document.pairs],
        "spans": [record(span) for span in spans],
        "links": [record(link) for link in ordered_links(document) if link.a in kept and link.b in kept],
    }


def _head(corpus: Corpus) -> Iterator[bytes]:
    project = corpus.project
    head: Record = {
        "format": FORMAT,
        "project": {"title": project.title},
        "annotator": corpus.annotator,
        "offsets": "codepoint",
        "labels": [record(label) for label in project.labels],
        "link_types": [record(link_type) for link_type in project.link_types],
    }
    yield msgspec.json.encode(head)[:-1] + b',\n"documents":['


def _laid_out(content: Record, *, pretty: bool) -> bytes:
    line = msgspec.json.encode(content)
    return msgspec.json.format(line, indent=2) if pretty else line


class _Document(Struct):
    id: str
    title: str = ""
    date: str | None = None
    status: str = "open"
    languages: dict[str, str] = {}
    zh: str | None = None
    en: str | None = None
    pairs: list[PairRecord] = []
    spans: list[Record] = []
    links: list[Record] = []


class _Whole(Struct):
    format: str
    documents: list[_Document]
    labels: list[Record] = []


@importer("json", "format.json", suffixes=(".json",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read whole projects back, with all that they hold."""
    losses = Losses()
    found: list[Found] = []
    labels: dict[str, Label] = {}
    for number, file in enumerate(files):
        job.progress(number, len(files))
        whole = decoded(text_of(file), _Whole, file.name)
        if whole.format.partition("/")[0] != FORMAT.partition("/")[0]:
            raise damaged(file.name, whole.format)
        found += (_found(document, file.name, losses) for document in whole.documents)
        labels |= {label.id: label for label in labels_of(whole.labels, file.name)}
    return Reading(tuple(found), tuple(labels.values()), losses.all())


def _found(document: _Document, file: str, losses: Losses) -> Found:
    given: dict[Side, str | None] = {"zh": document.zh, "en": document.en}
    texts = {side: text for side, text in given.items() if text is not None}
    gathering = Gathering(document.id, texts, losses)
    for span in document.spans:
        place = converted(span, SpanRecord, file)
        take_span(gathering, span, place.start, place.end, file)
    for link in document.links:
        take_link(gathering, link, file)
    pairs = [
        Pair(
            id=pair.id,
            zh=pair.zh,
            en=pair.en,
            role="title" if pair.role == "title" else "text",
            confidence=pair.confidence,
            confirmed=pair.confirmed,
        )
        for pair in document.pairs
    ]
    info = Info(
        title=document.title or document.id,
        zh_lang=document.languages.get("zh", "zh-Hans"),
        en_lang=document.languages.get("en", "en"),
        date=document.date,
        status="done" if document.status == "done" else "open",
    )
    return gathering.found(pairs, [pair.id for pair in document.pairs if pair.done], info)
