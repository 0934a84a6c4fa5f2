"""Mending problems: one or many, as one step."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.edits import Caption, DocumentEdit, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.services.problems.kinds import KINDS
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.problem import Fixing, Problem


def mendable(problem: Problem) -> bool:
    """Whether the program can propose how to mend it."""
    return KINDS[problem.kind].fix is not None


def mend(
    document: Document,
    problems: Sequence[Problem],
    knowledge: Knowledge,
    *,
    by: str,
    job: Job | None = None,
) -> Edit:
    """The edit that mends the problems. Of several, those that cannot be mended by themselves are left.

    Raises:
        AnnotatorError: if none of them can; of a single one, what stands in the way.
        Cancelled: if the user asked to stop.
    """
    fixing = Fixing(by, knowledge)
    parts: list[DocumentEdit] = []
    captions: list[Caption] = []
    refusal: AnnotatorError | None = None
    now, job = document, job or Job()
    # From the end, so that corrections of the text leave the places of the others alone.
    for count, problem in enumerate(reversed(problems)):
        job.progress(count, len(problems))
        fix = KINDS[problem.kind].fix
        try:
            edit = fix(now, problem, fixing) if fix else None
        except AnnotatorError as error:
            refusal = error
            continue
        if edit is None or edit.empty:
            continue
        for part in edit.parts:
            now = apply(now, part)
        parts.extend(edit.parts)
        captions.append(edit.caption)
    if not captions:
        raise refusal or AnnotatorError("error.no_fix")
    caption = captions[0] if len(captions) == 1 else Caption("edit.mend", {"count": str(len(captions))})
    return Edit(caption=caption, parts=_joined(parts))


def _joined(parts: Sequence[DocumentEdit]) -> tuple[DocumentEdit, ...]:
    """The parts as one, if they only touch annotations, each once: thousands are then applied in one go."""
    spans = tuple(change for part in parts for change in part.spans)
    links = tuple(change for part in parts for change in part.links)
    ids = [change.after.id for change in spans if change.after] + [one.after.id for one in links if one.after]
    ids += [change.before.id for change in spans if change.before and not change.after]
    ids += [one.before.id for one in links if one.before and not one.after]
    plain = all(part == DocumentEdit(doc=part.doc, spans=part.spans, links=part.links) for part in parts)
    if not plain or len(set(ids)) < len(ids) or len({part.doc for part in parts}) > 1:
        return tuple(parts)
    return (DocumentEdit(doc=parts[0].doc, spans=spans, links=links),)
