"""Web pages: what is read on them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts.text_files import EN, PAIRS, ZH, lines, pairs, planned, put

from annotator.core.errors import AnnotatorError

PAGE = """<!DOCTYPE html><html><head><title>旧</title><style>p{color:red}</style></head><body>
<nav><a href="/">首页</a></nav><h1>山里的<em>邮差</em></h1>
<div>清晨，邮差翻过&nbsp;山口。<br>他带着三封信。<script>alert("x")</script></div>
<p hidden>hidden</p><p style="display: none">gone</p>
<p>Towards   evening
the &ldquo;snow&rdquo; stopped &amp; <b>st</b>ayed.</p><ruby>山<rt>shān</rt></ruby>
<ul><li>one<li>two</ul><pre>a
  b</pre></body></html>"""


def test_blocks_are_paragraphs_and_scripts_menus_and_hidden_parts_are_left_out(tmp_path: Path) -> None:
    assert lines(put(tmp_path, "a.html", PAGE)) == [
        "山里的邮差",
        "清晨，邮差翻过\xa0山口。",
        "他带着三封信。",
        "Towards evening the “snow” stopped & stayed.",
        "山",
        "one",
        "two",
        "a",
        "  b",
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("big5", "cp950"), ("utf-8", "utf-8")]
)
def test_the_declared_encoding_is_used(tmp_path: Path, declared: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>山口有雪</p></body></html>'
    assert lines(put(tmp_path, "a.htm", page.encode(encoding))) == ["山口有雪"]


def test_a_wrongly_declared_encoding_does_no_harm(tmp_path: Path) -> None:
    page = '<html><meta charset="utf-8"><p>山口有雪，邮差还是来了。</p></html>'
    assert lines(put(tmp_path, "a.html", page.encode("gb18030"))) == ["山口有雪，邮差还是来了。"]


def test_a_table_of_two_languages_becomes_pairs(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{zh}</td><td>{en}</td></tr>" for zh, en in PAIRS)
    plan = planned(put(tmp_path, "a.html", f"<table><tr><th>中文</th><th>English</th></tr>{rows}</table>"))
    assert plan.arrangement == "table"
    assert pairs(plan)[0] in (PAIRS[0], ("中文", "English"))


def test_paragraphs_in_turn_are_interleaved(tmp_path: Path) -> None:
    body = "".join(f"<p>{zh}</p><p>{en}</p>" for zh, en in PAIRS)
    plan = planned(put(tmp_path, "a.html", f"<html><body>{body}</body></html>"))
    assert plan.arrangement.startswith("interleaved")
    assert [[line.text for line in plan.of_side(side)] for side in ("zh", "en")] == [ZH, EN]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ("", "error.import_empty"),
        ("no markup at all", "error.text_kind"),
        ("<html><body><script>x</script></body></html>", "error.import_empty"),
        ("<html>" + "<div>" * 100_000 + "深", "error.read_xml_deep"),
        ("<p>" * 2_000_001, "error.text_elements"),
        (b"PK\x03\x04<html>", "error.import_kind_office"),
    ],
)
def test_bad_files_are_refused_with_a_clear_word(tmp_path: Path, data: str | bytes, key: str) -> None:
    with pytest.raises(AnnotatorError) as raised:
        planned(put(tmp_path, "bad.html", data))
    assert raised.value.key == key
