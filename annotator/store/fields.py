"""Keeping what a newer version wrote: fields unknown here are split off on reading and written back."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from annotator.core.errors import AnnotatorError

Json = dict[str, Any]


def known_fields(kind: type[Struct], *more: str) -> frozenset[str]:
    """The names that a record of `kind` has on disk, `more` added."""
    return frozenset((*kind.__struct_fields__, *more)) - {"extra"}


def split(record: Json, known: frozenset[str]) -> tuple[Json, Json | None]:
    """The known and the unknown fields of a record, in their order; None if there are none unknown."""
    extra = {key: value for key, value in record.items() if key not in known}
    if not extra:
        return record, None
    return {key: value for key, value in record.items() if key in known}, extra


def is_newer(form: object, ours: str) -> bool:
    """Whether a file's `format` is a later major version of `ours` (`name/1`).

    Raises:
        AnnotatorError: if it is another format altogether.
    """
    name, _, number = ours.partition("/")
    theirs, _, version = str(form).partition("/")
    major = version.split(".")[0]
    if theirs != name or not major.isdigit() or int(major) < 1:
        raise AnnotatorError("error.format_unknown", format=form, expected=ours)
    return int(major) > int(number)
