"""XML with texts: TEI, sentences and alignments of OPUS; memories and translation files under this ending."""

from __future__ import annotations

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, text_reader
from annotator.formats import marked
from annotator.texts import tei, tmx, xces, xliff
from annotator.texts.packed import ELEMENTS


@text_reader("xml", suffixes=(".xml", ".tei"))
def read(file: File, encoding: str) -> Extract:
    """What the root element says that it is; the texts that an alignment names lie beside it."""
    root = marked.parsed(file, ELEMENTS)
    if xces.is_alignment(root):
        return xces.aligned(root, file)
    if tei.is_tei(root):
        return tei.read(root, file)
    if marked.local(root) == "tmx":
        return tmx.read(file, encoding)
    if marked.local(root) == "xliff":
        return xliff.read(file, encoding)
    lines = [text for _, text in xces.sentences(root)]
    if not any(lines):
        raise AnnotatorError("error.text_kind", file=file.name)
    return Extract("\n".join(lines))
