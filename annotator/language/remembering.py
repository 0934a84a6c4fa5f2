"""The memory of a project's documents, kept up with as they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from immutables import Map

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.span import SIDES, Side, Span
from annotator.core.spans import SpanTable
from annotator.language.reading import Read, passages
from annotator.language.recall import Recall

Block = tuple[Span, ...]
Blocks = list[Block]

_AT_HAND = 16


class AtHand:
    """The last state of the documents that were asked about lately; of others nothing is held."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}

    def get(self, doc_id: str) -> Document | None:
        """The last state of a document, if it is at hand."""
        return self._documents.get(doc_id)

    def put(self, document: Document) -> None:
        """Hold this state; the one that was put longest ago goes."""
        self._documents.pop(document.id, None)
        self._documents[document.id] = document
        if len(self._documents) > _AT_HAND:
            del self._documents[next(iter(self._documents))]


class Memory:
    """What was annotated on both sides. `labels` are those that count."""

    def __init__(self, labels: frozenset[str], recalls: dict[Side, Recall] | None = None) -> None:
        self._labels = labels
        self._recalls = recalls or {side: Recall(side) for side in SIDES}
        self._seen = AtHand()
        self._compared: tuple[Document, Document, list[int]] | None = None

    def of(self, side: Side) -> Recall:
        """The memory of one side."""
        return self._recalls[side]

    def before(self, document: Document) -> Document | None:
        """The document as it was when it was last given, if it is at hand."""
        return self._seen.get(document.id)

    def changed(self, document: Document) -> list[int]:
        """The rows that `keep_up` would take in."""
        before = self._seen.get(document.id)
        if before is None:
            return changed_rows(None, document)
        if self._compared is None or self._compared[0] is not before or self._compared[1] is not document:
            self._compared = before, document, changed_rows(before, document)
        return self._compared[2]

    def keep_up(self, document: Document, job: Job | None = None) -> list[int]:
        """Take in what a document has become since it was last given; gives the rows that changed.

        What changed since is found by comparing tables, so that an edit costs the rows that it touches.

        Raises:
            Cancelled: if the user asked to stop; the memory is of no use then.
        """
        before = self._seen.get(document.id)
        if before is document:
            return []
        rows = self.changed(document)
        self._seen.put(document)
        self._compared = None
        job = job or Job()
        for side in SIDES:
            recall = self._recalls[side]
            every = rows if before is None else sorted({*rows, *self._finished(before, document, side)})
            if before is not None and _is_other_text(before, document):
                for at in range(len(before.pairs)):
                    for start, _ in before.pairs[at].segments(side):
                        recall.forget((document.id, start))
            for one in job.through(passages(document, side, self._labels, every)):
                key = document.id, one.start
                if one.read or one.spans or one.rejected:
                    recall.learn(key, one.text, one.spans, one.rejected, read=one.read)
                else:
                    recall.forget(key)
        return rows

    def _finished(self, before: Document, document: Document, side: Side) -> set[int]:
        """The rows that have come to count as read, or no longer do, by what was done in others."""
        then, now = (Read(one, side, self._labels).left for one in (before, document))
        return {row for row in _of_one(then, now) if row < len(document.pairs)}


def _of_one(one: range, other: range) -> Iterator[int]:
    """The numbers that are in one of two ranges only."""
    for here, there in ((one, other), (other, one)):
        yield from range(here.start, min(here.stop, there.start if there else here.stop))
        yield from range(max(here.start, there.stop), here.stop) if there else ()


def changed_rows(before: Document | None, document: Document) -> list[int]:
    """The rows whose annotations, rejections or done marks differ; all if the texts or pairs do."""
    if before is None or _is_other_text(before, document):
        return list(range(len(document.pairs)))
    rows: set[int] = set()
    for side in SIDES:
        starts = [
            *_changed(before.spans, document.spans, side),
            *_changed(before.rejected, document.rejected, side),
        ]
        rows.update(document.pairs.row_at(side, start) for start in starts)
    if before.done is not document.done:
        marks = _one_sided(before.done, document.done)
        rows.update(row for mark in marks if (row := document.pairs.row_of(mark)) is not None)
    return sorted(row for row in rows if row >= 0)


def _one_sided(before: Map[str, bool], after: Map[str, bool]) -> list[str]:
    """The marks that only one of the two has."""
    come = [mark for mark in after if mark not in before]
    if len(before) + len(come) == len(after):
        return come
    return come + [mark for mark in before if mark not in after]


def _is_other_text(before: Document, document: Document) -> bool:
    return (
        before.zh is not document.zh or before.en is not document.en or before.pairs is not document.pairs
    ) and (before.zh, before.en, before.pairs) != (document.zh, document.en, document.pairs)


def _changed(before: SpanTable, after: SpanTable, side: Side) -> Iterable[int]:
    if before is after:
        return ()
    old, new = _apart(before.blocks(side), after.blocks(side))
    gone = {span.id: span for key in old.keys() - new.keys() for span in old[key]}
    fresh = {span.id: span for key in new.keys() - old.keys() for span in new[key]}
    # By id, since a span with attributes cannot be hashed.
    left = (span for name, span in gone.items() if fresh.get(name) != span)
    come = (span for name, span in fresh.items() if gone.get(name) != span)
    return {span.start for span in (*left, *come)}


def _apart(before: Blocks, after: Blocks) -> tuple[dict[int, Block], dict[int, Block]]:
    """The blocks by identity, without those that both begin and end with."""
    shortest = min(len(before), len(after))
    first = next((at for at in range(shortest) if before[at] is not after[at]), shortest)
    left = range(1, shortest - first + 1)
    last = next((at - 1 for at in left if before[-at] is not after[-at]), len(left))
    return (
        {id(block): block for block in before[first : len(before) - last]},
        {id(block): block for block in after[first : len(after) - last]},
    )
