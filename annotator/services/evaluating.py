"""Scores of what the program knows of the two languages, against gold that people made."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.formats.dictionary import read_dictionary
from annotator.language.align import AlignOptions, Bead, align
from annotator.language.counterpart import Direction, Knowledge, Mention, project
from annotator.language.embeddings import sentence_vectors
from annotator.language.induce import AlignedPair, induce
from annotator.language.lexicon import LexiconStack, stack_of
from annotator.language.script import simplified
from annotator.services.reliability import Reliability, reliability

Indexes = tuple[int, ...]
Pairing = tuple[Indexes, Indexes]

_BEAD = re.compile(r"\[([\d, ]*)\]:\[([\d, ]*)\]")


class Score(Struct, frozen=True, kw_only=True):
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right: int, found: int, gold: int, met: int | None = None) -> Score:
        """`right` of the `found`, and `met` (else also `right`) of the `gold`; what is empty scores 0."""
        precision = right / found if found else 0.0
        recall = (right if met is None else met) / gold if gold else 0.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return cls(precision=round(precision, 4), recall=round(recall, 4), f1=round(f1, 4))


class Alignment(Struct, frozen=True, kw_only=True):
    """How well texts were aligned. Strict: both sides of a bead as in the gold; lax: both overlap it.

    `seconds` are CPU seconds spent on aligning, without reading.
    """

    strict: Score
    lax: Score
    seconds: float


class AlignmentReport(Alignment, frozen=True, kw_only=True):
    """The score over all beads of a folder, and that of each document by its name.

    `calibration` is there if it was asked for.
    """

    documents: dict[str, Alignment]
    calibration: Reliability | UnsetType = UNSET


class _Count(Struct, frozen=True):
    """Beads found and in the gold; of each how many match strictly, and laxly."""

    found: int
    gold: int
    strict: int
    found_lax: int
    gold_lax: int
    seconds: float

    def score(self) -> Alignment:
        return Alignment(
            strict=Score.of(self.strict, self.found, self.gold),
            lax=Score.of(self.found_lax, self.found, self.gold, self.gold_lax),
            seconds=round(self.seconds, 3),
        )


class _Text(NamedTuple):
    """A text of the folder: its sentences, and its gold beads."""

    zh: list[str]
    en: list[str]
    gold: list[Pairing]


class _Aligned(NamedTuple):
    beads: list[Bead]
    seconds: float


def evaluate_alignment(
    folder: Path,
    lexicon: Path | None = None,
    job: Job | None = None,
    *,
    pooled: bool = False,
    model: Path | None = None,
    calibration: bool = False,
) -> AlignmentReport:
    """Align every `NAME.zh` of a folder with its `NAME.en`, and compare with `NAME.align`.

    A text has one sentence a line; an `.align` file one bead a line, `[Chinese indexes]:[English indexes]`
    from 0. As vecalign's scorer does, beads are counted over all documents together; lone sentences count
    neither as found nor as missed.

    Args:
        lexicon: a dictionary to use beside what the program brings.
        pooled: align a second time with what the first alignment of all texts taught; no gold is looked at.
        model: the folder of a model of sentence vectors to use too.
        calibration: whether to report what the confidences were worth.

    Raises:
        AnnotatorError: if the folder has no such files, or one of them cannot be read.
        Cancelled: if the user asked to stop.
    """
    names = sorted(path.stem for path in folder.glob("*.align"))
    if not names:
        raise AnnotatorError("error.gold_none", folder=folder)
    texts = {name: _read(folder, name) for name in names}
    stack = stack_of([read_dictionary(lexicon)] if lexicon else [])
    options = AlignOptions(lexicon=stack, vectors=None if model is None else sentence_vectors(model))
    aligned = _align_all(texts, options, job)
    if pooled:
        aligned = _align_again(texts, aligned, options, stack, job)
    counts = {name: _count(texts[name], one) for name, one in aligned.items()}
    total = _sum(counts.values()).score()
    return AlignmentReport(
        strict=total.strict,
        lax=total.lax,
        seconds=total.seconds,
        documents={name: count.score() for name, count in counts.items()},
        calibration=reliability(_judged(texts, aligned)) if calibration else UNSET,
    )


def _read(folder: Path, name: str) -> _Text:
    zh, en = _lines(folder / f"{name}.zh"), _lines(folder / f"{name}.en")
    return _Text(zh, en, _gold(folder / f"{name}.align", len(zh), len(en)))


def _align_all(
    texts: dict[str, _Text], options: AlignOptions, job: Job | None, spent: Mapping[str, float] | None = None
) -> dict[str, _Aligned]:
    aligned = {}
    for done, (name, text) in enumerate(texts.items()):
        if job is not None:
            job.progress(done, len(texts))
        began = time.process_time()
        beads = align(text.zh, text.en, options=options)
        seconds = time.process_time() - began + (spent or {}).get(name, 0.0)
        aligned[name] = _Aligned(beads, seconds)
    return aligned


def _align_again(
    texts: dict[str, _Text],
    aligned: dict[str, _Aligned],
    options: AlignOptions,
    stack: LexiconStack,
    job: Job | None,
) -> dict[str, _Aligned]:
    """A second alignment with what the first one taught; its seconds are those of both, and of learning."""
    began = time.process_time()
    taught = induce(_taught_by(texts, aligned), stack)
    spent = (time.process_time() - began) / len(texts)
    first = {name: one.seconds + spent for name, one in aligned.items()}
    options = replace(options, lexicon=LexiconStack([*stack.sources, *taught]))
    return _align_all(texts, options, job, first)


def _taught_by(texts: dict[str, _Text], aligned: dict[str, _Aligned]) -> Iterator[AlignedPair]:
    for name, text in texts.items():
        for bead in aligned[name].beads:
            zh, en = "".join(text.zh[slice(*bead.zh)]), " ".join(text.en[slice(*bead.en)])
            yield AlignedPair(zh, en, bead.confidence)


def _judged(texts: dict[str, _Text], aligned: dict[str, _Aligned]) -> Iterator[tuple[float, bool]]:
    """Of every bead that has both sides the confidence, and whether it is in the gold."""
    for name, text in texts.items():
        gold = set(text.gold)
        for bead in aligned[name].beads:
            pairing = _pairing(bead)
            if all(pairing):
                yield bead.confidence, pairing in gold


def _pairing(bead: Bead) -> Pairing:
    return tuple(range(*bead.zh)), tuple(range(*bead.en))


def _count(text: _Text, aligned: _Aligned) -> _Count:
    return count_beads([_pairing(bead) for bead in aligned.beads], text.gold, aligned.seconds)


def count_beads(found: Sequence[Pairing], gold: Sequence[Pairing], seconds: float = 0.0) -> _Count:
    """Compare beads, given by the indexes of their sentences on either side."""
    ours = {bead for bead in found if all(bead)}
    theirs = {bead for bead in gold if all(bead)}
    cells_of_ours, cells_of_theirs = _cells(ours), _cells(theirs)
    return _Count(
        len(ours),
        len(theirs),
        len(ours & theirs),
        sum(not cells_of_theirs.isdisjoint(_cells([bead])) for bead in ours),
        sum(not cells_of_ours.isdisjoint(_cells([bead])) for bead in theirs),
        seconds,
    )


def _cells(beads: Iterable[Pairing]) -> set[tuple[int, int]]:
    return {(one, two) for zh, en in beads for one in zh for two in en}


def _sum(counts: Iterable[_Count]) -> _Count:
    columns = zip(*(msgspec.structs.astuple(count) for count in counts), strict=True)
    return _Count(*map(sum, columns))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AnnotatorError("error.gold_missing", path=path) from None
    except (OSError, UnicodeDecodeError) as why:
        raise AnnotatorError("error.gold_unreadable", path=path, why=why) from why


def _lines(path: Path) -> list[str]:
    """Only `\\n` ends a line: sentences may hold other separators."""
    return _text(path).removesuffix("\n").split("\n")


def _gold(path: Path, zh: int, en: int) -> list[Pairing]:
    beads = []
    for number, line in enumerate(_lines(path), 1):
        bead = _BEAD.match(line.strip())
        if bead is None:
            raise AnnotatorError("error.gold_bead", path=path, line=number)
        sides = _indexes(bead[1]), _indexes(bead[2])
        if any(index >= size for side, size in zip(sides, (zh, en), strict=True) for index in side):
            raise AnnotatorError("error.gold_bead_beyond", path=path, line=number)
        beads.append(sides)
    return beads


def _indexes(text: str) -> Indexes:
    return tuple(int(part) for part in text.replace(",", " ").split())


class _SpanPair(Struct, frozen=True):
    """A line of the file: two texts, and their gold spans as [start, end, label]."""

    zh: str
    en: str
    zh_spans: list[Mention]
    en_spans: list[Mention]


def evaluate_projection(
    path: Path, direction: Direction, lexicon: Path | None = None, job: Job | None = None
) -> Score:
    """Given the gold people, places and dates of one side, predict those of the other, exactly.

    Args:
        path: JSON lines with `zh`, `en`, `zh_spans`, `en_spans`; a span is [start, end, label].
        direction: from which side to which.
        lexicon: a dictionary to use beside what the program brings.

    Raises:
        AnnotatorError: if the file cannot be read, or a line is not such a pair.
        Cancelled: if the user asked to stop.
    """
    pairs = _span_pairs(path)
    known = Knowledge()
    if lexicon is not None:
        entries = read_dictionary(lexicon)
        known = Knowledge(glosses=lambda word: entries.get(word) or entries.get(simplified(word), ()))
    right = found = gold = 0
    for done, pair in enumerate(pairs):
        if job is not None:
            job.progress(done, len(pairs))
        given, wanted = pair.zh_spans, pair.en_spans
        if direction == "en-zh":
            given, wanted = wanted, given
        projected = project(pair.zh, pair.en, _named(given), direction, known)
        ours = {Mention(one.start, one.end, mention.label) for mention, one in projected}
        right += len(ours.intersection(_named(wanted)))
        found += len(ours)
        gold += len(set(_named(wanted)))
    return Score.of(right, found, gold)


def _named(spans: Iterable[Mention]) -> list[Mention]:
    return [span for span in spans if span.label in ("PERSON", "PLACE", "DATE")]


def _span_pairs(path: Path) -> list[_SpanPair]:
    decoder = msgspec.json.Decoder(_SpanPair)
    pairs = []
    for number, line in enumerate(_lines(path), 1):
        try:
            pair = decoder.decode(line)
        except msgspec.DecodeError as why:
            raise AnnotatorError("error.gold_spans", path=path, line=number, why=why) from why
        for text, spans in ((pair.zh, pair.zh_spans), (pair.en, pair.en_spans)):
            if any(not 0 <= span.start < span.end <= len(text) for span in spans):
                raise AnnotatorError("error.gold_spans_beyond", path=path, line=number)
        pairs.append(pair)
    return pairs
