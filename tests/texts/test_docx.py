"""Word documents: what reads in them once changes are accepted, and tables as pairs."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts.text_files import (
    EN,
    PAIRS,
    ZH,
    docx,
    lines,
    notices,
    pairs,
    paragraph,
    planned,
    put,
    table,
    zipped,
)

from annotator.core.errors import AnnotatorError
from annotator.services.importing import ImportPlan, preview, read_sources


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_become_lines(tmp_path: Path) -> None:
    path = put(tmp_path, "post.docx", docx(*map(paragraph, ZH), paragraph(), *map(paragraph, EN)))
    assert lines(path) == [*ZH, "", *EN]
    plan = planned(path)
    assert (plan.arrangement, plan.title) == ("blocks", f"{ZH[0]} · {EN[0]}")


def test_tracked_insertions_are_kept_and_deletions_dropped(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('雪')}<w:ins>{run('终于')}</w:ins><w:del><w:r><w:delText>没</w:delText></w:r></w:del>"
        f"{run('停了。')}</w:p>"
        f"<w:p><w:moveTo>{run('The snow')}</w:moveTo>"
        f"<w:moveFrom>{run('Snow')}</w:moveFrom>{run(' stopped.')}</w:p>"
    )
    path = put(tmp_path, "post.docx", docx(body))
    assert lines(path) == ["雪终于停了。", "The snow stopped."]
    assert notices(planned(path)) == {"text.lost_deletions": 2}


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('雪')}</w:p>"
    assert lines(put(tmp_path, "a.docx", docx(first, paragraph("停了。")))) == ["雪停了。"]


def test_breaks_tabs_readings_and_text_boxes(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}<w:r><w:tab/></w:r>"
        f"<w:r><w:ruby><w:rt>{run('shān')}</w:rt><w:rubyBase>{run('山')}</w:rubyBase></w:ruby></w:r></w:p>"
        f"<w:p>{run('Three')}"
        f"<w:r><w:drawing><w:txbxContent>{paragraph('A box')}</w:txbxContent></w:drawing></w:r>"
        f"<w:sdt><w:sdtContent>{run(' and four')}</w:sdtContent></w:sdt></w:p>"
    )
    assert lines(put(tmp_path, "a.docx", docx(body))) == ["一", "二\t山", "Three and four", "A box"]


def test_a_table_of_two_languages_becomes_confirmed_pairs(tmp_path: Path) -> None:
    path = put(tmp_path, "post.docx", docx(paragraph("译文对照"), table(PAIRS)))
    plan = planned(path)
    assert plan.arrangement == "table"
    assert pairs(plan)[0] == ("译文对照", "")
    assert [" ".join(pair) for pair in pairs(plan)[1:]] == [
        f"{zh} {en}" for zh, en in pairs(planned_rows(tmp_path))
    ]


def planned_rows(folder: Path) -> ImportPlan:
    rows = "\n".join("\t".join(pair) for pair in PAIRS)
    return planned(put(folder, "same.tsv", rows))


def test_headings_above_a_table_stay_a_pair(tmp_path: Path) -> None:
    body = docx(paragraph(ZH[0]), paragraph(EN[0]), table(PAIRS[1:]))
    assert pairs(planned(put(tmp_path, "post.docx", body)))[0] == PAIRS[0]


def test_a_table_of_two_whole_texts_is_aligned(tmp_path: Path) -> None:
    zh, en = "\n".join(ZH * 2), "\n".join(EN * 2)
    plan = planned(put(tmp_path, "post.docx", docx(table([(zh, en)]))))
    assert plan.arrangement == "blocks"
    assert [line.text for line in plan.of_side("zh")] == ZH * 2


def test_notes_are_told(tmp_path: Path) -> None:
    note = '<w:p><w:r><w:t>门开了。</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    path = put(tmp_path, "a.docx", docx(note, paragraph("The door opened.")))
    assert notices(planned(path)) == {"text.lost_notes": 1}


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "error.import_empty"),
        (b"just text", "error.text_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "error.text_protected"),
        (docx(paragraph("一"))[:200], "error.text_damaged"),
        (zipped({"mimetype": "x"}), "error.text_kind"),
        (docx(), "error.import_empty"),
        (docx(paragraph("&b;"), head=BOMB), "error.read_xml_entity"),
        (docx("<w:p>"), "error.read_damaged"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "error.read_xml_deep"),
        (docx("<w:p/>" * 1_000_001), "error.text_elements"),
        (zipped({"word/document.xml": b" " * (65 << 20)}), "error.read_large"),
    ],
)
def test_bad_files_are_refused_with_a_clear_word(tmp_path: Path, data: bytes, key: str) -> None:
    with pytest.raises(AnnotatorError) as raised:
        planned(put(tmp_path, "bad.docx", data))
    assert raised.value.key == key
    assert "bad.docx" in str(raised.value)


def test_a_document_known_to_be_in_one_language_is_read_line_by_line(tmp_path: Path) -> None:
    zh = put(tmp_path, "one.docx", docx(table([(one, f"{number}.") for number, one in enumerate(ZH)])))
    en = put(tmp_path, "two.docx", docx(*map(paragraph, EN)))
    plan = preview(read_sources([], zh=zh, en=en))
    assert plan.arrangement == "two-files"
    assert [line.text for line in plan.of_side("en")] == EN
    assert set(ZH) <= {line.text for line in plan.lines if line.file == 0}
