"""The journal of one annotator: every edit, durable before anyone sees it.

`journal.jsonl` holds what the saved files do not have yet, `history.jsonl` what they have: both together
are the undo history.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.core.edits import Caption, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.session import Entry, Kind
from annotator.store import disk, lines
from annotator.store.aside import Aside
from annotator.store.lines import Place
from annotator.store.problems import Problem

JOURNAL = "journal.jsonl"
HISTORY = "history.jsonl"
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

Guard = Callable[[Edit], None]
"""Raises an AnnotatorError if an edit may not be made now."""


class Journal:
    """Where entries become durable; used from any thread."""

    def __init__(self, folder: Path, *, snapshot: int, aside: Aside | None) -> None:
        """Read the journal in `folder`, of which the saved files hold the entries up to `snapshot`.

        Without `aside` nothing is written at all.

        Raises:
            AnnotatorError: if it cannot be read, or damaged parts cannot be kept aside.
        """
        self.problems: list[Problem] = []
        self._path, self._history_path = folder / JOURNAL, folder / HISTORY
        self._where = f"{folder.parent.name}/{folder.name}"
        self._snapshot = snapshot
        self._aside = aside
        self._lock = threading.RLock()
        self._guard: Guard | None = None
        self._broken: AnnotatorError | None = None
        self._captions: dict[int, Caption] = {}
        self._recent: tuple[int, Edit] | None = None
        self._places: dict[int, Place] = {}
        self._history: dict[int, Place] = {}
        self._length = self._history_length = 0
        self._fd = -1
        self._open_history()
        self._open_journal()

    def guard(self, guard: Guard) -> None:
        """Ask `guard` before every entry."""
        self._guard = guard

    @property
    def snapshot(self) -> int:
        """The number of the last entry that the saved files hold."""
        return self._snapshot

    def last_seq(self) -> int:
        """The number of the newest entry, 0 if there is none."""
        return max(self._snapshot, max(self._places, default=0), max(self._history, default=0))

    def tail(self) -> list[Entry]:
        """The entries that the saved files do not have yet, oldest first."""
        return [self._entry(seq) for seq in sorted(self._places) if seq > self._snapshot]

    def history(self) -> Iterator[tuple[int, Kind, int | None]]:
        """`(seq, kind, of)` of all entries, oldest first."""
        every = {**self._history, **self._places}
        for seq in sorted(every):
            yield seq, every[seq].kind, every[seq].of

    def edit(self, seq: int) -> Edit:
        """The edit that was done as number `seq`.

        Raises:
            AnnotatorError: if it is not there any more, or damaged.
        """
        recent = self._recent
        if recent is not None and recent[0] == seq:
            return recent[1]
        edit = self._entry(seq).edit
        if edit is None:
            raise AnnotatorError("error.history_damaged", seq=seq)
        self._recent = (seq, edit)
        return edit

    def caption(self, seq: int) -> Caption:
        """The caption of the edit that was done as number `seq`; an empty one if it is damaged."""
        if seq not in self._captions:
            try:
                self._captions[seq] = lines.decode_caption(self._line(seq))
            except (ValueError, AnnotatorError):
                return Caption("edit.unknown")
        return self._captions[seq]

    def append(self, entry: Entry) -> None:
        """Write and sync `entry`.

        Raises:
            AnnotatorError: if it is not on disk for certain; nothing of it is kept then.
        """
        edit = entry.edit or self.edit(entry.of or 0)
        if self._guard is not None:
            self._guard(edit)
        line = lines.encode(entry)
        with self._lock:
            self._check_in_place()
            try:
                disk.write_all(self._fd, line)
                disk.sync(self._fd)
            except OSError as error:
                self._roll_back()
                raise disk.failure(error, self._path) from error
            place = Place(entry.seq, entry.kind, entry.of, self._length, len(line))
            self._places[entry.seq] = place
            self._length += len(line)
        if entry.edit is not None:
            self._captions[entry.seq] = edit.caption
        self._recent = (entry.of or entry.seq, edit)

    def covered(self, seq: int) -> None:
        """The saved files hold everything up to `seq` now: move those entries to the history.

        A failure here loses nothing; the next time moves them.
        """
        self._snapshot = seq
        with contextlib.suppress(OSError, AnnotatorError):
            self._move_to_history(seq)

    def cut(self, seq: int, why: AnnotatorError) -> Problem:
        """Keep the entries from `seq` on aside: they do not fit the files. The result names them."""
        with self._lock:
            first = self._places[seq]
            count = sum(1 for one in self._places if one >= seq)
            details = {"count": count, "reason": str(why)}
            problem = Problem(
                f"{self._where}/{JOURNAL}", self._line_number(first), "problem.journal_unfit", details
            )
            self._cut_at(first.offset, "unfit")
            return problem

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close_fd()
            self._broken = self._broken or AnnotatorError("error.journal_closed")

    def _open_history(self) -> None:
        if not self._history_path.exists():
            return
        found = lines.scan_history(disk.read(self._history_path))
        self._history = {place.seq: place for place in found.places}
        self._history_length = found.end
        if found.damaged:
            self.problems.append(
                Problem(f"{self._where}/{HISTORY}", None, "problem.history_damaged", severity="warning")
            )

    def _open_journal(self) -> None:
        data = disk.read(self._path) if self._path.exists() else b""
        found = lines.scan(data)
        self._places = {place.seq: place for place in found.places}
        self._length = len(data)
        if self._aside is None:
            self._broken = AnnotatorError("error.read_only")
        else:
            self._open_fd()
        if found.torn or found.damaged:
            rest = data[found.end :].count(b"\n") + (not data.endswith(b"\n"))
            key = "problem.journal_torn" if found.torn else "problem.journal_damaged"
            severity = "info" if found.torn else "error"
            number = data[: found.end].count(b"\n") + 1
            self.problems.append(Problem(f"{self._where}/{JOURNAL}", number, key, {"count": rest}, severity))  # type: ignore[arg-type]
            self._cut_at(found.end, "torn" if found.torn else "damaged")

    def _open_fd(self) -> None:
        fresh = not self._path.exists()
        try:
            self._fd = os.open(self._path, _FLAGS, 0o666)
            if fresh:
                disk.sync_folder(self._path.parent)
        except OSError as error:
            raise disk.failure(error, self._path) from error

    def _close_fd(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _cut_at(self, offset: int, what: str) -> None:
        self._places = {seq: place for seq, place in self._places.items() if place.offset < offset}
        if self._aside is None:
            return
        self._aside.keep(f"journal-{what}.jsonl", disk.read(self._path)[offset:])
        try:
            os.ftruncate(self._fd, offset)
            disk.sync(self._fd)
        except OSError as error:
            raise disk.failure(error, self._path) from error
        self._length = offset

    def _check_in_place(self) -> None:
        if self._broken is not None:
            raise self._broken
        try:
            there, here = self._path.stat(), os.fstat(self._fd)
        except OSError as error:
            raise disk.failure(error, self._path) from error
        if not os.path.samestat(there, here):
            raise AnnotatorError("error.folder_gone", path=self._path)
        if here.st_size != self._length:
            raise AnnotatorError("error.journal_changed", path=self._path)

    def _roll_back(self) -> None:
        try:
            os.ftruncate(self._fd, self._length)
        except OSError:
            self._broken = AnnotatorError("error.journal_broken", path=self._path)
            return
        # The truncation is what counts; where even this sync fails, the torn line is cut on opening.
        with contextlib.suppress(OSError):
            disk.sync(self._fd)

    def _entry(self, seq: int) -> Entry:
        try:
            return lines.decode(self._line(seq))
        except ValueError as error:
            raise AnnotatorError("error.history_damaged", seq=seq) from error

    def _line(self, seq: int) -> bytes:
        with self._lock:
            place, path = self._places.get(seq), self._path
            if place is None:
                place, path = self._history.get(seq), self._history_path
            if place is None:
                raise AnnotatorError("error.history_damaged", seq=seq)
            try:
                with path.open("rb") as file:
                    file.seek(place.offset)
                    return file.read(place.length)
            except OSError as error:
                raise disk.failure(error, path) from error

    def _line_number(self, place: Place) -> int:
        return sum(1 for one in self._places.values() if one.offset < place.offset) + 1

    def _move_to_history(self, seq: int) -> None:
        with self._lock:
            leaving = [place for place in self._places.values() if place.seq <= seq]
        if not leaving:
            return
        cut = max(place.offset + place.length for place in leaving)
        with self._path.open("rb") as file:
            moved = self._append_history(leaving, file.read(cut))
        with self._lock:
            self._history.update(moved)
            self._drop_front(cut)

    def _append_history(self, leaving: list[Place], data: bytes) -> dict[int, Place]:
        known = max(self._history, default=0)
        moved: dict[int, Place] = {}
        at, pieces = self._history_length, list[bytes]()
        for place in sorted(leaving, key=lambda place: place.seq):
            if place.seq > known:
                pieces.append(data[place.offset : place.offset + place.length])
                moved[place.seq] = Place(place.seq, place.kind, place.of, at, place.length)
                at += place.length
        fd = os.open(self._history_path, _FLAGS, 0o666)
        try:
            os.ftruncate(fd, self._history_length)
            disk.write_all(fd, b"".join(pieces))
            disk.sync(fd)
        finally:
            os.close(fd)
        disk.sync_folder(self._history_path.parent)
        self._history_length = at
        return moved

    def _drop_front(self, cut: int) -> None:
        with self._path.open("rb") as file:
            file.seek(cut)
            rest = file.read()
        draft = self._path.with_name(JOURNAL + ".new")
        disk.write_file(draft, [rest])
        # Windows replaces no file that is open.
        self._close_fd()
        try:
            draft.replace(self._path)
        except OSError:
            self._reopen()
            raise
        self._places = {
            seq: Place(seq, place.kind, place.of, place.offset - cut, place.length)
            for seq, place in self._places.items()
            if place.offset >= cut
        }
        self._length = len(rest)
        self._reopen()

    def _reopen(self) -> None:
        try:
            self._open_fd()
            disk.sync_folder(self._path.parent)
        except (OSError, AnnotatorError):
            # Without the folder's own sync, what is appended now might lie in a file that has no name.
            self._broken = AnnotatorError("error.journal_broken", path=self._path)
