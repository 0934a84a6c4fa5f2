"""PDF: files that Qt prints, read back as paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from texts.text_files import EN, ZH, lines, put

from annotator.core.errors import AnnotatorError
from annotator.language.wrapping import unwrap_printed
from annotator.texts.pdf import _lines

pytest.importorskip("pypdfium2")
pytestmark = pytest.mark.usefixtures("qapp")


def printed(path: Path, texts: list[str], width: int = 210) -> Path:
    """A PDF of these paragraphs on pages of this width in mm."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QSizeF(width, 297), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(10, 10, 10, 10), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDefaultFont(QFont("", 11))
    document.setHtml("".join(f"<p>{text}</p>" for text in texts))
    document.print_(writer)
    return path


def test_wrapped_lines_become_paragraphs_again(tmp_path: Path) -> None:
    long = "The postman crossed the pass and carried three letters to the last house of the valley; " * 4
    texts = [EN[0], f"{long}then it rained."]
    assert lines(printed(tmp_path / "a.pdf", texts, 150)) == texts


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert list(
        unwrap_printed(["清晨邮差翻过了山口他带", "着三封信走。", "雪停。", "The snow", "stopped."])
    ) == [
        "清晨邮差翻过了山口他带着三封信走。",
        "雪停。",
        "The snow stopped.",
    ]


def test_radicals_and_ligatures_become_characters() -> None:
    assert _lines("⼤⼭\r\noﬃce\r\nsnow\ufffe\r\nstorm") == ["大山", "office", "snowstorm"]


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"text", "error.text_kind"),
        (b"%PDF-1.7\nbroken", "error.text_damaged"),
        (LOCKED, "error.text_locked"),
    ],
)
def test_bad_files_are_refused_with_a_clear_word(tmp_path: Path, data: bytes, key: str) -> None:
    with pytest.raises(AnnotatorError) as raised:
        lines(put(tmp_path, "bad.pdf", data))
    assert raised.value.key == key


def test_pages_without_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as raised:
        lines(printed(tmp_path / "a.pdf", []))
    assert raised.value.key == "error.text_no_pages"


def test_chinese_is_read_as_it_was_printed(tmp_path: Path) -> None:
    assert lines(printed(tmp_path / "a.pdf", ZH)) == ZH
