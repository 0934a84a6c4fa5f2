"""English sentences as the rules see them: words, which of them are written like names, and runs of those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from annotator.language.mentions.gazetteer import (
    common_words,
    demonyms,
    english_cues,
    english_people,
    english_places,
)

UNIT = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)"
    r"|(?:Mr|Mrs|Ms|Dr|St|Mt|Gen|Col|Capt|Sgt|Lt|Sen|Rep|Gov|Prof|Rev|Jr|Sr|Inc|Corp|Co|Ltd|Ave|Blvd|Rd)\."
    r"|[A-Z]\.(?=\s?[A-Z][a-z])"
    r"|[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+|[^\w\s]|_"
)
_POSSESSIVE = re.compile(r"[’'][sS]?\Z")
_DOTTED = re.compile(r"[^\W\d_]\..*\.")
_PREFIXED = re.compile(r"(?:al|el|bin|ibn|abu|de|d|la|van|von|ul|as|ash|ad)[-’'][A-Z]")
_OPENERS = frozenset("\"“‘'([-—–*:•")
_SMALL = frozenset(("the", "a", "an", "of", "and", "for", "to", "in", "on", "at", "by", "with", "from"))
_JOINERS_BETWEEN = 2
_SHORTEST_TAIL = 2
_SHORTEST_PLACE = 4
_SHOUTED = 0.5
_TITLED = 0.75


class Word(NamedTuple):
    """A word, number or mark; possessive endings are no part of it. `low` is its text in small letters."""

    start: int
    end: int
    text: str
    low: str


def words(text: str) -> list[Word]:
    """The words of a text, its numbers and marks."""
    end = len(text.rstrip('"”’) '))
    return [_word(match, match.end() >= end) for match in UNIT.finditer(text)]


def _word(match: re.Match[str], last: bool) -> Word:
    token = match[0]
    cut = _POSSESSIVE.search(token)
    if cut and cut.start():
        token = token[: cut.start()]
    head, hyphen, tail = token.partition("-")
    if hyphen and token[0].isupper() and len(tail) > _SHORTEST_TAIL and is_common(tail):
        token = head
    # The point of U.S. that ends the sentence as well counts as the sentence's.
    if last and _DOTTED.fullmatch(token):
        token = token[:-1]
    return Word(match.start(), match.start() + len(token), token, token.lower())


class Sentence:
    """A text in words, and what its capitals are worth."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        letters = [word.text for word in self.words if word.text[0].isalpha()]
        shouted = sum(word.isupper() and len(word) > 1 for word in letters)
        capital = sum(word[0].isupper() for word in letters)
        self.shouted = len(letters) > 2 and shouted > _SHOUTED * len(letters)
        self.titled = len(letters) > 3 and capital > _TITLED * len(letters)

    def low(self, index: int) -> str:
        """The word in small letters; empty beyond the ends."""
        return self.words[index].low if 0 <= index < len(self.words) else ""

    def key(self, start: int, end: int) -> str:
        """Words in small letters, one space between them."""
        return " ".join(word.low for word in self.words[start:end])

    def first(self, index: int) -> bool:
        """Whether a sentence begins here."""
        while index > 0 and self.words[index - 1].text in _OPENERS:
            index -= 1
        return index == 0 or self.words[index - 1].text in (".", "?", "!", "…")

    def touching(self, index: int) -> bool:
        """Whether nothing but white space stands between this word and the one before."""
        return self.text[self.words[index - 1].end : self.words[index].start].isspace()

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return self.words[index].text[0].isupper()

    def named(self, index: int) -> bool:
        """Whether the word is written like a name and need not be a common word, nor a title."""
        word = self.words[index]
        if word.low in _SMALL or not (word.text[0].isupper() or _PREFIXED.match(word.text)):
            return False
        return not self._common(index) and word.low not in english_cues()["title"]

    def _common(self, index: int) -> bool:
        word = self.words[index]
        cues = english_cues()
        if word.low in cues["common"] or word.low in demonyms():
            return True
        if word.text.isupper() and len(word.text) > 1 and not self.shouted:
            return False
        if word.low in cues["function"]:
            return True
        starts = self.first(index)
        if not starts and not self.titled and not self.shouted:
            return False
        if not is_common(word.low):
            return False
        return not (starts and word.low in english_people() and self._acts(index + 1))

    def owns(self, index: int) -> bool:
        """Whether the word has a possessive ending."""
        return self.text.startswith(("’s", "'s", " 's", " ’s"), self.words[index].end)

    def _acts(self, index: int) -> bool:
        """Whether what comes next tells a name, at the head of a sentence, from a common word."""
        if self.owns(index - 1):
            return True
        if index >= len(self.words):
            return False
        word = self.words[index]
        if word.low in english_cues()["person_next"]:
            return True
        return word.text[0].isupper() and word.low in english_people() and not is_common(word.low)

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """Longest stretches of words written like names, with small words such as *of* between them."""
        return list(self._runs())

    def _runs(self) -> Iterator[tuple[int, int]]:
        index = 0
        while index < len(self.words):
            known = self.place_at(index) if self.capital(index) else 0
            if not self.named(index) and known < 2:
                index += 1
                continue
            end = index + max(1, known)
            while (ahead := self._next(end)) > end:
                end = ahead
            yield index, end
            index = end

    def _next(self, end: int) -> int:
        """The end of a run that goes on behind `end`; `end` if it does not."""
        joiners = english_cues()["joiner"]
        for ahead in range(end, min(end + _JOINERS_BETWEEN + 1, len(self.words))):
            if not self.touching(ahead):
                return end
            if self.named(ahead):
                return ahead + 1
            if self.words[ahead].text not in joiners:
                return end
        return end

    def place_at(self, index: int, *, small: bool = False) -> int:
        """How many words from here on are a known place, 0 if none; of those in `small` letters, only
        names that cannot be anything else."""
        table = english_places()
        most = min(table.longest.get(self.words[index].low, 0), len(self.words) - index)
        for length in range(most, 0, -1):
            kind = table.names.get(self.key(index, index + length))
            if kind is None or (length == 1 and self._too_short(index, kind)):
                continue
            if not small or self._sure_in_small(index, length, kind):
                return length
        return 0

    def _too_short(self, index: int, kind: str) -> bool:
        """LA and IN are places, la and in are not."""
        word = self.words[index].text
        return (kind == "state" or len(word) < _SHORTEST_PLACE) and not word.isupper()

    def _sure_in_small(self, index: int, length: int, kind: str) -> bool:
        word = self.words[index].low
        if kind not in ("country", "big") or word in english_people():
            return False
        return length > 1 or (len(word) > 3 and not is_common(word))


def is_common(word: str) -> bool:
    """Whether a word in small letters, or what it is a form of, is an everyday one."""
    return word in common_words() or any(
        word.endswith(ending)
        and len(word) > len(ending) + 2
        and (word[: -len(ending)] in common_words() or word[: -len(ending)] + "e" in common_words())
        for ending in ("s", "es", "ed", "ing", "ly", "d")
    )


def strength(kind: str, role: str) -> str:
    """How surely a word that is a `given` or `family` name is one: often, rare or mixed (a word besides)."""
    return next(part for part in ("often", "rare", "mixed") if f"{role} {part}" in kind)
