"""A small bilingual document with everything that makes exporting hard."""

from __future__ import annotations

import pytest
from hard import hard_document
from immutables import Map
from msgspec.structs import replace

from annotator.core.document import Document, Info
from annotator.core.labels import Attribute, Label, LinkType
from annotator.core.links import LinkTable
from annotator.core.pair import Pair, PairTable
from annotator.core.project import Annotator, Project
from annotator.core.span import MANUAL, Link, Side, Source, Span
from annotator.core.spans import SpanTable
from annotator.extend import Corpus

AT = "2026-03-01T08:00:00Z"
ZH = (
    "𠮷田的春天\n"
    "三月二日，𠮷田洋子回到北京大学🎉。她说：“河水解冻了，U盘也找到了。”\n"
    "夜里下了雪。雪下到天亮。"
)
EN = (
    "Yoshida’s Spring\n"
    "On March 2, Yoshida Yoko came back to Peking University 🎉. “The river has thawed,” she said.\n"
    "It snowed at night, and on until dawn. Nobody minded."
)


def span(number: int, side: Side, quote: str, label: str, start: int = 0, **more: object) -> Span:
    """A span over the first `quote` at or behind `start`."""
    at = (ZH if side == "zh" else EN).index(quote, start)
    fields = {"src": MANUAL, **more}
    return Span(
        id=f"span{number:08d}", side=side, start=at, end=at + len(quote), quote=quote, label=label,
        by="mei", at=AT, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def segment(side: Side, quote: str) -> tuple[int, int]:
    """Where `quote` stands."""
    at = (ZH if side == "zh" else EN).index(quote)
    return at, at + len(quote)


@pytest.fixture
def document() -> Document:
    """Astral characters, nested and crossing spans, a theme over two pairs, links, an empty side."""
    pairs = (
        Pair(
            id="pair00000001",
            zh=(segment("zh", "𠮷田的春天"),),
            en=(segment("en", "Yoshida’s Spring"),),
            role="title",
        ),
        Pair(
            id="pair00000002",
            zh=(segment("zh", "三月二日，𠮷田洋子回到北京大学🎉。"),),
            en=(segment("en", "On March 2, Yoshida Yoko came back to Peking University 🎉."),),
            confidence=0.98,
        ),
        Pair(
            id="pair00000003",
            zh=(segment("zh", "她说：“河水解冻了，U盘也找到了。”"),),
            en=(segment("en", "“The river has thawed,” she said."),),
            confidence=0.61,
            confirmed=True,
        ),
        Pair(
            id="pair00000004",
            zh=(segment("zh", "夜里下了雪。"), segment("zh", "雪下到天亮。")),
            en=(segment("en", "It snowed at night, and on until dawn."),),
        ),
        Pair(id="pair00000005", en=(segment("en", "Nobody minded."),)),
    )  # fmt: skip
    spans = (
        span(1, "zh", "𠮷田", "PERSON"),
        span(2, "zh", "三月二日", "DATE", attributes={"value": "03-02"}),
        span(3, "zh", "𠮷田洋子", "PERSON", note="née Sato"),
        span(4, "zh", "北京大学", "PLACE", src=Source(kind="accepted", model="demo@1", score=0.91)),
        span(5, "zh", "北京", "PLACE", certainty="likely"),
        span(6, "zh", "大学🎉。她", "THEME"),
        span(7, "zh", "河水解冻了，U盘也找到了。”\n夜里下了雪。", "THEME/weather"),
        span(8, "zh", "雪", "THEME/weather", start=ZH.index("雪下到")),
        span(9, "en", "Yoshida", "PERSON"),
        span(10, "en", "March 2", "DATE"),
        span(11, "en", "Yoshida Yoko", "PERSON"),
        span(12, "en", "Peking University", "PLACE"),
        span(13, "en", "The river has thawed,” she said.\nIt snowed at night", "THEME/weather"),
        span(14, "en", "snow", "THEME/weather"),
    )
    links = tuple(
        Link(id=f"link{a:08d}", a=f"span{a:08d}", b=f"span{b:08d}", type="SAME", src=MANUAL, by="mei", at=AT)
        for a, b in ((1, 9), (2, 10), (3, 11), (4, 12), (7, 13), (3, 9))
        if (a, b) != (3, 9)
    )
    across = Link(
        id="link00000099", a="span00000003", b="span00000009", type="RELATED", note="the same woman",
        src=MANUAL, by="mei", at=AT,
    )  # fmt: skip
    return Document(
        id="spring",
        info=Info(title="Spring", date="2026-03-02"),
        zh=ZH,
        en=EN,
        pairs=PairTable(pairs),
        spans=SpanTable(spans),
        links=LinkTable((*links, across)),
        done=Map({"pair00000002": True}),
    )


@pytest.fixture
def project() -> Project:
    """Five labels, one nested, one with an attribute."""
    return Project(
        title="Thaw",
        labels=(
            Label(id="PERSON", name={"en": "Person", "zh": "人物"}, color="#3F7BD0", key="1"),
            Label(id="PLACE", name={"en": "Place", "zh": "地点"}, color="#17957A", key="2"),
            Label(
                id="DATE",
                name={"en": "Date", "zh": "日期"},
                color="#C98A0C",
                attributes=(Attribute(id="value", name={"en": "Value", "zh": "取值"}),),
            ),
            Label(id="THEME", name={"en": "Theme", "zh": "主题"}, color="#B0609E"),
            Label(
                id="THEME/weather", name={"en": "Weather", "zh": "天气"}, color="#9A5FB5", parent="THEME",
                examples=("[雪] · [snow]",),
            ),
        ),
        link_types=(LinkType(id="SAME", name={"en": "same", "zh": "同指"}),),
        annotators=(Annotator(id="mei", name="Mei"),),
    )  # fmt: skip


@pytest.fixture
def corpus(project: Project, document: Document) -> Corpus:
    """The document alone in its project."""
    return Corpus(project, (document,), 1, "mei")


@pytest.fixture
def corpora(project: Project, document: Document) -> Corpus:
    """The document and one that is hard to count, and every type of their links."""
    related = LinkType(id="RELATED", name={"en": "related", "zh": "相关"})
    project = replace(project, link_types=(*project.link_types, related))
    return Corpus(project, (document, hard_document()), 2, "mei")
