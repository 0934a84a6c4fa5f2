"""Spans whose edges are wrong: punctuation, half a pair of brackets, half a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import Span
from annotator.language.script import simplified
from annotator.language.words import Words
from annotator.services.annotate import reshape, shortened, span_of
from annotator.services.problems.knowledge import Knowledge
from annotator.services.problems.problem import Fixing, Kind, Problem
from annotator.services.problems.rows import Row

_BEFORE = re.compile(r"[\s，。、；：！？,;:!?…—–•·・‧∙/|.]+")
_BEHIND = re.compile(r"[\s，。、；：！？,;:!?…—–•·・‧∙/|]+\Z")
_FULL_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Jr|Sr|St|Mr|Ms|Dr|Co|Mt))(?<!\b(?:Mrs|Inc|Ltd|a\.m|p\.m))\.\Z")
# Closing marks by the opening ones.
_POSSESSIVE = re.compile(r"[’'‘]s\Z")
_SAINT = re.compile(r"(?:St\.?|Saint)\s")
_BRACKETS = {
    ")": "(",
    "）": "（",
    "]": "[",
    "】": "【",
    "」": "「",
    "』": "『",
    "”": "“",
    "》": "《",
    "〉": "〈",
    "’": "‘",
}
_OPENING = frozenset(_BRACKETS.values())
_QUOTES = frozenset("”’」』")
# Abbreviated countries and cities that stand side by side in one word, each a place of its own: 中美, 日韩.
_SIDE_BY_SIDE = frozenset("中美日韩韓俄英法德朝印越欧歐台臺港澳京津沪滬冀豫鲁魯苏蘇浙闽閩粤粵蒙藏疆")
_LONGEST_WORD = 5


def detect(row: Row) -> Iterator[Problem]:
    """Spans with something too much or too little at their edges."""
    for side, spans in row.spans.items():
        text = row.document.text(side)
        for span in spans:
            found = _wrong(text, span, row.knowledge)
            if found is not None:
                way, start, end = found
                mark = f"{way}:{shortened(span.quote)}"
                yield row.about(EDGES.id, span, mark, way, shortened(text[start:end]))


def _wrong(text: str, span: Span, knowledge: Knowledge) -> tuple[str, int, int] | None:
    """What is wrong with the edges, and the range that would be right."""
    mention = knowledge.is_mention(span)
    if found := _punctuation(span, mention=mention):
        return "punctuation", *found
    if found := _halves(text, span, mention=mention):
        return "brackets", *found
    if mention and not knowledge.is_date(span) and _possessive(span):
        return "possessive", span.start, span.end - 2
    if found := _word(text, span, knowledge.words, mention=mention):
        return "word", *found
    return None


def _possessive(span: Span) -> bool:
    return span.side == "en" and bool(_POSSESSIVE.search(span.quote)) and not _SAINT.match(span.quote)


def _punctuation(span: Span, *, mention: bool) -> tuple[int, int] | None:
    """A theme may close with the punctuation of its sentence, and one that opens with it is cut wrongly."""
    quote = span.quote
    opening = _BEFORE.match(quote)
    start = span.start + (opening.end() if opening else 0)
    # Years and decades may lack their century, and an ellipsis may open a sentence.
    if opening and ((not mention and "…" in opening[0]) or re.match(r"\.\d", quote)):
        start = span.start
    end = span.end
    if mention and (closing := _BEHIND.search(quote) or _FULL_STOP.search(quote)):
        end = span.start + closing.start()
    return (start, end) if (start, end) != (span.start, span.end) and start < end else None


def _halves(text: str, span: Span, *, mention: bool) -> tuple[int, int] | None:
    """Half a pair of brackets or quotation marks; in a theme, speech may run on beyond it."""
    lonely = [at for at in _lonely(span.quote) if mention or span.quote[at] not in "“”‘’「」『』"]
    if len(lonely) != 1:
        return None
    at = span.start + lonely[0]
    char = text[at]
    if char in _OPENING:
        closing = next(close for close, opening in _BRACKETS.items() if opening == char)
        if text[span.end : span.end + 1] == closing:
            return span.start, span.end + 1
    elif span.start and text[span.start - 1] == _BRACKETS[char]:
        return span.start - 1, span.end
    if at == span.start:
        return span.start + 1, span.end
    if at == span.end - 1:
        return span.start, span.end - 1
    return _outer_part(text, span, at) if mention else None


def _outer_part(text: str, span: Span, at: int) -> tuple[int, int] | None:
    """A name and the beginning of its gloss in brackets: what stands before the bracket."""
    start, end = (span.start, at) if text[at] in _OPENING else (at + 1, span.end)
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _lonely(quote: str) -> list[int]:
    """Where brackets and quotation marks stand that have no other half; an apostrophe is none."""
    open_ones: list[int] = []
    lonely: list[int] = []
    for at, char in enumerate(quote):
        if char in _OPENING:
            open_ones.append(at)
        elif char in _BRACKETS:
            if open_ones and quote[open_ones[-1]] == _BRACKETS[char]:
                open_ones.pop()
            elif char != "’":
                lonely.append(at)
    return sorted(lonely + [at for at in open_ones if quote[at] != "‘"])


def _word(text: str, span: Span, words: Words, *, mention: bool) -> tuple[int, int] | None:
    start, end = span.start, span.end
    while start and _joined(text, start):
        start -= 1
    while end < len(text) and _joined(text, end):
        end += 1
    if (start, end) != (span.start, span.end):
        return start, end
    if span.side == "zh" and mention and words.ready:
        return _chinese_word(text, span, words)
    return None


def _joined(text: str, at: int) -> bool:
    """Whether letters or figures of one alphabetic word stand on both sides of `at`."""
    before, behind = text[at - 1 : at], text[at : at + 1]
    if not (_alphabetic(before) and _alphabetic(behind)):
        return False
    return before.isdigit() == behind.isdigit()


def _alphabetic(char: str) -> bool:
    return char.isdigit() or (char.isalpha() and char < "\u2e80")


def _chinese_word(text: str, span: Span, words: Words) -> tuple[int, int] | None:
    """The span with the dictionary word that it cuts, or without it, if what is inside makes no word."""
    start = _word_edge(text, span.start, span, words)
    end = _word_edge(text, span.end, span, words)
    better = _chosen(start, span, at_start=True), _chosen(end, span, at_start=False)
    return better if better != (span.start, span.end) and better[0] < better[1] else None


def _chosen(word: tuple[int, int] | None, span: Span, *, at_start: bool) -> int:
    """The edge of the word that is to be the span's: the outer one, unless the word hardly reaches in."""
    if word is None:
        return span.start if at_start else span.end
    inside = word[1] - span.start if at_start else span.end - word[0]
    more = span.end - span.start - inside
    if more > 1 and 2 * inside <= word[1] - word[0]:
        return word[1] if at_start else word[0]
    return word[0] if at_start else word[1]


def _word_edge(text: str, at: int, span: Span, words: Words) -> tuple[int, int] | None:
    """The word across `at`, one edge of the span."""
    if not words.across(text, at):
        return None
    begin = max(text.rfind("\n", 0, at) + 1, at - 40)
    line = text.find("\n", at)
    finish = min(line if line >= 0 else len(text), at + 40)
    for low, high in words.spans(text[begin:finish], "zh"):
        low, high = low + begin, high + begin
        if low < at < high:
            inside = max(low, span.start), min(high, span.end)
            outside = text[low : inside[0]], text[inside[1] : high]
            return (low, high) if _cuts(text[low:high], text[slice(*inside)], outside, words) else None
    return None


def _cuts(word: str, inside: str, outside: tuple[str, str], words: Words) -> bool:
    if not words.known(word) or not inside or len(word) > _LONGEST_WORD:
        return False
    from annotator.language.counterpart.tables import kinds, of_chinese, surnames

    if not outside[0] and simplified(outside[1]) in kinds():
        return False
    if set(word) <= _SIDE_BY_SIDE:
        return False
    if len(inside) == 1:
        return inside not in _SIDE_BY_SIDE and inside not in surnames()
    return not (words.known(inside) or of_chinese(inside))


def fix(document: Document, problem: Problem, fixing: Fixing) -> Edit:
    """The span over the range that it should have.

    Raises:
        AnnotatorError: if there is nothing to mend any more, or the range has the label already.
    """
    span = span_of(document, problem.about)
    found = _wrong(document.text(span.side), span, fixing.knowledge)
    if found is None:
        raise AnnotatorError("error.nothing_to_mend", text=shortened(span.quote))
    return reshape(document, span.id, found[1], found[2])


EDGES = Kind("edges", "warning", ("way", "better"), fix=fix, bulk=True)
