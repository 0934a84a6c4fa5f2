"""Subtitles (.srt, .vtt): one cue a line, or a pair where each cue says it in both languages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from annotator.core.errors import AnnotatorError
from annotator.extend import Extract, File, Loss, text_reader
from annotator.formats.plain import read_text
from annotator.language.script import classify

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d{1,3}:[\d:.]{1,20}>|\{\\[^{}\n]{0,200}\}")
_APART = frozenset(("STYLE", "REGION", "NOTE"))
_MOSTLY = 0.6


@text_reader("subtitles", suffixes=(".srt", ".vtt"))
def read(file: File, encoding: str) -> Extract:
    """The cues in their order. Times, numbers, positions and typefaces are left out."""
    decoded = read_text(file.data, name=file.name, encoding=encoding)
    lines = decoded.text.split("\n")
    cues = [cue for raw in _cues(lines) if (cue := _plain(raw, vtt=lines[0].startswith("WEBVTT")))]
    if not cues:
        raise AnnotatorError("error.text_no_cues", file=file.name)
    lost = (Loss("text.lost_times", len(cues)),)
    pairs = [_both(cue) for cue in cues]
    if sum(map(all, pairs)) >= _MOSTLY * len(pairs):
        return Extract("", ((0, ("zh", "en")), *enumerate(pairs, 1)), decoded.encoding, lost)
    text = "\n".join(" ".join(line) for cue in cues for line in _by_language(cue))
    return Extract(text, (), decoded.encoding, lost)


def _cues(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each cue. A cue ends at a blank line behind which a number, a time or nothing follows."""
    at = 0
    while at < len(lines):
        if not _TIMES.fullmatch(lines[at]):
            at += 1
            continue
        start = at = at + 1
        while at < len(lines) and not _TIMES.fullmatch(lines[at]):
            at += 1
        yield _own(lines[start:at], last=at == len(lines))


def _own(lines: list[str], *, last: bool) -> list[str]:
    """What belongs to a cue of the lines up to the next time: neither its number nor a comment."""
    lines = [line.strip() for line in lines]
    blank = [at for at, line in enumerate(lines) if not line]
    if blank and not last and len(lines) - 2 in blank:
        lines = lines[:-1]
    apart = [at for at in blank if at + 1 < len(lines) and lines[at + 1].partition(" ")[0] in _APART]
    return lines[: apart[0]] if apart else lines


def _plain(cue: list[str], *, vtt: bool) -> list[str]:
    lines = (_TAG.sub("", line.replace(r"\N", " ").replace(r"\h", " ")) for line in cue)
    return [text for line in lines if (text := (html.unescape(line) if vtt else line).strip())]


def _by_language(cue: list[str]) -> list[list[str]]:
    """Consecutive lines of a cue in one language; those without letters go with what stands before."""
    groups: list[tuple[str, list[str]]] = []
    for line in cue:
        language = classify(line)
        if groups and language in (groups[-1][0], "other"):
            groups[-1][1].append(line)
        else:
            groups.append((language, [line]))
    return [lines for _, lines in groups]


def _both(cue: list[str]) -> tuple[str, str]:
    groups = [" ".join(lines) for lines in _by_language(cue)]
    english = [classify(text) == "en" for text in groups]
    zh, en = (
        " ".join(text for text, is_en in zip(groups, english, strict=True) if is_en is wanted)
        for wanted in (False, True)
    )
    return zh, en
