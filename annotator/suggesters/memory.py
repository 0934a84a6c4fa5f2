"""What was annotated before in the project, wherever it stands again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.span import SIDES
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language.reading import learnt_labels, passages
from annotator.language.recall import Remembered
from annotator.language.remembering import Memory

_VERSION = "1"
_LEAST = 0.4


@suggester("memory", "suggester.memory", version=_VERSION)
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Remembers what was annotated and rejected; a document that it is asked about counts as it is then."""
    labels = learnt_labels(evidence.project)
    memory = Memory(labels)
    for number, document in enumerate(evidence.documents):
        job.progress(number, len(evidence.documents))
        memory.keep_up(document, job)

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        memory.keep_up(document)
        return _offers(memory, labels, document, rows)

    return offer


def _offers(memory: Memory, labels: frozenset[str], document: Document, rows: range) -> Iterator[Suggestion]:
    for side in SIDES:
        for passage in passages(document, side, labels, rows):
            found = [one for one in memory.of(side).find(passage.text) if one.score >= _LEAST]
            for one in _apart(found):
                start, end = passage.start + one.start, passage.start + one.end
                yield Suggestion(
                    side=side,
                    start=start,
                    end=end,
                    quote=document.text(side)[start:end],
                    label=one.label,
                    score=round(one.score, 4),
                    source=f"memory@{_VERSION}",
                    reason=reason_of(one),
                )


def reason_of(one: Remembered) -> Reason:
    """In words, why memory offers it."""
    if one.part:
        return Reason("suggest.memory.part")
    return Reason("suggest.memory", {"times": str(one.times)})


def _apart(found: list[Remembered]) -> list[Remembered]:
    """The longest of those that overlap, then the surest."""
    kept: list[Remembered] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, -each.score)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)
