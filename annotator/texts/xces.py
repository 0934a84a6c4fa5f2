"""Sentence alignments in XCES, as OPUS has them: links between the sentences of two XML files beside them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.extend import Extract, File
from annotator.formats import marked
from annotator.formats.marked import attribute, local
from annotator.language.script import classify
from annotator.texts import beads
from annotator.texts.packed import ELEMENTS
from annotator.texts.units import side_of_code

_SAMPLE = 200


def is_alignment(root: Element) -> bool:
    """Whether this is such an alignment."""
    return local(root) == "cesAlign"


def aligned(root: Element, file: File) -> Extract:
    """The sentences of all texts that the alignment names, in its beads.

    Raises:
        AnnotatorError: if a text is not there, or nothing is aligned.
    """
    texts: dict[Side, list[str]] = {side: [] for side in SIDES}
    made: list[beads.Bead] = []
    for group in marked.named(root, "linkGrp"):
        _group(group, file, texts, made)
    return beads.extract(texts, made, file.name)


def sentences(root: Element) -> list[tuple[str, str]]:
    """The sentences of a text with their ids; words, where it has them, are put together again."""
    return [(attribute(one, "id"), _text(one)) for one in marked.named(root, "s")]


def _group(group: Element, file: File, texts: dict[Side, list[str]], made: list[beads.Bead]) -> None:
    names = attribute(group, "fromDoc"), attribute(group, "toDoc")
    both = [_companion(file, name) for name in names]
    sides = _sides(names, both)
    places: dict[Side, dict[str, int]] = {}
    for side, found in zip(sides, both, strict=True):
        places[side] = {key: len(texts[side]) + at for at, (key, _) in enumerate(found)}
        texts[side] += [text for _, text in found]
    for link in marked.named(group, "link"):
        one, _, two = attribute(link, "xtargets").partition(";")
        ids = dict(zip(sides, (one.split(), two.split()), strict=True))
        bead = {side: [places[side][key] for key in ids[side] if key in places[side]] for side in SIDES}
        if any(bead.values()):
            made.append(bead)


def _companion(file: File, name: str) -> list[tuple[str, str]]:
    found = file.beside(name) if file.beside is not None else None
    if found is None:
        raise AnnotatorError("error.text_companion", file=file.name, wanted=name)
    return sentences(marked.parsed(found, ELEMENTS))


def _sides(names: tuple[str, str], both: list[list[tuple[str, str]]]) -> tuple[Side, Side]:
    """Which of two texts is Chinese, by the codes in their names, else by what they hold."""
    codes = [side_of_code(part) for part in re.split(r"[/.]", names[0])]
    known = next((side for side in codes if side is not None), None)
    if known is None:
        chinese = [sum(classify(text) == "zh" for _, text in found[:_SAMPLE]) for found in both]
        known = "zh" if chinese[0] > chinese[1] else "en"
    return ("zh", "en") if known == "zh" else ("en", "zh")


def _text(sentence: Element) -> str:
    words = [marked.flat(one).strip() for one in sentence.iter() if local(one) == "w"]
    if not words:
        return " ".join(marked.flat(sentence).split())
    spaced = " ".join(words)
    return "".join(words) if classify(spaced) == "zh" else re.sub(r" (?=[,.;:!?)\]’”])", "", spaced)
