"""CC-CEDICT as it is downloaded: a line a word, `燈塔 灯塔 [deng1 ta3] /lighthouse/beacon/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from annotator.formats.dictionary.gathering import Entry
from annotator.formats.dictionary.lines import lines

_LINE = re.compile(r"(\S+) (\S+) \[[^\]]*\]\]? /(.*)/\s*\Z")
_LONGEST_LINE = 20_000
_LOOKED_AT = 200


def fits(text: str) -> bool:
    """Whether a text is of this kind."""
    return any(_LINE.match(line) for line in islice(_lines(text), _LOOKED_AT))


def entries(text: str) -> Iterator[Entry]:
    """Word and equivalents of each line; others, such as remarks, are passed over."""
    for line in _lines(text):
        match = _LINE.match(line)
        if match:
            yield match[2], match[3].split("/")


def _lines(text: str) -> Iterator[str]:
    return (line for line in lines(text) if len(line) <= _LONGEST_LINE)
