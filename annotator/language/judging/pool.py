"""All sources of suggestions for one side together: what they offer, and how it is judged."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from annotator.core.span import Side
from annotator.language.crf.chain import Chain, Likely
from annotator.language.crf.features import Studied
from annotator.language.crf.tags import Labelled
from annotator.language.judging.candidate import Candidate, Offered, gathered
from annotator.language.judging.choose import Judged, chosen
from annotator.language.judging.judge import Judge
from annotator.language.recall import Recall


class Asked(NamedTuple):
    """A sentence to suggest for, what rules and chain see in it, and what the other side projects onto it."""

    text: str
    studied: Studied
    projected: Sequence[Likely] | None = None


class Pool:
    """The sources of one side and what is known of their worth.

    `chain` is the trained one, None as long as there is none; whoever trains it sets it. `sources` names the
    sources that count, for taking the measure of each.
    """

    def __init__(
        self, side: Side, sources: frozenset[str] = frozenset(("rules", "memory", "learner"))
    ) -> None:
        self.side: Side = side
        self.sources = sources
        self.recall = Recall(side)
        self.judge = Judge()
        self.chain: Chain | None = None

    def candidates(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        """What the sources offer for each sentence."""
        chain = self.chain if "learner" in self.sources else None
        readings = chain.read_all([one.studied.seen for one in asked]) if chain is not None else None
        found = []
        for at, one in enumerate(asked):
            rules = one.studied.every if "rules" in self.sources else ()
            memory = self.recall.find(one.text) if "memory" in self.sources else ()
            offered = Offered(rules, memory, readings[at] if readings else None, one.projected)
            found.append([self._with_absence(each, one.text) for each in gathered(offered)])
        return found

    def _with_absence(self, one: Candidate, text: str) -> Candidate:
        if "memory" not in self.sources:
            return one
        absent = self.recall.absent(text[one.start : one.end], one.label)
        return one._replace(absent=absent, names=self.recall.names)

    def judged(self, candidates: Sequence[Candidate]) -> list[Judged]:
        """The candidates of one sentence with their probabilities."""
        scores = self.judge.probabilities(candidates)
        return [Judged(one, score) for one, score in zip(candidates, scores, strict=True)]

    def shown(self, judged: Sequence[Judged]) -> list[Judged]:
        """Those of one sentence that are worth showing."""
        return chosen(judged, self.judge.threshold)

    def confirm(
        self, key: Hashable, text: str, spans: Iterable[Labelled], candidates: Sequence[Candidate]
    ) -> None:
        """A person is done with a sentence that these candidates were offered for: count, then remember."""
        right = list(spans)
        self.judge.record(candidates, right)
        self.recall.learn(key, text, right)
