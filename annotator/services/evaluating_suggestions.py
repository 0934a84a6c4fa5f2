"""Scores of suggested mentions against gold that people made: exact span and label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import Side
from annotator.language.mentions import find_mentions, hear
from annotator.language.script import classify
from annotator.services.evaluating import Score

LABELS = ("PERSON", "PLACE")
# Start, end, label.
GoldSpan = tuple[int, int, str]

# Sentences before that short names are known from.
_HEARD = 40


class GoldSentence(Struct, frozen=True):
    """A sentence with the people and places that it holds."""

    text: str
    side: Side
    spans: frozenset[GoldSpan]


class SuggestionReport(Score, frozen=True, kw_only=True):
    """The score over all labels, and that of each."""

    labels: dict[str, Score]


class Tally:
    """Counts of suggestions found, in the gold and right, by label."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._found: Counter[str] = Counter()
        self._gold: Counter[str] = Counter()

    def add(self, found: Iterable[GoldSpan], gold: Iterable[GoldSpan]) -> None:
        """Count one sentence; other labels than `LABELS` are left out."""
        ours = {span for span in found if span[2] in LABELS}
        theirs = {span for span in gold if span[2] in LABELS}
        self._right.update(span[2] for span in ours & theirs)
        self._found.update(span[2] for span in ours)
        self._gold.update(span[2] for span in theirs)

    def report(self) -> SuggestionReport:
        """The scores so far."""
        total = Score.of(self._right.total(), self._found.total(), self._gold.total())
        labels = {
            label: Score.of(self._right[label], self._found[label], self._gold[label]) for label in LABELS
        }
        return SuggestionReport(labels=labels, **msgspec.structs.asdict(total))


class _Line(Struct, frozen=True):
    """A line of either kind: one text with its spans, or a pair with those of both sides."""

    id: str = ""
    text: str | None = None
    spans: list[GoldSpan] = []
    zh: str | None = None
    en: str | None = None
    zh_spans: list[GoldSpan] = []
    en_spans: list[GoldSpan] = []


def read_gold(path: Path, side: Side | None = None) -> list[GoldSentence]:
    """The sentences of a file of JSON lines, `{"id", "text", "spans"}`, or of one side of a file of pairs.

    Args:
        side: of pairs, which side. Else the language is that which the id begins with, or that of the text.

    Raises:
        AnnotatorError: if the file cannot be read, a line is of neither kind, or a span goes beyond its text.
    """
    decoder = msgspec.json.Decoder(_Line)
    sentences = []
    for number, line in enumerate(_lines(path), 1):
        try:
            sentence = _sentence(decoder.decode(line), path, side)
        except msgspec.DecodeError as why:
            raise AnnotatorError("error.gold_line", path=path, line=number, why=why) from why
        if any(not 0 <= start < end <= len(sentence.text) for start, end, _ in sentence.spans):
            raise AnnotatorError("error.gold_spans_beyond", path=path, line=number)
        sentences.append(sentence)
    return sentences


def _lines(path: Path) -> list[str]:
    """Only `\\n` ends a line: sentences may hold other separators."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AnnotatorError("error.gold_missing_file", path=path) from None
    except (OSError, UnicodeDecodeError) as why:
        raise AnnotatorError("error.gold_unreadable", path=path, why=why) from why
    return [line for line in text.split("\n") if line.strip()]


def _sentence(line: _Line, path: Path, side: Side | None) -> GoldSentence:
    if line.text is not None:
        return GoldSentence(line.text, side or _language(line), frozenset(line.spans))
    if line.zh is None or line.en is None:
        raise msgspec.DecodeError("text")
    if side is None:
        raise AnnotatorError("error.gold_side", path=path)
    if side == "zh":
        return GoldSentence(line.zh, side, frozenset(line.zh_spans))
    return GoldSentence(line.en, side, frozenset(line.en_spans))


def _language(line: _Line) -> Side:
    if line.id.startswith("zh_"):
        return "zh"
    if line.id.startswith("en_"):
        return "en"
    return "zh" if classify(line.text or "") == "zh" else "en"


def evaluate_suggestions(
    paths: Sequence[Path], side: Side | None = None, job: Job | None = None
) -> SuggestionReport:
    """What the rules alone suggest, against the gold of all files counted together.

    Short names are known from the sentences before, in the order of the file, as far as a reader remembers.

    Raises:
        AnnotatorError: as `read_gold`.
        Cancelled: if the user asked to stop.
    """
    tally = Tally()
    for path in paths:
        gold = read_gold(path, side)
        for done, sentence in enumerate(gold):
            if job is not None:
                job.progress(done, len(gold))
            before = (one.text for one in gold[max(0, done - _HEARD) : done] if one.side == sentence.side)
            heard = hear(before, sentence.side)
            found = find_mentions(sentence.text, sentence.side, heard)
            tally.add(((one.start, one.end, one.label) for one in found), sentence.spans)
    return tally.report()
