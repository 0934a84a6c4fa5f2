"""Documents for tests: one written by hand, and strategies for random ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from hypothesis import strategies as st

from annotator.core.document import Document, Info
from annotator.core.edits import Caption, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id
from annotator.core.labels import Label, LinkType
from annotator.core.pair import Pair, PairTable
from annotator.core.project import Project
from annotator.core.session import Entry, Session
from annotator.core.span import MANUAL, Dismissal, Link, Rejection, Side, Source, Span

AT = "2026-01-02T03:04:05Z"

ZH_ROWS = (
    "港口改造计划",
    "周二，顾岚在海口会见了𠮷田洋子。双方谈了三小时。",
    "“还不够，”顾岚说。",
    "她周三飞回海口。",
)
EN_ROWS = (
    "Port Renewal Plan",
    "Gu Lan met Yoko Yoshida in Haikou on Tuesday. They talked for three hours.",
    "“Not yet enough,” said Gu Lan.",
    "She flew back to Haikou on Wednesday.",
)


def document(
    zh: Sequence[str] = ZH_ROWS, en: Sequence[str] = EN_ROWS, *, doc: str = "doc1", gap: str = "\n"
) -> Document:
    """A document whose rows are given, each side's rows joined by `gap`; sentences end at full stops."""
    sides = {"zh": gap.join(zh), "en": gap.join(en)}
    pairs: list[Pair] = []
    at = {"zh": 0, "en": 0}
    for row, texts in enumerate(zip(zh, en, strict=True)):
        segments = {}
        for side, text in zip(("zh", "en"), texts, strict=True):
            segments[side] = tuple(
                (at[side] + one.start(), at[side] + one.end())
                for one in re.finditer(r"\S[^。.]*(?:[。.]|\Z)", text)
                if one[0].strip()
            )
            at[side] += len(text) + len(gap)
        pairs.append(Pair(id=f"pair{row:08}", zh=segments["zh"], en=segments["en"], confidence=0.9))
    return Document(id=doc, info=Info(title="Port"), zh=sides["zh"], en=sides["en"], pairs=PairTable(pairs))


def span(document: Document, side: Side, quote: str, label: str = "PERSON", *, nth: int = 0) -> Span:
    """A span over the `nth` occurrence of `quote`."""
    at = -1
    for _ in range(nth + 1):
        at = document.text(side).index(quote, at + 1)
    return made(side, at, at + len(quote), quote, label)


def made(side: Side, start: int, end: int, quote: str, label: str = "PERSON") -> Span:
    """A span with a fresh id."""
    return Span(
        id=new_id(), side=side, start=start, end=end, quote=quote, label=label, src=MANUAL, by="ann", at=AT
    )


def rejection(of: Span) -> Rejection:
    """What is left of a suggestion at the place of a span that was turned down."""
    return Rejection(
        id=new_id(),
        side=of.side,
        start=of.start,
        end=of.end,
        quote=of.quote,
        label=of.label,
        src=Source(kind="rejected", model="rules@1", score=0.4),
        by="ann",
        at=AT,
    )


def link(a: Span, b: Span, type: str = "SAME") -> Link:
    """A link with a fresh id."""
    return Link(id=new_id(), a=a.id, b=b.id, type=type, src=MANUAL, by="ann", at=AT)


def with_spans(document: Document, spans: Iterable[Span], links: Iterable[Link] = ()) -> Document:
    """The document with spans and links laid on."""
    return document.evolve(spans=document.spans.evolve((), spans), links=document.links.evolve((), links))


def project(*labels: Label) -> Project:
    """A project with two labels, or those given."""
    given = labels or (
        Label(id="PERSON", name={"en": "Person"}, color="#3F7BD0", key="1"),
        Label(id="PLACE", name={"en": "Place"}, color="#17957A", key="2"),
    )
    return Project(title="Ports", labels=given, link_types=(LinkType(id="SAME", name={"en": "same"}),))


class MemoryJournal:
    """A journal that forgets when the process ends; `full` refuses to take more."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.full = False

    def append(self, entry: Entry) -> None:
        if self.full:
            raise AnnotatorError("error.disk_full")
        self.entries.append(entry)

    def edit(self, seq: int) -> Edit:
        edit = next(entry.edit for entry in self.entries if entry.seq == seq)
        assert edit is not None
        return edit

    def caption(self, seq: int) -> Caption:
        return self.edit(seq).caption

    def history(self) -> list[tuple[int, str, int | None]]:
        return [(entry.seq, entry.kind, entry.of) for entry in self.entries]

    def last_seq(self) -> int:
        return self.entries[-1].seq if self.entries else 0


class Shelf:
    """A library of documents in memory."""

    def __init__(self, *documents: Document) -> None:
        self.documents = {one.id: one for one in documents}

    def ids(self) -> list[str]:
        return list(self.documents)

    def load(self, doc_id: str) -> Document:
        return self.documents[doc_id]


def session(*documents: Document, journal: MemoryJournal | None = None) -> Session:
    """A session over documents in memory."""
    return Session(project(), Shelf(*documents), journal or MemoryJournal(), annotator="ann")


_WORDS = {
    "zh": st.text(alphabet="顾岚海口港𠮷田周二三，、 ", min_size=1, max_size=12),
    "en": st.text(alphabet="abcGL e\u0301’, ", min_size=1, max_size=20),
}


_PROBLEMS = st.sets(st.text(alphabet="number:顾|12", min_size=1, max_size=8), max_size=2)


@st.composite
def documents(draw: Callable[..., object], max_rows: int = 6) -> Document:
    """Random documents: rows of one to three sentences, one-sided rows, with and without gaps between."""
    count = draw(st.integers(1, max_rows))
    text = {"zh": "", "en": ""}
    rows: list[Pair] = []
    for row in range(count):
        sides = draw(st.sampled_from([("zh", "en"), ("zh", "en"), ("zh", "en"), ("zh",), ("en",)]))
        segments: dict[str, tuple[tuple[int, int], ...]] = {"zh": (), "en": ()}
        for side in sides:
            for _ in range(draw(st.integers(1, 3))):
                text[side] += draw(st.sampled_from(["", " ", "\n", "\n\n"]))
                sentence = draw(_WORDS[side]).strip() + ("。" if side == "zh" else ".")
                start = len(text[side])
                text[side] += sentence
                segments[side] += ((start, len(text[side])),)
        rows.append(Pair(id=f"pair{row:08}", zh=segments["zh"], en=segments["en"], confidence=0.5))
    base = Document(id="doc1", info=Info(title="Random"), zh=text["zh"], en=text["en"], pairs=PairTable(rows))
    return _annotated(draw, base)


def _annotated(draw: Callable[..., object], base: Document) -> Document:
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, 8))):
        side = draw(st.sampled_from(["zh", "en"]))
        text = base.text(side)
        if not text:
            continue
        start = draw(st.integers(0, len(text) - 1))
        end = min(len(text), start + draw(st.integers(1, 15)))
        if text[start:end].strip() == text[start:end]:
            label = draw(st.sampled_from(["PERSON", "PLACE", "THEME"]))
            spans.append(made(side, start, end, text[start:end], label))
    links = [link(a, b) for a, b in pairwise(spans) if draw(st.booleans())]
    done = [pair.id for pair in base.pairs if draw(st.booleans())]
    turned_down = [one for one in spans if draw(st.booleans())]
    full = with_spans(base, [one for one in spans if one not in turned_down], ())
    links = [one for one in links if one.a in full.spans and one.b in full.spans]
    dismissed = {name: Dismissal(problem=name, by="ann", at=AT) for name in draw(_PROBLEMS)}
    return full.evolve(
        links=full.links.evolve((), links),
        done=full.done.update(dict.fromkeys(done, True)),
        rejected=full.rejected.evolve((), map(rejection, turned_down)),
        dismissed=full.dismissed.update(dismissed),
    )


def sound(document: Document) -> None:
    """Hold a whole document against every rule of the data model."""
    from annotator.core.apply import check_quote, check_segments

    for one in (*document.spans, *document.rejected):
        check_quote(one, document.text(one.side))
        assert one.quote == one.quote.strip()
    assert len(list(document.rejections())) == len(document.rejected)
    assert all(one.problem == problem for problem, one in document.dismissed.items())
    for one in document.links:
        assert one.a in document.spans
        assert one.b in document.spans
    for side in ("zh", "en"):
        check_segments(document.pairs, side, document.text(side), 0, len(document.pairs))
        for pair in document.pairs:
            for start, end in pair.segments(side):
                assert document.text(side)[start:end].strip() == document.text(side)[start:end]
    ids = [pair.id for pair in document.pairs]
    assert len(set(ids)) == len(ids)
    assert set(document.done) <= set(ids)
    assert all(pair.zh or pair.en for pair in document.pairs)
