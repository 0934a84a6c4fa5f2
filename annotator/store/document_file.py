"""`docs/<doc>.json`: the two texts and their pairs, which all annotators share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from annotator.core.document import Correction, Document, Info, Origin, SetAside
from annotator.core.errors import AnnotatorError
from annotator.core.pair import Pair, PairTable
from annotator.core.span import SIDES, Side
from annotator.store.fields import Json, is_newer, known_fields, split

FORMAT = "bitext-document/1"
_SLICE = 256
_SLICE_CHARS = 1 << 16


class _SideRecord(Struct, forbid_unknown_fields=True):
    lang: str
    lines: list[str]


class _OriginRecord(Origin, forbid_unknown_fields=True, frozen=True):
    pass


class _SetAsideRecord(SetAside, forbid_unknown_fields=True, frozen=True):
    pass


class _CorrectionRecord(Correction, forbid_unknown_fields=True, frozen=True):
    pass


class _Record(Struct, forbid_unknown_fields=True, kw_only=True):
    format: str
    id: str
    title: str
    source: _OriginRecord = _OriginRecord()
    date: str | None = None
    zh: _SideRecord
    en: _SideRecord
    set_aside: list[_SetAsideRecord] = []
    corrections: list[_CorrectionRecord] = []
    pairs: list[Pair]


_DECODER = msgspec.json.Decoder(_Record)
_ENCODER = msgspec.json.Encoder()
_NESTED: dict[str, type[Struct]] = {"zh": _SideRecord, "en": _SideRecord, "source": _OriginRecord}
_LISTED: dict[str, type[Struct]] = {"set_aside": _SetAsideRecord, "corrections": _CorrectionRecord}


class DocumentFile(Struct, frozen=True):
    """A document's shared part as read; `id` is what the file says, `newer` if a later version wrote it."""

    id: str
    info: Info
    zh: str
    en: str
    pairs: PairTable
    newer: bool = False

    def text(self, side: Side) -> str:
        """The text of `side`."""
        return self.zh if side == "zh" else self.en


def decode(data: bytes) -> DocumentFile:
    """Read the bytes of a document's file; the segments are checked against the texts.

    Raises:
        AnnotatorError: if it is damaged or of another format; `line` tells where.
    """
    try:
        record, extra = _DECODER.decode(data), None
        if any(pair.extra is not None for pair in record.pairs):
            record, extra = _decode_slowly(data)
    except (msgspec.MsgspecError, UnicodeError):
        record, extra = _decode_slowly(data)
    newer = is_newer(record.format, FORMAT)
    if record.format != FORMAT:
        extra = {"format": record.format, **(extra or {})}
    zh, en = "\n".join(record.zh.lines), "\n".join(record.en.lines)
    _check_segments(record.pairs, zh, en, data)
    return DocumentFile(record.id, _info(record, extra), zh, en, PairTable(record.pairs), newer)


def encode(document: Document) -> Iterator[bytes]:
    """The bytes of a document's file, in slices."""
    info = document.info
    extra = dict(info.extra or {})
    yield b"{\n"
    yield _line("format", extra.pop("format", FORMAT)) + _line("id", document.id) + _line("title", info.title)
    source = {"files": info.source.files, "encoding": info.source.encoding, **extra.pop("source", {})}
    yield _line("source", source)
    if info.date is not None:
        yield _line("date", info.date)
    yield from _side("zh", info.zh_lang, document.zh, extra.pop("zh", {}))
    yield from _side("en", info.en_lang, document.en, extra.pop("en", {}))
    yield from _listed("set_aside", [asdict(one) for one in info.set_aside], extra.pop("set_aside", {}))
    yield from _listed("corrections", [asdict(one) for one in info.corrections], extra.pop("corrections", {}))
    yield from _pairs(document.pairs, last=not extra)
    yield b",\n".join(_line(key, value)[:-2] for key, value in extra.items())
    yield b"\n}\n" if extra else b"}\n"


def shared_info(info: Info) -> Info:
    """The part of `info` that stands in the document's file, the annotator's own part left out."""
    return replace(info, status="open", annotation_extra=None)


def _info(record: _Record, extra: Json | None) -> Info:
    return Info(
        title=record.title,
        zh_lang=record.zh.lang,
        en_lang=record.en.lang,
        source=Origin(**asdict(record.source)),
        date=record.date,
        set_aside=tuple(SetAside(**asdict(one)) for one in record.set_aside),
        corrections=tuple(Correction(**asdict(one)) for one in record.corrections),
        extra=extra,
    )


def _decode_slowly(data: bytes) -> tuple[_Record, Json | None]:
    try:
        top, found = split(msgspec.json.decode(data, type=Json), known_fields(_Record))
        extra = dict(found or {})
        for name, kind in _NESTED.items():
            if isinstance(top.get(name), dict):
                top[name], unknown = split(top[name], known_fields(kind))
                extra |= {name: unknown} if unknown else {}
        for name, kind in _LISTED.items():
            top[name], unknown = _split_list(top.get(name, []), kind)
            extra |= {name: unknown} if unknown else {}
        known = known_fields(Pair)
        top["pairs"] = [_with_extra(*split(pair, known)) for pair in top.get("pairs", [])]
        return msgspec.convert(top, type=_Record), extra or None
    except (msgspec.MsgspecError, UnicodeError, TypeError, AttributeError) as error:
        raise AnnotatorError("error.document_damaged", what=error, line=line_of(error, data)) from error


def _split_list(records: list[Json], kind: type[Struct]) -> tuple[list[Json], Json]:
    parts = [split(one, known_fields(kind)) for one in records]
    return [known for known, _ in parts], {str(at): more for at, (_, more) in enumerate(parts) if more}


def _with_extra(known: Json, extra: Json | None) -> Json:
    return {**known, "extra": extra} if extra else known


def line_of(error: Exception, data: bytes) -> int:
    """The line (from 1) that a decoding error means; 1 if it does not say."""
    text = str(error)
    if "(byte " in text:
        return data[: int(text.rsplit("(byte ", 1)[1].rstrip(")"))].count(b"\n") + 1
    if "$.pairs[" in text:
        return _pair_line(data, int(text.rsplit("$.pairs[", 1)[1].split("]")[0]))
    return 1


def _pair_line(data: bytes, row: int) -> int:
    head = data.find(b'\n"pairs":[\n')
    return 1 if head < 0 else data[: head + 1].count(b"\n") + 2 + row


def _check_segments(pairs: list[Pair], zh: str, en: str, data: bytes) -> None:
    seen: set[str] = set()
    at = {"zh": 0, "en": 0}
    texts = {"zh": zh, "en": en}
    for row, pair in enumerate(pairs):
        if pair.id in seen:
            raise AnnotatorError("error.document_damaged", what=pair.id, line=_pair_line(data, row))
        seen.add(pair.id)
        for side in SIDES:
            edge, text = at[side], texts[side]
            for start, end in pair.zh if side == "zh" else pair.en:
                if not edge <= start < end <= len(text) or (edge != start and text[edge:start].strip()):
                    raise _bad_segment(row, start, end, data)
                edge = end
            at[side] = edge
    for side in SIDES:
        if texts[side][at[side] :].strip():
            raise _bad_segment(len(pairs) - 1, at[side], len(texts[side]), data)


def _bad_segment(row: int, start: int, end: int, data: bytes) -> AnnotatorError:
    return AnnotatorError(
        "error.document_segments", row=row + 1, start=start, end=end, line=_pair_line(data, max(0, row))
    )


def _line(key: str, value: Any) -> bytes:
    return _ENCODER.encode(key) + b":" + _ENCODER.encode(value) + b",\n"


def _side(side: Side, lang: str, text: str, extra: Json) -> Iterator[bytes]:
    yield b'"%s":{"lang":%s,"lines":[' % (side.encode(), _ENCODER.encode(lang))
    opening = b"\n"
    for lines in _line_slices(text) if text else ():
        yield opening + b",\n".join(_ENCODER.encode(line) for line in lines)
        opening = b",\n"
    more = b"".join(b"," + _line(key, value)[:-2] for key, value in extra.items())
    yield (b"\n]" if text else b"]") + more + b"},\n"


def _line_slices(text: str) -> Iterator[list[str]]:
    # In slices, so that a long text never keeps other threads from running.
    at = 0
    while True:
        end = text.find("\n", at + _SLICE_CHARS)
        yield text[at : end if end >= 0 else len(text)].split("\n")
        if end < 0:
            return
        at = end + 1


def _listed(name: str, records: list[Json], extra: Json) -> Iterator[bytes]:
    if not records:
        yield _line(name, [])
        return
    full = [{**record, **extra.get(str(at), {})} for at, record in enumerate(records)]
    yield b'"%s":[\n' % name.encode() + b",\n".join(_ENCODER.encode(one) for one in full) + b"\n],\n"


def _pairs(pairs: PairTable, *, last: bool) -> Iterator[bytes]:
    end = b"]\n" if last else b"],\n"
    if not len(pairs):
        yield b'"pairs":[' + end
        return
    yield b'"pairs":[\n'
    for at in range(0, len(pairs), _SLICE):
        rows = b",\n".join(_pair(pair) for pair in pairs[at : at + _SLICE])
        yield rows + (b",\n" if at + _SLICE < len(pairs) else b"\n")
    yield end


def _pair(pair: Pair) -> bytes:
    if pair.extra is None and pair.zh and pair.en:
        return _ENCODER.encode(pair)
    record = {"id": pair.id, "zh": pair.zh, "en": pair.en}
    rest = json.loads(_ENCODER.encode(replace(pair, extra=None)))
    return _ENCODER.encode(
        {**record, **{k: v for k, v in rest.items() if k not in record}, **(pair.extra or {})}
    )
