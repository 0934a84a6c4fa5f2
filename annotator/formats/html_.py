"""A web page with both texts pair by pair and their highlights: one file, to be read, sent and printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import BinaryIO, Literal

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.messages import catalog
from annotator.core.project import Project
from annotator.core.resources import resource
from annotator.core.span import SIDES, Span
from annotator.extend import Corpus, Report, exporter
from annotator.formats.choices import choice
from annotator.formats.losses import Losses
from annotator.formats.passages import Placed, passages


@dataclass(frozen=True, slots=True)
class HtmlOptions:
    """The language of the page's own words."""

    page_language: Literal["en", "zh"] = choice("page_language", "en", "zh")


@exporter(
    "html",
    "format.html",
    suffixes=(".html",),
    options=HtmlOptions,
    loses=("loss.sources", "loss.not_in_rows"),
)
def write(corpus: Corpus, out: BinaryIO, options: HtmlOptions, job: Job) -> Report:
    """Write the page. Nothing in it is fetched from elsewhere, and it runs no program."""
    losses = Losses()
    page = _Page(corpus.project, options.page_language)
    documents = spans = links = 0
    out.write(page.head().encode())
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        out.writelines(piece.encode() for piece in page.document(document, losses))
        losses.unsaid(document, SIDES, "loss.notes", "loss.attributes", "loss.certainty")
        documents += 1
        spans += len(document.spans)
        links += len(document.links)
    out.write(b"</main>\n</body>\n</html>\n")
    job.progress(documents, documents)
    return Report(documents, spans, links, losses.all())


class _Page:
    """What is the same for all documents: words, labels and their looks."""

    def __init__(self, project: Project, language: str) -> None:
        self._project, self._language = project, language
        self._labels: dict[str, tuple[int, Label]] = {
            label.id: (number, label) for number, label in enumerate(project.labels)
        }

    def _say(self, key: str) -> str:
        return escape(catalog(self._language)[key])

    def head(self) -> str:
        """Everything before the first document."""
        style = resource("formats", "page.css").read_text(encoding="utf-8")
        colors = "".join(
            f".l{number} {{ --c: {_color(label.color)} }}\n" for number, label in self._labels.values()
        )
        legend = "".join(
            f'<li><span class="m l{number}">{escape(label.title(self._language))}</span></li>'
            for number, label in self._labels.values()
        )
        title = escape(self._project.title)
        return (
            f'<!DOCTYPE html>\n<html lang="{self._language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>\n{style}{colors}</style>\n</head>\n<body>\n"
            f'<header><h1>{title}</h1>\n<ul class="legend" aria-label="{self._say("page.labels")}">'
            f"{legend}</ul></header>\n<main>\n"
        )

    def document(self, document: Document, losses: Losses) -> Iterator[str]:
        """A document: a heading and a table of pairs."""
        numbers = _numbers(document)
        found = {(one.row, one.side): one for one in passages(document, "pair", links=False)}
        for span in document.spans:
            if not any((row, span.side) in found for row in (document.row_of_span(span),)):
                losses.add("loss.not_in_rows", span.quote)
        date = f' <span class="date">{escape(document.info.date)}</span>' if document.info.date else ""
        yield f"<section>\n<h2>{escape(document.title)}{date}</h2>\n<table>\n<thead><tr><th></th>"
        yield "".join(f'<th scope="col">{self._say(f"page.{side}")}</th>' for side in SIDES)
        yield "</tr></thead>\n<tbody>\n"
        for row, pair in enumerate(document.pairs):
            kind = ' class="title"' if pair.role == "title" else ""
            yield f'<tr{kind}><th scope="row">{row + 1}</th>'
            for side in SIDES:
                passage = found.get((row, side))
                text = self._marked(passage.text, passage.spans, document, numbers) if passage else ""
                yield f'<td lang="{escape(document.language(side))}">{text}</td>'
            yield "</tr>\n"
        yield "</tbody>\n</table>\n"
        yield from self._notes(document, numbers)
        yield "</section>\n"

    def _marked(self, text: str, spans: list[Placed], document: Document, numbers: dict[str, int]) -> str:
        """The text with its highlights: cut at every edge, each piece marked by all that lie on it."""
        edges = sorted({0, len(text), *(edge for one in spans for edge in one.parts[0])})
        order = sorted(spans, key=lambda one: (one.parts[0][0], -one.parts[0][1]))
        lanes = _lanes(order)
        parts: list[str] = []
        waiting, active = iter(order), list[Placed]()
        coming = next(waiting, None)
        for start, end in pairwise(edges):
            active = [one for one in active if one.parts[0][1] > start]
            while coming is not None and coming.parts[0][0] <= start:
                active.append(coming)
                coming = next(waiting, None)
            parts.append(self._piece(text[start:end], start, end, active, lanes, document, numbers))
        return "".join(parts)

    def _piece(
        self,
        text: str,
        start: int,
        end: int,
        active: list[Placed],
        lanes: dict[str, int],
        document: Document,
        numbers: dict[str, int],
    ) -> str:
        inner = escape(text).replace("\n", "<br>")
        for one in reversed(active):
            span = one.span
            begins, ends = one.parts[0][0] == start, one.parts[0][1] == end
            number = self._labels.get(span.label, (None, None))[0]
            classes = ["m", f"l{number}" if number is not None else "", f"n{min(lanes[span.id], 3)}"]
            classes += ["b"] if begins else []
            classes += ["e"] if ends else []
            classes += [span.certainty] if span.certainty != "certain" else []
            title = f' title="{escape(self._about(span, document))}"'
            mark = f"&#8288;<sup>{numbers[span.id]}</sup>" if ends and span.id in numbers else ""
            inner = f'<span class="{" ".join(filter(None, classes))}"{title}>{inner}{mark}</span>'
        return inner

    def _about(self, span: Span, document: Document) -> str:
        """What is shown where the pointer rests: label, attributes, certainty, partners, note."""
        label = self._labels.get(span.label)
        said = [label[1].title(self._language) if label else span.label]
        said += [f"{name}: {value}" for name, value in (span.attributes or {}).items()]
        if span.certainty != "certain":
            said.append(catalog(self._language)[f"certainty.{span.certainty}"])
        said += [f"↔ {partner.quote}" for partner in document.partners(span.id)]
        return "\n".join([*said, span.note] if span.note else said)

    def _notes(self, document: Document, numbers: dict[str, int]) -> Iterator[str]:
        noted = [span for span in document.spans if span.note]
        if noted:
            yield f'<h3>{self._say("page.notes")}</h3>\n<dl class="notes">\n'
            for span in noted:
                number = f"<sup>{numbers[span.id]}</sup>" if span.id in numbers else ""
                yield f"<dt>{escape(span.quote)}{number}</dt><dd>{escape(span.note)}</dd>\n"
            yield "</dl>\n"


def _numbers(document: Document) -> dict[str, int]:
    """A number for each group of linked spans, in the order of the Chinese text."""
    numbers: dict[str, int] = {}
    count = 0
    for span in document.spans:
        if span.id in numbers or not document.links.partners(span.id):
            continue
        count += 1
        waiting = [span.id]
        while waiting:
            key = waiting.pop()
            if key not in numbers:
                numbers[key] = count
                waiting += document.links.partners(key)
    return numbers


def _lanes(spans: list[Placed]) -> dict[str, int]:
    """How deep each span lies: spans that overlap are underlined one below the other."""
    lanes: dict[str, int] = {}
    ends: list[int] = []
    for one in spans:
        start, end = one.parts[0]
        lane = next((at for at, reached in enumerate(ends) if reached <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes[one.span.id] = lane
    return lanes


def _color(color: str) -> str:
    """A colour as it may stand in a style sheet, whatever a project says."""
    return color if len(color) == 7 and color[0] == "#" and color[1:].isalnum() else "#777777"
