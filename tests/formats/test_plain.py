"""Reading texts: every encoding and line end, and a sentence with the place for whatever is wrong."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.core.messages import LANGUAGES, speak
from annotator.formats.plain import LARGEST, clean, read_text

SIMPLIFIED = (
    "码头的早晨\n"
    "天还没亮，卖鱼的人已经把摊子支好了。老陈说：“今天风小，船回来得早。”\n"
    "The Pier at Dawn\n"
    "Before first light the fishmongers had set up their stalls.\n"
)
TRADITIONAL = (
    "碼頭的早晨\n"
    "天還沒亮，賣魚的人已經把攤子支好了。老陳說：「今天風小，船回來得早。」\n"
    "Before first light the fishmongers had set up their stalls.\n"
)
ASTRAL = "𠮷田先生吃了一碗面🍜。\nMr Yoshida had a bowl of noodles 🍜.\n"

ENCODINGS = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8-sig", "utf-8"),
    (SIMPLIFIED, "utf-16", "utf-16-le"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    (SIMPLIFIED, "utf-32", "utf-32-le"),
    (SIMPLIFIED, "gb18030", "gb18030"),
    (SIMPLIFIED, "gbk", "gb18030"),
    (TRADITIONAL, "big5", "big5"),
    (TRADITIONAL, "cp950", "big5"),
    (TRADITIONAL, "utf-16-le", "utf-16-le"),
    (TRADITIONAL, "gb18030", "gb18030"),
    (ASTRAL, "utf-8", "utf-8"),
    (ASTRAL, "utf-16", "utf-16-le"),
    (ASTRAL, "gb18030", "gb18030"),
    ("昨夜有雨。", "gb18030", "gb18030"),
    ("昨夜有雨。", "big5", "big5"),
    ("昨夜有雨。", "utf-16-be", "utf-16-be"),
    ("Nothing but English.\nTwo lines of it.\n", "utf-16-le", "utf-16-le"),
    ("Nothing but English.\n", "ascii", "utf-8"),
    ("“It’s a café,” he said – and no more than that.\n" * 3, "cp1252", "windows-1252"),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("text", "written_in", "read_as"), ENCODINGS)
def test_a_text_reads_the_same_in_every_encoding_and_with_every_line_end(
    tmp_path: Path, text: str, written_in: str, read_as: str, line_end: str
) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(text.replace("\n", line_end).encode(written_in))
    decoded = read_text(path)
    assert decoded.text == text
    assert decoded.encoding == read_as


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"), min_size=1
    )
)
def test_nothing_but_line_ends_and_the_mark_changes(text: str) -> None:
    if text.isspace():
        return
    assert read_text(text.encode(), name="x").text == text


def test_composed_and_decomposed_letters_stay_as_they_are() -> None:
    text = "café café 神 神\n"
    assert read_text(text.encode(), name="x").text == text


def test_a_named_encoding_overrides_the_recognition() -> None:
    assert read_text("饕餮".encode("gb18030"), name="x", encoding="gb18030").text == "饕餮"


def failure(data: bytes, **more: str) -> AnnotatorError:
    with pytest.raises(AnnotatorError) as raised:
        read_text(data, name="talk.txt", **more)
    return raised.value


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "error.import_empty"),
        (b"\xef\xbb\xbf", "error.import_empty"),
        (b" \r\n\t\n", "error.import_empty"),
        (b"%PDF-1.7\n", "error.import_kind_pdf"),
        (b"PK\x03\x04word", "error.import_kind_office"),
        (b"{\\rtf1 x}", "error.import_kind_office"),
        (b"\x89PNG\r\n\x1a\n", "error.import_kind_image"),
        (b"\x7fELF\x02", "error.import_kind_program"),
        (bytes(range(256)) * 20, "error.import_binary"),
        (random.Random(4).randbytes(5000), "error.import_binary"),
        (b"\xff\xfe\x00\xd8a\x00", "error.import_bytes"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, key: str) -> None:
    assert failure(data).key == key


def test_a_damaged_utf8_file_is_named_with_its_line_and_byte_and_never_read_as_something_else() -> None:
    good = "第一行。\n第二行在这里。\n"
    data = good.encode() + "第三".encode() + b"\xe8\xa1" + "行。\n".encode()
    error = failure(data)
    assert error.key == "error.import_bytes"
    assert error.details["line"] == 3
    assert error.details["byte"] == len((good + "第三").encode()) + 1


def test_a_damaged_gb18030_file_is_named_with_its_place() -> None:
    data = "河水涨了。\n船都回来了，人也回来了。\n".encode("gb18030") + b"\xff\xff"
    error = failure(data)
    assert (error.key, error.details["line"]) == ("error.import_bytes", 3)


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x0c", "\x1b", "\ufffe"])
def test_control_characters_are_refused_with_line_and_column(char: str) -> None:
    with pytest.raises(AnnotatorError) as raised:
        clean(f"一\r\n二三{char}四\n", "talk.txt")
    error = raised.value
    assert error.key == "error.import_control"
    assert (error.details["line"], error.details["column"]) == (2, 3)


def test_an_unknown_encoding_is_refused() -> None:
    assert failure(b"abc", encoding="latin-17").key == "error.import_no_encoding"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(AnnotatorError) as raised:
        read_text(path)
    assert raised.value.key == "error.import_large"
    assert raised.value.details["size"] == 1024


def test_a_pasted_text_has_the_same_limit() -> None:
    with pytest.raises(AnnotatorError) as raised:
        clean("a" * (LARGEST + 1), "clipboard")
    assert raised.value.key == "error.import_large"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, key in ((tmp_path, "error.import_not_file"), (tmp_path / "none.txt", "error.import_missing")):
        with pytest.raises(AnnotatorError) as raised:
            read_text(path)
        assert raised.value.key == key


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_does_not_hang_the_import(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(AnnotatorError) as raised:
        read_text(pipe)
    assert raised.value.key == "error.import_not_file"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_a_whole_sentence(language: str) -> None:
    speak(language)
    try:
        for data in (b"", b"%PDF", bytes(range(256)), "一\x08".encode(), "一二三四五\n".encode() + b"\xff"):
            sentence = str(failure(data))
            assert "talk.txt" in sentence
            assert "{" not in sentence
    finally:
        speak("en")
