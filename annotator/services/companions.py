"""Files that belong to a file: read only if they lie in its folder or below, and never beyond a bound."""

from __future__ import annotations

import zlib
from pathlib import Path, PurePosixPath

from annotator.core.errors import AnnotatorError
from annotator.extend import File
from annotator.formats.plain import LARGEST, read_bytes

GZIP = ".gz"
_GZIP_WRAPPED = 31
_GZIP_FRAME = 18


class Beside:
    """The files beside one file, by the names that it gives them; `used` are those that were read."""

    def __init__(self, path: Path) -> None:
        self._folder = path.parent
        self._left = LARGEST
        self.used: set[Path] = set()

    def read(self, name: str) -> File | None:
        """The file of this name, unpacked; None if there is none in the folder.

        A name may have folders before it that are not there, or lack the ending of a packed file.

        Raises:
            AnnotatorError: if it cannot be read, or all that was read here is too large.
        """
        path = self._found(name)
        if path is None:
            return None
        file = File(path.name, read_bytes(path))
        if path.suffix.casefold() == GZIP:
            file = File(path.stem, unzipped(file))
        self._left -= len(file.data)
        if self._left < 0:
            raise AnnotatorError("error.read_large", file=file.name, limit=LARGEST >> 20)
        self.used.add(path)
        return file

    def _found(self, name: str) -> Path | None:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or PurePosixPath(name).is_absolute() or ".." in parts or "\0" in name:
            return None
        try:
            root = self._folder.resolve()
            for first in range(len(parts)):
                wanted = self._folder.joinpath(*parts[first:])
                packed = wanted.name.removesuffix(GZIP)
                for one in (wanted, wanted.with_name(packed), wanted.with_name(packed + GZIP)):
                    if one.is_file() and one.resolve().is_relative_to(root):
                        return one
        except (OSError, ValueError):
            return None
        return None


def unzipped(file: File) -> bytes:
    """What a gzip file holds.

    Raises:
        AnnotatorError: if it is damaged, or unpacks to more than a text may have.
    """
    made, rest = bytearray(), file.data
    # Its last four bytes say how much it unpacks to.
    if int.from_bytes(file.data[-4:], "little") > LARGEST and len(file.data) > _GZIP_FRAME:
        raise AnnotatorError("error.read_large", file=file.name, limit=LARGEST >> 20)
    try:
        while rest:
            unfolding = zlib.decompressobj(_GZIP_WRAPPED)
            made += unfolding.decompress(rest, LARGEST + 1 - len(made))
            if len(made) > LARGEST or unfolding.unconsumed_tail:
                raise AnnotatorError("error.read_large", file=file.name, limit=LARGEST >> 20)
            if not unfolding.eof:
                raise zlib.error("the end is missing")
            rest = unfolding.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise AnnotatorError("error.text_damaged", file=file.name, reason=str(error)) from error
    return bytes(made)
