"""Changing a project's labels and link types without losing what they are used on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import (
    Caption,
    DocumentEdit,
    Edit,
    LinkChange,
    ProjectChange,
    RejectionChange,
    SpanChange,
)
from annotator.core.errors import AnnotatorError
from annotator.core.labels import Label, LabelSet, LinkType
from annotator.core.project import Project


def add_label(project: Project, label: Label) -> Edit:
    """The label added behind the others.

    Raises:
        AnnotatorError: if there is one of this id, its key is taken, or its parent does not exist.
    """
    if label.id in project.label_set:
        raise AnnotatorError("error.label_twice", label=label.id)
    return _with_labels(project, "edit.label_add", label.id, project.label_set.put(label))


def change_label(project: Project, label: Label) -> Edit:
    """The label of the same id replaced: name, colour, key, parent, guideline, attributes.

    Raises:
        AnnotatorError: if there is none, its key is taken, or it would be nested under itself.
    """
    _label(project, label.id)
    return _with_labels(project, "edit.label_change", label.id, project.label_set.put(label))


def move_label(project: Project, label_id: str, index: int) -> Edit:
    """The label at another place of the order.

    Raises:
        AnnotatorError: if there is none of this id.
    """
    label = _label(project, label_id)
    index = max(0, min(index, len(project.labels) - 1))
    return _with_labels(project, "edit.label_move", label_id, project.label_set.put(label, index))


def rename_label(project: Project, documents: Iterable[Document], old_id: str, new_id: str) -> Edit:
    """The label's id changed, in the project and on every span of `documents` (all that use it).

    Labels nested in it that carry its name (`OLD/child`) are renamed with it.

    Raises:
        AnnotatorError: if there is none of the old id, or the new one is empty or taken.
    """
    _label(project, old_id)
    if not new_id.strip():
        raise AnnotatorError("error.label_empty")
    names = {
        label.id: new_id + label.id[len(old_id) :]
        for label in project.labels
        if label.id == old_id or (label.id.startswith(f"{old_id}/") and old_id in _ancestors(project, label))
    }
    labels = project.label_set
    for old, new in names.items():
        labels = labels.renamed(old, new)
    caption = Caption("edit.label_rename", {"label": old_id, "new": new_id})
    if new_id == old_id:
        return Edit(caption=caption)
    return Edit(
        caption=caption,
        parts=_relabelled(documents, names),
        project=ProjectChange(project, replace(project, labels=tuple(labels))),
    )


def remove_label(
    project: Project, documents: Iterable[Document], label_id: str, *, move_to: str | None
) -> Edit:
    """The label gone from the project; labels nested in it move up.

    With `move_to` its spans in `documents` get that label; with None they keep the old one, which then shows
    as an unknown label.

    Raises:
        AnnotatorError: if there is none of this id, or `move_to` is not another label of the project.
    """
    _label(project, label_id)
    if move_to is not None:
        _label(project, move_to)
        if move_to == label_id:
            raise AnnotatorError("error.label_move_to_itself", label=label_id)
    project_after = replace(project, labels=tuple(project.label_set.without(label_id)))
    return Edit(
        caption=Caption("edit.label_remove", {"label": label_id}),
        parts=_relabelled(documents, {label_id: move_to}) if move_to else (),
        project=ProjectChange(project, project_after),
    )


def usage(documents: Iterable[Document], label_id: str) -> int:
    """How many spans of `documents` have the label."""
    return sum(span.label == label_id for document in documents for span in document.spans)


def put_link_type(project: Project, link_type: LinkType) -> Edit:
    """The link type added, or replacing the one of the same id.

    Raises:
        AnnotatorError: if its id is empty.
    """
    if not link_type.id.strip():
        raise AnnotatorError("error.link_type_empty")
    ids = [one.id for one in project.link_types]
    types = list(project.link_types)
    if link_type.id in ids:
        types[ids.index(link_type.id)] = link_type
    else:
        types.append(link_type)
    return _with_types(project, "edit.link_type_put", link_type.id, types)


def remove_link_type(
    project: Project, documents: Iterable[Document], type_id: str, *, move_to: str | None
) -> Edit:
    """The link type gone; its links get the type `move_to`, or keep the old one if that is None.

    Raises:
        AnnotatorError: if there is none of this id, or `move_to` is not another one of the project.
    """
    rest = [one for one in project.link_types if one.id != type_id]
    if len(rest) == len(project.link_types):
        raise AnnotatorError("error.no_link_type", type=type_id)
    edit = _with_types(project, "edit.link_type_remove", type_id, rest)
    if move_to is None:
        return edit
    if move_to not in {one.id for one in rest}:
        raise AnnotatorError("error.no_link_type", type=move_to)
    return replace(edit, parts=_retyped(documents, type_id, move_to))


def _label(project: Project, label_id: str) -> Label:
    label = project.label_set.get(label_id)
    if label is None:
        raise AnnotatorError("error.no_label", label=label_id)
    return label


def _ancestors(project: Project, label: Label) -> tuple[str, ...]:
    return project.label_set.ancestors(label.id)


def _with_labels(project: Project, key: str, label_id: str, labels: LabelSet) -> Edit:
    after = replace(project, labels=tuple(labels))
    return _project_edit(project, after, Caption(key, {"label": label_id}))


def _with_types(project: Project, key: str, type_id: str, types: Sequence[LinkType]) -> Edit:
    after = replace(project, link_types=tuple(types))
    return _project_edit(project, after, Caption(key, {"type": type_id}))


def _project_edit(before: Project, after: Project, caption: Caption) -> Edit:
    return Edit(caption=caption, project=None if before == after else ProjectChange(before, after))


def _relabelled(documents: Iterable[Document], names: dict[str, str]) -> tuple[DocumentEdit, ...]:
    def changes(document: Document) -> DocumentEdit:
        spans = (span for span in document.spans if span.label in names)
        changed = tuple(SpanChange(span, replace(span, label=names[span.label])) for span in spans)
        rejected = (one for one in document.rejections() if one.label in names)
        return DocumentEdit(
            doc=document.id,
            spans=changed,
            rejected=tuple(RejectionChange(one, replace(one, label=names[one.label])) for one in rejected),
        )

    return _parts(documents, changes)


def _retyped(documents: Iterable[Document], old: str, new: str) -> tuple[DocumentEdit, ...]:
    def changes(document: Document) -> DocumentEdit:
        links = (link for link in document.links if link.type == old)
        changed = tuple(LinkChange(link, replace(link, type=new)) for link in links)
        return DocumentEdit(doc=document.id, links=changed)

    return _parts(documents, changes)


def _parts(
    documents: Iterable[Document], changes: Callable[[Document], DocumentEdit]
) -> tuple[DocumentEdit, ...]:
    parts = (changes(document) for document in documents)
    return tuple(part for part in parts if part.spans or part.links or part.rejected)
