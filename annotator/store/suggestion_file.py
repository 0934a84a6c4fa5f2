"""`suggestions/<source>@<version>/<doc>.jsonl`: what a source suggested for a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from annotator.core.document import Document, digest
from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDE_ORDER, SIDES, Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.store import disk
from annotator.store.fields import is_newer
from annotator.store.names import check_name

FORMAT = "bitext-suggestions/1"
FOLDER = "suggestions"
_SLICE = 256


class Head(Struct, tag_field="t", tag="head", kw_only=True, frozen=True):
    """The first line: which document, which source, and the digests of the texts that it was made on."""

    format: str
    doc: str
    source: str
    sha256: dict[str, str]


class _Record(
    Struct, tag_field="t", tag="suggestion", kw_only=True, frozen=True, gc=False, omit_defaults=True
):
    """A suggestion as it lies on disk; the order of the fields is their order there."""

    side: Side
    start: int
    end: int
    quote: str
    label: str
    score: float
    source: str
    reason: Reason
    attributes: dict[str, str] | None = None
    partner: str | None = None


class SuggestionFile(NamedTuple):
    """What a file holds."""

    head: Head
    suggestions: tuple[Suggestion, ...]


_DECODER = msgspec.json.Decoder(Head | _Record)
_HEAD = msgspec.json.Decoder(Head)
_ENCODER = msgspec.json.Encoder()


def suggestion_path(source: str, doc_id: str) -> str:
    """The file of a source's suggestions for a document, relative to the project.

    Raises:
        AnnotatorError: if one of the names cannot be that of a file.
    """
    name, _, version = source.partition("@")
    return f"{FOLDER}/{check_name(name)}@{check_name(version or '1')}/{check_name(doc_id)}.jsonl"


def write(path: Path, document: Document, source: str, suggestions: Iterable[Suggestion]) -> int:
    """Write the suggestions in the order of the text; gives their number. The file is whole or not there.

    Raises:
        AnnotatorError: if it cannot be written.
    """
    ordered = sorted(suggestions, key=_order)
    try:
        disk.make_folder(path.parent)
        disk.replace_file(path, _encode(document, source, ordered))
    except OSError as error:
        raise disk.failure(error, path) from error
    return len(ordered)


def _order(one: Suggestion) -> tuple[Any, ...]:
    place = SIDE_ORDER[one.side], one.start, -one.end, one.label
    return *place, one.source, one.partner or "", one.score, repr((one.reason, one.attributes))


def _encode(document: Document, source: str, suggestions: list[Suggestion]) -> Iterator[bytes]:
    yield (
        _ENCODER.encode(Head(format=FORMAT, doc=document.id, source=source, sha256=digests(document))) + b"\n"
    )
    for at in range(0, len(suggestions), _SLICE):
        part = suggestions[at : at + _SLICE]
        yield _ENCODER.encode_lines([_Record(**msgspec.structs.asdict(one)) for one in part])


def digests(document: Document) -> dict[str, str]:
    """The digests of both texts."""
    return {side: digest(document.text(side)) for side in SIDES}


def is_current(path: Path, source: str, texts: Mapping[str, str]) -> bool:
    """Whether the file is there, of this source, and made on the texts with these digests."""
    try:
        with path.open("rb") as file:
            head = _HEAD.decode(file.readline())
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return False
    return (head.format, head.source, head.sha256) == (FORMAT, source, dict(texts))


def read(path: Path, document: Document) -> SuggestionFile:
    """Read a file and hold every offset against the document's text.

    Raises:
        AnnotatorError: if it cannot be read, is of another format or a newer version, belongs to another
            document or text, or a line is damaged or does not quote the text; `line` tells which.
    """
    head: Head | None = None
    found: list[Suggestion] = []
    for number, line in enumerate(disk.read(path).split(b"\n"), 1):
        if not line.strip():
            continue
        record = _decoded(path, number, line)
        if isinstance(record, Head):
            if head is not None:
                raise AnnotatorError("suggest.file.line", path=path, line=number)
            head = _checked(path, record, document)
        elif head is None:
            raise AnnotatorError("suggest.file.head", path=path)
        else:
            found.append(_suggestion(path, number, record, document))
    if head is None:
        raise AnnotatorError("suggest.file.head", path=path)
    return SuggestionFile(head, tuple(found))


def _decoded(path: Path, number: int, line: bytes) -> Head | _Record:
    try:
        record: Head | _Record = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeError) as why:
        raise AnnotatorError("suggest.file.line", path=path, line=number) from why
    return record


def _checked(path: Path, head: Head, document: Document) -> Head:
    if is_newer(head.format, FORMAT):
        raise AnnotatorError("suggest.file.newer", path=path)
    if head.doc != document.id or head.sha256 != digests(document):
        raise AnnotatorError("suggest.file.other_text", path=path, document=document.id)
    return head


def _suggestion(path: Path, number: int, record: _Record, document: Document) -> Suggestion:
    text = document.text(record.side)
    inside = 0 <= record.start < record.end <= len(text)
    if not inside or text[record.start : record.end] != record.quote or not record.label:
        raise AnnotatorError("suggest.file.quote", path=path, line=number, quote=record.quote)
    if not 0 <= record.score <= 1:
        raise AnnotatorError("suggest.file.line", path=path, line=number)
    return Suggestion(**msgspec.structs.asdict(record))
