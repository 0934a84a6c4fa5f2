"""The registry: a format or a suggester is one file and one decorator.

Installed packages join through the entry-point groups `annotator.formats` and `annotator.suggesters`:
each entry point names a module whose import registers what it offers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, BinaryIO, Protocol, TypeVar

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.project import Project


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


@dataclass(slots=True)
class _Registry:
    exporters: dict[str, Exporter] = field(default_factory=dict)


_registry = _Registry()
F = TypeVar("F", bound=Callable[..., Report])


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


@cache
def _load(room: str) -> None:
    package = import_module(f"annotator.{room}")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"annotator.{room}.{module.name}")
    for point in entry_points(group=f"annotator.{room}"):
        point.load()
