"""The registry: a format, a reader of texts or a suggester is one file and one decorator.

Installed packages join through the entry-point groups `annotator.formats`, `annotator.texts` and
`annotator.suggesters`: each entry point names a module whose import registers what it offers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from annotator.core.document import Document, Info
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.pair import Pair
from annotator.core.project import Project
from annotator.core.span import Link, Side, Span
from annotator.core.suggestion import Suggestion


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format could not express: a catalog key, how often, and one example."""

    key: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an export wrote and what it could not. An exporter leaves `files` empty: whoever called it knows
    them."""

    documents: int = 0
    spans: int = 0
    links: int = 0
    losses: tuple[Loss, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an exporter is given: the project's record and its documents, one at a time, and their ids.

    `offered` gives what is suggested for a document, for an export that takes suggestions along.
    """

    project: Project
    documents: Iterable[Document]
    count: int
    annotator: str = ""
    ids: tuple[str, ...] = ()
    offered: Callable[[Document], Iterable[Suggestion]] | None = None


class WriteFunction(Protocol):
    """Writes a corpus to `out`."""

    def __call__(self, corpus: Corpus, out: BinaryIO, options: Any, job: Job) -> Report: ...


class BesideFunction(Protocol):
    """Files that belong beside an export, by name. `files` are those written, by split; `""` is the whole."""

    def __call__(
        self, project: Project, options: Any, files: Mapping[str, str], /
    ) -> Mapping[str, bytes]: ...


@dataclass(frozen=True, slots=True)
class Needs:
    """Libraries that an extra of the program brings, by the names that they are imported as."""

    extra: str
    modules: tuple[str, ...]

    @property
    def installed(self) -> bool:
        """Whether all of them are there; nothing is imported."""
        return all(find_spec(module) is not None for module in self.modules)

    @property
    def command(self) -> str:
        """What installs them."""
        return f'pip install "annotator[{self.extra}]"'


@dataclass(frozen=True, slots=True)
class Exporter:
    """One way out: `name` for the command line, `title` a catalog key, options a frozen dataclass.

    Each field of the options may carry `metadata={"help": catalog key, "choices": (…)}`. `loses` are the keys
    of all losses that its reports may name, `binary` says that its bytes are no text, `archive` that they are
    a zip archive of files which may as well lie in a folder.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    options: type[Any]
    write: WriteFunction
    loses: tuple[str, ...] = ()
    needs: Needs | None = None
    binary: bool = False
    archive: bool = False
    beside: BesideFunction | None = None


def _alone(_: str) -> File | None:
    return None


@dataclass(frozen=True, slots=True)
class File:
    """A file to read from; in a folder or an archive, `name` is its path there.

    `beside` gives another file by its path as seen from this one, `/` between folders; None if it is not
    there or lies outside the folder or the archive that was given.
    """

    name: str
    data: bytes
    beside: Callable[[str], File | None] = field(default=_alone, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A document, or a stretch of one, as a file of some program holds it.

    Attributes:
        name: what the file calls it; the document's id if this program wrote the file.
        texts: the text of each side that the file has. White space may differ from the document's.
        pairs: its rows, as offsets into `texts`; empty if the file knows none.
        spans: what is annotated, as offsets into `texts`. Ids are unique within the document alone.
        links: between these spans.
        done: ids of the pairs that are done.
        info: what the file says of the document, if it says so much.
    """

    name: str
    texts: Mapping[Side, str]
    pairs: tuple[Pair, ...] = ()
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    done: tuple[str, ...] = ()
    info: Info | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in some files: documents, the labels that they declare, and what could not be read."""

    documents: tuple[Found, ...] = ()
    labels: tuple[Label, ...] = ()
    losses: tuple[Loss, ...] = ()


class ReadFunction(Protocol):
    """Reads files. It may fail with an `AnnotatorError` that names the file, and with nothing else."""

    def __call__(self, files: Sequence[File], options: Any, job: Job) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Importer:
    """One way in; the fields are those of an exporter. `suffixes` are the files taken from a folder, `shared`
    those of them that belong to all others, such as a type system; any other belongs to those of its stem."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    options: type[Any]
    read: ReadFunction
    needs: Needs | None = None
    shared: tuple[str, ...] = ()


TextRow = tuple[str, ...]
"""The cells of one row of a table."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file: lines, or rows of a table of pairs. Not both.

    `rows` are numbered as the file counts them; one that holds names such as `zh` and `en` and no more is
    its header. `encoding` is empty where the file says itself how it is encoded. `losses` are what the
    file has and the text has not. `used` names the files beside it that went into the text. A file of several
    documents has them in `parts`, each with a `name`, and nothing else.
    """

    text: str = ""
    rows: tuple[tuple[int, TextRow], ...] = ()
    encoding: str = ""
    losses: tuple[Loss, ...] = ()
    used: tuple[str, ...] = ()
    name: str = ""
    parts: tuple[Extract, ...] = ()


class TextFunction(Protocol):
    """Reads the text of a file. It may fail with an `AnnotatorError` that names the file, and with nothing
    else. `encoding` overrides the recognition where the kind leaves a choice."""

    def __call__(self, file: File, encoding: str, /) -> Extract: ...


@dataclass(frozen=True, slots=True)
class TextReader:
    """A kind of file from which texts are imported; `name` for messages, `suffixes` in lower case."""

    name: str
    suffixes: tuple[str, ...]
    read: TextFunction
    needs: Needs | None = None


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
    importers: dict[str, Importer] = field(default_factory=dict)
    suggesters: dict[str, Suggester] = field(default_factory=dict)
    texts: dict[str, TextReader] = field(default_factory=dict)


_registry = _Registry()
F = TypeVar("F", bound=Callable[..., Report])
R = TypeVar("R", bound=Callable[..., Reading])
M = TypeVar("M", bound=Callable[..., Offer])
T = TypeVar("T", bound=Callable[..., Extract])


def exporter(
    name: str,
    title: str,
    *,
    suffixes: tuple[str, ...],
    options: type[Any] = NoOptions,
    loses: tuple[str, ...] = (),
    needs: Needs | None = None,
    binary: bool = False,
    archive: bool = False,
    beside: BesideFunction | None = None,
) -> Callable[[F], F]:
    """Register the decorated function as an exporter; see `Exporter`."""

    def register(function: F) -> F:
        _registry.exporters[name] = Exporter(
            name, title, suffixes, options, function, loses, needs, binary, archive, beside
        )
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


def importer(
    name: str,
    title: str,
    *,
    suffixes: tuple[str, ...],
    options: type[Any] = NoOptions,
    needs: Needs | None = None,
    shared: tuple[str, ...] = (),
) -> Callable[[R], R]:
    """Register the decorated function as a reader of annotations; see `Importer`."""

    def register(function: R) -> R:
        _registry.importers[name] = Importer(name, title, suffixes, options, function, needs, shared)
        return function

    return register


def importers() -> dict[str, Importer]:
    """All readers of annotations by name, those of installed packages included."""
    _load("formats")
    return dict(_registry.importers)


def importer_named(name: str) -> Importer:
    """The reader of this name.

    Raises:
        AnnotatorError: if there is none; the sentence lists those there are.
    """
    known = importers()
    if name not in known:
        raise AnnotatorError("error.no_reader", name=name, known=", ".join(sorted(known)))
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


def text_reader(name: str, *, suffixes: tuple[str, ...], needs: Needs | None = None) -> Callable[[T], T]:
    """Register the decorated function as a reader of texts; see `TextReader`."""

    def register(function: T) -> T:
        _registry.texts[name] = TextReader(name, suffixes, function, needs)
        return function

    return register


def text_readers() -> dict[str, TextReader]:
    """All readers of texts by the endings of their files, those of installed packages included."""
    _load("texts")
    return {suffix: reader for reader in _registry.texts.values() for suffix in reader.suffixes}


@cache
def _load(room: str) -> None:
    package = import_module(f"annotator.{room}")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"annotator.{room}.{module.name}")
    for point in entry_points(group=f"annotator.{room}"):
        point.load()
