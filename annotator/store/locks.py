"""Locks between processes, which vanish with the process that holds them."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from pathlib import Path

from msgspec import Struct

from annotator.core.ids import now

# Windows forbids reading what is locked, so the locked byte lies far behind the content.
_LOCKED_BYTE = 1 << 30
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class Holder(Struct, frozen=True):
    """Who holds a lock: machine, process number, since when, as it is told to a reader."""

    host: str = "?"
    pid: int = 0
    since: str = "?"


class FileLock:
    """An exclusive lock on a file that says who holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._fd is not None

    def acquire(self) -> Holder | None:
        """Take the lock; if another has it, the result says who.

        Raises:
            OSError: if the file cannot be written.
        """
        if self._fd is not None:
            return None
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(fd)
        except OSError as error:
            os.close(fd)
            if error.errno in _HELD:
                return self._holder()
            raise
        self._fd = fd
        with contextlib.suppress(OSError):
            self._sign(fd)
        return None

    def release(self) -> None:
        """Let go; harmless if it is not held."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _sign(self, fd: int) -> None:
        who = {"host": platform.node(), "pid": os.getpid(), "since": now()}
        os.ftruncate(fd, 0)
        os.write(fd, json.dumps(who).encode())

    def _holder(self) -> Holder:
        try:
            who = json.loads(self._path.read_bytes())
            since = str(who["since"]).replace("T", " ").replace("Z", " UTC")
            return Holder(str(who["host"]), int(who["pid"]), since)
        except (OSError, ValueError, KeyError, TypeError):
            return Holder()


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(fd, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(fd: int) -> None:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A file system without locks cannot protect anyone; refusing to work there helps nobody.
            if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                raise
