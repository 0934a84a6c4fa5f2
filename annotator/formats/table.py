"""Tables of aligned pairs, tab- or comma-separated: one row, one pair."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.formats.sketch import unfolded
from annotator.language.script import classify

Row = list[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ZH_NAMES = _words("zh zh-cn zh-tw zh-hans zh-hant cn chi zho chinese 中文 汉语 漢語 华语 華語 chs cht")
_EN_NAMES = _words("en en-us en-gb eng english 英文 英语 英語")
_OTHER_NAMES = _words(
    "id no no. nr number # row key note notes comment comments source src target tgt translation original "
    "text status date 编号 編號 序号 序號 行号 备注 備註 注释 原文 译文 譯文 状态 日期"
)
_NAMES = _ZH_NAMES | _EN_NAMES | _OTHER_NAMES
_VARIETIES = _words(
    "simplified traditional mandarin mainland taiwan hong kong hongkong china hans hant cn tw hk us uk gb "
    "usa british american international 简体 繁体 簡體 繁體"
)
_WORD = re.compile(r"\w+")
_LONGEST_NAME = 40
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its number (that of the line where it starts) and both texts, either of which may be empty."""

    number: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """The pairs of a table, and which columns they stood in (from 0); `left_out` columns were not read.

    `titles` name all columns: their cells in the header, else the first text in each.
    """

    rows: tuple[Cells, ...]
    zh_column: int
    en_column: int
    header: bool
    left_out: int
    titles: tuple[str, ...] = ()


def read_table(text: str, *, only_tabs: bool = False, columns: tuple[int, int] | None = None) -> Table | None:
    """The pairs in `text`, or None if it is no table of a Chinese and an English column.

    `only_tabs` is for texts of which nobody said that they are tables: prose has commas too. `columns` says
    which ones are Chinese and English, whatever they seem to hold.
    """
    best: tuple[float, list[tuple[int, Row]]] = (0.0, [])
    readers = (_quoted("\t"), _plain_tabs, _quoted(","), _quoted(";"))
    for reader in readers[: 2 if only_tabs else None]:
        rows = unfolded(reader(text))
        if rows and _fitness(rows) > best[0]:
            best = _fitness(rows), rows
    if best[0] < 0.5:
        return None
    table = table_of(best[1], columns)
    if columns is not None:
        return table
    complete = sum(bool(row.zh.strip() and row.en.strip()) for row in table.rows)
    enough = len(table.rows) / 2 if only_tabs else 1
    return table if complete >= enough else None


def table_of(rows: list[tuple[int, Row]], columns: tuple[int, int] | None = None) -> Table:
    """The pairs in numbered rows of two cells or more, of which none is empty altogether."""
    header = _header(rows[0][1])
    body = rows[1:] if header else rows
    zh, en = columns or _named_columns(rows[0][1]) or _columns([row for _, row in body])
    cells = tuple(Cells(number, _cell(row, zh), _cell(row, en)) for number, row in body)
    width = max(len(row) for _, row in rows)
    titles = tuple(_first(rows, column) for column in range(width))
    return Table(cells, zh, en, header, width - 2, titles)


def named(rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether the first row names a Chinese and an English column."""
    return bool(rows) and _header(rows[0][1]) and _named_columns(rows[0][1]) is not None


def pairs_in(
    rows: Sequence[tuple[int, Sequence[str]]], columns: tuple[int, int] | None = None
) -> Table | None:
    """The pairs in numbered rows, or None if these have no Chinese and no English column.

    What the columns hold is not asked if their names say it, or `columns`.
    """
    filled = [(number, list(row)) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled or max(len(row) for _, row in filled) < 2:
        return None
    if columns is None and not named(filled) and _fitness(filled) < 0.5:
        return None
    table = table_of(filled, columns)
    complete = any(row.zh.strip() and row.en.strip() for row in table.rows)
    return table if complete or columns is not None else None


def _first(rows: Sequence[tuple[int, Row]], column: int) -> str:
    return next((cell for _, row in rows[:_SAMPLE] if (cell := _cell(row, column).strip())), "")


def _cell(row: Row, column: int) -> str:
    return row[column] if column < len(row) else ""


def _quoted(delimiter: str) -> Callable[[str], list[tuple[int, Row]]]:
    def read(text: str) -> list[tuple[int, Row]]:
        if delimiter not in text or (delimiter == "\t" and _quotes_belong_to_text(text)):
            return []
        # A cell may be as long as the text.
        limit = csv.field_size_limit(len(text) + 1)
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            return _numbered(reader)
        except csv.Error:
            return []
        finally:
            csv.field_size_limit(limit)

    return read


def _numbered(reader: object) -> list[tuple[int, Row]]:
    rows: list[tuple[int, Row]] = []
    before = 0
    for row in reader:  # type: ignore[attr-defined]
        if any(cell.strip() for cell in row):
            rows.append((before + 1, row))
        before = reader.line_num  # type: ignore[attr-defined]
    return rows


def _quotes_belong_to_text(text: str) -> bool:
    """Whether some cells are quoted without need and others are not: then the quotes are the author's."""
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(map(len, rows))
    # Shorter rows may be pieces of a quoted cell with line breaks in it.
    cells = [cell for row in rows if len(row) == width for cell in row if cell]
    needless = any(len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1] for cell in cells)
    return needless and any(
        not cell.startswith('"') and not cell.endswith('"') and not cell.isdecimal() for cell in cells
    )


def _plain_tabs(text: str) -> list[tuple[int, Row]]:
    if "\t" not in text:
        return []
    return [(at, line.split("\t")) for at, line in enumerate(text.split("\n"), 1) if line.strip()]


def _header(row: Row) -> bool:
    """Whether a row names the columns rather than holding texts."""
    names = [_name(cell) for cell in row if cell.strip()]
    if len(names) > 2 and _named_columns(row):
        return True
    return bool(names) and all(name in _NAMES for name in names)


def _name(cell: str) -> str:
    """A column's name, that of a language without its variety: `Chinese, Simplified`, `English (US)`."""
    name = cell.strip().casefold()
    words = _WORD.findall(name) if len(name) < _LONGEST_NAME else []
    plain = len(words) > 1 and words[0] in _ZH_NAMES | _EN_NAMES and _VARIETIES.issuperset(words[1:])
    return words[0] if plain else name


def _named_columns(row: Row) -> tuple[int, int] | None:
    names = list(map(_name, row))
    zh = [at for at, name in enumerate(names) if name in _ZH_NAMES]
    en = [at for at, name in enumerate(names) if name in _EN_NAMES]
    return (zh[0], en[0]) if zh and en else None


def _columns(rows: Sequence[Row]) -> tuple[int, int]:
    """The column with the most Chinese cells, and that with the most English ones."""
    spoken = [[classify(cell) if cell.strip() else "" for cell in row] for row in rows[:_SAMPLE]]
    # Below a wide header all rows may be narrow.
    width = max(2, *map(len, spoken))
    counts = {
        language: [
            sum(column < len(row) and row[column] == language for row in spoken) for column in range(width)
        ]
        for language in ("zh", "en")
    }
    zh = max(range(width), key=lambda column: counts["zh"][column])
    en = max((column for column in range(width) if column != zh), key=lambda column: counts["en"][column])
    return zh, en


def _fitness(rows: list[tuple[int, Row]]) -> float:
    """The share of rows with Chinese in one column and English in another, less for ragged ones."""
    sample = [row for _, row in rows[:_SAMPLE]]
    if max(map(len, sample)) < 2:
        return 0.0
    body = sample[1:] if _header(sample[0]) else sample
    if not body:
        return 0.0
    zh, en = _named_columns(sample[0]) or _columns(body)
    width = len(sample[0])
    good = sum(_fits(row, zh, en) for row in body)
    ragged = sum(len(row) != width for row in body)
    return (good - 0.5 * ragged) / len(body)


def _fits(row: Row, zh: int, en: int) -> bool:
    one, two = _cell(row, zh), _cell(row, en)
    if not one.strip() or not two.strip():
        return bool(one.strip() or two.strip())
    return classify(one) != "en" and classify(two) != "zh"
