"""What annotating costs with suggestions: actions per entity (APE), by replaying gold as a person's work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec import Struct

from annotator.core.job import Job
from annotator.core.span import Side
from annotator.language.crf.chain import Chain, Likely
from annotator.language.crf.features import study_in_order
from annotator.language.crf.fitting import Example, fit
from annotator.language.crf.tags import Labelled
from annotator.language.judging.candidate import crosses
from annotator.language.judging.pool import Asked, Pool

SENTENCES = 300
EVERY = 20
OFFSETS = 3
ALL_SOURCES = frozenset(("rules", "memory", "learner"))


class GoldSentence(NamedTuple):
    """A sentence, what is right in it, and what a confirmed other side projects onto it, if it is confirmed."""

    text: str
    spans: Sequence[Labelled]
    project: Callable[[], list[Likely]] | None = None
    agreed: Callable[[Sequence[Labelled]], None] | None = None


class Effort(Struct, frozen=True, kw_only=True):
    """Actions per entity in the three ways of counting; by hand each is 2.

    item: every exact suggestion is accepted by an action of its own. bulk: all exact suggestions of one
    sentence are accepted by one action together. implicit: leaving an exact suggestion alone accepts it.
    """

    item: float
    bulk: float
    implicit: float
    entities: int


class Cost(NamedTuple):
    """Actions spent beside accepting, and how many exact suggestions there were in how many sentences."""

    other: int = 0
    exact: int = 0
    sentences: int = 0
    entities: int = 0

    def plus(self, cost: Cost) -> Cost:
        """Both together."""
        return Cost(*(one + two for one, two in zip(self, cost, strict=True)))

    def effort(self) -> Effort:
        """The figures; 0 where there is no entity."""
        many = max(1, self.entities)
        return Effort(
            item=round((self.other + self.exact) / many, 4),
            bulk=round((self.other + self.sentences) / many, 4),
            implicit=round(self.other / many, 4),
            entities=self.entities,
        )


def cost_of(shown: Sequence[Labelled], gold: Sequence[Labelled]) -> Cost:
    """What one sentence costs.

    Exact suggestions are matched first; then each other suggestion, in order of the text, with the first gold
    span it crosses that is still free, those of the same place before those of the same label. The same place
    with a wrong label costs 1, the right label in a wrong place 2, both wrong 3; a suggestion that matches
    nothing costs 1, a gold span that nothing matches 2.
    """
    exact = set(shown) & set(gold)
    free = [one for one in sorted(set(gold)) if one not in exact]
    other = 0
    for one in sorted(set(shown) - exact):
        across = [each for each in free if crosses(one, each)]
        if not across:
            other += 1
            continue
        match = min(across, key=lambda each: (each[:2] != one[:2], each.label != one.label))
        free.remove(match)
        other += 1 if match[:2] == one[:2] else 2 if match.label == one.label else 3
    return Cost(other + 2 * len(free), len(exact), bool(exact), len(set(gold)))


def starts(count: int) -> list[int]:
    """Where the replays start: at the first sentence, in the middle of what is left, and at the last 300."""
    room = max(0, count - SENTENCES)
    return sorted({room * at // (OFFSETS - 1) for at in range(OFFSETS)})


def effort(
    sentences: Sequence[GoldSentence], side: Side, sources: frozenset[str] = ALL_SOURCES, job: Job | None = None
) -> Effort:
    """Replay the annotation of 300 sentences in reading order, from three starts, pooled.

    Every replay begins with a fresh engine: nothing was confirmed, nothing trained, no tallies. For each
    sentence the engine suggests; the cost of its suggestions against the gold is counted; the gold is
    confirmed. After every 20 sentences the learner trains anew on all that was confirmed.

    Raises:
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    begins = starts(len(sentences))
    total = Cost()
    for number, start in enumerate(begins):
        part = sentences[start : start + SENTENCES]
        for done, cost in enumerate(replay(part, side, sources)):
            job.progress(number * len(part) + done, len(begins) * len(part))
            total = total.plus(cost)
    return total.effort()


def replay(sentences: Sequence[GoldSentence], side: Side, sources: frozenset[str]) -> list[Cost]:
    """What each sentence costs a person who works through them with a fresh engine."""
    pool = Pool(side, sources)
    studied = study_in_order([one.text for one in sentences], side)
    costs = []
    with TemporaryDirectory() as folder:
        for number, one in enumerate(sentences):
            asked = Asked(one.text, studied[number], one.project() if one.project else None)
            candidates = pool.candidates([asked])[0]
            judged = pool.judged(candidates)
            shown = [each.candidate.span for each in pool.shown(judged)]
            costs.append(cost_of(shown, one.spans))
            pool.confirm(number, one.text, one.spans, candidates)
            pool.judge.record_shown(shown, one.spans)
            if one.agreed:
                one.agreed(one.spans)
            if (number + 1) % EVERY == 0 and "learner" in sources:
                examples = [Example(studied[at], sentences[at].spans) for at in range(number + 1)]
                _retrain(pool, examples, Path(folder) / "chain.crfsuite")
    return costs


def _retrain(pool: Pool, examples: Sequence[Example], path: Path) -> None:
    if fit(examples, path):
        pool.chain = Chain.read(path)
        pool.judge.fade(0.9)
