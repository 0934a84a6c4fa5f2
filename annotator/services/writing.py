"""Files of an export: each there whole or not at all, with what belongs beside it."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from annotator.core.about import version
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id
from annotator.core.job import Job
from annotator.extend import Corpus, Exporter, File, Loss, Report
from annotator.formats.archive import unpacked
from annotator.services.selecting import Selection, split
from annotator.store.library import OWN, is_project

MANIFEST = "manifest.json"


def manifest_of(path: Path) -> Path:
    """Where the manifest of an export to one file is."""
    return path.parent / f"{path.stem}.{MANIFEST}"


@dataclass(frozen=True, slots=True)
class Writing:
    """One export in one format."""

    exporter: Exporter
    options: Any
    selection: Selection
    job: Job

    def into(self, folder: Path, corpus: Corpus, stem: str) -> Report:
        """Write the parts of a corpus into a folder, a file or a folder of files each."""
        reports: dict[str, Report] = {}
        for name, part in split(corpus, self.selection).items():
            target = folder / f"{name or stem}{self.exporter.suffixes[0]}"
            with target.open("wb") as out:
                reports[name] = self.exporter.write(part, out, self.options, self.job)
            if self.exporter.archive:
                _unpack(target, folder / name)
        files = {name or "train": f"{name or stem}{self.exporter.suffixes[0]}" for name in reports}
        for name, data in self._companions(corpus, files).items():
            (folder / name).write_bytes(data)
        if self.selection.manifest:
            names = sorted(one for one in folder.rglob("*") if one.is_file())
            record = self._manifest(
                corpus, reports, {one.relative_to(folder).as_posix(): one for one in names}
            )
            (folder / MANIFEST).write_bytes(record)
        return _total(reports)

    def beside(self, path: Path, corpus: Corpus, report: Report) -> list[Path]:
        """Write what belongs beside a file that was written, and tell which files these are."""
        if not path.is_file():
            return []
        files = {path.name: path}
        for name, data in self._companions(corpus, {"": path.name}).items():
            files[name] = path.parent / name
            with atomic(files[name]) as out:
                out.write(data)
        others = [one for one in files.values() if one != path]
        if self.selection.manifest:
            with atomic(manifest_of(path)) as out:
                out.write(self._manifest(corpus, {"": report}, files))
            others.append(manifest_of(path))
        return others

    def _companions(self, corpus: Corpus, files: Mapping[str, str]) -> Mapping[str, bytes]:
        beside = self.exporter.beside
        return beside(corpus.project, self.options, files) if beside else {}

    def _manifest(self, corpus: Corpus, reports: Mapping[str, Report], files: Mapping[str, Path]) -> bytes:
        """What was written: enough to tell whether two exports are the same, and no time of day."""
        total = _total(reports)
        parts = split(corpus, self.selection)
        record = {
            "program": f"Annotator {version()}",
            "format": self.exporter.name,
            "options": dataclasses.asdict(self.options),
            "selection": dataclasses.asdict(self.selection),
            "labels": [label.id for label in corpus.project.labels],
            "documents": total.documents,
            "spans": total.spans,
            "links": total.links,
            "losses": [dataclasses.asdict(loss) for loss in total.losses],
            "splits": {
                name: {"documents": list(parts[name].ids), "spans": one.spans, "links": one.links}
                for name, one in reports.items()
                if name
            },
            "files": {name: _digest(path) for name, path in sorted(files.items())},
        }
        return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def _digest(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _total(reports: Mapping[str, Report]) -> Report:
    losses: dict[str, Loss] = {}
    for loss in (loss for report in reports.values() for loss in report.losses):
        before = losses.get(loss.key, Loss(loss.key, 0, loss.example))
        losses[loss.key] = Loss(loss.key, before.count + loss.count, before.example)
    return Report(
        sum(one.documents for one in reports.values()),
        sum(one.spans for one in reports.values()),
        sum(one.links for one in reports.values()),
        tuple(losses[key] for key in sorted(losses)),
    )


def _unpack(archive: Path, folder: Path) -> None:
    for file in unpacked(File(archive.name, archive.read_bytes())):
        target = folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
    archive.unlink()


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to write to that becomes `path` when all is in it, and goes if anything fails.

    Raises:
        AnnotatorError: if there is something at `path` already, or it cannot be written.
    """
    part = path.with_name(f".{path.name}.{new_id()}.part")
    try:
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise AnnotatorError("error.export_there", file=str(path))
        _spare_projects(path)
        part.mkdir()
        try:
            yield part
            if path.exists():
                path.rmdir()
            part.replace(path)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise AnnotatorError("error.export_write", file=str(path), reason=error.strerror or error) from error


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that becomes `path` when all of it is on disk, and goes if anything fails.

    A device or a pipe is written to as it is.

    Raises:
        AnnotatorError: if it cannot be written, or is one of a project's own files.
    """
    try:
        if path.is_dir():
            raise AnnotatorError("error.export_folder", file=str(path))
        _spare_projects(path)
        with path.open("wb") if _is_special(path) else _part_of(path.resolve()) as out:
            yield out
    except OSError as error:
        raise AnnotatorError("error.export_write", file=str(path), reason=error.strerror or error) from error


@contextmanager
def _part_of(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{new_id()}.part")
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    # Followed, not resolved: /dev/stdout leads to a name that is none.
    return path.exists() and not path.is_file()


def _spare_projects(path: Path) -> None:
    """A slip of the pen must not replace annotations by their export."""
    target = path.resolve()
    for folder in target.parents:
        if target.relative_to(folder).parts[0] in OWN and is_project(folder):
            raise AnnotatorError("error.export_own", file=str(path), folder=str(folder))


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders, and needs no such sync.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
