"""The English tables: everyday words, places by kind and size, names of people."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gazetteer_sources import american, census, hand_made, plain, provider, small_words, towns

Groups = dict[str, list[str]]

ENGLISH_SPEAKING = ("US", "GB", "CA", "AU", "NZ", "IE")
LEAST_AT_HOME = 15_000
LEAST_ABROAD = 60_000
LARGEST = 7
ENDINGS = ("s", "es", "ed", "ing", "ly", "d")
TOWN_NAME = re.compile(r"[^\W\d_][\w'. -]{2,30}")
PROVINCE_NAME = re.compile(r"[A-Z][\w -]{3,30}")
GIVEN_NAME = re.compile(r"[A-Z][a-z'’]{2,}(?:-[A-Z][a-z]+)?")
# Shares in per cent from which on a given name is listed though it is a word as well, and is common.
LISTED_SHARE = 0.002
COMMON_SHARE = 0.01
COMMON_FAMILIES = 2000
FAMILIES = 9000
PROVINCES = (
    ("en_AU", "states"), ("en_CA", "provinces"), ("en_IN", "states"), ("en_GB", "counties"),
    ("en_IE", "counties"), ("es_MX", "states"), ("es_ES", "regions"), ("de_DE", "states"),
    ("fr_FR", "regions"), ("nl_NL", "provinces"),
)  # fmt: skip
LOCALES = (
    "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "nl_NL", "sv_SE", "en_IN", "en_GB", "tr_TR", "pt_BR",
    "id_ID", "fi_FI", "da_DK", "no_NO", "cs_CZ", "ro_RO", "hu_HU", "en_NG", "en_KE", "en_PK", "hr_HR",
    "ga_IE",
)  # fmt: skip


def tables(large: Path) -> dict[str, Groups]:
    """File name, then what stands before the tab, then the names behind it."""
    every = small_words(large)
    given = dict(given_names(every))
    people: Groups = defaultdict(list)
    for name, often in given.items():
        people[kind("given", name, often, every)].append(name)
    for rank, (name, _) in enumerate(census("dist.all.last")):
        if rank < FAMILIES:
            people[kind("family", name, rank < COMMON_FAMILIES, every)].append(name)
    people["known often"].extend(hand_made()["english person"])
    return {"en_people.tsv": people, "en_places.tsv": places(every, frozenset(given))}


def kind(role: str, name: str, often: bool, every: frozenset[str]) -> str:
    """`mixed` names are words as well, `rare` ones are seldom met."""
    return f"{role} {'mixed' if name.lower() in every else 'often' if often else 'rare'}"


def given_names(every: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Given names, and whether they are common; of a name that comes twice the last counts."""
    seen: set[str] = set()
    for locale in LOCALES:
        for name in provider("person", locale).first_names:
            yield from ((form, False) for form in (name, plain(name)) if GIVEN_NAME.fullmatch(form))
    for file in ("dist.male.first", "dist.female.first"):
        for name, share in census(file):
            if name not in seen and (share >= LISTED_SHARE or name.lower() not in every):
                seen.add(name)
                yield name, share >= COMMON_SHARE


def places(every: frozenset[str], given: frozenset[str]) -> Groups:
    """Towns, counties, provinces and states; `mixed` towns are words or given names as well."""
    groups: Groups = defaultdict(list)
    for town in towns():
        people, name = town["population"], town["name"].replace("’", "'")
        least = LEAST_AT_HOME if town["countrycode"] in ENGLISH_SPEAKING else LEAST_ABROAD
        if people < least or not TOWN_NAME.fullmatch(name):
            continue
        size = min(LARGEST, int(math.log10(people)))
        for form in {name, plain(name), plain(name).removeprefix("Al ")}:
            mixed = form.lower() in every or form in given
            groups[f"{'mixed' if mixed else 'city'} {size}"].append(joined(form))
    counties, states = american()
    groups["county 5"].extend(map(joined, counties))
    groups["county 6"].extend(joined(name) for name in provinces() if name.lower() not in every)
    groups["state 7"].extend([*map(joined, states), *hand_made()["english region"]])
    return groups


def provinces() -> Iterator[str]:
    """Provinces of other countries, in the spelling that English texts use where it is the same."""
    for locale, attribute in PROVINCES:
        for row in getattr(provider("address", locale), attribute):
            name = row if isinstance(row, str) else row[1]
            if PROVINCE_NAME.fullmatch(name):
                yield from (name, plain(name))


def joined(name: str) -> str:
    """A name of several words as one."""
    return name.replace(" ", "_")


def everyday(small: Path) -> list[str]:
    """Words without those that an ending makes of another."""
    words = small_words(small)
    return sorted(word for word in words if not is_derived(word, words))


def is_derived(word: str, words: frozenset[str]) -> bool:
    """Whether an ending makes it of another word, with or without an `e`."""
    return any(
        word.endswith(ending) and (word[: -len(ending)] in words or f"{word[: -len(ending)]}e" in words)
        for ending in ENDINGS
    )
