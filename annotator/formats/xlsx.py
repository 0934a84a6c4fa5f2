"""Excel workbooks: pairs as rows, annotations as columns, and a sheet with everything that is annotated."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any, BinaryIO

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES, Span
from annotator.extend import Corpus, File, Found, NoOptions, Reading, Report, exporter, importer
from annotator.formats.archive import unpacked
from annotator.formats.cells import check_cells
from annotator.formats.gather import foreign
from annotator.formats.losses import Losses
from annotator.formats.passages import rows_of as parts_of
from annotator.formats.records import ordered_links
from annotator.formats.sheet import columns, found_in, rows_of

_ROWS = 1_048_576
_CELL = 32_767
_LISTED = (
    "document", "id", "side", "row", "start", "end_row", "end", "quote", "label", "certainty", "note",
    "attributes", "by", "at",
)  # fmt: skip
_LINKED = ("document", "id", "a", "b", "type", "note", "by", "at")
_WIDE = {"zh": 46, "en": 60, "quote": 30, "note": 30}


@exporter(
    "xlsx",
    "format.xlsx",
    suffixes=(".xlsx",),
    loses=("loss.sources", "loss.not_in_rows", "loss.cell"),
    binary=True,
)
def write(corpus: Corpus, out: BinaryIO, _: NoOptions, job: Job) -> Report:
    """Write three sheets: pairs, annotations, links. Every cell is a text: nothing becomes a formula.

    Raises:
        AnnotatorError: if there are more rows than a sheet can have.
    """
    documents = spans = links = 0
    with closing(_Book(corpus)) as book:
        for document in corpus.documents:
            job.progress(documents, corpus.count)
            book.add(document)
            documents += 1
            spans += len(document.spans)
            links += len(document.links)
    out.write(book.held.getbuffer())
    job.progress(documents, documents)
    return Report(documents, spans, links, book.losses.all())


class _Book:
    """A workbook that is written row by row."""

    def __init__(self, corpus: Corpus) -> None:
        import datetime

        import xlsxwriter

        self.losses = Losses()
        self._project = corpus.project
        # What the columns cannot say stands on the other sheets.
        self._columns = Losses()
        self.held = io.BytesIO()
        settings = {"constant_memory": True, "default_date_format": None}
        self._book = xlsxwriter.Workbook(self.held, settings)
        # Else the file would hold the time at which it was written.
        self._book.set_properties({"title": corpus.project.title, "created": datetime.datetime(2000, 1, 1)})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._sheets = [
            _Sheet(self._book.add_worksheet(name), head, self)
            for name, head in (
                ("pairs", columns(corpus.project)),
                ("annotations", _LISTED),
                ("links", _LINKED),
            )
        ]

    @property
    def formats(self) -> tuple[Any, Any]:
        """Those of a head and of a cell."""
        return self._bold, self._wrapped

    def add(self, document: Document) -> None:
        """The rows of a document on all sheets."""
        pairs, spans, links = self._sheets
        for row in rows_of(document, self._project, self._columns):
            pairs.write(row)
        for side in SIDES:
            for span in document.spans.ordered(side):
                rows = list(parts_of(document, span))
                if rows:
                    spans.write(_listed(document, span, rows[0], rows[-1]))
                else:
                    self.losses.add("loss.not_in_rows", span.quote)
        self.losses.unsaid(document, SIDES, "loss.notes", "loss.attributes", "loss.certainty")
        for link in ordered_links(document):
            links.write((document.id, link.id, link.a, link.b, link.type, link.note, link.by, link.at))

    def close(self) -> None:
        """Put the workbook together in `held`, and let its temporary files go."""
        self._book.close()


def _listed(
    document: Document, span: Span, first: tuple[int, int, int, int], last: tuple[int, int, int, int]
) -> list[str]:
    """An annotation as a row: its places count from the start of the text in its row, and in its last."""
    attributes = "; ".join(f"{name}={value}" for name, value in (span.attributes or {}).items())
    places = (first[0] + 1, first[1] - first[3], last[0] + 1, last[2] - last[3])
    return [
        document.id, span.id, span.side, *map(str, places), span.quote, span.label, span.certainty, span.note,
        attributes, span.by, span.at,
    ]  # fmt: skip


class _Sheet:
    def __init__(self, sheet: Any, head: Sequence[str], book: _Book) -> None:
        self._sheet, self._book, self._row = sheet, book, 0
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(head):
            sheet.set_column(column, column, _WIDE.get(name, 12))
        self.write(head)

    def write(self, cells: Sequence[str]) -> None:
        """A row of texts; one that is longer than a cell can be is cut and counted."""
        if self._row >= _ROWS:
            raise AnnotatorError("error.xlsx_rows", limit=_ROWS)
        style = self._book.formats[self._row > 0]
        for column, cell in enumerate(cells):
            if len(cell) > _CELL:
                self._book.losses.add("loss.cell", cell[:30])
                cell = cell[:_CELL]
            if cell:
                self._sheet.write_string(self._row, column, cell, style)
        self._row += 1


@importer("xlsx", "format.xlsx", suffixes=(".xlsx",))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read the first sheet as a table of pairs, and annotations and links from the sheets of that name."""
    losses = Losses()
    documents: list[Found] = []
    for number, file in enumerate(files):
        job.progress(number, len(files))
        sheets = _sheets(file)
        more = [sheets[name] for name in ("annotations", "links") if sheets.get(name)]
        documents += found_in(sheets[""], file.name, losses, more if len(more) == 2 else ())
    return Reading(tuple(documents), losses=losses.all())


def _sheets(file: File) -> dict[str, list[list[str]]]:
    """The rows of the sheets by their names; `""` is the first."""
    # Held against what it may unpack to before a library reads it.
    check_cells(unpacked(file), file.name)
    import python_calamine

    with foreign(file.name):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        names = {name: name for name in book.sheet_names if name in ("annotations", "links")}
        found = {name: book.get_sheet_by_name(name) for name in names}
        found[""] = book.get_sheet_by_index(0)
        return {name: [texts_of(row) for row in sheet.to_python()] for name, sheet in found.items()}


def texts_of(row: Iterable[object]) -> list[str]:
    """The cells of a row as texts; whole numbers have no decimals."""
    return [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
