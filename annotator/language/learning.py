"""What a project teaches: lessons from what was annotated, and how well they carry over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.language.crf.chain import Chain
from annotator.language.crf.features import Studied, study_in_order
from annotator.language.crf.fitting import Example, fit
from annotator.language.crf.shelf import Shelved, shelve
from annotator.language.crf.tags import Labelled
from annotator.language.judging.choose import Judged, chosen
from annotator.language.judging.judge import Judge
from annotator.language.judging.pool import Asked, Pool
from annotator.language.reading import passages

LEAST_SPANS = 5
"""With fewer annotations on a side there is nothing to learn from yet."""
LEARNER_SHOWN = 0.45
_FOLDS = 4


class Lesson(NamedTuple):
    """A sentence that a person has read, with what they annotated in it; `document` is where it stands."""

    document: str
    text: str
    spans: tuple[Labelled, ...]


Lessons = Mapping[Side, Sequence[Lesson]]


class Outcome(NamedTuple):
    """Of one label: how many mentions were found, are annotated, and agree."""

    found: int = 0
    gold: int = 0
    right: int = 0


class HeldOut(NamedTuple):
    """How well one side was predicted where it was not learnt from, by label; and the tallies of it."""

    learner: dict[str, Outcome]
    combined: dict[str, Outcome]
    judge: Judge


def lessons_of(
    document: Document,
    side: Side,
    labels: frozenset[str],
    job: Job | None = None,
    rows: Iterable[int] | None = None,
) -> list[Lesson]:
    """The sentences of a document that a person has read, those of some rows only if `rows` are given.

    Raises:
        Cancelled: if the user asked to stop.
    """
    every = (job or Job()).through(passages(document, side, labels, rows))
    return [Lesson(document.id, one.text, one.spans) for one in every if one.read]


def is_enough(lessons: Sequence[Lesson]) -> bool:
    """Whether a side has enough annotations to learn from."""
    return sum(len(one.spans) for one in lessons) >= LEAST_SPANS


def teach(lessons: Lessons, folder: Path, job: Job | None = None) -> Shelved:
    """Train a chain for each side that has enough annotations, and keep it in `folder`.

    This keeps a processor busy: call it in a process of its own.

    Raises:
        AnnotatorError: if the folder cannot be written.
        Cancelled: if the user asked to stop.
    """

    def train(draft: Path) -> Shelved:
        taught = [side for side in SIDES if is_enough(lessons.get(side, ()))]
        spans: dict[str, int] = {
            side: fit(examples_of(lessons[side], side), draft / f"{side}.crfsuite", job) for side in taught
        }
        return Shelved(sentences={side: len(lessons[side]) for side in taught}, spans=spans)

    return shelve(folder, train)


def examples_of(lessons: Sequence[Lesson], side: Side) -> Iterator[Example]:
    """The lessons as the chain sees them; names are heard of within one document only."""
    for _, group in groupby(lessons, key=lambda lesson: lesson.document):
        own = list(group)
        studied = study_in_order([lesson.text for lesson in own], side)
        for lesson, each in zip(own, studied, strict=True):
            yield Example(each, lesson.spans)


def hold_out(lessons: Sequence[Lesson], side: Side, scratch: Path, job: Job | None = None) -> HeldOut:
    """Predict each quarter of the lessons with what the other three teach.

    The quarters are whole documents if there are at least four, else blocks of sentences in reading order.

    Raises:
        Cancelled: if the user asked to stop.
    """
    judge = Judge()
    learner: dict[str, Outcome] = {}
    combined: dict[str, Outcome] = {}
    examples = list(examples_of(lessons, side))
    for fold in _folds(lessons):
        pool = Pool(side)
        pool.judge = judge
        rest = [number for number in range(len(lessons)) if number not in fold]
        for number in rest:
            pool.recall.learn(number, lessons[number].text, lessons[number].spans)
        path = scratch / f"fold.{side}.crfsuite"
        if fit([examples[number] for number in rest], path, job):
            pool.chain = Chain.read(path)
        _predict(pool, [(lessons[number], examples[number].studied) for number in fold], learner, combined)
    return HeldOut(learner, combined, judge)


def _folds(lessons: Sequence[Lesson]) -> list[range]:
    """Runs of lessons of about the same size; they end with a document where there are enough of them."""
    ends = [at + 1 for at in range(len(lessons)) if lessons[at : at + 2][-1].document != lessons[at].document]
    edges = sorted({*ends, len(lessons)})
    if len(edges) < _FOLDS:
        edges = list(range(1, len(lessons) + 1))
    wanted = [len(lessons) * part / _FOLDS for part in range(1, _FOLDS + 1)]
    cuts = sorted({min(edges, key=lambda edge: abs(edge - each)) for each in wanted})
    return [range(start, end) for start, end in zip([0, *cuts], cuts, strict=False)]


def _predict(
    pool: Pool,
    lessons: Sequence[tuple[Lesson, Studied]],
    learner: dict[str, Outcome],
    combined: dict[str, Outcome],
) -> None:
    offered = pool.candidates([Asked(lesson.text, studied) for lesson, studied in lessons])
    for (lesson, _), candidates in zip(lessons, offered, strict=True):
        alone = chosen([Judged(one, one.chain or 0.0) for one in candidates], LEARNER_SHOWN)
        together = pool.shown(pool.judged(candidates))
        _count(learner, [one.candidate.span for one in alone], lesson.spans)
        _count(combined, [one.candidate.span for one in together], lesson.spans)
        pool.judge.record(candidates, lesson.spans)
        pool.judge.record_shown([one.candidate.span for one in together], lesson.spans)


def _count(outcomes: dict[str, Outcome], found: Sequence[Labelled], gold: Sequence[Labelled]) -> None:
    for label in {one.label for one in (*found, *gold)}:
        ours = {one for one in found if one.label == label}
        theirs = {one for one in gold if one.label == label}
        before = outcomes.get(label, Outcome())
        outcomes[label] = Outcome(
            before.found + len(ours), before.gold + len(theirs), before.right + len(ours & theirs)
        )
