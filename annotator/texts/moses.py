"""Archives of aligned lines, as OPUS offers them (Moses): line n of two texts belongs together."""

from __future__ import annotations

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.extend import Extract, File, Loss, text_reader
from annotator.formats.plain import read_text
from annotator.texts.packed import Packed
from annotator.texts.units import LINES, side_of_code


@text_reader("moses", suffixes=(".zip",))
def read(file: File, encoding: str) -> Extract:
    """The lines of the first two texts that belong together, as pairs."""
    packed = Packed(file)
    found = [both for both in _texts(packed).values() if len(both) == 2]
    if not found:
        raise AnnotatorError("error.text_no_lines", file=file.name)
    zh, en = (
        read_text(packed.read(found[0][side]), name=file.name, encoding=encoding) for side in ("zh", "en")
    )
    one, two = (text.text.rstrip("\n").split("\n") for text in (zh, en))
    if len(one) != len(two):
        raise AnnotatorError("error.text_line_counts", file=file.name, zh=len(one), en=len(two))
    rows = [(at, pair) for at, pair in enumerate(zip(one, two, strict=True), 1) if any(map(str.strip, pair))]
    further = (Loss("text.lost_parts", len(found) - 1),) if len(found) > 1 else ()
    return Extract("", ((0, ("zh", "en")), *rows), zh.encoding, further)


def _texts(packed: Packed) -> dict[str, dict[Side, str]]:
    """The names of the texts in the archive, by what they have in common and by language."""
    found: dict[str, dict[Side, str]] = {}
    for name in packed.names():
        stem, _, code = name.rpartition(".")
        side = side_of_code(code)
        if side is not None and name.casefold().endswith(LINES):
            found.setdefault(stem, {})[side] = name
    return found
