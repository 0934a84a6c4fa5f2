"""From a sentence to what the chain sees of it: units, and the strings that are true of each."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from annotator.core.span import Side
from annotator.language.crf.chinese import chinese_layers
from annotator.language.crf.english import english_layers
from annotator.language.crf.layers import Seen
from annotator.language.crf.telling import chinese_knowledge, english_knowledge
from annotator.language.mentions import Found, Heard, hear, units
from annotator.language.mentions.features import english_units
from annotator.language.mentions.finding import short_names
from annotator.language.mentions.found import SHOWN, SILENCE, apart
from annotator.language.mentions.looking import chinese_seen, english_seen, seen

Range = tuple[int, int]

# From this score on a full name is believed, so that parts of it are known in later sentences.
_BELIEVED = 0.7
# Sentences before that short names are known from.
_REMEMBERED = 20


class Studied:
    """A sentence looked at once.

    Attributes:
        every: all that the rules find in it, doubtful ones and overlaps too.
        found: those that are shown, none across another; the chain is told of these.
    """

    def __init__(self, text: str, side: Side, heard: Heard) -> None:
        self._text, self._side, self._heard = text, side, heard
        every = seen(text, side, heard)
        self.every: Sequence[Found] = sorted(every)
        self.found: Sequence[Found] = apart(one for one in self.every if one.score >= SHOWN)

    @cached_property
    def seen(self) -> Seen:
        """What a chain sees of it; made when first asked for, since without a chain nobody asks."""
        text = self._text
        if self._side == "zh":
            parts = units(text, "zh")
            sentence, _ = chinese_seen(text, self._heard)
            layers = [*chinese_layers(text, parts), *chinese_knowledge(sentence, parts)]
        else:
            words, _ = english_seen(text, self._heard)
            parts = english_units(words)
            layers = [*english_layers(text, parts), *english_knowledge(words, parts)]
        return Seen(parts, layers, _all_marks(parts, self.found))


def study(text: str, side: Side, heard: Heard = SILENCE) -> Studied:
    """Look at a sentence with the rules, and describe it to the chain."""
    return Studied(text, side, heard)


def _all_marks(parts: Sequence[Range], found: Iterable[Found]) -> list[tuple[int, str]]:
    starts = {start: at for at, (start, _) in enumerate(parts)}
    ends = {end: at for at, (_, end) in enumerate(parts)}
    told: list[tuple[int, str]] = []
    for one in found:
        first, last = starts.get(one.start), ends.get(one.end)
        if first is not None and last is not None:
            told += marks(len(parts), first, last, one.label, one.pattern)
    return told


def marks(count: int, first: int, last: int, label: str, pattern: str = "") -> Iterator[tuple[int, str]]:
    """What is said of which of `count` units if the rules found a mention from unit `first` to `last`."""
    for at in range(first, last + 1):
        place = "S" if first == last else "B" if at == first else "E" if at == last else "I"
        yield at, f"rule={place}-{label}"
        if pattern:
            yield at, f"pattern={place}-{pattern}"
    if first:
        yield first - 1, f"rule behind={label}"
    if last + 1 < count:
        yield last + 1, f"rule before={label}"


def study_in_order(texts: Sequence[str], side: Side, before: Sequence[str] = ()) -> list[Studied]:
    """Look at sentences that follow one another, each with the short names that those before it introduced.

    `before` are sentences that stand before the first. Each reaches as far back as a reader remembers.
    """
    names: deque[Mapping[str, str]] = deque((hear([text], side).names for text in before), _REMEMBERED)
    studied = []
    for text in texts:
        heard = {name: label for one in names for name, label in one.items()}
        studied.append(study(text, side, Heard(heard) if heard else SILENCE))
        names.append(_introduced(text, side, studied[-1].found))
    return studied


def _introduced(text: str, side: Side, found: Iterable[Found]) -> dict[str, str]:
    return {
        name: one.label
        for one in found
        if one.score >= _BELIEVED
        for name in short_names(text[one.start : one.end], one.label, side)
    }
