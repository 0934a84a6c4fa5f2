"""Candidates of one mention while they are gathered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from annotator.language.counterpart.candidate import Candidate, Reason

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SURE = 0.94
_SPACES = str.maketrans("\u00a0\u2009\u3000\n\t", "     ")
GLOSS = re.compile(r"\s*[（(]\s*(?P<latin>[A-Za-z\u00c0-\u024f][^()（）\u4e00-\u9fff]*?)\s*[)）,，;；]")


class Pool:
    """For every stretch the best that speaks for it."""

    def __init__(self) -> None:
        self._best: dict[tuple[int, int], tuple[float, Reason]] = {}

    def add(self, start: int, end: int, score: float, reason: Reason) -> None:
        """Take a stretch in; a better reason for the same stretch takes the place of a lesser.

        That words mean the same is said only where nothing else speaks for a stretch.
        """
        known = self._best.get((start, end))
        if known is None:
            self._best[start, end] = score, reason
        elif "meaning" in (reason, known[1]):
            told = known[1] if reason == "meaning" else reason
            self._best[start, end] = max(score, known[0]), told
        elif score > known[0]:
            self._best[start, end] = score, reason

    def sure(self) -> bool:
        """Whether one is so good that what the words mean need not be asked."""
        return any(score >= _SURE for score, _ in self._best.values())

    def ranked(self) -> list[Candidate]:
        """Best first; of equals the first and longest in the text."""
        found = (Candidate(*place, *why) for place, why in self._best.items())
        return sorted(found, key=lambda one: (-one.score, one.start, -one.end))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case without accents, each character still one character."""
    if text.isascii():
        return text.lower()
    return "".join(
        (unicodedata.normalize("NFD", char)[:1] or char).lower()[:1] for char in text.replace("’", "'")
    )


def occurrences(part: str, text: str, *, exact: bool = False) -> Iterator[tuple[int, int]]:
    """Where Latin words stand in a text as whole words; case and accents count only if `exact`."""
    part = " ".join(part.split())
    if not part:
        return
    if not exact:
        part, text = plain(part), plain(text)
    text = text.translate(_SPACES)
    at = text.find(part)
    while at >= 0:
        end = at + len(part)
        if not ((at and _in_word(text[at - 1])) or (end < len(text) and _in_word(text[end]))):
            yield at, end
        at = text.find(part, end)


def _in_word(char: str) -> bool:
    return char.isalnum() and not "\u3400" <= char <= "\u9fff"


def latin_share(text: str) -> float:
    """How much of a text is Latin letters."""
    letters = [char for char in text if char.isalpha()]
    return sum(bool(LATIN.match(char)) for char in letters) / len(letters) if letters else 0.0
