"""The tables of words and names under `resources/gazetteer`, each read once, when first asked for.

What a word costs is the negative logarithm of how often it is met: the cheapest way to cut a sentence is the
likeliest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from annotator.core.resources import resource
from annotator.language.counterpart.tables import entries

# All words of the corpus that jieba counted, as a logarithm; a level is half a step of the binary one.
_ALL = 17.9
_LEVEL = 0.34657
_SELDOM = 12.0


class Word(NamedTuple):
    """What is known of a Chinese word: its cost in nats, and its kind.

    Kinds: P place, H person, S transliterated name, n noun, v verb, a adjective, d adverb, p preposition or
    conjunction, u particle, r pronoun, f position, m number or measure, t time, i idiom, x rare character,
    s family name, w and g what is a name beside a title only.
    """

    cost: float
    kind: str


class Chinese(NamedTuple):
    """Chinese words and characters, and how long words can be that begin with two characters."""

    words: dict[str, Word]
    longest: dict[str, int]


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in resource("gazetteer", name).read_text(encoding="utf-8").splitlines():
        key, _, members = line.partition("\t")
        yield key, members.split(" ")


@cache
def chinese() -> Chinese:
    """All Chinese words, simplified."""
    words: dict[str, Word] = {}
    for name, kind in (("zh_spelt", "S"), ("zh_people", "H"), ("zh_places", "P"), ("zh_words", "")):
        for key, members in _rows(f"{name}.tsv"):
            level = int(key if kind else key[1:])
            word = Word(_ALL - _LEVEL * level, kind or key[0])
            words.update(dict.fromkeys(members, word))
    words.update(_bilingual(words))
    for cue in ("role", "title", "speech", "organisation"):
        for name in cues()[cue]:
            words.setdefault(name, Word(_SELDOM, "n"))
    longest: dict[str, int] = {}
    for each in words:
        if len(each) > 2 and longest.get(each[:2], 0) < len(each):
            longest[each[:2]] = len(each)
    return Chinese(words, longest)


def _bilingual(words: dict[str, Word]) -> Iterator[tuple[str, Word]]:
    """The names that the program knows in both languages."""
    for entry in entries():
        for name in entry.zh:
            if len(name) > 1 and name not in cues()["no_place"]:
                cost = words[name].cost if name in words else _SELDOM
                yield name, Word(cost, "H" if entry.person else "P")


@cache
def characters() -> dict[str, dict[str, float]]:
    """For each role in a name, what a character costs in nats; `surname` has some of two characters."""
    roles: dict[str, dict[str, float]] = {}
    for key, members in _rows("zh_characters.tsv"):
        role, cost = key.split(" ")
        roles.setdefault(role, {}).update(dict.fromkeys(members, int(cost) / 10))
    return roles


@cache
def traditional() -> dict[int, str]:
    """For `str.translate`: every traditional character that has one simplified form."""
    old, new = resource("gazetteer", "traditional.txt").read_text(encoding="utf-8").split()
    return {ord(char): simple for char, simple in zip(old, new, strict=True)}


@cache
def cues() -> dict[str, frozenset[str]]:
    """Chinese words that stand beside names, by what they tell."""
    return {key: frozenset(members) for key, members in _rows("zh_cues.tsv")}


class EnglishPlaces(NamedTuple):
    """Places in small letters, one space between words, and how many words names have by their first one.

    Kinds of places: country or region, state (abbreviated), county, big, town, mixed (a word or a given name
    as well).
    """

    names: dict[str, str]
    longest: dict[str, int]


@cache
def english_cues() -> dict[str, frozenset[str]]:
    """English words that stand in names or beside them, by what they tell."""
    return {key: frozenset(members) for key, members in _rows("en_cues.tsv")}


@cache
def common_words() -> frozenset[str]:
    """English words, the inflected ones left out."""
    return frozenset(resource("gazetteer", "en_words.txt").read_text(encoding="utf-8").split())


@cache
def demonyms() -> frozenset[str]:
    """Adjectives and peoples of places, in small letters."""
    return frozenset(name.lower() for entry in entries() for name in entry.demonyms)


@cache
def english_people() -> dict[str, str]:
    """Names of people in small letters, with `given often`, `family rare` and the like."""
    people: dict[str, str] = {}
    for key, members in _rows("en_people.tsv"):
        for name in members:
            low = name.lower()
            people[low] = f"{people[low]}, {key}" if low in people else key
    return people


# The sizes are decimal logarithms: what a million people live in is a place first of all.
def _place_kind(kind: str, size: str) -> str:
    if kind in ("city", "mixed") and size > "5":
        return "big"
    if kind == "city":
        return "town"
    return "country" if kind == "state" else kind


@cache
def english_places() -> EnglishPlaces:
    """All places that are known in English."""
    names: dict[str, str] = {}
    for key, members in _rows("en_places.tsv"):
        kind = _place_kind(*key.split(" "))
        names.update((name.replace("_", " ").lower(), kind) for name in members)
    for entry in entries():
        if not entry.person:
            names.update((name.lower(), "country") for name in entry.en)
    names.update(dict.fromkeys(english_cues()["states"], "state"))
    names.update(dict.fromkeys(english_cues()["always"], "country"))
    longest: dict[str, int] = {}
    for name in names:
        head, *rest = name.split(" ")
        longest[head] = max(longest.get(head, 0), len(rest) + 1)
    return EnglishPlaces(names, longest)
