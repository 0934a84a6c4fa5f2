"""A bilingual document: two texts, their pairs, and what is annotated on them. Frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Literal

from immutables import Map
from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.links import LinkTable
from annotator.core.pair import Pair, PairTable
from annotator.core.span import Dismissal, Link, Rejection, Side, Span
from annotator.core.spans import SpanTable


class SetAside(Struct, frozen=True, kw_only=True):
    """A line of the imported text that belongs to neither side."""

    line: int
    text: str


class Origin(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The files that a document was imported from."""

    files: tuple[str, ...] = ()
    encoding: str = ""


class Correction(Struct, frozen=True, kw_only=True):
    """A typing mistake that was mended: at `at` of `side`, `before` became `after`.

    `sha256` is the digest of the side's text before it, so that annotations made on that text can be
    carried along.
    """

    side: Side
    at: int
    before: str
    after: str
    sha256: str
    by: str
    when: str


class Info(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a document says of itself. `extra` holds fields of newer versions."""

    title: str
    zh_lang: str = "zh-Hans"
    en_lang: str = "en"
    source: Origin = Origin()
    date: str | None = None
    set_aside: tuple[SetAside, ...] = ()
    corrections: tuple[Correction, ...] = ()
    status: Literal["open", "done"] = "open"
    extra: dict[str, Any] | None = None
    annotation_extra: dict[str, Any] | None = None


class DocumentData(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A whole document as plain data, for the journal."""

    id: str
    info: Info
    zh: str
    en: str
    pairs: tuple[Pair, ...]
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    done: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()


class Document(Struct, frozen=True):
    """A Chinese text and its English counterpart with pairs, spans, links and the rows marked done.

    Spans and pairs point into `zh` and `en` by code points, half-open. `rejected` are suggestions that were
    turned down (each a `Rejection`), `dismissed` the problems that were found to be none, by their keys.
    """

    id: str
    info: Info
    zh: str
    en: str
    pairs: PairTable = field(default_factory=PairTable)
    spans: SpanTable = field(default_factory=SpanTable)
    links: LinkTable = field(default_factory=LinkTable)
    done: Map[str, bool] = field(default_factory=Map)
    rejected: SpanTable = field(default_factory=SpanTable)
    dismissed: Map[str, Dismissal] = field(default_factory=Map)

    @property
    def title(self) -> str:
        """The document's title."""
        return self.info.title

    def text(self, side: Side) -> str:
        """The whole text of `side`."""
        return self.zh if side == "zh" else self.en

    def language(self, side: Side) -> str:
        """The language tag of `side`, such as `zh-Hant`."""
        return self.info.zh_lang if side == "zh" else self.info.en_lang

    def row_text(self, row: int, side: Side) -> str:
        """The text of one side of a pair, from its first segment to its last; empty if one-sided."""
        extent = self.pairs[row].extent(side)
        return self.text(side)[extent[0] : extent[1]] if extent else ""

    def row_spans(self, row: int, side: Side) -> list[Span]:
        """The spans of `side` that touch the row, those that run through it included."""
        extent = self.pairs[row].extent(side)
        return self.spans.overlapping(side, *extent) if extent else []

    def row_of_span(self, span: Span) -> int:
        """The row in which the span starts."""
        return self.pairs.row_at(span.side, span.start)

    def partners(self, span_id: str) -> list[Span]:
        """The spans linked with this one."""
        found = (self.spans.get(partner) for partner in self.links.partners(span_id))
        return [span for span in found if span is not None]

    def rejections(self) -> Iterator[Rejection]:
        """The suggestions that were turned down, in the order of the files on disk."""
        return (one for one in self.rejected if isinstance(one, Rejection))

    def evolve(self, **changes: Any) -> Document:
        """A copy with some fields replaced."""
        return replace(self, **changes)

    @classmethod
    def of(cls, data: DocumentData) -> Document:
        """The document that `data` describes."""
        return cls(
            id=data.id,
            info=data.info,
            zh=data.zh,
            en=data.en,
            pairs=PairTable(data.pairs),
            spans=SpanTable(data.spans),
            links=LinkTable(data.links),
            done=Map(dict.fromkeys(data.done, True)),
            rejected=SpanTable(data.rejected),
            dismissed=Map({one.problem: one for one in data.dismissed}),
        )

    def data(self) -> DocumentData:
        """The document as plain data, in the order of the files on disk."""
        return DocumentData(
            id=self.id,
            info=self.info,
            zh=self.zh,
            en=self.en,
            pairs=tuple(self.pairs),
            spans=tuple(self.spans),
            links=tuple(sorted(self.links, key=lambda link: (link.a, link.b, link.id))),
            done=tuple(sorted(self.done)),
            rejected=tuple(self.rejections()),
            dismissed=tuple(self.dismissed[problem] for problem in sorted(self.dismissed)),
        )


def digest(text: str) -> str:
    """SHA-256 of a side's text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
