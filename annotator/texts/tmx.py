"""Translation memories (TMX): each unit with a Chinese and an English text is a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.extend import Extract, File, text_reader
from annotator.formats import marked
from annotator.formats.tmx import is_text
from annotator.texts.packed import ELEMENTS
from annotator.texts.units import rows_of, side_of_code


@text_reader("tmx", suffixes=(".tmx",))
def read(file: File, _: str) -> Extract:
    """The units in their order. Of several texts in one language the first is taken."""
    root = marked.parsed(file, ELEMENTS)
    if marked.local(root) != "tmx":
        raise AnnotatorError("error.text_kind", file=file.name)
    lost: Counter[str] = Counter()
    return rows_of(_units(root, lost), file.name, lost)


def _units(root: Element, lost: Counter[str]) -> Iterator[dict[Side, str]]:
    for unit in marked.named(root, "tu"):
        texts: dict[Side, str] = {}
        for variant in marked.named(unit, "tuv"):
            side = side_of_code(marked.attribute(variant, "lang"))
            if side is None or side in texts:
                lost["text.lost_languages"] += 1
                continue
            texts[side] = "".join(marked.flat(one, is_text) for one in marked.named(variant, "seg"))
        yield texts
