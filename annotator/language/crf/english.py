"""What is said of each word of an English sentence, for the chain to learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence

Range = tuple[int, int]

_UPPER, _LOWER, _DIGIT = re.compile("[A-Z]"), re.compile("[a-z]"), re.compile(r"\d")
_REPEATED = re.compile(r"(.)\1{2,}")


def english_features(text: str, units: Sequence[Range]) -> list[list[str]]:
    """For each unit of an English sentence, strings that say what it is and what stands beside it."""
    words = [text[start:end] for start, end in units]
    lower = ["^", "^", *(word.lower() for word in words), "$", "$"]
    shapes = ["^", *map(shape, words), "$"]
    shouted = text.isupper()
    rows = []
    for at in range(len(words)):
        left, before, here, behind, right = lower[at : at + 5]
        past, form, next_form = shapes[at : at + 3]
        row = [
            "0" + here,
            "1" + before,
            "2" + behind,
            "3" + left,
            "4" + right,
            f"5{before}|{here}",
            f"6{here}|{behind}",
            "s" + form,
            f"t{past}|{form}",
            f"u{form}|{next_form}",
            f"v{past}|{form}|{next_form}",
            "p" + here[:2],
            "q" + here[:3],
            "x" + here[-2:],
            "y" + here[-3:],
            "z" + here[-4:],
            f"c{before}|{form[:2]}",
            f"d{behind}|{form[:2]}",
            f"k{form}{at == 0}",
        ]
        if shouted:
            row.append("shouted")
        rows.append(row)
    return rows


def shape(word: str) -> str:
    """How a word is written: `Xx` for Rome, `XX` for NATO, `dd` for a number; runs are cut at two."""
    marked = _DIGIT.sub("d", _LOWER.sub("x", _UPPER.sub("X", word)))
    return _REPEATED.sub(r"\1\1", marked)
