"""TEI P5 texts: sentences, segments or paragraphs, and the alignment that links or `corresp` give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.core.span import SIDES, Side
from annotator.extend import Extract, File
from annotator.formats import marked
from annotator.formats.marked import attribute, local
from annotator.language.script import classify
from annotator.texts import beads
from annotator.texts.packed import ELEMENTS
from annotator.texts.units import side_of_code

_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus"))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNITS = _names("s seg p head l ab item u said cell label byline dateline salute signed")
_DROPPED = _names("teiHeader standOff spanGrp linkGrp link note fw figDesc del sic orig rdg facsimile")
_BREAKS = frozenset(("lb", "pb", "cb"))
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])")
_ALIGNS = re.compile(r"align|transl|^$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of text; `ids` are its own and those of what it stands in, each behind its file's name."""

    text: str
    lang: str
    file: str
    ids: tuple[str, ...]
    corresp: tuple[str, ...]


def is_tei(root: Element) -> bool:
    """Whether this is a TEI document or corpus."""
    return local(root) in _ROOTS


def read(root: Element, file: File) -> Extract:
    """Rows if the document gives an alignment, else its units as lines, Chinese before English."""
    units = list(_walk(root, file.name))
    links = _links(root, file.name)
    named = [key for link in links for key in link] + [key for unit in units for key in unit.corresp]
    for other in dict.fromkeys(key.partition("#")[0] for key in named):
        found = file.beside(other) if other and other != file.name and file.beside is not None else None
        if found is not None:
            units += _walk(marked.parsed(found, ELEMENTS), other)
    sided = _sides(units)
    made = _beads(sided, links)
    texts: dict[Side, list[str]] = {side: [unit.text for unit in sided[side]] for side in SIDES}
    if not any(all(bead[side] for side in SIDES) for bead in made):
        known = {unit.lang for unit in units} - {""}
        lines = [text for side in SIDES for text in texts[side]] if known else [one.text for one in units]
        return Extract("\n".join(lines))
    return beads.extract(texts, made, file.name)


def _walk(
    element: Element, file: str, lang: str = "", ids: tuple[str, ...] = (), corresp: tuple[str, ...] = ()
) -> Iterator[_Unit]:
    """The smallest units below an element, and what text stands between them."""
    lang = attribute(element, "lang") or lang
    key = attribute(element, "id")
    ids = (*ids, f"{file}#{key}") if key else ids
    corresp = (*corresp, *_targets(attribute(element, "corresp"), file))
    # What holds no unit is a unit, and so is loose text beside others.
    if not any(local(one) in _UNITS for one in element.iter() if one is not element):
        text = _flat(element)
        if text:
            yield _Unit(text, lang, file, ids, corresp)
        return
    yield from _loose(element.text, lang, file, ids)
    for child in element:
        if local(child) not in _DROPPED:
            yield from _walk(child, file, lang, ids, corresp)
        yield from _loose(child.tail, lang, file, ids)


def _loose(text: str | None, lang: str, file: str, ids: tuple[str, ...]) -> Iterator[_Unit]:
    bare = " ".join((text or "").split())
    if bare:
        yield _Unit(bare, lang, file, ids, ())


def _flat(element: Element) -> str:
    if local(element) in _DROPPED:
        return ""
    spaced = [one for one in element.iter() if local(one) in _BREAKS]
    for one in spaced:
        one.tail = f" {one.tail or ''}"
    text = marked.flat(element, lambda one: local(one) not in _DROPPED)
    return " ".join(_WRAPPED.sub("", text).split())


def _targets(value: str, file: str) -> tuple[str, ...]:
    return tuple(f"{file}{one}" if one.startswith("#") else one for one in value.split() if "#" in one)


def _links(root: Element, file: str) -> list[tuple[str, ...]]:
    groups = [one for one in marked.named(root, "linkGrp") if _ALIGNS.search(attribute(one, "type"))]
    links = [link for group in groups for link in marked.named(group, "link")]
    return [_targets(attribute(one, "target") or attribute(one, "targets"), file) for one in links]


def _sides(units: Sequence[_Unit]) -> dict[Side, list[_Unit]]:
    """The units by language, as the document says it, else as they read."""
    sided: dict[Side, list[_Unit]] = {side: [] for side in SIDES}
    for unit in units:
        side = side_of_code(unit.lang)
        if side is None and not unit.lang:
            side = "zh" if classify(unit.text) == "zh" else "en"
        if side is not None:
            sided[side].append(unit)
    return sided


def _beads(sided: dict[Side, list[_Unit]], links: Sequence[tuple[str, ...]]) -> list[beads.Bead]:
    places: dict[str, list[tuple[Side, int]]] = {}
    for side in SIDES:
        for at, unit in enumerate(sided[side]):
            for key in unit.ids:
                places.setdefault(key, []).append((side, at))
    made = [_bead([place for key in link for place in places.get(key, ())]) for link in links]
    if any(all(bead[side] for side in SIDES) for bead in made):
        return [bead for bead in made if any(bead.values())]
    return [
        _bead([(side, at), *(place for key in unit.corresp for place in places.get(key, ()))])
        for side in SIDES
        for at, unit in enumerate(sided[side])
        if unit.corresp
    ]


def _bead(places: Sequence[tuple[Side, int]]) -> beads.Bead:
    return {side: sorted({at for one, at in places if one == side}) for side in SIDES}
