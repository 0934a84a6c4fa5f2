"""The Chinese tables: words by kind, places, people, names spelt by sound, characters of names."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from gazetteer_sources import (
    COUNTRY,
    chinese_places,
    hand_made,
    jieba_words,
    provider,
    surnames,
    to_simplified,
)

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from annotator.language.words import SPELLING

Groups = dict[str, list[str]]

# jieba's tags, and the kinds of words that the rules tell apart; a longer tag counts as its first letter.
KINDS = {
    "n": "n", "nz": "n", "nt": "n", "vn": "n", "an": "n", "j": "n", "s": "n", "b": "n", "l": "i", "i": "i",
    "v": "v", "a": "a", "ad": "a", "z": "a", "d": "d", "p": "p", "c": "p", "u": "u", "r": "r", "f": "f",
    "m": "m", "q": "m", "t": "t", "y": "u", "e": "u", "o": "u", "k": "u", "zg": "x",
}  # fmt: skip
LEAST_COUNT = 30
LEAST_COUNT_OF_FOUR = 90
LEAST_COUNT_OF_PLACE = 8
PLACE_COUNT = 30
LEAST_COUNT_OF_NAME = 3
# What jieba calls a name, but has met this often, is a word if it has two characters, a person if three.
WORD_COUNT = 60
PERSON_COUNT = 200
HAND_LEVEL = 12
SURE_LEVEL = 22
TOWN = 100_000
CITY = 500_000
# Characters that end things rather than given names.
THINGS = re.compile(r"[市县区镇乡村岭楼桥湖花玉岩砂军殿阁宫寺城门庙座岗洲府家人性权物素笑道叹怒山江河路街]\Z")
SUFFIX = re.compile(r"[省市县区镇乡村州岛山河江湖港路街]\Z")
PLACE_END = re.compile(r"[省市县区镇乡村州岛山河江湖港路街国城关口寺岭峡湾海洋原堡京都阳陵屯庄店埠津浦]\Z")
MISREAD = ("ns", "nr", "nrt", "nrfg", "nz", "nt", "j", "zg")
GIVEN_WEIGHT = 8
JAPANESE = {"family": ("japanese family", "030"), "japanese": ("japanese given", "045")}


def level(count: float) -> int:
    """Half steps of the binary logarithm."""
    return round(2 * math.log2(max(1.0, count)))


def tables() -> dict[str, Groups]:
    """File name, then what stands before the tab, then the words behind it."""
    weights = surnames()
    levels = {word: level(count) for word, (count, _) in jieba_words().items()}
    kinds = {word: kind for word in jieba_words() if (kind := kind_of(word, weights))}
    for heading, kind in (("spelt", "S"), ("person", "H")):
        for word in hand_made()[heading]:
            kinds[word] = kind
            levels[word] = max(levels.get(word, 0), HAND_LEVEL)
    for word, people in chinese_places():
        if is_place(word, people, kinds, levels):
            kinds[word] = "P"
            levels[word] = max(levels.get(word, 0), 4 + min(4, level(people) // 10))
    files = {"P": "zh_places.tsv", "H": "zh_people.tsv", "S": "zh_spelt.tsv"}
    found: dict[str, Groups] = {name: defaultdict(list) for name in (*files.values(), "zh_words.tsv")}
    for word, kind in kinds.items():
        name = files.get(kind, "zh_words.tsv")
        found[name][f"{'' if kind in files else kind}{levels[word]:02}"].append(word)
    found["zh_characters.tsv"] = characters(weights, kinds)
    return found


def kind_of(word: str, weights: Mapping[str, float]) -> str:
    """One letter for what a word of jieba's is; nothing for one that is not worth a place in the tables."""
    count, tag = jieba_words()[word]
    least = LEAST_COUNT_OF_FOUR if len(word) == 4 else LEAST_COUNT
    often = count >= least and len(word) <= 4
    if tag == "ns" and len(word) > 1 and (len(word) > 2 or count >= LEAST_COUNT_OF_PLACE):
        return "n" if word in hand_made()["no place"] or is_doubtful(word, count) else "P"
    if tag == "nr":
        return kind_of_name(word, count, weights)
    if tag in ("nrt", "nrfg") and word not in hand_made()["no name"] and 1 < len(word) <= 8:
        if tag == "nrt" and set(word) <= set(SPELLING):
            return "S"
        return "H" if tag == "nrfg" and len(word) > 2 else "n" if often else ""
    return KINDS.get(tag) or KINDS.get(tag[0], "n") if often or len(word) == 1 else ""


def is_doubtful(word: str, count: int) -> bool:
    """Whether jieba may be wrong that a word is a place: seldom met, and nothing about it tells one."""
    spelt = len(word) > 2 and set(word) <= set(SPELLING)
    return count < PLACE_COUNT and not PLACE_END.search(word) and not spelt


def kind_of_name(word: str, count: int, weights: Mapping[str, float]) -> str:
    """What jieba tags as the name of a person is often a word, or not worth more than its characters."""
    if len(word) == 1:
        return "s"
    if word in hand_made()["no name"]:
        return "n"
    begins = word[0] in weights or word[:2] in weights
    if len(word) == 2:
        if count >= WORD_COUNT:
            return "n"
        return "" if count < LEAST_COUNT_OF_NAME else "w" if begins else "g"
    if len(word) == 3 and begins and count >= PERSON_COUNT and not THINGS.search(word):
        return "H"
    return "n" if count >= PERSON_COUNT and not begins else ""


def is_place(word: str, people: int, kinds: dict[str, str], levels: dict[str, int]) -> bool:
    """A town is one unless its name is a common word; a large one or a country even against jieba."""
    if word in hand_made()["no place"] or word in hand_made()["person"] or kinds.get(word) == "P":
        return False
    if people == COUNTRY or word not in jieba_words():
        return True
    tag = jieba_words()[word][1]
    sure = levels.get(word, 0) < SURE_LEVEL or people >= CITY
    return tag in MISREAD and people >= TOWN and sure


def characters(weights: Mapping[str, float], kinds: dict[str, str]) -> Groups:
    """For each role in a name, the characters by their cost in tenths of a nat."""
    roles = given_names(weights)
    roles["surname"] = Counter({name: round(1 + 20_000 * weight) for name, weight in weights.items()})
    places = [word for word, kind in kinds.items() if kind == "P"]
    ended = [name for name in places if SUFFIX.search(name)]
    roles["place"] = count_all(name[:-1] for name in ended if 2 < len(name) <= 5)
    roles["spelling"] = count_all(word for word, kind in kinds.items() if kind == "S" and len(word) > 2)
    roles["spelling"] += count_all(name for name in places if len(name) > 3 and not SUFFIX.search(name))
    groups: Groups = defaultdict(list)
    for role, counts in roles.items():
        total = counts.total()
        for char, count in counts.items():
            if count > 1 or role == "surname":
                groups[f"{role} {round(-10 * math.log(count / total)):03}"].append(char)
    for role, (heading, cost) in JAPANESE.items():
        groups[f"{role} {cost}"].extend(hand_made()[heading])
    return groups


def count_all(names: Iterable[str]) -> Counter[str]:
    """How often each character is met."""
    return Counter(char for name in names for char in name)


def given_names(weights: Mapping[str, float]) -> dict[str, Counter[str]]:
    """How often a character is a given name alone, or the first or second one of two."""
    roles: dict[str, Counter[str]] = {"single": Counter(), "first": Counter(), "second": Counter()}
    for word, (_, tag) in jieba_words().items():
        surname = word[:2] if len(word) > 3 and word[:2] in weights else word[0]
        if tag == "nr" and surname in weights:
            rest = word[len(surname) :]
            if len(rest) == 1 or not THINGS.search(word):
                add_given(roles, rest, 1)
    for name in provider("person", "zh_CN").first_names:
        add_given(roles, name, GIVEN_WEIGHT)
    return roles


def add_given(roles: dict[str, Counter[str]], name: str, weight: int) -> None:
    """Count the characters of one given name."""
    if len(name) == 1:
        roles["single"][name] += weight
    elif len(name) == 2:
        roles["first"][name[0]] += weight
        roles["second"][name[1]] += weight


def traditional() -> tuple[str, str]:
    """Traditional characters, and the simplified ones at the same places; not those that are both."""
    pairs = sorted((chr(old), new) for old, new in to_simplified().items() if 0x4E00 <= old <= 0x9FFF)
    kept = [pair for pair in pairs if pair[0] not in "乾著藉瞭"]
    return "".join(old for old, _ in kept), "".join(new for _, new in kept)
