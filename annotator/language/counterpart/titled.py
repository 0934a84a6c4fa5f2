"""Titles of books, films and songs: what marks of quotation enclose, or capital letters mark, as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.language.counterpart.candidate import Candidate, Direction, Mention
from annotator.language.counterpart.english import wide_segments

_QUOTES = re.compile(
    r"《([^《》]{1,40})》|「([^「」]{1,40})」|『([^『』]{1,40})』|“([^“”]{1,90})”|\"([^\"]{1,90})\""
)
_OPEN, _CLOSE = '《「『“‘"', '》」』”’"'
_ARTICLE = re.compile(r"\b(?:The|A|An)\s+\Z")
_BETTER = 0.04
_ONLY_ONE = 0.5


def titled(
    zh: str, en: str, mention: Mention, direction: Direction, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Whole titles round the candidates that were found, if the mention is a whole title."""
    here, there = (zh, en) if direction == "zh-en" else (en, zh)
    enclosed = _enclosed(here, mention)
    places = [_bare(there, *_inner(match)) for match in _QUOTES.finditer(there)]
    for place in places:
        best = max((one.score * _share(one, place) for one in found), default=0.0)
        if best > 0.2:
            yield Candidate(*place, min(0.97, best + _BETTER), "meaning")
        elif enclosed and len(places) == 1:
            yield Candidate(*place, _ONLY_ONE, "place")
    if direction == "zh-en" and enclosed:
        yield from _capitalised(en, found)


def _enclosed(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start].rstrip()[-1:], text[mention.end :].lstrip(",.!?")[:1]
    return bool(before and after) and before in _OPEN and after in _CLOSE


def _inner(match: re.Match[str]) -> tuple[int, int]:
    group = next(number for number in range(1, 6) if match[number] is not None)
    return match.span(group)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the comma or stop that English sets before the closing mark."""
    while end - 1 > start and text[end - 1] in ",.":
        end -= 1
    return start, end


def _share(one: Candidate, place: tuple[int, int]) -> float:
    """How much of the place a candidate in it covers, its root: some words tell a title."""
    if one.start < place[0] or one.end > place[1]:
        return 0.0
    return float(((one.end - one.start) / (place[1] - place[0])) ** 0.25)


def _capitalised(en: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Whole runs of capitalised words that candidates lie in, with their article and mark."""
    for words in wide_segments(en):
        start, end = words[0].start, words[-1].end
        best = max((one.score * _share(one, (start, end)) for one in found), default=0.0)
        if best > 0.2:
            article = _ARTICLE.search(en, 0, start)
            end += en[end : end + 1] in ("?", "!") and bool(en[end + 1 :].strip())
            yield Candidate(article.start() if article else start, end, min(0.97, best + _BETTER), "meaning")
