"""doccano: JSON lines with one text each, its labels, and with relations if they are wanted."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct

from annotator.core.job import Job
from annotator.extend import Corpus, File, Reading, Report, exporter, importer
from annotator.formats.choices import Layout, SideChoice, choice, layout_choice, side_choice
from annotator.formats.gather import Items, decoded_lines
from annotator.formats.losses import UNSAID, Losses
from annotator.formats.passages import Passage, passages
from annotator.formats.records import Record, sides_of

Offsets = Literal["utf16", "codepoint"]


@dataclass(frozen=True, slots=True)
class DoccanoOptions:
    """What becomes an item, and how its annotations are written."""

    layout: Layout = layout_choice("pair", "document", "interleaved")
    side: SideChoice = side_choice()
    relations: bool = field(default=False, metadata={"help": "option.relations"})
    offsets: Offsets = choice("offsets", "utf16", "codepoint")


@exporter(
    "doccano",
    "format.doccano",
    suffixes=(".jsonl",),
    options=DoccanoOptions,
    loses=(
        *UNSAID,
        "loss.clipped",
        "loss.not_in_rows",
        "loss.links",
        "loss.links_apart",
        "loss.other_side",
    ),
)
def write(corpus: Corpus, out: BinaryIO, options: DoccanoOptions, job: Job) -> Report:
    """Write an item for each text, with its document, side and row as further columns."""
    losses = Losses()
    encode = _ascii if options.relations else msgspec.json.encode
    documents = total = links = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        sides = sides_of(options.side)
        spans: set[str] = set()
        for passage in passages(document, options.layout, sides, losses, links=options.relations):
            out.write(encode(_item(passage, options)) + b"\n")
            spans.update(placed.span.id for placed in passage.spans)
            links += len(passage.links)
        if not options.relations:
            losses.add("loss.links", count=len(document.links))
        losses.unsaid(document, sides)
        losses.link_notes(document)
        documents += 1
        total += len(spans)
    job.progress(documents, documents)
    return Report(documents, total, links, losses.all())


def _ascii(item: Record) -> bytes:
    # Of files with relations doccano guesses the encoding, and takes UTF-8 for Turkish, say.
    return json.dumps(item, separators=(",", ":")).encode("ascii")


def _item(passage: Passage, options: DoccanoOptions) -> Record:
    counted = units(passage.text) if options.offsets == "utf16" else _same
    parts = [
        (placed.span, counted(start), counted(end)) for placed in passage.spans for start, end in placed.parts
    ]
    item: Record = {"text": passage.text}
    if options.relations:
        numbers: dict[str, int] = {}
        for number, (span, _, _) in enumerate(parts, 1):
            numbers.setdefault(span.id, number)
        item["entities"] = [
            {"id": number, "label": span.label, "start_offset": start, "end_offset": end}
            for number, (span, start, end) in enumerate(parts, 1)
        ]
        item["relations"] = [
            {"id": number, "from_id": numbers[link.a], "to_id": numbers[link.b], "type": link.type}
            for number, link in enumerate(passage.links, 1)
        ]
    else:
        item["label"] = [[start, end, span.label] for span, start, end in parts]
    item |= {"document": passage.document.id, "side": passage.side or "both", "offsets": options.offsets}
    if passage.row is None:
        return item
    return item | {"pair": passage.document.pairs[passage.row].id, "row": passage.row + 1}


def _same(offset: int) -> int:
    return offset


def units(text: str) -> Callable[[int], int]:
    """From code points to UTF-16 units in `text`."""
    astral = [at for at, char in enumerate(text) if char > "\uffff"]
    return (lambda offset: offset + bisect_left(astral, offset)) if astral else _same


def points(text: str) -> Callable[[int], int]:
    """From UTF-16 units to code points in `text`; one inside of a character is that of its start."""
    astral = [at + before for before, at in enumerate(at for at, char in enumerate(text) if char > "\uffff")]
    return (lambda offset: offset - bisect_left(astral, offset)) if astral else _same


class _Entity(Struct):
    id: int
    label: str
    start_offset: int
    end_offset: int


class _Relation(Struct):
    from_id: int
    to_id: int
    type: str


class _Item(Struct):
    text: str
    label: list[tuple[int, int, str]] = []
    labels: list[tuple[int, int, str]] = []
    entities: list[_Entity] = []
    relations: list[_Relation] = []
    document: str = ""
    side: str = ""
    pair: str = ""
    offsets: str = ""


@dataclass(frozen=True, slots=True)
class DoccanoReadOptions:
    """What the offsets of files count that do not say so."""

    offsets: Offsets = choice("offsets", "utf16", "codepoint")


@importer("doccano", "format.doccano", suffixes=(".jsonl",), options=DoccanoReadOptions)
def read(files: Sequence[File], options: DoccanoReadOptions, job: Job) -> Reading:
    """Read items as doccano exports them, with or without relations."""
    losses = Losses()
    items = Items(losses)
    for number, file in enumerate(files):
        job.progress(number, len(files))
        for item in decoded_lines(file, _Item):
            _take(item, items, item.offsets or options.offsets, file.name.rpartition(".")[0], losses)
    return Reading(items.found(), losses=losses.all())


def _take(item: _Item, items: Items, offsets: str, default: str, losses: Losses) -> None:
    gathering, laid = items.add(item.document or default, item.text, item.side, item.pair)
    counted = points(item.text) if offsets == "utf16" else _same
    entities = [_Entity(-1, label, start, end) for start, end, label in (*item.label, *item.labels)]
    taken: dict[int, str | None] = {}
    for entity in (*entities, *item.entities):
        place = laid.place(counted(entity.start_offset), counted(entity.end_offset))
        if place is None:
            losses.add("loss.read_outside", entity.label)
        else:
            taken[entity.id] = gathering.span(*place, entity.label)
    for relation in item.relations:
        gathering.link(taken.get(relation.from_id), taken.get(relation.to_id), relation.type)
