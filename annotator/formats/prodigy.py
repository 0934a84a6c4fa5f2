"""Prodigy: JSON lines of tasks with tokens, spans and relations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import msgspec
from msgspec import Struct

from annotator.core.job import Job
from annotator.core.span import Link
from annotator.extend import Corpus, File, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import (
    Layout,
    SideChoice,
    Unit,
    layout_choice,
    side_choice,
    unit_choice,
)
from annotator.formats.gather import Items, decoded_lines, language_of, source_of
from annotator.formats.losses import Losses
from annotator.formats.passages import Passage, Placed, passages
from annotator.formats.records import Record, sides_of
from annotator.formats.tokens import Tokenize, cut, spaced, tokenizer

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProdigyOptions:
    """What becomes a task, and what a token is."""

    layout: Layout = layout_choice("pair", "document", "interleaved")
    side: SideChoice = side_choice()
    unit: Unit = unit_choice("word")


@exporter(
    "prodigy",
    "format.prodigy",
    suffixes=(".jsonl",),
    options=ProdigyOptions,
    loses=("loss.clipped", "loss.not_in_rows", "loss.links_apart", "loss.other_side"),
)
def write(corpus: Corpus, out: BinaryIO, options: ProdigyOptions, job: Job) -> Report:
    """Write a task for each text. Annotations cut tokens at their edges; `token_end` is inclusive."""
    losses = Losses()
    encoder = msgspec.json.Encoder()
    tokenize = tokenizer(options.unit)
    documents = links = 0
    spans: set[str] = set()
    total = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        spans.clear()
        for passage in passages(document, options.layout, sides_of(options.side), losses):
            out.write(encoder.encode(_task(passage, tokenize)) + b"\n")
            spans.update(placed.span.id for placed in passage.spans)
            links += len(passage.links)
        documents += 1
        total += len(spans)
    job.progress(documents, documents)
    return Report(documents, total, links, losses.all())


def _task(passage: Passage, tokenize: Tokenize) -> Record:
    text = passage.text
    side = passage.side or language_of(text)
    edges = (edge for placed in passage.spans for part in placed.parts for edge in part)
    tokens = spaced(cut(tokenize(text, side), edges, text), text)
    starts, ends = [token[0] for token in tokens], [token[1] for token in tokens]
    places: dict[str, Record] = {}
    spans: list[Record] = []
    for placed in passage.spans:
        for start, end in placed.parts:
            first, last = bisect_left(starts, start), bisect_right(ends, end) - 1
            spans.append(_span(placed, (start, end), (first, last)))
            places.setdefault(placed.span.id, spans[-1])
    meta: Record = {"document": passage.document.id, "side": passage.side}
    if passage.row is not None:
        meta |= {"pair": passage.document.pairs[passage.row].id, "row": passage.row + 1}
    return {
        "text": text,
        "tokens": [
            {"text": text[start:end], "start": start, "end": end, "id": number, "ws": space}
            for number, (start, end, space) in enumerate(tokens)
        ],
        "spans": spans,
        "relations": [_relation(link, places) for link in passage.links],
        "meta": {name: value for name, value in meta.items() if value is not None},
        "answer": "accept",
    }


def _span(placed: Placed, at: Range, tokens: Range) -> Record:
    span = placed.span
    fields: Record = {
        "start": at[0], "end": at[1], "token_start": tokens[0], "token_end": tokens[1], "label": span.label,
        "id": span.id,
    }  # fmt: skip
    if span.note:
        fields["note"] = span.note
    if span.certainty != "certain":
        fields["certainty"] = span.certainty
    if span.attributes:
        fields["attributes"] = span.attributes
    if span.src.model:
        fields["source"] = span.src.model
    if span.src.score is not None:
        fields["score"] = span.src.score
    return fields


def _relation(link: Link, places: dict[str, Record]) -> Record:
    head, child = places[link.a], places[link.b]
    kept = ("start", "end", "token_start", "token_end", "label")
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": {name: head[name] for name in kept},
        "child_span": {name: child[name] for name in kept},
        "label": link.type,
    }


class _Span(Struct):
    start: int
    end: int
    label: str = ""
    id: str | int = ""
    note: str = ""
    certainty: str = ""
    attributes: dict[str, str] | None = None
    source: str | None = None
    score: float | None = None


class _Relation(Struct):
    head_span: _Span
    child_span: _Span
    label: str


class _Task(Struct):
    text: str
    spans: list[_Span] = []
    relations: list[_Relation] = []
    meta: Record = {}
    answer: str = "accept"


@importer("prodigy", "format.prodigy", suffixes=(".jsonl",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read the tasks that were accepted."""
    losses = Losses()
    items = Items(losses)
    for number, file in enumerate(files):
        job.progress(number, len(files))
        for task in decoded_lines(file, _Task):
            if task.answer == "accept":
                _take(task, items, file.name, losses)
            else:
                losses.add("loss.read_rejected")
    return Reading(items.found(), losses=losses.all())


def _take(task: _Task, items: Items, file: str, losses: Losses) -> None:
    name = str(task.meta.get("document") or file.rpartition(".")[0])
    side = str(task.meta.get("side") or "")
    gathering, laid = items.add(name, task.text, side, str(task.meta.get("pair", "")))
    taken: dict[tuple[int, int, str], str | None] = {}
    for span in task.spans:
        place = laid.place(span.start, span.end)
        if place is None:
            losses.add("loss.read_outside", task.text[max(0, span.start) : max(0, span.end)][:40])
            continue
        taken[span.start, span.end, span.label] = gathering.span(
            *place,
            span.label,
            key=str(span.id),
            note=span.note,
            certainty=span.certainty,
            attributes=span.attributes,
            src=source_of(span.source, span.score),
        )
    for relation in task.relations:
        ends = relation.head_span, relation.child_span
        one, two = (taken.get((end.start, end.end, end.label)) for end in ends)
        gathering.link(one, two, relation.label)
