"""Plain text as people have it: whatever encoding and line ends, or a clear word on what is wrong with it.

Only line ends and the byte order mark change. Nothing is ever normalised: offsets count this very text.
"""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import AnnotatorError

LARGEST = 64 * 1024 * 1024
"""Bytes that one text may have."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("utf-16-le", "utf-16-be", "gb18030", "cp950", "big5hkscs")
_NAMES = {"cp950": "big5", "big5hkscs": "big5-hkscs"}
_KINDS = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_HEAD = 64 * 1024
_CONVINCING = 0.8
# What XML 1.0 cannot carry, and lone surrogates, which no encoding can.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_WESTERN = frozenset(
    b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa3\xa9\xab\xbb\xe0\xe1\xe4\xe7\xe8\xe9\xef\xf3\xf6\xfc"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with newlines as its line ends, and the encoding that it was read in."""

    text: str
    encoding: str


def read_text(source: Path | bytes, *, name: str = "", encoding: str = "") -> Decoded:
    """Read a text from a file or from bytes; `encoding` overrides the recognition.

    Raises:
        AnnotatorError: if it is missing, too large, empty, binary, in no encoding known here, or holds
            control characters; the sentence names the place.
    """
    if isinstance(source, bytes):
        data, name = source, name or "–"
    else:
        data, name = read_bytes(source), name or source.name
    if not data:
        raise AnnotatorError("error.import_empty", file=name)
    if len(data) > LARGEST:
        raise _too_large(name, len(data))
    decoded = _decode(data, name, encoding)
    return Decoded(clean(decoded.text, name), decoded.encoding)


def clean(text: str, name: str) -> str:
    """`text` with newlines for all its line ends, without a byte order mark.

    Raises:
        AnnotatorError: if it holds nothing but white space, is too large, or has control characters.
    """
    if len(text) > LARGEST:
        raise _too_large(name, len(text))
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _FORBIDDEN.search(text)
    if bad:
        line, column = _place(text, bad.start())
        code = f"U+{ord(bad[0]):04X}"
        raise AnnotatorError("error.import_control", file=name, line=line, column=column, code=code)
    if not text or text.isspace():
        raise AnnotatorError("error.import_empty", file=name)
    return text


def without_controls(text: str) -> str:
    """`text` without the characters that `clean` refuses: in what a program wrote, nobody can delete them."""
    return _FORBIDDEN.sub("", text)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        AnnotatorError: if it is missing, no file, too large or cannot be read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise AnnotatorError("error.import_not_file", file=str(path))
        if status.st_size > LARGEST:
            raise _too_large(path.name, status.st_size)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise AnnotatorError("error.import_missing", file=str(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AnnotatorError("error.import_unreadable", file=str(path), reason=reason) from error
    return data


def _too_large(name: str, size: int) -> AnnotatorError:
    return AnnotatorError("error.import_large", file=name, size=size // 2**20, limit=LARGEST // 2**20)


def _decode(data: bytes, name: str, encoding: str) -> Decoded:
    if encoding:
        return Decoded(_strictly(data, encoding, name), encoding)
    for kind_mark, kind in _KINDS:
        if data.startswith(kind_mark):
            raise AnnotatorError(f"error.import_kind_{kind}", file=name)
    for bom, bom_encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(_strictly(data[len(bom) :], bom_encoding, name), bom_encoding)
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return Decoded(text, "utf-8")
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(data, error, name)
    return _guessed(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise AnnotatorError("error.import_no_encoding", encoding=encoding) from None
    except UnicodeDecodeError as error:
        raise _broken(data, error, encoding, name) from None


def _broken(data: bytes, error: UnicodeDecodeError, encoding: str, name: str) -> AnnotatorError:
    before = data[: error.start].decode(encoding, "replace")
    line = re.sub(r"\r\n?", "\n", before).count("\n") + 1
    shown = data[error.start : error.start + 1].hex().upper()
    return AnnotatorError(
        "error.import_bytes", file=name, encoding=encoding, line=line, byte=error.start + 1, value=shown
    )


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError, name: str) -> None:
    """A UTF-8 file with a damaged place is not to be read as something else."""
    lenient = data.decode("utf-8", "replace")
    wrong = lenient.count("\ufffd")
    right = sum(char > "\x7f" for char in lenient) - wrong
    if right > 4 * wrong:
        raise _broken(data, error, "utf-8", name)


def _guessed(data: bytes, name: str) -> Decoded:
    if _looks_western(data):
        return Decoded(_strictly(data, "cp1252", name), "windows-1252")
    broken: AnnotatorError | None = None
    likely = {encoding: _likelihood(data, encoding) for encoding in _GUESSES}
    for encoding in sorted(likely, key=lambda one: -likely[one]):
        if likely[encoding] < _CONVINCING:
            break
        try:
            return Decoded(data.decode(encoding), _NAMES.get(encoding, encoding))
        except UnicodeDecodeError as error:
            broken = broken or _broken(data, error, encoding, name)
    if broken:
        raise broken
    if b"\0" in data:
        raise AnnotatorError("error.import_binary", file=name, byte=data.index(b"\0") + 1)
    raise AnnotatorError("error.import_encoding", file=name)


def _looks_western(data: bytes) -> bool:
    """Latin letters with a typographic quote or accent here and there, as old English files have them."""
    head = data[:_HEAD]
    runs = _HIGH_RUN.findall(head)
    if b"\0" in head or not runs or any(run[0] not in _WESTERN for run in runs):
        return False
    letters = sum(byte < 0x80 for byte in head)
    lone = sum(len(run) == 1 for run in runs)
    return lone >= 0.9 * len(runs) and letters >= 6 * sum(map(len, runs))


def _likelihood(data: bytes, encoding: str) -> float:
    """The share of everyday characters when the head of `data` is read in `encoding`, 0 to 1."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data[:_HEAD])
    # Emoji and rare characters of the outer planes hardly ever come of a wrong reading.
    telling = [char for char in text if "\x7f" < char < "\U00010000" or (char < " " and char not in "\t\n\r")]
    if not telling:
        return float(bool(text)) * 0.9
    return sum(map(_everyday, telling)) / len(telling)


def _everyday(char: str) -> bool:
    """Whether it is a mark that texts use, or a character of the first level of GB 2312 or Big5."""
    if "\u4e00" <= char <= "\u9fff":
        gb = char.encode("gb2312", "ignore")
        big5 = char.encode("big5", "ignore")
        return bool(gb and gb[0] <= 0xD7) or bool(big5 and big5[0] <= 0xC6)
    return (
        "\u3000" <= char <= "\u3011"
        or "\u2010" <= char <= "\u2027"
        or "\uff01" <= char <= "\uff5e"
        or char in "\xa0\xb7"
    )


def _place(text: str, at: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
