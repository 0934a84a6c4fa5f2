"""What would be linked with a mention: its counterpart on the other side of the pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.span import SIDES, Side, Span, other
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language.counterpart import Mention, project

_LEAST = 0.4


@suggester("counterpart", "suggester.counterpart", version="1")
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Knows no more than the program's own tables."""

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for row in rows:
            for side in SIDES:
                yield from _lacking(document, row, side)

    return offer


def _lacking(document: Document, row: int, side: Side) -> Iterator[Suggestion]:
    here, there = document.pairs[row].extent(side), document.pairs[row].extent(other(side))
    if here is None or there is None:
        return
    spans = [one for one in document.row_spans(row, side) if _alone(document, one, here)]
    mentions = {Mention(one.start - here[0], one.end - here[0], one.label): one for one in spans}
    zh, en = document.row_text(row, "zh"), document.row_text(row, "en")
    for mention, found in project(zh, en, list(mentions), "zh-en" if side == "zh" else "en-zh"):
        start, end = found.start + there[0], found.end + there[0]
        if found.score >= _LEAST:
            yield Suggestion(
                side=other(side),
                start=start,
                end=end,
                quote=document.text(other(side))[start:end],
                label=mention.label,
                score=found.score,
                source="counterpart@1",
                reason=Reason(f"counterpart.reason.{found.reason}"),
                partner=mentions[mention].id,
            )


def _alone(document: Document, span: Span, extent: tuple[int, int]) -> bool:
    inside = extent[0] <= span.start and span.end <= extent[1]
    return inside and all(one.side == span.side for one in document.partners(span.id))
