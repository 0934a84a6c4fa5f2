"""A stretch that at least one source offers, with what every source says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from annotator.language.crf.chain import Likely, Reading
from annotator.language.crf.tags import Labelled
from annotator.language.mentions import Found
from annotator.language.recall import Remembered

_LEAST_LIKELY = 0.04
T = TypeVar("T", Found, Remembered, Likely)


class Candidate(NamedTuple):
    """A labelled stretch `[start, end)` of a sentence and its evidence.

    Attributes:
        rule: what the rules say of it, if they offer it.
        memory: what was annotated elsewhere, if this string was.
        chain: its probability under the trained chain; None without a chain.
        counterpart: the score of the projection from the other side, 0 if nothing is projected onto it;
            None if the other side is not known.
        absent: how often the string was read without being labelled so.
        rivals: whether rules or memory offer another stretch across it.
        names: how many different names had been annotated when the chain spoke.
    """

    start: int
    end: int
    label: str
    rule: Found | None = None
    memory: Remembered | None = None
    chain: float | None = None
    counterpart: float | None = None
    absent: int = 0
    rivals: bool = False
    names: int = 1_000_000

    @property
    def span(self) -> Labelled:
        """The labelled stretch alone."""
        return Labelled(self.start, self.end, self.label)

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the sources that offer it."""
        offered = {
            "counterpart": bool(self.counterpart),
            "memory": self.memory is not None,
            "learner": (self.chain or 0.0) >= _LEAST_LIKELY,
            "rules": self.rule is not None,
        }
        return tuple(name for name, there in offered.items() if there)


class Offered(NamedTuple):
    """What the sources say of one sentence."""

    rules: Sequence[Found] = ()
    memory: Sequence[Remembered] = ()
    reading: Reading | None = None
    projected: Sequence[Likely] | None = None


def gathered(offered: Offered) -> list[Candidate]:
    """One candidate for every stretch and label that a source offers, in order; they may overlap."""
    rules = _best((Labelled(one.start, one.end, one.label), one) for one in offered.rules)
    memory = _best((Labelled(one.start, one.end, one.label), one) for one in offered.memory)
    projected = _best((Labelled(one.start, one.end, one.label), one) for one in offered.projected or ())
    likely = {}
    if offered.reading is not None:
        likely = {
            Labelled(one.start, one.end, one.label): one.score
            for one in offered.reading.likely(_LEAST_LIKELY)
        }
    firm = [*rules, *memory]
    found = []
    for span in sorted({*rules, *memory, *projected, *likely}):
        chain = likely.get(span)
        if chain is None and offered.reading is not None:
            chain = offered.reading.probability(*span)
        counterpart = (
            None if offered.projected is None else projected[span].score if span in projected else 0.0
        )
        found.append(
            Candidate(
                *span,
                rule=rules.get(span),
                memory=memory.get(span),
                chain=chain,
                counterpart=counterpart,
                rivals=any(crosses(span, other) and span != other for other in firm),
            )
        )
    return found


def _best(offers: Iterable[tuple[Labelled, T]]) -> dict[Labelled, T]:
    best: dict[Labelled, T] = {}
    for span, one in offers:
        if span not in best or best[span].score < one.score:
            best[span] = one
    return best


def crosses(one: Labelled, other: Labelled) -> bool:
    """Whether the two share a character."""
    return one.start < other.end and other.start < one.end
