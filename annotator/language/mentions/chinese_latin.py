"""Names that a Chinese text leaves in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.language.mentions.chinese_sentence import Sentence
from annotator.language.mentions.gazetteer import english_people, english_places

# From where to where, label and pattern.
Latin = tuple[int, int, str, str]

_LETTER = r"[A-Za-z\u00c0-\u024f]"
_WORD = rf"[A-Z\u00c0-\u00de](?:{_LETTER}|['’-](?={_LETTER}))*"
_RUN = re.compile(
    rf"(?<!{_LETTER})(?<![\d·._@/]){_WORD}(?:[ ](?:{_WORD}\.?|de|van|von|bin)(?!{_LETTER}))*(?![\d_@/])"
)


def in_latin(sentence: Sentence) -> Iterator[Latin]:
    """Runs of capitalised words that their neighbours or the tables tell to be names."""
    for run in _RUN.finditer(sentence.text):
        told = _told(sentence, run)
        if told is not None:
            yield *run.span(), *told


def _told(sentence: Sentence, run: re.Match[str]) -> tuple[str, str] | None:
    """Label and pattern of a run; None if nothing tells."""
    if run[0].isupper():
        return None
    beside = sentence.beside
    if run[0] in sentence.heard.names:
        return sentence.heard.names[run[0]], "zh.latin_heard"
    if run.start() in beside.behind_role or run.end() in beside.before_title:
        return "PERSON", "zh.latin_beside_title"
    first = english_people().get(run[0].split(" ")[0].lower(), "")
    if "given" in first and (" " in run[0] or "mixed" not in first):
        return "PERSON", f"zh.latin_{'name' if ' ' in run[0] else 'given'}"
    if run[0].lower() in english_places().names:
        return "PLACE", "zh.latin_place"
    return None
