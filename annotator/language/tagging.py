"""Chinese words with their parts of speech, fast: for statistics, not for what a person drags over."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_CACHED = 1024


class Words(NamedTuple):
    """The words of a text, which they cover, their parts of speech as jieba names them (`nr` person, `ns`
    place), and where each ends."""

    texts: tuple[str, ...]
    tags: tuple[str, ...]
    ends: tuple[int, ...]


@lru_cache(maxsize=_CACHED)
def tagged_words(text: str) -> Words:
    """The words of a text in simplified characters."""
    import rjieba

    found = rjieba.tag(text)
    texts = tuple(word for word, _ in found)
    return Words(texts, tuple(tag for _, tag in found), tuple(accumulate(map(len, texts))))
