"""Which documents of a corpus an export takes: by their state, by what is annotated in them, by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.labels import LabelSet
from annotator.core.project import Project

State = Literal["any", "done", "open", "annotated"]
STATES: tuple[State, ...] = ("any", "done", "open", "annotated")
"""Every document, those marked as done, those that are not, those with an annotation."""

Fits = Callable[[Document], bool]


def ids_of(names: str) -> list[str]:
    """The names in a list parted by commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def with_those_below(labels: LabelSet, names: Iterable[str]) -> set[str]:
    """The labels with these ids and all below them.

    Raises:
        AnnotatorError: if there is no such label.
    """
    wanted = set(names)
    for name in sorted(wanted):
        if name not in labels:
            known = ", ".join(label.id for label in labels)
            raise AnnotatorError("error.no_label", label=name, known=known)
    return {label.id for label in labels if {label.id, *labels.ancestors(label.id)} & wanted}


def fits(project: Project, state: State, having: str, by: str) -> Fits | None:
    """What tells whether a document is wanted; None if all are.

    Args:
        having: labels parted by commas, one of which (or one below it) occurs in the document.
        by: a person who made one of its annotations.

    Raises:
        AnnotatorError: if the project has not one of the labels.
    """
    labels = with_those_below(project.label_set, ids_of(having))
    if state == "any" and not labels and not by:
        return None

    def wanted(document: Document) -> bool:
        if state in ("done", "open") and document.info.status != state:
            return False
        spans = document.spans
        if state == "annotated" and not len(spans):
            return False
        if labels and not any(span.label in labels for span in spans):
            return False
        return not by or any(span.by == by for span in spans)

    return wanted
