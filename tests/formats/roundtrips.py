"""Out of a project and in again: what the tests of readers share."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st
from making import MemoryJournal, Shelf, link, made, with_spans

from annotator.core.document import Document, Info
from annotator.core.job import Job
from annotator.core.labels import Label, LinkType
from annotator.core.pair import Pair, PairTable
from annotator.core.project import Project
from annotator.core.session import Session
from annotator.core.span import Link, Span
from annotator.extend import Corpus, File, Found, Reading, Report, exporters, importers
from annotator.formats.archive import unpacked
from annotator.services.options import make_options, options_of
from annotator.services.reading import read_files

LABELS = ("PERSON", "PLACE", "THEME", "THEME/weather")
PROJECT = Project(
    title="Ports",
    labels=tuple(Label(id=one, name={"en": one.title()}, color="#3F7BD0") for one in LABELS),
    link_types=(LinkType(id="SAME", name={"en": "same"}),),
)
# Losses that leave the annotations themselves as they are.
HARMLESS = frozenset(
    (
        "loss.notes",
        "loss.attributes",
        "loss.certainty",
        "loss.sources",
        "loss.label_spelled",
        "loss.one_sided",
    )
)
LINKS = frozenset(("loss.links", "loss.links_apart", "loss.entity_links"))

Place = tuple[str, int, int, str]


def there(name: str) -> list[pytest.MarkDecorator]:
    """Skips a format whose library is not installed, and says what installs it."""
    needs = (exporters().get(name) or importers()[name]).needs
    missing = needs is not None and not needs.installed
    return [pytest.mark.skipif(missing, reason=f"not installed: {needs.command}")] if needs else []


def both_ways() -> list[Any]:
    """Each format that is written and read, with each of its choices, one at a time."""
    found = []
    for name in sorted(exporters().keys() & importers().keys()):
        found.append(pytest.param(name, {}, id=name, marks=there(name)))
        for option in options_of(exporters()[name]):
            for choice in (True, False) if option.kind is bool else option.choices:
                if choice != option.default:
                    label = f"{name}-{option.name}-{choice}"
                    found.append(pytest.param(name, {option.name: choice}, id=label, marks=there(name)))
    return found


def written(corpus: Corpus, name: str, **options: Any) -> tuple[bytes, Report]:
    """An export in memory."""
    out = io.BytesIO()
    report = exporters()[name].write(corpus, out, make_options(exporters()[name], options), Job())
    return out.getvalue(), report


def files_of(name: str, data: bytes) -> list[File]:
    """The files that a reader is given of an export."""
    file = File(f"export{exporters()[name].suffixes[0]}", data)
    if not exporters()[name].archive:
        return [file]
    return [one for one in unpacked(file) if one.name.endswith(importers()[name].suffixes)]


def read_back(name: str, data: bytes) -> Reading:
    """What the reader of the format finds in an export."""
    return read_files(importers()[name], files_of(name, data))


def session(*documents: Document, project: Project = PROJECT) -> Session:
    """A session over documents in memory."""
    return Session(project, Shelf(*documents), MemoryJournal(), annotator="ann")


def bare(document: Document) -> Document:
    """The document with nothing annotated."""
    return Document(id=document.id, info=document.info, zh=document.zh, en=document.en, pairs=document.pairs)


def places(spans: Iterable[Span]) -> set[Place]:
    """Where spans are and what they say."""
    return {(span.side, span.start, span.end, span.label) for span in spans}


def linked(document: Document | Found) -> list[tuple[Link, Span, Span]]:
    """Each link with what it joins."""
    spans = {span.id: span for span in document.spans}
    return [(link, spans[link.a], spans[link.b]) for link in document.links]


def joined(document: Document | Found) -> set[frozenset[Place]]:
    """The ends of all links of a document, in whichever order."""
    return {frozenset(places([one, two])) for _, one, two in linked(document)}


_ODD = "\u200b\u200f\u0645\u0631\u2028\x85\u00a0🎉𠮷e\u0301<&\"'|=#"
_TEXTS = {
    "zh": st.text(alphabet=f"顾岚海口港周二三，、 \n\t{_ODD}", min_size=1, max_size=14),
    "en": st.text(alphabet=f"abcGL ’, -\n\t{_ODD}", min_size=1, max_size=22),
}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents with all that makes offsets hard, and spans that nest, cross, touch and run over pairs."""
    text = {"zh": "", "en": ""}
    rows: list[Pair] = []
    for row in range(draw(st.integers(1, 5))):
        segments: dict[str, list[tuple[int, int]]] = {"zh": [], "en": []}
        for side in draw(st.sampled_from([("zh", "en"), ("zh", "en"), ("zh", "en"), ("zh",), ("en",)])):
            for _ in range(draw(st.integers(1, 2))):
                sentence = draw(_TEXTS[side]).strip() + ("顾。" if side == "zh" else "a.")
                text[side] += draw(st.sampled_from(["", " ", "\n", "\n\n"]))
                start = len(text[side])
                text[side] += sentence
                segments[side].append((start, len(text[side])))
        rows.append(
            Pair(
                id=f"pair{row:08}",
                zh=tuple(segments["zh"]),
                en=tuple(segments["en"]),
                role=draw(st.sampled_from(["text", "title"])),
            )
        )
    if not all(text.values()):
        rows.append(Pair(id="pair00000099", zh=(), en=()))
    base = Document(id="doc1", info=Info(title="Random"), zh=text["zh"], en=text["en"], pairs=PairTable(
        [pair for pair in rows if pair.zh or pair.en]))  # fmt: skip
    return _annotated(draw, base)


def _annotated(draw: st.DrawFn, base: Document) -> Document:
    spans: dict[Place, Span] = {}
    for _ in range(draw(st.integers(0, 8))):
        side = draw(st.sampled_from(["zh", "en"]))
        text = base.text(side)
        if not text:
            continue
        start = draw(st.integers(0, len(text) - 1))
        end = min(len(text), start + draw(st.integers(1, 20)))
        quote = text[start:end]
        if quote.strip() == quote:
            one = made(side, start, end, quote, draw(st.sampled_from(LABELS)))
            spans.setdefault((side, start, end, one.label), one)
    found = list(spans.values())
    links = [link(a, b) if (a.side, b.side) != ("en", "zh") else link(b, a)
             for a, b in pairwise(found) if draw(st.booleans())]  # fmt: skip
    return with_spans(base, found, links)
