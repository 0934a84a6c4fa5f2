"""What a project and its documents say of themselves, and taking a document out: builders of edits."""

from __future__ import annotations

from datetime import date as calendar
from typing import Any

from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentChange, DocumentEdit, Edit, InfoChange, ProjectChange
from annotator.core.errors import AnnotatorError
from annotator.core.project import Project


def change_info(document: Document, **changes: Any) -> Edit:
    """The document's own record with other values: `title`, `date`, `status`, `zh_lang` …

    Raises:
        AnnotatorError: if the title is empty, or the date is not of the form YYYY-MM-DD.
    """
    info = replace(document.info, **changes)
    if not info.title.strip():
        raise AnnotatorError("error.title_empty")
    if info.date is not None:
        _check_date(info.date)
    caption = Caption("edit.properties", {"document": info.title})
    change = None if info == document.info else InfoChange(document.info, info)
    return Edit(caption=caption, parts=(DocumentEdit(doc=document.id, info=change),))


def remove_document(document: Document) -> Edit:
    """The document out of the project, with all that is annotated on it; undo brings it back."""
    caption = Caption("edit.remove_document", {"document": document.title})
    return Edit(caption=caption, documents=(DocumentChange(document.data(), None),))


def rename_project(project: Project, title: str) -> Edit:
    """The project under another title.

    Raises:
        AnnotatorError: if the title is empty.
    """
    if not title.strip():
        raise AnnotatorError("error.title_empty")
    after = replace(project, title=title.strip())
    change = None if after == project else ProjectChange(project, after)
    return Edit(caption=Caption("edit.rename_project", {"title": after.title}), project=change)


def _check_date(text: str) -> None:
    try:
        calendar.fromisoformat(text)
    except ValueError:
        raise AnnotatorError("error.date", date=text) from None
