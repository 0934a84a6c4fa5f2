"""Translation catalogs (PO): message and translation are a pair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.extend import Extract, File, text_reader
from annotator.formats.plain import read_text
from annotator.texts.units import rows_of, side_of_code, sides_by_content

_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d{1,2})\])?\s+)?"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\n"}
_CHARSET = re.compile(rb"charset=([\w.:-]{1,40})", re.I)
_LANGUAGE = re.compile(r"^language:\s*([\w@.-]+)", re.I | re.M)


@dataclass(slots=True)
class _Entry:
    """A message, as far as it was read."""

    parts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """The message and its translation; of several forms, that of the largest number."""
        forms = [name for name in self.parts if name.startswith("msgstr")]
        plural = self.parts.get("msgid_plural", "")
        return plural or self.parts.get("msgid", ""), self.parts[forms[-1]] if forms else ""


@text_reader("po", suffixes=(".po", ".pot"))
def read(file: File, encoding: str) -> Extract:
    """The messages in their order, without those that are doubtful or out of use."""
    decoded = read_text(file.data, name=file.name, encoding=encoding or _declared(file.data))
    entries = list(_entries(decoded.text, file.name))
    header = next((one.pair[1] for one in entries if not one.pair[0]), "")
    kept = [one.pair for one in entries if one.pair[0] and not one.fuzzy]
    source, target = _sides(header, kept, file.name)
    lost = Counter({"text.lost_fuzzy": sum(one.fuzzy and bool(one.pair[0]) for one in entries)})
    return rows_of([{source: one, target: two} for one, two in kept], file.name, lost, decoded.encoding)


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    name = match[1].decode().casefold() if match else ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5"}.get(name, "")


def _sides(header: str, pairs: list[tuple[str, str]], name: str) -> tuple[Side, Side]:
    match = _LANGUAGE.search(header)
    if match is None:
        return sides_by_content(pairs)
    target = side_of_code(match[1])
    if target is None:
        raise AnnotatorError("error.text_no_pairs", file=name)
    return ("en", target) if target == "zh" else ("zh", target)


def _entries(text: str, name: str) -> Iterator[_Entry]:
    entry, last = _Entry(), ""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        match = _LINE.fullmatch(line)
        starts = line.startswith("#") or (match and match[1] in ("msgctxt", "msgid"))
        if starts and last.startswith("msgstr"):
            yield entry
            entry, last = _Entry(), ""
        if line.startswith("#,"):
            entry.fuzzy |= "fuzzy" in line
        if not line and not entry.parts:
            # What was said above stood before a message that is out of use.
            entry.fuzzy = False
        if not line or line.startswith("#"):
            continue
        last = (f"{match[1]}{match[2] or ''}" if match[1] else last) if match else ""
        if match is None or not last:
            raise AnnotatorError("error.text_po", file=name, line=number)
        entry.parts[last] = entry.parts.get(last, "") + _ESCAPE.sub(_unescaped, match[3])
    if entry.parts:
        yield entry


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "01234567":
        return chr(int(code, 8))
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPES.get(code, code)
