"""XML: written safely, and read without fetching or unfolding anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from annotator.core.errors import AnnotatorError
from annotator.extend import File

XML = "{http://www.w3.org/XML/1998/namespace}"
_DEEPEST = 200
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[^\w.-]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)


def text(value: str) -> str:
    """`value` as the text of an element; what XML cannot carry becomes U+FFFD."""
    if value.isalnum():
        return value
    return _FORBIDDEN.sub("\ufffd", value).translate(_TEXT)


def value(value: str) -> str:
    """`value` as that of an attribute, without the quotation marks round it."""
    if value.isalnum():
        return value
    return _FORBIDDEN.sub("\ufffd", value).translate(_VALUE)


def attributes(**given: str | None) -> str:
    """Attributes in their order, those that are None left out; `xml_id` stands for `xml:id`."""
    named = ((name.replace("_", ":").rstrip(":"), one) for name, one in given.items() if one is not None)
    return "".join(f' {name}="{value(one)}"' for name, one in named)


def name(value: str) -> str:
    """`value` as an XML name: other characters become `_`, and a digit in front gets one before it."""
    spelled = _NAME.sub("_", value)
    return spelled if spelled[:1].isalpha() or spelled[:1] == "_" else f"_{spelled}"


def parsed(file: File, most: int | None = None) -> Element:
    """The root of an XML file, of at most `most` elements; namespaces as in ElementTree.

    Raises:
        AnnotatorError: if it is not well-formed, declares entities, has too many elements, or is nested
            beyond reason.
    """
    return _Reader(file.name, most).read(file.data)


class _Reader:
    """ElementTree's own parser does not let entity declarations be refused."""

    def __init__(self, file: str, most: int | None) -> None:
        self._file = file
        self._left = most
        self._builder = TreeBuilder()
        self._depth = 0

    def read(self, data: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = _skip
        try:
            parser.Parse(data, True)
            return self._builder.close()
        except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
            raise AnnotatorError("error.read_damaged", file=self._file, reason=str(error)) from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise AnnotatorError("error.read_xml_deep", file=self._file)
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise AnnotatorError("error.text_elements", file=self._file)
        self._builder.start(_full(tag), {_full(name): one for name, one in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(_full(tag))

    def _refuse(self, name: str, *_: object) -> None:
        raise AnnotatorError("error.read_xml_entity", file=self._file, entity=name)


def _skip(*_: object) -> int:
    return 1


def _full(name: str) -> str:
    return "{" + name if "}" in name else name


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def named(root: Element, tag: str) -> list[Element]:
    """All elements of this local name, whatever their namespace, in document order."""
    return [element for element in root.iter() if isinstance(element.tag, str) and local(element) == tag]


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, that of no namespace first; empty if it is not there."""
    plain = element.get(name)
    if plain is not None:
        return plain
    return next((one for key, one in element.items() if key.rpartition("}")[2] == name), "")


def flat(element: Element, keep: Callable[[Element], bool] = lambda _: True) -> str:
    """All text below an element; of elements that `keep` refuses only what stands behind them."""
    parts = [element.text or ""]
    for child in element:
        if keep(child):
            parts.append(flat(child, keep))
        parts.append(child.tail or "")
    return "".join(parts)
