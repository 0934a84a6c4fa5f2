"""Checking a project's files against every rule of the format. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.project import Project
from annotator.core.span import SIDES
from annotator.services.dictionaries import in_force, read_all
from annotator.store import (
    annotation_file,
    annotation_writer,
    commit,
    disk,
    document_file,
    lines,
    project_file,
)
from annotator.store.annotation_file import AnnotationFile
from annotator.store.document_file import DocumentFile
from annotator.store.journal import HISTORY, JOURNAL
from annotator.store.library import DICTIONARIES, JOURNALS, PROJECT, Basis, natural
from annotator.store.names import inside, is_safe
from annotator.store.problems import Problem
from annotator.store.store import read_snapshot

__all__ = ["Problem", "check"]


def check(folder: Path, job: Job | None = None) -> list[Problem]:
    """Everything that is wrong with the project in `folder`, file by file.

    Raises:
        AnnotatorError: if it is no project at all.
    """
    root = folder.absolute()
    if not (root / PROJECT).is_file():
        raise AnnotatorError("error.not_a_project", folder=folder)
    return list(_Check(root, job or Job()).run())


@dataclass(frozen=True, slots=True)
class _Known:
    """What annotations may refer to."""

    labels: frozenset[str]
    link_types: frozenset[str]
    annotators: frozenset[str]

    @classmethod
    def of(cls, project: Project) -> _Known:
        return cls(
            frozenset(label.id for label in project.labels),
            frozenset(one.id for one in project.link_types),
            frozenset(one.id for one in project.annotators),
        )


class _Check:
    def __init__(self, root: Path, job: Job) -> None:
        self._root = root
        self._job = job
        self._documents: dict[str, DocumentFile] = {}
        self._known: _Known | None = None

    def run(self) -> Iterator[Problem]:
        yield from self._project()
        documents = self._files("docs", ".json")
        annotations = [path for folder in self._annotators() for path in self._files(folder, ".jsonl")]
        for count, path in enumerate(documents + annotations):
            self._job.progress(count, len(documents) + len(annotations))
            yield from self._document(path) if count < len(documents) else self._annotations(path)
        for own in sorted((self._root / JOURNALS).glob("*/")):
            yield from _journal(own, f"{JOURNALS}/{own.name}")
        yield from self._dictionaries()

    def _files(self, folder: str, suffix: str) -> list[str]:
        names = (path.name for path in (self._root / folder).glob(f"*{suffix}"))
        return [f"{folder}/{name}" for name in sorted(names, key=natural)]

    def _annotators(self) -> list[str]:
        folders = (path for path in (self._root / "annotations").glob("*") if path.is_dir())
        return [f"annotations/{path.name}" for path in sorted(folders)]

    def _dictionaries(self) -> Iterator[Problem]:
        # The texts and annotations do not depend on them.
        for volume in read_all(in_force((), self._root), job=self._job):
            if volume.trouble is not None:
                name = f"{DICTIONARIES}/{volume.dictionary.name}"
                yield replace(Problem.of(name, volume.trouble), severity="warning")

    def _project(self) -> Iterator[Problem]:
        try:
            data = disk.read(inside(self._root, self._root / PROJECT))
            record = project_file.decode(data)
        except AnnotatorError as error:
            yield Problem.of(PROJECT, error)
            return
        if record.newer:
            yield Problem(PROJECT, 2, "error.newer_format", severity="warning")
        if project_file.encode(record.project) != data:
            yield Problem(PROJECT, None, "problem.form", severity="warning")
        self._known = _Known.of(record.project)

    def _document(self, name: str) -> Iterator[Problem]:
        doc_id = Path(name).stem
        if not is_safe(doc_id):
            yield Problem(name, None, "problem.unsafe_name", {"name": doc_id}, "warning")
        try:
            data = disk.read(inside(self._root, self._root / name))
            file = document_file.decode(data)
        except AnnotatorError as error:
            yield Problem.of(name, error, _line_in(error))
            return
        self._documents[doc_id] = file
        if file.id != doc_id:
            yield Problem(name, 3, "problem.other_id", {"id": file.id}, "warning")
        if file.newer:
            yield Problem(name, 2, "error.newer_format", severity="warning")
        document = Document(id=file.id, info=file.info, zh=file.zh, en=file.en, pairs=file.pairs)
        if not _same(document_file.encode(document), data):
            yield Problem(name, None, "problem.form", severity="warning")

    def _annotations(self, name: str) -> Iterator[Problem]:
        doc_id, annotator = Path(name).stem, Path(name).parent.name
        if not (is_safe(doc_id) and is_safe(annotator)):
            yield Problem(name, None, "problem.unsafe_name", {"name": f"{annotator}/{doc_id}"}, "warning")
        shared = self._documents.get(doc_id)
        if shared is None:
            yield Problem(name, None, "problem.no_document", {"document": doc_id}, "warning")
            return
        basis = Basis(shared)
        try:
            path = inside(self._root, self._root / name)
            file = annotation_file.read(path, basis.texts)
            data = disk.read(path)
        except AnnotatorError as error:
            yield Problem.of(name, error)
            return
        yield from self._head(name, file, basis, doc_id, annotator)
        for damage in file.damaged:
            yield Problem(name, damage.line, damage.why.key, dict(damage.why.details))
        yield from self._references(name, file, shared, data)
        if not file.damaged and not _same(_encoded(file, shared, doc_id, annotator), data):
            yield Problem(name, None, "problem.form", severity="warning")

    def _head(
        self, name: str, file: AnnotationFile, basis: Basis, doc_id: str, annotator: str
    ) -> Iterator[Problem]:
        if self._known is not None and annotator not in self._known.annotators:
            details = {"annotator": annotator}
            yield Problem(name, None, "problem.unknown_annotator", details, "info")
        if file.head is None:
            return
        if (file.head.doc, file.head.annotator) != (doc_id, annotator):
            other = f"{file.head.annotator}/{file.head.doc}"
            yield Problem(name, 1, "problem.other_id", {"id": other}, "warning")
        if file.newer:
            yield Problem(name, 1, "error.newer_format", severity="warning")
        if basis.unknown:
            yield Problem(name, 1, "problem.digest", {"side": "/".join(basis.unknown)})
        if basis.corrections:
            yield Problem(name, 1, "problem.corrected_since", severity="info")

    def _references(
        self, name: str, file: AnnotationFile, shared: DocumentFile, data: bytes
    ) -> Iterator[Problem]:
        if self._known is not None:
            for span in file.spans.values():
                if span.label not in self._known.labels:
                    yield _unknown(name, data, span.id, "problem.unknown_label", label=span.label)
            for link in file.links.values():
                if link.type not in self._known.link_types:
                    yield _unknown(name, data, link.id, "problem.unknown_link_type", type=link.type)
        for pair in file.done:
            if shared.pairs.row_of(pair) is None:
                yield _unknown(name, data, pair, "problem.unknown_pair", key="pair", pair=pair)


def _unknown(
    name: str, data: bytes, record: str, problem: str, *, key: str = "id", **details: str
) -> Problem:
    at = data.find(f'"{key}":"{record}"'.encode())
    return Problem(name, data.count(b"\n", 0, at) + 1 if at >= 0 else None, problem, details, "warning")


def _encoded(file: AnnotationFile, shared: DocumentFile, doc_id: str, annotator: str) -> Iterator[bytes]:
    doc_id = file.head.doc if file.head else doc_id
    plain = Document(id=doc_id, info=file.note_in(shared.info), zh=shared.zh, en=shared.en)
    document = file.laid_on(plain)
    digests = {side: file.head.sha256.get(side, "") if file.head else "" for side in SIDES}
    return annotation_writer.encode(document, file.head.annotator if file.head else annotator, digests)


def _same(chunks: Iterable[bytes], data: bytes) -> bool:
    at = 0
    for chunk in chunks:
        if not data.startswith(chunk, at):
            return False
        at += len(chunk)
    return at == len(data)


def _line_in(error: AnnotatorError) -> int | None:
    line = error.details.get("line")
    return line if isinstance(line, int) else None


def _journal(own: Path, name: str) -> Iterator[Problem]:
    if (own / commit.COMMIT).exists():
        known = commit.pending(own) is not None
        key = "problem.commit_open" if known else "error.commit_damaged"
        details = {"path": f"{name}/{commit.COMMIT}"}
        yield Problem(details["path"], None, key, details, "info" if known else "error")
    try:
        snapshot = read_snapshot(own)
        if (own / JOURNAL).exists():
            yield from _unsaved(f"{name}/{JOURNAL}", disk.read(own / JOURNAL), snapshot)
        if (own / HISTORY).exists():
            yield from _history(f"{name}/{HISTORY}", disk.read(own / HISTORY))
    except AnnotatorError as error:
        yield Problem.of(name, error)


def _unsaved(name: str, data: bytes, snapshot: int) -> Iterator[Problem]:
    found = lines.scan(data)
    if found.torn or found.damaged:
        rest = data[found.end :]
        details = {"count": rest.count(b"\n") + (not rest.endswith(b"\n"))}
        key = "problem.check_torn" if found.torn else "problem.check_damaged"
        yield Problem(name, len(found.places) + 1, key, details, "info" if found.torn else "error")
    waiting = sum(1 for place in found.places if place.seq > snapshot)
    if waiting:
        yield Problem(name, None, "problem.journal_waiting", {"count": waiting}, "info")


def _history(name: str, data: bytes) -> Iterator[Problem]:
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        try:
            lines.decode(line)
        except ValueError:
            yield Problem(name, number, "problem.check_history", severity="warning")
