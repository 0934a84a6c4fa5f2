"""Counts of a document or a project: what is annotated, linked and done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.span import SIDES, Side


class SideCounts(Struct, frozen=True):
    """Spans by side, and how many of them have a partner on the other side."""

    zh: int = 0
    en: int = 0
    zh_linked: int = 0
    en_linked: int = 0

    @property
    def total(self) -> int:
        """Both sides together."""
        return self.zh + self.en

    @property
    def linked_share(self) -> float:
        """The share of spans with a partner on the other side, in 0..1; 0 if there are none."""
        return (self.zh_linked + self.en_linked) / self.total if self.total else 0.0


class Stats(Struct, frozen=True):
    """Counts over one document or several. `characters` are code points by side.

    `labels` gives the counts by label id, `link_types` the links by type; ready for JSON as it is.
    """

    documents: int
    pairs: int
    pairs_done: int
    pairs_one_sided: int
    pairs_confirmed: int
    spans: SideCounts
    labels: dict[str, SideCounts]
    links: int
    link_types: dict[str, int]
    characters: dict[str, int]

    @property
    def done_share(self) -> float:
        """The share of pairs marked as done, in 0..1; 0 if there are none."""
        return self.pairs_done / self.pairs if self.pairs else 0.0


def stats(documents: Iterable[Document]) -> Stats:
    """The counts over all `documents`, which are looked at one at a time."""
    counts: Counter[str] = Counter()
    spans: Counter[tuple[str, Side, bool]] = Counter()
    types: Counter[str] = Counter()
    for document in documents:
        counts.update(_counts(document))
        spans.update(_span_counts(document))
        types.update(link.type for link in document.links)
    labels = sorted({label for label, _, _ in spans})
    return Stats(
        documents=counts["documents"],
        pairs=counts["pairs"],
        pairs_done=counts["done"],
        pairs_one_sided=counts["one_sided"],
        pairs_confirmed=counts["confirmed"],
        spans=_side_counts(spans, labels),
        labels={label: _side_counts(spans, [label]) for label in labels},
        links=types.total(),
        link_types=dict(sorted(types.items())),
        characters={side: counts[side] for side in SIDES},
    )


def document_stats(document: Document) -> Stats:
    """The counts of one document."""
    return stats((document,))


def _counts(document: Document) -> dict[str, int]:
    return {
        "documents": 1,
        "pairs": len(document.pairs),
        "done": len(document.done),
        "one_sided": sum(not (pair.zh and pair.en) for pair in document.pairs),
        "confirmed": sum(pair.confirmed for pair in document.pairs),
        "zh": len(document.zh),
        "en": len(document.en),
    }


def _span_counts(document: Document) -> Counter[tuple[str, Side, bool]]:
    across: set[str] = set()
    for link in document.links:
        a, b = document.spans.get(link.a), document.spans.get(link.b)
        if a and b and a.side != b.side:
            across.update((a.id, b.id))
    return Counter((span.label, span.side, span.id in across) for span in document.spans)


def _side_counts(spans: Counter[tuple[str, Side, bool]], labels: Iterable[str]) -> SideCounts:
    chosen = list(labels)

    def count(side: Side, *linked: bool) -> int:
        return sum(spans[label, side, one] for label in chosen for one in linked)

    return SideCounts(
        zh=count("zh", True, False),
        en=count("en", True, False),
        zh_linked=count("zh", True),
        en_linked=count("en", True),
    )
