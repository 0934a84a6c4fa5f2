"""A Chinese sentence cut into words and names, and what can be asked of it."""

from __future__ import annotations

from functools import cache

from annotator.language.mentions.chinese_cues import beside_names
from annotator.language.mentions.chinese_dotted import DOTS
from annotator.language.mentions.chinese_names import candidates
from annotator.language.mentions.found import Heard
from annotator.language.mentions.gazetteer import cues, traditional
from annotator.language.mentions.lattice import Token, cut

NAMES = frozenset("CDEHJKPQRSTU")
PEOPLE = frozenset("CDEHJKST")
PLACES = frozenset("PQR")

_LONGEST_ORGANISATION = 8
# Kinds of words that stand inside of names of organisations.
_WITHIN = frozenset("naisgwbx")
_WHOLE_ORGANISATION = frozenset("nix")
_LAST_OF_ORGANISATION = frozenset("党社局院会")


def plain(text: str) -> str:
    """The text in simplified characters, with one kind of dot; its length stays."""
    return text if _folded().isdisjoint(text) else text.translate(_plain())


@cache
def _folded() -> frozenset[str]:
    return frozenset(map(chr, _plain()))


@cache
def _plain() -> dict[int, str]:
    return traditional() | dict.fromkeys(map(ord, DOTS), "·")


class Sentence:
    """The simplified text, its words, and which of them lie inside the name of an organisation."""

    def __init__(self, text: str, heard: Heard) -> None:
        self.text = plain(text)
        self.heard = heard
        self.beside = beside_names(self.text)
        self.tokens: list[Token] = cut(self.text, candidates(self.text, heard, self.beside))
        self.words = [self.text[token.start : token.end] for token in self.tokens]
        self.organised = self._organised()

    def word(self, index: int) -> str:
        """The word; empty beyond the ends."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def kind(self, index: int) -> str:
        """The kind of a word; `.` beyond the ends."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else "."

    def person_here(self, index: int) -> bool:
        """Whether what stands beside the word tells a person: a title, a profession, a verb of saying."""
        after = self.word(index + 1)
        return self.word(index - 1) in cues()["role"] or after in cues()["title"] or after in cues()["speech"]

    def place_here(self, index: int) -> bool:
        """Whether what stands beside the word tells a place, or it stands in a row with one."""
        before, after = self.word(index - 1), self.word(index + 1)
        if before in cues()["place_before"] or after in cues()["place_after"]:
            return True
        beside = (before, self.kind(index - 2)), (after, self.kind(index + 2))
        return any(word in cues()["between"] and kind in PLACES for word, kind in beside)

    def _organised(self) -> frozenset[int]:
        inside: set[int] = set()
        suffixes = cues()["organisation"]
        for last, word in enumerate(self.words):
            if word not in suffixes and not (len(word) > 2 and self._ends_organisation(last)):
                continue
            first = last
            while first > 0 and last - first < _LONGEST_ORGANISATION and self._within(first - 1):
                first -= 1
            if first < last:
                inside.update(range(first, last + 1))
        return frozenset(inside)

    def _ends_organisation(self, index: int) -> bool:
        """Whether a word of three characters and more is one such as 师范大学."""
        word = self.words[index]
        if self.tokens[index].kind not in _WHOLE_ORGANISATION:
            return False
        return word[-2:] in cues()["organisation"] or word[-1] in _LAST_OF_ORGANISATION

    def _within(self, index: int) -> bool:
        """Whether the word may be part of the name of an organisation that ends behind it."""
        word, kind = self.words[index], self.kind(index)
        if kind in NAMES:
            return kind not in "DE"
        if word in cues()["role"] or word in cues()["no_organisation"]:
            return False
        return word[0] == "第" if kind == "m" else kind in _WITHIN and "\u4e00" <= word[0] <= "\u9fff"
