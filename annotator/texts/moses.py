"""Moses texts (`talk.en-zh.zh` beside `talk.en-zh.en`): line n of one translates line n of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.extend import Extract, File, TextRow, text_reader
from annotator.formats.plain import read_text
from annotator.texts.units import side_of_code

_CODED = re.compile(r"(?:.*[._-])?([a-z]{2,3}(?:_[a-z]{2})?)-([a-z]{2,3}(?:_[a-z]{2})?)", re.IGNORECASE)
_ENDINGS = (".zh", ".en", ".zh_cn", ".zh_tw", ".zh-cn", ".zh-tw", ".zho", ".eng", ".cmn")


@text_reader("moses", suffixes=_ENDINGS)
def read(file: File, encoding: str) -> Extract:
    """The lines in twos, or those of this file alone if the other one is not beside it.

    Raises:
        AnnotatorError: if the two have not as many lines.
    """
    decoded = read_text(file.data, name=file.name, encoding=encoding)
    stem, _, code = file.name.rpartition("/")[2].rpartition(".")
    side = side_of_code(code) or "zh"
    other = _other(file, stem, code)
    if other is None:
        return Extract(decoded.text, encoding=decoded.encoding)
    there = read_text(other.data, name=other.name, encoding=encoding)
    texts = {side: _lines(decoded.text), _opposite(side): _lines(there.text)}
    counts = len(texts["zh"]), len(texts["en"])
    if counts[0] != counts[1]:
        if not _CODED.fullmatch(stem):
            return Extract(decoded.text, encoding=decoded.encoding)
        raise AnnotatorError("error.text_moses", file=file.name, other=other.name, zh=counts[0], en=counts[1])
    rows = tuple(_rows(texts["zh"], texts["en"]))
    if not any(all(row) for _, row in rows):
        raise AnnotatorError("error.text_no_pairs", file=file.name)
    return Extract(rows=((0, SIDES), *rows), encoding=decoded.encoding, used=(other.name,))


def _other(file: File, stem: str, code: str) -> File | None:
    """The file in the other language: by the codes in the name, else by the same name with another ending."""
    match = _CODED.fullmatch(stem)
    codes = [one for one in match.groups() if one.casefold() != code.casefold()] if match else []
    wanted = _opposite(side_of_code(code) or "zh")
    names = [one for one in codes if side_of_code(one) == wanted]
    names += [ending[1:] for ending in _ENDINGS if side_of_code(ending[1:]) == wanted]
    found = (file.beside(f"{stem}.{name}{packed}") for name in names for packed in ("", ".gz"))
    return next((one for one in found if one is not None), None)


def _opposite(side: Side) -> Side:
    return "en" if side == "zh" else "zh"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.removesuffix("\n").split("\n")]


def _rows(zh: list[str], en: list[str]) -> Iterator[tuple[int, TextRow]]:
    for number, row in enumerate(zip_longest(zh, en, fillvalue=""), 1):
        if any(row):
            yield number, row
