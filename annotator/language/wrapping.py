"""Lines that were broken at a margin, put together into paragraphs again.

Whoever breaks lines at a margin breaks each where the next word would not have fitted. Verse, lists, tables
and files of one sentence a line break elsewhere; there every line stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from annotator.language.script import classify

Language = Literal["zh", "en", "other"]

_NARROWEST = {"zh": 24, "en": 40}
"""Columns that a page has at least; a Chinese character takes two."""

_WIDEST = 200
_MOSTLY = 0.6
_SELDOM = 0.15
_ENOUGH = 3
_NEARLY = 0.85
_FULL = 0.8
_WIDE = "\u2e80"
_CLOSING = "。，、；：？！）》」』】〉…”’%"
_MARKS = "—…“”‘’·"
_ENDS = re.compile(r"[。！？!?.…:：；;][”’」』)）\"'》]*\s*$")
_OPEN = re.compile(r"[^\W_](?:[-—]{1,2})?\s*$")
_ITEM = re.compile(
    r"\s*(?:[-*•·–]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.]|第.{1,4}[章回节])"
)
_COLUMNS = re.compile(r"\S(?:\t|\s{3,})\S")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
_UNIT = re.compile(rf"[^\s{_WIDE}-\U0010ffff]+|\S[{_CLOSING}]*")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


class Line(NamedTuple):
    """A line as it takes part in wrapping: its words without indentation and quotation marks of e-mails."""

    text: str
    bare: str
    indent: int
    quoted: int
    language: Language


class Unwrapped(NamedTuple):
    """A text with its paragraphs put together.

    Attributes:
        text: the text; what is no wrapped paragraph is as it was.
        joined: how many line ends are gone.
        places: for each line of `text` the number of the line, from 1, where it began before.
    """

    text: str
    joined: int
    places: tuple[int, ...]


Measure = Callable[[str], int]
Full = Callable[[Line, Line], bool]
"""Whether a line is so full that the next one's first word did not fit."""


def unwrap(text: str) -> Unwrapped:
    """The text, its wrapped paragraphs in one line each; the very same text if it is not wrapped."""
    lines = _read(text.split("\n"))
    margins = {language: margin for language in ("zh", "en") if (margin := _margin(lines, language))}
    if not margins:
        return Unwrapped(text, 0, tuple(range(1, len(lines) + 1)))

    def full(line: Line, following: Line) -> bool:
        margin = margins.get(line.language)
        return margin is not None and margin(line, following)

    return _joined(lines, full, _says_where_paragraphs_begin(lines))


def unwrap_printed(lines: Sequence[str]) -> list[str]:
    """Paragraphs of printed lines, of which no two letters are equally wide: a line counts as full from a
    share of the longest ones on."""
    read = _read(lines)
    widths = {language: _full_width(read, language) for language in ("zh", "en", "other")}

    def full(line: Line, following: Line) -> bool:
        room = widths[line.language] / _FULL - len(line.bare)
        if _ENDS.search(line.bare):
            return line.language == "en" and room < 1 + len(following.bare.partition(" ")[0])
        return len(line.bare) >= widths[line.language] or following.bare[0].islower()

    return _joined(read, full, False).text.split("\n")


def _full_width(lines: Sequence[Line], language: Language) -> float:
    lengths = sorted(len(line.bare) for line in lines if line.language == language)
    return _FULL * lengths[int(0.9 * (len(lengths) - 1))] if len(lengths) > 1 else float("inf")


def _read(texts: Sequence[str]) -> list[Line]:
    lines = [_line(text) for text in texts]
    for at in range(1, len(lines) - 1):
        before, line, after = lines[at - 1 : at + 2]
        inside = line.language != before.language == after.language and not _ENDS.search(before.bare)
        # A line full of foreign names in the middle of a paragraph belongs to it.
        if inside and before.bare and _mixed(line.bare):
            lines[at] = line._replace(language=before.language)
    return lines


def _line(text: str) -> Line:
    match = _QUOTED.match(text)
    inner = text[match.end() :] if match else text
    bare = inner.strip()
    indent = len(inner) - len(inner.lstrip())
    return Line(text, bare, indent, match[0].count(">") if match else 0, classify(bare) if bare else "other")


def _mixed(text: str) -> bool:
    return any(char >= _WIDE for char in text) and any(char.isascii() and char.isalpha() for char in text)


def _margin(lines: Sequence[Line], language: Language) -> Full | None:
    """What tells a full line in one language from others, if its lines are broken at a margin."""
    breaks = [(one, two) for one, two in pairwise(lines) if _run(one, two, language)]
    found = [_best(breaks, measure, language) for measure in (_columns, len)]
    width, hits, measure = max(found, key=lambda one: one[1])
    if not _convincing(breaks, hits, width, measure, language):
        return None

    def full(line: Line, following: Line) -> bool:
        start, end = _room(line, following, measure)
        if _hits((start, end), width):
            return True
        torn = not _ENDS.search(line.bare) and following.bare[0].islower()
        return torn and start <= width and end > _NEARLY * width

    return full


def _run(one: Line, two: Line, language: Language) -> bool:
    spoken = one.bare and two.bare and one.language == two.language == language
    return bool(spoken) and one.quoted == two.quoted and not _COLUMNS.search(one.bare)


def _best(
    breaks: Sequence[tuple[Line, Line]], measure: Measure, language: Language
) -> tuple[int, int, Measure]:
    """The width of the page at which most lines are broken where the next word did not fit and fewest are too
    long for it, and how many are broken so."""
    steps, longer = [0] * (_WIDEST + 2), [0] * (_WIDEST + 2)
    for one, two in breaks:
        start, end = _room(one, two, measure)
        longer[min(start, _WIDEST + 1)] += 1
        if start <= _WIDEST:
            steps[start] += 1
            steps[min(end, _WIDEST + 1)] -= 1
    counts, shorter = list(accumulate(steps)), list(accumulate(longer))
    narrowest = _NARROWEST[language] // (1 if language == "en" or measure is _columns else 2)
    width = max(range(narrowest, _WIDEST + 1), key=lambda one: (counts[one] + shorter[one], counts[one], one))
    return width, counts[width], measure


def _room(line: Line, following: Line, measure: Measure) -> tuple[int, int]:
    """The widths between which a page breaks the line here: what it holds, and what it would have held."""
    whole = measure(line.text.rstrip())
    # Chinese marks may hang over the margin.
    hung = measure(line.bare[-1]) if line.bare[-1] in _CLOSING and line.language == "zh" else 0
    unit = _UNIT.match(following.bare)
    more = measure(unit[0]) if unit else 1
    space = line.bare[-1] < _WIDE and following.bare[0] < _WIDE
    return whole - hung, whole + more + space


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _convincing(
    breaks: Sequence[tuple[Line, Line]], hits: int, width: int, measure: Measure, language: Language
) -> bool:
    """Whether the lines are broken at this width, in the middle of what they say, and not as verse is."""
    full = [(one, two) for one, two in breaks if _hits(_room(one, two, measure), width)]
    open_ = [(one, two) for one, two in full if _OPEN.search(one.bare) and not _ITEM.match(two.bare)]
    lower = sum(language == "zh" or not two.bare[0].isupper() for _, two in open_)
    unexplained = sum(_unexplained(block, width, measure) for block in _blocks(breaks))
    sure = hits == len(open_) == lower and not unexplained
    return (
        hits >= (_ENOUGH - 1 if sure else _ENOUGH)
        and hits >= _MOSTLY * (hits + unexplained)
        and hits >= _SELDOM * len(breaks)
        and len(open_) >= _MOSTLY * hits
        and lower >= _MOSTLY * len(open_)
        and not _metrical([one.bare for one, _ in full])
    )


def _blocks(breaks: Sequence[tuple[Line, Line]]) -> Iterator[list[tuple[Line, Line]]]:
    """Breaks by the stretches of lines that they lie in."""
    block: list[tuple[Line, Line]] = []
    for one in breaks:
        if block and block[-1][1] is not one[0]:
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def _unexplained(block: Sequence[tuple[Line, Line]], width: int, measure: Measure) -> int:
    """How many lines end early in the middle of a sentence; none in verse that stands between paragraphs."""
    full = [_hits(_room(one, two, measure), width) for one, two in block]
    early = sum(not hit and not _ENDS.search(one.bare) for hit, (one, _) in zip(full, block, strict=True))
    return early if any(full) or len(block) < _ENOUGH else 0


def _hits(room: tuple[int, int], width: int) -> bool:
    return room[0] <= width < room[1]


def _metrical(lines: Sequence[str]) -> bool:
    """Whether most lines have their marks and gaps at the very same places, as verse with a caesura has."""
    places = Counter(
        tuple(at for at, char in enumerate(line[:-1]) if char >= "\u3000" and not char.isalnum())
        for line in lines
    )
    del places[()]
    return bool(places) and places.most_common(1)[0][1] >= _MOSTLY * len(lines)


def _says_where_paragraphs_begin(lines: Sequence[Line]) -> bool:
    """Whether blank lines or indentation part the paragraphs, so that a full line never ends one unseen."""
    inside = range(1, len(lines) - 1)
    return any(not lines[at].bare or lines[at].indent > lines[at + 1].indent for at in inside)


def _joined(lines: Sequence[Line], full: Full, marked: bool) -> Unwrapped:
    parts: list[list[str]] = []
    places: list[int] = []
    words = {word.casefold() for line in lines for word in _WORD.findall(line.bare)}
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is not None and _goes_on(before, line, full, marked):
            parts[-1][-1:] = _parted(parts[-1][-1].rstrip(), line.bare, words)
        else:
            parts.append([line.text])
            places.append(at + 1)
    text = "\n".join("".join(part) for part in parts)
    return Unwrapped(text, len(lines) - len(parts), tuple(places))


def _goes_on(line: Line, following: Line, full: Full, marked: bool) -> bool:
    if not line.bare or not following.bare or line.quoted != following.quoted:
        return False
    if following.language not in (line.language, "other") or _ITEM.match(following.bare):
        return False
    if _COLUMNS.search(line.bare) or _COLUMNS.search(following.bare):
        return False
    if following.indent > line.indent and not _ITEM.match(line.bare):
        return False
    ended = _ENDS.search(line.bare) and following.bare[0] not in _CLOSING
    if ended and line.language == "zh" and not marked:
        return False
    return full(line, following)


def _parted(held: str, line: str, words: set[str]) -> tuple[str, str]:
    """Two lines as the pieces of one. A hyphen between them stays if the text has that word elsewhere."""
    left = _WORD.search(held[:-1].rpartition(" ")[2])
    if held.endswith("-") and line[0].islower() and held[-2:-1].isalpha() and left:
        right = _WORD.match(line)
        kept = f"{left[0]}-{right[0]}".casefold() if right else ""
        return (held if kept in words else held[:-1]), line
    cut = held[-1].isdecimal() and line[0].isdecimal() and any(char >= _WIDE for char in held)
    return (held if cut or _meet(held, line) else f"{held} "), line


def _meet(held: str, line: str) -> bool:
    """Whether nothing stands between two lines; marks that both languages have go by what is behind them."""
    before, after = held.rstrip(_MARKS)[-1:] or held[-1], line.lstrip(_MARKS)[:1] or line[0]
    wide = held[-1] >= _WIDE or line[0] >= _WIDE or (before >= _WIDE and after >= _WIDE)
    return wide or held.endswith("--") or line.startswith("--")
