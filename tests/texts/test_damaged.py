"""Whatever happens to a file on its way: it is read, or refused with a sentence, and never more than that."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts.test_corpora import ALIGNED, OPUS_EN, TEI
from texts.test_epub import book
from texts.test_html import PAGE
from texts.test_pairs import PO, TMX, XLIFF, XLIFF2, workbook
from texts.test_subtitles import BOTH, SRT, VTT
from texts.text_files import PAIRS, ZH, docx, paragraph, put, table

from annotator.core.errors import AnnotatorError
from annotator.extend import text_readers
from annotator.services.importing import build, preview, read_sources

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 47>>stream
BT /F 12 Tf 20 200 Td (The snow stopped.) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
FILES: dict[str, list[bytes]] = {
    ".docx": [docx(*map(paragraph, ZH), table(PAIRS))],
    ".html": [PAGE.encode()],
    ".srt": [SRT.encode(), BOTH.encode()],
    ".vtt": [VTT.encode()],
    ".xlsx": [workbook(list(PAIRS))],
    ".tmx": [TMX.encode()],
    ".xlf": [XLIFF.encode(), XLIFF2.encode()],
    ".po": [PO.encode()],
    ".epub": [book()],
    ".pdf": [PDF],
    ".xml": [
        ALIGNED.encode(),
        OPUS_EN.encode(),
        TEI.format("<text><p>The snow stopped.</p></text>").encode(),
    ],
    ".zh": ["雪停了。\n他来了。\n".encode()],
}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file with some bytes changed, cut out or doubled, perhaps under a wrong ending."""
    ending = draw(st.sampled_from(sorted(FILES)))
    data = bytearray(draw(st.sampled_from(FILES[ending])))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        piece = bytes(data[at : at + draw(st.integers(0, 40))])
        put_in = draw(st.sampled_from((b"", piece * 2, b"\0", b"<", b"&", b'"', b"\xff"))) or draw(
            st.binary(max_size=8)
        )
        data[at : at + len(piece)] = put_in
    if draw(st.integers(0, 9)) == 0:
        ending = draw(st.sampled_from(sorted(FILES)))
    return f"x{ending}", bytes(data)


def outcome(path: Path) -> AnnotatorError | None:
    """What refuses a file, if something does."""
    try:
        plan = preview(read_sources([path]))
        if plan.missing is None:
            build(plan, doc_id="x")
    except AnnotatorError as error:
        return error
    return None


@settings(max_examples=400)
@given(damaged())
def test_a_damaged_file_gives_its_text_or_a_sentence(file: tuple[str, bytes]) -> None:
    if file[0].endswith(".pdf") and find_spec("pypdfium2") is None:
        return
    with TemporaryDirectory() as folder:
        refused = outcome(put(Path(folder), *file))
    assert refused is None or file[0] in str(refused)


@pytest.mark.parametrize("ending", sorted(FILES))
def test_an_undamaged_file_is_read(tmp_path: Path, ending: str) -> None:
    if ending == ".pdf":
        pytest.importorskip("pypdfium2")
    for data in FILES[ending]:
        if data == ALIGNED.encode():
            # Without its two texts, it has none.
            continue
        (source,) = read_sources([put(tmp_path, f"x{ending}", data)])
        held = source.text or " ".join(cell for _, row in source.rows for cell in row)
        assert re.search(r"\w{3}", held)


def test_every_kind_of_file_is_damaged_here() -> None:
    readers = text_readers()
    assert {readers[ending].name for ending in FILES} == {reader.name for reader in readers.values()}
