"""Parts of names that were linked as wholes: a surname, a given name, one part of a name with dots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from annotator.language.counterpart.candidate import Knowledge
from annotator.language.counterpart.native import spells, surname_of

_DOTS = re.compile(r"[•·・‧∙]")
_MOST_WORDS = 4


def english_parts(known: Knowledge) -> Mapping[str, Sequence[str]]:
    """By a Chinese name or a part of one, what else than the linked name may be said in English."""
    return _parts(known)[0]


def chinese_parts(known: Knowledge) -> Mapping[str, Sequence[str]]:
    """By an English name or a part of one, what else than the linked name may be said in Chinese."""
    return _parts(known)[1]


def _parts(known: Knowledge) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    found: tuple[dict[str, list[str]], dict[str, list[str]]] | None = known.memory.get("parts")
    if found is not None:
        return found
    by_zh: dict[str, list[str]] = {}
    by_en: dict[str, list[str]] = {}
    for chinese, names in known.linked.items():
        for name in names:
            for zh, en in _of_name(chinese, name):
                by_zh.setdefault(zh, []).append(en)
                by_en.setdefault(en, []).append(zh)
    known.memory["parts"] = by_zh, by_en
    return by_zh, by_en


def _of_name(chinese: str, name: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    pieces = [piece for piece in _DOTS.split(chinese) if piece]
    if not 2 <= len(words) <= _MOST_WORDS:
        return
    if len(pieces) > 1:
        yield pieces[-1], words[-1]
        yield pieces[0], words[0]
        yield chinese, words[-1]
        yield pieces[-1], name
        return
    surname = surname_of(chinese)
    for surname_word, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        if surname and spells(surname, surname_word):
            yield chinese, surname_word
            yield chinese, " ".join(given)
            if len(chinese) - len(surname) > 1:
                yield chinese[len(surname) :], " ".join(given)
                yield chinese[len(surname) :], name
            return
