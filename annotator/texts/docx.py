"""Word documents (.docx): paragraphs and tables as they read once all tracked changes are accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, Loss, text_reader
from annotator.formats.marked import local
from annotator.texts.blocks import Block, Grid, extract
from annotator.texts.packed import Packed

_MAIN = "word/document.xml"
# `rt` is the reading above a character, `Fallback` the same drawing again for older programs.
_DROPPED = frozenset(("del", "moveFrom", "rt", "Fallback", "pPr", "rPr", "tblPr", "sectPr"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES = {
    "footnoteReference": "text.lost_notes",
    "endnoteReference": "text.lost_notes",
    "commentReference": "text.lost_comments",
    "del": "text.lost_deletions",
    "moveFrom": "text.lost_deletions",
}


@text_reader("docx", suffixes=(".docx", ".docm"))
def read(file: File, _: str) -> Extract:
    """The text of the body, text boxes behind the paragraphs that they hang on."""
    root = Packed(file).xml(_MAIN)
    body = next((one for one in root if local(one) == "body"), None)
    if body is None:
        raise AnnotatorError("error.text_kind", file=file.name)
    lost = Counter(_NOTES[name] for one in root.iter() if (name := local(one)) in _NOTES and _holds(one))
    return extract(list(_blocks(body)), tuple(Loss(key, count) for key, count in sorted(lost.items())))


def _holds(element: Element) -> bool:
    """Whether a reference or a deletion is one of text, not of a paragraph's end alone."""
    return local(element).endswith("Reference") or any(local(one) == "r" for one in element)


def _blocks(parent: Element) -> Iterator[Block]:
    """The blocks below an element; a paragraph whose end was deleted goes on in the next one."""
    held = ""
    for element in _block_elements(parent):
        if local(element) == "tbl":
            if held:
                yield held
            held = ""
            yield _grid(element)
            continue
        text = held + _text(element)
        boxes = [one for box in _boxes(element) for one in _blocks(box)]
        held = text if _runs_on(element) else ""
        if not held:
            yield from text.split("\n")
        yield from boxes
    if held:
        yield held


def _block_elements(parent: Element) -> Iterator[Element]:
    for child in parent:
        name = local(child)
        if name in ("p", "tbl"):
            yield child
        elif name not in _DROPPED:
            yield from _block_elements(child)


def _grid(table: Element) -> Grid:
    rows = [tuple(_cells(row)) for row in _below(table, "tr") if not _deleted(row, "trPr")]
    return Grid(tuple(rows))


def _cells(row: Element) -> Iterator[tuple[str, ...]]:
    for cell in _below(row, "tc"):
        yield tuple(_flat(cell))


def _flat(cell: Element) -> Iterator[str]:
    """The paragraphs of a cell; a table in it is read row by row."""
    for block in _blocks(cell):
        if isinstance(block, str):
            yield block
        else:
            yield from (line for row in block.rows for one in row for line in one)


def _below(parent: Element, wanted: str) -> Iterator[Element]:
    """Elements of this name, those inside content controls too, but not those in one another."""
    for child in parent:
        if local(child) == wanted:
            yield child
        elif local(child) not in _DROPPED:
            yield from _below(child, wanted)


def _text(element: Element) -> str:
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _MARKS:
            parts.append(_MARKS[name])
        elif name not in _DROPPED and name != "txbxContent":
            parts.append(_text(child))
    return "".join(parts)


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if local(child) == "txbxContent":
            yield child
        elif local(child) not in _DROPPED:
            yield from _boxes(child)


def _runs_on(paragraph: Element) -> bool:
    properties = next((one for one in paragraph if local(one) == "pPr"), None)
    return properties is not None and _deleted(properties, "rPr")


def _deleted(parent: Element, properties: str) -> bool:
    return any(local(mark) == "del" for one in parent if local(one) == properties for mark in one)
