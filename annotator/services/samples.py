"""The sample projects, and a user's own copy of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.folders import data_folder
from annotator.core.ids import new_id
from annotator.core.resources import sample_projects
from annotator.store import disk
from annotator.store.library import PROJECT, read_project


class Sample(Struct, frozen=True):
    """A sample project that ships with the program."""

    id: str
    title: str
    folder: Path


class Contents(Struct, frozen=True):
    """What a sample holds, to choose one by."""

    pairs: int
    chinese: str
    """The language tag of the Chinese side."""


def contents(sample: Sample) -> Contents:
    """Counted from the files as they ship, which is quicker than to open the project."""
    documents = [json.loads(path.read_bytes()) for path in sorted(sample.folder.glob("docs/*.json"))]
    pairs = sum(len(document["pairs"]) for document in documents)
    return Contents(pairs, next((document["zh"]["lang"] for document in documents), "zh-Hans"))


def samples() -> list[Sample]:
    """The sample projects, in the order of their ids."""
    folders = sorted(path.parent for path in sample_projects().glob(f"*/{PROJECT}"))
    return [Sample(folder.name, read_project(folder).title, folder) for folder in folders]


def private_copy(sample_id: str) -> Path:
    """The user's own copy of a sample, made at the first call.

    Raises:
        AnnotatorError: if there is no such sample, or the copy cannot be written.
    """
    source = sample_projects() / sample_id
    if sample_id not in {sample.id for sample in samples()}:
        raise AnnotatorError("error.no_sample", sample=sample_id)
    target = data_folder() / "samples" / sample_id
    if (target / PROJECT).exists():
        return target
    draft = target.with_name(f".{sample_id}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft, ignore=shutil.ignore_patterns(".journal", ".cache"))
        if target.exists():
            # Somebody removed its record; what else is there may be somebody's work.
            target.replace(target.with_name(f"{sample_id}-{new_id()}"))
        draft.replace(target)
    except OSError as error:
        raise disk.failure(error, target) from error
    return target
