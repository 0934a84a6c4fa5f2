"""CoNLL: a token and its tag a line, as BIO or BIOES, by character or by word.

A tag is flat: of annotations that overlap one stays, and the report counts what the others were.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import BinaryIO, Literal

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import Side, Span
from annotator.extend import Corpus, File, Found, NoOptions, Reading, Report, exporter, importer
from annotator.formats.choices import (
    Overlaps,
    SideChoice,
    Unit,
    choice,
    overlaps_choice,
    side_choice,
    unit_choice,
)
from annotator.formats.gather import Gathering, Rows, damaged, sides_of_lines, text_of, unix
from annotator.formats.losses import Losses
from annotator.formats.records import checked_spans, sides_of
from annotator.formats.tokens import Tokenize, priority, relation, tokenizer

_COMMENT = re.compile(r"# (document|pair|side) = (.*)")
_TAG = re.compile(r"O|[BIESMWLU]-\S+")
_CELL_END = re.compile(r"[\t ]")
_ON = frozenset("IMEL")
_LAST = frozenset("ELSUW")
_SCHEMES = ("bio", "bioes", "bmes", "conll2003")
_ENDS = {"bioes": ("I", "E"), "bmes": ("M", "E")}
"""What stands inside of a mention and at its end, where a scheme tells the end."""
_DOCSTART = b"-DOCSTART- -X- -X- O\n\n"
_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class ConllOptions:
    """How texts become tokens and annotations become tags."""

    scheme: Literal["bio", "bioes", "bmes", "conll2003"] = choice("scheme", *_SCHEMES)
    unit: Unit = unit_choice()
    side: SideChoice = side_choice()
    sentence: Literal["segment", "pair"] = choice("sentence", "segment", "pair")
    overlaps: Overlaps = overlaps_choice()
    comments: bool = field(default=True, metadata={"help": "option.comments"})


@exporter(
    "conll",
    "format.conll",
    suffixes=(".conll",),
    options=ConllOptions,
    loses=(
        "loss.nested",
        "loss.around",
        "loss.crossing",
        "loss.same_place",
        "loss.same_word",
        "loss.widened",
        "loss.no_token",
        "loss.split",
        "loss.side_unclear",
        "loss.label_spelled",
        "loss.links",
        "loss.notes",
        "loss.attributes",
        "loss.certainty",
        "loss.other_side",
    ),
)
def write(corpus: Corpus, out: BinaryIO, options: ConllOptions, job: Job) -> Report:
    """Write a block of `token<TAB>tag` lines for each sentence or pair, and an empty line behind it; as
    CoNLL-2003 four columns parted by spaces, and a line before each document."""
    losses = Losses()
    tokenize = tokenizer(options.unit)
    tags = _tag_names(corpus.project, losses)
    documents = spans = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        tagged = [_Tagged(document, side, options, tokenize, tags) for side in sides_of(options.side)]
        for one in tagged:
            spans += one.tag(priority(options.overlaps, corpus.project), losses)
        blocks = sorted((block for one in tagged for block in one.blocks()), key=lambda block: block.order)
        if options.scheme == "conll2003":
            out.write(_DOCSTART)
        for block in blocks:
            out.write(block.text(comments=options.comments).encode())
        if not options.comments:
            _count_unclear(blocks, losses)
        losses.add("loss.links", count=len(document.links))
        losses.link_notes(document)
        losses.unsaid(document, sides_of(options.side), "loss.sources")
        losses.other_side(document, sides_of(options.side))
        documents += 1
    job.progress(documents, documents)
    return Report(documents, spans, 0, losses.all())


def _count_unclear(blocks: Sequence[_Block], losses: Losses) -> None:
    """Count what would be read as the other language: nothing but the letters says which it is."""
    tokens = ([_CELL_END.split(line, 1)[0] for line in block.lines.split("\n")] for block in blocks)
    texts = [" ".join(one).rstrip() for one in tokens]
    guessed = sides_of_lines(texts, "\n".join(texts))
    for block, text, side in zip(blocks, texts, guessed, strict=True):
        if side != block.side:
            losses.add("loss.side_unclear", text[:_EXAMPLE])


def _tag_names(project: Project, losses: Losses) -> dict[str, str]:
    """Labels as they can stand in a column: without white space."""
    names: dict[str, str] = {}
    for label in project.labels:
        names[label.id] = re.sub(r"\s+", "_", label.id)
        if names[label.id] != label.id:
            losses.add("loss.label_spelled", label.id)
    return names


@dataclass(frozen=True, slots=True)
class _Block:
    order: tuple[int, int, int]
    side: Side
    head: str
    lines: str

    def text(self, *, comments: bool) -> str:
        return f"{self.head if comments else ''}{self.lines}\n"


class _Tagged:
    """One side of a document as tokens in blocks, and the tags that they get."""

    def __init__(
        self,
        document: Document,
        side: Side,
        options: ConllOptions,
        tokenize: Tokenize,
        names: dict[str, str],
    ) -> None:
        self._document, self._side, self._names = document, side, names
        self._inside, self._end = _ENDS.get(options.scheme, ("I", ""))
        self._between = " -X- -X- " if options.scheme == "conll2003" else "\t"
        self._places: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._firsts: list[int] = []
        text = document.text(side)
        for row, start, end in self._ranges(options):
            tokens = list(tokenize(text[start:end], side))
            self._firsts.append(len(self._starts))
            self._starts += [start + one for one, _ in tokens]
            self._ends += [start + two for _, two in tokens]
            self._places.append((row, start))
        self._tags = ["O"] * len(self._starts)

    def _ranges(self, options: ConllOptions) -> Iterator[tuple[int, int, int]]:
        for row, pair in enumerate(self._document.pairs):
            extent = pair.extent(self._side)
            segments = pair.segments(self._side)
            for start, end in segments if options.sentence == "segment" or extent is None else (extent,):
                yield row, start, end

    def tag(self, priority: Callable[[Span], tuple[object, ...]], losses: Losses) -> int:
        """Give the tokens their tags; how many annotations got theirs."""
        owners: list[Span | None] = [None] * len(self._starts)
        kept = 0
        for span in sorted(checked_spans(self._document, self._side), key=priority):
            first = bisect_right(self._ends, span.start)
            last = bisect_left(self._starts, span.end)
            if first >= last:
                losses.add("loss.no_token", span.quote)
                continue
            rival = next((owner for owner in owners[first:last] if owner is not None), None)
            if rival is not None:
                losses.add(relation((span.start, span.end), (rival.start, rival.end)), span.quote)
                continue
            owners[first:last] = [span] * (last - first)
            kept += 1
            if self._starts[first] < span.start or self._ends[last - 1] > span.end:
                losses.add("loss.widened", span.quote)
            if self._write_tags(span, first, last) > 1:
                losses.add("loss.split", span.quote)
        return kept

    def _write_tags(self, span: Span, first: int, last: int) -> int:
        name = self._names.get(span.label, re.sub(r"\s+", "_", span.label))
        parts = 0
        while first < last:
            block = bisect_right(self._firsts, first)
            end = min(last, self._firsts[block]) if block < len(self._firsts) else last
            self._tags[first:end] = [f"B-{name}", *[f"{self._inside}-{name}"] * (end - first - 1)]
            if self._end:
                self._tags[end - 1] = f"{self._end}-{name}" if end - first > 1 else f"S-{name}"
            first = end
            parts += 1
        return parts

    def blocks(self) -> Iterator[_Block]:
        """The blocks in text order."""
        document, text = self._document, self._document.text(self._side)
        edges = (*self._firsts, len(self._starts))
        for (row, start), (first, last) in zip(self._places, pairwise(edges), strict=True):
            if first < last:
                tokens = zip(
                    self._starts[first:last], self._ends[first:last], self._tags[first:last], strict=True
                )
                lines = "".join([f"{text[one:two]}{self._between}{tag}\n" for one, two, tag in tokens])
                pair = document.pairs[row].id
                head = f"# document = {document.id}\n# pair = {pair}\n# side = {self._side}\n"
                yield _Block((row, int(self._side == "en"), start), self._side, head, lines)


@importer("conll", "format.conll", suffixes=(".conll", ".bio", ".bmes", ".iob"))
def read(files: Sequence[File], _: NoOptions, job: Job) -> Reading:
    """Read the tags of the last column, the token first: IOB, BIO, BIOES (BILOU, BMEWO) or BMES."""
    losses = Losses()
    found: list[Found] = []
    for number, file in enumerate(files):
        job.progress(number, len(files))
        documents: dict[str, list[_Sentence]] = {}
        for sentence in _sentences(file):
            documents.setdefault(sentence.document, []).append(sentence)
        found += (_put_together(name, parts, losses) for name, parts in documents.items())
    return Reading(tuple(found), losses=losses.all())


@dataclass(slots=True)
class _Sentence:
    """Tokens with their tags, and what the comments above them say."""

    document: str
    pair: str = ""
    side: str = ""
    tokens: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def _sentences(file: File) -> Iterator[_Sentence]:
    default = document = file.name.rpartition(".")[0]
    sentence = _Sentence(document)
    for number, line in enumerate(unix(text_of(file)).split("\n"), 1):
        comment = _COMMENT.match(line)
        if comment and not sentence.tokens:
            setattr(sentence, comment[1], comment[2].strip())
            continue
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("-DOCSTART-"):
            document = f"{default}-{number}"
        if not line.strip() or line.startswith("-DOCSTART-"):
            if sentence.tokens:
                yield sentence
            sentence = _Sentence(document)
            continue
        if len(cells) < 2 or not _TAG.fullmatch(cells[-1]):
            raise damaged(f"{file.name}:{number}", line[:60])
        sentence.tokens.append(cells[0])
        sentence.tags.append(cells[-1])
    if sentence.tokens:
        yield sentence


def _put_together(name: str, sentences: list[_Sentence], losses: Losses) -> Found:
    rows = Rows()
    marks: list[tuple[Side, int, int, str]] = []
    lines = [" ".join(one.tokens) for one in sentences]
    guessed = sides_of_lines(lines, "\n".join(lines))
    for _, group in groupby(enumerate(sentences), key=lambda one: one[1].pair or str(one[0])):
        texts: dict[Side, str] = {}
        segments: dict[Side, list[Segment]] = {"zh": [], "en": []}
        local: list[tuple[Side, int, int, str]] = []
        key = ""
        for at, one in group:
            side: Side = "zh" if one.side == "zh" else "en" if one.side == "en" else guessed[at]
            between = _between(one.tokens, side)
            text = texts[side] + between if side in texts else ""
            places: list[Segment] = []
            for token in one.tokens:
                text += between if places else ""
                places.append((len(text), len(text) + len(token)))
                text += token
            texts[side], key = text, one.pair
            segments[side].append((places[0][0], places[-1][1]))
            local += ((side, places[a][0], places[b - 1][1], label) for a, b, label in mentions(one.tags))
        starts = rows.add(texts, key=key, segments=segments, confirmed=False)
        marks += ((side, starts[side] + a, starts[side] + b, label) for side, a, b, label in local)
    gathering = Gathering(name, rows.texts, losses)
    for side, start, end, label in marks:
        gathering.span(side, start, end, label)
    return gathering.found(rows.pairs)


def _between(tokens: list[str], side: Side) -> str:
    """What parts two tokens: nothing where each is a character."""
    return "" if side == "zh" or all(len(token) == 1 for token in tokens) else " "


def mentions(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The mentions in the tags of a sentence: first token, token behind the last, label."""
    start, label = 0, ""
    for at, tag in enumerate((*tags, "O")):
        kind, _, named = tag.partition("-")
        goes_on = kind in _ON and label and (named == label or not named)
        if label and not goes_on:
            yield start, at, label
            label = ""
        if tag != "O" and not label:
            start, label = at, named
        if label and kind in _LAST:
            yield start, at + 1, label
            label = ""
