"""Rules, memory, learner and what the other side says, judged together: one probability for each stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Key, Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language.counterpart import Knowledge
from annotator.language.crf.chain import Likely
from annotator.language.crf.features import study_in_order
from annotator.language.crf.shelf import Shelved, chain_of, newest
from annotator.language.crf.tags import Labelled
from annotator.language.judging.candidate import Candidate
from annotator.language.judging.choose import Judged
from annotator.language.judging.ledger import read_ledger, write_ledger
from annotator.language.judging.pool import Asked, Pool
from annotator.language.projecting import Projector, linked_in, projected
from annotator.language.reading import DATE, Passage, learnt_labels, passages
from annotator.language.remembering import Memory
from annotator.suggesters.memory import reason_of
from annotator.suggesters.rules import dates_in

NAME = "combined"
_NEAR = 20
_FADE = 0.9


@suggester(NAME, "suggester.combined", version="1", covers=("rules", "memory", "learner"))
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Takes in what was annotated; learns on from every document that it is asked about."""
    return Combined(evidence, job)


class _Offered(NamedTuple):
    """A sentence with its candidates, and the partners of those that the other side projects."""

    passage: Passage
    candidates: list[Candidate]
    partners: dict[Labelled, str]


class Combined:
    """Suggestions for a project's documents, judged by what became of those before.

    Every document that it is called with is compared with what it was before: rows that were marked done
    since, and suggestions accepted or rejected since, are decisions; they are counted with the evidence as it
    was before them, and then remembered.
    """

    def __init__(self, evidence: Evidence, job: Job | None = None) -> None:
        self._folder = evidence.folder
        self._labels = learnt_labels(evidence.project)
        self._dated = DATE in evidence.project.label_set
        self._pools: dict[Side, Pool] = {side: Pool(side) for side in SIDES}
        self._memory = Memory(self._labels, {side: pool.recall for side, pool in self._pools.items()})
        self._counted: set[tuple[str, Key]] = set()
        self._shelved = Shelved()
        linked: dict[str, list[str]] = {}
        job = job or Job()
        for number, document in enumerate(evidence.documents):
            job.progress(number, len(evidence.documents))
            self._memory.keep_up(document, job)
            for zh, en in job.through(linked_in(document)):
                linked.setdefault(zh, []).append(en)
        self._known = Projector(Knowledge(linked=linked, glosses=evidence.glosses))
        if self._folder is not None:
            self._take_up(self._folder)

    @property
    def source(self) -> str:
        """How this and the last training are named in suggestions and their files."""
        return f"{NAME}@{self._shelved.version}"

    def __call__(self, document: Document, rows: range) -> Iterable[Suggestion]:
        """What is worth showing in some rows; nothing in rows marked done."""
        self.learn(document)
        open_rows = [row for row in rows if document.pairs[row].id not in document.done]
        for side in SIDES:
            if self._dated:
                yield from (one for row in open_rows for one in dates_in(document, row, side))
            for offered in self._offered(document, side, open_rows):
                for one in self._worth_showing(side, offered):
                    yield self._suggestion(document, side, offered, one)

    def learn(self, document: Document) -> None:
        """Take in what a document has become: count the decisions, then remember the annotations."""
        before = self._memory.before(document)
        if before is document:
            return
        counted = len(self._counted)
        if before is not None and (before.zh, before.en, before.pairs) == (
            document.zh,
            document.en,
            document.pairs,
        ):
            rows = self._memory.changed(document)
            for side in SIDES:
                for offered in self._offered(before, side, rows):
                    self._decide(document, side, offered)
        self._memory.keep_up(document)
        if len(self._counted) > counted:
            self.look_for_training()
            # A folder that cannot be written to must not keep anybody from working.
            with suppress(AnnotatorError):
                self.save()

    def look_for_training(self) -> None:
        """Use the last training in the project's folder from now on, if it is another than before; what was
        counted under the one before weighs less. Done by itself after every decision.

        Raises:
            AnnotatorError: if a chain cannot be read.
        """
        shelved = newest(self._folder)
        if self._folder is None or shelved is None or shelved.version == self._shelved.version:
            return
        for side, pool in self._pools.items():
            pool.chain = chain_of(self._folder, shelved.version, side)
            pool.judge.fade(_FADE)
        self._shelved = shelved

    def save(self) -> None:
        """Keep the tallies in the project's folder.

        Raises:
            AnnotatorError: if they cannot be written.
        """
        if self._folder is not None:
            write_ledger(self._folder, {side: pool.judge for side, pool in self._pools.items()})

    def _take_up(self, folder: Path) -> None:
        for side, judge in read_ledger(folder).items():
            self._pools[side].judge = judge
        shelved = newest(folder)
        if shelved is not None:
            self._shelved = shelved
            for side, pool in self._pools.items():
                pool.chain = chain_of(folder, shelved.version, side)

    def _offered(self, document: Document, side: Side, rows: Sequence[int]) -> list[_Offered]:
        found = list(passages(document, side, self._labels, rows))
        if not found:
            return []
        near = range(max(0, found[0].row - _NEAR), found[0].row)
        before = [document.row_text(row, side) for row in near]
        studied = study_in_order([one.text for one in found], side, before)
        asked, partners = [], []
        for passage, each in zip(found, studied, strict=True):
            told = projected(document, side, passage, self._known)
            likely = None if told is None else [Likely(*span, score) for span, (score, _) in told.items()]
            asked.append(Asked(passage.text, each, likely))
            partners.append({span: partner for span, (_, partner) in (told or {}).items()})
        every = self._pools[side].candidates(asked)
        known = [[one for one in each if one.label in self._labels] for each in every]
        for at, passage in enumerate(found):
            if passage.spans and document.pairs[passage.row].id not in document.done:
                known[at] = [self._unsettled(side, passage, one) for one in known[at]]
        return [_Offered(*one) for one in zip(found, known, partners, strict=True)]

    def _unsettled(self, side: Side, passage: Passage, one: Candidate) -> Candidate:
        """A candidate in a sentence that a person is still at work on: that it is not annotated there yet, or
        has no counterpart among what is, says nothing against it."""
        text = passage.text
        own = self._pools[side].recall.times(text[one.start : one.end], text) if passage.read else 0
        return one._replace(absent=max(0, one.absent - own), counterpart=one.counterpart or None)

    def _worth_showing(self, side: Side, offered: _Offered) -> list[Judged]:
        pool = self._pools[side]
        turned_down = set(offered.passage.rejected)
        return pool.shown(pool.judged([one for one in offered.candidates if one.span not in turned_down]))

    def _decide(self, document: Document, side: Side, offered: _Offered) -> None:
        now = next(
            (
                one
                for one in passages(document, side, self._labels, [offered.passage.row])
                if one.start == offered.passage.start
            ),
            None,
        )
        if now is None:
            return
        is_done = document.pairs[now.row].id in document.done
        fresh = set(now.spans) - set(offered.passage.spans)
        refused = set(now.rejected) - set(offered.passage.rejected)
        decided = [
            one
            for one in offered.candidates
            if (is_done or one.span in fresh or one.span in refused)
            and self._is_first(document, side, now, one)
        ]
        judge = self._pools[side].judge
        judge.record(decided, now.spans)
        if is_done:
            judge.record_shown([one.candidate.span for one in self._worth_showing(side, offered)], now.spans)

    def _is_first(self, document: Document, side: Side, passage: Passage, one: Candidate) -> bool:
        key = document.id, (side, passage.start + one.start, passage.start + one.end, one.label)
        is_first = key not in self._counted
        self._counted.add(key)
        return is_first

    def _suggestion(self, document: Document, side: Side, offered: _Offered, judged: Judged) -> Suggestion:
        one = judged.candidate
        start, end = offered.passage.start + one.start, offered.passage.start + one.end
        return Suggestion(
            side=side,
            start=start,
            end=end,
            quote=document.text(side)[start:end],
            label=one.label,
            score=round(judged.score, 4),
            source="+".join(self._named(one)) or self.source,
            reason=_reason(one),
            partner=offered.partners.get(one.span),
        )

    def _named(self, one: Candidate) -> Iterator[str]:
        """The sources that agree, the surest first."""
        scores = {
            "counterpart@1": one.counterpart or 0.0,
            "memory@1": one.memory.score if one.memory else 0.0,
            self._shelved.source: one.chain or 0.0 if "learner" in one.sources else 0.0,
            "rules@1": one.rule.score if one.rule else 0.0,
        }
        return (name for name in sorted(scores, key=lambda each: -scores[each]) if scores[name] > 0)


def _reason(one: Candidate) -> Reason:
    if one.counterpart:
        return Reason("suggest.counterpart")
    if one.memory is not None and not one.memory.part:
        return reason_of(one.memory)
    if one.rule is not None:
        return Reason(one.rule.reason)
    return reason_of(one.memory) if one.memory is not None else Reason("suggest.learner")
