"""Pieces of a text put together as they read: words of an annotated corpus, and pieces of markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_WIDE = "\u2e80"
"""From here on, characters stand without spaces between them."""

_BLANK = re.compile(r"\s+")
_LEANS_LEFT = re.compile(r"[.,;:!?%)\]}»’…”]+|['’](?:s|S|re|ve|ll|d|m|t)|n['’]t")
_LEANS_RIGHT = frozenset("([{«‘“$£€¥")
_MARKS = "—…“”‘’·"


def glued(words: Iterable[str]) -> str:
    """Words and marks as a sentence; spaces stand where English has them, and none in Chinese."""
    made: list[str] = []
    open_quote = False
    leans = False
    for word in filter(None, words):
        straight = word in ("'", '"')
        apart = bool(made) and not leans and _apart(made[-1][-1], word)
        if apart and not (straight and open_quote):
            made.append(" ")
        made.append(word)
        leans = word in _LEANS_RIGHT or (straight and not open_quote)
        open_quote ^= straight
    return "".join(made)


def _apart(before: str, word: str) -> bool:
    if _LEANS_LEFT.fullmatch(word):
        return False
    return not is_wide(before) and not is_wide(word[0])


def is_wide(char: str) -> bool:
    """Whether a character is written without spaces round it."""
    return char >= _WIDE


def spaced(text: str) -> str:
    """`text` in one line; a line end beside a Chinese character is no space."""
    if "\n" not in text:
        return _BLANK.sub(" ", text.strip())
    lines = [bare for line in text.split("\n") if (bare := _BLANK.sub(" ", line.strip()))]
    made = lines[:1]
    for before, line in pairwise(lines):
        made += (line,) if _meet(before, line) else (" ", line)
    return "".join(made)


def _meet(held: str, line: str) -> bool:
    """Whether nothing stands between two lines; marks that both languages have go by what is behind them."""
    before, after = held.rstrip(_MARKS)[-1:] or held[-1], line.lstrip(_MARKS)[:1] or line[0]
    return is_wide(held[-1]) or is_wide(line[0]) or (is_wide(before) and is_wide(after))
