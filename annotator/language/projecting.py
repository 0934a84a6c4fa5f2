"""What the annotations of one side say of the other side's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.core.document import Document
from annotator.core.span import Side, other
from annotator.language.counterpart import Candidate, Direction, Knowledge, Mention, project
from annotator.language.crf.tags import Labelled
from annotator.language.reading import Passage

_LABELS = ("PERSON", "PLACE")
Projected = dict[Labelled, tuple[float, str]]


_REMEMBERED = 512


class Projector:
    """Projects with what is known, and remembers pairs of texts: a screen is asked about again and again."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._found = lru_cache(maxsize=_REMEMBERED)(self._project)

    def _project(
        self, zh: str, en: str, mentions: tuple[Mention, ...], direction: Direction
    ) -> tuple[tuple[Mention, Candidate], ...]:
        return tuple(project(zh, en, list(mentions), direction, self._known))

    def find(
        self, zh: str, en: str, mentions: Iterable[Mention], direction: Direction
    ) -> tuple[tuple[Mention, Candidate], ...]:
        """As `counterpart.project`."""
        return self._found(zh, en, tuple(mentions), direction)


def projected(document: Document, side: Side, passage: Passage, known: Projector) -> Projected | None:
    """Stretches of a sentence that the people and places annotated on the other side of its row project onto,
    each with its score and the id of the span there; None if nothing is annotated there."""
    pair = document.pairs[passage.row]
    here, there = pair.extent(side), pair.extent(other(side))
    if here is None or there is None:
        return None
    spans = {
        Mention(span.start - there[0], span.end - there[0], span.label): span.id
        for span in document.spans.overlapping(other(side), *there)
        if span.label in _LABELS and there[0] <= span.start and span.end <= there[1]
    }
    if not spans:
        return {} if pair.id in document.done else None
    zh, en = document.row_text(passage.row, "zh"), document.row_text(passage.row, "en")
    direction: Direction = "zh-en" if side == "en" else "en-zh"
    offset = here[0] - passage.start
    found: Projected = {}
    for mention, one in known.find(zh, en, spans, direction):
        span = Labelled(one.start + offset, one.end + offset, mention.label)
        if span.start >= 0 and span.end <= len(passage.text):
            found[span] = (one.score, spans[mention])
    return found


def linked_in(document: Document) -> Iterator[tuple[str, str]]:
    """The Chinese and English quotes of spans that are linked across the sides."""
    for link in document.links:
        a, b = document.spans.get(link.a), document.spans.get(link.b)
        if a is not None and b is not None and a.side != b.side:
            yield (a.quote, b.quote) if a.side == "zh" else (b.quote, a.quote)
