"""What an imported text is made of: which lines are Chinese, English, titles, or belong to neither side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from annotator.language.boilerplate import boilerplate
from annotator.language.script import classify

Role = Literal["zh", "en", "title-zh", "title-en", "aside", "blank"]
Arrangement = Literal["blocks", "interleaved-paragraphs", "interleaved-lines", "zh-only", "en-only", "empty"]

_LONGEST_TITLE_ZH = 40
_LONGEST_TITLE_EN = 20
_STRAYS_TOLERATED = 0.1


class Line(NamedTuple):
    """One line of the imported text.

    Attributes:
        number: counted from 1.
        text: the line as it is, without its newline.
        role: the side it belongs to; "aside" belongs to neither.
        reason: for an aside, the catalog key that says why; else empty.
    """

    number: int
    text: str
    role: Role
    reason: str = ""


class Layout(NamedTuple):
    """How the two languages are laid out, and every line of the text in order."""

    arrangement: Arrangement
    lines: tuple[Line, ...]


def understand(text: str) -> Layout:
    """The layout of an imported text, whose line ends are newlines."""
    lines = [_read(number, line) for number, line in enumerate(text.split("\n"), 1)]
    arrangement = _arrangement(lines)
    if arrangement == "blocks":
        lines = _set_strays_aside(lines)
    return Layout(arrangement, tuple(_mark_titles(lines)))


def sides(layout: Layout) -> tuple[list[Line], list[Line]]:
    """The Chinese and the English lines in order, titles included."""
    zh = [line for line in layout.lines if line.role in ("zh", "title-zh")]
    en = [line for line in layout.lines if line.role in ("en", "title-en")]
    return zh, en


def _read(number: int, text: str) -> Line:
    bare = text.strip()
    if not bare:
        return Line(number, text, "blank")
    reason = boilerplate(bare)
    if reason:
        return Line(number, text, "aside", reason)
    language = classify(bare)
    if language == "other":
        letters = any(char.isalpha() for char in bare)
        return Line(number, text, "aside", "language.aside.script" if letters else "language.aside.symbols")
    return Line(number, text, language)


def _arrangement(lines: Sequence[Line]) -> Arrangement:
    spoken = [line for line in lines if line.role in ("zh", "en")]
    roles = [line.role for line in spoken]
    if not roles:
        return "empty"
    if "en" not in roles:
        return "zh-only"
    if "zh" not in roles:
        return "en-only"
    runs = [len(list(group)) for _, group in groupby(roles)]
    if len(runs) == 2 or _strays(roles) <= len(roles) * _STRAYS_TOLERATED or _trails(runs):
        return "blocks"
    return "interleaved-paragraphs" if _by_paragraph(lines, runs) else "interleaved-lines"


def _trails(runs: Sequence[int]) -> bool:
    """Two blocks of like length, then one line in the first block's language."""
    return len(runs) == 3 and runs[2] == 1 and min(runs[:2]) >= 2 and max(runs[:2]) <= 2 * min(runs[:2])


def _best_cut(roles: Sequence[str]) -> tuple[int, str, int]:
    """Where two blocks part best, the first one's language, and how many lines then are strays."""
    best = (0, "zh", len(roles))
    for first in ("zh", "en"):
        wrong = sum(role == first for role in roles)
        for cut, role in enumerate(roles, 1):
            wrong += -1 if role == first else 1
            if wrong < best[2]:
                best = (cut, first, wrong)
    return best


def _strays(roles: Sequence[str]) -> int:
    return _best_cut(roles)[2]


def _by_paragraph(lines: Sequence[Line], runs: Sequence[int]) -> bool:
    """Whether blank lines, rather than every line's end, part the languages."""
    paragraphs = [
        [line.role for line in group if line.role in ("zh", "en")]
        for blank, group in groupby(lines, key=lambda line: line.role == "blank")
        if not blank
    ]
    paragraphs = [roles for roles in paragraphs if roles]
    if len(paragraphs) == 1:
        return sum(runs) > 1.5 * len(runs)
    alike = sum(len(set(roles)) == 1 for roles in paragraphs)
    return alike > len(paragraphs) / 2


def _set_strays_aside(lines: Sequence[Line]) -> list[Line]:
    spoken = [line for line in lines if line.role in ("zh", "en")]
    cut, first, _ = _best_cut([line.role for line in spoken])
    second = "en" if first == "zh" else "zh"
    strays = {line.number for at, line in enumerate(spoken) if line.role != (first if at < cut else second)}
    return [
        Line(line.number, line.text, "aside", "language.aside.stray") if line.number in strays else line
        for line in lines
    ]


def _mark_titles(lines: Sequence[Line]) -> list[Line]:
    zh = [line for line in lines if line.role == "zh"]
    en = [line for line in lines if line.role == "en"]
    zh_title = len(zh) > 1 and _titles_zh(zh[0].text)
    en_title = len(en) > 1 and _titles_en(en[0].text, beside_title=zh_title)
    titles: dict[int, Role] = {}
    if zh_title:
        titles[zh[0].number] = "title-zh"
    if en_title:
        titles[en[0].number] = "title-en"
    return [line._replace(role=titles.get(line.number, line.role)) for line in lines]


def _titles_zh(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= _LONGEST_TITLE_ZH and bare.rstrip("”’」』）)\"'")[-1:] not in tuple(
        "。！？；：，…!?;:,."
    )


def _titles_en(text: str, *, beside_title: bool) -> bool:
    """A short line without a stop; beside a Chinese title a stop does not matter (`Candid. Calm.`)."""
    bare = text.strip()
    short = len(bare.split()) <= _LONGEST_TITLE_EN
    return short and (beside_title or bare.rstrip("”’)\"'")[-1:] not in tuple(".!?;:,…"))
