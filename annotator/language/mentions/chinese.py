"""People and places in Chinese: the names on the cheapest path, and what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.language.mentions.chinese_latin import in_latin
from annotator.language.mentions.chinese_sentence import NAMES, PEOPLE, PLACES, Sentence
from annotator.language.mentions.found import Found
from annotator.language.mentions.gazetteer import characters, cues
from annotator.language.mentions.patterns import found

# Behind which word a name ends, its label and its pattern.
Judged = tuple[int, str, str]

# Words that are names beside a title only.
_SHORT = frozenset("gw")
_MAY_BE_NAMES = NAMES | _SHORT
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}世")
_GLOSS = re.compile(
    r"\s*[(（]\s*(?:[^()（）]{0,6}[:：]\s*)?(?P<name>[A-Z\u00c0-\u00de][\w.'’ -]*\w)\s*[)）,，;；、]"
)
# 卢林，是捷克的城镇
_DEFINED = re.compile(
    r"(?:[(（][^()（）]*[)）])?(?:是|为)(?:一个|一座)?[^，。；]{0,20}?的?(?:一个|一座|一条)?"
    r"(?P<kind>[^，。；的]{1,4})(?=[，。；])"
)
_OFFICIAL = re.compile(r"[省市县区镇乡村州郡]\Z")
_COURTESIES = frozenset(("先生", "女士", "小姐", "太太", "爵士"))
_OF_PEOPLE = ("人", "族", "语", "裔", "籍")
_PERSON_PATTERN = {
    "C": "name", "D": "dotted", "E": "ruler", "H": "person", "J": "japanese", "K": "heard", "S": "spelt",
    "T": "sound", "U": "surname", "g": "short", "w": "short",
}  # fmt: skip


def find(sentence: Sentence) -> Iterator[Found]:
    """All that any rule sees in a sentence; they may overlap."""
    done = 0
    for index, first in enumerate(sentence.tokens):
        kind = first.kind
        if index < done or kind not in _MAY_BE_NAMES:
            continue
        if kind in _SHORT and not sentence.person_here(index):
            continue
        done, label, pattern = _judged(sentence, index)
        end = sentence.tokens[done - 1].end
        yield found(first.start, end, label, pattern)
        if pattern == "zh.place_word_place" and kind == "P":
            yield found(first.start, first.end, "PLACE", "zh.nested")
        if gloss := _GLOSS.match(sentence.text, end):
            yield found(*gloss.span("name"), label, f"zh.gloss_{label.lower()}")
    for start, end, label, pattern in in_latin(sentence):
        yield found(start, end, label, pattern)


def _judged(sentence: Sentence, index: int) -> Judged:
    """What the name is that begins with this word."""
    kind, after = sentence.kind(index), index + 1
    following = sentence.word(after)
    if kind in PEOPLE or kind == "P":
        if _ORDINAL.fullmatch(following):
            return after + 1, "PERSON", "zh.regnal"
        if sentence.word(after + 1) == "世" and _ORDINAL.fullmatch(following + "世"):
            return after + 2, "PERSON", "zh.regnal"
    if kind in "ST" and sentence.kind(after) in "HKPST" and not sentence.place_here(index):
        return after + 1, "PERSON", "zh.spelt_pair"
    if kind == "P" and following in _COURTESIES:
        return after, "PERSON", "zh.place_person"
    if following in cues()["kin"] and kind in "CPSTH":
        return after + 1, "PERSON", "zh.kin"
    if index in sentence.organised:
        label = "PLACE" if kind in PLACES else "PERSON"
        return after, label, f"zh.in_organisation_{label.lower()}"
    if kind in "PSTR" and _grows(sentence, index):
        return after + 1, "PLACE", f"zh.place_word_{'place' if kind in PLACES else 'sound'}"
    if kind == "Q" and sentence.person_here(index) and _is_like_person(sentence.words[index]):
        return after, "PERSON", "zh.name_role"
    if kind in PLACES:
        return after, "PLACE", _place(sentence, index)
    return after, *_person(sentence, index)


def _is_like_person(word: str) -> bool:
    """Three characters, the first a family name: 林海山 is no mountain."""
    return len(word) == 3 and word[0] in characters()["surname"]


def _grows(sentence: Sentence, index: int) -> bool:
    """Whether the next word makes a longer name of a place: never a second 市 or 县."""
    word = sentence.word(index + 1)
    if word not in cues()["place_word"]:
        return False
    return not (_OFFICIAL.search(sentence.words[index]) and len(word) == 1)


def _place(sentence: Sentence, index: int) -> str:
    """The pattern of a place that no word makes longer."""
    kind, before, after = sentence.kind(index), sentence.word(index - 1), sentence.word(index + 1)
    if after in cues()["country_people"] or after.startswith(_OF_PEOPLE):
        return "zh.people"
    if kind == "R":
        return "zh.heard_place"
    if after in cues()["role"]:
        return "zh.place_role"
    if sentence.kind(index + 1) in PLACES or sentence.kind(index - 1) in PLACES:
        return "zh.chain"
    context = before in cues()["place_before"] or after in cues()["place_after"]
    return f"zh.{'suffix' if kind == 'Q' else 'place'}{'_context' if context else ''}"


def _person(sentence: Sentence, index: int) -> tuple[str, str]:
    """Label and pattern of what is a person unless what stands round it tells otherwise."""
    kind = sentence.kind(index)
    person = sentence.person_here(index)
    if kind in "ST" and not person:
        if sentence.word(index + 1) in cues()["name_kind"]:
            return "PERSON", "zh.sound_thing"
        if sentence.place_here(index):
            return "PLACE", "zh.sound_place"
    if kind in "STC" and not person and _is_defined_place(sentence, index):
        return "PLACE", "zh.defined_place"
    two = "_two" if kind == "C" and len(sentence.words[index]) == 2 else ""
    return "PERSON", f"zh.{_PERSON_PATTERN[kind]}{two}{'_role' if person and kind != 'E' else ''}"


def _is_defined_place(sentence: Sentence, index: int) -> bool:
    defined = _DEFINED.match(sentence.text, sentence.tokens[index].end)
    return defined is not None and defined["kind"].endswith(tuple(cues()["place_kind"]))
