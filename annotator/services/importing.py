"""Importing: from files or the clipboard to a plan that the user may correct, and from that to a document.

Nothing is stored before the plan has become a whole document; what fails on the way leaves nothing behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Literal

from annotator.core.document import DocumentData, Info, Origin, SetAside
from annotator.core.edits import Caption, DocumentChange, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id
from annotator.core.job import Job
from annotator.core.messages import say
from annotator.core.pair import Pair, Segment
from annotator.core.span import SIDES, Side
from annotator.formats.plain import read_text
from annotator.formats.table import Table, pairs_in, read_table
from annotator.language.layout import Line, Role, understand
from annotator.language.lexicon import LexiconStack
from annotator.language.script import chinese_variant
from annotator.language.sentences import split
from annotator.services.aligning import Known, Sentences, pair_up
from annotator.services.sources import (
    SIDE_OF,
    TABLES,
    Flowing,
    Source,
    bare_name,
    flowing,
    from_text,
    group,
    read_sources,
    side_of,
)
from annotator.store.names import slug

__all__ = [
    "ImportPlan",
    "Notice",
    "PlanLine",
    "Source",
    "add_edit",
    "build",
    "document_id",
    "from_text",
    "group",
    "preview",
    "read_sources",
    "read_text",
]

Arrangement = Literal[
    "blocks",
    "interleaved-paragraphs",
    "interleaved-lines",
    "zh-only",
    "en-only",
    "empty",
    "two-files",
    "table",
]


UNWRAPPED = "import.unwrapped"
"""The notice that lines were joined."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling before the import: a catalog key and its arguments; `str()` speaks."""

    key: str
    details: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return say(self.key, **dict(self.details))


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the plan.

    `number` counts the plan's lines from 1, `place` those of the file; `reason` is a catalog key that says
    why a line was set aside. Lines of the same table row share its number as `row`, else it is 0.
    """

    number: int
    text: str
    role: Role
    reason: str = ""
    file: int = 0
    place: int = 0
    row: int = 0

    @property
    def side(self) -> Side | None:
        """The side that the line goes to, if any."""
        return SIDE_OF.get(self.role)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What was understood of a text, for the user to see and correct. Immutable.

    `columns` names those of a table, and `chosen` says which two of them (from 0) are Chinese and English.
    """

    title: str
    files: tuple[str, ...]
    encoding: str
    arrangement: Arrangement
    lines: tuple[PlanLine, ...]
    notices: tuple[Notice, ...] = ()
    columns: tuple[str, ...] = ()
    chosen: tuple[int, int] | None = None

    def with_role(self, number: int, role: Role) -> ImportPlan:
        """The plan with another role for one line."""
        return self.with_roles((number,), role)

    def with_roles(self, numbers: Collection[int], role: Role) -> ImportPlan:
        """The plan with another role for some lines; blank lines stay blank."""
        chosen = set(numbers)
        lines = tuple(
            replace(line, role=role, reason="") if line.number in chosen and line.role != "blank" else line
            for line in self.lines
        )
        return replace(self, lines=lines)

    def of_side(self, side: Side) -> list[PlanLine]:
        """The lines that make up one side."""
        return [line for line in self.lines if line.side == side]

    @property
    def missing(self) -> Side | None:
        """The side that has no line, if one has none."""
        present = {line.side for line in self.lines}
        return next((side for side in SIDES if side not in present), None)


def preview(
    sources: Sequence[Source], columns: tuple[int, int] | None = None, *, keep_lines: bool = False
) -> ImportPlan:
    """What one mixed text, one table, or a Chinese and an English text hold.

    `columns` of a table (from 0) are taken as Chinese and English; without them the contents decide. Lines of
    a text that were broken at a margin are joined unless `keep_lines` is set.

    Raises:
        AnnotatorError: if a table has no column for each language, or the two texts are in one language.
    """
    if len(sources) == 2:
        return _of_two(*(flowing(source, keep_lines) for source in sources))
    source = sources[0]
    if source.rows:
        table = pairs_in(source.rows, columns)
        if table is None:
            raise AnnotatorError("error.text_table", file=source.name)
        return _of_table(source, table)
    if source.name.casefold().endswith(TABLES):
        table = read_table(source.text, columns=columns)
        if table is None:
            raise AnnotatorError("error.import_table", file=source.name)
        return _of_table(source, table)
    table = read_table(source.text, only_tabs=True, columns=columns) if source.side is None else None
    return _of_table(source, table) if table else _of_mixed(flowing(source, keep_lines))


def _of_mixed(text: Flowing) -> ImportPlan:
    layout = understand(text.source.text)
    lines = [
        PlanLine(line.number, line.text, line.role, line.reason, 0, place)
        for line, place in zip(layout.lines, text.places, strict=True)
    ]
    return _with_joined(_plan((text.source,), layout.arrangement, lines), text)


def _of_two(one: Flowing, two: Flowing) -> ImportPlan:
    one, two = (part._replace(source=_sided(part.source)) for part in (one, two))
    zh, en = (one, two) if one.source.side == "zh" or two.source.side == "en" else (two, one)
    if zh.source.side == en.source.side:
        raise AnnotatorError("error.import_same_language", one=one.source.name, two=two.source.name)
    for source, side in ((zh.source, "zh"), (en.source, "en")):
        if side_of(source) not in (side, None):
            raise AnnotatorError(f"error.import_not_{side}", file=source.name)
    count = len(zh.places)
    # Read together, so that each title can be told by the other one.
    layout = understand(f"{zh.source.text}\n{en.source.text}")
    lines = []
    for line, place in zip(layout.lines, (*zh.places, *en.places), strict=True):
        file = int(line.number > count)
        role, reason = _in_its_file(line, "en" if file else "zh")
        lines.append(PlanLine(line.number, line.text, role, reason, file, place))
    return _with_joined(_plan((zh.source, en.source), "two-files", lines), zh, en)


def _sided(source: Source) -> Source:
    return replace(source, side=source.side or side_of(source))


def _with_joined(plan: ImportPlan, *texts: Flowing) -> ImportPlan:
    told = (Notice(UNWRAPPED, (("count", text.joined),)) for text in texts if text.joined)
    return replace(plan, notices=(*plan.notices, *told))


def _in_its_file(line: Line, side: Side) -> tuple[Role, str]:
    """A line in the other language, say a quotation, belongs to the text that it stands in."""
    stray = line.role == "aside" and line.reason == "language.aside.stray"
    if stray or SIDE_OF.get(line.role, side) != side:
        return side, ""
    return line.role, line.reason


def _of_table(source: Source, table: Table) -> ImportPlan:
    titled = _titled(table)
    lines: list[PlanLine] = []
    for at, row in enumerate(table.rows):
        for side, cell in (("zh", row.zh), ("en", row.en)):
            for text in cell.split("\n") if cell.strip() else ():
                role: Role = f"title-{side}" if titled and at == 0 else side  # type: ignore[assignment]
                role = role if text.strip() else "blank"
                lines.append(PlanLine(len(lines) + 1, text, role, "", 0, row.number, row.number))
    plan = _plan((source,), "table", lines)
    plan = replace(plan, columns=table.titles, chosen=(table.zh_column, table.en_column))
    if table.left_out <= 0:
        return plan
    return replace(plan, notices=(*plan.notices, Notice("import.columns", (("count", table.left_out),))))


def _titled(table: Table) -> bool:
    """Whether the first row is a title on both sides."""
    head = table.rows[:3]
    cells = [row.zh for row in head] + [row.en for row in head]
    lines = understand("\n".join(" ".join(cell.split()) for cell in cells)).lines
    return {"title-zh", "title-en"} <= {line.role for line in lines}


def _plan(sources: Sequence[Source], arrangement: Arrangement, lines: Sequence[PlanLine]) -> ImportPlan:
    encodings = list(dict.fromkeys(source.encoding for source in sources if source.encoding))
    plan = ImportPlan(
        title=_title(lines, sources[0]),
        files=tuple(dict.fromkeys(name for source in sources for name in (source.name, *source.used))),
        encoding=", ".join(encodings),
        arrangement=arrangement,
        lines=tuple(lines),
    )
    lost = [Notice(loss.key, (("count", loss.count),)) for source in sources for loss in source.losses]
    return replace(plan, notices=(*_notices(plan, encodings), *lost))


def _title(lines: Sequence[PlanLine], source: Source) -> str:
    titles = [line.text.strip() for line in lines if line.role.startswith("title")]
    if titles or source.title:
        return source.title or " · ".join(titles[:2])
    name = PurePosixPath(source.name).name
    stem = bare_name(name)[0]
    return name[: len(stem)] if stem and name.casefold().startswith(stem) else Path(name).stem


def _notices(plan: ImportPlan, encodings: Sequence[str]) -> Iterator[Notice]:
    if plan.missing:
        yield Notice(f"import.missing_{plan.missing}")
    aside = sum(line.role == "aside" for line in plan.lines)
    if aside:
        yield Notice("import.set_aside", (("count", aside),))
    for encoding in encodings:
        if not encoding.startswith("utf-"):
            yield Notice("import.encoding", (("encoding", encoding),))


def build(
    plan: ImportPlan,
    *,
    doc_id: str,
    title: str = "",
    lexicon: LexiconStack | None = None,
    job: Job | None = None,
) -> DocumentData:
    """The document that a plan describes, split into sentences and aligned. Takes plain values only, so
    that it can run in another process; `lexicon` is what is known of words as for `pair_up`.

    Raises:
        AnnotatorError: if one side has no line.
        Cancelled: if the user asked to stop.
    """
    if plan.missing:
        raise AnnotatorError(
            f"error.import_only_{'en' if plan.missing == 'zh' else 'zh'}", file=plan.files[0]
        )
    zh_lines, en_lines = plan.of_side("zh"), plan.of_side("en")
    zh, en = _sentences(zh_lines, "zh"), _sentences(en_lines, "en")
    if plan.arrangement == "table":
        pairs = _pairs_of_rows(zh, zh_lines, en, en_lines)
    else:
        pairs = pair_up(zh, en, _known(plan, zh, en), lexicon, job)
    info = Info(
        title=title.strip() or plan.title,
        zh_lang=chinese_variant(zh.text),
        source=Origin(files=plan.files, encoding=plan.encoding),
        set_aside=tuple(SetAside(line=one.place, text=one.text) for one in plan.lines if one.role == "aside"),
    )
    return DocumentData(id=doc_id, info=info, zh=zh.text, en=en.text, pairs=pairs)


def _sentences(lines: Sequence[PlanLine], side: Side) -> Sentences:
    segments: list[Segment] = []
    numbers: list[int] = []
    titles: set[int] = set()
    offset = 0
    for number, line in enumerate(lines):
        if line.role.startswith("title"):
            titles.add(len(segments))
            found = [_bare(line.text)]
        else:
            found = split(line.text, side)
        segments += [(offset + start, offset + end) for start, end in found]
        numbers += [number] * len(found)
        offset += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    return Sentences(text, tuple(segments), tuple(numbers), frozenset(titles))


def _bare(text: str) -> Segment:
    start = len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _known(plan: ImportPlan, zh: Sentences, en: Sentences) -> Known:
    fixed = [((at, at + 1), (to, to + 1)) for at, to in _title_pairs(zh, en)]
    if not plan.arrangement.startswith("interleaved"):
        return Known(fixed)
    return Known(fixed, list(_stretches(plan, zh, en)))


def _title_pairs(zh: Sentences, en: Sentences) -> list[tuple[int, int]]:
    """Titles go together in order if both sides have as many, else only the two that stand at the head."""
    one, two = sorted(zh.titles), sorted(en.titles)
    if len(one) == len(two):
        return list(zip(one, two, strict=True))
    return [(0, 0)] if one[:1] == two[:1] == [0] else []


def _stretches(plan: ImportPlan, zh: Sentences, en: Sentences) -> Iterator[tuple[int, int]]:
    """Where interleaved languages start over: where the leading one follows the other."""
    ends = {side: _sentences_up_to(sentences) for side, sentences in (("zh", zh), ("en", en))}
    read: dict[Side, int] = {"zh": 0, "en": 0}
    leading = last = None
    for line in plan.lines:
        side = line.side
        if side is None:
            continue
        leading = leading or side
        if side == leading and last not in (None, leading):
            yield ends["zh"][read["zh"]], ends["en"][read["en"]]
        read[side] += 1
        last = side


def _sentences_up_to(sentences: Sentences) -> list[int]:
    """How many sentences the first n lines hold, for n from 0."""
    counts = Counter(sentences.lines)
    lines = sentences.text.count("\n") + 1
    return [0, *accumulate(counts[line] for line in range(lines))]


def _pairs_of_rows(
    zh: Sentences, zh_lines: Sequence[PlanLine], en: Sentences, en_lines: Sequence[PlanLine]
) -> tuple[Pair, ...]:
    """One confirmed pair for each row of a table."""
    rows: dict[int, dict[Side, list[Segment]]] = {}
    titles: set[int] = set()
    for side, sentences, lines in (("zh", zh, zh_lines), ("en", en, en_lines)):
        for at, segment in enumerate(sentences.segments):
            row = lines[sentences.lines[at]].row
            rows.setdefault(row, {"zh": [], "en": []})[side].append(segment)  # type: ignore[index]
            if at in sentences.titles:
                titles.add(row)
    return tuple(
        Pair(
            id=new_id(),
            zh=tuple(cells["zh"]),
            en=tuple(cells["en"]),
            role="title" if row in titles else "text",
            confirmed=True,
        )
        for row, cells in sorted(rows.items())
    )


def add_edit(*documents: DocumentData) -> Edit:
    """The edit that adds imported documents to the project, all or none."""
    caption = Caption("edit.import", {"document": documents[0].info.title})
    return Edit(caption=caption, documents=tuple(DocumentChange(None, data) for data in documents))


def document_id(plan: ImportPlan, taken: Container[str]) -> str:
    """An id for the document that is not in `taken`: the file's name without ending and language mark."""
    name = plan.files[0]
    stem = bare_name(name)[0] if "." in name else ""
    return slug(stem or plan.title, taken)
