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
from annotator.language.wrapping import unwrap
from annotator.services.companions import GZIP, Beside, unzipped
from annotator.texts.units import LINES

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

    `losses` are what the file had besides. Of a text whose wrapped lines were joined, `places` has the number
    in the file of each line, else it is empty. `path` is where the file lies, and `uses` are others that were
    read along with it.
    """

    name: str
    text: str
    encoding: str
    side: Side | None = None
    rows: tuple[tuple[int, TextRow], ...] = ()
    losses: tuple[Loss, ...] = ()
    places: tuple[int, ...] = ()
    path: Path | None = None
    uses: frozenset[Path] = frozenset()

    def place(self, line: int) -> int:
        """The number in the file of a line of `text`, both from 1."""
        return self.places[line - 1] if self.places else line


def read_sources(
    paths: Iterable[Path],
    *,
    zh: Path | None = None,
    en: Path | None = None,
    encoding: str = "",
    keep_lines: bool = False,
) -> list[Source]:
    """Read files; `zh` and `en` are those that are known to be in one language.

    Lines of plain texts that were broken to fit a width are joined unless they are to be kept.

    Raises:
        AnnotatorError: if one of them cannot be read as a text.
    """
    wanted: list[tuple[Path, Side | None]] = [(path, None) for path in paths]
    wanted += [(path, side) for path, side in ((zh, "zh"), (en, "en")) if path is not None]  # type: ignore[misc]
    return [_read(path, side, encoding, keep_lines) for path, side in wanted]


def endings() -> tuple[str, ...]:
    """The endings of all files that texts are imported from, in lower case with their dots."""
    return (*TEXTS, *LINES, *text_readers(), GZIP)


def _read(path: Path, side: Side | None, encoding: str, keep_lines: bool) -> Source:
    name, data = path.name, read_bytes(path)
    if path.suffix.casefold() == GZIP:
        name, data = path.stem, unzipped(File(name, data))
    ending = Path(name).suffix.casefold()
    reader = text_readers().get(ending)
    if reader is None:
        decoded = read_text(data, name=name, encoding=encoding)
        source = Source(name, decoded.text, decoded.encoding, side, path=path)
        return source if keep_lines or ending in (*TABLES, *LINES) else unwrapped(source)
    beside = Beside(path)
    found = _extracted(reader, File(name, data, beside.read), encoding)
    if found.rows and side is None:
        rows = _clean_rows(found)
        return Source(name, "", found.encoding, None, rows, found.losses, (), path, frozenset(beside.used))
    text = found.text or "\n".join(cell for _, row in found.rows for cell in row)
    return Source(name, clean(without_controls(text), name), found.encoding, side, (), found.losses, (), path)


def unwrapped(source: Source) -> Source:
    """A text with its wrapped lines joined, if it seems to have been wrapped."""
    if read_table(source.text, only_tabs=True) is not None:
        return source
    made = unwrap(source.text)
    if made is None:
        return source
    joined = Loss("text.joined_lines", made.joined)
    text = "\n".join(made.lines)
    return replace(source, text=text, places=made.places, losses=(*source.losses, joined))


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


def from_text(text: str, name: str = "", *, keep_lines: bool = False) -> Source:
    """A source from the clipboard.

    Raises:
        AnnotatorError: if it is empty, too large or holds control characters.
    """
    name = name or say("import.clipboard")
    source = Source(name, clean(text, name), "")
    return source if keep_lines else unwrapped(source)


def group(sources: Sequence[Source], *, by_name: bool = False) -> list[tuple[Source, ...]]:
    """Which sources make up one document each: mixed texts and tables alone, one-sided texts in twos.

    Two belong together if their names differ in the language alone (`talk.zh.txt`, `talk.en.txt`), or if
    no others are left; `by_name` lets names alone decide, as among the many files of a folder.

    Raises:
        AnnotatorError: if a one-sided text has no partner.
    """
    if len(sources) == 1 and not by_name:
        return [(sources[0],)]
    groups, alone = grouped(sources, by_name=by_name)
    if alone:
        raise AnnotatorError("error.import_no_partner", file=alone[0].name)
    return groups


def grouped(
    sources: Sequence[Source], *, by_name: bool = False
) -> tuple[list[tuple[Source, ...]], list[Source]]:
    """As `group`, with those that have no partner in a list of their own."""
    sided = [replace(source, side=source.side or side_of(source)) for source in sources]
    partners = {id(one): two for one, two in _partners([one for one in sided if one.side], by_name)}
    taken = {id(partner) for partner in partners.values()}
    groups: list[tuple[Source, ...]] = []
    alone: list[Source] = []
    for source in sided:
        if source.side is None:
            groups.append((source,))
        elif id(source) in partners:
            groups.append((source, partners[id(source)]))
        elif id(source) not in taken:
            alone.append(source)
    return groups, alone


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
    """A file's name without its ending and language mark, and the language that the mark means.

    In a path the mark may be that of a folder: `zh/talk.txt` and `en/talk.txt` are both `talk`.
    """
    *folders, last = name.split("/")
    stem, side = _bare(last.casefold().removesuffix(GZIP))
    for at in range(len(folders) - 1, -1, -1):
        if side is not None:
            break
        folder, side = _marked(folders[at].casefold())
        folders[at] = folder if side else folders[at]
    return "/".join([*filter(None, folders), stem]), side


def _bare(name: str) -> tuple[str, Side | None]:
    stem = name.rpartition(".")[0] or name
    if name.endswith(LINES):
        # Such a file names both languages in the middle (`talk.en-zh.zh`), and its own at the end.
        return stem, _MARKS[name.rpartition(".")[2][:2]]
    return _marked(stem)


def _marked(stem: str) -> tuple[str, Side | None]:
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


def by_lines(zh: Source, en: Source) -> Source | None:
    """Two texts as a table of their lines, if these translate each other by their names and their number."""
    names = (zh.name.casefold(), en.name.casefold())
    one, two = zh.text.rstrip("\n").split("\n"), en.text.rstrip("\n").split("\n")
    if not all(name.endswith(LINES) for name in names) or len(one) != len(two):
        return None
    rows = [(at, pair) for at, pair in enumerate(zip(one, two, strict=True), 1) if any(map(str.strip, pair))]
    losses = (*zh.losses, *en.losses)
    return Source(zh.name, "", zh.encoding, None, ((0, ("zh", "en")), *rows), losses)


def is_table(source: Source) -> bool:
    """Whether it holds pairs in rows."""
    return (
        bool(source.rows)
        or source.name.casefold().endswith(TABLES)
        or read_table(source.text, only_tabs=True) is not None
    )
