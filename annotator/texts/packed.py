"""Files in a zip archive, unpacked one by one and only as far as they are wanted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.extend import File
from annotator.formats import marked
from annotator.formats.archive import BROKEN

LARGEST = 64 * 1024 * 1024
"""Bytes that what is read of an archive may unpack to."""

ELEMENTS = 1_000_000
"""Elements that one XML file may have."""

_OLE = b"\xd0\xcf\x11\xe0"


class Packed:
    """An archive. Every method raises an `AnnotatorError` for one that is damaged, encrypted or too large."""

    def __init__(self, file: File) -> None:
        self._file, self._left = file, LARGEST
        if file.data.startswith(_OLE):
            raise AnnotatorError("error.text_protected", file=file.name)
        with self._sound():
            self._zip = zipfile.ZipFile(io.BytesIO(file.data))
            self._names = {one.filename: one for one in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self) -> list[str]:
        """The names of all files in it."""
        return list(self._names)

    def read(self, name: str) -> bytes:
        """One file in it."""
        entry = self._names.get(name)
        if entry is None:
            raise AnnotatorError("error.text_kind", file=self._file.name)
        if entry.flag_bits & 1:
            raise AnnotatorError("error.text_protected", file=self._file.name)
        self._left -= entry.file_size
        if self._left < 0:
            raise AnnotatorError("error.read_large", file=self._file.name, limit=LARGEST >> 20)
        with self._sound():
            # What an entry says of its size bounds what is read of it.
            return self._zip.read(entry)

    def xml(self, name: str) -> Element:
        """One XML file in it."""
        return marked.parsed(File(self._file.name, self.read(name)), ELEMENTS)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (*BROKEN, NotImplementedError) as error:
            raise AnnotatorError("error.text_damaged", file=self._file.name, reason=str(error)) from error
