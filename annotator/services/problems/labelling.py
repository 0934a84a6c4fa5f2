"""One text labelled here and not there, or labelled differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.labels import LabelSet
from annotator.core.span import SIDES, Side, Span
from annotator.services import occurrences
from annotator.services.annotate import annotate, relabel, shortened, span_of
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.names import Known, Name, Names
from annotator.services.problems.occurrences import Hit, loose
from annotator.services.problems.problem import Fixing, Kind, Place, Problem, located
from annotator.services.problems.rows import Row

_EVERY = 50
_FEW = 3
_SHOWN = 100
_SHARE = 4
"""A label is odd for a text if it has at most one in so many of its mentions."""


def main_label(known: Known, labels: LabelSet) -> str:
    """The label that most mentions of a name have; of two as frequent the more deeply nested one."""
    return max(known.labels, key=lambda label: (known.labels[label], len(labels.ancestors(label))))


def odd(known: Known, label: str, labels: LabelSet) -> str:
    """The label that a mention should rather have; empty if its own is as good."""
    if len(known.labels) < 2:
        return ""
    main = main_label(known, labels)
    if label == main or main in labels.ancestors(label):
        return ""
    mine, all_of_them = known.labels.get(label, 0), known.count
    if known.labels[main] <= mine:
        return ""
    return main if mine == 1 or mine * _SHARE <= all_of_them else ""


def contested(known: Known | None) -> bool:
    """Whether the mentions of a name have more than one label."""
    return known is not None and len(known.labels) > 1


def differing(
    document: Document, mentions: Iterable[Span], names: Names, knowledge: Knowledge
) -> list[Problem]:
    """Those mentions that have another label than almost all others of their name."""
    found = []
    for span in mentions:
        known = names.get((span.side, span.quote))
        main = odd(known, span.label, knowledge.labels) if known else ""
        if known and main and not _twice(document, span, knowledge):
            row = Row(document, document.row_of_span(span), knowledge)
            count = str(known.labels[main])
            found.append(row.about(DIFFERING.id, span, f"{span.label}|{main}", span.label, main, count))
    return found


def _twice(document: Document, span: Span, knowledge: Knowledge) -> bool:
    """Whether the very same place has another label as well: then both are meant."""
    around = document.spans.overlapping(span.side, span.start, span.end)
    return any(
        (one.start, one.end) == (span.start, span.end) and one.id != span.id and knowledge.is_mention(one)
        for one in around
    )


class Unlabelled:
    """Names that stand unlabelled, pair by pair, and the problems that this makes.

    Pairs behind the last one with a mention or a done mark have not been read yet: nothing is wrong there. A
    name that stands unlabelled far more often than labelled makes one problem, not one for every place.
    """

    def __init__(self, names: Names, knowledge: Knowledge) -> None:
        self.found: dict[str, tuple[Problem, ...]] = {}
        self._names = names
        self._knowledge = knowledge
        self._hits: dict[str, tuple[Hit, ...]] = {}

    def put(self, pair: str, row: Row | None, places: dict[Side, list[tuple[int, int]]]) -> None:
        """Look at a pair (None if it is gone); `places` is where names stand in it."""
        self._hits.pop(pair, None)
        hits = tuple(loose(row, places)) if row is not None else ()
        if hits:
            self._hits[pair] = hits

    def settle(self, document: Document) -> Generator[None, None, None]:
        """Make problems of what was found."""
        last = frontier(document, self._knowledge)
        places: dict[Name, list[Place]] = {}
        yield
        for count, (pair, hits) in enumerate(self._hits.items(), 1):
            row = document.pairs.row_of(pair)
            if row is not None and row <= last:
                for side, start, end in hits:
                    text = document.row_text(row, side)[start:end]
                    places.setdefault((side, text), []).append(Place(pair, side, start, end))
            if count % _EVERY == 0:
                yield
        made: defaultdict[str, list[Problem]] = defaultdict(list)
        for name, found in places.items():
            for count, problem in enumerate(self._problems(document, name, found), 1):
                made[problem.pair].append(problem)
                if count % _EVERY == 0:
                    yield
        self.found = {pair: tuple(problems) for pair, problems in made.items()}

    def _problems(self, document: Document, name: Name, places: list[Place]) -> Iterator[Problem]:
        known = self._names.get(name)
        if known is None:
            return
        label, count = main_label(known, self._knowledge.labels), known.count
        if len(places) > max(_FEW, count * _SHARE):
            yield _many(document, name, places, label, count)
            return
        numbers: defaultdict[str, int] = defaultdict(int)
        for place in places:
            numbers[place.pair] += 1
            yield Problem(
                kind=UNLABELLED.id,
                pair=place.pair,
                side=place.side,
                start=place.start,
                end=place.end,
                subject=f"{place.pair}:{place.side}:{name[1]}:{numbers[place.pair]}",
                details=(label, str(count)),
            )


def _many(document: Document, name: Name, places: list[Place], label: str, count: int) -> Problem:
    ordered = sorted(places, key=lambda place: (document.pairs.row_of(place.pair) or 0, place.start))
    first = ordered[0]
    return Problem(
        kind=MOSTLY.id,
        pair=first.pair,
        side=first.side,
        start=first.start,
        end=first.end,
        subject=f"{name[1]}:{name[0]}",
        details=(label, str(count), str(len(places))),
        more=tuple(ordered[1:_SHOWN]),
    )


def frontier(document: Document, knowledge: Knowledge) -> int:
    """The last row that has been read: one that is done, or has a mention; -1 if there is none."""
    last = -1
    for side in SIDES:
        for block in reversed(document.spans.blocks(side)):
            mention = next((span for span in reversed(block) if knowledge.is_mention(span)), None)
            if mention is not None:
                last = max(last, document.row_of_span(mention))
                break
    rest = len(document.pairs) - last - 1
    if len(document.done) < rest:
        rows = (document.pairs.row_of(pair) for pair in document.done)
        return max((row for row in rows if row is not None), default=last) if document.done else last
    behind = range(len(document.pairs) - 1, last, -1)
    return next((row for row in behind if document.pairs[row].id in document.done), last)


def _label(document: Document, problem: Problem, fixing: Fixing) -> Edit:
    at = located(document, problem.places[0])
    if at is None:
        raise AnnotatorError("error.nothing_to_mend", text=problem.subject.split(":")[2])
    label = problem.details[0]
    return annotate(document, at.side, at.start, at.end, label, by=fixing.by)


def _label_all(document: Document, problem: Problem, fixing: Fixing) -> Edit:
    places = occurrences.find(document, problem.about, problem.side, problem.details[0])
    return occurrences.annotate_all([document], places, problem.details[0], fixing.by)


def _relabel(document: Document, problem: Problem, _: Fixing) -> Edit:
    span = span_of(document, problem.about)
    if span.label != problem.details[0]:
        raise AnnotatorError("error.nothing_to_mend", text=shortened(span.quote))
    return relabel(document, [span.id], problem.details[1])


DIFFERING = Kind("label_differs", "warning", ("label", "label_main", "count"), fix=_relabel)
MOSTLY = Kind("mostly_unlabelled", "hint", ("label", "count", "places"), fix=_label_all)
UNLABELLED = Kind("unlabelled", "warning", ("label", "count"), fix=_label, bulk=True)
