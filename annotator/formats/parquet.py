"""Parquet: a row for each pair, for `datasets`, polars, DuckDB and pandas, with a data card beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec import Struct

from annotator.core.job import Job
from annotator.core.project import Project
from annotator.core.span import SIDES
from annotator.extend import Corpus, File, Needs, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import choice
from annotator.formats.gather import foreign
from annotator.formats.jsonl import LinesOfOne, RowsOf
from annotator.formats.losses import Losses
from annotator.formats.records import Record
from annotator.formats.wire import converted

NEEDS = Needs("parquet", ("pyarrow",))
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class ParquetOptions:
    """Which pairs become rows."""

    rows: Literal["all", "done", "annotated"] = choice("rows", "all", "done", "annotated")


def card(project: Project, _: ParquetOptions, files: Mapping[str, str]) -> dict[str, bytes]:
    """The data card of a folder of parts, which says to `datasets` which file is which."""
    if "" in files:
        return {}
    names = {"train": "train", "dev": "validation", "test": "test"}
    listed = "".join(f"  - split: {names[split]}\n    path: {name}\n" for split, name in files.items())
    labels = "".join(
        f"| `{label.id}` | {label.title('en')} | {label.title('zh')} |\n" for label in project.labels
    )
    text = (
        "---\nlanguage:\n- zh\n- en\ntask_categories:\n- token-classification\n- translation\n"
        f"pretty_name: {_yaml(project.title)}\nconfigs:\n- config_name: default\n  data_files:\n{listed}"
        f"---\n\n# {project.title}\n\n"
        "Pairs of Chinese and English text that translate each other, with annotated spans and links between "
        "them. One row is one pair. `start` and `end` count code points in `zh` or `en`, half-open; "
        "`doc_start` and `doc_end` in the whole document. A span over several pairs stands in each of their "
        "rows under the same `id`; `part` numbers these.\n\n"
        f"| label | English | 中文 |\n|---|---|---|\n{labels}"
    )
    return {"README.md": text.encode()}


def _yaml(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


@exporter(
    "parquet",
    "format.parquet",
    suffixes=(".parquet",),
    options=ParquetOptions,
    loses=("loss.clipped", "loss.not_in_rows"),
    needs=NEEDS,
    binary=True,
    beside=card,
)
def write(corpus: Corpus, out: BinaryIO, options: ParquetOptions, job: Job) -> Report:
    """Write rows in groups of some thousand."""
    import pyarrow
    import pyarrow.parquet

    losses = Losses()
    schema = _schema()
    documents = spans = links = 0
    waiting: list[Record] = []
    with pyarrow.parquet.ParquetWriter(pyarrow.PythonFile(out, "w"), schema, compression="zstd") as writer:
        for document in corpus.documents:
            job.progress(documents, corpus.count)
            rows = RowsOf(document)
            waiting += (_row(msgspec.to_builtins(line)) for line in rows.lines(options.rows))
            if len(waiting) >= _BATCH:
                writer.write_table(pyarrow.Table.from_pylist(waiting, schema))
                waiting.clear()
            documents += 1
            spans += rows.count
            links += rows.links
            for key, span in rows.losses():
                losses.add(key, span.quote)
        writer.write_table(pyarrow.Table.from_pylist(waiting, schema))
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


def _row(line: Record) -> Record:
    """A line of the JSONL export with columns that are the same in every row."""
    at, sentences = line["at"], line["sentences"]
    return {
        **{name: line[name] for name in _PLAIN},
        **{
            f"{side}_{edge}": (at[side] or (None, None))[n] for side in SIDES for n, edge in enumerate(_EDGES)
        },
        **{f"{side}_sentences": sentences[side] for side in SIDES},
        "spans": [_span(one) for one in line["spans"]],
        "links": [{name: one.get(name) for name in _LINK} for one in line["links"]],
    }


def _span(one: Record) -> Record:
    attributes = one.get("attributes") or {}
    return {
        **{name: one.get(name) for name in _SPAN},
        "source": one["src"].get("kind"),
        "model": one["src"].get("model"),
        "score": one["src"].get("score"),
        "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
    }


_PLAIN = ("doc", "pair", "row", "role", "done", "confirmed", "confidence", "zh", "en")
_EDGES = ("start", "end")
_SPAN = (
    "id", "side", "start", "end", "quote", "doc_start", "doc_end", "part", "label", "note", "certainty", "by",
    "at",
)  # fmt: skip
_LINK = ("id", "a", "b", "type", "note", "by", "at", "complete")


def _schema() -> Any:
    import pyarrow as pa

    text, whole, flag, real = pa.string(), pa.int32(), pa.bool_(), pa.float64()
    pieces = pa.list_(pa.list_(whole))
    kinds = {
        "start": whole, "end": whole, "doc_start": whole, "doc_end": whole, "part": pa.list_(whole),
        "complete": flag,
    }  # fmt: skip
    attribute = pa.struct([("name", text), ("value", text)])
    span = [(name, kinds.get(name, text)) for name in _SPAN]
    span += [("source", text), ("model", text), ("score", real), ("attributes", pa.list_(attribute))]
    link = [(name, kinds.get(name, text)) for name in _LINK]
    return pa.schema([
        ("doc", text), ("pair", text), ("row", whole), ("role", text), ("done", flag), ("confirmed", flag),
        ("confidence", real), ("zh", text), ("en", text),
        *((f"{side}_{edge}", whole) for side in SIDES for edge in _EDGES),
        *((f"{side}_sentences", pieces) for side in SIDES),
        ("spans", pa.list_(pa.struct(span))), ("links", pa.list_(pa.struct(link))),
    ])  # fmt: skip


class _Line(Struct):
    doc: str
    pair: str
    role: str | None = None
    done: bool | None = None
    confirmed: bool | None = None
    confidence: float | None = None
    zh: str | None = ""
    en: str | None = ""
    zh_sentences: list[tuple[int, int]] | None = None
    en_sentences: list[tuple[int, int]] | None = None
    spans: list[Record] | None = None
    links: list[Record] | None = None


class _Plain(Struct):
    doc: str
    pair: str
    role: str
    done: bool
    confirmed: bool
    confidence: float | None
    zh: str
    en: str
    sentences: dict[str, list[tuple[int, int]]]
    spans: list[Record]
    links: list[Record]


@importer("parquet", "format.parquet", suffixes=(".parquet",), needs=NEEDS)
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read rows of pairs back; the parts of a span are joined by its id."""
    losses = Losses()
    documents: dict[str, LinesOfOne] = {}
    for number, file in enumerate(files):
        job.progress(number, len(files))
        for record in _records(file):
            line = _plain(converted(record, _Line, file.name))
            documents.setdefault(line.doc, LinesOfOne(line.doc, file.name)).add(line)
    return Reading(tuple(one.found(losses) for one in documents.values()), losses=losses.all())


def _records(file: File) -> Iterator[Record]:
    import pyarrow.parquet

    with foreign(file.name):
        batches = pyarrow.parquet.ParquetFile(io.BytesIO(file.data)).iter_batches(_BATCH)
        while True:
            with foreign(file.name):
                batch = next(batches, None)
            if batch is None:
                return
            yield from batch.to_pylist()


def _plain(line: _Line) -> _Plain:
    return _Plain(
        line.doc,
        line.pair,
        line.role or "text",
        bool(line.done),
        bool(line.confirmed),
        line.confidence,
        line.zh or "",
        line.en or "",
        {"zh": line.zh_sentences or [], "en": line.en_sentences or []},
        [_said(one) for one in line.spans or ()],
        [{name: value for name, value in one.items() if value is not None} for one in line.links or ()],
    )


def _said(one: Record) -> Record:
    """A span as the JSONL export would have it."""
    fields = {name: one[name] for name in _SPAN if one.get(name) is not None}
    if one.get("attributes"):
        fields["attributes"] = {part["name"]: part["value"] for part in one["attributes"]}
    source = {"kind": one.get("source"), "model": one.get("model"), "score": one.get("score")}
    return fields | {"src": {name: value for name, value in source.items() if value is not None}}
