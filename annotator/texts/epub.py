"""Electronic books (.epub): the chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, text_reader
from annotator.formats.marked import attribute, named
from annotator.formats.plain import read_text
from annotator.texts.blocks import extract
from annotator.texts.html import blocks
from annotator.texts.packed import Packed

_CONTAINER = "META-INF/container.xml"
_LOCKED = "META-INF/encryption.xml"
_CHAPTERS = ("application/xhtml+xml", "text/html", "")


@text_reader("epub", suffixes=(".epub",))
def read(file: File, _: str) -> Extract:
    """The text of the chapters; the table of contents and the cover's picture are left out."""
    packed = Packed(file)
    chapters = list(dict.fromkeys(_chapters(packed, file.name)))
    if _locked(packed) & set(chapters):
        raise AnnotatorError("error.text_locked", file=file.name)
    found = [
        block for chapter in chapters for block in blocks(_markup(packed, chapter, file.name), file.name)
    ]
    return extract(found)


def _markup(packed: Packed, chapter: str, name: str) -> str:
    data = packed.read(chapter)
    # Of an empty chapter there is nothing to be read.
    return read_text(data, name=name).text if data.strip() else "<p/>"


def _chapters(packed: Packed, name: str) -> Iterator[str]:
    """The names of the chapters' files in the archive, in reading order."""
    roots = named(packed.xml(_CONTAINER), "rootfile")
    if not roots:
        raise AnnotatorError("error.text_kind", file=name)
    place = unquote(attribute(roots[0], "full-path"))
    package = packed.xml(place)
    items = {attribute(one, "id"): one for one in named(package, "item")}
    for reference in named(package, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        if attribute(item, "media-type") in _CHAPTERS:
            path = unquote(attribute(item, "href").partition("#")[0])
            yield posixpath.normpath(posixpath.join(posixpath.dirname(place), path))


def _locked(packed: Packed) -> set[str]:
    """What is encrypted; of many books only the typefaces are."""
    if _LOCKED not in packed:
        return set()
    references = named(packed.xml(_LOCKED), "CipherReference")
    return {unquote(attribute(one, "URI")) for one in references}
