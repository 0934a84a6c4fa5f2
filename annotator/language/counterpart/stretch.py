"""The part of the other text that a phrase, a clause or several sentences correspond to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from math import log
from typing import NamedTuple

from annotator.language.counterpart.candidate import Candidate, Direction, Knowledge, Mention
from annotator.language.counterpart.matching import Matches, matches
from annotator.language.counterpart.meaning import Rendering, renderings

_ZH_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d[\d.,]*|[^\s\w]|\w")
_EN_WORD = re.compile(r"[^\W_](?:[^\W_]|[.,’'-](?=[^\W_]))*|[^\s\w]")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）)\"']*|(?<![A-Z])\.[”’)\"']*(?=\s|\Z)")
_NO_BEGINNING = frozenset("，。、；：！？,;:!?.)”’」』）")
_OPENING = "“‘「『（(《\"'"
_QUOTE = re.compile(r"[“”‘’「」『』《》\"]")
_CLAUSE = re.compile(r"[，。、；：！？,;:!?（）()—–…]|\.(?=\s|[”’\"']|\Z)")
_JOINING_WORDS = """
    and but or nor so yet for of to in on at by with from as than that is are was were
    的 和 与 與 及 或 在 对 對 从 從 把 被 于 於 至
"""
_OPENING_WORDS = """
    who which that what when where while how why because if whether although though to
    和 与 與 在 对 對 从 從 把 被 于 於 至
"""
_JOINS, _OPENS = frozenset(_JOINING_WORDS.split()), frozenset(_OPENING_WORDS.split())

# What speaks for or against a stretch, found by trying on bilingual texts.
_OUTSIDE = 1.0
_LENGTH = 1.4
_PLACE = 1.6
_SENTENCE_EDGE = 1.4
_CLAUSE_EDGE = 0.6
_HINGE_EDGE = 0.25
_QUOTE_EDGE = 1.5
_INSIDE = 0.7
_SCORES = (0.3, 0.62)


class _Text(NamedTuple):
    """A text with its words and marks, and what stands at the edges between them.

    `starts` and `ends` are offsets; `opens` and `closes` tell of each how much of an edge it is: 2 of a
    sentence, 1 of a clause, 0.4 before or after a small word that joins, else 0.
    """

    text: str
    starts: list[int]
    ends: list[int]
    opens: list[float]
    closes: list[float]


def stretch(zh: str, en: str, mention: Mention, direction: Direction, known: Knowledge) -> list[Candidate]:
    """The part of the other text with the words that the mention's words are matched with.

    Of all stretches the one that holds most of these words, fewest of others, is as long as is to be
    expected and lies where it is to be expected; it begins and ends as the mention does, at a sentence, at a
    clause or between words.
    """
    here, there = (zh, en) if direction == "zh-en" else (en, zh)
    if not here.strip() or not there.strip():
        return []
    if not here[: mention.start].strip() and not here[mention.end :].strip():
        start = len(there) - len(there.lstrip())
        return [Candidate(start, len(there.rstrip()), _SCORES[1], "place")]
    source = _marked(here, direction == "en-zh")
    target = _marked(there, direction == "zh-en")
    weights = _weights(matches(zh, en, known), mention, direction, target)
    inside = _inside(renderings(zh, known)) if direction == "en-zh" else frozenset()
    found = _best(source, target, mention, weights, inside)
    return [found] if found else []


def _marked(text: str, english: bool) -> _Text:
    pieces = list((_EN_WORD if english else _ZH_WORD).finditer(text))
    sentence_ends = {match.end() for match in _SENTENCE_END.finditer(text)} | {len(text.rstrip())}
    opens, closes = [], []
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        opens.append(_opening(before, piece, sentence_ends))
        closes.append(_closing(piece, after, sentence_ends))
    return _Text(text, [one.start() for one in pieces], [one.end() for one in pieces], opens, closes)


def _opening(before: re.Match[str] | None, piece: re.Match[str], sentence_ends: set[int]) -> float:
    """How much of an edge the place before a piece is; a word that joins is no beginning."""
    if before is None or before.end() in sentence_ends:
        return 2.0
    word = piece[0].lower()
    joins = -0.4 if word in _JOINS and word not in _OPENS else 0.0
    if _CLAUSE.match(before[0]) or before[0] in _OPENING or piece[0] in _OPENING:
        return 1.0 + joins
    return joins or (0.4 if before[0].lower() in _JOINS or word in _OPENS else 0.0)


def _closing(piece: re.Match[str], after: re.Match[str] | None, sentence_ends: set[int]) -> float:
    """How much of an edge the place behind a piece is; a mark closes a sentence, not a clause."""
    if after is None or piece.end() in sentence_ends:
        return 2.0
    if _CLAUSE.match(after[0]):
        return 1.0
    if piece[0].lower() in _JOINS:
        return -0.4
    return 0.4 if after[0].lower() in _JOINS or after[0].lower() in _OPENS else 0.0


def _inside(found: Iterable[Rendering]) -> frozenset[int]:
    """Places inside of words."""
    return frozenset(at for one in found for at in range(one.start + 1, one.end))


def _weights(found: Matches, mention: Mention, direction: Direction, target: _Text) -> list[float]:
    """For each piece of the target how much it belongs to the mention, below 0 if to the rest."""
    weights = [0.0] * len(target.starts)
    for one in found.chosen:
        words = found.words[one.first], found.words[one.last - 1]
        english, chinese = (words[0].start, words[1].end), (one.start, one.end)
        source, there = (chinese, english) if direction == "zh-en" else (english, chinese)
        inside = mention.start <= source[0] and source[1] <= mention.end
        first = bisect_left(target.starts, there[0])
        last = max(first + 1, bisect_left(target.starts, there[1]))
        share = one.strength * (1.0 if inside else -_OUTSIDE) / (last - first)
        for piece in range(first, min(last, len(weights))):
            weights[piece] += share
    return weights


class _Edge(NamedTuple):
    """Where a stretch may begin or end: the piece, the weights before it, and what else speaks for it."""

    piece: int
    sum: float
    worth: float


def _best(
    source: _Text, target: _Text, mention: Mention, weights: Sequence[float], inside: Collection[int]
) -> Candidate | None:
    """The stretch with the highest sum of all that speaks for it."""
    sums = [0.0, *accumulate(weights)]
    begins, ends = (
        _begins(source, target, mention, sums, inside),
        _ends(source, target, mention, sums, inside),
    )
    wanted = (mention.end - mention.start) / len(source.text) * len(target.text)
    costs = [0.0, *(_LENGTH * abs(log(size / wanted)) for size in range(1, len(target.text) + 1))]
    best, where = float("-inf"), None
    for begin in begins:
        start, before = target.starts[begin.piece], begin.worth - begin.sum
        for end in ends:
            if end.piece >= begin.piece:
                worth = before + end.sum + end.worth - costs[target.ends[end.piece] - start]
                if worth > best:
                    best, where = worth, (begin.piece, end.piece)
    return _candidate(target, weights, *where) if where else None


def _begins(
    source: _Text, target: _Text, mention: Mention, sums: Sequence[float], inside: Collection[int]
) -> list[_Edge]:
    first = min(bisect_left(source.starts, mention.start), len(source.starts) - 1)
    head = source.text[mention.start]
    found = []
    for piece, start in enumerate(target.starts):
        mark = target.text[start]
        if mark in _NO_BEGINNING:
            continue
        worth = _edge(source.opens[first], target.opens[piece]) + _quoted(head, mark)
        worth -= _INSIDE * (start in inside)
        away = _away(start, len(target.text), mention.start, len(source.text))
        found.append(_Edge(piece, sums[piece], worth - _PLACE * away))
    return found


def _ends(
    source: _Text, target: _Text, mention: Mention, sums: Sequence[float], inside: Collection[int]
) -> list[_Edge]:
    last = max(bisect_left(source.starts, mention.end) - 1, 0)
    closes, tail = source.closes[last], source.text[mention.end - 1]
    found = []
    for piece, end in enumerate(target.ends):
        mark = target.text[end - 1]
        whole = closes == target.closes[piece] == 2.0
        if not (mark.isalnum() or whole or mark in "）)》%％" or (_QUOTE.match(mark) and _QUOTE.match(tail))):
            continue
        worth = _edge(closes, target.closes[piece]) + _quoted(tail, mark)
        worth -= _INSIDE * (end in inside)
        away = _away(end, len(target.text), mention.end, len(source.text))
        found.append(_Edge(piece, sums[piece + 1], worth - _PLACE * away))
    return found


def _candidate(target: _Text, weights: Sequence[float], begin: int, end: int) -> Candidate:
    """The stretch; the more of the mention's words it holds, the surer."""
    every = sum(weight for weight in weights if weight > 0)
    held = sum(weight for weight in weights[begin : end + 1] if weight > 0)
    share = held / every if every else 0.0
    least, most = _SCORES
    score = least + (most - least) * share * min(1.0, every / 2)
    return Candidate(target.starts[begin], target.ends[end], score, "meaning" if share > 0.5 else "place")


def _edge(wanted: float, found: float) -> float:
    """What it speaks for a stretch that it begins or ends with the same kind of edge."""
    if wanted == 2.0:
        return _SENTENCE_EDGE if found == 2.0 else -_SENTENCE_EDGE
    if found == 2.0:
        return _CLAUSE_EDGE if wanted > 0.5 else -_CLAUSE_EDGE
    if wanted > 0.5 and found > 0.5:
        return _CLAUSE_EDGE * found
    return _HINGE_EDGE * found / 0.4 if found < 0.5 else _HINGE_EDGE


def _quoted(one: str, other: str) -> float:
    """What it speaks for a stretch that it has a quotation mark at its edge as the mention has, or none."""
    return _QUOTE_EDGE * (bool(_QUOTE.match(one)) == bool(_QUOTE.match(other)))


def _away(place: int, length: int, wanted: int, whole: int) -> float:
    return abs(place / max(1, length) - wanted / max(1, whole))
