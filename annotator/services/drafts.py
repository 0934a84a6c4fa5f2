"""What an import is about to do: one draft a document, read from files, folders and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.services.importing import ImportPlan, Source, from_text, group, preview
from annotator.services.sources import ARCHIVE, endings, is_text, read_file, side_of
from annotator.texts.shelf import Archive, Folder, Shelf, take

Given = Path | str
"""A file, a folder of files, or a text such as the clipboard holds it."""

_MOST = 64 * 1024 * 1024
"""Characters that are read from one folder at once."""

_SHOWN = 8


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


def read_drafts(given: Sequence[Given], encoding: str, job: Job, *, keep_lines: bool = False) -> list[Draft]:
    """Read everything that was given; what cannot be read becomes a draft with an error. Wrapped lines are
    joined unless `keep_lines` is set.

    Raises:
        Cancelled: if the user asked to stop.
    """
    failed: list[Draft] = []
    shelves: dict[Path, list[str]] = {}
    texts: list[Source] = []
    for one in given:
        if isinstance(one, str):
            texts += _tried("", failed, lambda text=one: [from_text(text)])  # type: ignore[misc]
        elif one.suffix.casefold() != ARCHIVE and not one.is_dir():
            shelves.setdefault(one.parent, []).append(one.name)
    for folder, names in shelves.items():
        texts += _read_all(Folder(folder), names, encoding, job, failed)
    made = [_grouped(texts)]
    for one in given:
        if isinstance(one, Path) and one not in _files_of(shelves):
            made.append(_grouped(_read_corpus(one, encoding, job, failed), by_name=True))
    ready = [_draft(group, keep_lines) for groups, _ in made for group in groups]
    return ready + [one for _, alone in made for one in alone] + failed


def _files_of(shelves: Mapping[Path, Sequence[str]]) -> set[Path]:
    return {folder / name for folder, names in shelves.items() for name in names}


def _tried(name: str, failed: list[Draft], read: Callable[[], Iterable[Source]]) -> list[Source]:
    try:
        return list(read())
    except AnnotatorError as error:
        failed.append(Draft(name, error=str(error)))
        return []


def _read_corpus(path: Path, encoding: str, job: Job, failed: list[Draft]) -> list[Source]:
    """The texts in a folder or an archive, however deep; if there are none, that is a failure."""
    if not path.is_dir():
        beside = Folder(path.parent)
        return _tried(path.name, failed, partial(_read, beside, path.name, encoding, job, failed))
    shelf = Folder(path)
    try:
        found = list(shelf.names())
        names = [name for name in found if is_text(name)]
        if not names:
            raise AnnotatorError("error.text_no_files", folder=str(path), endings=" ".join(endings()))
    except OSError as error:
        reason = error.strerror or str(error)
        unreadable = AnnotatorError("error.import_unreadable", file=str(path), reason=reason)
        failed.append(Draft(path.name, error=str(unreadable)))
        return []
    except AnnotatorError as error:
        failed.append(Draft(path.name, error=str(error)))
        return []
    _tell_others([name for name in found if not is_text(name)], job)
    return _read_all(shelf, names, encoding, job, failed)


def _tell_others(names: Sequence[str], job: Job) -> None:
    """Tell that there are files of kinds that no text is read from."""
    if names:
        kinds = sorted({PurePosixPath(name).suffix.casefold() or name for name in names})
        shown = " ".join((*kinds[:_SHOWN], *("…",) * (len(kinds) > _SHOWN)))
        job.notice(say("text.other_files", count=len(names), kinds=shown))


def _read_all(
    shelf: Shelf, names: Sequence[str], encoding: str, job: Job, failed: list[Draft]
) -> list[Source]:
    """The texts of files, without those that went into another one's."""
    sources: list[Source] = []
    used: set[str] = set()
    left = _MOST
    for count, name in enumerate(names):
        job.progress(count, len(names))
        if name in used:
            continue
        if left < 0:
            failed.append(Draft(name, error=str(AnnotatorError("error.text_enough", limit=_MOST >> 20))))
            continue
        found = _tried(name, failed, partial(_read, shelf, name, encoding, job, failed))
        used.update(one for source in found for one in source.used)
        left -= sum(map(_size, found))
        sources += found
    return [source for source in sources if source.name not in used]


def _read(shelf: Shelf, name: str, encoding: str, job: Job, failed: list[Draft]) -> Iterable[Source]:
    """The texts of a file; in an archive within a folder, each of its files may fail by itself."""
    if not name.casefold().endswith(ARCHIVE):
        return read_file(shelf, name, encoding)
    file = take(shelf, name)
    if file is None:
        raise AnnotatorError("error.import_missing", file=name)
    inner = Archive(file)
    names = [one for one in inner.names() if is_text(one) and not one.casefold().endswith(ARCHIVE)]
    if not names:
        raise AnnotatorError("error.text_no_files", folder=name, endings=" ".join(endings()))
    lost: list[Draft] = []
    read = _read_all(inner, names, encoding, Job(is_cancelled=job.cancelled), lost)
    failed += [replace(one, name=f"{name}/{one.name}") for one in lost]
    return [replace(one, name=f"{name}/{one.name}", used=_within(name, one.used)) for one in read]


def _within(archive: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{archive}/{name}" for name in names)


def _size(source: Source) -> int:
    return len(source.text) + sum(len(cell) for _, row in source.rows for cell in row)


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


def _draft(sources: tuple[Source, ...], keep_lines: bool) -> Draft:
    name = " + ".join(source.name for source in sources)
    try:
        plan = preview(sources, keep_lines=keep_lines)
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
