"""What a chain learnt from the project's own annotations: the last that was trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.span import SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language.crf.chain import Chain, Likely
from annotator.language.crf.features import study_in_order
from annotator.language.crf.shelf import Shelved, chain_of, newest
from annotator.language.judging.candidate import Candidate
from annotator.language.judging.choose import Judged, chosen
from annotator.language.learning import LEARNER_SHOWN, lessons_of, teach
from annotator.language.reading import learnt_labels, passages

_LEAST = 0.04
_NEAR = 20


@suggester("learner", "suggester.learner", version="1")
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Reads the last training of the project; without one, trains here and now."""
    shelved, chains = trained(evidence, job)
    labels = learnt_labels(evidence.project)

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side, chain in chains.items():
            yield from _offers(chain, shelved.source, document, side, rows, labels)

    return offer


def trained(evidence: Evidence, job: Job) -> tuple[Shelved, dict[Side, Chain]]:
    """The last training in the project's folder and its chains; if there is none, one of what is annotated.

    Raises:
        AnnotatorError: if a chain cannot be read or written.
        Cancelled: if the user asked to stop.
    """
    shelved = newest(evidence.folder)
    if shelved is not None and evidence.folder is not None:
        return shelved, _chains(evidence.folder, shelved)
    labels = learnt_labels(evidence.project)
    lessons = {
        side: [one for document in evidence.documents for one in lessons_of(document, side, labels, job)]
        for side in SIDES
    }
    if evidence.folder is not None:
        shelved = teach(lessons, evidence.folder, job)
        return shelved, _chains(evidence.folder, shelved)
    with TemporaryDirectory() as scratch:
        shelved = teach(lessons, Path(scratch), job)
        return shelved, _chains(Path(scratch), shelved)


def _chains(folder: Path, shelved: Shelved) -> dict[Side, Chain]:
    found = {side: chain_of(folder, shelved.version, side) for side in SIDES}
    return {side: chain for side, chain in found.items() if chain is not None}


def _offers(
    chain: Chain, source: str, document: Document, side: Side, rows: range, labels: frozenset[str]
) -> Iterator[Suggestion]:
    near = range(max(0, rows.start - _NEAR), rows.start)
    before = [document.row_text(row, side) for row in near]
    asked = list(passages(document, side, labels, rows))
    studied = study_in_order([one.text for one in asked], side, before)
    readings = chain.read_all([one.seen for one in studied])
    for passage, reading in zip(asked, readings, strict=True):
        for one in _surest(reading.likely(_LEAST)):
            start, end = passage.start + one.start, passage.start + one.end
            if one.label in labels:
                yield Suggestion(
                    side=side,
                    start=start,
                    end=end,
                    quote=document.text(side)[start:end],
                    label=one.label,
                    score=round(min(1.0, one.score), 4),
                    source=source,
                    reason=Reason("suggest.learner"),
                )


def _surest(likely: Iterable[Likely]) -> Iterator[Likely]:
    judged = [Judged(Candidate(one.start, one.end, one.label, chain=one.score), one.score) for one in likely]
    for one in chosen(judged, LEARNER_SHOWN):
        yield Likely(*one.candidate.span, one.score)
