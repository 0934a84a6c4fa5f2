"""How good suggestions are after so many annotated sentences: the learner alone, and all sources together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import Side
from annotator.language.crf.chain import Chain
from annotator.language.crf.features import Studied, study_in_order
from annotator.language.crf.fitting import Example, fit
from annotator.language.judging.choose import Judged, chosen
from annotator.language.judging.pool import Asked, Pool
from annotator.services.evaluating import Score
from annotator.services.evaluating_effort import ALL_SOURCES, Replayed, read_replayed

TICKED = 0.9
_FIRST_TRAINING = 20
_LEARNER_SHOWN = 0.45
_BINS = 10


class Calibration(Struct, frozen=True, kw_only=True):
    """How far the probabilities of what is shown can be believed.

    ece: mean distance between probability and share of right ones over ten bins of equal width, weighted by
    their counts. ticked: how many suggestions have a probability of .9 and more; right: the share of those.
    """

    ece: float
    shown: int
    ticked: int
    right: float


class LearningReport(Struct, frozen=True, kw_only=True):
    """Scores on sentences that were not learnt from: exact stretch and label."""

    trained_on: int
    learner: Score
    combined: Score
    calibration: Calibration
    threshold: float


def learning(
    train: Sequence[Replayed],
    test: Sequence[Replayed],
    side: Side,
    sources: frozenset[str] = ALL_SOURCES,
    job: Job | None = None,
) -> LearningReport:
    """Work through `train` in reading order as an annotator would, then suggest for `test` and learn no more.

    While working through it, the learner trains after 20 sentences and whenever their number has doubled, and
    at the end on all of them; tallies are taken before each sentence is confirmed.

    Raises:
        Cancelled: if the user asked to stop.
    """
    pool = Pool(side, sources)
    job = job or Job()
    studied = study_in_order([one.text for one in train], side)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chain.crfsuite"
        edges = _edges(len(train))
        for start, end in zip([0, *edges], [*edges, len(train)], strict=True):
            job.progress(start, len(train) + len(test))
            _work_through(pool, train, studied, range(start, end))
            examples = [Example(studied[at], train[at].spans) for at in range(end)]
            if "learner" in sources and fit(examples, path):
                pool.chain = Chain.read(path)
    return _report(pool, train, test)


def evaluate_learning(
    paths: Sequence[Path], train: Path, first: int | None, side: Side | None = None, job: Job | None = None
) -> LearningReport:
    """Learn from the first sentences of a gold file, then suggest for others.

    Args:
        paths: the files that are suggested for, JSON lines of sentences or of pairs.
        train: the file that is learnt from.
        first: how many of its sentences; None takes all.
        side: of pairs, which side.

    Raises:
        AnnotatorError: if a file cannot be read, or the files are not of one language.
        Cancelled: if the user asked to stop.
    """
    learnt, language = read_replayed(train, side, None)
    test: list[Replayed] = []
    for path in paths:
        sentences, its = read_replayed(path, side, None)
        if its != language:
            raise AnnotatorError("evaluate.languages", path=path, train=train)
        test += sentences
    return learning(learnt[:first], test, language, job=job)


def _edges(count: int) -> list[int]:
    edges = []
    edge = _FIRST_TRAINING
    while edge < count:
        edges.append(edge)
        edge *= 2
    return edges


def _work_through(pool: Pool, sentences: Sequence[Replayed], studied: Sequence[Studied], rows: range) -> None:
    for row in rows:
        one = sentences[row]
        each = pool.candidates([Asked(one.text, studied[row])])[0]
        pool.judge.record_shown([shown.candidate.span for shown in pool.shown(pool.judged(each))], one.spans)
        pool.confirm(row, one.text, one.spans, each)


def _report(pool: Pool, train: Sequence[Replayed], test: Sequence[Replayed]) -> LearningReport:
    alone = together = found_alone = gold = 0
    shown: list[tuple[float, bool]] = []
    studied = study_in_order([one.text for one in test], pool.side)
    asked = [Asked(one.text, each) for one, each in zip(test, studied, strict=True)]
    for one, candidates in zip(test, pool.candidates(asked), strict=True):
        right = set(one.spans)
        gold += len(right)
        learnt = chosen([Judged(each, each.chain or 0.0) for each in candidates], _LEARNER_SHOWN)
        found_alone += len(learnt)
        alone += sum(each.candidate.span in right for each in learnt)
        for each in pool.shown(pool.judged(candidates)):
            shown.append((each.score, each.candidate.span in right))
    together = sum(hit for _, hit in shown)
    return LearningReport(
        trained_on=len(train),
        learner=Score.of(alone, found_alone, gold),
        combined=Score.of(together, len(shown), gold),
        calibration=calibration(shown),
        threshold=round(pool.judge.threshold, 4),
    )


def calibration(shown: Sequence[tuple[float, bool]]) -> Calibration:
    """How probabilities and what came of them agree."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, hit in shown:
        bins.setdefault(min(int(score * _BINS), _BINS - 1), []).append((score, hit))
    apart = sum(abs(sum(score for score, _ in each) - sum(hit for _, hit in each)) for each in bins.values())
    ticked = [hit for score, hit in shown if score >= TICKED]
    return Calibration(
        ece=round(apart / max(1, len(shown)), 4),
        shown=len(shown),
        ticked=len(ticked),
        right=round(sum(ticked) / len(ticked), 4) if ticked else 0.0,
    )
