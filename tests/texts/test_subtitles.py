"""Subtitles: cues are lines, or pairs where they are in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts.text_files import lines, notices, pairs, planned, put

from annotator.core.errors import AnnotatorError

SRT = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<i>The snow</i>
stopped.

2
00:00:03,000 --> 00:00:04,000
- Is it <font color="#ff0000">cold</font>?
- 3 < 5.

3
00:00:05,000 --> 00:00:06,000

4
00:00:07,000 --> 00:00:08,000
The end.

1984
"""
VTT = """WEBVTT - film

STYLE
::cue { color: white }

intro
00:01.000 --> 00:02.000 align:start
<v Old He>Salt &amp; pepper, <00:01.500><c>please</c>.</v>

NOTE a remark

00:00:03.000 --> 00:00:04.000
Thank you.
"""
BOTH = """1
00:00:01,000 --> 00:00:02,500
雪停了。
The snow stopped.

2
00:00:03,000 --> 00:00:04,000
他来了。
He came.
"""


def test_cues_are_lines_without_tags_numbers_and_times(tmp_path: Path) -> None:
    path = put(tmp_path, "film.srt", SRT.replace("\n", "\r\n"))
    assert lines(path) == ["The snow stopped.", "- Is it cold? - 3 < 5.", "The end. 1984"]


def test_what_stands_between_cues_of_vtt_is_left_out(tmp_path: Path) -> None:
    assert lines(put(tmp_path, "film.vtt", VTT)) == ["Salt & pepper, please.", "Thank you."]


def test_cues_in_both_languages_are_pairs(tmp_path: Path) -> None:
    plan = planned(put(tmp_path, "film.srt", BOTH))
    assert pairs(plan) == [("雪停了。", "The snow stopped."), ("他来了。", "He came.")]
    assert notices(plan) == {"text.lost_times": 2}


def test_a_file_without_cues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as raised:
        planned(put(tmp_path, "film.srt", "1\nHello.\n"))
    assert raised.value.key == "error.text_no_cues"
