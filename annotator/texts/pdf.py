"""PDF: the text of the pages, its wrapped lines joined into paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import quantiles

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, Loss, Needs, text_reader
from annotator.formats.gather import foreign
from annotator.formats.plain import LARGEST
from annotator.language.script import classify

_PASSWORD = "password"
# Radicals stand for characters, and ligatures for letters, in what many programs write.
_LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\ufb00-\ufb06]")
_HYPHEN = re.compile(r"[\ufffe\x02]\n?")
_NUMBER = re.compile(
    r"[\s\-–—·/|]*(?:第\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*页)?[\s\-–—·/|]*", re.I
)
_ENDS = re.compile(r"[。！？!?.…:：；;][”’」』)）\"'》]*\s*$")
_MOSTLY = 0.6
_FULL = 0.8


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
    return Extract("\n".join(_paragraphs(lines)), losses=losses)


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


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines joined where one is full and says nothing to its end, or the next goes on in the middle."""
    full = {language: _full(lines, language) for language in ("zh", "en", "other")}
    held = ""
    last = ""
    for line in lines:
        if held and _goes_on(last, line, full):
            held = _join(held, line)
        else:
            if held:
                yield held
            held = line
        last = line
    if held:
        yield held


def _full(lines: Sequence[str], language: str) -> float:
    """The length from which a line in this language counts as full."""
    lengths = [len(line) for line in lines if classify(line) == language]
    return _FULL * quantiles(lengths, n=10, method="inclusive")[-1] if len(lengths) > 1 else float("inf")


def _goes_on(last: str, line: str, full: dict[str, float]) -> bool:
    language = classify(last)
    if classify(line) not in (language, "other"):
        return False
    ended = _ENDS.search(last) is not None
    if line[0].islower() and not ended:
        return True
    if ended:
        # A sentence may end with its line and the paragraph not; in Chinese nothing tells these apart.
        room = full[language] / _FULL - len(last)
        return language == "en" and room < 1 + len(line.partition(" ")[0])
    return len(last) >= full[language]


def _join(held: str, line: str) -> str:
    if held.endswith("-") and line[0].islower() and held[-2:-1].isalpha():
        return held[:-1] + line
    wide = max(held[-1], line[0]) > "\u2e7f" or min(held[-1], line[0]) > "\u2e7f"
    return held + line if wide else f"{held} {line}"
