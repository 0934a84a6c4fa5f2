"""Label Studio: a task for each document, with both texts side by side and links between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec import Struct

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.project import Project
from annotator.core.span import SIDES, Link, Side, Span
from annotator.extend import Corpus, File, NoOptions, Reading, Report, exporter, importer
from annotator.formats import marked
from annotator.formats.choices import choice
from annotator.formats.gather import Gathering, decoded, language_of, source_of, text_of
from annotator.formats.losses import Losses
from annotator.formats.records import Record, checked_spans, ordered_links

_MODEL = "annotator"
_SPANS = frozenset(("labels", "hypertextlabels", "paragraphlabels"))


@dataclass(frozen=True, slots=True)
class LabelStudioOptions:
    """Whether annotations are finished, or to be reviewed."""

    write_as: Literal["annotations", "predictions"] = choice("as", "annotations", "predictions")


def config(project: Project, _: LabelStudioOptions, files: Mapping[str, str]) -> dict[str, bytes]:
    """The labelling configuration that the tasks are for, as a file beside them."""
    labels = "".join(
        f"    <Label{marked.attributes(value=label.id, alias=None, background=label.color)}/>\n"
        for label in project.labels
    )
    panes = "".join(
        f'  <View style="flex: 1">\n  <Labels name="label_{side}" toName="{side}">\n{labels}  </Labels>\n'
        f'  <Text name="{side}" value="${side}" granularity="symbol"/>\n  </View>\n'
        for side in SIDES
    )
    types = "".join(f"    <Relation{marked.attributes(value=one.id)}/>\n" for one in project.link_types)
    text = f'<View style="display: flex; gap: 2em">\n{panes}'
    text += f"  <Relations>\n{types}  </Relations>\n</View>\n"
    stem = next(iter(files.values()), "labelstudio.json").rpartition(".")[0] if "" in files else "labelling"
    return {f"{stem}.config.xml": text.encode()}


@exporter(
    "labelstudio",
    "format.labelstudio",
    suffixes=(".json",),
    options=LabelStudioOptions,
    beside=config,
)
def write(corpus: Corpus, out: BinaryIO, options: LabelStudioOptions, job: Job) -> Report:
    """Write a list of tasks. Offsets are code points, as Label Studio counts them."""
    documents = spans = links = 0
    out.write(b"[")
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        out.write(b",\n" if documents else b"\n")
        out.write(msgspec.json.encode(_task(document, options)))
        documents += 1
        spans += len(document.spans)
        links += len(document.links)
    out.write(b"\n]\n")
    job.progress(documents, documents)
    return Report(documents, spans, links)


def _task(document: Document, options: LabelStudioOptions) -> Record:
    result: list[Record] = [_region(span) for side in SIDES for span in checked_spans(document, side)]
    result += map(_relation, ordered_links(document))
    data = {"document": document.id, "title": document.title, "zh": document.zh, "en": document.en}
    if options.write_as == "predictions":
        return {"data": data, "predictions": [{"model_version": _MODEL, "result": result}]}
    return {"data": data, "annotations": [{"result": result}]}


def _region(span: Span) -> Record:
    value = {"start": span.start, "end": span.end, "text": span.quote, "labels": [span.label]}
    meta: Record = {"source": span.src.kind}
    if span.note:
        meta["text"] = [span.note]
    if span.certainty != "certain":
        meta["certainty"] = span.certainty
    if span.attributes:
        meta["attributes"] = span.attributes
    if span.src.model:
        meta["model"] = span.src.model
    region = {
        "id": span.id, "from_name": f"label_{span.side}", "to_name": span.side, "type": "labels",
        "value": value, "meta": meta,
    }  # fmt: skip
    return region if span.src.score is None else region | {"score": span.src.score}


def _relation(link: Link) -> Record:
    relation: Record = {
        "type": "relation", "from_id": link.a, "to_id": link.b, "direction": "bi", "labels": [link.type],
    }  # fmt: skip
    return relation | {"meta": {"text": [link.note]}} if link.note else relation


class _Result(Struct):
    result: list[Record] = []
    was_cancelled: bool = False


class _Task(Struct):
    data: Record
    annotations: list[_Result] = []
    predictions: list[_Result | int] = []


@importer("labelstudio", "format.labelstudio", suffixes=(".json",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read tasks: of each the first annotation that was not cancelled, else the first prediction."""
    losses = Losses()
    found = []
    for number, file in enumerate(files):
        job.progress(number, len(files))
        for at, task in enumerate(decoded(text_of(file), list[_Task], file.name)):
            name = task.data.get("document")
            found.append(_gathered(task, name if isinstance(name, str) else f"{file.name}-{at + 1}", losses))
    return Reading(tuple(one.found() for one in found), losses=losses.all())


def _gathered(task: _Task, name: str, losses: Losses) -> Gathering:
    keys = dict(_texts(task.data))
    gathering = Gathering(name, dict(keys.values()), losses)
    finished = [one for one in task.annotations if not one.was_cancelled]
    results = finished or [one for one in task.predictions if isinstance(one, _Result)]
    taken: dict[str, str | None] = {}
    for item in results[0].result if results else ():
        type = item.get("type")
        if isinstance(type, str) and type in _SPANS:
            taken[str(item.get("id", ""))] = _take(gathering, item, keys)
        elif type != "relation":
            losses.add("loss.read_kind", str(type))
    for item in results[0].result if results else ():
        if item.get("type") == "relation":
            types = item.get("labels")
            type = str(types[0]) if isinstance(types, list) and types else "SAME"
            one, two = (taken.get(str(item.get(end))) for end in ("from_id", "to_id"))
            gathering.link(one, two, type, note=_note(item))
    return gathering


def _texts(data: Record) -> Iterator[tuple[str, tuple[Side, str]]]:
    """The texts of a task by their key: that of each side, else the longest in its language."""
    texts = {key: one for key, one in data.items() if isinstance(one, str)}
    taken: set[Side] = set()
    for key in sorted(texts, key=lambda one: (one not in SIDES, -len(texts[one]))):
        side: Side = "zh" if key == "zh" else "en" if key == "en" else language_of(texts[key])
        if side not in taken and (key in SIDES or key not in ("document", "title")):
            taken.add(side)
            yield key, (side, texts[key])


def _take(gathering: Gathering, item: Record, keys: Mapping[str, tuple[Side, str]]) -> str | None:
    value = item.get("value")
    value = value if isinstance(value, dict) else {}
    pane = keys.get(str(item.get("to_name")))
    if pane is None and len(keys) == 1:
        pane = next(iter(keys.values()))
    labels = value.get(str(item.get("type")))
    start, end = value.get("start"), value.get("end")
    if pane is None or not isinstance(start, int) or not isinstance(end, int) or not isinstance(labels, list):
        gathering.losses.add("loss.read_outside", str(value.get("text", ""))[:40])
        return None
    meta = item["meta"] if isinstance(item.get("meta"), dict) else {}
    score, model = item.get("score"), meta.get("model")
    quote = value.get("text")
    return gathering.span(
        pane[0],
        start,
        end,
        str(labels[0]) if labels else "",
        quote=quote if isinstance(quote, str) else None,
        key=str(item.get("id", "")),
        note=_note(item),
        certainty=str(meta.get("certainty", "")),
        attributes=_strings(meta.get("attributes")),
        src=source_of(model if isinstance(model, str) else None, _real(score)),
    )


def _note(item: Record) -> str:
    meta = item.get("meta")
    lines = meta.get("text") if isinstance(meta, dict) else None
    return "\n".join(map(str, lines)) if isinstance(lines, list) else ""


def _strings(value: Any) -> dict[str, str] | None:
    return {str(name): str(one) for name, one in value.items()} if isinstance(value, dict) else None


def _real(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
