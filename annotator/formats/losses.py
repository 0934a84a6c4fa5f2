"""What a format could not say or a file could not be read for, counted on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.core.document import Document
from annotator.core.span import Side
from annotator.extend import Loss

UNSAID = ("loss.notes", "loss.attributes", "loss.certainty", "loss.sources")
"""What most formats have no place for in an annotation."""


@dataclass(slots=True)
class Losses:
    """Losses by key, each with how often and its first example."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, example: str = "", count: int = 1) -> None:
        """Count one more."""
        if count:
            self.counts[key] += count
            self.examples.setdefault(key, example)

    def all(self) -> tuple[Loss, ...]:
        """The losses in a fixed order."""
        return tuple(Loss(key, count, self.examples[key]) for key, count in sorted(self.counts.items()))

    def unsaid(self, document: Document, sides: Iterable[Side], *kept: str) -> None:
        """Count what hangs on the annotations of these sides, but for the kinds of `UNSAID` in `kept`."""
        for side in sides:
            for span in document.spans.ordered(side):
                if span.note and "loss.notes" not in kept:
                    self.add("loss.notes", span.note)
                if span.attributes and "loss.attributes" not in kept:
                    self.add("loss.attributes", span.quote)
                if span.certainty != "certain" and "loss.certainty" not in kept:
                    self.add("loss.certainty", span.quote)
                if span.src.kind != "manual" and "loss.sources" not in kept:
                    self.add("loss.sources", span.quote)

    def link_notes(self, document: Document) -> None:
        """Count the notes of links."""
        for note in sorted(link.note for link in document.links if link.note):
            self.add("loss.notes", note)

    def other_side(self, document: Document, sides: tuple[Side, ...]) -> None:
        """Count the annotations of the side that is not written."""
        if len(sides) == 1:
            left_out = len(document.spans) - sum(1 for _ in document.spans.ordered(sides[0]))
            self.add("loss.other_side", count=left_out)
