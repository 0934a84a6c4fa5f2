"""Writing so that it stays: syncing, replacing, and what failures of the disk mean to a person."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from annotator.core.errors import AnnotatorError

Signature = tuple[int, int, int]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.ENODEV,
    errno.ENXIO,
    errno.ESTALE,
    errno.ENOTCONN,
    errno.EHOSTDOWN,
}


def failure(error: OSError, path: Path) -> AnnotatorError:
    """The sentence for a failure of the system at `path`."""
    if error.errno in _FULL:
        return AnnotatorError("error.disk_full", path=path)
    if error.errno in _FORBIDDEN:
        return AnnotatorError("error.not_writable", path=path)
    if error.errno in _GONE:
        return AnnotatorError("error.folder_gone", path=path)
    return AnnotatorError("error.disk_fault", path=path, reason=error.strerror or str(error))


def read(path: Path) -> bytes:
    """The whole file.

    Raises:
        AnnotatorError: if it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise AnnotatorError("error.unreadable", path=path, reason=error.strerror or str(error)) from error


def sync(fd: int) -> None:
    """Return when what was written to `fd` is on the disk itself."""
    if hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    elif not _sync_mac(fd):
        os.fsync(fd)


def _sync_mac(fd: int) -> bool:
    # On macOS fsync stops at the drive's cache.
    try:
        import fcntl

        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
    except (ImportError, AttributeError, OSError):
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk itself. Windows does so by itself."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    except OSError as error:
        # Some network file systems cannot sync a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(fd)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they are still there after a power failure."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write_all(fd: int, data: bytes) -> None:
    """Write all of `data`, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write and sync a new file; the interpreter is free for others at every chunk."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        for chunk in chunks:
            write_all(fd, chunk)
        sync(fd)
    finally:
        os.close(fd)


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Put new content at `path`: after a crash either the old or the new is there, whole."""
    draft = path.with_name(path.name + ".new")
    write_file(draft, chunks)
    draft.replace(path)
    sync_folder(path.parent)


def signature(path: Path) -> Signature | None:
    """What changes when somebody else writes the file; None if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino
