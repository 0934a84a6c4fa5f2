"""What a detector sees: one pair with its spans."""

from __future__ import annotations

from functools import cached_property

from annotator.core.document import Document
from annotator.core.pair import Pair
from annotator.core.span import SIDES, Side, Span, other
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.problem import Place, Problem


class Row:
    """One pair of a document."""

    def __init__(self, document: Document, number: int, knowledge: Knowledge) -> None:
        self.document = document
        self.number = number
        self.knowledge = knowledge
        self.pair: Pair = document.pairs[number]

    @cached_property
    def covering(self) -> dict[Side, list[Span]]:
        """The spans that touch the row, by side, in text order: those that run into it as well."""
        return {side: self.document.row_spans(self.number, side) for side in SIDES}

    @cached_property
    def spans(self) -> dict[Side, list[Span]]:
        """The spans that begin in the row, by side, in text order."""
        found: dict[Side, list[Span]] = {}
        for side in SIDES:
            extent = self.pair.extent(side)
            start = extent[0] if extent else 0
            found[side] = [span for span in self.covering[side] if span.start >= start]
        return found

    @cached_property
    def text(self) -> dict[Side, str]:
        """The text of either side."""
        return {side: self.document.row_text(self.number, side) for side in SIDES}

    @property
    def two_sided(self) -> bool:
        """Whether both sides have text."""
        return bool(self.pair.zh and self.pair.en)

    def start(self, side: Side) -> int:
        """Where the side's text begins in the document."""
        extent = self.pair.extent(side)
        return extent[0] if extent else 0

    def partners_across(self, span: Span) -> list[Span]:
        """The spans of the other side that this one is linked with."""
        return [one for one in self.document.partners(span.id) if one.side == other(span.side)]

    def place(self, side: Side, start: int, end: int) -> Place:
        """A range of the document as a place of this pair."""
        begin = self.start(side)
        return Place(self.pair.id, side, start - begin, end - begin)

    def about(self, kind: str, span: Span, subject: str = "", *details: str, weak: bool = False) -> Problem:
        """A problem of a span; `subject` is what follows its id."""
        begin = self.start(span.side)
        return Problem(
            kind=kind,
            pair=self.pair.id,
            side=span.side,
            start=span.start - begin,
            end=span.end - begin,
            subject=f"{span.id}:{subject}" if subject else span.id,
            details=details,
            weak=weak,
        )
