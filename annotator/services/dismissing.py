"""Dismissing problems that are none, for good, and bringing them back."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.document import Document
from annotator.core.edits import Caption, DismissalChange, DocumentEdit, Edit
from annotator.core.ids import now
from annotator.core.span import Dismissal
from annotator.services.annotate import one_part


def dismiss(document: Document, problems: Iterable[str], *, by: str) -> Edit:
    """The problems with these keys dismissed; those that are so already stay so."""
    fresh = [key for key in dict.fromkeys(problems) if key not in document.dismissed]
    changes = tuple(DismissalChange(None, Dismissal(problem=key, by=by, at=now())) for key in fresh)
    return one_part(
        Caption("edit.dismiss", {"count": str(len(changes))}),
        DocumentEdit(doc=document.id, dismissed=changes),
    )


def restore(document: Document, problems: Iterable[str]) -> Edit:
    """The problems with these keys no longer dismissed; others are left alone."""
    known = [document.dismissed[key] for key in dict.fromkeys(problems) if key in document.dismissed]
    changes = tuple(DismissalChange(one, None) for one in known)
    return one_part(
        Caption("edit.restore", {"count": str(len(changes))}),
        DocumentEdit(doc=document.id, dismissed=changes),
    )
