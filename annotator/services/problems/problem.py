"""What a problem is: something in a document that a person should look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.labels import LabelSet
from annotator.core.messages import language, say
from annotator.core.span import Side
from annotator.services.annotate import shortened
from annotator.services.problems.knowledge import Knowledge

Severity = Literal["warning", "hint"]


class Place(Struct, frozen=True, gc=False):
    """A range of one side, reckoned from where the side's text in its pair begins."""

    pair: str
    side: Side
    start: int
    end: int


class Problem(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A problem of one document, small enough to hold some hundred thousand of them.

    Its place is reckoned from the start of its pair, so that it stays right when text before it changes.

    Attributes:
        kind: id of its `Kind`.
        subject: id of the span, link or pair that it is about, or a text; behind a colon, what must change
            for it to be another problem. The same for as long as the problem is the same.
        details: what the sentence says besides the quote, as named by the kind.
        weak: whether it is a hint rather than a warning, though others of its kind are warnings.
        more: further places of the same problem.
    """

    kind: str
    pair: str
    side: Side
    start: int
    end: int
    subject: str
    details: tuple[str, ...] = ()
    weak: bool = False
    more: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """What it is dismissed by."""
        return f"{self.kind}:{self.subject}"

    @property
    def about(self) -> str:
        """The id (or text) in front of the subject."""
        return self.subject.partition(":")[0]

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, the one to look at first."""
        return (Place(self.pair, self.side, self.start, self.end), *self.more)


class Located(Struct, frozen=True, gc=False):
    """A place in a document as it is now: its row and its range `[start, end)` of `side`, in code points."""

    row: int
    side: Side
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fixing:
    """What a fix may ask for: who does it, and what is known."""

    by: str
    knowledge: Knowledge


Fix = Callable[[Document, Problem, Fixing], Edit]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem.

    Attributes:
        details: the names of `Problem.details` in the sentence `problem.<id>`; those that begin with `label`
            are ids of labels, and are shown by their names.
        fix: builds the edit that mends one, if that can be done by itself.
        bulk: whether all of the kind may be mended in one go, unseen.
    """

    id: str
    severity: Severity
    details: tuple[str, ...] = ()
    fix: Fix | None = None
    bulk: bool = False

    @property
    def title(self) -> str:
        """The catalog key of its name."""
        return f"problem.kind.{self.id}"


def located(document: Document, place: Place) -> Located | None:
    """Where a place is now; None if its pair or its side is gone."""
    row = document.pairs.row_of(place.pair)
    extent = document.pairs[row].extent(place.side) if row is not None else None
    if row is None or extent is None:
        return None
    return Located(row, place.side, extent[0] + place.start, extent[0] + place.end)


def quote(document: Document, place: Place) -> str:
    """The text at a place, on one line and shortened."""
    at = located(document, place)
    return shortened(document.text(at.side)[at.start : at.end]) if at else ""


def sentence(document: Document, kind: Kind, problem: Problem, labels: LabelSet) -> str:
    """What is wrong, in the language spoken now."""
    details = dict(zip(kind.details, problem.details, strict=False))
    named = {
        name: labels.title(value, language()) if name.startswith("label") else value
        for name, value in details.items()
    }
    key = f"problem.{kind.id}" + (f".{named.pop('way')}" if named.get("way") else "")
    named.pop("way", None)
    return say(key, quote=quote(document, problem.places[0]), **named)
