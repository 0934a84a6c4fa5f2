"""Training the learner on a project's annotations, in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable
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


def lessons_for(project: Project, documents: Iterable[Document], job: Job | None = None) -> Lessons:
    """What a person has read in the documents, by side: plain values, for another process.

    Raises:
        Cancelled: if the user asked to stop.
    """
    labels = learnt_labels(project)
    found: Lessons = {side: [] for side in SIDES}
    for document in documents:
        for side in SIDES:
            found[side] += lessons_of(document, side, labels, job)
    return found


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
