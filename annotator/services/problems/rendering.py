"""One name written in two ways: which of them is likely the slip, and what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.edits import DocumentEdit, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import Side, Span
from annotator.language.likeness import alike, folded, parts, shortenings
from annotator.services.annotate import shortened
from annotator.services.mending import correct_text
from annotator.services.problems.knowledge import DATE, Knowledge
from annotator.services.problems.names import Known, Name, Names, mentions_of
from annotator.services.problems.problem import Fixing, Kind, Place, Problem, located
from annotator.services.problems.rows import Row

_MANY_OF_ONE_PARTNER = 40
_SOME = 2
_TWO = 2
"""Two people often bear Chinese names of two characters that sound alike."""


class Slip(NamedTuple):
    """`wrong` is likely `right`: its part `piece` should read `instead`."""

    wrong: Name
    right: Name
    piece: str
    instead: str
    weak: bool


class Renderings:
    """Names by what they share, so that a name meets only the few that may be the same."""

    def __init__(self, names: Names, knowledge: Knowledge) -> None:
        self._names = names
        self._knowledge = knowledge
        self._shapes: defaultdict[tuple[Side, str], set[str]] = defaultdict(set)
        self._linked: defaultdict[tuple[Side, str], set[str]] = defaultdict(set)
        self._slips: dict[frozenset[Name], Slip] = {}
        self._of_name: defaultdict[Name, set[frozenset[Name]]] = defaultdict(set)

    def add(self, names: Iterable[Name]) -> None:
        """Take names in, or learn what they are newly linked with."""
        for side, text in names:
            for shape in shortenings(_last(text)):
                self._shapes[side, shape].add(text)
            known = self._names.get((side, text))
            for partner in known.partners if known else ():
                self._linked[side, folded(_last(partner))].add(text)

    def renew(self, name: Name) -> set[Name]:
        """Compare a name with its like anew; the names about which something else holds now."""
        concerned = {name}
        for pair in self._of_name.pop(name, set()):
            slip = self._slips.pop(pair, None)
            if slip is not None:
                concerned.add(slip.wrong)
        for slip in self._compared(name):
            pair = frozenset((slip.wrong, slip.right))
            self._slips[pair] = slip
            for one in pair:
                self._of_name[one].add(pair)
            concerned.add(slip.wrong)
        return concerned

    def slips(self, name: Name) -> list[Slip]:
        """What is wrong with how a name is written, the surest for each of its parts."""
        best: dict[str, Slip] = {}
        for pair in self._of_name.get(name, ()):
            slip = self._slips.get(pair)
            if slip is None or slip.wrong != name:
                continue
            if slip.piece not in best or self._surer(slip, best[slip.piece]):
                best[slip.piece] = slip
        return list(best.values())

    def problems(self, document: Document, slips: Iterable[Slip], mentions: Sequence[Span]) -> list[Problem]:
        """The slips of one name at all its mentions in a document; nothing if it has none there."""
        if not mentions:
            return []
        places = tuple(self._place(document, span) for span in mentions)
        return [self._problem(slip, places) for slip in slips]

    def _place(self, document: Document, span: Span) -> Place:
        row = Row(document, document.row_of_span(span), self._knowledge)
        return row.place(span.side, span.start, span.end)

    def _problem(self, slip: Slip, places: tuple[Place, ...]) -> Problem:
        counts = (self._names.get(name) for name in (slip.wrong, slip.right))
        wrong, right = (str(known.count if known else 0) for known in counts)
        first = places[0]
        return Problem(
            kind=RENDERING.id,
            pair=first.pair,
            side=first.side,
            start=first.start,
            end=first.end,
            subject=f"{slip.wrong[1]}:{slip.right[1]}:{slip.wrong[0]}",
            details=("name", shortened(slip.right[1]), wrong, right, "", slip.piece, slip.instead),
            weak=slip.weak,
            more=places[1:],
        )

    def _surer(self, one: Slip, other: Slip) -> bool:
        known = [self._names.get(slip.right) for slip in (one, other)]
        counts = [each.count if each else 0 for each in known]
        return (not one.weak, counts[0], one.right) > (not other.weak, counts[1], other.right)

    def _compared(self, name: Name) -> list[Slip]:
        side, text = name
        known = self._names.get(name)
        if known is None:
            return []
        near = set[str]().union(*(self._shapes.get((side, shape), ()) for shape in shortenings(_last(text))))
        for partner in known.partners:
            fellows = self._linked.get((side, folded(_last(partner))), set())
            near |= fellows if len(fellows) <= _MANY_OF_ONE_PARTNER else set()
        found = (self._judge(name, (side, one)) for one in sorted(near) if one != text)
        return [slip for slip in found if slip is not None]

    def _judge(self, one: Name, other: Name) -> Slip | None:
        first, second = self._names.get(one), self._names.get(other)
        if first is None or second is None or not self._comparable(first, second):
            return None
        differing = _differing(parts(one[1]), parts(other[1]))
        if differing is None:
            return None
        pieces, lone, last = differing
        grade = alike(*pieces)
        evidence = _evidence(first, second)
        if not grade or evidence < 0:
            return None
        strong = evidence > 0 or (not lone and last and grade > 1)
        if max(map(len, pieces)) == _TWO and not _outnumbered(first, second):
            return None
        if not strong and (grade < 2 or not (lone and last) or not _outnumbered(first, second)):
            return None
        return _directed((one, first, pieces[0]), (other, second, pieces[1]), weak=not strong)

    def _comparable(self, first: Known, second: Known) -> bool:
        roots = [
            {self._knowledge.root(label) for label in known.labels} - {DATE} for known in (first, second)
        ]
        return not roots[0].isdisjoint(roots[1])


def _last(name: str) -> str:
    return (parts(name) or (name,))[-1]


def _differing(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, str], bool, bool] | None:
    """The two parts in which names differ, whether either stands alone, whether they are the last of theirs.

    None if they differ in more, or if one name is only the fuller one: a surname beside a full name.
    """
    if not one or not other or set(map(folded, one)) < set(map(folded, other)):
        return None
    if set(map(folded, other)) < set(map(folded, one)):
        return None
    if len(one) == len(other):
        places = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if len(places) != 1:
            return None
        at = places[0]
        return (one[at], other[at]), len(one) == 1, at == len(one) - 1
    if min(len(one), len(other)) > 1 or one[-1] == other[-1]:
        return None
    return (one[-1], other[-1]), True, True


def _evidence(first: Known, second: Known) -> int:
    """1 if both are linked with the same name, -1 if with different ones, 0 if that cannot be said."""
    if not first.partners or not second.partners:
        return 0
    some, others = (
        [frozenset(map(folded, parts(text))) for text in known.partners] for known in (first, second)
    )
    if any(one <= other or other <= one for one in some for other in others):
        return 1
    return 0 if any(one & other for one in some for other in others) else -1


def _outnumbered(first: Known, second: Known) -> bool:
    low, high = sorted((first.count, second.count))
    return high >= _SOME * low and high > 1


def _directed(one: tuple[Name, Known, str], other: tuple[Name, Known, str], *, weak: bool) -> Slip:
    """The rarer is the slip; of two as rare, the shorter."""
    wrong, right = sorted((one, other), key=lambda each: (each[1].count, len(each[2]), each[2]))
    return Slip(wrong[0], right[0], wrong[2], right[2], weak)


def fix(document: Document, problem: Problem, fixing: Fixing) -> Edit:
    """The text corrected wherever the slip stands labelled, or where it was found; highlights move along.

    Raises:
        AnnotatorError: if it stands there no more.
    """
    if problem.details[0] == "text":
        return _fix_here(document, problem, fixing)
    name: Name = (problem.side, problem.about)
    piece, instead = problem.details[-2:]
    edits: list[Edit] = []
    now = document
    starts = dict.fromkeys(span.start for span in reversed(list(mentions_of(document, name))))
    for start in starts:
        at = name[1].rfind(piece)
        if at < 0:
            continue
        edit = correct_text(now, problem.side, start + at, start + at + len(piece), instead, by=fixing.by)
        edits.append(edit)
        now = apply(now, edit.parts[0])
    if not edits:
        raise AnnotatorError("error.nothing_to_mend", text=shortened(name[1]))
    kept: tuple[DocumentEdit, ...] = tuple(edit.parts[0] for edit in edits)
    return Edit(caption=edits[0].caption, parts=kept)


def _fix_here(document: Document, problem: Problem, fixing: Fixing) -> Edit:
    at = located(document, problem.places[0])
    piece, instead = problem.details[-2:]
    if at is None or document.text(at.side)[at.start : at.end] != piece:
        raise AnnotatorError("error.nothing_to_mend", text=piece)
    return correct_text(document, at.side, at.start, at.end, instead, by=fixing.by)


RENDERING = Kind(
    "rendering",
    "warning",
    ("way", "right", "wrong_count", "right_count", "mirror", "piece", "instead"),
    fix=fix,
)
