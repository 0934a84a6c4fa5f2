"""Themes of sentences, and of stretches of sentences that speak of the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.pair import Segment
from annotator.core.project import Project
from annotator.core.span import SIDES, Side, Span
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester
from annotator.language.reading import Read
from annotator.language.themes.guessing import Guess, Guesser, taught
from annotator.language.themes.samples import NONE, Sample, both, features
from annotator.language.words import Words, dictionary_words

ROOT = "THEME"
_VERSION = "1"
_COVERED = 0.5
_LEAST = 0.4
_FARTHEST = 12
_REMEMBERED = 4096


@suggester("themes", "suggester.themes", version=_VERSION)
def make(evidence: Evidence, options: NoOptions, job: Job) -> Offer:  # noqa: ARG001
    """Learns from the themes that were confirmed."""
    labels = theme_labels(evidence.project)
    if not _taught(evidence, labels, job):
        return lambda document, rows: ()  # noqa: ARG005
    words = dictionary_words()
    samples: list[Sample] = []
    for number, document in enumerate(evidence.documents):
        job.progress(number, len(evidence.documents))
        samples.extend(samples_of(document, frozenset(label.id for label in labels), words, job))
    guesser = taught(
        samples,
        {label.id: _listed(label, words, forbidden=False) for label in labels},
        {label.id: _listed(label, words, forbidden=True) for label in labels},
    )
    return _Themes(guesser, words).offer


def _taught(evidence: Evidence, labels: list[Label], job: Job) -> bool:
    """Whether anybody said of any theme what tells it."""
    ids = {label.id for label in labels}
    return any(label.keywords for label in labels) or any(
        span.label in ids for document in evidence.documents for span in job.through(document.spans)
    )


def _listed(label: Label, words: Words, *, forbidden: bool) -> list[str]:
    """The label's own keywords as they stand among the words of a sentence."""
    given = (word for word in label.keywords if word.startswith("-") == forbidden)
    return [each for word in given for each in features(word.removeprefix("-"), words)]


def theme_labels(project: Project) -> list[Label]:
    """The labels that stand for what a text speaks of: `THEME` and all below it."""
    labels = project.label_set
    return [label for label in labels if label.id == ROOT or ROOT in labels.ancestors(label.id)]


def samples_of(
    document: Document, themes: frozenset[str], words: Words, job: Job | None = None
) -> Iterator[Sample]:
    """The sentences of rows that a person has looked at, each with its innermost theme.

    Looked at are rows marked done and rows with a theme. A sentence of them that has no theme is one of none,
    if the person has finished with the row.

    Raises:
        Cancelled: if the user asked to stop.
    """
    finished = {side: Read(document, side, themes) for side in SIDES}
    for row, pair in (job or Job()).through(enumerate(document.pairs)):
        found = {
            side: [_theme_of(document, side, segment, themes) for segment in pair.segments(side)]
            for side in SIDES
        }
        if pair.id in document.done or any(theme != NONE for side in SIDES for theme in found[side]):
            is_left = any(row in finished[side] for side in SIDES)
            for side in SIDES:
                for segment, theme in zip(pair.segments(side), found[side], strict=True):
                    if theme == NONE and not is_left:
                        continue
                    yield Sample(_words_of(document, row, side, segment, words), theme)


def _theme_of(document: Document, side: Side, segment: Segment, themes: frozenset[str]) -> str:
    def shared(span: Span) -> int:
        return min(span.end, segment[1]) - max(span.start, segment[0])

    covering = [
        span
        for span in document.spans.overlapping(side, *segment)
        if span.label in themes and shared(span) >= _COVERED * (segment[1] - segment[0])
    ]
    return min(covering, key=lambda span: span.end - span.start).label if covering else NONE


def _words_of(document: Document, row: int, side: Side, segment: Segment, words: Words) -> frozenset[str]:
    """The words of a sentence, and of the other side where that is one sentence too: they say the same."""
    pair = document.pairs[row]
    own = features(document.text(side)[segment[0] : segment[1]], words)
    if len(pair.zh) != 1 or len(pair.en) != 1:
        return own
    return both((own, *(features(document.row_text(row, one), words) for one in SIDES if one != side)))


class _Themes:
    """Guesses sentences, and joins neighbours of one theme."""

    def __init__(self, guesser: Guesser, words: Words) -> None:
        self._words = words
        self._guess = lru_cache(_REMEMBERED)(guesser.guess)

    def offer(self, document: Document, rows: range) -> Iterable[Suggestion]:
        """One suggestion for each stretch that begins in these rows; it may run on behind them."""
        for side in SIDES:
            yield from self._of_side(document, side, rows)

    def _of_side(self, document: Document, side: Side, rows: range) -> Iterator[Suggestion]:
        reach = range(max(0, rows.start - _FARTHEST), min(len(document.pairs), rows.stop + _FARTHEST))
        stretch: list[tuple[Segment, Guess]] = []
        began = -1
        for row, segment in _segments(document, side, reach):
            guess = self._guess(_words_of(document, row, side, segment, self._words))
            goes_on = bool(stretch) and stretch[-1][1].theme == guess.theme and guess.theme != NONE
            if not goes_on:
                if began in rows:
                    yield from self._made(document, side, stretch)
                stretch, began = [], row
            if guess.theme != NONE:
                stretch.append((segment, guess))
        if began in rows:
            yield from self._made(document, side, stretch)

    def _made(
        self, document: Document, side: Side, stretch: list[tuple[Segment, Guess]]
    ) -> Iterator[Suggestion]:
        score = sum(guess.score for _, guess in stretch) / max(1, len(stretch))
        if not stretch or score < _LEAST:
            return
        start, end = stretch[0][0][0], stretch[-1][0][1]
        telling = dict.fromkeys(word for _, guess in stretch for word in guess.words)
        shown = "、".join(list(telling)[:6]) if side == "zh" else ", ".join(list(telling)[:6])
        yield Suggestion(
            side=side,
            start=start,
            end=end,
            quote=document.text(side)[start:end],
            label=stretch[0][1].theme,
            score=round(score, 4),
            source=f"themes@{_VERSION}",
            reason=Reason("reason.theme_words", {"words": shown}) if shown else Reason("reason.theme"),
        )


def _segments(document: Document, side: Side, rows: range) -> Iterator[tuple[int, Segment]]:
    for row in rows:
        for segment in document.pairs[row].segments(side):
            yield row, segment
