"""People and places in Chinese: the names on the cheapest path through a sentence, and what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.language.mentions.chinese_names import DOTS, candidates
from annotator.language.mentions.found import Found, Heard
from annotator.language.mentions.gazetteer import cues, traditional
from annotator.language.mentions.lattice import Token, cut
from annotator.language.mentions.patterns import found

_UNIT = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+|.", re.DOTALL)
_ONE_DOT = str.maketrans(dict.fromkeys(DOTS, "·"))
_NAMES = frozenset("CDEHJKPQRST")
_PEOPLE = frozenset("CDEHJKST")
_PLACES = frozenset("PQR")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}世")
_LATIN = re.compile(r"\s*[(（]\s*(?:[^()（）]{0,6}[:：]\s*)?(?P<name>[A-Z\u00c0-\u00de][\w.'’ -]*\w)\s*[)）,，;；、]")
_IS_PLACE = re.compile(r"(?:[(（][^()（）]*[)）])?(?:是|为)(?:一个|一座)?[^，。；]{0,20}?的?(?:一个|一座|一条)?(?P<kind>[^，。；的]{1,4})(?=[，。；])")
_OFFICIAL = re.compile(r"[省市县区镇乡村州郡]\Z")
_LONGEST_ORGANISATION = 8


class Sentence:
    """Simplified text cut into words and names."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.words = [text[token.start : token.end] for token in tokens]
        self.organised = self._organised()

    def word(self, index: int) -> str:
        """The word; empty beyond the ends."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def kind(self, index: int) -> str:
        """The kind of a token; `.` beyond the ends."""
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else "."

    def _organised(self) -> frozenset[int]:
        """Tokens inside of what looks like the name of an organisation."""
        inside: set[int] = set()
        for last in range(len(self.words)):
            if self._ends_organisation(last):
                first = last
                while first > 0 and last - first < _LONGEST_ORGANISATION and self._within(first - 1):
                    first -= 1
                inside.update(range(first, last + (last > first)))
        return frozenset(inside)

    def _ends_organisation(self, index: int) -> bool:
        word, suffixes = self.words[index], cues()["organisation"]
        if word in suffixes:
            return True
        return len(word) > 2 and self.kind(index) in "nix" and (word[-2:] in suffixes or word[-1] in "党社局院会")

    def _within(self, index: int) -> bool:
        word, kind = self.words[index], self.kind(index)
        if kind in _NAMES:
            return kind not in "DE"
        if word in cues()["role"] or word in cues()["no_organisation"]:
            return False
        return kind in "naisgwbx" and "\u4e00" <= word[0] <= "\u9fff" or (kind in "vm" and word[0] == "第") or kind == "v" and len(word) == 2


def find(text: str, heard: Heard) -> Iterator[Found]:
    """All that any rule sees; they may overlap."""
    plain = text.translate(traditional()).translate(_ONE_DOT)
    sentence = Sentence(plain, cut(plain, candidates(plain, heard)))
    index = 0
    while index < len(sentence.tokens):
        if sentence.kind(index) not in _NAMES and not _is_short_name(sentence, index):
            index += 1
            continue
        start = sentence.tokens[index].start
        index, label, pattern = _name(sentence, index)
        end = sentence.tokens[index - 1].end
        yield found(start, end, label, pattern)
        if latin := _LATIN.match(plain, end):
            yield found(*latin.span("name"), label, f"zh.latin_{label.lower()}")


def _is_short_name(sentence: Sentence, index: int) -> bool:
    return sentence.kind(index) == "w" and _is_person_here(sentence, index)


def _name(sentence: Sentence, index: int) -> tuple[int, str, str]:
    """The name that begins with a token: the token behind it, its label and pattern."""
    kind, after = sentence.kind(index), index + 1
    number = sentence.word(after)
    if kind in _PEOPLE or kind == "P":
        if _ORDINAL.fullmatch(number):
            return after + 1, "PERSON", "zh.regnal"
        if sentence.word(after + 1) == "世" and _ORDINAL.fullmatch(number + "世"):
            return after + 2, "PERSON", "zh.regnal"
    if index in sentence.organised:
        label = "PLACE" if kind in _PLACES else "PERSON"
        return after, label, f"zh.in_organisation_{label.lower()}"
    if kind in "PSTR" and _grows(sentence, index):
        return after + 1, "PLACE", f"zh.place_word_{'place' if kind in _PLACES else 'sound'}"
    if kind in _PLACES:
        return after, "PLACE", _place(sentence, index)
    return after, *_person(sentence, index)


def _grows(sentence: Sentence, index: int) -> bool:
    """Whether the next word makes a longer name of a place."""
    word = sentence.word(index + 1)
    if word not in cues()["place_word"]:
        return False
    return not (_OFFICIAL.search(sentence.words[index]) and len(word) == 1)


def _place(sentence: Sentence, index: int) -> str:
    """The pattern of a place that stands alone."""
    kind, before, after = sentence.kind(index), sentence.word(index - 1), sentence.word(index + 1)
    if after in cues()["country_people"] or after[:1] in ("人", "族", "语", "裔", "籍"):
        return "zh.people"
    if kind == "R":
        return "zh.heard_place"
    if after in cues()["role"]:
        return "zh.place_role"
    if sentence.kind(index + 1) in _PLACES or sentence.kind(index - 1) in _PLACES:
        return "zh.chain"
    context = before in cues()["place_before"] or after in cues()["place_after"]
    if kind == "Q":
        return "zh.suffix_context" if context else "zh.suffix"
    return "zh.place_context" if context else "zh.place"


_PERSON_PATTERN = {"C": "name", "D": "dotted", "E": "ruler", "H": "person", "J": "japanese", "K": "heard", "S": "spelt", "T": "sound", "w": "short"}


def _person(sentence: Sentence, index: int) -> tuple[str, str]:
    """Label and pattern of what is a person unless what stands round it tells a place."""
    kind = sentence.kind(index)
    person = _is_person_here(sentence, index)
    if kind in "STC" and not person:
        after = sentence.word(index + 1)
        if kind in "ST" and after in cues()["name_kind"]:
            return "PERSON", "zh.sound_thing"
        if kind in "ST" and _is_place_here(sentence, index):
            return "PLACE", "zh.sound_place"
        defined = _IS_PLACE.match(sentence.text, sentence.tokens[index].end)
        if defined and any(defined["kind"].endswith(word) for word in cues()["place_kind"]):
            return "PLACE", "zh.defined_place"
    tail = "_role" if person else ""
    if kind == "C" and len(sentence.words[index]) == 2:
        tail = "_two" + tail
    return "PERSON", f"zh.{_PERSON_PATTERN[kind]}{tail}"


def _is_person_here(sentence: Sentence, index: int) -> bool:
    after = sentence.word(index + 1)
    return sentence.word(index - 1) in cues()["role"] or after in cues()["title"] or after in cues()["speech"]


def _is_place_here(sentence: Sentence, index: int) -> bool:
    before, after = sentence.word(index - 1), sentence.word(index + 1)
    if before in cues()["place_before"] or after in cues()["place_after"] or after == "位于":
        return True
    beside = (before, sentence.kind(index - 2)), (after, sentence.kind(index + 2))
    return any(word in ("、", "与", "和", "及", "至", "到") and kind in _PLACES for word, kind in beside)


def units(text: str) -> Iterator[tuple[int, int]]:
    """Each character; Latin words and numbers whole."""
    return (unit.span() for unit in _UNIT.finditer(text))
