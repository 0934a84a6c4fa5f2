"""The tallies of both sides on disk, so that what was decided yesterday counts today."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.language.judging.judge import Judge, Pattern

FORMAT = "annotator-tallies/1"
_NAME = "tallies.json"


class _Tally(Struct, array_like=True):
    pattern: Pattern
    count: float
    right: float


class _Side(Struct):
    harm: tuple[float, float]
    tallies: list[_Tally]


class _Ledger(Struct):
    format: str
    sides: dict[str, _Side]


def read_ledger(folder: Path) -> dict[Side, Judge]:
    """The tallies in a folder; without usable ones nothing: they are counted anew."""
    try:
        ledger = msgspec.json.decode((folder / _NAME).read_bytes(), type=_Ledger)
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return {}
    if ledger.format != FORMAT:
        return {}
    found: dict[Side, Judge] = {}
    for side in SIDES:
        if side in ledger.sides:
            judge = found[side] = Judge()
            judge.harm = list(ledger.sides[side].harm)
            judge.tallies = {one.pattern: [one.count, one.right] for one in ledger.sides[side].tallies}
    return found


def write_ledger(folder: Path, judges: Mapping[Side, Judge]) -> None:
    """Keep the tallies in a folder.

    Raises:
        AnnotatorError: if they cannot be written.
    """
    sides: dict[str, _Side] = {
        side: _Side(
            (round(judge.harm[0], 3), round(judge.harm[1], 3)),
            [_Tally(key, round(count, 3), round(right, 3)) for key, (count, right) in judge.tallies.items()],
        )
        for side, judge in judges.items()
    }
    draft = folder / f"{_NAME}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(msgspec.json.encode(_Ledger(FORMAT, sides)))
        draft.replace(folder / _NAME)
    except OSError as why:
        raise AnnotatorError("learn.cannot_write", path=folder, why=why.strerror or why) from why
