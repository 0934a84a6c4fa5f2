"""Translation files (XLIFF 1.2 and 2.0): source and target of each segment are a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.extend import Extract, File, text_reader
from annotator.formats import marked
from annotator.formats.marked import attribute, local
from annotator.texts.packed import ELEMENTS
from annotator.texts.units import rows_of, side_of_code, sides_by_content

# What these hold belongs to the layout of the file that the text came from.
_CODES = frozenset(("bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "cp", "sm", "em"))
_Pair = tuple[str, str]
_Codes = tuple[str, str]


@text_reader("xliff", suffixes=(".xliff", ".xlf", ".sdlxliff", ".mqxliff", ".mxliff"))
def read(file: File, _: str) -> Extract:
    """The segments in their order; proposals from a memory are left out."""
    root = marked.parsed(file, ELEMENTS)
    if local(root) != "xliff":
        raise AnnotatorError("error.text_kind", file=file.name)
    found = [(codes, pair) for codes, part in _parts(root) for pair in _pairs(part)]
    guess = sides_by_content([pair for _, pair in found])
    lost: Counter[str] = Counter()
    return rows_of([_unit(codes, pair, guess) for codes, pair in found], file.name, lost)


def _unit(codes: _Codes, pair: _Pair, guess: tuple[Side, Side]) -> dict[Side, str]:
    """A pair by its sides; where no code is given, by what the whole file holds."""
    named = [side_of_code(code) if code else fallback for code, fallback in zip(codes, guess, strict=True)]
    return {side: text for side, text in zip(named, pair, strict=True) if side is not None}


def _parts(root: Element) -> Iterator[tuple[_Codes, Element]]:
    """Each file in the file, with the codes of its source and its target language."""
    codes = attribute(root, "srcLang"), attribute(root, "trgLang")
    for part in marked.named(root, "file"):
        yield (
            (
                attribute(part, "source-language") or codes[0],
                attribute(part, "target-language") or codes[1],
            ),
            part,
        )


def _pairs(part: Element) -> Iterator[_Pair]:
    for element in part.iter():
        if local(element) == "trans-unit":
            yield from _segmented(element)
        elif local(element) == "segment":
            yield _text(_child(element, "source")), _text(_child(element, "target"))


def _segmented(unit: Element) -> Iterator[_Pair]:
    """The segments of a unit, as far as source and target are cut into the same ones, else the whole unit."""
    source, target = _child(unit, "seg-source"), _child(unit, "target")
    one, two = _marks(source), _marks(target)
    if one and one.keys() == two.keys():
        yield from ((one[mid], two[mid]) for mid in one)
        return
    yield _text(_child(unit, "source")), _text(target)


def _marks(element: Element | None) -> dict[str, str]:
    if element is None:
        return {}
    marks = [one for one in marked.named(element, "mrk") if one.get("mtype") == "seg"]
    return {one.get("mid", ""): _text(one) for one in marks}


def _child(element: Element, name: str) -> Element | None:
    return next((one for one in element if local(one) == name), None)


def _text(element: Element | None) -> str:
    return "" if element is None else marked.flat(element, lambda one: local(one) not in _CODES)
