"""Reading documents from the project folder."""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from annotator.core.document import Correction, Document, Info, digest
from annotator.core.errors import AnnotatorError
from annotator.core.links import LinkTable
from annotator.core.pair import PairTable
from annotator.core.project import Project
from annotator.core.span import SIDES, Side, Span
from annotator.core.spans import SpanTable
from annotator.store import annotation_file, disk, document_file, project_file
from annotator.store.annotation_file import AnnotationFile, Head
from annotator.store.aside import Aside, keep
from annotator.store.carry import carried, corrections_since
from annotator.store.document_file import DocumentFile
from annotator.store.names import check_name, inside, is_safe
from annotator.store.problems import Problem

PROJECT = "project.json"
JOURNALS = ".journal"
DICTIONARIES = "dictionaries"
OWN = frozenset({PROJECT, JOURNALS, DICTIONARIES, "docs", "annotations", "suggestions", "schema", ".cache"})
"""What lies at the top of a project folder and is nobody else's to write."""


def is_project(folder: Path) -> bool:
    """Whether `folder` holds a project of ours, damaged or not; others have a project.json too."""
    try:
        with (folder / PROJECT).open("rb") as file:
            return b"bitext-project/" in file.read(4096)
    except OSError:
        return False


def document_path(doc_id: str) -> str:
    """The file of a document's shared part, relative to the project."""
    return f"docs/{check_name(doc_id)}.json"


def annotation_path(annotator: str, doc_id: str) -> str:
    """The file of an annotator's own part."""
    return f"annotations/{check_name(annotator)}/{check_name(doc_id)}.jsonl"


class Shared(Struct, frozen=True):
    """The part of a document that all annotators share, as it lies on disk."""

    info: Info
    zh: str
    en: str
    pairs: PairTable

    @classmethod
    def of(cls, document: Document) -> Shared:
        """The shared part of `document`."""
        info = document_file.shared_info(document.info)
        return cls(info, document.zh, document.en, document.pairs)

    def same(self, document: Document) -> bool:
        """Whether `document` has it unchanged."""
        return (
            (self.pairs is document.pairs or self.pairs == document.pairs)
            and self.zh == document.zh
            and self.en == document.en
            and self.info == document_file.shared_info(document.info)
        )


class Library:
    """The documents of a project as one annotator sees them. Used from any thread."""

    def __init__(
        self,
        root: Path,
        annotator: str,
        *,
        aside: Aside | None = None,
        overlay: dict[str, Path | None] | None = None,
    ) -> None:
        """`overlay` says where files really are while a commit is not completed."""
        self.root = root
        self.annotator = annotator
        self.problems: list[Problem] = []
        self.shared: dict[str, Shared] = {}
        self.locked: dict[str, AnnotatorError] = {}
        self.known: set[str] = set()
        self.corrected: set[str] = set()
        self._aside = aside
        self._overlay = overlay or {}
        self._signatures: dict[str, disk.Signature | None] = {}
        self._behind: dict[str, Basis] = {}
        self._held_back = False
        self._lock = threading.Lock()

    def project(self) -> project_file.ProjectFile:
        """Read the project's record.

        Raises:
            AnnotatorError: if it is damaged.
        """
        data = disk.read(self._path(PROJECT))
        self.note(PROJECT)
        return project_file.decode(data)

    def ids(self) -> list[str]:
        """The documents of the project, numbers in their names in the order of numbers."""
        folder = self.root / "docs"
        names = {path.stem for path in folder.glob("*.json")} if folder.is_dir() else set()
        for path, there in self._overlay.items():
            if path.startswith("docs/"):
                stem = Path(path).stem
                names = names | {stem} if there is not None else names - {stem}
        for name in sorted(name for name in names if not is_safe(name)):
            self._tell(Problem(f"docs/{name}.json", None, "problem.unsafe_name", {"name": name}, "warning"))
        self.known |= names
        return sorted((name for name in names if is_safe(name)), key=natural)

    def load(self, doc_id: str) -> Document:
        """Read a document with the annotations on it; every rule of the format is checked.

        A damaged line of annotations is kept aside and told in `problems`; the rest is usable.

        Raises:
            AnnotatorError: if the document is missing or damaged, or leads out of the project.
        """
        with self._lock, _uncollected():
            name = document_path(doc_id)
            shared = self._read_shared(doc_id, name)
            if shared.id != doc_id:
                self._tell(Problem(name, 3, "problem.other_id", {"id": shared.id}, "warning"))
            self.shared[doc_id] = Shared(shared.info, shared.zh, shared.en, shared.pairs)
            if shared.newer:
                self._lock_document(doc_id, name)
            return self._annotated(doc_id, shared)

    def exists(self, relative: str) -> bool:
        """Whether the project has this file."""
        return self._overlay.get(relative, self.root / relative) is not None and self._path(relative).exists()

    def note(self, relative: str) -> None:
        """Remember how the file lies on disk now."""
        self._signatures[relative] = disk.signature(self._path(relative))

    def forget(self, relative: str) -> None:
        """The file is gone."""
        self._signatures.pop(relative, None)

    def check_untouched(self, relative: str) -> None:
        """Make sure that nobody else wrote the file since it was read.

        Raises:
            AnnotatorError: if somebody did.
        """
        known = self._signatures.get(relative)
        if relative in self._signatures and disk.signature(self._path(relative)) != known:
            raise AnnotatorError("error.changed_outside", file=relative)

    def _path(self, relative: str) -> Path:
        path = self._overlay.get(relative) or self.root / relative
        return inside(self.root, path)

    def _read_shared(self, doc_id: str, name: str) -> DocumentFile:
        path = self._path(name)
        if not path.exists():
            if not self.root.exists():
                raise AnnotatorError("error.folder_gone", path=self.root)
            raise AnnotatorError("error.no_document", document=doc_id)
        data = disk.read(path)
        self.note(name)
        try:
            return document_file.decode(data)
        except AnnotatorError as error:
            raise AnnotatorError(error.key, **{"file": name, "line": 1, **error.details}) from error

    def _lock_document(self, doc_id: str, name: str) -> None:
        self.locked[doc_id] = AnnotatorError("error.newer_format", file=name)
        self._tell(Problem(name, None, "error.newer_format", {}, "warning"))

    def _annotated(self, doc_id: str, shared: DocumentFile) -> Document:
        name = annotation_path(self.annotator, doc_id)
        plain = Document(id=doc_id, info=shared.info, zh=shared.zh, en=shared.en, pairs=shared.pairs)
        path = self._path(name)
        if not path.exists():
            self._signatures[name] = None
            return plain
        self.note(name)
        basis = Basis(shared)
        file = annotation_file.read(path, basis.texts)
        self._report(name, file, basis)
        if file.newer:
            self._lock_document(doc_id, name)
        made = file.laid_on(
            plain.evolve(info=file.note_in(shared.info), zh=basis.text("zh"), en=basis.text("en"))
        )
        if not basis.corrections:
            return made
        self.corrected.add(doc_id)
        self._behind[doc_id] = basis
        return made if self._held_back else self._carried(made)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Meanwhile documents are read with the text that the annotations were made on.

        What the journal holds belongs to that text. `caught_up` carries them on to the text of today.
        """
        self._held_back = True
        try:
            yield
        finally:
            self._held_back = False

    def caught_up(self, document: Document) -> Document:
        """The document carried on to the text of today, if it was held back."""
        return self._carried(document) if document.id in self._behind else document

    def _carried(self, document: Document) -> Document:
        basis, name = self._behind.pop(document.id), annotation_path(self.annotator, document.id)
        spans: dict[str, Span] = {}
        for span in document.spans:
            moved = carried(span, basis.corrections.get(span.side, []), basis.shared.text(span.side))
            if moved is not None:
                spans[span.id] = moved
                continue
            self._tell(Problem(name, None, "problem.span_lost", {"quote": span.quote, "label": span.label}))
        if len(spans) < len(document.spans):
            keep(self._aside, f"{self.annotator}-{name.rsplit('/', 1)[-1]}", disk.read(self._path(name)))
        links = (link for link in document.links if link.a in spans and link.b in spans)
        rejected = (
            carried(one, basis.corrections.get(one.side, []), basis.shared.text(one.side))
            for one in document.rejected
        )
        return document.evolve(
            zh=basis.shared.zh,
            en=basis.shared.en,
            spans=SpanTable(spans.values()),
            links=LinkTable(links),
            rejected=SpanTable(one for one in rejected if one is not None),
        )

    def _report(self, name: str, file: AnnotationFile, basis: Basis) -> None:
        if basis.unknown:
            self._tell(Problem(name, 1, "problem.digest", {"side": "/".join(basis.unknown)}, "warning"))
        if not file.damaged:
            return
        data = b"".join(damage.raw for damage in file.damaged)
        where = keep(self._aside, f"{self.annotator}-{name.rsplit('/', 1)[-1]}", data)
        for damage in file.damaged:
            details = {"reason": str(damage.why), "kept": where}
            self._tell(Problem(name, damage.line, "problem.line_damaged", details))

    def _tell(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


class Basis:
    """On which text a file of annotations was made, and what happened to the text since."""

    def __init__(self, shared: DocumentFile) -> None:
        self.shared = shared
        self.corrections: dict[Side, list[Correction]] = {}
        self.unknown: list[Side] = []
        self._old: dict[Side, str] = {}

    def text(self, side: Side) -> str:
        """The text of `side` that the annotations were made on."""
        return self._old.get(side, self.shared.text(side))

    def texts(self, head: Head | None) -> dict[Side, str]:
        """The texts that the digests in `head` belong to, as far as they are known."""
        return {side: self._text(side, head) for side in SIDES}

    def _text(self, side: Side, head: Head | None) -> str:
        text = self.shared.text(side)
        if head is None or head.sha256.get(side) == digest(text):
            return text
        found = corrections_since(self.shared.info.corrections, side, text, head.sha256.get(side, ""))
        if found is None:
            self.unknown.append(side)
            return text
        self._old[side], self.corrections[side] = found
        return found[0]


@contextmanager
def _uncollected() -> Iterator[None]:
    # What is read lives long and forms no cycles: collecting meanwhile only costs time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts numbers in names as numbers."""
    parts = re.split(r"(\d+)", name.casefold())
    numbered = ((0, int(part)) if part.isdecimal() else (1, part) for part in parts)
    return (*numbered, (2, name))


def read_project(root: Path) -> Project:
    """The project's record alone.

    Raises:
        AnnotatorError: if there is none, or it is damaged.
    """
    return Library(root, "reader").project().project
