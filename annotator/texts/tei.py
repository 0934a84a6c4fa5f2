"""TEI P5 texts: what is read in them, line by line, or the pairs that links or `corresp` make of them.

The two sides may stand in one file or in two; an alignment may also stand in a file of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.extend import Extract, File
from annotator.formats import marked
from annotator.formats.marked import XML, attribute, local
from annotator.language.script import classify
from annotator.texts.joining import glued, spaced
from annotator.texts.linked import linked_rows
from annotator.texts.packed import ELEMENTS, LARGEST
from annotator.texts.units import losses, side_of_code


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROOTS = _names("TEI teiCorpus TEI.2")
_LINES = _names(
    "head p ab l u item cell speaker stage byline dateline salute signed trailer label bibl docTitle "
    "titlePart docAuthor docImprint opener closer argument epigraph q quote seg s"
)
_WITHIN_LINES = _names("q quote s seg label")
_ENDPOINTS = _names("s seg p ab l head u cl phr item cell div")
_DROPPED = _names("teiHeader standOff note fw del gap figDesc linkGrp spanGrp joinGrp facsimile")
_OTHERWISE = {"sic": "corr", "abbr": "expan", "orig": "reg"}
"""Of two readings in a `choice`, that which gives way to the other one."""

_NOTES = {"note": "text.lost_notes", "del": "text.lost_deletions"}
_SAMPLE = 40
_OTHERS = 50
"""Files that one text may point into."""


def is_tei(root: Element) -> bool:
    """Whether it is a TEI text or a corpus of such."""
    return local(root) in _ROOTS


def read(root: Element, file: File) -> Extract:
    """The pairs, if links or `corresp` make any, else the lines of the text; of a corpus, of each text in it.

    Raises:
        AnnotatorError: if there is no text.
    """
    books = [root] if local(root) != "teiCorpus" else [one for one in root.iter() if local(one) == "TEI"]
    read = [(_name(one, number), found) for number, one in enumerate(books, 1) if (found := _read(one, file))]
    if not read:
        raise AnnotatorError("error.import_empty", file=file.name)
    if len(read) == 1:
        return read[0][1]
    return Extract(parts=tuple(replace(found, name=name) for name, found in read))


def _name(root: Element, number: int) -> str:
    titles = marked.named(root, "title")
    return attribute(root, "n") or (sentence(titles[0]) if titles else "") or str(number)


def _read(root: Element, file: File) -> Extract | None:
    book = _Book(file)
    book.add("", root)
    links = list(book.links())
    lost = Counter(_NOTES[local(one)] for one in root.iter() if local(one) in _NOTES)
    if links:
        rows, missing = linked_rows(book.texts(), [book.ends(link) for link in links])
        if any(all(row) for row in rows):
            lost["text.lost_links"] += missing
            found = ((0, SIDES), *enumerate(rows, 1))
            return Extract(rows=found, losses=losses(lost), used=tuple(book.used))
    parted = _holders(root, _parts)
    lines = [line for body in _bodies(root) for line in _lines(body, parted)]
    return Extract("\n".join(lines), losses=losses(lost)) if any(lines) else None


def _bodies(root: Element) -> Iterator[Element]:
    """The texts, those of a group one by one."""
    for child in root:
        if local(child) == "text":
            yield child
        elif local(child) not in _DROPPED:
            yield from _bodies(child)


def _lines(element: Element, parted: Container[int]) -> Iterator[str]:
    """One line for each element that holds text itself; words of sentences are joined."""
    if _is_line(element, parted):
        yield sentence(element)
        return
    bare = spaced(element.text or "")
    if bare:
        yield bare
    for child in element:
        if local(child) not in _DROPPED:
            yield from _lines(child, parted)
        tail = spaced(child.tail or "")
        if tail:
            yield tail


def _is_line(element: Element, parted: Container[int]) -> bool:
    name = local(element)
    return name in ("s", "seg", "l") or (name in _LINES and id(element) not in parted)


def _parts(element: Element) -> bool:
    return local(element) in _LINES - _WITHIN_LINES


def _holders(root: Element, wanted: Callable[[Element], bool]) -> set[int]:
    """The elements, by `id`, that have a wanted one somewhere in them."""
    found: set[int] = set()
    above: list[Element] = []

    def visit(element: Element) -> None:
        if wanted(element):
            for one in reversed(above):
                if id(one) in found:
                    break
                found.add(id(one))
        above.append(element)
        for child in element:
            visit(child)
        above.pop()

    visit(root)
    return found


def sentence(element: Element) -> str:
    """What is read in an element, in one line. Words that stand close everywhere, or apart everywhere, were
    laid out by a program: then English spaces are put where they belong."""
    words = [one for one in element.iter() if local(one) in ("w", "pc")]
    gaps = {bool(one.tail) and not (one.tail or "").strip() for one in words[:-1]}
    if len(gaps) != 1 or any((one.tail or "").strip() for one in words):
        return spaced("".join(_pieces(element)))
    return glued("".join(_pieces(one)).strip() for one in words)


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    names = {local(child) for child in element} if local(element) == "choice" else set()
    for child in element:
        name = local(child)
        if name in ("lb", "pb", "cb") and child.get("break") != "no":
            yield "\n"
        elif name not in _DROPPED and _OTHERWISE.get(name) not in names:
            yield from _pieces(child)
        yield child.tail or ""


@dataclass(slots=True)
class _Book:
    """The elements with ids of a text and of the files that it points into, in reading order."""

    file: File
    used: list[str] = field(default_factory=list)
    _left: int = LARGEST
    _roots: dict[str, Element] = field(default_factory=dict)
    _at: dict[str, Element] = field(default_factory=dict)
    _side: dict[str, Side] = field(default_factory=dict)
    _ends: dict[str, Side] = field(default_factory=dict)

    def add(self, name: str, root: Element) -> None:
        """Take the elements of a file; those of the file itself go by no name."""
        self._roots[name] = root
        for element, language in _with_languages(root, ""):
            key = element.get(f"{XML}id")
            if key and local(element) in _ENDPOINTS:
                self._at[f"{name}#{key}"] = element
                self._side[f"{name}#{key}"] = _side(_sample(element), language)

    def links(self) -> Iterator[list[str]]:
        """What belongs together, by keys: links of an alignment first, and else `corresp`."""
        root = self._roots[""]
        found = [targets for group in _groups(root) for one in group if (targets := self._targets(one))]
        if not found:
            found = list(self._corresponding())
        ends = {key for link in found for key in link}
        self._ends = {key: self._side[key] for key in self._innermost(ends)}
        for link in found:
            if any(key in self._ends for key in link):
                yield link

    def _corresponding(self) -> Iterator[list[str]]:
        for key, element in list(self._at.items()):
            targets = self._known(attribute(element, "corresp"))
            if targets:
                yield [key, *targets]

    def _targets(self, link: Element) -> list[str]:
        targets = self._known(attribute(link, "target") or attribute(link, "targets"))
        return targets if len({self._side[one] for one in targets}) == 2 else []

    def _known(self, pointers: str) -> list[str]:
        keys = []
        for pointer in pointers.split():
            name, _, key = pointer.partition("#")
            if name and name not in self._roots:
                self._open(name)
            if f"{name}#{key}" in self._at:
                keys.append(f"{name}#{key}")
        return keys

    def _open(self, name: str) -> None:
        """Read a file that something points into, if it is there."""
        other = self.file.beside(name) if len(self._roots) < _OTHERS else None
        self._roots[name] = Element("none")
        self._left -= len(other.data) if other is not None else 0
        if other is not None and other.name != self.file.name:
            if self._left < 0:
                raise AnnotatorError("error.read_large", file=self.file.name, limit=LARGEST >> 20)
            self.add(name, marked.parsed(other, ELEMENTS))
            self.used.append(other.name)

    def _innermost(self, keys: set[str]) -> list[str]:
        """Those within which no other lies: a paragraph and its sentences may both have partners."""
        ends = {id(self._at[key]) for key in keys}
        outer = {one for root in self._roots.values() for one in _holders(root, lambda at: id(at) in ends)}
        return [key for key, element in self._at.items() if key in keys and id(element) not in outer]

    def texts(self) -> dict[Side, dict[str, str]]:
        """All that is read on each side: the ends of links, and what stands between them."""
        found: dict[Side, dict[str, str]] = {side: {} for side in SIDES}
        by_element = {id(self._at[key]): key for key in self._ends}
        for root in self._roots.values():
            parted = _holders(root, lambda at: id(at) in by_element or _parts(at))
            for body in _bodies(root):
                for number, (key, side, text) in enumerate(_readings(body, by_element, parted, "")):
                    where = self._ends.get(key) or side
                    found[where][key or f"{len(found[where])}:{number}"] = text
        return found

    def ends(self, link: Sequence[str]) -> dict[Side, list[str]]:
        """The two ends of a link."""
        return {side: [key for key in link if self._ends.get(key) == side] for side in SIDES}


def _with_languages(element: Element, language: str) -> Iterator[tuple[Element, str]]:
    language = element.get(f"{XML}lang", language)
    yield element, language
    for child in element:
        yield from _with_languages(child, language)


def _groups(root: Element) -> list[list[Element]]:
    """The links of each group; of groups of several kinds, those of alignments."""
    groups = marked.named(root, "linkGrp")
    told = [one for one in groups if attribute(one, "type").casefold() in ("alignment", "translation")]
    return [marked.named(one, "link") for one in told or groups]


def _readings(
    element: Element, keys: Mapping[int, str], parted: Container[int], language: str
) -> Iterator[tuple[str, Side, str]]:
    """The ends of links by their keys, and lines round them without one."""
    language = element.get(f"{XML}lang", language)
    key = keys.get(id(element), "")
    if key or (id(element) not in parted and _is_line(element, parted)):
        text = sentence(element)
        if text:
            yield key, _side(text, language), text
        return
    yield from _bare(element.text, language)
    for child in element:
        if local(child) not in _DROPPED:
            yield from _readings(child, keys, parted, language)
        yield from _bare(child.tail, language)


def _bare(text: str | None, language: str) -> Iterator[tuple[str, Side, str]]:
    bare = spaced(text or "")
    if bare:
        yield "", _side(bare, language), bare


def _sample(element: Element) -> str:
    """The beginning of what an element says."""
    return "".join(islice(element.itertext(), _SAMPLE))


def _side(text: str, language: str) -> Side:
    return side_of_code(language) or ("zh" if classify(text) == "zh" else "en")
