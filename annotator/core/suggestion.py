"""Suggestions: what a program offers for a person to accept or reject. They are not yet annotations."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.messages import say
from annotator.core.span import Side

Key = tuple[Side, int, int, str]


class Reason(Struct, frozen=True, gc=False, omit_defaults=True):
    """Why something is suggested, in words: a catalog key and its arguments; `str()` speaks."""

    key: str
    args: dict[str, str] = {}

    def __str__(self) -> str:
        return say(self.key, **self.args)


class Suggestion(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A labelled stretch `[start, end)` of one side, in code points, that a source offers.

    Attributes:
        quote: the text of the stretch, held against the document before it is shown or accepted.
        score: how likely a person accepts it, 0 to 1.
        source: `name@version` of what offers it; of several that agree, joined by `+`, the surest first.
        attributes: attributes that the span would have, such as the value of a date.
        partner: id of the span on the other side that it would be linked with, if any.
    """

    side: Side
    start: int
    end: int
    quote: str
    label: str
    score: float
    source: str
    reason: Reason
    attributes: dict[str, str] | None = None
    partner: str | None = None

    @property
    def key(self) -> Key:
        """What makes it the same suggestion, whoever offers it."""
        return self.side, self.start, self.end, self.label
