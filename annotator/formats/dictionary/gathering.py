"""Entries as they are written become a dictionary: words simplified, equivalents without remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.gentle import gently
from annotator.core.job import Job
from annotator.language.script import simplified

Entry = tuple[str, Sequence[str]]
"""A Chinese word and its equivalents, as a file has them."""
Entries = dict[str, tuple[str, ...]]
"""Simplified Chinese words and their English equivalents, the likeliest first."""

MOST = 1_000_000
"""Equivalents that a dictionary may have, five times those of the largest known."""

_LONGEST_WORD = 40
_LONGEST_EQUIVALENT = 300
_NOTE = re.compile(r"\s*\([^()]*\)\s*")
_REFERENCE = re.compile(
    r"(?:CL:|also written|variant of|old variant|erhua variant|see |also pr\.|abbr\. for|used in)"
)
_PARTS = re.compile("[;|]")
_SENTENCE = re.compile("[。！？]")


def gathered(entries: Iterable[Entry], path: Path, job: Job) -> Entries:
    """The dictionary that `entries` make up.

    Raises:
        AnnotatorError: if there are none, too many, or whole sentences instead of words.
        Cancelled: if the user asked to stop.
    """
    found: dict[str, list[str]] = {}
    count = too_long = 0
    for word, equivalents in gently(entries):
        if job.cancelled():
            raise Cancelled
        if len(word) > _LONGEST_WORD or _SENTENCE.search(word):
            too_long += 1
            continue
        kept = list(_plain(equivalents))
        count += len(kept)
        if count > MOST:
            raise AnnotatorError("error.dictionary_many", path=path, most=MOST)
        if kept:
            found.setdefault(simplified(word), []).extend(kept)
    if not found:
        raise AnnotatorError(f"error.dictionary_{'sentences' if too_long else 'empty'}", path=path)
    return {word: tuple(dict.fromkeys(kept)) for word, kept in gently(found.items())}


def _plain(equivalents: Sequence[str]) -> Iterator[str]:
    for written in equivalents:
        if len(written) > _LONGEST_EQUIVALENT:
            continue
        for part in _PARTS.split(written):
            plain = _NOTE.sub(" ", part).strip()
            if plain and not _REFERENCE.match(plain):
                yield plain
