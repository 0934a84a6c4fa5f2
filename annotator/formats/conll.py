"""CoNLL: a token and its tag a line, as BIO or BIOES, by character or by word.

A tag is flat: of annotations that overlap one stays, and the report counts what the others were.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import BinaryIO, Literal

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import Side, Span
from annotator.extend import Corpus, Loss, Report, exporter
from annotator.formats.records import SideChoice, checked_spans, sides_of

Overlaps = Literal["outermost", "longest", "label"]
Tokenize = Callable[[str, Side], Iterable[Segment]]


@dataclass(frozen=True, slots=True)
class ConllOptions:
    """How texts become tokens and annotations become tags."""

    scheme: Literal["bio", "bioes"] = field(
        default="bio", metadata={"help": "option.scheme", "choices": ("bio", "bioes")}
    )
    unit: Literal["char", "word"] = field(
        default="char", metadata={"help": "option.unit", "choices": ("char", "word")}
    )
    side: SideChoice = field(
        default="both", metadata={"help": "option.side", "choices": ("both", "zh", "en")}
    )
    sentence: Literal["segment", "pair"] = field(
        default="segment", metadata={"help": "option.sentence", "choices": ("segment", "pair")}
    )
    overlaps: Overlaps = field(
        default="outermost",
        metadata={"help": "option.overlaps", "choices": ("outermost", "longest", "label")},
    )
    comments: bool = field(default=True, metadata={"help": "option.comments"})


@dataclass(slots=True)
class Losses:
    """What the tags could not say, counted, each with its first example."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, example: str = "", count: int = 1) -> None:
        """Count one more."""
        if count:
            self.counts[key] += count
            self.examples.setdefault(key, example)

    def all(self) -> tuple[Loss, ...]:
        """The losses in a fixed order."""
        return tuple(Loss(key, count, self.examples[key]) for key, count in sorted(self.counts.items()))


@exporter("conll", "format.conll", suffixes=(".conll",), options=ConllOptions)
def write(corpus: Corpus, out: BinaryIO, options: ConllOptions, job: Job) -> Report:
    """Write a block of `token<TAB>tag` lines for each sentence or pair, and an empty line behind it."""
    losses = Losses()
    tokenize = _words() if options.unit == "word" else _characters
    tags = _tag_names(corpus.project, losses)
    documents = spans = 0
    for document in corpus.documents:
        job.progress(documents, corpus.count)
        tagged = [_Tagged(document, side, options, tokenize, tags) for side in sides_of(options.side)]
        for one in tagged:
            spans += one.tag(_priority(options.overlaps, corpus.project), losses)
        for block in sorted(
            (block for one in tagged for block in one.blocks()), key=lambda block: block.order
        ):
            out.write(block.text(comments=options.comments).encode())
        _count_unsaid(document, options.side, losses)
        documents += 1
    job.progress(documents, documents)
    return Report(documents, spans, 0, losses.all())


def _characters(text: str, _: Side) -> Iterator[Segment]:
    return ((at, at + 1) for at, char in enumerate(text) if not char.isspace())


@cache
def _words() -> Tokenize:
    from annotator.language.words import Words

    words = Words()
    words.load()
    return lambda text, side: (
        (start, end) for start, end in words.spans(text, side) if not text[start:end].isspace()
    )


def _tag_names(project: Project, losses: Losses) -> dict[str, str]:
    """Labels as they can stand in a column: without white space."""
    names: dict[str, str] = {}
    for label in project.labels:
        names[label.id] = re.sub(r"\s+", "_", label.id)
        if names[label.id] != label.id:
            losses.add("loss.label_spelled", label.id)
    return names


def _priority(overlaps: Overlaps, project: Project) -> Callable[[Span], tuple[object, ...]]:
    """The key by which overlapping annotations queue for their tokens."""
    if overlaps == "longest":
        return lambda span: (span.start - span.end, *span.order)
    if overlaps == "label":
        places = {label.id: place for place, label in enumerate(project.labels)}
        return lambda span: (places.get(span.label, len(places)), *span.order)
    return lambda span: span.order


def _count_unsaid(document: Document, side: SideChoice, losses: Losses) -> None:
    losses.add("loss.links", count=len(document.links))
    for link in document.links:
        if link.note:
            losses.add("loss.notes", link.note)
    for one in sides_of(side):
        for span in document.spans.ordered(one):
            if span.note:
                losses.add("loss.notes", span.note)
            if span.attributes:
                losses.add("loss.attributes", span.quote)
            if span.certainty != "certain":
                losses.add("loss.certainty", span.quote)
    if side != "both":
        left_out = len(document.spans) - sum(1 for _ in document.spans.ordered(side))
        losses.add("loss.other_side", count=left_out)


@dataclass(frozen=True, slots=True)
class _Block:
    order: tuple[int, int, int]
    head: str
    lines: tuple[str, ...]

    def text(self, *, comments: bool) -> str:
        return (self.head if comments else "") + "".join(self.lines) + "\n"


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
        self._bioes = options.scheme == "bioes"
        self._places: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._block_of: list[int] = []
        text = document.text(side)
        for row, start, end in self._ranges(options):
            for one, two in tokenize(text[start:end], side):
                self._starts.append(start + one)
                self._ends.append(start + two)
                self._block_of.append(len(self._places))
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
                losses.add(_relation(span, rival), span.quote)
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
        for _, group in groupby(range(first, last), key=self._block_of.__getitem__):
            tokens = list(group)
            for token in tokens:
                self._tags[token] = f"I-{name}"
            self._tags[tokens[0]] = f"B-{name}"
            if self._bioes:
                self._tags[tokens[-1]] = f"E-{name}" if len(tokens) > 1 else f"S-{name}"
            parts += 1
        return parts

    def blocks(self) -> Iterator[_Block]:
        """The blocks in text order."""
        document, text = self._document, self._document.text(self._side)
        token = 0
        for number, (row, start) in enumerate(self._places):
            lines: list[str] = []
            while token < len(self._starts) and self._block_of[token] == number:
                lines.append(f"{text[self._starts[token] : self._ends[token]]}\t{self._tags[token]}\n")
                token += 1
            head = f"# document = {document.id}\n# pair = {document.pairs[row].id}\n# side = {self._side}\n"
            if lines:
                yield _Block((row, int(self._side == "en"), start), head, tuple(lines))


def _relation(span: Span, rival: Span) -> str:
    """What became of an annotation whose tokens another one has."""
    if (span.start, span.end) == (rival.start, rival.end):
        return "loss.same_place"
    if rival.start <= span.start and span.end <= rival.end:
        return "loss.nested"
    if span.start <= rival.start and rival.end <= span.end:
        return "loss.around"
    if span.end <= rival.start or rival.end <= span.start:
        return "loss.same_word"
    return "loss.crossing"
