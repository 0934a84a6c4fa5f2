"""brat standoff: a text and an .ann file for each document, with the configuration that their labels need.

An annotation over several lines is written as fragments, as brat's own page writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal

from annotator.core.job import Job
from annotator.core.labels import Label, LinkType
from annotator.core.project import Project
from annotator.core.span import CERTAINTIES
from annotator.extend import Corpus, File, NoOptions, Reading, Report, exporter, importer
from annotator.formats.archive import Archive
from annotator.formats.choices import SideChoice, layout_choice, side_choice
from annotator.formats.gather import Gathering, Laid, text_of, unix
from annotator.formats.losses import Losses
from annotator.formats.passages import Passage, passages
from annotator.formats.records import sides_of

Range = tuple[int, int]
# What brat's own reader takes for the end of a line.
_LINES = re.compile("[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SPELLED = re.compile(r"[^A-Za-z0-9_-]+")
_BOUND = re.compile(r"(T\S+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t(.*))?")
_RELATION = re.compile(r"R\S+\t(\S+) \S+?:(\S+) \S+?:(\S+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (.*))?")
_NOTE = re.compile(r"#\S*\t\S+ (\S+)\t(.*)")


@dataclass(frozen=True, slots=True)
class BratOptions:
    """What becomes a text, and which side is written."""

    layout: Literal["document", "interleaved"] = layout_choice("document", "interleaved")
    side: SideChoice = side_choice()


@exporter(
    "brat",
    "format.brat",
    suffixes=(".zip",),
    options=BratOptions,
    loses=(
        "loss.label_spelled",
        "loss.attributes",
        "loss.sources",
        "loss.not_in_rows",
        "loss.links_apart",
        "loss.other_side",
    ),
    binary=True,
    archive=True,
)
def write(corpus: Corpus, out: BinaryIO, options: BratOptions, job: Job) -> Report:
    """Write an archive of texts, annotations and configuration, to be unpacked into brat's data folder."""
    losses = Losses()
    names = spelled(corpus.project, losses)
    with Archive(out) as archive:
        archive.add("annotation.conf", _annotation_conf(corpus.project, names).encode())
        archive.add("visual.conf", _visual_conf(corpus.project, names).encode())
        documents = spans = links = 0
        for document in corpus.documents:
            job.progress(documents, corpus.count)
            sides = sides_of(options.side)
            for passage in passages(document, options.layout, sides, losses, parts=False):
                name = re.sub(r"\s+", "_", passage.key)
                archive.add(f"{name}.txt", passage.text.encode())
                archive.add(f"{name}.ann", "".join(_lines(passage, names)).encode())
                spans += len(passage.spans)
                links += len(passage.links)
            losses.unsaid(document, sides, "loss.notes", "loss.certainty")
            documents += 1
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


def spelled(project: Project, losses: Losses) -> dict[str, str]:
    """Labels and link types in Latin letters, digits, `_` and `-`; no two alike."""
    names: dict[str, str] = {}
    for one in _named(project):
        name = base = _SPELLED.sub("_", one.id).strip("_") or "label"
        number = 2
        while name in names.values():
            name, number = f"{base}_{number}", number + 1
        names[one.id] = name
        if name != one.id:
            losses.add("loss.label_spelled", one.id)
    return names


def _named(project: Project) -> list[Label | LinkType]:
    return [*project.labels, *project.link_types]


def _spelling(name: str, names: dict[str, str]) -> str:
    return names.get(name) or _SPELLED.sub("_", name).strip("_") or "label"


def _lines(passage: Passage, names: dict[str, str]) -> Iterator[str]:
    numbers: dict[str, int] = {}
    notes = 0
    for number, placed in enumerate(passage.spans, 1):
        span = placed.span
        numbers[span.id] = number
        fragments = [one for part in placed.parts for one in _fragments(passage.text, *part)]
        places = ";".join(f"{start} {end}" for start, end in fragments)
        quote = " ".join(passage.text[start:end] for start, end in fragments)
        yield f"T{number}\t{_spelling(span.label, names)} {places}\t{quote}\n"
        if span.certainty != "certain":
            yield f"A{number}\tCertainty T{number} {span.certainty}\n"
        if span.note:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{number}\t{' '.join(span.note.split())}\n"
    for number, link in enumerate(passage.links, 1):
        ends = f"Arg1:T{numbers[link.a]} Arg2:T{numbers[link.b]}"
        yield f"R{number}\t{_spelling(link.type, names)} {ends}\n"
        if link.note:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes R{number}\t{' '.join(link.note.split())}\n"


def _fragments(text: str, start: int, end: int) -> list[Range]:
    """A range cut at line ends, which the lines of an .ann file cannot hold."""
    lines = [(start + line.start(), start + line.end()) for line in _LINES.finditer(text[start:end])]
    return [line for line in lines if text[line[0] : line[1]].strip()] or [(start, end)]


def _annotation_conf(project: Project, names: dict[str, str]) -> str:
    labels = project.label_set
    entities = "".join(
        "\t" * len(labels.ancestors(label.id)) + names[label.id] + "\n"
        for top in labels.children(None)
        for label in labels
        if label.id == top.id or top.id in labels.ancestors(label.id)
    )
    links = "".join(
        f"{names[one.id]}\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric\n" for one in project.link_types
    )
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    values = "|".join(CERTAINTIES)
    return (
        f"[entities]\n{entities}\n[relations]\n{overlap}{links}\n[events]\n\n"
        f"[attributes]\nCertainty\tArg:<ENTITY>, Value:{values}\n"
    )


def _visual_conf(project: Project, names: dict[str, str]) -> str:
    shown = "".join(
        f"{names[one.id]} | {' '.join(one.title('en').replace('|', '/').split())}\n"
        for one in _named(project)
    )
    drawn = "".join(
        f"{names[label.id]}\tbgColor:{_light(label.color)}, borderColor:darken\n" for label in project.labels
    )
    return f"[labels]\n{shown}\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgreen\n{drawn}"


def _light(color: str) -> str:
    """The colour mixed with white, so that black text can be read on it."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        return "#dddddd"
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - one) // 2:02x}" for one in parts)


@importer("brat", "format.brat", suffixes=(".txt", ".ann"))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read texts with their .ann files; of an .ann file alone nothing can be read."""
    losses = Losses()
    notes = {file.name.removesuffix(".ann"): text_of(file) for file in files if file.name.endswith(".ann")}
    texts = [file for file in files if file.name.endswith(".txt")]
    found = []
    for number, file in enumerate(texts):
        job.progress(number, len(texts))
        stem = file.name.removesuffix(".txt")
        name, _dot, side = stem.rpartition("/")[2].rpartition(".")
        told = side if name and side in ("zh", "en") else ""
        found.append(_gathered(text_of(file), notes.pop(stem, ""), name if told else stem, told, losses))
    for name in notes:
        losses.add("loss.read_no_document", f"{name}.ann")
    return Reading(tuple(one.found() for one in found), losses=losses.all())


def _gathered(text: str, ann: str, name: str, side: str, losses: Losses) -> Gathering:
    laid = Laid(text, side)
    gathering = Gathering(name.rpartition("/")[2], dict(laid.texts), losses)
    lines = unix(ann).split("\n")
    certainty = {
        m[2]: m[3] or "" for line in lines if (m := _ATTRIBUTE.fullmatch(line)) and m[1] == "Certainty"
    }
    remarks = {m[1]: m[2] for line in lines if (m := _NOTE.fullmatch(line))}
    taken: dict[str, str | None] = {}
    for line in lines:
        bound = _BOUND.fullmatch(line)
        if bound:
            note, sure = remarks.get(bound[1], ""), certainty.get(bound[1], "")
            taken[bound[1]] = _bound(bound, text, laid, gathering, note, sure)
    for line in lines:
        relation = _RELATION.fullmatch(line)
        if relation:
            gathering.link(taken.get(relation[2]), taken.get(relation[3]), relation[1])
        elif line[:1] in ("E", "*", "N") and line.strip():
            losses.add("loss.read_kind", line[:40])
    return gathering


def _bound(
    bound: re.Match[str], text: str, laid: Laid, gathering: Gathering, note: str, certainty: str
) -> str | None:
    fragments = [tuple(map(int, place.split(" "))) for place in bound[3].split(";")]
    place = laid.place(fragments[0][0], fragments[-1][1])
    if place is None or sum(end - start for start, end in fragments) > len(text):
        gathering.losses.add("loss.read_outside", bound[4] or bound[2])
        return None
    quote = "".join(text[start:end] for start, end in fragments)
    # Fragments that leave out nothing but white space, or the other language, are one annotation.
    return gathering.span(*place, bound[2], quote=quote, note=note, certainty=certainty)
