"""`project.json`: the project's own record."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.labels import Attribute, Label, LinkType
from annotator.core.project import Annotator, Project
from annotator.store.fields import Json, is_newer, known_fields, split

FORMAT = "bitext-project/1"
_TOP = frozenset({"format", "title", "offsets", "labels", "link_types", "annotators", "sources"})
_LISTS: dict[str, type[Struct]] = {"labels": Label, "link_types": LinkType, "annotators": Annotator}


class ProjectFile(Struct, frozen=True):
    """A project's record as read; `newer` if a later major version wrote it."""

    project: Project
    newer: bool


def decode(data: bytes) -> ProjectFile:
    """Read the bytes of `project.json`.

    Raises:
        AnnotatorError: if it is damaged or of another format.
    """
    try:
        record = msgspec.json.decode(data, type=dict[str, Any])
        newer = is_newer(record.get("format"), FORMAT)
        if record.get("offsets", "codepoint") != "codepoint":
            raise AnnotatorError("error.offsets_unknown", offsets=record["offsets"])
        project = msgspec.convert(_split_all(record), type=Project)
    except (msgspec.MsgspecError, UnicodeError, TypeError, AttributeError) as error:
        raise AnnotatorError("error.project_damaged", what=error) from error
    project.label_set  # noqa: B018 - its construction checks that the labels fit together
    return ProjectFile(project, newer)


def encode(project: Project) -> bytes:
    """The bytes of `project.json`."""
    extra = dict(project.extra or {})
    record: Json = {
        "format": extra.pop("format", FORMAT),
        "title": project.title,
        "offsets": "codepoint",
        "labels": [_label(label) for label in project.labels],
        "link_types": [_plain(one, "id", "name") for one in project.link_types],
        "annotators": [_plain(one, "id", "name") for one in project.annotators],
        **({} if project.sources is None else {"sources": list(project.sources)}),
        **extra,
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _split_all(record: Json) -> Json:
    top, extra = split(record, _TOP)
    known = {key: value for key, value in top.items() if key not in ("format", "offsets")}
    if record["format"] != FORMAT:
        extra = {"format": record["format"], **(extra or {})}
    for name, kind in _LISTS.items():
        known[name] = [_split_one(one, kind) for one in known.get(name, ())]
    return {**known, "extra": extra}


def _split_one(record: Json, kind: type[Struct]) -> Json:
    known, extra = split(record, known_fields(kind))
    if kind is Label:
        attributes = [_split_one(one, Attribute) for one in known.get("attributes", ())]
        known = {**known, "attributes": attributes}
    return {**known, "extra": extra}


def _label(label: Label) -> Json:
    fields = _plain(label, "id", "name", "color", "key", "parent", "description", "examples")
    extra = {key: fields.pop(key) for key in label.extra or {}}
    keywords = {"keywords": label.keywords} if label.keywords else {}
    return {**fields, "attributes": [_attribute(one) for one in label.attributes], **keywords, **extra}


def _attribute(attribute: Attribute) -> Json:
    names = ("id", "name", "kind", "choices") if attribute.choices else ("id", "name", "kind")
    return _plain(attribute, *names)


def _plain(record: Struct, *names: str) -> Json:
    fields = {name: getattr(record, name) for name in names}
    return {**fields, **(getattr(record, "extra", None) or {})}
