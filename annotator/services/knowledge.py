"""What a project's annotations teach: which words are names, and what is linked with what.

Everything is a `Tally`, counts that may be added and subtracted in any order. So a document is counted once,
in whichever thread, and every edit afterwards adds the small difference that it makes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from annotator.core.document import Document, DocumentData
from annotator.core.edits import DocumentEdit
from annotator.core.job import Job
from annotator.core.span import Link, Span
from annotator.language.counterpart import Knowledge
from annotator.language.lexicon import Lexicon, LexiconStack, Source, core_stack
from annotator.language.script import simplified
from annotator.services.dictionaries import Volume
from annotator.services.entities import SAME

Names = tuple[str, str]
"""A Chinese mention and the English one that a person linked it with."""

Glosses = Callable[[str], Sequence[str]]
Find = Callable[[str], Span | None]
Thing = TypeVar("Thing", Span, Link)

_NOT_NAMES = frozenset({"THEME", "DATE"})
_LONGEST_NAME = 60
_WORD = re.compile(r"[^\W_]+(?:[•·・‧∙&.-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LONGEST_WORD = 16
_LINKED_TRUST = 0.9


class Tally(Struct, frozen=True):
    """How often each Chinese word is a mention, and how often two mentions are linked."""

    words: Counter[str]
    links: Counter[Names]

    def minus(self, other: Tally) -> Tally:
        """The difference; its counts may be negative."""
        words, links = Counter(self.words), Counter(self.links)
        words.subtract(other.words)
        links.subtract(other.links)
        return Tally(words, links)


NOTHING = Tally(Counter(), Counter())


def counted(document: Document | DocumentData, job: Job | None = None) -> Tally:
    """What a whole document teaches.

    Raises:
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    spans = {span.id: span for span in job.through(document.spans) if _is_name(span)}
    return _tally(job.through(spans.values()), job.through(document.links), spans.get)


def difference(parts: Sequence[DocumentEdit], after: Document) -> Tally:
    """What an edit changes in what a document teaches.

    Args:
        parts: all that the edit does to this document.
        after: the document right after it.
    """
    spans = _Ends((change.before, change.after) for part in parts for change in part.spans)
    links = _Ends((change.before, change.after) for part in parts for change in part.links)
    links.keep(link for span_id in spans.after for link in after.links.of(span_id))
    now = _tally(spans.after.values(), links.after.values(), _within(spans.after, after))
    return now.minus(_tally(spans.before.values(), links.before.values(), _within(spans.before, after)))


class _Ends(Generic[Thing]):
    """Spans or links by id before and after an edit, however many steps it takes with each."""

    def __init__(self, changes: Iterable[tuple[Thing | None, Thing | None]]) -> None:
        self.before: dict[str, Thing | None] = {}
        self.after: dict[str, Thing | None] = {}
        for before, after in changes:
            thing = before or after
            if thing is not None:
                self.before.setdefault(thing.id, before)
                self.after[thing.id] = after

    def keep(self, things: Iterable[Thing]) -> None:
        """Take along some that the edit itself leaves alone."""
        for thing in things:
            if thing.id not in self.after:
                self.before[thing.id] = self.after[thing.id] = thing


def _within(spans: Mapping[str, Span | None], document: Document) -> Find:
    return lambda span_id: spans[span_id] if span_id in spans else document.spans.get(span_id)


def _tally(spans: Iterable[Span | None], links: Iterable[Link | None], find: Find) -> Tally:
    words: Counter[str] = Counter()
    names: Counter[Names] = Counter()
    for span in spans:
        word = _word(span) if span is not None else ""
        if word:
            words[word] += 1
    for link in links:
        linked = _names(link, find) if link is not None else None
        if linked is not None:
            names[linked] += 1
    return Tally(words, names)


def _is_name(span: Span) -> bool:
    return len(span.quote) <= _LONGEST_NAME and span.label.partition("/")[0] not in _NOT_NAMES


def _word(span: Span) -> str:
    """The word that a mention teaches; empty if it teaches none."""
    quote = span.quote
    short = span.side == "zh" and 1 < len(quote) <= _LONGEST_WORD and _is_name(span)
    return quote if short and _WORD.fullmatch(quote) and _HAN.search(quote) else ""


def _names(link: Link, find: Find) -> Names | None:
    """The names that a link says are the same; None if it says no such thing."""
    a, b = find(link.a), find(link.b)
    if link.type != SAME or a is None or b is None or (a.side, b.side) != ("zh", "en"):
        return None
    return (a.quote, b.quote) if _is_name(a) and _is_name(b) else None


class Learnt:
    """What the annotations of a whole project teach, kept up with its edits."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._links: dict[str, Counter[str]] = {}
        self.linked: dict[str, tuple[str, ...]] = {}

    def take(self, tally: Tally) -> tuple[list[str], list[str]]:
        """Add a tally; the words that are mentions now and were none before, and the other way round."""
        came: list[str] = []
        gone: list[str] = []
        for word, count in tally.words.items():
            before = self._words[word]
            self._words[word] = before + count
            if before <= 0 < before + count:
                came.append(word)
            elif before + count <= 0 < before:
                gone.append(word)
            if not before + count:
                del self._words[word]
        for (zh, en), count in tally.links.items():
            self._link(zh, en, count)
        return came, gone

    @property
    def words(self) -> list[str]:
        """The Chinese words that are mentions somewhere."""
        return [word for word, count in self._words.items() if count > 0]

    def _link(self, zh: str, en: str, count: int) -> None:
        counts = self._links.setdefault(zh, Counter())
        counts[en] += count
        if not counts[en]:
            del counts[en]
        names = tuple(name for name, often in counts.most_common() if often > 0)
        if names:
            self.linked[zh] = names
        else:
            self.linked.pop(zh, None)
        if not counts:
            del self._links[zh]


def lexicon_within(
    zh: str, lexicon: LexiconStack | None, linked: Mapping[str, Sequence[str]]
) -> LexiconStack | None:
    """What aligning a Chinese text asks for words: as much of the lexicon as that text can ask for, and the
    names that people linked; None if the program's own lexicon is all there is."""
    if not linked:
        return lexicon.within(zh) if lexicon is not None else None
    names = Lexicon({simplified(name): tuple(partners) for name, partners in linked.items()})
    asked = (lexicon or core_stack()).within(zh)
    return LexiconStack([Source(names, _LINKED_TRUST, measured=True), *asked.sources])


def glosses(volumes: Iterable[Volume]) -> Glosses | None:
    """A Chinese word's English equivalents in the dictionaries that could be read, each once; None if there
    is no such dictionary."""
    read = [Lexicon(volume.entries) for volume in volumes if volume.entries]
    if not read:
        return None
    return lambda word: tuple(dict.fromkeys(each for lexicon in read for each in lexicon.equivalents(word)))


def knowledge(
    linked: Mapping[str, Sequence[str]], volumes: Iterable[Volume], date: str | None = None
) -> Knowledge:
    """What is known when the counterpart of a mention is looked for.

    Args:
        linked: Chinese mentions of this project and what they are linked with.
        volumes: the dictionaries in force.
        date: the document's date (ISO).
    """
    return Knowledge(linked=linked, glosses=glosses(volumes), date=date)
