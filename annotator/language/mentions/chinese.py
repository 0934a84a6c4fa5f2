"""People and places in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.language.counterpart.tables import in_chinese, surnames
from annotator.language.mentions.found import Found, Heard
from annotator.language.script import simplified
from annotator.language.words import DOTTED_NAME

_TITLE = "先生|女士|小姐|教授|总统|主席|博士|上校|部长|总理"
_TITLED = re.compile(rf"[{''.join(surnames())}][\u4e00-\u9fff]{{0,2}}?(?={_TITLE})")
_UNIT = re.compile(r"[A-Za-z]+|\d+|.", re.DOTALL)


def find(text: str, heard: Heard) -> Iterator[Found]:
    """All that any rule sees; they may overlap."""
    plain = simplified(text)
    for known in in_chinese(plain):
        label = "PERSON" if known.person else "PLACE"
        yield Found(known.start, known.end, label, 0.7, f"suggest.rule.{label.lower()}_known", "zh.known")
    for name in DOTTED_NAME.finditer(plain):
        yield Found(*name.span(), "PERSON", 0.8, "suggest.rule.dotted", "zh.dotted")
    for name in _TITLED.finditer(plain):
        yield Found(*name.span(), "PERSON", 0.7, "suggest.rule.titled", "zh.titled")
    for name, label in heard.names.items():
        for again in re.finditer(re.escape(name), plain):
            yield Found(*again.span(), label, 0.6, "suggest.rule.heard", "zh.heard")


def units(text: str) -> Iterator[tuple[int, int]]:
    """Each character; Latin words and numbers whole."""
    return (unit.span() for unit in _UNIT.finditer(text))
