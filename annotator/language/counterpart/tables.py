"""Countries, places and people that the program knows by name in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from annotator.core.resources import resource
from annotator.language.script import simplified

_TOKEN = re.compile(r"(?<!\w)\w+")
FILES = ("countries", "places", "people")
SUFFIXES = "省市州县縣区區岛島镇鎮郡村乡鄉寨"


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
    names = [plain(part.strip()) for part in text.split(";") if part.strip()]
    return tuple(dict.fromkeys((*names, *(name.replace("St. ", "St ") for name in names))))


def plain(text: str) -> str:
    """Straight apostrophes, the length kept."""
    return text.replace("’", "'")


class _Index(NamedTuple):
    """Names with the numbers of their entries, and by what they begin with, the longest first."""

    numbers: dict[str, frozenset[int]]
    begins: dict[str, list[str]]


def _index(names: Iterable[tuple[str, int]], head: Callable[[str], str]) -> _Index:
    numbers: dict[str, set[int]] = {}
    for name, number in names:
        numbers.setdefault(name, set()).add(number)
    begins: dict[str, list[str]] = {}
    for name in sorted(numbers, key=len, reverse=True):
        begins.setdefault(head(name), []).append(name)
    return _Index({name: frozenset(found) for name, found in numbers.items()}, begins)


@cache
def _zh_index() -> _Index:
    return _index(((name, n) for n, entry in enumerate(entries()) for name in entry.zh), lambda name: name[0])


@cache
def _en_index() -> _Index:
    return _index(((name, n) for n, entry in enumerate(entries()) for name in entry.en), _first_word)


@cache
def _demonym_index() -> _Index:
    return _index(((name, n) for n, entry in enumerate(entries()) for name in entry.demonyms), _first_word)


def _first_word(name: str) -> str:
    match = _TOKEN.match(name)
    return match[0] if match else ""


@lru_cache(maxsize=512)
def in_chinese(text: str) -> tuple[Found, ...]:
    """Names of two and more characters in a Chinese text, the longest first where they overlap."""
    numbers, begins = _zh_index()
    text = simplified(text)
    found = []
    done = 0
    for at, char in enumerate(text):
        if at < done:
            continue
        for name in begins.get(char, ()):
            if len(name) > 1 and text.startswith(name, at):
                done = at + len(name)
                found.append(Found(at, done, numbers[name]))
                break
    return tuple(found)


@lru_cache(maxsize=512)
def in_english(text: str) -> tuple[Found, ...]:
    """Names in an English text, the longest first where they overlap."""
    text = plain(text)
    found = []
    done = 0
    for token in _TOKEN.finditer(text):
        one = _at(text, token.start(), token[0]) if token.start() >= done else None
        if one:
            done = one.end
            found.append(one)
    return tuple(found)


def _at(text: str, start: int, token: str) -> Found | None:
    """The longest name or demonym that begins at a word; of equals the name."""
    best: Found | None = None
    for index, demonym in ((_en_index(), False), (_demonym_index(), True)):
        for name in index.begins.get(token, ()):
            end = start + len(name)
            if text.startswith(name, start) and not (end < len(text) and _is_word(text[end])):
                if best is None or end > best.end:
                    best = Found(start, end, index.numbers[name], demonym)
                break
    return best


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def alike_formal(chinese: str, english: str) -> bool:
    """Whether both are a state's full name (or its initials), or neither."""
    full = bool(re.search("共和国|共和國|合众国|合眾國|王国|王國|联邦|聯邦|民国|民國", chinese))
    return full == bool(re.search(r"Republic|Kingdom|Federation|\A[A-Z]{3,}\Z|of America", english))


def of_chinese(name: str) -> frozenset[int]:
    """The entries that a whole Chinese mention may mean; a word for its kind may be there or not."""
    name = re.sub("[•·・‧∙]", "·", simplified(name.strip()))
    index = _zh_index().numbers
    found = index.get(name) or index.get(name.replace("·", ""))
    if found is None and len(name) > 2 and name[-1] in SUFFIXES:
        found = index.get(name[:-1])
    return found or frozenset()


def of_english(name: str) -> frozenset[int]:
    """The entries that a whole English mention may mean."""
    name = plain(name.strip())
    names = _en_index().numbers
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
