"""Names of Chinese people in Latin letters, by their shape: a family name, and a syllable for each character.

What is spelt in another dialect, or known by the family name alone, does not sound like Mandarin; its family
name and its length still tell where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.language.counterpart.sound import likeness
from annotator.language.counterpart.tables import surnames
from annotator.language.pinyin import spellings
from annotator.language.script import simplified

_COMPOUND_NAMES = "欧阳 司马 诸葛 上官 司徒 夏侯 皇甫 尉迟 公孙 令狐 慕容 端木 南宫 东方 独孤 轩辕 长孙 宇文"
_COMPOUND = frozenset(_COMPOUND_NAMES.split())
_VOWELS = re.compile(r"[aeiou]+|(?<![aeiou])y(?![aeiou])")
# What follows a name, and is hardly ever the last part of one.
_FOLLOWING_CHARS = (
    "说說道是在的了和与與及、，。；：！？“”‘’（）()「」『』《》曾也于於把从從被将將对對有回笑出来來去到为為给給让讓就"
    "都还還又很不没沒最已才只却卻则則会會能要想看走站坐拿带帶写寫告问問答叫称稱等向跟同那这這他她我你一两兩之所上下里裡"
)
_FOLLOWS = frozenset(_FOLLOWING_CHARS)
# What follows a family name by itself.
_ROLE_WORDS = """
    先生 女士 小姐 太太 夫人 老师 老師 老板 老闆 师傅 師傅 教授 医生 醫生 博士 大夫 经理 經理 总统 總統 总理
    總理 主席 主任 部长 部長 市长 市長 省长 省長 县长 縣長 校长 校長 院长 院長 局长 局長 队长 隊長 导演 導演
    律师 律師 同志 将军 將軍 上校 神父 牧师 牧師 法师 法師 院士 书记 書記 老太 工 总 總 姐 哥 叔 伯 姨
    嫂 婶 爷 老 家
"""
_ROLES = tuple(_ROLE_WORDS.split())
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WHOLE, _ALIKE_WHOLE, _ALIKE = 0.78, 0.2, 0.33
_WESTERN, _SURNAME_ONLY, _GIVEN_ONLY = 0.62, 0.7, 0.9


class Native(NamedTuple):
    """A stretch of a Chinese text that may be the name, and how likely that is."""

    start: int
    end: int
    score: float


@lru_cache(maxsize=8192)
def syllables(latin: str) -> int:
    """How many characters a Latin spelling of a Chinese name stands for."""
    parts = re.findall(r"[a-z]+", latin.lower().replace("’", "'"))
    return sum(max(1, len(_VOWELS.findall(part))) for part in parts)


def surname_of(name: str) -> str:
    """The family name that a Chinese name begins with; empty if there is none, or it is too long or short."""
    name = simplified(name)
    if 3 <= len(name) <= 4 and name[:2] in _COMPOUND:
        return name[:2]
    return name[:1] if 2 <= len(name) <= 4 and name[:1] in surnames() else ""


def spells(surname: str, latin: str) -> bool:
    """Whether Latin letters may spell a family name, of one character or of two."""
    latin = latin.lower()
    if len(surname) == 1:
        return latin in spellings(surname)
    return any(
        latin[:at] in spellings(surname[0]) and latin[at:] in spellings(surname[1])
        for at in range(1, len(latin))
    )


def native_likeness(name: str, words: Sequence[str]) -> float:
    """How well the words may be a Chinese person's whole name, family name or given name; else 0."""
    surname = surname_of(name)
    if not surname or not words:
        return 0.0
    given = name[len(surname) :]
    if len(words) == 1:
        alone = _SURNAME_ONLY if spells(surname, words[0]) else 0.0
        return max(alone, _GIVEN_ONLY * likeness(given, words[0]) if len(given) > 1 else 0.0)
    rest = " ".join(words[1:])
    if spells(surname, words[0]) and syllables(rest) == len(given):
        return _WHOLE + _ALIKE_WHOLE * max(0.0, likeness(given, rest))
    if spells(surname, words[-1]):
        rest = " ".join(words[:-1])
        if _INITIALS.fullmatch(rest):
            return _WHOLE if rest.count(".") == len(given) else _WESTERN
        return _WESTERN + _ALIKE * max(0.0, likeness(given, rest)) * (syllables(rest) == len(given))
    return _GIVEN_ONLY * likeness(given, " ".join(words)) if len(given) > 1 else 0.0


def native_stretches(zh: str, words: Sequence[str], edges: Collection[int] = ()) -> Iterator[Native]:
    """Where a Chinese text may have the name of a Chinese person that the words spell.

    Args:
        edges: where known words begin and end.
    """
    text = simplified(zh)
    for at, char in enumerate(text):
        surname = text[at : at + 2] if text[at : at + 2] in _COMPOUND else char
        if char in surnames() or surname in _COMPOUND:
            yield from _beginning(text, at, surname, words, edges)


def _beginning(
    text: str, at: int, surname: str, words: Sequence[str], edges: Collection[int]
) -> Iterator[Native]:
    behind = at + len(surname)
    if len(words) == 1:
        if spells(surname, words[0]):
            yield from _alone(text, at, behind, edges)
        return
    rest = " ".join(words[1:])
    size = syllables(rest)
    if spells(surname, words[0]) and size <= 2 and _all_han(text, behind, size):
        alike = max(0.0, likeness(text[behind : behind + size], rest))
        yield Native(at, behind + size, _WHOLE + _ALIKE_WHOLE * alike)
    elif spells(surname, words[-1]) and len(words) < 4 and (end := _end(text, behind, edges)):
        rest = " ".join(words[:-1])
        alike = likeness(text[behind:end], rest) if syllables(rest) == end - behind else 0.0
        yield Native(at, end, _WESTERN + _ALIKE * max(0.0, alike))


def native_names(zh: str, edges: Collection[int]) -> list[tuple[int, int]]:
    """Where a text seems to have whole names of Chinese people, between known words."""
    text = simplified(zh)
    found: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char in surnames() and at in edges and not (found and at < found[-1][1]):
            end = _end(text, at + 1)
            if end and end in edges and not any(inner in edges for inner in range(at + 1, end)):
                found.append((at, end))
    return found


def _alone(text: str, at: int, behind: int, edges: Collection[int]) -> Iterator[Native]:
    """A family name by itself stands before a title; else the whole name is said."""
    if text[behind : behind + 1] == "氏":
        yield Native(at, behind + 1, _SURNAME_ONLY + 0.2)
    elif text.startswith(_ROLES, behind):
        yield Native(at, behind, _SURNAME_ONLY + 0.2)
    elif end := _end(text, behind, edges):
        yield Native(at, end, _SURNAME_ONLY)


def _end(text: str, behind: int, edges: Collection[int] = ()) -> int:
    """Where a given name ends that begins at `behind`: it has two characters, or one; 0 if there is none."""
    if not _all_han(text, behind, 1) or text[behind] in _FOLLOWS:
        return 0
    single = behind + 1 in edges and behind + 2 not in edges
    if single or not _all_han(text, behind, 2) or text[behind + 1] in _FOLLOWS:
        return behind + 1
    return behind + 2


def _all_han(text: str, start: int, size: int) -> bool:
    part = text[start : start + size]
    return len(part) == size and all(map(_HAN.match, part))
