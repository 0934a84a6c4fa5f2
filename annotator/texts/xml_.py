"""XML files (.xml): what they are is told by their first element."""

from __future__ import annotations

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, text_reader
from annotator.formats import marked
from annotator.texts import opus, tei
from annotator.texts.packed import ELEMENTS


@text_reader("xml", suffixes=(".xml", ".tei"))
def read(file: File, _: str) -> Extract:
    """A TEI text, a text of OPUS, or the alignment of two such texts."""
    root = marked.parsed(file, ELEMENTS)
    if opus.is_alignment(root):
        return opus.aligned(root, file)
    if tei.is_tei(root):
        return tei.read(root, file)
    if opus.is_text(root):
        return opus.text(root, file)
    raise AnnotatorError("error.text_xml", file=file.name, root=marked.local(root))
