"""Mending problems: one or many, as one step."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, Edit
from annotator.core.errors import AnnotatorError
from annotator.services.problems.kinds import KINDS
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.problem import Fixing, Problem


def mendable(problem: Problem) -> bool:
    """Whether the program can propose how to mend it."""
    return KINDS[problem.kind].fix is not None


def mend(document: Document, problems: Sequence[Problem], knowledge: Knowledge, *, by: str) -> Edit:
    """The edit that mends the problems. Of several, those that cannot be mended by themselves are left.

    Raises:
        AnnotatorError: if none of them can; of a single one, what stands in the way.
    """
    fixing = Fixing(by, knowledge)
    parts: list[DocumentEdit] = []
    caption: Caption | None = None
    now, mended = document, 0
    refusal: AnnotatorError | None = None
    # From the end, so that corrections of the text leave the places of the others alone.
    for problem in reversed(problems):
        fix = KINDS[problem.kind].fix
        if fix is None:
            continue
        try:
            edit = fix(now, problem, fixing)
        except AnnotatorError as error:
            refusal = error
            continue
        for part in edit.parts:
            now = apply(now, part)
        parts.extend(edit.parts)
        caption, mended = edit.caption, mended + (not edit.empty)
    if caption is None:
        raise refusal or AnnotatorError("error.no_fix")
    if mended != 1:
        caption = Caption("edit.mend", {"count": str(mended)})
    return Edit(caption=caption, parts=tuple(parts))
