"""Where in a Chinese sentence an unlisted name may stand, and how likely: edges for the lattice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotator.language.mentions.found import Heard
from annotator.language.mentions.gazetteer import characters, cues, traditional
from annotator.language.mentions.lattice import HAN, Edges
from annotator.language.words import SPELLING

# Where from and to, the cost, and the kind: C Chinese name, J Japanese name, D name with a dot, T spelt by sound,
# Q place by its last character, E ruler or family name with a word of kinship, K heard as a person, R as a place.
Candidate = tuple[int, int, float, str]

DOTS = "•·・‧∙"
_NEVER = frozenset(
    "的了是在和与就这那你我他她它们不没也都而被把让给及或但并其此该每各某所以很最更又再才将从向对由至到"
)
_NOT_SPELT = _NEVER | frozenset("为于且")
_SAFE = frozenset("省市县区镇乡村路街山河江湖岛屿站州郡寺桥湾峡庙屯")
_SUFFIXES = _SAFE | frozenset("庄巷道里岭峰海洋港庵塔宫殿陵关口门城堡府国洲原谷泉潭池溪滩线园")
_CHINESE = 5.0
_SHORT = 2.0
_JAPANESE = 8.0
_RARE = 9.5
_BESIDE_ROLE = 3.0
_SPELT = 7.5
_TWO_SPELT = 2.0
_DOTTED = 3.0
_DOTTED_RATE = 0.85
_ODD = 7.5
_COMMON = 7.6
_PLACE = 7.5
_RISKY = 2.5
_LIKE_PERSON = 1.5
_HEARD = 9.0
_KIN = 10.0
_RULER = 11.0
_LONGEST_SPELT = 8


def candidates(text: str, heard: Heard) -> Edges:
    """All edges, for simplified text whose dots are all `·`."""
    edges: Edges = {}
    roles = {match.end() for match in _words("role").finditer(text)}
    ends = {match.start() for cue in ("title", "speech") for match in _words(cue).finditer(text)}
    for start, end, cost, kind in _all(text, heard):
        if kind in "CJT" and (start in roles or end in ends):
            cost -= _BESIDE_ROLE
        edges.setdefault(start, []).append((end, cost, kind))
    return edges


def _all(text: str, heard: Heard) -> Iterator[Candidate]:
    yield from _chinese(text)
    yield from _japanese(text)
    yield from _spelt(text)
    yield from _places(text)
    if "·" in text:
        yield from _dotted(text)
    yield from _rulers(text)
    for name, label in heard.names.items():
        yield from _again(text, name.translate(traditional()), "K" if label == "PERSON" else "R")


@cache
def _words(cue: str) -> re.Pattern[str]:
    longest = sorted(cues()[cue], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


def _is_given(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NEVER


def _chinese(text: str) -> Iterator[Candidate]:
    surnames = characters()["surname"]
    for at in range(len(text) - 1):
        for length in (1, 2):
            cost = surnames.get(text[at : at + length])
            if cost is not None:
                yield from _given(text, at, at + length, _CHINESE + cost)


def _given(text: str, start: int, at: int, cost: float) -> Iterator[Candidate]:
    """The names whose surname ends at `at`."""
    one = text[at : at + 1]
    if not one or not _is_given(one) or one == "之":
        return
    tables = characters()
    yield start, at + 1, cost + _SHORT + tables["single"].get(one, _RARE), "C"
    two = text[at + 1 : at + 2]
    if two and _is_given(two):
        yield start, at + 2, cost + tables["first"].get(one, _RARE) + tables["second"].get(two, _RARE), "C"


def _japanese(text: str) -> Iterator[Candidate]:
    family, given = characters()["family"], characters()["japanese"]
    for at in range(len(text) - 2):
        for length in (2, 3):
            known = family.get(text[at : at + length])
            if known is None:
                continue
            cost = _JAPANESE + known
            for end in range(at + length, min(at + length + 3, len(text))):
                if text[end] not in given:
                    break
                cost += given[text[end]]
                yield at, end + 1, cost, "J"


def _spelt(text: str) -> Iterator[Candidate]:
    spelling = characters()["spelling"]
    at, size = 0, len(text)
    while at < size:
        end = at
        while end < size and text[end] in spelling and text[end] not in _NOT_SPELT:
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
        if char not in _SUFFIXES:
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
def _spelling() -> dict[str, float]:
    """What characters cost inside of a name with dots."""
    table = characters()["spelling"]
    costs = {char: _DOTTED_RATE * cost for char, cost in table.items() if cost < _COMMON}
    return dict.fromkeys(SPELLING, _DOTTED_RATE * _COMMON) | costs


@cache
def _dotted_name() -> re.Pattern[str]:
    spelling = "".join(sorted(_spelling().keys() - _NOT_SPELT))
    odd = f"(?![{''.join(sorted(_NOT_SPELT))}])[{HAN}]"
    part = rf"(?:[{spelling}]{{1,9}}|[A-Z]\.?)"
    return re.compile(rf"(?:(?:{odd}){{0,3}}{part}|{odd})(?:·(?:{odd})?{part}(?:-{part})?)+(?:{odd}){{0,2}}")


def _dotted(text: str) -> Iterator[Candidate]:
    """The stretch round the dots; how far it reaches on either side, the lattice tells."""
    spelling = _spelling()
    for match in _dotted_name().finditer(text):
        name = match[0]
        costs = [spelling.get(char, _ODD if "\u3400" < char else 0.0) for char in name]
        first, last = name.index("·"), name.rindex("·")
        for start in range(first):
            for end in range(last + 2, len(name) + 1):
                yield match.start() + start, match.start() + end, _DOTTED + sum(costs[start:end]), "D"


@cache
def _ruler() -> re.Pattern[str]:
    dynasty, emperor, kin = (_words(cue).pattern for cue in ("dynasty", "emperor", "kin"))
    surname = "|".join(sorted(characters()["surname"], key=len, reverse=True))
    nickname = rf"(?<![{HAN}])[小老阿](?:{surname})(?![{HAN}])|(?<![{HAN}])[小老阿](?:{surname})(?=[说道问答笑在是也就又还都的])"
    return re.compile(rf"(?:{dynasty})?(?:{emperor})|(?P<kin>(?:{surname})(?:{kin})|{nickname})")


def _rulers(text: str) -> Iterator[Candidate]:
    for match in _ruler().finditer(text):
        yield *match.span(), _KIN if match["kin"] else _RULER, "E"


def _again(text: str, name: str, kind: str) -> Iterator[Candidate]:
    at = text.find(name)
    while name and at >= 0:
        yield at, at + len(name), _HEARD, kind
        at = text.find(name, at + len(name))
