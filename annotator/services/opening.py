"""Creating and opening projects."""

from __future__ import annotations

import getpass
from pathlib import Path

import msgspec
from msgspec import Struct, field

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.labels import Label, LinkType
from annotator.core.project import Annotator, Project
from annotator.core.resources import resource
from annotator.core.session import Entry, Session
from annotator.settings import Settings
from annotator.store import commit, disk, project_file
from annotator.store.aside import Aside
from annotator.store.journal import Journal
from annotator.store.library import JOURNALS, PROJECT, Library
from annotator.store.locks import FileLock
from annotator.store.names import check_person, inside, is_safe, safe_person
from annotator.store.problems import Problem
from annotator.store.store import Store, read_snapshot, shared_files

_ATTRIBUTES = "* text eol=lf\n"
_IGNORED = f"{JOURNALS}/\n.cache/\n"
_READ_ATTEMPTS = 3


class Opened(Struct, frozen=True):
    """An open project: its session, its store, and what was found wrong so far (the list grows)."""

    session: Session
    store: Store
    problems: list[Problem] = field(default_factory=list)


def default_project(title: str, *, annotator: str, name: str = "") -> Project:
    """A new project's record: the labels and link types that the program ships, and one annotator."""
    import tomllib

    shipped = tomllib.loads(resource("labels.toml").read_text(encoding="utf-8"))
    return Project(
        title=title,
        labels=msgspec.convert(shipped["labels"], type=tuple[Label, ...]),
        link_types=msgspec.convert(shipped["link_types"], type=tuple[LinkType, ...]),
        annotators=(Annotator(id=annotator, name=name or annotator),),
    )


def create(folder: Path, title: str, *, annotator: str) -> None:
    """Make a new project in `folder`, which is made if need be.

    Raises:
        AnnotatorError: if there is a project or something else in its place, or it cannot be written.
    """
    check_person(annotator)
    if (folder / PROJECT).exists():
        raise AnnotatorError("error.project_exists", folder=folder)
    taken = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not taken.is_dir():
        raise AnnotatorError("error.folder_is_file", folder=taken)
    try:
        disk.make_folder(folder)
        if any(folder.iterdir()):
            raise AnnotatorError("error.folder_not_empty", folder=folder)
        disk.make_folder(folder / "docs")
        disk.write_file(folder / ".gitattributes", [_ATTRIBUTES.encode()])
        disk.write_file(folder / ".gitignore", [_IGNORED.encode()])
        record = project_file.encode(default_project(title, annotator=annotator))
        disk.replace_file(folder / PROJECT, [record])
    except OSError as error:
        raise disk.failure(error, folder) from error


def open_project(
    folder: Path, *, annotator: str | None = None, read_only: bool = False, job: Job | None = None
) -> Opened:
    """Open a project as one annotator; what a crash left unfinished is completed first.

    Where it cannot be written, or another process works as the same annotator, it opens read-only and
    `session.read_only` says why. Without `annotator` it is the one of the settings, else the only one
    of the project, else the user's name on this computer.

    Raises:
        AnnotatorError: if it is no project, or its record or journal cannot be used at all.
    """
    root = folder.absolute()
    if not (root / PROJECT).is_file() and not (root / JOURNALS).is_dir():
        raise AnnotatorError("error.not_a_project", folder=folder)
    who = check_person(annotator or choose_annotator(root))
    inside(root, root / JOURNALS / who)
    inside(root, root / "annotations" / who)
    inside(root, root / "docs")
    lock, reason = (None, AnnotatorError("error.read_only")) if read_only else _take_lock(root, who)
    try:
        return _open(root, who, lock, reason, job or Job())
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def annotators(root: Path) -> list[str]:
    """Whose annotations lie in the project."""
    folder = root / "annotations"
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted(name for name in names if is_safe(name))


def choose_annotator(root: Path) -> str:
    """Who annotates if nobody says: see `open_project`."""
    chosen = str(Settings().get("annotator")).strip()
    if chosen:
        return chosen if is_safe(chosen) else safe_person(chosen)
    there = annotators(root)
    return there[0] if len(there) == 1 else user_name()


def user_name() -> str:
    """The user's name on this computer, as an annotator's id."""
    try:
        return safe_person(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "annotator"


def _take_lock(root: Path, who: str) -> tuple[FileLock | None, AnnotatorError | None]:
    own = root / JOURNALS / who
    lock = FileLock(own / "lock")
    try:
        disk.make_folder(own)
        holder = lock.acquire()
    except OSError as error:
        return None, _cannot_write(error, root)
    if holder is None:
        return lock, None
    details = {"annotator": who, "host": holder.host, "pid": holder.pid, "since": holder.since}
    return None, AnnotatorError("error.locked_by", **details)


def _cannot_write(error: OSError, root: Path) -> AnnotatorError:
    why = disk.failure(error, root)
    return AnnotatorError("error.read_only_folder", folder=root) if why.key == "error.not_writable" else why


def _open(root: Path, who: str, lock: FileLock | None, reason: AnnotatorError | None, job: Job) -> Opened:
    own = root / JOURNALS / who
    if lock is not None:
        _recover(root, own)
        return _assemble(root, who, lock, reason, job)
    # Whoever works here may save while this reads: what does not fit together then is read again.
    for _ in range(_READ_ATTEMPTS - 1):
        before = _state_of(own)
        opened = _assemble(root, who, None, reason, job)
        if _state_of(own) == before:
            return opened
    return _assemble(root, who, None, reason, job)


def _state_of(own: Path) -> tuple[disk.Signature | None, ...]:
    return tuple(disk.signature(own / name) for name in ("snapshot.json", commit.COMMIT))


def _recover(root: Path, own: Path) -> None:
    plan = commit.plan_or_fail(own)
    try:
        if plan is not None:
            commit.finish(root, own, plan)
        commit.sweep(own)
    except OSError as error:
        raise disk.failure(error, root) from error


def _assemble(root: Path, who: str, lock: FileLock | None, reason: AnnotatorError | None, job: Job) -> Opened:
    own = root / JOURNALS / who
    plan = commit.pending(own) if lock is None else None
    aside = Aside(root / JOURNALS / "aside") if lock is not None else None
    library = Library(root, who, aside=aside, overlay=plan.overlay(root) if plan else None)
    record = library.project()
    if record.newer:
        reason = AnnotatorError("error.newer_format", file=PROJECT)
    journal = Journal(own, snapshot=plan.seq if plan else read_snapshot(own), aside=aside)
    library.problems.extend(journal.problems)
    store = Store(library, journal, lock=lock, read_only=reason, problems=library.problems)
    opening = _Opening(record.project, library, journal, store)
    try:
        session = opening.session(reason, job)
    except BaseException:
        store.close()
        raise
    return Opened(session, store, library.problems)


class _Opening(Struct, frozen=True):
    """Brings back what the journal holds beyond the saved files."""

    project: Project
    library: Library
    journal: Journal
    store: Store

    def session(self, reason: AnnotatorError | None, job: Job) -> Session:
        """The session as it was when the project was left."""
        tail = self.journal.tail()
        session = self._fresh(reason)
        unfit = self._replay(session, tail, job)
        if unfit is None:
            return session
        if self.library.corrected:
            with self.library.held_back():
                other = self._fresh(reason)
                if self._replay(other, tail, job) is None:
                    return self._caught_up(other)
        entry, error = unfit
        self.store.problems.append(self.journal.cut(entry.seq, error))
        return session

    def _fresh(self, reason: AnnotatorError | None) -> Session:
        return Session(
            self.project, self.library, self.journal, annotator=self.library.annotator, read_only=reason
        )

    def _replay(self, session: Session, tail: list[Entry], job: Job) -> tuple[Entry, AnnotatorError] | None:
        for count, entry in enumerate(tail):
            job.progress(count, len(tail))
            try:
                edit = _edit_of(entry, self.journal)
                if session.read_only is None and shared_files(edit):
                    _hold_structure(session, self.store)
                session.replay(entry, edit)
            except AnnotatorError as error:
                return entry, error
        return None

    def _caught_up(self, session: Session) -> Session:
        """The edits were made before somebody else corrected the text: carry them on, and save at once.

        What is edited from now on belongs to the text of today; in one journal the two would not fit.
        """
        for doc_id in session.document_ids:
            if session.loaded(doc_id):
                session.settle(self.library.caught_up(session.document(doc_id)))
        if session.read_only is None:
            try:
                state = session.state()
                self.store.save(state)
                session.saved(state)
            except AnnotatorError as error:
                session.read_only = self.store.read_only = error
        return session


def _hold_structure(session: Session, store: Store) -> None:
    try:
        store.hold_structure()
    except AnnotatorError as error:
        # What the journal holds can be seen, but not be saved while another process changes the same files.
        session.read_only = store.read_only = error


def _edit_of(entry: Entry, journal: Journal) -> Edit:
    if entry.edit is not None:
        return entry.edit
    edit = journal.edit(entry.of or 0)
    return edit.inverse() if entry.kind == "undo" else edit
