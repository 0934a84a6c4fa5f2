"""What is known beyond a document: the labels of the project, and where words begin and end."""

from __future__ import annotations

from annotator.core.labels import LabelSet
from annotator.core.span import SIDES, Span
from annotator.language.words import Words

THEME = "THEME"
DATE = "DATE"


def warm() -> None:
    """Load what the checks look things up in: a third of a second that a window spends in a thread."""
    from annotator.language import dates, likeness, numbers

    for side in SIDES:
        dates.find("", side)
        numbers.find("", side)
    likeness.alike("罗森伯格", "罗森堡格")
    likeness.alike("Kritenbrink", "Krittenbrink")


class Knowledge:
    """The labels of the project, and where words begin and end."""

    def __init__(self, labels: LabelSet, words: Words) -> None:
        self.labels = labels
        self.words = words
        self._roots: dict[str, str] = {}

    def root(self, label: str) -> str:
        """The outermost parent of a label; of `THEME/climate` it is THEME."""
        if label not in self._roots:
            ancestors = self.labels.ancestors(label)
            self._roots[label] = ancestors[-1] if ancestors else label.partition("/")[0]
        return self._roots[label]

    def is_mention(self, span: Span) -> bool:
        """Whether the span names something, a person, a place or a date; a theme does not."""
        return self.root(span.label) != THEME

    def is_date(self, span: Span) -> bool:
        """Whether the span is a date."""
        return self.root(span.label) == DATE
