"""What programs beside this one say of a text, held against the text and the project's labels.

Nothing that they say is trusted: a claim that lies outside of its text, quotes something else or has a label
that the project does not know is left out and counted, and the person is told once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import Side
from annotator.core.suggestion import Reason, Suggestion

# Names that other programs use for what most projects mark.
_ALIASES = {
    "PER": "PERSON", "PERS": "PERSON", "PEOPLE": "PERSON", "NR": "PERSON", "人名": "PERSON",
    "LOC": "PLACE", "LOCATION": "PLACE", "GPE": "PLACE", "FAC": "PLACE", "NS": "PLACE", "地名": "PLACE",
    "TIME": "DATE", "时间": "DATE", "日期": "DATE",
}  # fmt: skip
_UNSCORED = 0.5


class Claim(NamedTuple):
    """That `[start, end)` of a text, in code points, has a label; as said, not yet believed.

    `quote` is the text that is said to stand there, None if nothing is said of it.
    """

    start: int
    end: int
    label: str
    score: float = _UNSCORED
    quote: str | None = None


class Labels:
    """Which of the project's labels is meant by another program's name for it."""

    def __init__(self, project: Project, renamed: str = "") -> None:
        """`renamed` gives names that differ: `THEIRS=OURS, THEIRS=OURS`; `THEIRS=` leaves a label out."""
        self._known: dict[str, str] = {}
        for label in project.labels:
            for name in (*label.name.values(), label.id):
                self._known[name.casefold()] = label.id
        for alias, ours in _ALIASES.items():
            if ours.casefold() in self._known:
                self._known.setdefault(alias.casefold(), ours)
        for rule in renamed.split(","):
            theirs, equals, ours = (part.strip() for part in rule.partition("="))
            if equals and theirs:
                self._known[theirs.casefold()] = ours
        self._left_out = {name for name, ours in self._known.items() if not ours}

    def ours(self, theirs: str) -> str | None:
        """The label's id; None if it is not known, empty if it is to be left out."""
        return self._known.get(theirs.casefold())


class Checked:
    """Turns claims about stretches of a document into suggestions."""

    def __init__(self, labels: Labels, source: str, reason: Reason, job: Job) -> None:
        self._labels, self._source, self._reason, self._job = labels, source, reason, job
        self._told: set[str] = set()

    def suggestions(
        self, document: Document, side: Side, extent: tuple[int, int], claims: Iterable[Claim]
    ) -> Iterator[Suggestion]:
        """The claims that hold. Their offsets count from the start of `extent`, which they may not leave."""
        text = document.text(side)
        for claim in claims:
            start, end = extent[0] + claim.start, extent[0] + claim.end
            label = self._labels.ours(claim.label)
            if label == "":
                continue
            if label is None:
                self._refuse("suggesting.unknown_label", label=claim.label[:40])
            elif not extent[0] <= start < end <= extent[1]:
                self._refuse("suggesting.outside", start=claim.start, end=claim.end)
            elif claim.quote is not None and claim.quote != text[start:end]:
                self._refuse("suggesting.other_text", claimed=claim.quote[:40], found=text[start:end][:40])
            elif text[start:end].strip():
                yield self._made(text, side, start, end, label, claim.score)

    def _made(self, text: str, side: Side, start: int, end: int, label: str, score: float) -> Suggestion:
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        return Suggestion(
            side=side,
            start=start,
            end=end,
            quote=text[start:end],
            label=label,
            score=min(1.0, max(0.0, score)) if math.isfinite(score) else _UNSCORED,
            source=self._source,
            reason=self._reason,
        )

    def _refuse(self, key: str, **details: object) -> None:
        mark = f"{key}{details.get('label', '')}"
        if mark not in self._told:
            self._told.add(mark)
            self._job.notice(say(key, source=self._source, **details))


def extents_of(document: Document, side: Side, rows: range) -> list[Segment]:
    """Where these rows stand on one side; a row with nothing there is left out."""
    return [extent for row in rows if (extent := document.pairs[row].extent(side))]


def whole(value: object) -> int | None:
    """A number of characters from JSON, which may say `3.0`; None if it is no such number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and value == int(value) else None


def claim_of(record: object, *, label: str = "label") -> Claim | None:
    """A claim from a JSON object with `start`, `end`, a label and perhaps `score` and `quote` or `text`."""
    if not isinstance(record, Mapping):
        return None
    start, end, name = whole(record.get("start")), whole(record.get("end")), record.get(label)
    if start is None or end is None or not isinstance(name, str):
        return None
    score, quote = record.get("score"), record.get("quote", record.get("text"))
    return Claim(
        start,
        end,
        name,
        float(score) if isinstance(score, int | float) and not isinstance(score, bool) else _UNSCORED,
        quote if isinstance(quote, str) else None,
    )
