"""Workbooks (.xlsx): the rows of the first sheet that has Chinese beside English."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, Loss, TextRow, text_reader
from annotator.formats.gather import foreign
from annotator.formats.sketch import unfolded
from annotator.formats.table import pairs_in
from annotator.formats.xlsx import texts_of
from annotator.texts.packed import Packed

_CELLS = 4_000_000
"""Cells that a sheet may span: the library makes room for all of them, be they empty."""

_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""", re.IGNORECASE)
_STRINGS = "xl/sharedStrings.xml"
_STRING = re.compile(rb"<(?:\w+:)?si\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*(\d{1,7})\s*<")
_UNFOLDED = 256 * 1024 * 1024
Rows = tuple[tuple[int, TextRow], ...]


@text_reader("xlsx", suffixes=(".xlsx", ".xlsm"))
def read(file: File, _: str) -> Extract:
    """The rows of a sheet, numbered as in the workbook."""
    _check(file)
    with foreign(file.name):
        sheets = list(_sheets(file))
    filled = [rows for rows in sheets if rows]
    if not filled:
        raise AnnotatorError("error.import_empty", file=file.name)
    chosen = next((rows for rows in filled if pairs_in(rows) is not None), filled[0])
    further = len(filled) - 1
    return Extract(rows=chosen, losses=(Loss("text.lost_sheets", further),) if further else ())


def _check(file: File) -> None:
    """Hold a workbook against what it may unpack to, and span, before a library reads it."""
    packed = Packed(file)
    if "xl/workbook.xml" not in packed:
        raise AnnotatorError("error.text_kind", file=file.name)
    lengths: list[int] = []
    if _STRINGS in packed:
        lengths = list(map(len, _STRING.split(packed.read(_STRINGS))[1:]))
    # A sheet may lie under any name.
    for name in packed.names():
        if name != _STRINGS:
            data = packed.read(name)
            _check_span(data, file.name)
            _check_unfolded(data, lengths, file.name)


def _check_span(data: bytes, name: str) -> None:
    columns = rows = 0
    for match in _PLACE.finditer(data):
        columns, rows = max(columns, _column(match[1])), max(rows, int(match[2]))
    if columns * rows > _CELLS:
        raise AnnotatorError("error.text_sheet", file=name, rows=rows, columns=columns)


def _check_unfolded(data: bytes, lengths: list[int], name: str) -> None:
    """A long text that many cells share stands in the file once, and in memory in each of them."""
    total = 0
    for match in _VALUE.finditer(data) if lengths else ():
        index = int(match[1])
        total += lengths[index] if index < len(lengths) else 0
        if total > _UNFOLDED:
            raise AnnotatorError("error.read_large", file=name, limit=_UNFOLDED >> 20)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheets(file: File) -> Iterator[Rows]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    for index in range(len(book.sheet_names)):
        rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        numbered = [(number, list(texts_of(row))) for number, row in enumerate(rows, 1)]
        filled = [(number, row) for number, row in numbered if any(cell.strip() for cell in row)]
        yield tuple((number, tuple(row)) for number, row in unfolded(filled))
