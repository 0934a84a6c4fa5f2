"""Spans: labelled stretches of one side, and where they came from."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Side = Literal["zh", "en"]
SIDES: tuple[Side, Side] = ("zh", "en")
SIDE_ORDER: dict[str, int] = {"zh": 0, "en": 1}

Certainty = Literal["certain", "likely", "unsure"]
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "unsure")


def other(side: Side) -> Side:
    """The opposite side."""
    return "en" if side == "zh" else "zh"


class Source(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """Where an annotation came from: `manual`, `occurrence`, `accepted`, `imported` …

    `model` is `name@version` of what suggested it and `score` its confidence in 0..1, if any. `extra`
    holds fields of newer versions.
    """

    kind: str
    model: str | None = None
    score: float | None = None
    extra: dict[str, Any] | None = None


MANUAL = Source(kind="manual")


class Span(
    Struct,
    frozen=True,
    gc=False,
    omit_defaults=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="t",
    tag="span",
):
    """A labelled stretch `[start, end)` of one side, in code points, with the text that it quotes.

    The order of the fields is their order on disk. `extra` holds fields of newer versions, which are
    written back beside the others.
    """

    id: str
    side: Side
    start: int
    end: int
    quote: str
    label: str
    note: str = ""
    certainty: Certainty = "certain"
    attributes: dict[str, str] | None = None
    src: Source
    by: str
    at: str
    extra: dict[str, Any] | None = None

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Key by which the spans of one side are sorted: outer before inner, then label and id."""
        return self.start, -self.end, self.label, self.id


class Rejection(Span, frozen=True, gc=False, omit_defaults=True, kw_only=True, tag="rejected"):
    """A suggestion that a person turned down, as the span that it would have been.

    `src` has the kind `rejected`, and `model` and `score` of what suggested it.
    """


class Dismissal(
    Struct,
    frozen=True,
    gc=False,
    omit_defaults=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="t",
    tag="dismissed",
):
    """A problem, by its key, that a person looked at and found to be none."""

    problem: str
    by: str
    at: str
    extra: dict[str, Any] | None = None


class Link(
    Struct,
    frozen=True,
    gc=False,
    omit_defaults=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="t",
    tag="link",
):
    """Says that the spans with ids `a` and `b` are related as `type` says; across sides `a` is the zh one."""

    id: str
    a: str
    b: str
    type: str
    note: str = ""
    src: Source
    by: str
    at: str
    extra: dict[str, Any] | None = None

    def partner(self, span_id: str) -> str:
        """The other end of the link."""
        return self.b if span_id == self.a else self.a
