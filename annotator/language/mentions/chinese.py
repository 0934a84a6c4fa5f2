"""People and places in Chinese: the names on the cheapest path through a sentence, put right by what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.language.mentions.chinese_names import DOTS, SUFFIXES, candidates
from annotator.language.mentions.found import Found, Heard
from annotator.language.mentions.gazetteer import cues, traditional
from annotator.language.mentions.lattice import Token, cut
from annotator.language.mentions.patterns import found

_UNIT = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+|.", re.DOTALL)
_ONE_DOT = str.maketrans(dict.fromkeys(DOTS, "·"))
_NAMES = frozenset("CDHJPQSTw")
_PEOPLE = frozenset("CDHJSTw")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch that may be a name: of what kind the lattice found it, what it is taken for, and why."""

    start: int
    end: int
    kind: str
    label: str
    pattern: str


def find(text: str, heard: Heard) -> Iterator[Found]:
    """All that any rule sees; they may overlap."""
    plain = text.translate(traditional()).translate(_ONE_DOT)
    tokens = cut(plain, candidates(plain))
    for name in names(plain, tokens):
        yield found(name.start, name.end, name.label, name.pattern)


def names(text: str, tokens: Sequence[Token]) -> list[Name]:
    sentence = _Sentence(text, tokens)
    return sentence.names()


class _Sentence:
    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.words = [text[token.start : token.end] for token in tokens]
        self.organisations = self._organisations()

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def kind(self, index: int) -> str:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def _organisations(self) -> list[tuple[int, int]]:
        """Token ranges that look like names of organisations."""
        ranges = []
        suffixes = cues()["organisation"]
        for last, word in enumerate(self.words):
            if word not in suffixes and not (len(word) > 2 and word[-2:] in suffixes):
                continue
            first = last
            while first > 0 and last - first < 8 and self._inside(first - 1):
                first -= 1
            while first < last and self.tokens[first].kind not in "PQSTCHJngw":
                first += 1
            if first < last:
                ranges.append((first, last))
        return ranges

    def _inside(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind in "PQSTCJH":
            return True
        if self.words[index] in cues()["role"] or self.words[index] in cues()["no_organisation"]:
            return False
        return token.kind in "ngawjm" and token.end - token.start > 1 or token.kind in "na"

    def names(self) -> list[Name]:
        kept: list[Name] = []
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind not in _NAMES:
                index += 1
                continue
            name, index = self._grown(index)
            kept.append(name)
        return kept

    def _grown(self, index: int) -> tuple[Name, int]:
        """The name that begins with this token, with what belongs to it, and the index behind it."""
        token = self.tokens[index]
        after = index + 1
        word = self.word(after)
        kind = token.kind
        if kind in "CHJSTPw" and re.fullmatch("[一二三四五六七八九十]{1,3}世", word + self.word(after + 1)[:1] if word[-1:] != "世" else word):
            end = token.end + len(word) if word[-1:] == "世" else token.end + len(word) + 1
            after += 1 if word[-1:] == "世" else 2
            return Name(token.start, end, kind, "PERSON", "zh.regnal"), after
        if kind in "PSTCw" and word in cues()["place_word"]:
            return Name(token.start, self.tokens[after].end, kind, "PLACE", f"zh.place_word_{kind}"), after + 1
        return self._judged(token, index), after

    def _judged(self, token: Token, index: int) -> Name:
        kind = token.kind
        before, after = self.word(index - 1), self.word(index + 1)
        if any(first <= index <= last for first, last in self.organisations):
            label = "PLACE" if kind in "PQ" else "PERSON"
            return Name(token.start, token.end, kind, label, f"zh.in_organisation_{kind}")
        if kind == "P":
            if after in cues()["country_people"] or after[:1] in "人族语裔籍":
                return Name(token.start, token.end, kind, "PLACE", "zh.people")
            if after in cues()["role"]:
                return Name(token.start, token.end, kind, "PLACE", "zh.place_role")
            if self.kind(index + 1) in "PQ" or self.kind(index - 1) in "PQ":
                return Name(token.start, token.end, kind, "PLACE", "zh.chain")
            if before in cues()["place_before"] or after in cues()["place_after"]:
                return Name(token.start, token.end, kind, "PLACE", "zh.place_context")
            return Name(token.start, token.end, kind, "PLACE", "zh.place")
        if kind == "Q":
            return Name(token.start, token.end, kind, "PLACE", "zh.suffix")
        person = before in cues()["role"] or after in cues()["title"] or after in cues()["speech"]
        if kind in "TS" and not person and (before in cues()["place_before"] or after in cues()["place_after"]):
            return Name(token.start, token.end, kind, "PLACE", f"zh.sound_place_{kind}")
        tail = "_role" if person else ""
        if kind == "C":
            tail += "_short" if token.end - token.start == 2 else ""
        return Name(token.start, token.end, kind, "PERSON", f"zh.{kind}{tail}")


def units(text: str) -> Iterator[tuple[int, int]]:
    """Each character; Latin words and numbers whole."""
    return (unit.span() for unit in _UNIT.finditer(text))
