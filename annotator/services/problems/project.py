"""The problems of all documents of a project."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.services.problems.checker import Checker
from annotator.services.problems.kinds import KINDS
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.names import Names, slices
from annotator.services.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one document: the problems still open, in text order, and how many are dismissed."""

    document: Document
    problems: tuple[Problem, ...]
    dismissed: int


def names_of(documents: Sequence[Document], knowledge: Knowledge, job: Job | None = None) -> Names:
    """The names of several documents, counted together."""
    names = Names()
    for document in documents:
        for _ in slices(document, knowledge, names):
            if job is not None:
                job.progress(0, 0)
    return names


def check_all(
    documents: Sequence[Document],
    knowledge: Knowledge,
    *,
    kinds: Collection[str] = (),
    job: Job | None = None,
) -> Iterator[Findings]:
    """The problems document by document; names are compared over all of them.

    Args:
        kinds: only problems of these kinds; empty for all.

    Raises:
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    names = names_of(documents, knowledge, job)
    total = sum(len(document.pairs) for document in documents)
    before = 0
    for document in documents:
        # The checker counts the document in again.
        names.exclude(names_of((document,), knowledge))
        checker = Checker(knowledge, names)
        for step, _ in enumerate(checker.check(document)):
            job.progress(min(before + step, total), total)
        wanted = [one for one in checker.found() if not kinds or one.kind in kinds]
        still_open = tuple(one for one in wanted if one.key not in document.dismissed)
        yield Findings(document, still_open, len(wanted) - len(still_open))
        before += len(document.pairs)


def counted(problems: Sequence[Problem]) -> dict[str, int]:
    """How many problems there are of each kind, in the order of `KINDS`; kinds without any are left out."""
    counts = dict.fromkeys(KINDS, 0)
    for problem in problems:
        counts[problem.kind] += 1
    return {kind: count for kind, count in counts.items() if count}
