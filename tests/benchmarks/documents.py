"""Synthetic documents: the same `pairs` give the same text, spans and ids on every machine."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from annotator.core.document import Document, Info
from annotator.core.pair import Pair, PairTable
from annotator.core.session import State
from annotator.core.span import MANUAL, Side, Span
from annotator.services.opening import create, open_project

DOC = "synthetic"
WHO = "bench"
SPANS_A_PAIR = 4
BULK = {"zh": "渡口", "en": "ferry"}
"""Words that stand unannotated in every second pair, for changes in bulk."""
TARGET = {"zh": "清晨", "en": "morning"}
"""Words that stand unannotated in every pair, for one change after the other."""

_PEOPLE = (
    ("陆清河", "Lu Qinghe"),
    ("孟野舟", "Meng Yezhou"),
    ("老邱", "Old Qiu"),
    ("安德鲁·帕克", "Andrew Parker"),
    ("沈禾", "Shen He"),
    ("玛丽亚·罗西", "Maria Rossi"),
    ("韩书记", "Secretary Han"),
)
_PLACES = (
    ("清河镇", "Qinghe"),
    ("北岭", "Beiling"),
    ("临江码头", "Linjiang Pier"),
    ("威尼斯", "Venice"),
    ("三道湾", "Sandao Bend"),
)
_FRAMES = (
    ("{p}清晨从{l}出发，走了{n}里。", "{p} left {l} in the morning and walked {n} li."),
    (
        "清晨的雾还没有散，{p}就在{l}的渡口等着第{n}班船，身边放着两只旧木箱。",
        "The morning fog had not yet lifted when {p} stood at the ferry of {l} waiting for boat number {n}, "
        "two old wooden boxes at hand.",
    ),
    (
        "“粮价今年不会再涨，”{p}清晨在{l}的会上说，“{n}户人家请放心。”",
        "“Grain prices will not rise again this year,” {p} told the morning meeting in {l}. “The {n} "
        "families may be sure of that.”",
    ),
    (
        "到了清晨，{p}一句话也没有说，只是望着{l}渡口对岸的{n}盏灯，直到它们一盏一盏地灭了，才慢慢地走回镇上去。",
        "Until morning {p} said nothing, and only watched the {n} lights across the ferry of {l} until they "
        "had gone out one after the other, and then walked slowly back to town.",
    ),
)


def _ids(rng: random.Random) -> Iterator[str]:
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    while True:
        bits = rng.getrandbits(60)
        yield "".join(letters[bits >> shift & 31] for shift in range(55, -5, -5))


def synthetic(pairs: int) -> Document:
    """A document of so many pairs, one sentence a side, a person and a place annotated in each."""
    rng = random.Random(pairs)
    ids = _ids(rng)
    texts: dict[Side, list[str]] = {"zh": [], "en": []}
    at: dict[Side, int] = {"zh": 0, "en": 0}
    rows: list[Pair] = []
    spans: list[Span] = []
    for row in range(pairs):
        names, number = (rng.choice(_PEOPLE), rng.choice(_PLACES)), rng.randrange(1000)
        edges: dict[Side, tuple[tuple[int, int], ...]] = {}
        for which, side in enumerate(texts):
            person, place = names[0][which], names[1][which]
            text = _FRAMES[row % len(_FRAMES)][which].format(p=person, l=place, n=number)
            for quote, label in ((person, "PERSON"), (place, "PLACE")):
                start = at[side] + text.index(quote)
                spans.append(_span(next(ids), side, start, quote, label))
            texts[side].append(text)
            edges[side] = ((at[side], at[side] + len(text)),)
            at[side] += len(text) + 1
        rows.append(Pair(id=next(ids), zh=edges["zh"], en=edges["en"], confidence=0.9))
    plain = Document(
        id=DOC,
        info=Info(title=f"{pairs:,} pairs"),
        zh="\n".join(texts["zh"]),
        en="\n".join(texts["en"]),
        pairs=PairTable(rows),
    )
    return plain.evolve(spans=plain.spans.evolve((), spans))


def _span(span_id: str, side: Side, start: int, quote: str, label: str) -> Span:
    return Span(
        id=span_id,
        side=side,
        start=start,
        end=start + len(quote),
        quote=quote,
        label=label,
        src=MANUAL,
        by=WHO,
        at="2026-01-01T00:00:00Z",
    )


def make_project(folder: Path, pairs: int) -> None:
    """Write a project with one synthetic document, through the store and past the journal."""
    create(folder, "Figures", annotator=WHO)
    opened = open_project(folder, annotator=WHO)
    document = synthetic(pairs)
    opened.store.save(State(0, opened.session.project, False, {DOC: document}, frozenset()))
    opened.store.close()


if __name__ == "__main__":
    make_project(Path(sys.argv[1]), int(sys.argv[2]))
