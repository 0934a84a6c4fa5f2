"""Pairs as the rows of a table, with a column for each label on either side: what TSV and XLSX share.

A cell of annotations says for each where it lies in the row's text, and quotes it: `0-2 𠮷田; 7-9 北京`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.project import Project
from annotator.core.span import SIDES, Side
from annotator.extend import Found
from annotator.formats.gather import Gathering, Rows, unix
from annotator.formats.losses import Losses
from annotator.formats.passages import passages
from annotator.formats.table import Table, table_of

LOSES = (
    "loss.links",
    "loss.notes",
    "loss.attributes",
    "loss.certainty",
    "loss.sources",
    "loss.clipped",
    "loss.not_in_rows",
    "loss.label_unknown",
)
_FIXED = ("document", "row", "pair", "role", "done", "zh", "en")
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9}) ")


def columns(project: Project) -> list[str]:
    """The names of the columns."""
    return [*_FIXED, *(f"{side} {label.id}" for side in SIDES for label in project.labels)]


def rows_of(document: Document, project: Project, losses: Losses) -> Iterator[list[str]]:
    """The rows of a document.

    Raises:
        Conflict: if a span does not quote the text at its place.
    """
    labels = [label.id for label in project.labels]
    places = {(side, label): at for at, (side, label) in enumerate((s, one) for s in SIDES for one in labels)}
    found = {(one.row, one.side): one for one in passages(document, "pair", losses=losses, links=False)}
    for row, pair in enumerate(document.pairs):
        cells: list[list[str]] = [[] for _ in places]
        for side in SIDES:
            passage = found.get((row, side))
            for placed in passage.spans if passage else ():
                place = places.get((side, placed.span.label))
                ((start, end),) = placed.parts
                if place is None:
                    losses.add("loss.label_unknown", placed.span.label)
                elif passage:
                    cells[place].append(f"{start}-{end} {passage.text[start:end]}")
        yield [
            document.id,
            str(row + 1),
            pair.id,
            pair.role,
            "yes" if pair.id in document.done else "",
            document.row_text(row, "zh"),
            document.row_text(row, "en"),
            *map("; ".join, cells),
        ]


def found_in(
    rows: Sequence[Sequence[str]], file: str, losses: Losses, more: Sequence[Sequence[Sequence[str]]] = ()
) -> Iterator[Found]:
    """The documents in a table: one that this program wrote, or any with a Chinese and an English column.

    `more` are the rows of lists of annotations and of links, which then stand for the annotations in columns.

    Raises:
        AnnotatorError: if it has no two such columns.
    """
    head = [cell.strip() for cell in rows[0]] if rows else []
    if {"zh", "en"} <= set(head):
        yield from _Own(head, file, losses).found(rows[1:], more)
        return
    numbered = [(at, list(row)) for at, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not numbered or max(len(row) for _, row in numbered) < 2:
        raise AnnotatorError("error.import_table", file=file)
    yield from _plain(table_of(numbered), file, losses)


def _plain(table: Table, file: str, losses: Losses) -> Iterator[Found]:
    losses.add("loss.read_columns", count=max(0, table.left_out))
    rows = Rows()
    for cells in table.rows:
        rows.add({"zh": unix(cells.zh), "en": unix(cells.en)})
    if rows.pairs:
        yield Gathering(file.rpartition(".")[0], rows.texts, losses).found(rows.pairs)


@dataclass(slots=True)
class _Kept:
    """One document of a table, as far as its rows were read."""

    rows: Rows = field(default_factory=Rows)
    starts: dict[str, dict[Side, int]] = field(default_factory=dict)
    marks: list[tuple[Side, int, str, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


class _Own:
    """A table that this program wrote."""

    def __init__(self, head: list[str], file: str, losses: Losses) -> None:
        self._head, self._file, self._losses = head, file.rpartition(".")[0], losses
        self._labelled: list[tuple[int, Side, str]] = [
            (at, side, name[3:])
            for side in SIDES
            for at, name in enumerate(head)
            if name.startswith(f"{side} ")
        ]

    def found(
        self, body: Sequence[Sequence[str]], more: Sequence[Sequence[Sequence[str]]]
    ) -> Iterator[Found]:
        """The documents in its rows and in what is listed apart from them."""
        documents: dict[str, _Kept] = {}
        for row in body:
            self._take(row, documents)
        listed, linked = ([_cells(sheet, row) for row in sheet[1:]] for sheet in (more or ((), ())))
        for name, kept in documents.items():
            if not kept.rows.pairs:
                continue
            gathering = Gathering(name, kept.rows.texts, self._losses)
            if more:
                _list(gathering, kept, [one for one in listed if one.get("document") == name])
                for one in linked:
                    if one.get("document") == name:
                        _join(gathering, one)
            else:
                _mark(gathering, kept.marks)
            yield gathering.found(kept.rows.pairs, kept.done)

    def _take(self, row: Sequence[str], documents: dict[str, _Kept]) -> None:
        cells = dict(zip(self._head, row, strict=False))
        kept = documents.setdefault(cells.get("document") or self._file, _Kept())
        texts: dict[Side, str] = {side: unix(cells.get(side, "")) for side in SIDES}
        starts = kept.rows.add(texts, key=cells.get("pair", ""), role=cells.get("role", "text"))
        kept.starts[cells.get("row", "")] = starts
        if starts and cells.get("done"):
            kept.done.append(kept.rows.pairs[-1].id)
        for at, side, label in self._labelled:
            if at < len(row) and row[at]:
                kept.marks.append((side, starts.get(side, -1), label, unix(row[at])))


def _cells(sheet: Sequence[Sequence[str]], row: Sequence[str]) -> dict[str, str]:
    return dict(zip(sheet[0], map(unix, row), strict=False))


def _list(gathering: Gathering, kept: _Kept, listed: list[dict[str, str]]) -> None:
    """Take annotations that are listed one a row."""
    for one in listed:
        side: Side = "zh" if one.get("side") == "zh" else "en"
        start, end = (
            kept.starts.get(one.get(row, ""), {}).get(side, -(10**9)) + _number(one.get(place, ""))
            for row, place in (("row", "start"), ("end_row", "end"))
        )
        pairs = (part.partition("=") for part in one.get("attributes", "").split("; ") if "=" in part)
        gathering.span(
            side,
            start,
            end,
            one.get("label", ""),
            quote=one.get("quote"),
            key=one.get("id", ""),
            note=one.get("note", ""),
            certainty=one.get("certainty", ""),
            attributes={name: value for name, _, value in pairs},
            by=one.get("by", ""),
            at=one.get("at", ""),
        )


def _join(gathering: Gathering, one: dict[str, str]) -> None:
    """Take a link that is listed."""
    more = {key: one.get(key, "") for key in ("note", "by", "at")}
    gathering.link(one.get("a"), one.get("b"), one.get("type", ""), key=one.get("id", ""), **more)


def _number(cell: str) -> int:
    return int(cell) if cell.isdecimal() and len(cell) < 10 else -(10**9)


def _mark(gathering: Gathering, marks: list[tuple[Side, int, str, str]]) -> None:
    """Take annotations that stand in the columns of their labels."""
    for side, origin, label, cell in marks:
        at = 0
        while place := _PLACE.match(cell, at):
            start, end = int(place[1]), int(place[2])
            quote = cell[place.end() : place.end() + max(0, end - start)]
            gathering.span(side, origin + start, origin + end, label, quote=quote)
            at = place.end() + len(quote)
            at += 2 if cell.startswith("; ", at) else 0
        if at < len(cell):
            gathering.losses.add("loss.read_outside", cell[at:])
