"""Training the learner on a project's annotations, in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.project import Project
from annotator.core.span import SIDES, Side
from annotator.language.crf.shelf import Shelved, newest
from annotator.language.judging.judge import Judge
from annotator.language.judging.ledger import read_ledger, write_ledger
from annotator.language.learning import Lesson, Outcome, hold_out, is_enough, lessons_of, teach
from annotator.language.reading import learnt_labels
from annotator.services.evaluating import Score
from annotator.services.processes import in_process

Lessons = dict[Side, list[Lesson]]

_EVERY = 20
_STRETCH = 100


def models_folder(root: Path) -> Path:
    """Where a project keeps what it learnt; it can be made again."""
    return root / ".cache" / "models"


class SideReport(Struct, frozen=True, kw_only=True):
    """How one side was predicted where it was not learnt from: the learner alone, and all together."""

    sentences: int
    spans: int
    learner: Score
    combined: Score
    labels: dict[str, Score]


class TrainingReport(Struct, frozen=True, kw_only=True):
    """A training, its scores by side, and the CPU seconds of training alone."""

    source: str
    seconds: float
    sides: dict[str, SideReport]


def lessons_for(
    project: Project, documents: Iterable[Document], job: Job | None = None, most: int | None = None
) -> Lessons:
    """What a person has read in the documents, by side: plain values, for another process.

    Args:
        most: of more annotated or done rows than so many, look at about so many; they are taken in stretches,
            evenly from everywhere.

    Raises:
        Cancelled: if the user asked to stop.
    """
    labels, documents, job = learnt_labels(project), list(documents), job or Job()
    chosen: Iterable[list[int] | None] = repeat(None)
    if most is not None and sum(len(document.pairs) for document in documents) > most:
        worth = [_rows_worth_it(document, labels, job) for document in documents]
        total = sum(map(len, worth))
        chosen = [_spread(rows, most / total) for rows in worth] if total > most else chosen
    found: Lessons = {side: [] for side in SIDES}
    for document, rows in zip(documents, chosen, strict=False):
        for side in SIDES:
            found[side] += lessons_of(document, side, labels, job, rows)
    return found


def _rows_worth_it(document: Document, labels: frozenset[str], job: Job) -> list[int]:
    """The rows that are done or have annotations."""
    marked = (document.pairs.row_of(pair_id) for pair_id in job.through(document.done))
    rows = {row for row in marked if row is not None}
    for side in SIDES:
        spans = job.through(document.spans.ordered(side))
        rows.update(document.pairs.row_at(side, span.start) for span in spans if span.label in labels)
    return sorted(rows)


def _spread(rows: list[int], share: float) -> list[int]:
    """A share of some rows, in stretches: what a name was called before is learnt from neighbours."""
    starts = range(0, len(rows), max(_STRETCH, round(_STRETCH / share)))
    return [row for start in starts for row in rows[start : start + _STRETCH]]


def is_due(lessons: Lessons, folder: Path) -> bool:
    """Whether so much was annotated since the last training that another is worth its while: twenty
    sentences, or a tenth of what there was."""
    if not any(is_enough(one) for one in lessons.values()):
        return False
    last = newest(folder)
    before = sum(last.sentences.values()) if last is not None else 0
    return sum(map(len, lessons.values())) >= before + max(_EVERY, before // 10)


def retrain(lessons: Lessons, folder: Path, job: Job | None = None) -> Shelved:
    """Train anew and keep it in `folder`, in a process of its own; the last but one training goes.

    Raises:
        AnnotatorError: if no side has enough annotations, or the folder cannot be written.
        Cancelled: if the user asked to stop; the last training stays as it is.
    """
    _check_enough(lessons)
    made: Shelved = in_process(teach, lessons, folder, job=job or Job())
    return made


def train(lessons: Lessons, folder: Path, job: Job | None = None) -> TrainingReport:
    """Train as `retrain` does, and say how well it carries over: each quarter of what was annotated is
    predicted with what the others teach. What that shows of the sources is kept as tallies, where there are
    none yet.

    Raises:
        AnnotatorError: if no side has enough annotations, or the folder cannot be written.
        Cancelled: if the user asked to stop.
    """
    _check_enough(lessons)
    report: TrainingReport = in_process(_train, lessons, folder, job=job or Job())
    return report


def _check_enough(lessons: Lessons) -> None:
    if not any(is_enough(one) for one in lessons.values()):
        raise AnnotatorError("learn.too_little")


def _train(lessons: Lessons, folder: Path, job: Job) -> TrainingReport:
    began = time.process_time()
    shelved = teach(lessons, folder, job)
    seconds = time.process_time() - began
    judges: dict[Side, Judge] = {}
    sides: dict[str, SideReport] = {}
    with TemporaryDirectory() as scratch:
        for side in SIDES:
            if not is_enough(lessons[side]):
                continue
            held = hold_out(lessons[side], side, Path(scratch), job)
            judges[side] = held.judge
            sides[side] = SideReport(
                sentences=len(lessons[side]),
                spans=shelved.spans[side],
                learner=_total(held.learner),
                combined=_total(held.combined),
                labels={label: _score(one) for label, one in sorted(held.combined.items())},
            )
    write_ledger(folder, {**judges, **read_ledger(folder)})
    return TrainingReport(source=shelved.source, seconds=round(seconds, 2), sides=sides)


def _total(outcomes: dict[str, Outcome]) -> Score:
    return _score(Outcome(*(sum(column) for column in zip(*outcomes.values(), strict=True))))


def _score(one: Outcome) -> Score:
    return Score.of(one.right, one.found, one.gold)
