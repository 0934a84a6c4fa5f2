"""Holding what a source suggests against what a person annotated: scores, confusions, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.span import SIDE_ORDER, SIDES, Side, Span
from annotator.core.suggestion import Suggestion

Kind = Literal["missing", "spurious", "label", "edges", "both"]
KINDS: tuple[Kind, ...] = ("missing", "spurious", "label", "edges", "both")
"""A span that was not suggested, a suggestion where there is no span, the same stretch under another label,
the same label over another stretch, and both at once."""


class Figures(Struct, frozen=True):
    """Of one label: right suggestions, suggestions in all, spans in all."""

    right: int
    suggested: int
    annotated: int

    @property
    def precision(self) -> float:
        """The share of right ones among the suggested, 0 to 1."""
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """The share of right ones among the annotated, 0 to 1."""
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.suggested + self.annotated
        return 2 * self.right / both if both else 0.0


class Difference(Struct, frozen=True, kw_only=True):
    """One place where the two do not agree; what is absent on either side is None."""

    kind: Kind
    doc: str
    side: Side
    start: int
    end: int
    span: Span | None = None
    suggestion: Suggestion | None = None


class Comparison(Struct, frozen=True, kw_only=True):
    """The result.

    Attributes:
        labels: figures by label, exact stretch and label counting as right.
        total: the same over all labels.
        confusion: how often a span of the first label met a suggestion of the second over the same or an
            overlapping stretch; empty stands for nothing there.
        differences: in the order of the text.
    """

    labels: dict[str, Figures]
    total: Figures
    confusion: dict[tuple[str, str], int]
    differences: tuple[Difference, ...]


def compare(pieces: Iterable[tuple[Document, Sequence[Suggestion]]]) -> Comparison:
    """Documents with their annotations, each with what was suggested for all of it.

    Every span and every suggestion is counted once: equals first, then the same stretch, then what overlaps
    most. Links are not compared.
    """
    right: Counter[str] = Counter()
    suggested: Counter[str] = Counter()
    annotated: Counter[str] = Counter()
    confusion: Counter[tuple[str, str]] = Counter()
    differences: list[Difference] = []
    for document, offered in pieces:
        for side in SIDES:
            spans = list(document.spans.ordered(side))
            ours = _distinct(one for one in offered if one.side == side)
            annotated.update(span.label for span in spans)
            suggested.update(one.label for one in ours)
            for span, one in _matched(spans, ours):
                confusion[span.label if span else "", one.label if one else ""] += 1
                difference = _difference(document, side, span, one)
                if difference is not None:
                    differences.append(difference)
                elif span is not None:
                    right[span.label] += 1
    labels = sorted({*annotated, *suggested})
    return Comparison(
        labels={label: Figures(right[label], suggested[label], annotated[label]) for label in labels},
        total=Figures(right.total(), suggested.total(), annotated.total()),
        confusion=dict(confusion),
        differences=tuple(sorted(differences, key=_place)),
    )


def _distinct(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Each stretch and label once: one with several partners is one annotation."""
    return list({one.key: one for one in suggestions}.values())


def _matched(spans: list[Span], suggestions: list[Suggestion]) -> list[tuple[Span | None, Suggestion | None]]:
    pairs = sorted(_meetings(spans, suggestions), reverse=True)
    left, free = set(range(len(spans))), set(range(len(suggestions)))
    matched: list[tuple[Span | None, Suggestion | None]] = []
    for _, minus_span, minus_one in pairs:
        at, to = -minus_span, -minus_one
        if at in left and to in free:
            left.discard(at)
            free.discard(to)
            matched.append((spans[at], suggestions[to]))
    matched.extend((spans[at], None) for at in sorted(left))
    matched.extend((None, suggestions[to]) for to in sorted(free))
    return matched


def _meetings(
    spans: list[Span], suggestions: list[Suggestion]
) -> Iterable[tuple[tuple[bool, bool, float], int, int]]:
    """How well each span and each suggestion that share a character fit; earlier ones first among equals."""
    ordered = sorted(range(len(suggestions)), key=lambda number: suggestions[number].start)
    longest = max((one.end - one.start for one in suggestions), default=0)
    first = 0
    for at, span in enumerate(spans):
        while first < len(ordered) and suggestions[ordered[first]].start + longest <= span.start:
            first += 1
        for number in ordered[first:]:
            one = suggestions[number]
            if one.start >= span.end:
                break
            shared = min(span.end, one.end) - max(span.start, one.start)
            if shared <= 0:
                continue
            whole = max(span.end, one.end) - min(span.start, one.start)
            same_place = shared == whole
            yield (same_place and span.label == one.label, same_place, shared / whole), -at, -number


def _difference(
    document: Document, side: Side, span: Span | None, one: Suggestion | None
) -> Difference | None:
    kind: Kind
    if one is None:
        kind = "missing"
    elif span is None:
        kind = "spurious"
    else:
        same_place = (span.start, span.end) == (one.start, one.end)
        if same_place and span.label == one.label:
            return None
        kind = "label" if same_place else "edges" if span.label == one.label else "both"
    place = span or one
    assert place is not None
    return Difference(
        kind=kind, doc=document.id, side=side, start=place.start, end=place.end, span=span, suggestion=one
    )


def _place(one: Difference) -> tuple[str, int, int, int]:
    return one.doc, SIDE_ORDER[one.side], one.start, -one.end
