"""Replacing several files as one: after a crash all of them are new, or none is.

New contents are staged in a folder of their own. `commit.json` then lists what goes where; from that
moment the change has happened, and whoever opens the project completes it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct, field

from annotator.core.errors import AnnotatorError
from annotator.store import disk
from annotator.store.names import inside

COMMIT = "commit.json"
STAGED = "staged"


class Move(Struct, frozen=True):
    """A file that goes from one place to another; both relative to the project."""

    source: str
    target: str


class Plan(Struct, frozen=True):
    """What a commit does: moves in their order. `seq` is the last journal entry that it covers."""

    seq: int
    moves: tuple[Move, ...]

    def overlay(self, root: Path) -> dict[str, Path | None]:
        """Where the files are that are not yet moved: target to staged path, and None for what goes."""
        found: dict[str, Path | None] = {}
        for move in self.moves:
            if (root / move.source).exists():
                found[move.target] = root / move.source
                found.setdefault(move.source, None)
        return found


class Staging(Struct):
    """New contents on their way; `root` is the project, `folder` the annotator's own in its journal."""

    root: Path
    folder: Path
    moves: list[Move] = field(default_factory=list)

    def write(self, target: str, chunks: Iterable[bytes]) -> None:
        """Stage new content for `target`.

        Raises:
            OSError: if it cannot be written.
        """
        inside(self.root, self.root / target)
        staged = self.folder / STAGED / f"{len(self.moves)}-{target.rsplit('/', 1)[-1][-60:]}"
        staged.parent.mkdir(exist_ok=True)
        disk.write_file(staged, chunks)
        self._move(staged, target)

    def discard(self, source: str, target: Path) -> None:
        """Move a file of the project to `target` when the commit is done."""
        inside(self.root, self.root / source)
        self.moves.append(Move(source, target.relative_to(self.root).as_posix()))

    def commit(self, seq: int) -> None:
        """Make it happen.

        Raises:
            OSError: if the plan cannot be written, then nothing happened; or if a move fails, then the
                plan stays and is completed later.
        """
        if self.moves:
            disk.sync_folder(self.folder / STAGED)
        plan = Plan(seq, tuple(self.moves))
        disk.replace_file(self.folder / COMMIT, [msgspec.json.encode(plan)])
        finish(self.root, self.folder, plan)

    def _move(self, staged: Path, target: str) -> None:
        self.moves.append(Move(staged.relative_to(self.root).as_posix(), target))


def pending(folder: Path) -> Plan | None:
    """The commit that was begun and not completed."""
    try:
        return msgspec.json.decode((folder / COMMIT).read_bytes(), type=Plan)
    except (OSError, msgspec.MsgspecError):
        return None


def finish(root: Path, folder: Path, plan: Plan) -> None:
    """Do what is left to do of a commit. Doing it twice does no harm.

    Raises:
        OSError: if a move fails; the plan stays.
        AnnotatorError: if the plan would lead out of the project.
    """
    touched: dict[Path, None] = {}
    for move in plan.moves:
        source, target = inside(root, root / move.source), inside(root, root / move.target)
        if source.exists():
            disk.make_folder(target.parent)
            source.replace(target)
        touched[target.parent] = touched[source.parent] = None
    for parent in touched:
        if parent.exists():
            disk.sync_folder(parent)
    (folder / COMMIT).unlink(missing_ok=True)
    disk.sync_folder(folder)


def sweep(folder: Path) -> None:
    """Remove what a save that never came to its commit left behind."""
    for left in (*(folder / STAGED).glob("*"), *folder.glob("*.new")):
        with contextlib.suppress(OSError):
            left.unlink()


def plan_or_fail(folder: Path) -> Plan | None:
    """The commit to complete.

    Raises:
        AnnotatorError: if there is one and it cannot be understood.
    """
    plan = pending(folder)
    if plan is None and (folder / COMMIT).exists():
        raise AnnotatorError("error.commit_damaged", path=folder / COMMIT)
    return plan
