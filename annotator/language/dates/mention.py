"""What the finding of dates yields, and the walk over a text that both languages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Reads one expression that begins at the offset: where it ends and its value.
Reading = tuple[int, str]
Reader = Callable[[str, int], Reading | None]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: half-open code points, and its value (see `annotator.language.dates.values`)."""

    start: int
    end: int
    value: str


def longest(text: str, at: int, readers: Iterable[Reader]) -> Reading | None:
    """The longest of what the readers find; of two as long, the first."""
    best: Reading | None = None
    for reader in readers:
        found = reader(text, at)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def walk(text: str, starts: Iterable[tuple[int, Iterable[Reader]]]) -> Iterator[DateMention]:
    """The mentions at `starts`, leftmost first, none reaching into another."""
    done = 0
    for at, readers in starts:
        if at < done:
            continue
        found = longest(text, at, readers)
        if found and found[0] > at:
            done = found[0]
            yield DateMention(at, done, found[1])
