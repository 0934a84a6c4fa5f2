"""Writing a file of annotations: the bytes of what one annotator marked in one document."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.links import LinkTable
from annotator.core.span import SIDES, Dismissal, Link, Side, Span
from annotator.store.annotation_file import FORMAT, Done
from annotator.store.fields import Json

_SLICE = 256
_SECTIONS = ("head", "span", "link", "done", "rejected", "dismissed")
_ENCODER = msgspec.json.Encoder()


def encode(document: Document, annotator: str, digests: dict[Side, str]) -> Iterator[bytes]:
    """The bytes of a document's annotations, in slices."""
    extra = document.info.annotation_extra or {}
    lines: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    for section, line in extra.get("lines", ()):
        lines[section].append(line)
    yield _head(document, annotator, digests, extra.get("head", {})) + _raw(lines["head"])
    for side in SIDES:
        for block in document.spans.blocks(side):
            yield _encode_block(block)
    yield _raw(lines["span"])
    yield from _links(document.links)
    yield _raw(lines["link"])
    done = sorted(document.done)
    for at in range(0, len(done), _SLICE):
        yield _ENCODER.encode_lines([Done(pair) for pair in done[at : at + _SLICE]])
    yield _raw(lines["done"])
    for side in SIDES:
        for block in document.rejected.blocks(side):
            yield _encode_block(block)
    yield _raw(lines["rejected"])
    yield from map(_encode_dismissal, map(document.dismissed.__getitem__, sorted(document.dismissed)))
    yield _raw(lines["dismissed"])


def _head(document: Document, annotator: str, digests: dict[Side, str], extra: Json) -> bytes:
    more = dict(extra)
    record = {
        "t": "head",
        "format": more.pop("format", FORMAT),
        "doc": document.id,
        "annotator": annotator,
        "sha256": digests,
        "status": document.info.status,
    }
    return _ENCODER.encode({**record, **more}) + b"\n"


def _raw(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _links(links: LinkTable) -> Iterator[bytes]:
    # Sorted in heaps of the same first characters, so that no single sort takes long.
    heaps: dict[str, list[Link]] = {}
    for count, link in enumerate(links):
        heaps.setdefault(link.a[:2], []).append(link)
        if not count % _SLICE:
            yield b""
    block: list[Link] = []
    for prefix in sorted(heaps):
        block += sorted(heaps[prefix], key=lambda link: (link.a, link.b, link.id))
        if len(block) >= _SLICE:
            yield _encode_block(block)
            block = []
    yield _encode_block(block)


def _encode_block(block: list[Link] | tuple[Span, ...]) -> bytes:
    if all(one.extra is None and one.src.extra is None for one in block):
        return _ENCODER.encode_lines(block)
    return b"".join(_encode_one(one) for one in block)


def _encode_dismissal(one: Dismissal) -> bytes:
    record = msgspec.json.decode(_ENCODER.encode(replace(one, extra=None)), type=Json)
    return _ENCODER.encode({**record, **(one.extra or {})}) + b"\n"


def _encode_one(one: Span | Link) -> bytes:
    plain = replace(one, extra=None, src=replace(one.src, extra=None))
    record = msgspec.json.decode(_ENCODER.encode(plain), type=Json)
    record["src"] |= one.src.extra or {}
    return _ENCODER.encode({**record, **(one.extra or {})}) + b"\n"
