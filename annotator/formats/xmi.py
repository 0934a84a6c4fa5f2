"""UIMA XMI: a CAS for each document, as INCEpTION, DKPro and other UIMA programs read it.

Offsets count UTF-16 units on the wire; here they are code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.pair import Segment
from annotator.core.span import SIDES, Side, Span
from annotator.extend import Corpus, File, Needs, NoOptions, Reading, Report, exporter, importer
from annotator.formats import marked
from annotator.formats.archive import Archive
from annotator.formats.cas import INITIAL, Cas, View
from annotator.formats.choices import Unit, choice, unit_choice
from annotator.formats.gather import Gathering, Laid, foreign, language_of
from annotator.formats.losses import Losses
from annotator.formats.marked import attributes
from annotator.formats.passages import Passage, passages
from annotator.formats.records import Record, ordered_links
from annotator.formats.tokens import Tokenize, cut, tokenizer

NEEDS = Needs("xmi", ("cassis",))
_SPAN = "webanno.custom.Mention"
_LINK = "webanno.custom.Correspondence"
_CORE = "de.tudarmstadt.ukp.dkpro.core.api."
_TOKEN = f"{_CORE}segmentation.type.Token"
_SENTENCE = f"{_CORE}segmentation.type.Sentence"
_ENTITY = f"{_CORE}ner.type.NamedEntity"
_STRING = "uima.cas.String"
_TYPES = "TypeSystem.xml"
_SPACES = {
    name: f"http:///{type.rpartition('.')[0].replace('.', '/')}.ecore"
    for name, type in (("type", _TOKEN), ("custom", _SPAN))
}
_FEATURES = ("label", "identifier", "note", "certainty")


@dataclass(frozen=True, slots=True)
class XmiOptions:
    """How the sides lie in a CAS, and what a token is."""

    layout: Literal["views", "interleaved"] = choice("layout_xmi", "views", "interleaved")
    unit: Unit = unit_choice("word")


@exporter(
    "xmi",
    "format.xmi",
    suffixes=(".zip",),
    options=XmiOptions,
    loses=("loss.notes", "loss.attributes", "loss.sources", "loss.clipped", "loss.not_in_rows"),
    needs=NEEDS,
    binary=True,
    archive=True,
)
def write(corpus: Corpus, out: BinaryIO, options: XmiOptions, job: Job) -> Report:
    """Write an archive of the type system and one XMI file a document."""
    losses = Losses()
    with Archive(out) as archive:
        archive.add(_TYPES, _system().to_xml().encode())
        tokenize = tokenizer(options.unit)
        documents = spans = links = 0
        for document in corpus.documents:
            job.progress(documents, corpus.count)
            made = _Written(document, tokenize)
            if options.layout == "views":
                counts = made.views()
            else:
                (passage,) = passages(document, "interleaved", losses=losses)
                counts = made.interleaved(passage)
            archive.add(f"{document.id}.xmi", made.cas.xml().encode())
            losses.unsaid(document, SIDES, "loss.notes", "loss.certainty")
            losses.link_notes(document)
            documents += 1
            spans += counts[0]
            links += counts[1]
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


def _system() -> Any:
    import cassis

    system = cassis.TypeSystem(add_document_annotation_type=True)
    annotation = "uima.tcas.Annotation"
    system.create_type(name=_TOKEN, supertypeName=annotation)
    system.create_type(name=_SENTENCE, supertypeName=annotation)
    span = system.create_type(name=_SPAN, supertypeName=annotation)
    for feature in _FEATURES:
        system.create_feature(domainType=span, name=feature, rangeType=_STRING)
    link = system.create_type(name=_LINK, supertypeName=annotation)
    for end in ("Governor", "Dependent"):
        system.create_feature(domainType=link, name=end, rangeType=_SPAN)
    system.create_feature(domainType=link, name="label", rangeType=_STRING)
    return system


class _Written:
    """The CAS of one document."""

    def __init__(self, document: Document, tokenize: Tokenize) -> None:
        self.cas = Cas(_SPACES)
        self._document, self._tokenize = document, tokenize
        self._spans: dict[str, tuple[int, Segment]] = {}

    def views(self) -> tuple[int, int]:
        """Each side in a view of its own; the counts of spans and links."""
        document = self._document
        self.cas.view(INITIAL)
        views: dict[str, View] = {}
        for passage in passages(document, "document", links=False):
            side = passage.side or "zh"
            views[side] = self.cas.view(side, passage.text)
            segments = [segment for pair in document.pairs for segment in pair.segments(side)]
            self._fill(views[side], passage, segments, side)
        for link in ordered_links(document):
            a, b = document.spans.get(link.a), document.spans.get(link.b)
            if a is not None and b is not None:
                self._link(views[b.side], link.a, link.b, link.type)
        return len(document.spans), len(document.links)

    def interleaved(self, passage: Passage) -> tuple[int, int]:
        """Both sides in one view; the counts of spans and links."""
        view = self.cas.view(INITIAL, passage.text)
        lines = [(one.start(), one.end()) for one in re.finditer(r"[^\n]+", passage.text)]
        self._fill(view, passage, lines, "")
        for link in passage.links:
            self._link(view, link.a, link.b, link.type)
        return len(passage.spans), len(passage.links)

    def _fill(self, view: View, passage: Passage, sentences: list[Segment], side: str) -> None:
        edges = sorted({edge for one in passage.spans for part in one.parts for edge in part})
        for start, end in sentences:
            text = passage.text[start:end]
            view.add("type:Sentence", start, end)
            spoken: Side = "zh" if (side or language_of(text)) == "zh" else "en"
            held = edges[bisect_right(edges, start) : bisect_left(edges, end)]
            inside = [edge - start for edge in held]
            view.add_all("type:Token", cut(self._tokenize(text, spoken), inside, text), start)
        for placed in passage.spans:
            said = _said(placed.span)
            for part in placed.parts:
                made = view.add("custom:Mention", *part, said)
                self._spans.setdefault(placed.span.id, (made, part))

    def _link(self, view: View, a: str, b: str, type: str) -> None:
        (one, _), (two, place) = self._spans[a], self._spans[b]
        said = attributes(Governor=str(one), Dependent=str(two), label=type)
        view.add("custom:Correspondence", *place, said)


def _said(span: Span) -> str:
    """What a mention says, as attributes."""
    certainty = span.certainty if span.certainty != "certain" else None
    return attributes(label=span.label, identifier=span.id, note=span.note or None, certainty=certainty)


@importer("xmi", "format.xmi", suffixes=(".xmi", ".xml"), shared=(".xml",), needs=NEEDS)
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read XMI files with the type system that lies beside them, else with that of this program."""
    losses = Losses()
    systems = [file for file in files if file.name.casefold().endswith("typesystem.xml")]
    documents = [file for file in files if file not in systems]
    found: list[Gathering] = []
    for number, file in enumerate(documents):
        job.progress(number, len(documents))
        near = [one for one in systems if one.name.rpartition("/")[0] == file.name.rpartition("/")[0]]
        found += _gathered(file, next(iter(near or systems), None), losses)
    return Reading(tuple(one.found() for one in found), losses=losses.all())


def _gathered(file: File, types: File | None, losses: Losses) -> list[Gathering]:
    import cassis

    # Entities and endless nesting are refused before the library sees them.
    for one in (file, *([types] if types else [])):
        marked.parsed(one)
    name = file.name.rpartition("/")[2].rpartition(".")[0]
    with foreign(file.name):
        system = cassis.load_typesystem(types.data.decode()) if types else _system()
        cas = cassis.load_cas_from_xmi(file.data.decode(), typesystem=system, lenient=True)
        views = [(one.sofaID, cas.get_view(one.sofaID)) for one in cas.sofas if one.sofaString]
        marks = [(side, view.sofa_string, list(view.select_all_annotations())) for side, view in views]
    return list(_documents(marks, name, losses))


def _documents(views: list[tuple[str, str, list[Any]]], name: str, losses: Losses) -> Iterator[Gathering]:
    """Two views with a text on either side make one document; any other view makes one of its own."""
    laid = [Laid(text, side) for side, text, _ in views]
    sides = [side for one in laid for side in one.texts]
    together = Gathering(name, {}, losses) if len(set(sides)) == len(sides) else None
    taken: dict[int, tuple[Gathering, str]] = {}
    links: list[Record] = []
    made: list[Gathering] = []
    for (_, _, marks), one in zip(views, laid, strict=True):
        gathering = together or Gathering(name, {}, losses)
        gathering.add_texts(one.texts)
        if gathering not in made:
            made.append(gathering)
        for mark in marks:
            if hasattr(mark, "Governor") and hasattr(mark, "Dependent"):
                links.append({"a": mark.Governor, "b": mark.Dependent, "type": _label(mark) or "SAME"})
            elif _is_mention(mark):
                key = _take(mark, one, gathering)
                if key:
                    taken[id(mark)] = gathering, key
    for link in links:
        ends = taken.get(id(link["a"])), taken.get(id(link["b"]))
        if ends[0] and ends[1] and ends[0][0] is ends[1][0]:
            ends[0][0].link(ends[0][1], ends[1][1], link["type"])
        else:
            losses.add("loss.read_link", link["type"])
    yield from made


def _is_mention(mark: Any) -> bool:
    name = mark.type.name
    own = not name.startswith(("uima.", _CORE)) or name == _ENTITY
    return (
        own and isinstance(getattr(mark, "begin", None), int) and isinstance(getattr(mark, "end", None), int)
    )


def _label(mark: Any) -> str:
    """What a mark says of its text: its label or value, else the name of its layer."""
    for feature in ("label", "value"):
        said = getattr(mark, feature, None)
        if isinstance(said, str) and said:
            return said
    return str(mark.type.name).rpartition(".")[2]


def _take(mark: Any, laid: Laid, gathering: Gathering) -> str | None:
    place = laid.place(mark.begin, mark.end)
    if place is None:
        gathering.losses.add("loss.read_outside", _label(mark))
        return None
    said = {name: getattr(mark, name, None) for name in ("identifier", "note", "certainty")}
    texts = {name: value if isinstance(value, str) else "" for name, value in said.items()}
    return gathering.span(
        *place, _label(mark), key=texts["identifier"], note=texts["note"], certainty=texts["certainty"]
    )
