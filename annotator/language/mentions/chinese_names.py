"""Where in a Chinese sentence an unlisted name may stand, and how likely: edges for the lattice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotator.language.mentions.gazetteer import characters, chinese, cues
from annotator.language.mentions.lattice import HAN, Edges
from annotator.language.words import SPELLING

# Kinds of edges: C Chinese name, J Japanese name, D dotted name, T spelt by sound, Q place by its last word.
_NEVER = frozenset("的了是在和与就这那你我他她它们不没也都而被把让给之及或但并其此该每各某为所以很最更又再才将从向对于由至到")
_CHINESE_NAME = 5.0
_SHORT_NAME = 2.0
_RARE = 9.5
_ROLE = 3.0
_SPELT = 7.5
_DOTTED = 3.0
_COMMON = 7.6
_PLACE = 7.5
DOTS = "•·・‧∙"
SUFFIXES = frozenset("省市县区镇乡村屯庄路街巷道里山岭峰河江湖海湾洋岛屿港站桥寺庙庵塔宫殿陵关口门城堡州郡府国洲原谷峡泉潭池溪滩线园")
_JAPANESE = 8.0


def candidates(text: str) -> Edges:
    """All edges, for simplified text."""
    edges: Edges = {}
    roles = _ends(text, "role")
    titles = _starts(text, "title") | _starts(text, "speech")
    for start, end, cost, kind in (*_chinese(text), *_spelt(text), *_places(text), *_dotted(text)):
        if kind in "CJTw" and (start in roles or end in titles):
            cost -= _ROLE
        edges.setdefault(start, []).append((end, cost, kind))
    return edges


@cache
def _pattern(cue: str) -> re.Pattern[str]:
    longest = sorted(cues()[cue], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


def _ends(text: str, cue: str) -> set[int]:
    return {match.end() for match in _pattern(cue).finditer(text)}


def _starts(text: str, cue: str) -> set[int]:
    return {match.start() for match in _pattern(cue).finditer(text)}


Candidate = tuple[int, int, float, str]


def _chinese(text: str) -> Iterator[Candidate]:
    tables = characters()
    surnames, single = tables["surname"], tables["single"]
    first, second = tables["first"], tables["second"]
    size = len(text)
    for at in range(size - 1):
        for length in (1, 2):
            cost = surnames.get(text[at : at + length])
            if cost is None or at + length >= size:
                continue
            given = at + length
            one = text[given]
            if not _is_given(one):
                continue
            yield at, given + 1, _CHINESE_NAME + _SHORT_NAME + cost + single.get(one, _RARE), "C"
            if given + 1 < size and _is_given(text[given + 1]):
                two = text[given + 1]
                yield at, given + 2, _CHINESE_NAME + cost + first.get(one, _RARE) + second.get(two, _RARE), "C"


def _is_given(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NEVER


def _spelt(text: str) -> Iterator[Candidate]:
    spelling = characters()["spelling"]
    at, size = 0, len(text)
    while at < size:
        end = at
        while end < size and text[end] in spelling and text[end] not in _NEVER:
            end += 1
        if end - at > 1:
            yield from _pieces(text, at, end, spelling)
        at = max(end, at + 1)


def _pieces(text: str, start: int, end: int, spelling: dict[str, float]) -> Iterator[Candidate]:
    for at in range(start, end - 1):
        cost = _SPELT + spelling[text[at]]
        for to in range(at + 2, min(end, at + 8) + 1):
            cost += spelling[text[to - 1]]
            yield at, to, cost + (2.0 if to - at == 2 else 0.0), "T"


def _places(text: str) -> Iterator[Candidate]:
    place = characters()["place"]
    for end in range(3, len(text) + 1):
        if text[end - 1] not in SUFFIXES:
            continue
        cost = _PLACE
        for start in range(end - 2, max(-1, end - 6), -1):
            if not _is_given(text[start]):
                break
            cost += place.get(text[start], _RARE)
            if end - start > 2:
                yield start, end, cost, "Q"


@cache
def _spelling() -> frozenset[str]:
    common = {char for char, cost in characters()["spelling"].items() if cost < _COMMON}
    return (frozenset(SPELLING) | common) - _NEVER - frozenset("和与为于也并且或")


@cache
def _dotted_name() -> re.Pattern[str]:
    part = f"(?:[{''.join(sorted(_spelling()))}]{{1,9}}|[A-Z]\\.?)"
    return re.compile(f"(?:{part}|[{HAN}])(?:[{DOTS}]{part}(?:-{part})?)+")


def _dotted(text: str) -> Iterator[Candidate]:
    """The stretch round the dots; how far it reaches on either side, the lattice tells."""
    if not any(dot in text for dot in DOTS):
        return
    for match in _dotted_name().finditer(text):
        dots = [at for at in range(*match.span()) if text[at] in DOTS]
        for start in range(match.start(), dots[0]):
            for end in range(dots[-1] + 2, match.end() + 1):
                yield start, end, _DOTTED + 3.2 * (end - start), "D"
