"""What an import is about to do: one draft a document, read from files, folders and texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.services.importing import ImportPlan, Source, from_text, preview, read_sources
from annotator.services.sources import endings, grouped

_MOST = 256 * 1024 * 1024
"""Characters that all texts of one import may have."""

Given = Path | str
"""A file, a folder of files, or a text such as the clipboard holds it."""


@dataclass(slots=True)
class Draft:
    """A document to be: its plan, as the user has corrected it, or the sentence that says what is wrong."""

    name: str
    plan: ImportPlan | None = None
    title: str = ""
    error: str = ""
    done: bool = False
    sources: tuple[Source, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be imported."""
        return self.plan is not None and self.plan.missing is None and not self.done


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be read.

    Attributes:
        encoding: overrides the recognition; empty leaves it.
        keep_lines: do not join lines that were broken to fit a width.
        flat: of a folder, leave out the folders in it.
    """

    encoding: str = ""
    keep_lines: bool = False
    flat: bool = False


def read_drafts(given: Sequence[Given], wishes: Wishes | str, job: Job) -> list[Draft]:
    """Read everything that was given; what cannot be read becomes a draft with an error.

    A string stands for the encoding alone.

    Raises:
        Cancelled: if the user asked to stop.
    """
    wishes = Wishes(wishes) if isinstance(wishes, str) else wishes
    reading = _Reading(wishes, job)
    sources: list[Source] = []
    corpora: list[list[Source]] = []
    for one in given:
        if isinstance(one, Path) and one.is_dir():
            corpora.append(reading.folder(one))
        else:
            sources += reading.all([(one, one.name if isinstance(one, Path) else "")])
    made = [_grouped(sources), *(_grouped(corpus, by_name=True) for corpus in corpora)]
    ready = []
    groups = [group for groups, _ in made for group in groups]
    for number, group in enumerate(groups):
        job.progress(number, len(groups))
        ready.append(_draft(group))
    return ready + [one for _, alone in made for one in alone] + reading.failed


class _Reading:
    """Reads files one after the other; those that fail are kept with their reasons."""

    def __init__(self, wishes: Wishes, job: Job) -> None:
        self._wishes, self._job = wishes, job
        self._left = _MOST
        self.failed: list[Draft] = []

    def folder(self, folder: Path) -> list[Source]:
        """The texts in a folder, by their paths in it; those that others brought along are left out."""
        files = [(path, path.relative_to(folder).as_posix()) for path in self._files(folder)]
        sources = self.all(files)
        used = {path for source in sources for path in source.uses}
        return [source for source in sources if source.path not in used]

    def all(self, given: Sequence[tuple[Given, str]]) -> list[Source]:
        """What can be read, under the names that are given along."""
        sources: list[Source] = []
        for count, (one, name) in enumerate(given):
            self._job.progress(count, len(given))
            try:
                sources.append(self._one(one, name))
            except AnnotatorError as error:
                self.failed.append(Draft(name, error=str(error)))
        return sources

    def _one(self, one: Given, name: str) -> Source:
        keep = self._wishes.keep_lines
        if isinstance(one, str):
            return from_text(one, keep_lines=keep)
        (source,) = read_sources([one], encoding=self._wishes.encoding, keep_lines=keep)
        self._left -= len(source.text) + sum(len(cell) for _, row in source.rows for cell in row)
        if self._left < 0:
            raise AnnotatorError("error.text_too_much", file=name, limit=_MOST >> 20)
        return replace(source, name=name)

    def _files(self, folder: Path) -> list[Path]:
        """The files of a folder that texts are imported from; if there are none, that is a failure."""
        known = endings()
        try:
            files = list(_below(folder, known, self._wishes.flat))
        except OSError as error:
            reason = error.strerror or str(error)
            unreadable = AnnotatorError("error.import_unreadable", file=str(folder), reason=reason)
            self.failed.append(Draft(folder.name, error=str(unreadable)))
            return []
        if not files:
            nothing = AnnotatorError("error.text_no_files", folder=str(folder), endings=" ".join(known))
            self.failed.append(Draft(folder.name, error=str(nothing)))
        return files


def _below(folder: Path, known: Sequence[str], flat: bool) -> Iterator[Path]:
    """The texts in a folder, then those in the folders in it; not hidden or linked ones."""
    entries = sorted(folder.iterdir())
    yield from (one for one in entries if _is_text(one, known))
    for one in () if flat else entries:
        if one.is_dir() and not one.is_symlink() and not one.name.startswith("."):
            with suppress(OSError):
                yield from _below(one, known, flat)


def _is_text(path: Path, known: Sequence[str]) -> bool:
    # Word processors leave lock files beside what they have open (~$talk.docx).
    ours = path.suffix.casefold() in known and not path.name.startswith((".", "~$"))
    return ours and path.is_file()


def _grouped(sources: list[Source], *, by_name: bool = False) -> tuple[list[tuple[Source, ...]], list[Draft]]:
    """Sources by document; those without a partner are left out, each with its error."""
    if not sources or (len(sources) == 1 and not by_name):
        return [tuple(sources)] if sources else [], []
    groups, lonely = grouped(sources, by_name=by_name)
    alone = [
        Draft(one.name, error=str(AnnotatorError("error.import_no_partner", file=one.name))) for one in lonely
    ]
    return groups, alone


def _draft(sources: tuple[Source, ...]) -> Draft:
    name = " + ".join(source.name for source in sources)
    try:
        plan = preview(sources)
    except AnnotatorError as error:
        return Draft(name, error=str(error))
    return Draft(name, plan, plan.title, sources=sources)


def read_columns(draft: Draft, columns: tuple[int, int], *, job: Job) -> ImportPlan:
    """The plan of a table with other columns taken as Chinese and English.

    Raises:
        AnnotatorError: if it is no table any more.
    """
    plan = preview(draft.sources, columns)
    job.progress(1, 1)
    return plan


def failing(draft: Draft) -> Draft:
    """A draft that cannot be imported, with the reason if it has none yet: a side is missing."""
    if draft.error or draft.plan is None or draft.plan.missing is None:
        return draft
    key = "error.import_only_en" if draft.plan.missing == "zh" else "error.import_only_zh"
    return replace(draft, error=str(AnnotatorError(key, file=draft.name)))
