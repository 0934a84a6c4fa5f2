"""What texts are imported from: files or the clipboard, and which of them belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from annotator.core.errors import AnnotatorError
from annotator.core.messages import say
from annotator.core.span import Side
from annotator.extend import Extract, File, Loss, TextReader, TextRow, text_readers
from annotator.formats.plain import clean, read_bytes, read_text, without_controls
from annotator.formats.table import read_table
from annotator.language.layout import understand
from annotator.language.wrapping import unwrap
from annotator.texts.shelf import Archive, Folder, Shelf, take

TABLES = (".tsv", ".csv", ".tab")
TEXTS = (".txt", ".md", *TABLES)
"""Endings of what is read as it stands."""

ARCHIVE = ".zip"
PACKED = ".gz"

_MARKS: dict[str, Side] = {
    **dict.fromkeys(("zh", "cn", "ch", "chi", "zho", "chs", "cht", "chinese", "中文", "汉语", "漢語"), "zh"),
    **dict.fromkeys(("en", "eng", "english", "英文", "英语", "英語"), "en"),
}
_MARK = re.compile(
    r"(?P<stem>.*?)(?:^|[\s._\-(（\[])(?P<mark>[a-z]+|[中英汉漢][文语語])(?:[-_][a-z]{2,4})?[)）\]]?",
    re.IGNORECASE | re.DOTALL,
)
_MARK_IN_FRONT = re.compile(
    r"(?P<mark>[a-z]+|[中英汉漢][文语語])[\s._\-]+(?P<stem>.+)", re.IGNORECASE | re.DOTALL
)
_MINORITY = 0.1
SIDE_OF: dict[str, Side] = {"zh": "zh", "title-zh": "zh", "en": "en", "title-en": "en"}
"""The side that a line's role puts it on."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read, or the numbered rows of a table. `side` says that all of it is in that language.

    `losses` are what the file had besides, `used` the names of files that went into it, and `title` tells it
    from others of the same file. `plain` is a text that is read as it stands: its lines may be
    broken at a margin.
    """

    name: str
    text: str
    encoding: str
    side: Side | None = None
    rows: tuple[tuple[int, TextRow], ...] = ()
    losses: tuple[Loss, ...] = ()
    used: tuple[str, ...] = ()
    title: str = ""
    plain: bool = False


def read_sources(
    paths: Iterable[Path], *, zh: Path | None = None, en: Path | None = None, encoding: str = ""
) -> list[Source]:
    """Read files; `zh` and `en` are those that are known to be in one language. A file that another one took
    in, as an alignment takes its texts, gives no source of its own.

    Raises:
        AnnotatorError: if one of them cannot be read as a text.
    """
    wanted: list[tuple[Path, Side | None]] = [(path, None) for path in paths]
    wanted += [(path, side) for path, side in ((zh, "zh"), (en, "en")) if path is not None]  # type: ignore[misc]
    read: list[tuple[Path, list[Source]]] = []
    for path, side in wanted:
        if path.parent / path.name not in _used(read):
            read.append((path.parent, list(read_path(path, encoding, side))))
    used = _used(read)
    return [source for folder, sources in read for source in sources if folder / source.name not in used]


def _used(read: Iterable[tuple[Path, list[Source]]]) -> set[Path]:
    return {folder / name for folder, sources in read for source in sources for name in source.used}


def endings() -> tuple[str, ...]:
    """The endings of all files that texts are imported from, in lower case with their dots."""
    return (*TEXTS, ARCHIVE, *text_readers(), PACKED)


def is_text(name: str) -> bool:
    """Whether a file may be a text, by its ending; `.gz` behind another one does not count."""
    name = name.casefold()
    return PurePosixPath(name.removesuffix(PACKED)).suffix in endings()[:-1]


def read_path(path: Path, encoding: str = "", side: Side | None = None) -> Iterator[Source]:
    """Read a file; of an archive, all the texts in it.

    Raises:
        AnnotatorError: if it, or one in the archive, cannot be read as a text.
    """
    if not path.exists():
        raise AnnotatorError("error.import_missing", file=str(path))
    if path.suffix.casefold() != ARCHIVE or side is not None:
        yield from read_file(Folder(path.parent), path.name, encoding, side)
        return
    shelf = Archive(File(path.name, read_bytes(path)))
    used: set[str] = set()
    found = [one for name in shelf.names() if is_text(name) for one in read_file(shelf, name, encoding)]
    for source in found:
        used.update(source.used)
    if not found:
        raise AnnotatorError("error.text_no_files", folder=path.name, endings=" ".join(endings()))
    yield from (source for source in found if source.name not in used)


def read_file(shelf: Shelf, name: str, encoding: str, side: Side | None = None) -> Iterator[Source]:
    """Read a file of a shelf to one source, or to several if it holds several documents.

    Raises:
        AnnotatorError: if it cannot be read as a text.
    """
    bare = name.removesuffix(PACKED) if name.casefold().endswith(PACKED) else name
    reader = text_readers().get(PurePosixPath(bare).suffix.casefold())
    file = take(shelf, name)
    if file is None:
        raise AnnotatorError("error.import_missing", file=name)
    if reader is None:
        decoded = read_text(file.data, name=name, encoding=encoding)
        yield Source(name, decoded.text, decoded.encoding, side, plain=True)
        return
    found = _extracted(reader, file, encoding)
    for part in found.parts or (found,):
        yield _source(part, name, side)


def _source(found: Extract, name: str, side: Side | None) -> Source:
    if found.rows and side is None:
        rows = _clean_rows(found)
        return Source(name, "", found.encoding, None, rows, found.losses, found.used, found.name)
    text = found.text or "\n".join(cell for _, row in found.rows for cell in row)
    text = clean(without_controls(text), name)
    return Source(name, text, found.encoding, side, (), found.losses, found.used, found.name)


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
    return Source(name, clean(text, name), "", plain=True)


class Flowing(NamedTuple):
    """A text whose wrapped lines were joined: how many, and where each line of it began in the file."""

    source: Source
    joined: int
    places: tuple[int, ...]


def flowing(source: Source, keep_lines: bool = False) -> Flowing:
    """A source with its wrapped lines joined; as it is if `keep_lines` is set or its lines have a meaning."""
    if not source.plain or keep_lines:
        return Flowing(source, 0, tuple(range(1, source.text.count("\n") + 2)))
    text, joined, places = unwrap(source.text)
    return Flowing(replace(source, text=text), joined, places)


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
    """A file's name without its ending and language mark, and the language that the mark means; the mark may
    be a folder's name, too (`zh/talk.txt`)."""
    path = PurePosixPath(name.casefold().removesuffix(PACKED))
    ending = _MARKS.get(path.suffix[1:])
    if ending:
        return str(path.with_suffix("")), ending
    for pattern in (_MARK, _MARK_IN_FRONT):
        match = pattern.fullmatch(path.stem)
        side = _MARKS.get(match["mark"]) if match else None
        if match and side:
            return "/".join((*path.parts[:-1], *filter(None, (match["stem"],)))), side
    folders = list(path.parts[:-1])
    marked = next((at for at in reversed(range(len(folders))) if _folder_side(folders[at])), None)
    stem = path.stem or path.name
    if marked is None:
        return "/".join((*folders, stem)), None
    side = _folder_side(folders[marked])
    return "/".join((*folders[:marked], *folders[marked + 1 :], stem)), side


def _folder_side(name: str) -> Side | None:
    return _MARKS.get(name) or _MARKS.get(re.split(r"[-_]", name)[0])


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
