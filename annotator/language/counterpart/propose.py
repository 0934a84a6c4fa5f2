"""What the spans of a pair still lack: a link between two of them, or a mention on the other side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from annotator.core.span import SIDES, Side, other
from annotator.language.counterpart.assign import assign
from annotator.language.counterpart.candidate import NOTHING, Candidate, Direction, Knowledge, Mention, Reason
from annotator.language.counterpart.solve import counterparts, project

_LEAST_LINK = 0.3
_ALIKE = 0.5
_ONLY_TWO = 0.45
_DIRECTION: dict[Side, Direction] = {"zh": "zh-en", "en": "en-zh"}


class Marked(NamedTuple):
    """A span of one side: its id, the stretch `[start, end)` in code points of the text given, its label."""

    id: str
    start: int
    end: int
    label: str

    @property
    def mention(self) -> Mention:
        return Mention(self.start, self.end, self.label)


class Proposal(NamedTuple):
    """A counterpart for the span `mention`, on the other side.

    Attributes:
        mention: id of the span that had no link.
        side: where the counterpart stands, the side that `mention` is not of.
        partner: id of the existing span that is the counterpart: only a link is missing. None: the stretch is
            to be labelled and linked.
        start, end: the stretch of the counterpart.
        label: the label that it has, or would have.
        score: 0 to 1, about how likely it is right.
        reason: see `Candidate`.
    """

    mention: str
    side: Side
    partner: str | None
    start: int
    end: int
    label: str
    score: float
    reason: Reason


def propose(
    zh: str,
    en: str,
    zh_spans: Sequence[Marked],
    en_spans: Sequence[Marked],
    links: Iterable[tuple[str, str]] = (),
    known: Knowledge = NOTHING,
) -> list[Proposal]:
    """For each span of either side that no link joins with the other side, its counterpart, if there is one.

    Spans are joined with each other before anything new is proposed; no span and no stretch is proposed
    twice, and none that has a partner, except that a name and its gloss in brackets share theirs.

    Args:
        zh, en: the texts of a pair, or of several pairs in a row.
        zh_spans, en_spans: all spans of the texts, linked or not, of any labels.
        links: pairs of ids; the order in them does not matter, and ids of other spans neither.
        known: what is known beyond the program's own tables.
    """
    spans: dict[Side, Sequence[Marked]] = {"zh": zh_spans, "en": en_spans}
    joined = _joined(spans, links)
    texts: dict[Side, str] = {"zh": zh, "en": en}
    alone = {side: [one for one in spans[side] if one.id not in joined] for side in SIDES}
    found = _link(texts, alone, known)
    met = {one for proposal in found for one in (proposal.mention, proposal.partner)}
    for side in SIDES:
        rest = [one for one in alone[side] if one.id not in met]
        taken = [one.mention for one in spans[other(side)]]
        found.extend(_new(texts, side, rest, spans[side], taken, known))
    return sorted(found, key=lambda one: (one.side, one.start, one.end, one.mention))


def _joined(spans: dict[Side, Sequence[Marked]], links: Iterable[tuple[str, str]]) -> set[str]:
    """Ids of the spans that have a partner on the other side."""
    chinese, english = ({one.id for one in spans[side]} for side in SIDES)
    found: set[str] = set()
    for a, b in links:
        if (a in chinese) != (b in chinese) or (a in english) != (b in english):
            found.update((a, b))
    return found


def _link(texts: dict[Side, str], alone: dict[Side, list[Marked]], known: Knowledge) -> list[Proposal]:
    chinese, english = alone["zh"], alone["en"]
    if not chinese or not english:
        return []
    zh, en = texts["zh"], texts["en"]
    there = [counterparts(zh, en, one.mention, "zh-en", known) for one in chinese]
    back = [counterparts(zh, en, one.mention, "en-zh", known) for one in english]
    fits = [
        [_fit(one, two, ranked, returned) for two, returned in zip(english, back, strict=True)]
        for one, ranked in zip(chinese, there, strict=True)
    ]
    columns = assign([[score for score, _ in row] for row in fits])
    return [
        _linked(chinese[row], english[column], *fits[row][column])
        for row, column in enumerate(columns)
        if column >= 0
    ]


def _linked(one: Marked, two: Marked, score: float, reason: Reason) -> Proposal:
    return Proposal(one.id, "en", two.id, two.start, two.end, two.label, min(1.0, score), reason)


def _fit(
    one: Marked, two: Marked, there: Sequence[Candidate], back: Sequence[Candidate]
) -> tuple[float, Reason]:
    """How well two spans go together, and why."""
    if _kind(one.label) != _kind(two.label):
        return 0.0, "place"
    options = [(candidate.score * _cover(candidate, two), candidate.reason) for candidate in there]
    options += [(candidate.score * _cover(candidate, one), candidate.reason) for candidate in back]
    best = max(options, default=(0.0, "place"))
    return best if best[0] >= _LEAST_LINK else (0.0, "place")


def _kind(label: str) -> str:
    return label.partition("/")[0]


def _cover(candidate: Candidate, span: Marked) -> float:
    """The share of what both cover that both have; little counts as nothing."""
    common = min(candidate.end, span.end) - max(candidate.start, span.start)
    share = common / (max(candidate.end, span.end) - min(candidate.start, span.start))
    return share if share >= _ALIKE else 0.0


def _new(
    texts: dict[Side, str],
    side: Side,
    rest: Sequence[Marked],
    every: Sequence[Marked],
    taken: Collection[Mention],
    known: Knowledge,
) -> list[Proposal]:
    """Stretches to be labelled for spans of `side`; what has the label already is not proposed."""
    if not rest:
        return []
    wanted = {one.mention: one for one in rest}
    projected = project(texts["zh"], texts["en"], [one.mention for one in every], _DIRECTION[side], known)
    found = []
    for mention, one in projected:
        span = wanted.get(mention)
        if span is None or any(_same_place(one, mention.label, two) for two in taken):
            continue
        found.append(
            Proposal(
                span.id, other(side), None, one.start, one.end, span.label, min(1.0, one.score), one.reason
            )
        )
    return found


def _same_place(one: Candidate, label: str, two: Mention) -> bool:
    return _kind(label) == _kind(two.label) and one.start < two.end and two.start < one.end
