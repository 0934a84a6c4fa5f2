"""How large the sheets of a workbook say they are: one far-away cell makes a reader ask for the memory of all
cells before it, and the system ends the program for that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from annotator.core.errors import AnnotatorError
from annotator.extend import File

CELLS = 20_000_000
"""Cells of the smallest rectangle round those of a sheet. A sheet of a million rows has fourteen columns."""

_PLACE = re.compile(r"([A-Za-z]*)(\d*)")
_BYTES = 32
_LARGEST = 2**32


def check_cells(files: Iterable[File], name: str, most: int = CELLS) -> None:
    """Hold the sheets of an unpacked workbook against what a reader can bear.

    Raises:
        AnnotatorError: if a sheet is too large, or is no well-formed XML.
    """
    for file in files:
        if b"sheetData" in file.data and _Extent(file, name).cells > most:
            raise AnnotatorError("error.read_large", file=name, limit=most * _BYTES >> 20)


class _Extent:
    """The rectangle round the cells of a sheet."""

    def __init__(self, file: File, name: str) -> None:
        self._row = self._column = self._last_row = self._last_column = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        try:
            parser.Parse(file.data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise AnnotatorError("error.read_damaged", file=name, reason=str(error)) from error

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self._last_row * self._last_column

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind not in ("row", "c"):
            return
        if kind == "row":
            self._row, self._column = self._row + 1, 0
        else:
            self._column += 1
        said = _PLACE.match(attributes.get("r", ""))
        if said and said[1]:
            self._column = _number(said[1])
        if said and said[2]:
            self._row = int(said[2][:12])
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)


def _number(letters: str) -> int:
    """The number of a column."""
    number = 0
    for letter in letters.upper()[:12]:
        number = min(_LARGEST, number * 26 + ord(letter) - 64)
    return number
