"""Tokens: characters or words, cut where annotations begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import chain

from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import Side, Span
from annotator.formats.choices import Overlaps, Unit

Tokenize = Callable[[str, Side], Iterable[Segment]]


def tokenizer(unit: Unit) -> Tokenize:
    """What cuts a text into tokens `[start, end)`, none of which holds white space alone."""
    return _words() if unit == "word" else _characters


def _characters(text: str, _: Side) -> list[Segment]:
    return [(at, at + 1) for at, char in enumerate(text) if not char.isspace()]


def _words() -> Tokenize:
    from annotator.language.words import dictionary_words

    words = dictionary_words()
    return lambda text, side: [
        (start, end) for start, end in words.spans(text, side) if not text[start:end].isspace()
    ]


def cut(tokens: Iterable[Segment], edges: Iterable[int], text: str) -> list[Segment]:
    """The tokens, each cut at those of `edges` that lie inside; pieces of white space alone go."""
    whole = list(tokens)
    # Most annotations begin and end where tokens do.
    marks = sorted(set(edges).difference(chain.from_iterable(whole)))
    if not marks:
        return whole
    pieces: list[Segment] = []
    for start, end in whole:
        at = bisect_right(marks, start)
        while at < len(marks) and marks[at] < end:
            pieces.append((start, marks[at]))
            start = marks[at]
            at += 1
        pieces.append((start, end))
    return [piece for piece in pieces if not text[piece[0] : piece[1]].isspace()]


def spaced(tokens: Iterable[Segment], text: str) -> list[tuple[int, int, bool]]:
    """The tokens with whether a space follows; other white space makes tokens of its own, so that nothing of
    the text is lost between them."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in [*tokens, (len(text), len(text))]:
        if start > at and found and text[at] == " ":
            found[-1] = (found[-1][0], found[-1][1], True)
            at += 1
        if start > at:
            found.append((at, start, False))
        if end > start:
            found.append((start, end, False))
        at = end
    return found


def priority(overlaps: Overlaps, project: Project) -> Callable[[Span], tuple[object, ...]]:
    """The key by which overlapping annotations queue for their tokens."""
    if overlaps == "longest":
        return lambda span: (span.start - span.end, *span.order)
    if overlaps == "label":
        places = {label.id: place for place, label in enumerate(project.labels)}
        return lambda span: (places.get(span.label, len(places)), *span.order)
    return lambda span: span.order


def relation(span: Segment, rival: Segment) -> str:
    """What becomes of a range whose tokens another one has: the key of the loss."""
    if span == rival:
        return "loss.same_place"
    if rival[0] <= span[0] and span[1] <= rival[1]:
        return "loss.nested"
    if span[0] <= rival[0] and rival[1] <= span[1]:
        return "loss.around"
    if span[1] <= rival[0] or rival[1] <= span[0]:
        return "loss.same_word"
    return "loss.crossing"
