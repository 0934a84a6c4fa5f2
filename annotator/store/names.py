"""Ids that become file names: safe on every system, and never a way out of the project's folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from pathlib import Path

from annotator.core.errors import AnnotatorError

_LONGEST = 80
_LONGEST_BYTES = 240
_TAKEN = {"aside", "trash"}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def is_safe(name: str) -> bool:
    """Whether `name` can be a document's or an annotator's id.

    Letters of any script, digits and `-_. `; NFC; no leading or trailing dot or space, no `..`, no device
    name of Windows, at most 80 characters.
    """
    return (
        0 < len(name) <= _LONGEST
        and len(name.encode("utf-8", "replace")) <= _LONGEST_BYTES
        and unicodedata.is_normalized("NFC", name)
        and all(_allowed(char) for char in name)
        and name.strip(". ") == name
        and ".." not in name
        and name.split(".")[0].rstrip().casefold() not in _DEVICES
    )


def check_name(name: str) -> str:
    """`name`, if it is safe.

    Raises:
        AnnotatorError: if it is not.
    """
    if not is_safe(name):
        raise AnnotatorError("error.unsafe_name", name=name)
    return name


def check_person(name: str) -> str:
    """`name`, if it can be an annotator's id: safe, and no folder that the journal needs itself.

    Raises:
        AnnotatorError: if it cannot.
    """
    if name.casefold() in _TAKEN:
        raise AnnotatorError("error.unsafe_name", name=name)
    return check_name(name)


def slug(title: str, taken: Container[str] = ()) -> str:
    """A safe id that resembles `title` and is not in `taken`."""
    kept = "".join(char if _allowed(char) and char not in " ." else " " for char in _normal(title))
    stem = "-".join(kept.split())[:40].strip("-_") or "document"
    if not is_safe(stem):
        stem = "document"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def safe_person(name: str) -> str:
    """An annotator's id made of any user name."""
    made = slug(name, _TAKEN)
    return made if made != "document" else "annotator"


def inside(folder: Path, path: Path) -> Path:
    """`path`, if it lies in `folder` once symbolic links are followed.

    Raises:
        AnnotatorError: if it leads out.
    """
    if not path.resolve().is_relative_to(folder.resolve()):
        raise AnnotatorError("error.outside_project", path=path)
    return path


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _allowed(char: str) -> bool:
    return char in "-_. " or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"
