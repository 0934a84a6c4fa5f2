"""What an export would write, before it does: its first lines, its counts, what it leaves out."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.job import Job
from annotator.extend import Corpus, Report, exporter_named
from annotator.services.exporting import preview
from annotator.services.options import check_installed
from annotator.services.selecting import Selection, select, split


@dataclass(frozen=True, slots=True)
class Weighed:
    """The report of an export that was not written, and how many documents each part of it has."""

    report: Report
    parts: dict[str, int]


class _Nowhere(io.RawIOBase):
    """Takes everything and keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        return len(data)


def head(corpus: Corpus, name: str, options: Any, selection: Selection, limit: int, job: Job) -> str:
    """The first `limit` characters of what would be written, one line a document spread over several.

    Raises:
        AnnotatorError: as `exporting.export` does, for whatever can be told before anything is written.
        Cancelled: if the user asked to stop.
    """
    check_installed(exporter_named(name))
    if hasattr(options, "pretty"):
        # One line a document would say nothing to a reader.
        options = replace(options, pretty=True)
    return preview(select(corpus, selection, job), name, options, limit, job)


def weigh(corpus: Corpus, name: str, options: Any, selection: Selection, job: Job) -> Weighed:
    """Do all of an export but the writing.

    Raises:
        AnnotatorError: as `head` does.
        Cancelled: if the user asked to stop.
    """
    exporter = exporter_named(name)
    check_installed(exporter)
    chosen = select(corpus, selection, job)
    parts = {part: one.count for part, one in split(chosen, selection).items()}
    report = exporter.write(chosen, _Nowhere(), options, job)  # type: ignore[arg-type]
    return Weighed(report, parts)
