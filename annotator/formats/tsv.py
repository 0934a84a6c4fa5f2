"""Tab-separated values: pairs as rows, annotations as columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from annotator.core.job import Job
from annotator.extend import Corpus, File, Found, NoOptions, Reading, Report, exporter, importer
from annotator.formats.gather import damaged, text_of
from annotator.formats.losses import Losses
from annotator.formats.sheet import LOSES, columns, found_in, rows_of


@exporter("tsv", "format.tsv", suffixes=(".tsv",), loses=LOSES)
def write(corpus: Corpus, out: BinaryIO, _: NoOptions, job: Job) -> Report:
    """Write a head and a row for each pair; cells with tabs, quotes or line ends in them are quoted."""
    losses = Losses()
    out.write(_lines([columns(corpus.project)]))
    documents = spans = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        out.write(_lines(rows_of(document, corpus.project, losses)))
        losses.unsaid(document, ("zh", "en"))
        losses.add("loss.links", count=len(document.links))
        documents += 1
        spans += len(document.spans)
    job.progress(documents, documents)
    missing = losses.counts["loss.not_in_rows"] + losses.counts["loss.label_unknown"]
    return Report(documents, spans - missing, 0, losses.all())


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return held.getvalue().encode()


@importer("tsv", "format.tsv", suffixes=(".tsv", ".tab", ".csv"))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read tables that this program wrote with their annotations, others for their two texts."""
    losses = Losses()
    documents: list[Found] = []
    for number, file in enumerate(files):
        job.progress(number, len(files))
        documents += found_in(_rows(file), file.name, losses)
    return Reading(tuple(documents), losses=losses.all())


def _rows(file: File) -> list[list[str]]:
    text = text_of(file)
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    limit = csv.field_size_limit(len(text) + 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise damaged(file.name, error) from None
    finally:
        csv.field_size_limit(limit)
