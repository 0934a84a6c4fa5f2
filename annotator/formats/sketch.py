"""Spreadsheets of Sketch Engine: aligned texts, with what is known of them as tags in the cells or above."""

from __future__ import annotations

import re
from collections.abc import Sequence

Row = list[str]
Rows = list[tuple[int, Row]]

_TAG = re.compile(r"</?[A-Za-z_][\w.-]{0,40}(?:\s+[\w.:-]{1,40}\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>")
_MARKED = 0.6


def unfolded(rows: Sequence[tuple[int, Row]]) -> Rows:
    """The rows as texts alone: without the structure tags in them, and the rows that hold nothing else.

    Rows of another kind are returned as they are: tags count only where whole cells consist of them, or most
    begin and end with one.
    """
    found = list(rows)
    filled = [cell.strip() for _, row in found for cell in row if cell.strip()]
    bare = [cell for cell in filled if cell.startswith("<") and not _TAG.sub("", cell).strip()]
    wrapped = sum(cell.startswith("<") and cell.endswith(">") and bool(_TAG.search(cell)) for cell in filled)
    if not bare and wrapped < _MARKED * len(filled):
        return found
    plain = [(number, [_without_tags(cell) for cell in row]) for number, row in found]
    return [(number, row) for number, row in plain if any(cell.strip() for cell in row)]


def _without_tags(cell: str) -> str:
    lines = (_TAG.sub("", line).strip() for line in cell.split("\n"))
    return "\n".join(filter(None, lines))
