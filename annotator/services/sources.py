"""What texts are imported from: files or the clipboard, and which of them belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.span import Side
from annotator.extend import Extract, File, Loss, TextReader, TextRow, text_readers
from annotator.formats.plain import clean, read_bytes, read_text, without_controls
from annotator.formats.table import read_table
from annotator.language.layout import understand

TABLES = (".tsv", ".csv", ".tab")
TEXTS = (".txt", ".md", *TABLES)
"""Endings of what is read as it stands."""

_MARKS: dict[str, Side] = {
    **dict.fromkeys(("zh", "cn", "ch", "chi", "zho", "chs", "cht", "chinese", "中文", "汉语", "漢語"), "zh"),
    **dict.fromkeys(("en", "eng", "english", "英文", "英语", "英語"), "en"),
}
_MARK = re.compile(
    r"(?P<stem>.*?)(?:^|[\s._\-(（\[])(?P<mark>[a-z]+|[中英汉漢][文语語])(?:[-_][a-z]{2,4})?[)）\]]?",
    re.IGNORECASE | re.DOTALL,
)
_MINORITY = 0.1
SIDE_OF: dict[str, Side] = {"zh": "zh", "title-zh": "zh", "en": "en", "title-en": "en"}
"""The side that a line's role puts it on."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read, or the numbered rows of a table. `side` says that all of it is in that language.

    `losses` are what the file had besides.
    """

    name: str
    text: str
    encoding: str
    side: Side | None = None
    rows: tuple[tuple[int, TextRow], ...] = ()
    losses: tuple[Loss, ...] = ()


def read_sources(
    paths: Iterable[Path], *, zh: Path | None = None, en: Path | None = None, encoding: str = ""
) -> list[Source]:
    """Read files; `zh` and `en` are those that are known to be in one language.

    Raises:
        AnnotatorError: if one of them cannot be read as a text.
    """
    wanted: list[tuple[Path, Side | None]] = [(path, None) for path in paths]
    wanted += [(path, side) for path, side in ((zh, "zh"), (en, "en")) if path is not None]  # type: ignore[misc]
    return [_read(path, side, encoding) for path, side in wanted]


def endings() -> tuple[str, ...]:
    """The endings of all files that texts are imported from, in lower case with their dots."""
    return (*TEXTS, *text_readers())


def _read(path: Path, side: Side | None, encoding: str) -> Source:
    reader = text_readers().get(path.suffix.casefold())
    if reader is None:
        decoded = read_text(path, encoding=encoding)
        return Source(path.name, decoded.text, decoded.encoding, side)
    found = _extracted(reader, File(path.name, read_bytes(path)), encoding)
    if found.rows and side is None:
        return Source(path.name, "", found.encoding, None, _clean_rows(found), found.losses)
    text = found.text or "\n".join(cell for _, row in found.rows for cell in row)
    return Source(path.name, clean(without_controls(text), path.name), found.encoding, side, (), found.losses)


def _extracted(reader: TextReader, file: File, encoding: str) -> Extract:
    if not file.data:
        raise AnnotatorError("error.import_empty", file=file.name)
    if reader.needs is not None and not reader.needs.installed:
        raise AnnotatorError("error.text_extra", file=file.name, command=reader.needs.command)
    return reader.read(file, encoding)


def _clean_rows(found: Extract) -> tuple[tuple[int, TextRow], ...]:
    return tuple((number, tuple(map(_clean_cell, row))) for number, row in found.rows)


def _clean_cell(cell: str) -> str:
    return without_controls(cell.replace("\r\n", "\n").replace("\r", "\n"))


def from_text(text: str, name: str = "") -> Source:
    """A source from the clipboard.

    Raises:
        AnnotatorError: if it is empty, too large or holds control characters.
    """
    name = name or say("import.clipboard")
    return Source(name, clean(text, name), "")


def group(sources: Sequence[Source], *, by_name: bool = False) -> list[tuple[Source, ...]]:
    """Which sources make up one document each: mixed texts and tables alone, one-sided texts in twos.

    Two belong together if their names differ in the language alone (`talk.zh.txt`, `talk.en.txt`), or if
    no others are left; `by_name` lets names alone decide, as among the many files of a folder.

    Raises:
        AnnotatorError: if a one-sided text has no partner.
    """
    if len(sources) == 1 and not by_name:
        return [(sources[0],)]
    sided = [replace(source, side=source.side or side_of(source)) for source in sources]
    partners = dict(_partners([source for source in sided if source.side], by_name))
    taken = {id(partner) for partner in partners.values()}
    groups: list[tuple[Source, ...]] = []
    for source in sided:
        if source.side is None:
            groups.append((source,))
        elif source in partners:
            groups.append((source, partners[source]))
        elif id(source) not in taken:
            raise AnnotatorError("error.import_no_partner", file=source.name)
    return groups


def _partners(sources: Sequence[Source], by_name: bool) -> Iterator[tuple[Source, Source]]:
    """Chinese sources with their English partners."""
    zh = [source for source in sources if source.side == "zh"]
    en = {bare_name(source.name)[0]: source for source in sources if source.side == "en"}
    lonely = []
    for source in zh:
        partner = en.pop(bare_name(source.name)[0], None)
        if partner is None:
            lonely.append(source)
        else:
            yield source, partner
    if len(lonely) == 1 and len(en) == 1 and not by_name:
        yield lonely[0], next(iter(en.values()))


def bare_name(name: str) -> tuple[str, Side | None]:
    """A file's name without its ending and language mark, and the language that the mark means."""
    name = name.casefold()
    stem = name.rpartition(".")[0] or name
    match = _MARK.fullmatch(stem)
    side = _MARKS.get(match["mark"]) if match else None
    return (match["stem"], side) if match and side else (stem, None)


def side_of(source: Source) -> Side | None:
    """The language of a text that holds hardly any of the other."""
    if is_table(source):
        return None
    counts = Counter(SIDE_OF.get(line.role) for line in understand(source.text).lines)
    zh, en = counts["zh"], counts["en"]
    if min(zh, en) > _MINORITY * (zh + en) and bare_name(source.name)[1] is None:
        return None
    return "zh" if zh > en else "en"


def is_table(source: Source) -> bool:
    """Whether it holds pairs in rows."""
    return (
        bool(source.rows)
        or source.name.casefold().endswith(TABLES)
        or read_table(source.text, only_tabs=True) is not None
    )
