"""Where in a Chinese sentence an unlisted name may stand, and how likely: edges for the lattice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from annotator.language.mentions.chinese_cues import Beside, beside_names
from annotator.language.mentions.chinese_dotted import NOT_SPELT, dotted, shape
from annotator.language.mentions.found import Heard
from annotator.language.mentions.gazetteer import characters, chinese, cues, traditional
from annotator.language.mentions.lattice import HAN, Candidate, Edges

_NOT_GIVEN = NOT_SPELT - frozenset("为于且")
_SAFE = frozenset("省市县区镇乡村路街山河江湖岛屿站州郡寺桥湾峡庙屯")
ENDS_PLACE = _SAFE | frozenset("庄巷道里岭峰海洋港庵塔宫殿陵关口门城堡府国洲原谷泉潭池溪滩线园")
_CHINESE = 5.0
_SHORT = 2.0
_JAPANESE = 8.0
_RARE = 9.5
_BESIDE_CUE = 3.0
_SPELT = 7.5
_TWO_SPELT = 2.0
_PLACE = 7.5
_RISKY = 2.5
_LIKE_PERSON = 1.5
_HEARD = 9.0
_GLOSSED = 4.0
_GIVEN_WORD = 0.5
_SELDOM = 11.0
_ADDRESS = 10.0
_RULER = 11.0
_LONGEST_SPELT = 8
_LONGEST_GIVEN = 3
_NEVER_MET = 99.0


def candidates(text: str, heard: Heard) -> Edges:
    """All edges, for simplified text whose dots are all `·`."""
    edges: Edges = {}
    beside = beside_names(text)
    for start, end, cost, kind in _all(text, heard, beside):
        told = start in beside.behind_role or end in beside.before_title
        if (told and kind in "CJT") or (kind == "T" and start in beside.behind_way):
            cost -= _BESIDE_CUE
        if end in beside.before_gloss and kind in "CJTD":
            cost -= _GLOSSED
        edges.setdefault(start, []).append((end, cost, kind))
    return edges


def _all(text: str, heard: Heard, beside: Beside) -> Iterator[Candidate]:
    yield from _chinese(text)
    yield from _japanese(text)
    yield from _spelt(text)
    yield from _places(text)
    if "·" in text:
        yield from dotted(text)
    yield from _addressed(text, beside)
    if heard.names:
        with_dots = [match.span() for match in shape().finditer(text)] if "·" in text else []
        for start, end, label in _again(text, heard):
            if all(end <= low or high <= start for low, high in with_dots):
                yield start, end, _HEARD, "K" if label == "PERSON" else "R"


def _is_given(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NOT_GIVEN


def _chinese(text: str) -> Iterator[Candidate]:
    surnames = characters()["surname"]
    for at, char in enumerate(text[:-1]):
        if char in surnames:
            yield from _given(text, at, at + 1, _CHINESE + surnames[char])
        if char in _double() and text[at : at + 2] in surnames:
            yield from _given(text, at, at + 2, _CHINESE + surnames[text[at : at + 2]])


@cache
def _double() -> frozenset[str]:
    """First characters of surnames of two."""
    return frozenset(name[0] for name in characters()["surname"] if len(name) > 1)


def _given(text: str, start: int, at: int, cost: float) -> Iterator[Candidate]:
    """The names whose surname ends at `at`."""
    one = text[at : at + 1]
    if not one or not _is_given(one) or one == "之":
        return
    tables = characters()
    yield start, at + 1, cost + _SHORT + tables["single"].get(one, _RARE), "C"
    two = text[at + 1 : at + 2]
    if two and _is_given(two):
        given = tables["first"].get(one, _RARE) + tables["second"].get(two, _RARE)
        word = chinese().words.get(one + two)
        if word is not None and word.kind in "nav" and word.cost > _SELDOM:
            given = min(given, word.cost + _GIVEN_WORD)
        yield start, at + 2, cost + given, "C"


def _japanese(text: str) -> Iterator[Candidate]:
    family, given = characters()["family"], characters()["japanese"]
    for at, char in enumerate(text[:-2]):
        if char not in _japanese_heads():
            continue
        for start in (at + 2, at + 3):
            cost = _JAPANESE + family.get(text[at:start], _NEVER_MET)
            if cost >= _NEVER_MET:
                continue
            for end in range(start, min(start + _LONGEST_GIVEN, len(text))):
                if text[end] not in given:
                    break
                cost += given[text[end]]
                yield at, end + 1, cost, "J"


@cache
def _japanese_heads() -> frozenset[str]:
    return frozenset(name[0] for name in characters()["family"])


def _spelt(text: str) -> Iterator[Candidate]:
    spelling = characters()["spelling"]
    at, size = 0, len(text)
    while at < size:
        end = at
        while end < size and text[end] in spelling and text[end] not in NOT_SPELT:
            end += 1
        if end - at > 1:
            yield from _stretches(text, at, end, spelling)
        at = max(end, at + 1)


def _stretches(text: str, start: int, end: int, spelling: dict[str, float]) -> Iterator[Candidate]:
    for at in range(start, end - 1):
        cost = _SPELT + spelling[text[at]]
        for to in range(at + 2, min(end, at + _LONGEST_SPELT) + 1):
            cost += spelling[text[to - 1]]
            yield at, to, cost + (_TWO_SPELT if to - at == 2 else 0.0), "T"


def _places(text: str) -> Iterator[Candidate]:
    """Up to four characters before one that ends the names of places."""
    place, surnames = characters()["place"], characters()["surname"]
    for last, char in enumerate(text):
        if char not in ENDS_PLACE:
            continue
        cost = _PLACE + (0.0 if char in _SAFE else _RISKY)
        for start in range(last - 1, max(-1, last - 5), -1):
            if not _is_given(text[start]):
                break
            cost += place.get(text[start], _RARE)
            if last - start > 1:
                person = last - start == 2 and text[start] in surnames
                yield start, last + 1, cost + (_LIKE_PERSON if person else 0.0), "Q"


@cache
def _nickname() -> re.Pattern[str]:
    """小王, if it is not the head of a longer word; 阮氏秋."""
    surnames = "".join(name for name in characters()["surname"] if len(name) == 1)
    return re.compile(
        rf"[阮黎]氏[{HAN}]|(?<![{HAN}])[小老阿][{surnames}](?:(?![{HAN}])|(?=[说道问答笑在是也就又还都的]))"
    )


def _addressed(text: str, beside: Beside) -> Iterator[Candidate]:
    for start, end in beside.rulers:
        yield start - _before(text, start, cues()["dynasty"]), end, _RULER, "E"
    for start, end in beside.addresses:
        if surname := _before(text, start, characters()["surname"]):
            yield start - surname, end, _ADDRESS, "E"
    for match in _nickname().finditer(text):
        yield *match.span(), _ADDRESS, "E"


def _before(text: str, at: int, words: Container[str]) -> int:
    """How many characters before `at` are one of the words of one or two characters; 0 if none are."""
    return next((length for length in (2, 1) if at >= length and text[at - length : at] in words), 0)


def _again(text: str, heard: Heard) -> Iterator[tuple[int, int, str]]:
    """Where a name that was heard stands, and its label."""
    for name, label in heard.names.items():
        simple = name.translate(traditional())
        at = text.find(simple)
        while simple and at >= 0:
            yield at, at + len(simple), label
            at = text.find(simple, at + len(simple))
