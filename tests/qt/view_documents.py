"""Documents for the tests of the view, made in memory, and a session that keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.core.document import Document, Info
from annotator.core.edits import Caption, Edit
from annotator.core.labels import Label
from annotator.core.pair import Pair, PairTable
from annotator.core.project import Project
from annotator.core.session import Entry, Kind, Session
from annotator.core.span import MANUAL, Link, Side, Span
from annotator.core.spans import SpanTable

LABELS = (
    Label(id="PERSON", name={"en": "Person", "zh": "人物"}, color="#3B78C4", key="1"),
    Label(id="PLACE", name={"en": "Place", "zh": "地点"}, color="#17957A", key="2"),
    Label(id="DATE", name={"en": "Date", "zh": "日期"}, color="#C98A0C", key="3"),
    Label(id="THEME", name={"en": "Theme", "zh": "主题"}, color="#B0609E", key="4"),
    Label(id="THEME/trade", name={"en": "Trade", "zh": "经贸"}, color="#8566BF", key="5", parent="THEME"),
)


class MemoryJournal:
    """Entries in a list."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def append(self, entry: Entry) -> None:
        self.entries.append(entry)

    def edit(self, seq: int) -> Edit:
        found = self.entries[seq - 1].edit
        assert found is not None
        return found

    def caption(self, seq: int) -> Caption:
        return self.edit(seq).caption

    def history(self) -> Iterable[tuple[int, Kind, int | None]]:
        return [(entry.seq, entry.kind, entry.of) for entry in self.entries]

    def last_seq(self) -> int:
        return len(self.entries)


class MemoryLibrary:
    """Documents in a dictionary."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.id: document for document in documents}

    def ids(self) -> Sequence[str]:
        return list(self._documents)

    def load(self, doc_id: str) -> Document:
        return self._documents[doc_id]


def session_of(*documents: Document) -> Session:
    """A session over documents in memory."""
    project = Project(title="Test", labels=LABELS)
    return Session(project, MemoryLibrary(documents), MemoryJournal(), annotator="me")


def document_of(
    rows: Sequence[tuple[str | Sequence[str], str | Sequence[str]]],
    *,
    title_row: bool = False,
    doc_id: str = "doc",
) -> Document:
    """A document of these pairs; an entry may be several sentences, a text that starts with a line break
    begins a paragraph."""
    texts: dict[Side, str] = {"zh": "", "en": ""}
    pairs: list[Pair] = []
    for number, (zh, en) in enumerate(rows):
        segments = {side: _append(texts, side, part) for side, part in (("zh", zh), ("en", en))}
        role = "title" if title_row and number == 0 else "text"
        pairs.append(Pair(id=f"p{number}", zh=segments["zh"], en=segments["en"], role=role))
    return Document(
        id=doc_id, info=Info(title="Test"), zh=texts["zh"], en=texts["en"], pairs=PairTable(pairs)
    )


def _append(texts: dict[Side, str], side: Side, part: str | Sequence[str]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for sentence in [part] if isinstance(part, str) else part:
        body = sentence.lstrip("\n")
        if not body:
            continue
        text = texts[side]
        glue = "\n" if sentence != body else " " if side == "en" and text else ""
        texts[side] = text + (glue if text else "") + body
        found.append((len(texts[side]) - len(body), len(texts[side])))
    return tuple(found)


def with_spans(
    document: Document, wanted: Iterable[tuple[Side, str, str]], links: Iterable[tuple[int, int]] = ()
) -> Document:
    """The document with a span of each `(side, quoted text, label)`, named s0, s1 …, and links between them.

    A quote with `…` goes from its first part to its last one; `#2` at its end means the second occurrence.
    """
    spans: list[Span] = []
    for number, (side, quote, label) in enumerate(wanted):
        quote, _, nth = quote.partition("#")
        first, dots, last = quote.partition("…")
        text, start = document.text(side), -1
        for _ in range(int(nth or 1)):
            start = text.index(first, start + 1)
        end = text.index(last, start + len(first)) + len(last) if dots else start + len(first)
        spans.append(
            Span(
                id=f"s{number}",
                side=side,
                start=start,
                end=end,
                quote=text[start:end],
                label=label,
                src=MANUAL,
                by="me",
                at="2026-01-01T00:00:00Z",
            )
        )
    made = [
        Link(
            id=f"l{a}-{b}", a=f"s{a}", b=f"s{b}", type="SAME", src=MANUAL, by="me", at="2026-01-01T00:00:00Z"
        )
        for a, b in links
    ]
    return document.evolve(spans=SpanTable(spans), links=type(document.links)(made))
