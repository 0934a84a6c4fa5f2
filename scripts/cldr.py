"""Compile resources/names/cldr.tsv, what CLDR calls territories and languages, from Babel's copy.

Babel is needed here only (`pip install Babel`); the program reads the table. Run again for a newer CLDR.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import babel

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "resources" / "names" / "cldr.tsv"
CHINESE = ("zh_Hans", "zh_Hans_HK", "zh_Hant", "zh_Hant_HK")
ENGLISH = ("en", "en_GB", "en_AU", "en_CA", "en_IN")
HEADER = f"""\
# Names of territories and languages: kind, Chinese (simplified, then traditional), English.
# Compiled by scripts/cldr.py from the Unicode Common Locale Data Repository, Babel {babel.__version__}.
# Copyright © 2004-2025 Unicode, Inc. Unicode License v3 (SPDX: Unicode-3.0), see LICENSE-CLDR.txt
"""
# Short for China and America far more often than for Central America.
AMBIGUOUS = {"中美"}
# Not places or languages that a text would name so: the world, Middle Africa, unknown ones.
LEFT_OUT = {"001", "017", "ZZ", "XA", "XB", "QO", "EZ", "UN", "mul", "mis", "und", "zxx", "root"}
_BRACKETS = re.compile(r"\s*[(（]([^)）]+)[)）]")


def territory(name: str) -> Iterable[str]:
    """A name of CLDR as texts write it: without what only tells it from others."""
    name = name.replace("’", "'")
    if " - " in name:
        return
    short = name.removesuffix(" SAR China")
    if re.match("中[国國](香港|澳[门門])", short):
        yield short[2:4]
        yield short[2:]
        return
    bracket = _BRACKETS.search(short)
    yield _BRACKETS.sub("", short) if bracket and short.isascii() else short
    if bracket and short.isascii():
        yield bracket[1]
    if " & " in short:
        yield short.replace(" & ", " and ")
    if short.startswith("St. "):
        yield short.replace("St. ", "Saint ")
        yield short.replace("St. ", "Saint ").replace(" & ", " and ")


def language(name: str) -> Iterable[str]:
    """The name of a language; one that is marked off by a bracket or a mark is no plain name."""
    if not re.search(r"[(（,，–-]", name):
        yield name.replace("’", "'")


def rows(kind: str) -> Iterable[str]:
    clean = territory if kind == "territory" else language
    names = {locale: names_in(locale, kind) for locale in (*CHINESE, *ENGLISH)}
    for code in sorted(names["en"]):
        if code in LEFT_OUT or "_" in code:
            continue
        zh, en = (
            dict.fromkeys(
                part for locale in locales if code in names[locale] for part in clean(names[locale][code])
            )
            for locales in (CHINESE, ENGLISH)
        )
        zh = dict.fromkeys(name for name in zh if name not in AMBIGUOUS)
        if zh and en:
            yield f"{kind}\t{';'.join(zh)}\t{';'.join(en)}"


def names_in(locale: str, kind: str) -> dict[str, str]:
    data = babel.Locale.parse(locale)
    return dict(data.territories if kind == "territory" else data.languages)


def main() -> None:
    lines = [*rows("territory"), *rows("language")]
    TABLE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TABLE.relative_to(ROOT)}: {len(lines)}")


if __name__ == "__main__":
    main()
