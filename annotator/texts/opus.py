"""The OPUS corpora: sentence-split texts (XML), and the file that aligns two of them (XCES).

An alignment of many documents becomes as many documents. The links are kept as they stand.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.extend import Extract, File, Loss
from annotator.formats import marked
from annotator.formats.marked import attribute, local
from annotator.texts.joining import glued, spaced
from annotator.texts.linked import Sentences, linked_rows
from annotator.texts.packed import ELEMENTS, LARGEST, Packed
from annotator.texts.units import side_of_code, sides_by_content

_TEXT_ROOTS = frozenset(("text", "document", "cesDoc", "letsmt", "corpus"))
_CODE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?")
_MOST = 2 * LARGEST
"""Bytes that all texts of one alignment may have."""

_Ends = tuple[str, str]


def is_alignment(root: Element) -> bool:
    """Whether an XML file aligns the sentences of two others."""
    return local(root) == "cesAlign"


def is_text(root: Element) -> bool:
    """Whether an XML file is a text cut into sentences."""
    return local(root) in _TEXT_ROOTS and next(root.iter("s"), None) is not None


def text(root: Element, file: File) -> Extract:
    """The text, one sentence a line; a paragraph ends with a blank line if the file has paragraphs.

    Raises:
        AnnotatorError: if no sentence has text.
    """
    lines: list[str] = []
    for element in root.iter():
        if local(element) in ("p", "head") and lines and lines[-1]:
            lines.append("")
        elif local(element) == "s" and (line := sentence(element)):
            lines.append(line)
    if not any(lines):
        raise AnnotatorError("error.import_empty", file=file.name)
    return Extract("\n".join(lines))


def sentence(element: Element) -> str:
    """A sentence as it reads: its text, or its words joined."""
    words = [one for one in element.iter() if local(one) == "w"]
    if not words:
        return spaced("".join(element.itertext()))
    if any(_holds_space(one) for one in words):
        return spaced("".join(_with_space(words)))
    return glued("".join(one.itertext()).strip() for one in words)


def _holds_space(word: Element) -> bool:
    return "SpaceAfter=No" in word.get("misc", "")


def _with_space(words: list[Element]) -> Iterator[str]:
    for word in words:
        yield "".join(word.itertext()).strip()
        if not _holds_space(word):
            yield " "


def aligned(root: Element, file: File) -> Extract:
    """The pairs of the texts that the file aligns, one document a pair of texts.

    Raises:
        AnnotatorError: if a text is not there, or none of the texts are Chinese beside English.
    """
    parts: list[Extract] = []
    left = _MOST
    other = 0
    for group in marked.named(root, "linkGrp"):
        names = attribute(group, "fromDoc"), attribute(group, "toDoc")
        if not all(map(_may_be, names)):
            other += 1
            continue
        texts = [_beside(file, name) for name in names]
        left -= sum(len(one.data) for one in texts)
        if left < 0:
            raise AnnotatorError("error.read_large", file=file.name, limit=_MOST >> 20)
        parts.append(_document(group, names, texts, file))
    if not parts:
        raise AnnotatorError("error.text_no_pairs", file=file.name)
    if other:
        parts[0] = replace(parts[0], losses=(*parts[0].losses, Loss("text.lost_languages", other)))
    return parts[0] if len(parts) == 1 else Extract(parts=tuple(parts))


def _may_be(name: str) -> bool:
    """Whether a text may be Chinese or English by the folder that OPUS keeps it in."""
    code = _folder(name)
    return not _CODE.fullmatch(code) or side_of_code(code) is not None


def _folder(name: str) -> str:
    return name.partition("/")[0] if "/" in name else ""


def _document(group: Element, names: _Ends, found: list[File], file: File) -> Extract:
    texts = [_sentences(one) for one in found]
    sides = _sides(names, texts)
    by_side: dict[Side, Sentences] = dict(zip(sides, texts, strict=True))
    links = [dict(zip(sides, _ends(link), strict=True)) for link in marked.named(group, "link")]
    rows, lost = linked_rows(by_side, links)
    if not any(all(row) for row in rows):
        raise AnnotatorError("error.text_no_pairs", file=file.name)
    return Extract(
        rows=((0, SIDES), *enumerate(rows, 1)),
        losses=(Loss("text.lost_links", lost),) if lost else (),
        used=tuple(one.name for one in found),
        name=posixpath.basename(names[sides.index("zh")]).partition(".")[0],
    )


def _beside(file: File, name: str) -> File:
    """A text by the name that the alignment gives it: in its folder or straight beside it, packed or not."""
    bare = name.removesuffix(".gz")
    base, code = posixpath.basename(bare), _folder(name)
    stem = base.removesuffix(".xml")
    near = [f"{stem}.{code}.xml", f"{stem}_{code}.xml", f"{stem}-{code}.xml", f"{code}.xml"] if code else []
    for wanted in (bare, f"xml/{bare}", f"raw/{bare}", f"../{bare}", *near, base):
        for ending in ("", ".gz"):
            found = file.beside(wanted + ending)
            if found is not None:
                return found
    packed = _packed(file, bare, code)
    if packed is not None:
        return packed
    raise AnnotatorError("error.text_opus_missing", file=file.name, missing=name)


def _packed(file: File, name: str, code: str) -> File | None:
    """A text in the archive of all texts in its language (`en.zip`), as OPUS offers them."""
    archive = file.beside(f"{code}.zip") if code else None
    if archive is None:
        return None
    packed = Packed(archive)
    found = next((one for one in packed.names() if f"/{one}".endswith(f"/{name}")), None)
    return None if found is None else File(archive.name, packed.read(found))


def _sentences(file: File) -> Sentences:
    root = marked.parsed(file, ELEMENTS)
    return {attribute(one, "id"): sentence(one) for one in marked.named(root, "s")}


def _sides(names: _Ends, texts: list[Sentences]) -> tuple[Side, Side]:
    one, two = (side_of_code(_folder(name)) for name in names)
    if one and two and one != two:
        return one, two
    pairs = list(zip(*(text.values() for text in texts), strict=False))
    return sides_by_content([(str(a), str(b)) for a, b in pairs])


def _ends(link: Element) -> tuple[list[str], list[str]]:
    source, _, target = attribute(link, "xtargets").partition(";")
    return source.split(), target.split()
