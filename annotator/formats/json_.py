"""The whole project as one JSON file: texts, pairs, spans and links by the names that they have on disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.extend import Corpus, Loss, Report, exporter
from annotator.formats.records import (
    Record,
    SideChoice,
    checked_spans,
    ordered_links,
    pair_record,
    record,
    sides_of,
)

FORMAT = "bitext-export/1"


@dataclass(frozen=True, slots=True)
class JsonOptions:
    """What stands in the file and how it is laid out."""

    side: SideChoice = field(
        default="both", metadata={"help": "option.side", "choices": ("both", "zh", "en")}
    )
    pretty: bool = field(default=False, metadata={"help": "option.pretty"})


@exporter("json", "format.json", suffixes=(".json",), options=JsonOptions)
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
