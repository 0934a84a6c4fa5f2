"""Which kind of dictionary some bytes are; the contents decide, never the name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.formats.dictionary import cedict, table
from annotator.formats.dictionary.gathering import Entry
from annotator.formats.dictionary.markup import is_markup, marked_up
from annotator.formats.plain import read_text


def entries_in(data: bytes, path: Path) -> Iterator[Entry]:
    """The entries, as they are written.

    Raises:
        AnnotatorError: if they cannot be read.
    """
    if not data.strip():
        return iter(())
    if is_markup(data):
        return marked_up(data, path)
    try:
        text = read_text(data, name=path.name).text
    except AnnotatorError as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why
    return cedict.entries(text) if cedict.fits(text) else table.entries(text, path)
