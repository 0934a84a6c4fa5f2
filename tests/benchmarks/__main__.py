"""Measure the figures: a table on the screen, all numbers as JSON.

python -m tests.benchmarks --json out/benchmarks.json
python -m tests.benchmarks --only start work
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import unicodedata
from pathlib import Path
from typing import Any

from .figures import MEASURES, Figure, Rounds, information
from .run import Failed, bench

QUICK = Rounds(3, 1, 60, 60, 2, 20, 300)


def _measured(names: list[str], rounds: Rounds) -> tuple[list[Figure], dict[str, Any]]:
    figures: list[Figure] = []
    known: dict[str, Any] = {}
    with bench() as place:
        for name in names:
            place.say(f"Measuring: {name}.")
            try:
                if name == "pauses":
                    known = information(place, rounds)
                else:
                    figures.extend(MEASURES[name](place, rounds))
            except Failed as error:
                figures.append(Figure(name, 0, None, "", {"failed": str(error)}))
    return figures, known


def _table(figures: list[Figure], known: dict[str, Any]) -> str:
    rows = [("figure", "asked", "measured", "reached")]
    for one in figures:
        measured = "not measured" if one.measured is None else f"{one.measured:g} {one.unit}".strip()
        asked = f"≤ {one.asked:g} {one.unit}".strip()
        rows.append((one.what, asked, measured, "yes" if one.reached else "NO"))
    rows.extend((what, "", f"{value:g}", "") for what, value in known.items())
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _machine() -> dict[str, Any]:
    from PySide6 import __version__

    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "pyside": __version__,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def main() -> int:
    """Measure; 1 if a figure is not reached."""
    every = [*MEASURES, "pauses"]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to FILE")
    parser.add_argument("--only", nargs="+", choices=every, default=every, help="measure only these")
    parser.add_argument("--quick", action="store_true", help="few rounds, for a first look")
    options = parser.parse_args()
    machine = _machine()
    figures, known = _measured(options.only, QUICK if options.quick else Rounds())
    print(_table(figures, known))
    if options.json is not None:
        result = {"machine": machine, "figures": [one.record() for one in figures], "information": known}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"Written to {options.json}.")
    return 0 if all(one.reached for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
