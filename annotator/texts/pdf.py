"""PDF: the text of the pages, its wrapped lines joined into paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, Loss, Needs, text_reader
from annotator.formats.gather import foreign
from annotator.formats.plain import LARGEST
from annotator.language.wrapping import unwrap_printed

_PASSWORD = "password"
# Radicals stand for characters, and ligatures for letters, in what many programs write.
_LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\ufb00-\ufb06]")
_HYPHEN = re.compile(r"[\ufffe\x02]\n?")
_NUMBER = re.compile(
    r"[\s\-–—·/|]*(?:第\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*页)?[\s\-–—·/|]*", re.I
)
_MOSTLY = 0.6


@text_reader("pdf", suffixes=(".pdf",), needs=Needs("pdf", ("pypdfium2",)))
def read(file: File, _: str) -> Extract:
    """The text of the pages, without page numbers and what stands on top or below of most pages."""
    if b"%PDF-" not in file.data[:1024]:
        raise AnnotatorError("error.text_kind", file=file.name)
    pages = list(_without_margins([_lines(page) for page in _pages(file)]))
    empty = sum(not page for page in pages)
    if empty == len(pages):
        raise AnnotatorError("error.text_no_pages", file=file.name)
    lines = [line for page in pages for line in page]
    losses = (Loss("text.lost_pages", empty),) if empty else ()
    return Extract("\n".join(unwrap_printed(lines)), losses=losses)


def _pages(file: File) -> list[str]:
    import pypdfium2

    with foreign(file.name):
        try:
            book = pypdfium2.PdfDocument(file.data)
        except pypdfium2.PdfiumError as error:
            if _PASSWORD in str(error).casefold():
                raise AnnotatorError("error.text_locked", file=file.name) from None
            raise AnnotatorError("error.text_damaged", file=file.name, reason=str(error)) from error
        try:
            return list(_texts(book, file.name))
        finally:
            book.close()


def _texts(book: object, name: str) -> Iterator[str]:
    left = LARGEST
    for number in range(len(book)):  # type: ignore[arg-type]
        page = book[number]  # type: ignore[index]
        held = page.get_textpage()
        text: str = held.get_text_bounded()
        held.close()
        page.close()
        left -= len(text)
        if left < 0:
            raise AnnotatorError("error.read_large", file=name, limit=LARGEST >> 20)
        yield text


def _lines(page: str) -> list[str]:
    page = _HYPHEN.sub("", page.replace("\r\n", "\n").replace("\r", "\n"))
    page = _LOOKALIKE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), page)
    return [line.strip() for line in page.split("\n") if line.strip()]


def _without_margins(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    running = {line for line, count in edges.items() if count > 2 and count >= _MOSTLY * len(pages)}
    for page in pages:
        lines = list(page)
        while lines and _marginal(lines[0], running):
            del lines[0]
        while lines and _marginal(lines[-1], running):
            del lines[-1]
        yield lines


def _marginal(line: str, running: set[str]) -> bool:
    return line in running or _NUMBER.fullmatch(line) is not None
