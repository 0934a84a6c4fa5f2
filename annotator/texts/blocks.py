"""Paragraphs and tables, as documents have them, made into lines or into rows of pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.extend import Extract, Loss, TextRow
from annotator.formats.table import table_of
from annotator.language.script import classify


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of paragraphs."""

    rows: tuple[tuple[tuple[str, ...], ...], ...]


Block = str | Grid
"""A paragraph or a table."""


class _Pairs(NamedTuple):
    zh: int
    en: int
    share: float


_MOSTLY = 0.6
_LONG = 4


def extract(blocks: Sequence[Block], losses: tuple[Loss, ...] = ()) -> Extract:
    """Rows if tables of pairs hold most of the text, else lines.

    Paragraphs round such tables become rows of their own: nothing is left out.
    """
    known = {id(block): _pairs(block) for block in blocks if isinstance(block, Grid)}
    total = sum(map(_size, blocks))
    paired = sum(_size(block) for block in blocks if known.get(id(block)))
    if (
        not paired
        or paired < _MOSTLY * total
        or any(_whole_texts(block) for block in blocks if known.get(id(block)))
    ):
        lines = [line for block in blocks for line in _lines(block, known.get(id(block)))]
        return Extract("\n".join(lines), losses=losses)
    rows = [row for block in blocks for row in _rows(block, known.get(id(block)))]
    numbered = tuple(enumerate(_joined(rows), 1))
    return Extract(rows=((0, ("zh", "en")), *numbered), losses=losses)


def _size(block: Block) -> int:
    if isinstance(block, str):
        return len(block)
    return sum(len(line) for row in block.rows for cell in row for line in cell)


def _pairs(grid: Grid) -> _Pairs | None:
    """The Chinese and the English column of a table, if it has them."""
    cells = [(at, ["\n".join(cell) for cell in row]) for at, row in enumerate(grid.rows)]
    cells = [(at, row) for at, row in cells if any(cell.strip() for cell in row)]
    if not cells or max(len(row) for _, row in cells) < 2:
        return None
    table = table_of(cells)
    told = [(classify(row.zh), classify(row.en)) for row in table.rows if row.zh.strip() and row.en.strip()]
    good = sum(one != "en" and two != "zh" for one, two in told)
    if not told or good < _MOSTLY * len(told):
        return None
    return _Pairs(table.zh_column, table.en_column, good / len(told))


def _whole_texts(block: Block) -> bool:
    """Whether the cells hold whole texts, in which sentences are yet to find their partners."""
    if isinstance(block, str):
        return False
    filled = [len([line for line in cell if line.strip()]) for row in block.rows for cell in row]
    return sum(filled) > _LONG * sum(bool(one) for one in filled)


def _lines(block: Block, pairs: _Pairs | None) -> Iterator[str]:
    if isinstance(block, str):
        yield block
        return
    if pairs and _whole_texts(block):
        for column in sorted(pairs[:2]):
            yield from (line for row in block.rows for cell in row[column : column + 1] for line in cell)
        return
    yield from (line for row in block.rows for cell in row for line in cell)


def _rows(block: Block, pairs: _Pairs | None) -> Iterator[tuple[str, str]]:
    if pairs and isinstance(block, Grid):
        for row in block.rows:
            cells = ["\n".join(cell).strip("\n") for cell in row]
            zh, en = (cells[at] if at < len(cells) else "" for at in pairs[:2])
            yield zh, en
        return
    for line in _lines(block, None):
        if line.strip():
            yield ("", line) if classify(line) == "en" else (line, "")


def _joined(rows: Sequence[tuple[str, str]]) -> Iterator[TextRow]:
    """The rows that are not empty; a Chinese heading and the English one behind it make one."""
    held = ""
    for zh, en in rows:
        if held and en and not zh:
            yield held, en
            held = ""
            continue
        if held:
            yield held, ""
        held = zh if not en.strip() else ""
        if en.strip():
            yield zh, en
    if held.strip():
        yield held, ""
