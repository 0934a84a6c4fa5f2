"""What of a corpus goes out, whichever the format: labels, annotators' names, training and test parts."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.links import LinkTable
from annotator.core.project import Annotator, Project
from annotator.core.spans import SpanTable
from annotator.extend import Corpus
from annotator.services.choosing import STATES, Fits, State, fits, ids_of, with_those_below
from annotator.services.dividing import stratified
from annotator.services.layers import with_suggestions

SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class Selection:
    """Options of every export.

    `state`, `having` and `annotated_by` say which documents are taken, see `choosing.fits`. `labels` are ids
    parted by commas, with all below them. `suggestions` takes along what is suggested and not decided, from
    the score `lowest` (0 to 1) on. `split` gives the shares of train, dev and test, such as `80/10/10` (two
    numbers: train and test), `seed` another draw of them, `stratify` the same share of every label in each.
    """

    state: State = field(default="any", metadata={"help": "option.state", "choices": STATES})
    having: str = field(default="", metadata={"help": "option.having"})
    annotated_by: str = field(default="", metadata={"help": "option.annotated_by"})
    labels: str = field(default="", metadata={"help": "option.labels"})
    suggestions: bool = field(default=False, metadata={"help": "option.suggestions"})
    lowest: float = field(default=0.5, metadata={"help": "option.lowest"})
    anonymous: bool = field(default=False, metadata={"help": "option.anonymous"})
    split: str = field(default="", metadata={"help": "option.split"})
    seed: int = field(default=0, metadata={"help": "option.seed"})
    stratify: bool = field(default=False, metadata={"help": "option.stratify"})
    manifest: bool = field(default=False, metadata={"help": "option.manifest"})


def select(corpus: Corpus, selection: Selection, job: Job | None = None) -> Corpus:
    """The corpus with nothing in it but what is selected.

    Raises:
        AnnotatorError: if the project has not one of the labels, or no document is left.
        Cancelled: if the user asked to stop.
    """
    wanted = fits(corpus.project, selection.state, selection.having, selection.annotated_by)
    if wanted is not None:
        corpus = _of_documents(corpus, wanted, job or Job())
    if selection.suggestions:
        corpus = _with_suggestions(corpus, selection.lowest)
    if selection.labels:
        corpus = _labelled(corpus, selection.labels)
    return _anonymous(corpus) if selection.anonymous else corpus


def _of_documents(corpus: Corpus, wanted: Fits, job: Job) -> Corpus:
    kept: list[str] = []
    for number, document in enumerate(corpus.documents):
        job.progress(number, corpus.count)
        if wanted(document):
            kept.append(document.id)
    if not kept:
        raise AnnotatorError("error.export_none")
    return _part(corpus, set(kept), kept)


def _with_suggestions(corpus: Corpus, lowest: float) -> Corpus:
    offered = corpus.offered
    if offered is None:
        raise AnnotatorError("error.no_suggestions")
    documents = Mapped(corpus.documents, lambda one: with_suggestions(one, offered(one), lowest))
    return dataclasses.replace(corpus, documents=documents)


class Mapped:
    """Documents, each put through a function whenever they are read."""

    def __init__(self, documents: Iterable[Document], function: Callable[[Document], Document]) -> None:
        self._documents, self._function = documents, function

    def __iter__(self) -> Iterator[Document]:
        return map(self._function, self._documents)


def _labelled(corpus: Corpus, wanted: str) -> Corpus:
    labels = corpus.project.label_set
    kept = with_those_below(labels, ids_of(wanted))
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

    A document keeps its place in the draw whatever other documents there are; with `stratify` it need not.

    Raises:
        AnnotatorError: if the shares are not understood.
    """
    if not selection.split:
        return {"": corpus}
    ids = list(corpus.ids) or [document.id for document in corpus.documents]
    drawn = sorted(ids, key=lambda one: hashlib.sha256(f"{selection.seed}:{one}".encode()).digest())
    counts = _counts(selection.split, len(ids))
    if selection.stratify:
        labels = {one.id: Counter(span.label for span in one.spans) for one in corpus.documents}
        dealt = stratified(drawn, labels, counts)
    else:
        rest = iter(drawn)
        dealt = {name: list(islice(rest, count)) for name, count in counts.items()}
    sets = {name: set(chosen) for name, chosen in dealt.items()}
    return {
        name: _part(corpus, chosen, [one for one in ids if one in chosen])
        for name, chosen in sets.items()
        if chosen
    }


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
