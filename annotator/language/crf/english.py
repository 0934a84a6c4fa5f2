"""What is said of each word of an English sentence, for the chain to learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from annotator.language.crf.layers import Bundle, Layer, Prefixed

Range = tuple[int, int]

_CACHED = 1 << 14
_UPPER, _LOWER, _DIGIT = re.compile("[A-Z]"), re.compile("[a-z]"), re.compile(r"\d")
_REPEATED = re.compile(r"(.)\1{2,}")


def english_layers(text: str, units: Sequence[Range]) -> list[Layer]:
    """What the units of an English sentence are and what stands beside them."""
    words = [text[start:end] for start, end in units]
    parts = ["^", "^", *(word.lower() for word in words), "$", "$"]
    shapes = ["^", *map(shape, words), "$"]
    forms = [form[:2] for form in shapes[1:-1]]
    shouted = text.isupper()
    triples = zip(shapes, shapes[1:], shapes[2:], strict=False)
    return [
        Layer(_word, parts, (2, 1, 3, 0, 4)),
        Layer(Prefixed("56"), [f"{one}|{two}" for one, two in pairwise(parts)], (1, 2)),
        Layer(_shapes, [(*three, at == 0, shouted) for at, three in enumerate(triples)]),
        Layer(Prefixed("c"), [f"{word}|{form}" for word, form in zip(parts[1:], forms, strict=False)]),
        Layer(Prefixed("d"), [f"{word}|{form}" for word, form in zip(parts[3:], forms, strict=False)]),
    ]


@lru_cache(maxsize=_CACHED)
def _word(word: str) -> tuple[Bundle, ...]:
    """What is said of a word itself, of those before and behind it, and of those beyond these."""
    own = "0" + word, "p" + word[:2], "q" + word[:3], "x" + word[-2:], "y" + word[-3:], "z" + word[-4:]
    return own, ("1" + word,), ("2" + word,), ("3" + word,), ("4" + word,)


def _shapes(shapes: tuple[str, str, str, bool, bool]) -> tuple[Bundle]:
    past, form, following, is_first, shouted = shapes
    return (
        (
            "s" + form,
            f"t{past}|{form}",
            f"u{form}|{following}",
            f"v{past}|{form}|{following}",
            f"k{form}{is_first}",
            *(("shouted",) if shouted else ()),
        ),
    )


@lru_cache(maxsize=_CACHED)
def shape(word: str) -> str:
    """How a word is written: `Xx` for Rome, `XX` for NATO, `dd` for a number; runs are cut at two."""
    marked = _DIGIT.sub("d", _LOWER.sub("x", _UPPER.sub("X", word)))
    return _REPEATED.sub(r"\1\1", marked)
