"""Bilingual features whose mentions are marked by hand: `[P name]`, nested where they nest.

A Chinese line, its English line, an empty line. The letter tells the label; what is marked on one side only
has no counterpart in the pair.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from annotator.language.counterpart import Mention

FOLDER = Path(__file__).parents[1] / "data" / "features"
LABELS = {"P": "PERSON", "L": "PLACE", "D": "DATE", "T": "THEME", "O": "ORG", "W": "WORK"}
_MARK = re.compile(r"\[([PLDTOW])\d? |\]")


class Pair(NamedTuple):
    """The two texts of a pair and what is marked on them."""

    zh: str
    en: str
    zh_spans: list[Mention]
    en_spans: list[Mention]


def features(*names: str) -> list[Pair]:
    """The pairs of the features with these names, else of all."""
    paths = [FOLDER / f"{name}.txt" for name in names] or sorted(FOLDER.glob("*.txt"))
    blocks = (block for path in paths for block in path.read_text("utf-8").strip().split("\n\n"))
    pairs = []
    for block in blocks:
        zh, en = map(read, block.split("\n"))
        pairs.append(Pair(zh[0], en[0], zh[1], en[1]))
    return pairs


def read(marked: str) -> tuple[str, list[Mention]]:
    """The text without its marks, and what they mark."""
    text, done = "", 0
    opened: list[tuple[int, str]] = []
    found: list[Mention] = []
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        done = mark.end()
        if mark[1]:
            opened.append((len(text), LABELS[mark[1]]))
        else:
            start, label = opened.pop()
            found.append(Mention(start, len(text), label))
    assert not opened
    return text + marked[done:], sorted(found)
