"""Tables of words (TSV, CSV): in a row a Chinese word and its English equivalents, in either order.

Several equivalents stand in columns of their own, or in one behind `|` or `;`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.formats.dictionary.gathering import Entry
from annotator.formats.dictionary.lines import lines

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LOOKED_AT = 10_000


def entries(text: str, path: Path) -> Iterator[Entry]:
    """The rows that have a Chinese cell and another.

    Raises:
        AnnotatorError: if it is no such table.
    """
    mark = "\t" if "\t" in text[:_LOOKED_AT] else ","
    rows = csv.reader(lines(text), delimiter=mark)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            word = next((cell for cell in cells if _HAN.search(cell)), None)
            if word is not None:
                yield word, [cell for cell in cells if not _HAN.search(cell)]
    except csv.Error as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why
