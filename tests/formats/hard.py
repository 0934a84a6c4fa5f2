"""A document on which programs disagree that count something else than code points."""

from __future__ import annotations

from annotator.core.document import Document, Info
from annotator.core.links import LinkTable
from annotator.core.pair import Pair, PairTable
from annotator.core.span import MANUAL, Link, Side, Span
from annotator.core.spans import SpanTable

AT = "2026-03-04T08:00:00Z"
FAMILY = "👩\u200d👩\u200d👧"
TEXT: dict[Side, str] = {
    "zh": (
        "𠀀𠀁的信《שלום》\n"
        f"阿布·哈桑（أبو الحسن）与\u200b家人{FAMILY}住在𠮷林。\n"
        "他的猫叫e\u0301clair<&>，“爱吃”鱼。"
    ),
    "en": (
        "Zhao’s letter, “שלום”\n"
        f"Abu Hasan (أبو الحسن) and\u200b his family {FAMILY} live in 𝒥ilin.\n"
        'His cat e\u0301clair<&> likes \\fish\\ "a lot".'
    ),
}
# What is marked on each side, with the end of its link on the other side.
MARKED: tuple[tuple[Side, str, str, int], ...] = (
    ("zh", "𠀀", "PERSON", 10),
    ("zh", "𠀀𠀁", "PERSON", 0),
    ("zh", "𠀁的信", "THEME", 0),
    ("zh", "שלום", "THEME", 11),
    ("zh", "阿布", "PERSON", 12),
    ("zh", "·哈桑", "PERSON", 0),
    ("zh", "أبو الحسن", "PERSON", 13),
    ("zh", FAMILY, "THEME", 14),
    ("zh", "𠮷林", "PLACE", 15),
    ("zh", "e\u0301clair<&>", "THEME", 16),
    ("en", "Zhao", "PERSON", 0),
    ("en", "שלום", "THEME", 0),
    ("en", "Abu Hasan", "PERSON", 0),
    ("en", "أبو الحسن", "PERSON", 0),
    ("en", FAMILY, "THEME", 0),
    ("en", "𝒥ilin", "PLACE", 0),
    ("en", "e\u0301clair<&>", "THEME", 0),
    ("en", "𝒥ilin", "THEME", 0),
    ("en", "Abu", "PERSON", 0),
    ("en", "Hasan (أبو", "THEME", 0),
    ("en", '\\fish\\ "a lot"', "THEME/weather", 0),
    ("zh", "\u200b家人", "THEME", 0),
)


def hard_document() -> Document:
    """Characters of two UTF-16 units and of several code points, two directions, and marks of no width.

    Its spans nest, cross, touch, stand at the same place, and begin where the text does.
    """
    spans = [_span(number, *marked[:3]) for number, marked in enumerate(MARKED)]
    links = [_link(one, two) for one, (_, _, _, two) in enumerate(MARKED) if two]
    rows = zip(_lines("zh"), _lines("en"), strict=True)
    pairs = [Pair(id=f"hrow{row:08d}", zh=(zh,), en=(en,)) for row, (zh, en) in enumerate(rows)]
    return Document(
        id="letter",
        info=Info(title="A letter"),
        zh=TEXT["zh"],
        en=TEXT["en"],
        pairs=PairTable(pairs),
        spans=SpanTable(spans),
        links=LinkTable(links),
    )


def _span(number: int, side: Side, quote: str, label: str) -> Span:
    start = TEXT[side].index(quote)
    return Span(
        id=f"hard{number:08d}", side=side, start=start, end=start + len(quote), quote=quote, label=label,
        src=MANUAL, by="mei", at=AT,
    )  # fmt: skip


def _link(one: int, two: int) -> Link:
    return Link(
        id=f"hlnk{one:08d}", a=f"hard{one:08d}", b=f"hard{two:08d}", type="SAME", src=MANUAL, by="mei", at=AT
    )  # fmt: skip


def _lines(side: Side) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in TEXT[side].split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found
