"""Dictionaries in XML, read as they stream by: nothing is fetched, nothing is expanded, no tree is built.

A declared entity is refused, whatever it stands for: dictionaries have none, and attacks need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.parsers import expat

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.formats.dictionary import tbx, tmx
from annotator.formats.dictionary.gathering import Entry
from annotator.formats.dictionary.shape import Shape

_SHAPES = {root: one for one in (tbx.SHAPE, tmx.SHAPE) for root in one.roots}
_SIDES: dict[str, Side] = {"zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "en": "en", "eng": "en"}
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([\w.-]{1,40})[\"']")
_CHINESE_ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}
# Not smaller: the parser looks at a long token anew with every piece.
_PIECE = 2**20
_DEEPEST = 100
_MOST_TERMS = 50
_LONGEST_TERM = 1000


def is_markup(data: bytes) -> bool:
    """Whether the bytes look like XML."""
    return data[:100].lstrip(_BEFORE_MARKUP).startswith(b"<")


def marked_up(data: bytes, path: Path) -> Iterator[Entry]:
    """Each Chinese term of each concept with the English terms of the same.

    Raises:
        AnnotatorError: if it is not well-formed, of no kind known here, or declares entities.
    """
    data, encoding = _in_known_encoding(data, path)
    reader = _Reader(path)
    parser = expat.ParserCreate(encoding)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.refuse_entity
    try:
        for at in range(0, len(data), _PIECE):
            parser.Parse(data[at : at + _PIECE], at + _PIECE >= len(data))
            yield from reader.taken()
    except (expat.ExpatError, LookupError, ValueError) as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why


def _in_known_encoding(data: bytes, path: Path) -> tuple[bytes, str | None]:
    """The parser knows the encodings of Unicode and of the West; Chinese ones are turned into UTF-8."""
    declared = _DECLARED.search(data[:300])
    encoding = _CHINESE_ENCODINGS.get(declared[1].decode("ascii").lower()) if declared else None
    if encoding is None:
        return data, None
    try:
        return data.decode(encoding).encode("utf-8"), "utf-8"
    except UnicodeError as why:
        raise AnnotatorError("error.dictionary_unreadable", path=path, why=why) from why


class _Reader:
    """Follows the elements and keeps the terms of the concept it is in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shape: Shape | None = None
        self._open: list[str] = []
        self._side: Side | None = None
        self._terms: dict[Side, list[str]] = {"zh": [], "en": []}
        self._term: list[str] | None = None
        self._unread = 0
        self._taken: list[Entry] = []

    def taken(self) -> list[Entry]:
        """The entries read since it was last asked."""
        taken, self._taken = self._taken, []
        return taken

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = _bare(name)
        shape = self._shape = self._shape or self._shape_of(name)
        if len(self._open) >= _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} elements inside each other")
        self._open.append(name)
        if name in shape.concepts:
            self._terms = {"zh": [], "en": []}
        elif name in shape.languages:
            self._side = _side(attributes)
        elif name in shape.terms:
            self._term = []
        elif name in shape.unread:
            self._unread += 1

    def end(self, _: str) -> None:
        name, shape = self._open.pop(), self._shape
        if shape is None:
            return
        if name in shape.terms:
            self._keep_term()
        elif name in shape.languages:
            self._side = None
        elif name in shape.concepts:
            self._taken += [(word, self._terms["en"]) for word in self._terms["zh"] if self._terms["en"]]
        elif name in shape.unread:
            self._unread -= 1

    def text(self, text: str) -> None:
        if self._term is not None and not self._unread and len(self._term) <= _LONGEST_TERM:
            self._term.append(text)

    def refuse_entity(self, *_: object) -> None:
        raise AnnotatorError("error.dictionary_entities", path=self._path)

    def _keep_term(self) -> None:
        term = " ".join("".join(self._term or ()).split())
        self._term = None
        if self._side and 0 < len(term) <= _LONGEST_TERM and len(self._terms[self._side]) < _MOST_TERMS:
            self._terms[self._side].append(term)

    def _shape_of(self, root: str) -> Shape:
        if root not in _SHAPES:
            raise AnnotatorError("error.dictionary_markup", path=self._path, root=root[:40])
        return _SHAPES[root]


def _bare(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _side(attributes: Mapping[str, str]) -> Side | None:
    """The side of a language tag such as `zh-Hans`, `EN_us`; None of another language."""
    tag = attributes.get("xml:lang") or attributes.get("lang") or ""
    return _SIDES.get(re.split("[-_]", tag.strip().lower(), maxsplit=1)[0])
