"""Dictionaries: which are in force, how they are read, how they come and go.

A user's own are a list of paths and hold for all projects; they stay where they lie. A project's lie in its
folder `dictionaries`, where everybody who shares the project has them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.formats.dictionary import SUFFIXES, Entries, read_dictionary
from annotator.language.lexicon import LexiconStack, Source, stack_of
from annotator.store import disk
from annotator.store.library import DICTIONARIES, JOURNALS
from annotator.store.names import slug

__all__ = [
    "SUFFIXES",
    "Dictionary",
    "Volume",
    "add_to_project",
    "in_force",
    "move_to_project",
    "read_all",
    "remove_from_project",
    "stack",
    "with_path",
    "without_path",
]

Owner = Literal["user", "project"]

# The project's own rule makes line ends of all files alike, which would spoil packed ones.
_ATTRIBUTES = ".gitattributes", b"* -text\n"


class Dictionary(Struct, frozen=True):
    """A file that is asked for words, and whose it is."""

    path: Path
    owner: Owner

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


class Volume(Struct, frozen=True):
    """A dictionary that was read: its entries, or in `trouble` why there are none."""

    dictionary: Dictionary
    entries: Entries
    trouble: AnnotatorError | None
    signature: disk.Signature | None


def in_force(user: Iterable[str], project: Path | None) -> list[Dictionary]:
    """The user's own in their order, then those of the project by name; no file twice."""
    found = {Path(path): Dictionary(Path(path), "user") for path in user}
    folder = project / DICTIONARIES if project is not None else None
    if folder is not None and folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
                found.setdefault(path, Dictionary(path, "project"))
    return list(found.values())


def read_all(
    dictionaries: Sequence[Dictionary], before: Iterable[Volume] = (), job: Job | None = None
) -> tuple[Volume, ...]:
    """Read them all; one that cannot be read says why, and the rest are there all the same.

    Those of `before` whose files have not changed are not read again.

    Raises:
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    known = {volume.dictionary.path: volume for volume in before}
    volumes: list[Volume] = []
    for count, dictionary in enumerate(dictionaries):
        job.progress(count, len(dictionaries))
        volumes.append(_volume(dictionary, known.get(dictionary.path), job))
    return tuple(volumes)


def _volume(dictionary: Dictionary, before: Volume | None, job: Job) -> Volume:
    signature = disk.signature(dictionary.path)
    if before is not None and signature is not None and before.signature == signature:
        return Volume(dictionary, before.entries, before.trouble, signature)
    try:
        return Volume(dictionary, read_dictionary(dictionary.path, job), None, signature)
    except AnnotatorError as trouble:
        if trouble.key == "error.cancelled":
            raise
        return Volume(dictionary, {}, trouble, signature)


def stack(volumes: Iterable[Volume], learnt: Iterable[Source] = ()) -> LexiconStack:
    """What aligning asks for words: the program's own, the dictionaries, what the project taught."""
    return stack_of([volume.entries for volume in volumes if volume.entries], learnt)


def with_path(user: Sequence[str], file: Path, job: Job | None = None) -> list[str]:
    """The user's list with one more file, which stays where it is.

    Raises:
        AnnotatorError: if it is no dictionary.
        Cancelled: if the user asked to stop.
    """
    read_dictionary(file, job)
    return list(dict.fromkeys([*user, str(file.absolute())]))


def without_path(user: Iterable[str], dictionary: Dictionary) -> list[str]:
    """The user's list without one; its file stays."""
    return [path for path in user if Path(path) != dictionary.path]


def add_to_project(project: Path, file: Path, job: Job | None = None) -> Dictionary:
    """Copy a dictionary into the project; the one that is there already if it is the same.

    Raises:
        AnnotatorError: if it is no dictionary, or cannot be copied.
        Cancelled: if the user asked to stop.
    """
    read_dictionary(file, job)
    folder = project / DICTIONARIES
    try:
        data = file.read_bytes()
        disk.make_folder(folder)
        _as_they_are(folder)
        for there in folder.iterdir():
            if there.is_file() and there.stat().st_size == len(data) and there.read_bytes() == data:
                return Dictionary(there, "project")
        target = folder / _free_name(folder, file)
        disk.replace_file(target, [data])
    except OSError as why:
        raise disk.failure(why, folder) from why
    return Dictionary(target, "project")


def _as_they_are(folder: Path) -> None:
    name, rule = _ATTRIBUTES
    if not (folder / name).exists():
        disk.write_file(folder / name, [rule])


def _free_name(folder: Path, file: Path) -> str:
    """A name that every system can have, not yet taken; what it ends with stays."""
    suffixes = "".join(file.suffixes[-2:] if file.suffix.lower() == ".gz" else file.suffixes[-1:])
    taken = {path.name.removesuffix(suffixes).lower() for path in folder.iterdir()}
    return slug(file.name.removesuffix(suffixes), taken) + suffixes


def remove_from_project(project: Path, dictionary: Dictionary) -> None:
    """Take a dictionary out of the project, for everybody; its file is kept aside.

    Raises:
        AnnotatorError: if it cannot be moved.
    """
    trash = project / JOURNALS / "trash"
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    try:
        disk.make_folder(trash)
        shutil.move(dictionary.path, trash / f"{stamp}-{DICTIONARIES}-{dictionary.name}")
    except FileNotFoundError:
        return
    except OSError as why:
        raise disk.failure(why, dictionary.path) from why


def move_to_project(
    project: Path, user: Iterable[str], dictionary: Dictionary, job: Job | None = None
) -> list[str]:
    """Give one of the user's own to the project; the user's list without it.

    Raises:
        AnnotatorError: if it is no dictionary any more, or cannot be copied.
        Cancelled: if the user asked to stop.
    """
    add_to_project(project, dictionary.path, job)
    return without_path(user, dictionary)
