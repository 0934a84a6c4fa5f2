"""Dictionaries that users and projects add: one file a kind, one function that reads them all.

What was read is kept in the cache folder, by the file's digest.
"""

from __future__ import annotations

from pathlib import Path

from annotator.core.job import Job
from annotator.formats.dictionary import kept
from annotator.formats.dictionary.gathering import Entries, gathered
from annotator.formats.dictionary.kinds import entries_in
from annotator.formats.dictionary.packed import contents, unpacked

__all__ = ["SUFFIXES", "Entries", "read_dictionary"]

SUFFIXES = (".u8", ".txt", ".tsv", ".csv", ".tbx", ".tmx", ".xml", ".gz", ".zip")
"""What the names of dictionaries end with. What a file holds is told by its contents."""


def read_dictionary(path: Path, job: Job | None = None) -> Entries:
    """A Chinese word, simplified, and its English equivalents, without notes in brackets.

    Other threads get to run every millisecond.

    Raises:
        AnnotatorError: if the file cannot be read, is too large unpacked, is of no known kind, or has no
            entries.
        Cancelled: if the user asked to stop.
    """
    job = job or Job()
    data = contents(path)
    place = kept.place_of(data)
    entries = kept.load(place)
    if entries is None:
        entries = gathered(entries_in(unpacked(data, path), path), path, job)
        kept.store(place, entries)
    return entries
