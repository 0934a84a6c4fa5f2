"""Trained chains on disk: a numbered folder for each training, in crfsuite's own format, beside what is known
of it. A folder is complete or not there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.language.crf.chain import Chain

FORMAT = "annotator-learner/1"
NAME = "learner"
_ABOUT = "about.json"
_KEPT = 2


class Shelved(Struct, frozen=True, kw_only=True):
    """One training: its number, and by side how many sentences and annotations it learnt from."""

    format: str = FORMAT
    version: int = 0
    sentences: dict[str, int] = {}
    spans: dict[str, int] = {}

    @property
    def source(self) -> str:
        """`learner@<number>`, as suggestions name it."""
        return f"{NAME}@{self.version}"


def versions(folder: Path) -> list[int]:
    """The numbers of the trainings there, in order."""
    found = folder.glob(f"{NAME}/*/{_ABOUT}") if folder.is_dir() else ()
    return sorted(int(path.parent.name) for path in found if path.parent.name.isdecimal())


def newest(folder: Path | None) -> Shelved | None:
    """The last training, or None."""
    numbers = versions(folder) if folder is not None else []
    return about(folder, numbers[-1]) if folder is not None and numbers else None


def about(folder: Path, version: int) -> Shelved:
    """What is known of a training.

    Raises:
        AnnotatorError: if it cannot be read.
    """
    path = folder / NAME / str(version) / _ABOUT
    try:
        return msgspec.json.decode(path.read_bytes(), type=Shelved)
    except (OSError, msgspec.MsgspecError, UnicodeError) as why:
        raise AnnotatorError("learn.model_damaged", path=path, why=why) from why


def chain_of(folder: Path, version: int, side: Side) -> Chain | None:
    """The chain of one side, or None if that side had nothing to learn from.

    Raises:
        AnnotatorError: if it cannot be read.
    """
    path = folder / NAME / str(version) / f"{side}.crfsuite"
    return Chain.read(path) if path.exists() else None


def shelve(folder: Path, train: Callable[[Path], Shelved]) -> Shelved:
    """Let `train` fill a new folder, and give it the next number; all but the last two trainings go.

    Raises:
        AnnotatorError: if the folder cannot be written.
    """
    version = max(versions(folder), default=0) + 1
    draft = folder / NAME / f"{version}.new"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        made = msgspec.structs.replace(train(draft), version=version)
        (draft / _ABOUT).write_bytes(msgspec.json.encode(made))
        draft.rename(folder / NAME / str(version))
    except OSError as why:
        raise AnnotatorError("learn.cannot_write", path=folder, why=why.strerror or why) from why
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for old in versions(folder)[:-_KEPT]:
        shutil.rmtree(folder / NAME / str(old), ignore_errors=True)
    return made
