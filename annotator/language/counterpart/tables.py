"""Countries, places and people that the program knows by name in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from annotator.core.resources import resource
from annotator.language.script import simplified

FILES = ("countries", "places", "people")
SUFFIXES = "省市州县縣区區岛島镇鎮郡"


class Entry(NamedTuple):
    """Names of one thing; `demonyms` are its adjectives and people in English."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    demonyms: tuple[str, ...]
    person: bool


class Found(NamedTuple):
    """Where a name stands in a text, and the numbers of the entries that it may mean."""

    start: int
    end: int
    entries: frozenset[int]
    demonym: bool = False

    @property
    def person(self) -> bool:
        """Whether all that it may mean are people."""
        return all(entries()[number].person for number in self.entries)


@cache
def entries() -> tuple[Entry, ...]:
    """Every row of the tables; what the Unicode consortium and we say of one place is one entry."""
    cldr = {name: number for number, row in enumerate(_cldr("territory")) for name in row.zh}
    joined: dict[int, Entry] = dict(enumerate(_cldr("territory")))
    more: list[Entry] = []
    for one in _ours():
        number = next((cldr[name] for name in one.zh if name in cldr and not one.person), None)
        if number is None:
            more.append(one)
        else:
            joined[number] = _joined(joined[number], one)
    return (*joined.values(), *more)


def _joined(one: Entry, other: Entry) -> Entry:
    zh, en = dict.fromkeys((*one.zh, *other.zh)), dict.fromkeys((*one.en, *other.en))
    return Entry(tuple(zh), tuple(en), one.demonyms + other.demonyms, False)


def _ours() -> Iterator[Entry]:
    for name in FILES:
        for line in _lines(f"{name}.tsv"):
            zh, en, *more = line.split("\t")
            demonyms = _listed(more[0]) if more else ()
            yield Entry(tuple(map(simplified, zh.split())), _listed(en), demonyms, name == "people")


@cache
def _cldr(kind: str) -> tuple[Entry, ...]:
    """`resources/names/cldr.tsv`, compiled by `scripts/cldr.py`."""
    rows = (line.split("\t") for line in _lines("cldr.tsv") if line.startswith(kind))
    return tuple(
        Entry(tuple(dict.fromkeys(map(simplified, zh.split(";")))), _listed(en), (), False)
        for _, zh, en in rows
    )


def _lines(name: str) -> list[str]:
    return resource("names", name).read_text(encoding="utf-8").splitlines()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(plain(part.strip()) for part in text.split(";") if part.strip())


def plain(text: str) -> str:
    """Straight apostrophes, the length kept."""
    return text.replace("’", "'")


@cache
def _zh_index() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    index: dict[str, set[int]] = {}
    for number, entry in enumerate(entries()):
        for name in entry.zh:
            index.setdefault(name, set()).add(number)
    longest = sorted((name for name in index if len(name) > 1), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))
    return pattern, {name: frozenset(numbers) for name, numbers in index.items()}


@cache
def _en_index() -> tuple[re.Pattern[str], dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    names: dict[str, set[int]] = {}
    demonyms: dict[str, set[int]] = {}
    for number, entry in enumerate(entries()):
        for name in entry.en:
            names.setdefault(name, set()).add(number)
        for name in entry.demonyms:
            demonyms.setdefault(name, set()).add(number)
    longest = sorted({*names, *demonyms}, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    frozen = [{name: frozenset(numbers) for name, numbers in index.items()} for index in (names, demonyms)]
    return pattern, frozen[0], frozen[1]


def in_chinese(text: str) -> list[Found]:
    """Names of two and more characters in a Chinese text, the longest first where they overlap."""
    pattern, index = _zh_index()
    text = simplified(text)
    return [Found(match.start(), match.end(), index[match[0]]) for match in pattern.finditer(text)]


def in_english(text: str) -> list[Found]:
    """Names in an English text, the longest first where they overlap."""
    pattern, names, demonyms = _en_index()
    found = []
    for match in pattern.finditer(plain(text)):
        numbers = names.get(match[0])
        found.append(Found(*match.span(), numbers or demonyms[match[0]], numbers is None))
    return found


def alike_formal(chinese: str, english: str) -> bool:
    """Whether both are a state's full name (or its initials), or neither."""
    full = bool(re.search("共和国|共和國|合众国|合眾國|王国|王國|联邦|聯邦|民国|民國", chinese))
    return full == bool(re.search(r"Republic|Kingdom|Federation|\A[A-Z]{3,}\Z|of America", english))


def of_chinese(name: str) -> frozenset[int]:
    """The entries that a whole Chinese mention may mean; a word for its kind may be there or not."""
    name = re.sub("[•·・‧∙]", "·", simplified(name.strip()))
    index = _zh_index()[1]
    found = index.get(name) or index.get(name.replace("·", ""))
    if found is None and len(name) > 2 and name[-1] in SUFFIXES:
        found = index.get(name[:-1])
    return found or frozenset()


def of_english(name: str) -> frozenset[int]:
    """The entries that a whole English mention may mean."""
    name = plain(name.strip())
    names = _en_index()[1]
    return names.get(name) or names.get(name.removeprefix("the ").removeprefix("The ")) or frozenset()


@cache
def surnames() -> frozenset[str]:
    """Chinese family names of one character, simplified and traditional."""
    return frozenset(resource("names", "surnames.txt").read_text(encoding="utf-8").replace("\n", ""))


@cache
def kinds() -> dict[str, tuple[str, ...]]:
    """Chinese words that end a place name, longest first, and the English ones that may render them."""
    return _word_table("kinds")


@cache
def titles() -> dict[str, tuple[str, ...]]:
    """Chinese words of kinship and courtesy, longest first, and the English ones that may render them."""
    return _word_table("titles")


@cache
def kind_words() -> frozenset[str]:
    """The English words of kind, kinship and courtesy."""
    return frozenset(word for words in (*kinds().values(), *titles().values()) for word in words)


def _word_table(name: str) -> dict[str, tuple[str, ...]]:
    rows = (line.partition("\t") for line in _lines(f"{name}.tsv"))
    found = {simplified(chinese): tuple(english.split()) for chinese, _, english in rows}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
