"""Web pages: what is read on them, one paragraph a line, without menus, scripts and styles."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, text_reader
from annotator.formats.plain import read_text
from annotator.texts.blocks import Block, Grid, extract
from annotator.texts.packed import ELEMENTS


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DROPPED = _names(
    "script style noscript template head nav svg math rt rp iframe object select textarea button "
    "audio video canvas form dialog"
)
_BLOCKS = _names(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 "
    "h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption br"
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252", "big5": "cp950"}
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|p|div|br|table|span|h[1-6]|ul|ol|meta|title|article)\b", re.I
)
_HEAD = 4096


@text_reader("html", suffixes=(".html", ".htm", ".xhtml"))
def read(file: File, encoding: str) -> Extract:
    """The page's text. Tables in which Chinese stands beside English become pairs."""
    decoded = read_text(file.data, name=file.name, encoding=encoding or _declared(file.data))
    if not _MARKUP.search(decoded.text[: 64 * _HEAD]):
        raise AnnotatorError("error.text_kind", file=file.name)
    found = extract(list(blocks(decoded.text, file.name)))
    return Extract(found.text, found.rows, decoded.encoding, found.losses)


def _declared(data: bytes) -> str:
    """The encoding that a page names, if it can be read in it; pages often name the wrong one."""
    match = _CHARSET.search(data[:_HEAD])
    if match is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    name = match[1].decode().casefold()
    name = _WIDER.get(name, name)
    try:
        "".join(codecs.decode(data, name))
    except (LookupError, ValueError, TypeError):
        return ""
    return name


def blocks(markup: str, name: str) -> Iterator[Block]:
    """The paragraphs and tables of a page, or of a chapter in such markup.

    Raises:
        AnnotatorError: if there is no text in it, or it is nested beyond reason.
    """
    from lxml import etree, html

    if markup.count("<") > 2 * ELEMENTS:
        raise AnnotatorError("error.text_elements", file=name)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise AnnotatorError("error.text_damaged", file=name, reason=str(error)) from None
    # The parser leaves out all that follows once this is exceeded.
    if any("depth" in one.message.casefold() for one in parser.error_log):
        raise AnnotatorError("error.read_xml_deep", file=name)
    yield from _Page().blocks(root)


class _Page:
    """Gathers text until a block begins or ends; tables in tables are read as paragraphs."""

    def __init__(self) -> None:
        self._inline: list[str] = []
        self._raw = 0

    def blocks(self, root: Any) -> Iterator[Block]:
        """The blocks below an element."""
        yield from self._inside(root)
        yield from self._flush()

    def _inside(self, element: Any) -> Iterator[Block]:
        self._take(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            tag = tag.rpartition("}")[2]
            if tag and tag not in _DROPPED and not _hidden(child):
                yield from self._child(child, tag)
            self._take(child.tail)

    def _child(self, child: Any, tag: str) -> Iterator[Block]:
        if tag not in _BLOCKS:
            yield from self._inside(child)
            return
        yield from self._flush()
        if tag == "table" and child.find(".//table") is None:
            yield from self._caption(child)
            yield _grid(child)
            return
        self._raw += tag == "pre"
        yield from self._inside(child)
        yield from self._flush()
        self._raw -= tag == "pre"

    def _caption(self, table: Any) -> Iterator[Block]:
        for caption in table.iterfind("./caption"):
            yield from _Page().blocks(caption)

    def _take(self, text: str | None) -> None:
        if text:
            self._inline.append(text if self._raw else _SPACE.sub(" ", text))

    def _flush(self) -> Iterator[str]:
        text, self._inline = "".join(self._inline), []
        if self._raw:
            yield from text.strip("\n").split("\n")
            return
        text = _SPACE.sub(" ", text).strip()
        if text:
            yield text


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").casefold()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _grid(table: Any) -> Grid:
    return Grid(
        tuple(
            tuple(
                tuple(one for one in _Page().blocks(cell) if isinstance(one, str))
                for cell in row
                if cell.tag in ("td", "th")
            )
            for row in table.iter("tr")
        )
    )
