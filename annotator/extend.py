"""The registry: a format or a suggester is one file and one decorator.

Installed packages join through the entry-point groups `annotator.formats` and `annotator.suggesters`:
each entry point names a module whose import registers what it offers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.project import Project
from annotator.core.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format could not express: a catalog key, how often, and one example."""

    key: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an export wrote and what it could not."""

    documents: int = 0
    spans: int = 0
    links: int = 0
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an exporter is given: the project's record and its documents, one at a time."""

    project: Project
    documents: Iterable[Document]
    count: int
    annotator: str = ""


class WriteFunction(Protocol):
    """Writes a corpus to `out`."""

    def __call__(self, corpus: Corpus, out: BinaryIO, options: Any, job: Job) -> Report: ...


@dataclass(frozen=True, slots=True)
class Exporter:
    """One way out: `name` for the command line, `title` a catalog key, options a frozen dataclass.

    Each field of the options may carry `metadata={"help": catalog key, "choices": (…)}`.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    options: type[Any]
    write: WriteFunction


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For what has none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a source of suggestions may know and learn from.

    Attributes:
        project: the project's record, with its labels.
        documents: documents with what a person confirmed and rejected in them.
        annotator: whose annotations these are.
        glosses: a Chinese word's English equivalents in the dictionaries in force; empty for unknown words.
        folder: where the project keeps models between sessions; None keeps nothing.
        addresses: the addresses (`https://host:port`) to which the user allows texts to be sent.
    """

    project: Project
    documents: Sequence[Document] = ()
    annotator: str = ""
    glosses: Callable[[str], Sequence[str]] | None = None
    folder: Path | None = None
    addresses: frozenset[str] = frozenset()


class Offer(Protocol):
    """Suggestions for some rows of a document. Fast: asked again for every screen that comes into sight.

    Spans that the document has already, and what was rejected, are left out by the caller.
    """

    def __call__(self, document: Document, rows: range) -> Iterable[Suggestion]: ...


class MakeOffer(Protocol):
    """Prepares a source; may take long. Not called on the GUI thread."""

    def __call__(self, evidence: Evidence, options: Any, job: Job) -> Offer: ...


@dataclass(frozen=True, slots=True)
class Suggester:
    """One source of suggestions: `name` for files and the command line, `title` a catalog key.

    `version` changes when the same evidence gives other suggestions; `name@version` stands in them. `covers`
    names sources that it asks and judges itself, so that they need not be asked beside it.
    """

    name: str
    title: str
    version: str
    options: type[Any]
    make: MakeOffer
    covers: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """What stands in its suggestions."""
        return f"{self.name}@{self.version}"


@dataclass(slots=True)
class _Registry:
    exporters: dict[str, Exporter] = field(default_factory=dict)
    suggesters: dict[str, Suggester] = field(default_factory=dict)


_registry = _Registry()
F = TypeVar("F", bound=Callable[..., Report])
M = TypeVar("M", bound=Callable[..., Offer])


def exporter(
    name: str, title: str, *, suffixes: tuple[str, ...], options: type[Any] = NoOptions
) -> Callable[[F], F]:
    """Register the decorated function as an exporter."""

    def register(function: F) -> F:
        _registry.exporters[name] = Exporter(name, title, suffixes, options, function)
        return function

    return register


def exporters() -> dict[str, Exporter]:
    """All exporters by name, those of installed packages included."""
    _load("formats")
    return dict(_registry.exporters)


def exporter_named(name: str) -> Exporter:
    """The exporter of this name.

    Raises:
        AnnotatorError: if there is none; the sentence lists those there are.
    """
    known = exporters()
    if name not in known:
        raise AnnotatorError("error.no_format", name=name, known=", ".join(sorted(known)))
    return known[name]


def suggester(
    name: str, title: str, *, version: str, options: type[Any] = NoOptions, covers: tuple[str, ...] = ()
) -> Callable[[M], M]:
    """Register the decorated function as what prepares a source of suggestions."""

    def register(function: M) -> M:
        _registry.suggesters[name] = Suggester(name, title, version, options, function, covers)
        return function

    return register


def suggesters() -> dict[str, Suggester]:
    """All sources of suggestions by name, those of installed packages included."""
    _load("suggesters")
    return dict(_registry.suggesters)


def suggester_named(name: str) -> Suggester:
    """The source of this name.

    Raises:
        AnnotatorError: if there is none; the sentence lists those there are.
    """
    known = suggesters()
    if name not in known:
        raise AnnotatorError("error.no_suggester", name=name, known=", ".join(sorted(known)))
    return known[name]


@cache
def _load(room: str) -> None:
    package = import_module(f"annotator.{room}")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"annotator.{room}.{module.name}")
    for point in entry_points(group=f"annotator.{room}"):
        point.load()
