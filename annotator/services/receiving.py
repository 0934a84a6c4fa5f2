"""Annotations from files of which some may be damaged or of a format that has to be recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.extend import File, Importer, Reading, importer_named, importers
from annotator.formats.losses import Losses
from annotator.services.options import check_installed
from annotator.services.reading import files_of, read_files
from annotator.services.sources import endings
from annotator.store.library import is_project

AUTO = "auto"
"""In the place of a format's name: whichever is recognised."""

_TRIED = 3
"""Files by which a format is recognised."""

_LOOKED_AT = 2000
"""Files of a folder by which its format is recognised."""

_GLANCED_AT = 200
"""Files of a folder that are looked at, while the user waits, to tell whether it holds annotations."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    file: str
    error: AnnotatorError


@dataclass(frozen=True, slots=True)
class Received:
    """What files hold: in which format, how many were read, and which were not."""

    format: str
    reading: Reading
    files: int
    failures: tuple[Failure, ...] = ()


def receive(name: str, paths: Sequence[Path], options: Any = None, job: Job | None = None) -> Received:
    """Read files in the format `name`, or with `AUTO` in the one that is recognised; what is wrong with one
    file keeps no other from being read.

    Raises:
        AnnotatorError: if there is no such format, its library is not installed, there is no file of it, or
            not one can be read.
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    importer = importer_named(recognise(paths, job) if name == AUTO else name)
    check_installed(importer)
    failures: list[Failure] = []
    files = list(files_of(paths, importer, lambda file, error: failures.append(Failure(file, error))))
    if not files and not failures:
        raise AnnotatorError("error.read_nothing", suffixes=", ".join(importer.suffixes))
    reading, read = _all_or_each(importer, files, options, job, failures)
    if failures and not read:
        raise failures[0].error
    return Received(importer.name, reading, read, tuple(failures))


def _all_or_each(
    importer: Importer, files: Sequence[File], options: Any, job: Job, failures: list[Failure]
) -> tuple[Reading, int]:
    """All files at once, as links may go from one to another; if that fails, those of each stem alone."""
    try:
        return (read_files(importer, files, options, job), len(files)) if files else (Reading(), 0)
    except AnnotatorError as error:
        if error.key == "error.cancelled":
            raise
    readings: list[Reading] = []
    count = 0
    quiet = Job(is_cancelled=job.cancelled)
    bundles = list(_bundles(importer, files))
    for number, (bundle, shared) in enumerate(bundles):
        job.progress(number, len(bundles))
        try:
            readings.append(read_files(importer, (*bundle, *shared), options, quiet))
            count += len(bundle)
        except AnnotatorError as error:
            if error.key == "error.cancelled":
                raise
            failures.append(Failure(bundle[0].name, error))
    return _together(readings), count


def _bundles(importer: Importer, files: Sequence[File]) -> Iterator[tuple[list[File], list[File]]]:
    """The files of each stem, with those that belong to all."""
    shared = [file for file in files if file.name.casefold().endswith(importer.shared or ("\n",))]
    stems: dict[str, list[File]] = {}
    for file in files:
        if file not in shared:
            stems.setdefault(_stem(file.name, importer), []).append(file)
    for bundle in stems.values():
        yield bundle, shared


def _stem(name: str, importer: Importer) -> str:
    ending = next((one for one in importer.suffixes if name.casefold().endswith(one)), "")
    return name[: len(name) - len(ending)]


def _together(readings: Sequence[Reading]) -> Reading:
    losses = Losses()
    for loss in (loss for one in readings for loss in one.losses):
        losses.add(loss.key, loss.example, loss.count)
    labels = {label.id: label for one in readings for label in one.labels}
    documents = tuple(found for one in readings for found in one.documents)
    return Reading(documents, tuple(labels.values()), losses.all())


def recognise(paths: Sequence[Path], job: Job | None = None) -> str:
    """The format of files: of those that their endings allow, the one in which the first few say most.

    Raises:
        AnnotatorError: if they are in none of the formats whose libraries are installed.
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    allowed = _allowed(paths)
    ready = [one for one in allowed if one.needs is None or one.needs.installed]
    best, most = "", (0, 0, 0)
    for number, importer in enumerate(ready):
        job.progress(number, len(ready))
        told = _told(importer, paths, job)
        if told > most:
            best, most = importer.name, told
    if best:
        return best
    missing = next((one for one in allowed if one not in ready), None)
    if missing is not None:
        check_installed(missing)
    raise AnnotatorError("error.read_unknown", files=", ".join(path.name for path in paths[:3]))


def _allowed(paths: Sequence[Path]) -> list[Importer]:
    """The formats that files of these endings may be in; any may be in an archive."""
    names = [name.casefold() for name in _names(paths, _LOOKED_AT)]
    return [
        importer
        for importer in importers().values()
        if any(name.endswith((*importer.suffixes, ".zip")) for name in names)
    ]


def _names(paths: Sequence[Path], most: int) -> Iterator[str]:
    for path in paths:
        if path.is_dir():
            yield from (one.name for one in islice(path.rglob("*"), most) if one.is_file())
        else:
            yield path.name


def _told(importer: Importer, paths: Sequence[Path], job: Job) -> tuple[int, int, int]:
    """How much a format finds in the first files: annotations, documents, and little that is amiss."""
    quiet = Job(is_cancelled=job.cancelled)
    files = list(islice(files_of(paths, importer, lambda *_: None), _LOOKED_AT))
    spans = documents = lost = 0
    for bundle, shared in islice(_bundles(importer, files), _TRIED):
        try:
            reading = read_files(importer, (*bundle, *shared), None, quiet)
        except AnnotatorError as error:
            if error.key == "error.cancelled":
                raise
            continue
        spans += sum(len(found.spans) for found in reading.documents)
        documents += sum(1 for found in reading.documents if any(found.texts.values()))
        lost += sum(loss.count for loss in reading.losses)
    return spans, documents, -lost


def hold_annotations(paths: Sequence[Path]) -> bool:
    """Whether half or more of the files are of endings that only annotations have; texts may be in any of the
    others. A project holds some too, but is none of them."""
    if any(is_project(path) for path in paths):
        return False
    texts = endings()
    own = tuple({suffix for one in importers().values() for suffix in one.suffixes} - {*texts})
    names = [name.casefold().endswith(own) for name in _names(paths, _GLANCED_AT)]
    return 0 < len(names) <= 2 * sum(names)
