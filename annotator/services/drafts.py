"""What an import is about to do: one draft a document, read from files, folders and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.services.importing import ImportPlan, Source, from_text, group, preview, read_sources
from annotator.services.sources import endings, side_of

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


def read_drafts(given: Sequence[Given], encoding: str, job: Job) -> list[Draft]:
    """Read everything that was given; what cannot be read becomes a draft with an error.

    Raises:
        Cancelled: if the user asked to stop.
    """
    sources: list[Source] = []
    drafts: list[Draft] = []
    corpora: list[list[Source]] = []
    for one in given:
        if isinstance(one, Path) and one.is_dir():
            corpora.append(_read_all(_files_in(one, drafts), encoding, job, drafts))
        else:
            sources += _read_all([one], encoding, job, drafts)
    made = [_grouped(sources), *(_grouped(corpus, by_name=True) for corpus in corpora)]
    ready = [_draft(group) for groups, _ in made for group in groups]
    return ready + [one for _, alone in made for one in alone] + drafts


def _files_in(folder: Path, failed: list[Draft]) -> list[Path]:
    """The files of a folder that texts are imported from; if there are none, that is a failure."""
    known = endings()
    try:
        files = sorted(one for one in folder.iterdir() if _is_text(one, known))
    except OSError as error:
        reason = error.strerror or str(error)
        unreadable = AnnotatorError("error.import_unreadable", file=str(folder), reason=reason)
        failed.append(Draft(folder.name, error=str(unreadable)))
        return []
    if not files:
        nothing = AnnotatorError("error.text_no_files", folder=str(folder), endings=" ".join(known))
        failed.append(Draft(folder.name, error=str(nothing)))
    return files


def _is_text(path: Path, known: Sequence[str]) -> bool:
    # Word processors leave lock files beside what they have open (~$talk.docx).
    ours = path.suffix.casefold() in known and not path.name.startswith((".", "~$"))
    return ours and path.is_file()


def _read_all(given: Sequence[Given], encoding: str, job: Job, failed: list[Draft]) -> list[Source]:
    sources: list[Source] = []
    for count, one in enumerate(given):
        job.progress(count, len(given))
        try:
            sources += read_sources([one], encoding=encoding) if isinstance(one, Path) else [from_text(one)]
        except AnnotatorError as error:
            failed.append(Draft(one.name if isinstance(one, Path) else "", error=str(error)))
    return sources


def _grouped(sources: list[Source], *, by_name: bool = False) -> tuple[list[tuple[Source, ...]], list[Draft]]:
    """Sources by document; those without a partner are left out, each with its error."""
    alone: list[Draft] = []
    if len(sources) > 1:
        sources = [replace(source, side=source.side or side_of(source)) for source in sources]
    while sources:
        try:
            return group(sources, by_name=by_name), alone
        except AnnotatorError as error:
            name = str(error.details.get("file", ""))
            rest = [source for source in sources if source.name != name]
            if len(rest) == len(sources):
                return [], [*alone, Draft(name, error=str(error))]
            alone.append(Draft(name, error=str(error)))
            sources = rest
    return [], alone


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
