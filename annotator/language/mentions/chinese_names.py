"""Where in a Chinese sentence an unlisted name may stand, and how likely: edges for the lattice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from annotator.language.counterpart.tables import surnames
from annotator.language.mentions.chinese_cues import Beside
from annotator.language.mentions.chinese_dotted import NOT_SPELT, dotted, shape
from annotator.language.mentions.found import Heard
from annotator.language.mentions.gazetteer import characters, chinese, cues, traditional
from annotator.language.mentions.lattice import HAN, Candidate, Edges

_NOT_GIVEN = NOT_SPELT - frozenset("为于且")
_SAFE = frozenset("省市县区镇乡村路街山河江湖岛屿站州郡寺桥湾峡庙屯")
ENDS_PLACE = _SAFE | frozenset("庄巷道岭峰海港庵塔宫殿陵关口门城堡府国洲原谷泉潭池溪滩线园")
# Last characters of places that are verbs before these.
_VERBS = {"道": frozenset('：:，,“"‘是'), "站": frozenset("在起着了到立住稳")}
# What names of a kind cost in nats, before their characters, and what makes them dearer or cheaper.
_CHINESE = 5.0
_SHORT = 2.0
_JAPANESE = 8.0
_RARE = 9.5
_BESIDE_CUE = 3.0
_SPELT = 7.5
_TWO_SPELT = 2.0
_PLACE = 7.5
_RISKY = 2.5
_LIKE_PERSON = 3.0
_HEARD = 9.0
_GLOSSED = 4.0
_GIVEN_WORD = 0.5
_SELDOM = 11.0
_ADDRESS = 10.0
_RULER = 11.0
_TITLED = 6.0
_LONGEST_SPELT = 8
_SELDOM_SPELT = 9.2
_LONGEST_GIVEN = 3
_CUED = frozenset("CDJT")
_NEVER_MET = 99.0


def candidates(text: str, heard: Heard, beside: Beside) -> Edges:
    """All edges, for simplified text whose dots are all `·`, and the cues in it."""
    edges: Edges = {}
    for start, end, cost, kind in _all(text, heard, beside):
        if kind in _CUED:
            cost -= _told(beside, start, end, kind)
        edges.setdefault(start, []).append((end, cost, kind))
    return edges


def _told(beside: Beside, start: int, end: int, kind: str) -> float:
    """How much less a name costs for what stands beside it."""
    told = start in beside.behind_role or end in beside.before_title
    less = _GLOSSED if end in beside.before_gloss else 0.0
    if (told and kind != "D") or (kind == "T" and start in beside.behind_way):
        less += _BESIDE_CUE
    return less


def _all(text: str, heard: Heard, beside: Beside) -> Iterator[Candidate]:
    yield from _chinese(text)
    yield from _japanese(text)
    yield from _spelt(text)
    yield from _places(text)
    if "·" in text:
        yield from dotted(text)
    yield from _addressed(text, beside)
    yield from _titled(text, beside)
    if heard.names:
        with_dots = [match.span() for match in shape().finditer(text)] if "·" in text else []
        for start, end, label in _again(text, heard):
            if all(end <= low or high <= start for low, high in with_dots):
                yield start, end, _HEARD, "K" if label == "PERSON" else "R"


def _is_given(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NOT_GIVEN


def _chinese(text: str) -> Iterator[Candidate]:
    costs = characters()["surname"]
    for at, char in enumerate(text[:-1]):
        if char in costs:
            yield from _given(text, at, at + 1, _CHINESE + costs[char])
        if char in _double() and text[at : at + 2] in costs:
            yield from _given(text, at, at + 2, _CHINESE + costs[text[at : at + 2]])


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
        if one + two in cues()["title"]:
            return
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
    """Every stretch of two characters and more within a run of those that names are spelt with."""
    costs = _spelling()
    start = 0
    for at, char in enumerate(text):
        if char not in costs:
            start = at + 1
            continue
        cost = _SPELT + costs[char]
        for low in range(at - 1, max(start, at - _LONGEST_SPELT + 1) - 1, -1):
            cost += costs[text[low]]
            yield low, at + 1, cost + (_TWO_SPELT if low == at - 1 else 0.0), "T"


@cache
def _spelling() -> dict[str, float]:
    table = characters()["spelling"].items()
    return {char: cost for char, cost in table if cost < _SELDOM_SPELT and char not in NOT_SPELT}


def _places(text: str) -> Iterator[Candidate]:
    """Up to four characters before one that ends the names of places."""
    place, families = characters()["place"], characters()["surname"]
    for last, char in enumerate(text):
        if char not in ENDS_PLACE or text[last + 1 : last + 2] in _VERBS.get(char, ()):
            continue
        cost = _PLACE + (0.0 if char in _SAFE else _RISKY)
        for start in range(last - 1, max(-1, last - 5), -1):
            if not _is_given(text[start]):
                break
            cost += place.get(text[start], _RARE)
            if last - start > 1:
                person = last - start == 2 and text[start] in families
                yield start, last + 1, cost + (_LIKE_PERSON if person else 0.0), "Q"


@cache
def _nickname() -> re.Pattern[str]:
    """小王 and 阿秀, if they are not the heads of longer words; 阮氏秋."""
    common = "".join(sorted(surnames()))
    alone = rf"(?:(?![{HAN}])|(?=[说道问答笑哭听在是也就又还都的把被和]))"
    return re.compile(rf"[阮黎]氏[{HAN}]|(?<![{HAN}])[小老][{common}]{alone}|(?<![{HAN}·])阿[{HAN}]{alone}")


def _addressed(text: str, beside: Beside) -> Iterator[Candidate]:
    for start, end in beside.rulers:
        yield start - _before(text, start, cues()["dynasty"]), end, _RULER, "E"
    for start, end in beside.addresses:
        if start and text[start - 1] in surnames():
            yield start - 1, end, _ADDRESS, "E"
    for match in _nickname().finditer(text):
        yield *match.span(), _ADDRESS, "E"


def _titled(text: str, beside: Beside) -> Iterator[Candidate]:
    """A family name alone before 先生 or 博士."""
    for at in beside.courtesies:
        if at and text[at - 1] in surnames():
            yield at - 1, at, _TITLED, "U"


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
