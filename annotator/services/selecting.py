"""What of a corpus goes out, whichever the format: labels, annotators' names, training and test parts."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.links import LinkTable
from annotator.core.project import Annotator, Project
from annotator.core.spans import SpanTable
from annotator.extend import Corpus

SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class Selection:
    """Options of every export.

    `labels` are ids parted by commas, with all below them; `split` gives the shares of train, dev and test,
    such as `80/10/10` (two numbers: train and test), `seed` another draw of them.
    """

    labels: str = field(default="", metadata={"help": "option.labels"})
    anonymous: bool = field(default=False, metadata={"help": "option.anonymous"})
    split: str = field(default="", metadata={"help": "option.split"})
    seed: int = field(default=0, metadata={"help": "option.seed"})
    manifest: bool = field(default=False, metadata={"help": "option.manifest"})


def select(corpus: Corpus, selection: Selection) -> Corpus:
    """The corpus with nothing in it but what is selected.

    Raises:
        AnnotatorError: if the project has not one of the labels.
    """
    if selection.labels:
        corpus = _labelled(corpus, selection.labels)
    return _anonymous(corpus) if selection.anonymous else corpus


class Mapped:
    """Documents, each put through a function whenever they are read."""

    def __init__(self, documents: Iterable[Document], function: Callable[[Document], Document]) -> None:
        self._documents, self._function = documents, function

    def __iter__(self) -> Iterator[Document]:
        return map(self._function, self._documents)


def _labelled(corpus: Corpus, wanted: str) -> Corpus:
    labels = corpus.project.label_set
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    for name in names:
        if name not in labels:
            known = ", ".join(label.id for label in labels)
            raise AnnotatorError("error.no_label", label=name, known=known)
    kept = {label.id for label in labels if {label.id, *labels.ancestors(label.id)} & set(names)}
    project = replace(corpus.project, labels=tuple(label for label in labels if label.id in kept))
    documents = Mapped(corpus.documents, lambda document: _with_labels(document, kept))
    return dataclasses.replace(corpus, project=project, documents=documents)


def _with_labels(document: Document, kept: set[str]) -> Document:
    spans = SpanTable(span for span in document.spans if span.label in kept)
    links = LinkTable(link for link in document.links if link.a in spans and link.b in spans)
    return document.evolve(spans=spans, links=links)


def _anonymous(corpus: Corpus) -> Corpus:
    names = _Names(corpus.project)
    people = tuple(Annotator(id=names[one.id]) for one in corpus.project.annotators)
    project = replace(corpus.project, annotators=people)
    return dataclasses.replace(
        corpus,
        project=project,
        annotator=names[corpus.annotator] if corpus.annotator else "",
        documents=Mapped(corpus.documents, names.without),
    )


class _Names(dict[str, str]):
    """A number for each person: those of the project by name, then whoever is met."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        for name in sorted(one.id for one in project.annotators):
            self[name]

    def __missing__(self, name: str) -> str:
        self[name] = f"annotator-{len(self) + 1}"
        return self[name]

    def without(self, document: Document) -> Document:
        """The document with numbers in the place of names."""

        def hidden(thing: Any) -> Any:
            return replace(thing, by=self[thing.by]) if thing.by else thing

        return document.evolve(
            spans=SpanTable(map(hidden, document.spans)),
            links=LinkTable(map(hidden, document.links)),
        )


def split(corpus: Corpus, selection: Selection) -> dict[str, Corpus]:
    """The parts of a corpus by name, those without documents left out; `""` is the whole.

    A document keeps its place in the draw whatever other documents there are.

    Raises:
        AnnotatorError: if the shares are not understood.
    """
    if not selection.split:
        return {"": corpus}
    ids = list(corpus.ids) or [document.id for document in corpus.documents]
    drawn = sorted(ids, key=lambda one: hashlib.sha256(f"{selection.seed}:{one}".encode()).digest())
    parts: dict[str, Corpus] = {}
    at = 0
    for name, count in _counts(selection.split, len(ids)).items():
        chosen = set(drawn[at : at + count])
        at += count
        if chosen:
            parts[name] = _part(corpus, chosen, [one for one in ids if one in chosen])
    return parts


class _Chosen:
    """Some of the documents, in their order."""

    def __init__(self, documents: Iterable[Document], chosen: set[str]) -> None:
        self._documents, self._chosen = documents, chosen

    def __iter__(self) -> Iterator[Document]:
        return (document for document in self._documents if document.id in self._chosen)


def _part(corpus: Corpus, chosen: set[str], ids: list[str]) -> Corpus:
    return dataclasses.replace(
        corpus, documents=_Chosen(corpus.documents, chosen), count=len(ids), ids=tuple(ids)
    )


def _counts(shares: str, total: int) -> dict[str, int]:
    """How many of `total` documents each part gets: none is empty if that can be."""
    parts = shares.replace(",", "/").split("/")
    numbers = [float(part) for part in parts if part.strip().replace(".", "", 1).isdecimal()]
    if len(numbers) != len(parts) or not 2 <= len(parts) <= 3 or not all(0 < one < 1e6 for one in numbers):
        raise AnnotatorError("error.split", split=shares)
    names = SPLITS if len(numbers) == 3 else ("train", "test")
    exact = [total * number / sum(numbers) for number in numbers]
    counts = [int(one) for one in exact]
    for at in sorted(range(len(exact)), key=lambda at: counts[at] - exact[at])[: total - sum(counts)]:
        counts[at] += 1
    for at, count in enumerate(counts):
        if not count and max(counts) > 1:
            counts[counts.index(max(counts))] -= 1
            counts[at] = 1
    return dict(zip(names, counts, strict=True))
