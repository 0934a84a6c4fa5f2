"""Electronic books: chapters in reading order."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts.text_files import EN, ZH, lines, planned, put, zipped

from annotator.core.errors import AnnotatorError

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="b" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="i" href="cover.png" media-type="image/png"/></manifest>
<spine><itemref idref="i"/><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
LOCK = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData
xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherReference URI="{}"/></CipherData></EncryptedData>
</encryption>"""


def chapter(texts: list[str]) -> str:
    body = "".join(f"<p>{text}&nbsp;</p>" for text in texts)
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>t</title></head><body>{body}</body></html>"
    )


def book(**more: str) -> bytes:
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE,
        "OEBPS/text/two.xhtml": chapter(EN),
        "OEBPS/text/one a.xhtml": chapter(ZH),
        "OEBPS/nav.xhtml": chapter(["Contents"]),
    }
    return zipped(
        files | {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in more.items()}
    )


def test_chapters_follow_the_spine_without_contents_and_cover(tmp_path: Path) -> None:
    path = put(tmp_path, "post.epub", book())
    assert [line.strip() for line in lines(path)] == [*ZH, *EN]
    assert planned(path).arrangement == "blocks"


def test_encrypted_typefaces_do_no_harm(tmp_path: Path) -> None:
    data = book(**{"META-INF__encryption_xml": LOCK.format("OEBPS/font.otf")})
    assert len(lines(put(tmp_path, "post.epub", data))) == 6


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"no book", "error.text_damaged"),
        (zipped({"mimetype": "x"}), "error.text_kind"),
        (zipped({"META-INF/container.xml": "<container/>"}), "error.text_kind"),
        (zipped({"META-INF/container.xml": CONTAINER}), "error.text_kind"),
        (book(**{"META-INF__encryption_xml": LOCK.format("OEBPS/text/two.xhtml")}), "error.text_locked"),
    ],
)
def test_bad_books_are_refused_with_a_clear_word(tmp_path: Path, data: bytes, key: str) -> None:
    with pytest.raises(AnnotatorError) as raised:
        planned(put(tmp_path, "bad.epub", data))
    assert raised.value.key == key
