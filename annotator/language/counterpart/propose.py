"""What the spans of a pair still lack: a link between two of them, or a mention on the other side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.core.span import SIDES, Side, other
from annotator.language.counterpart.assign import assign
from annotator.language.counterpart.candidate import (
    NOTHING,
    Candidate,
    Direction,
    Knowledge,
    Mention,
    Reason,
    kind,
)
from annotator.language.counterpart.pool import latin_share
from annotator.language.counterpart.solve import counterparts, project

_LEAST_LINK = 0.3
_ALIKE = 0.5
_ONLY_TWO = 0.45
_GLOSS = 0.95
_DOUBT = 0.4
_DIRECTION: dict[Side, Direction] = {"zh": "zh-en", "en": "en-zh"}


class Marked(NamedTuple):
    """A span of one side: its id, the stretch `[start, end)` in code points of the text given, its label."""

    id: str
    start: int
    end: int
    label: str

    @property
    def mention(self) -> Mention:
        """The span without its id."""
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

    Spans are joined with each other before anything new is proposed. No stretch is proposed twice, and none
    that is marked alike, except that a Chinese name and its gloss in brackets share one English counterpart.

    Args:
        zh, en: the texts of a pair, or of several pairs in a row.
        zh_spans, en_spans: all spans of the texts, linked or not, of any labels.
        links: pairs of ids across the sides, in any order; the one end may lie outside of the texts.
        known: what is known beyond the program's own tables.
    """
    spans: dict[Side, Sequence[Marked]] = {"zh": zh_spans, "en": en_spans}
    texts: dict[Side, str] = {"zh": zh, "en": en}
    partners = _partners(spans, links)
    alone = {side: [one for one in spans[side] if one.id not in partners] for side in SIDES}
    found = _link(texts, alone, known)
    partners.update({one.mention: one.partner for one in found if one.partner})
    found.extend(_gloss_links(texts, spans, alone["zh"], partners))
    met = {one for proposal in found for one in (proposal.mention, proposal.partner)}
    for side in SIDES:
        rest = [one for one in alone[side] if one.id not in met]
        found.extend(_new(texts, side, rest, spans[other(side)], known))
    return sorted(found, key=lambda one: (one.side, one.start, one.end, one.mention))


def _partners(spans: Mapping[Side, Sequence[Marked]], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By id of a span, the id of a span of the other side that it is linked with."""
    sides = {one.id: side for side in SIDES for one in spans[side]}
    found: dict[str, str] = {}
    for a, b in links:
        if sides.get(a) != sides.get(b):
            found.update({one: two for one, two in ((a, b), (b, a)) if one in sides})
    return found


def _link(
    texts: Mapping[Side, str], alone: Mapping[Side, Sequence[Marked]], known: Knowledge
) -> list[Proposal]:
    """Which two of the spans without a partner belong together."""
    kinds = {kind(one.label) for one in alone["zh"]} & {kind(one.label) for one in alone["en"]}
    chinese, english = ([one for one in alone[side] if kind(one.label) in kinds] for side in SIDES)
    if not kinds:
        return []
    zh, en = texts["zh"], texts["en"]
    there = [counterparts(zh, en, one.mention, "zh-en", known) for one in chinese]
    back = [counterparts(zh, en, one.mention, "en-zh", known) for one in english]
    fits = [
        [_fit(one, two, ranked, returned) for two, returned in zip(english, back, strict=True)]
        for one, ranked in zip(chinese, there, strict=True)
    ]
    columns = assign([[score for score, _ in row] for row in fits])
    found = [
        _linked(chinese[row], english[column], *fits[row][column])
        for row, column in enumerate(columns)
        if column >= 0
    ]
    return [*found, *_only_two(chinese, english, found)]


def _only_two(
    chinese: Sequence[Marked], english: Sequence[Marked], found: Sequence[Proposal]
) -> Iterable[Proposal]:
    """Of each kind, the only one of either side that is left."""
    met = {one for proposal in found for one in (proposal.mention, proposal.partner)}
    for label in sorted({kind(one.label) for one in chinese}):
        ones, twos = (
            [one for one in every if kind(one.label) == label and one.id not in met]
            for every in (chinese, english)
        )
        if len(ones) == len(twos) == 1:
            yield _linked(ones[0], twos[0], _ONLY_TWO, "left")


def _linked(one: Marked, two: Marked, score: float, reason: Reason) -> Proposal:
    # Both are marked: that they belong together is likelier than that a stretch is the right one.
    sure = 1.0 - _DOUBT * (1.0 - min(1.0, score))
    return Proposal(one.id, "en", two.id, two.start, two.end, two.label, round(sure, 4), reason)


def _fit(
    one: Marked, two: Marked, there: Sequence[Candidate], back: Sequence[Candidate]
) -> tuple[float, Reason]:
    """How well two spans go together, and why."""
    if kind(one.label) != kind(two.label):
        return 0.0, "place"
    options = [(candidate.score * _cover(candidate, two), candidate.reason) for candidate in there]
    options += [(candidate.score * _cover(candidate, one), candidate.reason) for candidate in back]
    best = max(options, default=(0.0, "place"))
    return best if best[0] >= _LEAST_LINK else (0.0, "place")


def _cover(candidate: Candidate, span: Marked) -> float:
    """The share of what both cover that both have; little counts as nothing."""
    common = min(candidate.end, span.end) - max(candidate.start, span.start)
    share = common / (max(candidate.end, span.end) - min(candidate.start, span.start))
    return share if share >= _ALIKE else 0.0


def _gloss_links(
    texts: Mapping[Side, str],
    spans: Mapping[Side, Sequence[Marked]],
    alone: Sequence[Marked],
    partners: Mapping[str, str],
) -> Iterable[Proposal]:
    """A gloss in brackets has the partner of the name before it."""
    zh = texts["zh"]
    english = {one.id: one for one in spans["en"]}
    for gloss in alone:
        if gloss.id in partners or latin_share(zh[gloss.start : gloss.end]) <= 0.5:
            continue
        for name in spans["zh"]:
            between = zh[name.end : gloss.start].strip() if name.end <= gloss.start else ""
            partner = english.get(partners.get(name.id, ""))
            if partner and between in ("(", "（") and kind(name.label) == kind(gloss.label):
                yield _linked(gloss, partner, _GLOSS, "gloss")


def _new(
    texts: Mapping[Side, str], side: Side, rest: Sequence[Marked], there: Sequence[Marked], known: Knowledge
) -> Iterable[Proposal]:
    """Stretches to be labelled for spans of `side`; what is marked alike `there` is nobody's counterpart."""
    if not rest:
        return
    wanted = {span.mention: span for span in rest}
    taken = [span.mention for span in there]
    for mention, one in project(texts["zh"], texts["en"], list(wanted), _DIRECTION[side], known, taken):
        score, named = min(1.0, one.score), wanted[mention]
        yield Proposal(named.id, other(side), None, one.start, one.end, named.label, score, one.reason)
