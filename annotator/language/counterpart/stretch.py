"""The part of the other text that a phrase, a clause or several sentences correspond to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import log
from typing import NamedTuple

from annotator.language.counterpart.candidate import Candidate, Direction, Knowledge, Mention
from annotator.language.counterpart.matching import Matches, matches

_ZH_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d[\d.,]*|[^\s\w]|\w")
_EN_WORD = re.compile(r"[^\W_](?:[^\W_]|[.,’'-](?=[^\W_]))*|[^\s\w]")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）)\"']*|(?<![A-Z])\.[”’)\"']*(?=\s|\Z)")
_OPENING = "“‘「『（(《\"'"
_CLAUSE = re.compile(r"[，。、；：！？,;:!?（）()—–…]|\.(?=\s|[”’\"']|\Z)")
_HINGE = re.compile(r"(?:and|but|or|that|which|who|to|of|in|on|with|for|by|as|when|while|where|because|if)\Z")

# What speaks for or against a stretch, found by trying on bilingual texts.
_OUTSIDE = 1.0
_LENGTH = 1.4
_PLACE = 1.6
_SENTENCE_EDGE = 1.4
_CLAUSE_EDGE = 0.6
_HINGE_EDGE = 0.25
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
    found = _best(source, target, mention, _weights(matches(zh, en, known), mention, direction, target))
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
    """How much of an edge the place before a piece is."""
    if before is None or before.end() in sentence_ends:
        return 2.0
    if _CLAUSE.match(before[0]) or before[0] in _OPENING or piece[0] in _OPENING:
        return 1.0
    return 0.4 if _HINGE.match(before[0].lower()) or _HINGE.match(piece[0].lower()) else 0.0


def _closing(piece: re.Match[str], after: re.Match[str] | None, sentence_ends: set[int]) -> float:
    """How much of an edge the place behind a piece is; a mark closes a sentence, not a clause."""
    if after is None or piece.end() in sentence_ends:
        return 2.0
    if _CLAUSE.match(after[0]):
        return 1.0
    return 0.4 if _HINGE.match(after[0].lower()) else 0.0


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


def _best(source: _Text, target: _Text, mention: Mention, weights: Sequence[float]) -> Candidate | None:
    """The stretch with the highest sum of all that speaks for it."""
    first = min(bisect_left(source.starts, mention.start), len(source.starts) - 1)
    last = max(bisect_left(source.starts, mention.end) - 1, first)
    opens, closes = source.opens[first], source.closes[last]
    here, there = len(source.text), len(target.text)
    wanted = (mention.end - mention.start) / here * there
    sums = [0.0, *accumulate(weights)]
    begins = [
        (
            sums[at],
            _edge(opens, target.opens[at]) - _PLACE * _away(target.starts[at], there, mention.start, here),
            at,
        )
        for at in range(len(target.starts))
        if target.text[target.starts[at]] not in "，。、；：！？,;:!?.)”’」』）"
    ]
    finishes = [
        (
            sums[at + 1],
            _edge(closes, target.closes[at]) - _PLACE * _away(target.ends[at], there, mention.end, here),
            at,
        )
        for at in range(len(target.ends))
        if _may_end(target, at, closes)
    ]
    best: tuple[float, int, int] | None = None
    for before, begins_well, begin in begins:
        start = target.starts[begin]
        for after, ends_well, finish in finishes:
            if finish < begin:
                continue
            worth = (
                after
                - before
                + begins_well
                + ends_well
                - _LENGTH * abs(log((target.ends[finish] - start) / wanted))
            )
            if best is None or worth > best[0]:
                best = worth, begin, finish
    if best is None:
        return None
    _, begin, finish = best
    mine = sum(weight for weight in weights if weight > 0)
    held = sum(weight for weight in weights[begin : finish + 1] if weight > 0)
    share = held / mine if mine else 0.0
    sure = _SCORES[0] + (_SCORES[1] - _SCORES[0]) * share * min(1.0, mine / 2)
    return Candidate(target.starts[begin], target.ends[finish], sure, "meaning" if share > 0.5 else "place")


def _may_end(target: _Text, at: int, closes: float) -> bool:
    """Marks close only what ends a sentence."""
    mark = target.text[target.starts[at] : target.ends[at]]
    return bool(re.match(r"\w", mark)) or (closes == 2.0 and target.closes[at] == 2.0) or mark in "）)》%％"


def _edge(wanted: float, found: float) -> float:
    """What it speaks for a stretch that it begins or ends with the same kind of edge."""
    if wanted == 2.0:
        return _SENTENCE_EDGE if found == 2.0 else -_SENTENCE_EDGE
    if found == 2.0:
        return _CLAUSE_EDGE if wanted else -_CLAUSE_EDGE
    if wanted == 1.0 and found == 1.0:
        return _CLAUSE_EDGE
    return _HINGE_EDGE if found else 0.0


def _away(place: int, length: int, wanted: int, whole: int) -> float:
    return abs(place / max(1, length) - wanted / max(1, whole))
