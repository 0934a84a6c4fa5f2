"""What annotating costs with suggestions: actions per entity (APE), by replaying gold as a person's work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec import Struct

from annotator.core.job import Job
from annotator.core.span import Side
from annotator.core.span import other as other_side
from annotator.language.counterpart import Direction, Knowledge, Mention, project
from annotator.language.crf.chain import Chain, Likely
from annotator.language.crf.features import study_in_order
from annotator.language.crf.fitting import Example, fit
from annotator.language.crf.tags import Labelled
from annotator.language.judging.candidate import crosses
from annotator.language.judging.pool import Asked, Pool
from annotator.services.evaluating_suggestions import LABELS, GoldSentence, read_gold

SENTENCES = 300
EVERY = 20
OFFSETS = 3
_FADE = 0.9
ALL_SOURCES = frozenset(("rules", "memory", "learner"))


class Replayed(NamedTuple):
    """A sentence and what is right in it; if the other side was confirmed before, also that."""

    text: str
    spans: Sequence[Labelled]
    other: str = ""
    other_spans: Sequence[Labelled] | None = None


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


def evaluate_effort(
    paths: Sequence[Path],
    side: Side | None = None,
    confirmed: Side | None = None,
    sources: frozenset[str] = ALL_SOURCES,
    job: Job | None = None,
) -> Effort:
    """Replay the annotation of gold files, each from its own three starts, all pooled.

    Args:
        paths: JSON lines of sentences, or of pairs.
        side: of pairs, the side that is annotated.
        confirmed: the other side of pairs, if it was annotated and confirmed before.
        sources: which sources suggest, for taking the measure of each.

    Raises:
        AnnotatorError: if a file cannot be read or its lines are not as they should be.
        Cancelled: if the user asked to stop.
    """
    total = Cost()
    for path in paths:
        sentences, of_side = read_replayed(path, side, confirmed)
        total = total.plus(cost_from_starts(sentences, of_side, sources, job))
    return total.effort()


def read_replayed(path: Path, side: Side | None, confirmed: Side | None) -> tuple[list[Replayed], Side]:
    """The sentences of a file in reading order with their people and places, and their side.

    Raises:
        AnnotatorError: if the file cannot be read, or has not this side.
    """
    if confirmed is not None:
        side = other_side(confirmed)
    gold = read_gold(path, side)
    others = read_gold(path, confirmed) if confirmed is not None else []
    sentences = [Replayed(one.text, _named(one)) for one in gold]
    if others:
        pairs = zip(sentences, others, strict=True)
        sentences = [one._replace(other=each.text, other_spans=_named(each)) for one, each in pairs]
    return sentences, gold[0].side if gold else "zh"


def _named(sentence: GoldSentence) -> list[Labelled]:
    return sorted(Labelled(*span) for span in sentence.spans if span[2] in LABELS)


def cost_from_starts(
    sentences: Sequence[Replayed], side: Side, sources: frozenset[str] = ALL_SOURCES, job: Job | None = None
) -> Cost:
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
    return total


def replay(sentences: Sequence[Replayed], side: Side, sources: frozenset[str]) -> Iterator[Cost]:
    """What each sentence costs a person who works through them with a fresh engine."""
    pool = Pool(side, sources)
    studied = study_in_order([one.text for one in sentences], side)
    linked: dict[str, list[str]] = {}
    with TemporaryDirectory() as folder:
        for number, one in enumerate(sentences):
            projected = _projected(one, side, linked)
            told = None if projected is None else [likely for _, likely in projected]
            asked = Asked(one.text, studied[number], told)
            candidates = pool.candidates([asked])[0]
            shown = [each.candidate.span for each in pool.shown(pool.judged(candidates))]
            yield cost_of(shown, one.spans)
            pool.confirm(number, one.text, one.spans, candidates)
            pool.judge.record_shown(shown, one.spans)
            _link(one, side, projected or [], linked)
            if (number + 1) % EVERY == 0 and "learner" in sources:
                examples = [Example(studied[at], sentences[at].spans) for at in range(number + 1)]
                _retrain(pool, examples, Path(folder) / "chain.crfsuite")


def _projected(
    one: Replayed, side: Side, linked: dict[str, list[str]]
) -> list[tuple[Mention, Likely]] | None:
    """What the confirmed other side projects onto a sentence, knowing the links of those before."""
    if one.other_spans is None:
        return None
    zh, en = (one.other, one.text) if side == "en" else (one.text, one.other)
    mentions = [Mention(*span) for span in one.other_spans]
    direction: Direction = "zh-en" if side == "en" else "en-zh"
    found = project(zh, en, mentions, direction, Knowledge(linked=linked))
    return [(mention, Likely(each.start, each.end, mention.label, each.score)) for mention, each in found]


def _link(
    one: Replayed, side: Side, projected: Sequence[tuple[Mention, Likely]], linked: dict[str, list[str]]
) -> None:
    """Whoever confirms a mention where its counterpart was projected has linked the two."""
    for mention, likely in projected:
        if Labelled(*likely[:3]) in one.spans:
            there, here = one.other[mention.start : mention.end], one.text[likely.start : likely.end]
            zh, en = (there, here) if side == "en" else (here, there)
            linked.setdefault(zh, []).append(en)


def _retrain(pool: Pool, examples: Sequence[Example], path: Path) -> None:
    if fit(examples, path):
        pool.chain = Chain.read(path)
        pool.judge.fade(_FADE)
