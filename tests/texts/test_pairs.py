"""Files of pairs: they come in as a table of pairs does, and say what they leave out."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from texts.text_files import PAIRS, ZH, notices, pairs, planned, put, zipped

from annotator.core.errors import AnnotatorError

TMX = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="en-US"><seg>The <bpt i="1">&lt;b></bpt>snow<ept i="1">&lt;/b></ept> stopped.</seg></tuv>
<tuv xml:lang="ZH-CN"><seg>雪<hi>停</hi>了。</seg></tuv><tuv xml:lang="fr"><seg>Fini.</seg></tuv></tu>
<tu><tuv lang="en"><seg>Only English.</seg></tuv></tu>
<tu><tuv lang="zh"><seg>他来了。</seg></tuv><tuv lang="en"><seg>He came.</seg></tuv></tu>
</body></tmx>"""
XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="zh-CN"><body><group>
<trans-unit id="1"><source>The <g id="1">snow</g><ph id="2">&lt;br/></ph> stopped.</source>
<target>雪停了。</target>
<alt-trans><source>Snow.</source><target>雪。</target></alt-trans></trans-unit>
<trans-unit id="2"><source>He came. She left.</source>
<seg-source><mrk mtype="seg" mid="0">He came.</mrk> <mrk mtype="seg" mid="1">She left.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">他来了。</mrk><mrk mtype="seg" mid="1">她走了。</mrk></target></trans-unit>
<trans-unit id="3"><source>Later</source></trans-unit>
</group></body></file></xliff>"""
XLIFF2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh" trgLang="en">
<file id="f"><unit id="u"><segment><source>雪<pc id="1">停</pc>了。</source>
<target>The snow stopped.</target></segment>
<ignorable><source> </source></ignorable>
<segment><source>他来了。</source><target>He came.</target></segment></unit></file></xliff>"""
PO = r"""# A head.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: zh_CN\n"

#: film.c:3
msgctxt "film"
msgid ""
"The snow "
"stopped.\n"
msgstr "雪停了。"

#, fuzzy
msgid "Perhaps"
msgstr "大概"

msgid "%d letter"
msgid_plural "%d letters"
msgstr[0] "%d 封信"

#, fuzzy
#~ msgid "old"
#~ msgstr "旧"

msgid "He said \"come\"."
msgstr "他说“来”。"

msgid "Untranslated"
msgstr ""
"""
SNOW = [("雪停了。", "The snow stopped."), ("他来了。", "He came.")]


def workbook(*sheets: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_translation_memory(tmp_path: Path) -> None:
    plan = planned(put(tmp_path, "snow.tmx", TMX))
    assert (plan.arrangement, pairs(plan)) == ("table", SNOW)
    assert notices(plan) == {"text.lost_languages": 1, "text.lost_untranslated": 1}
    assert [line.place for line in plan.lines] == [1, 1, 3, 3]


def test_a_translation_file_of_either_version(tmp_path: Path) -> None:
    plan = planned(put(tmp_path, "snow.xlf", XLIFF))
    assert pairs(plan) == [*SNOW, ("她走了。", "She left.")]
    assert notices(plan) == {"text.lost_untranslated": 1}
    assert pairs(planned(put(tmp_path, "snow.xliff", XLIFF2))) == SNOW


def test_a_translation_file_that_names_no_languages_goes_by_its_contents(tmp_path: Path) -> None:
    bare = XLIFF.replace(' source-language="en" target-language="zh-CN"', "")
    assert pairs(planned(put(tmp_path, "snow.xlf", bare)))[0] == SNOW[0]


def test_a_translation_catalog(tmp_path: Path) -> None:
    plan = planned(put(tmp_path, "snow.po", PO))
    assert pairs(plan) == [SNOW[0], ("%d 封信", "%d letters"), ("他说“来”。", 'He said "come".')]
    assert notices(plan) == {"text.lost_fuzzy": 1, "text.lost_untranslated": 1}


def test_a_catalog_of_another_language_is_not_taken_for_chinese(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as raised:
        planned(put(tmp_path, "snow.po", PO.replace("zh_CN", "fr")))
    assert raised.value.key == "error.text_no_pairs"


def test_a_workbook_with_names_over_its_columns(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("no", "en", "zh"),
        (1, "The snow stopped.", "雪停了。"),
        (),
        (2, "He came.", "他来了。"),
    ]
    plan = planned(put(tmp_path, "snow.xlsx", workbook(rows)))
    assert pairs(plan) == SNOW
    assert [line.place for line in plan.lines] == [2, 2, 4, 4]
    assert plan.columns == ("no", "en", "zh")
    assert notices(plan) == {"import.columns": 1}


def test_the_first_sheet_of_pairs_is_taken(tmp_path: Path) -> None:
    plan = planned(put(tmp_path, "post.xlsx", workbook([("About", "Made by hand")], list(PAIRS))))
    assert [line.text for line in plan.of_side("zh")] == ZH
    assert notices(plan) == {"text.lost_sheets": 1}


def far_off() -> bytes:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet})


def unfolding() -> bytes:
    """A workbook of some KB whose cells all share one long text."""
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = '<row><c t="s"><v>0</v></c></row>' * 400
    return zipped(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": f"<sst {names}><si><t>{'x' * 1_000_000}</t></si></sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {names}><sheetData>{cells}</sheetData></worksheet>",
        }
    )


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.xlsx", "text", "error.text_damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "error.text_protected"),
        ("a.xlsx", zipped({"word/document.xml": "<w/>"}), "error.text_kind"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<workbook>"}), "error.read_damaged"),
        ("a.xlsx", workbook([]), "error.import_empty"),
        ("a.xlsx", workbook([("one", "two"), ("three", "four")]), "error.text_table"),
        ("a.xlsx", far_off(), "error.text_sheet"),
        ("a.xlsx", unfolding(), "error.read_large"),
        ("a.tmx", "<tmx", "error.read_damaged"),
        ("a.tmx", "<tei/>", "error.text_kind"),
        ("a.tmx", "<tmx><body/></tmx>", "error.text_no_pairs"),
        (
            "a.tmx",
            '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>',
            "error.read_xml_entity",
        ),
        ("a.xlf", "<html/>", "error.text_kind"),
        ("a.xlf", XLIFF.replace("zh-CN", "fr"), "error.text_no_pairs"),
        ("a.po", 'msgid "a"\nmsgstr "b"\nmore\n', "error.text_po"),
        ("a.po", '"stray"\n', "error.text_po"),
        ("a.po", "# nothing\n", "error.text_no_pairs"),
    ],
)
def test_bad_files_are_refused_with_a_clear_word(
    tmp_path: Path, name: str, data: str | bytes, key: str
) -> None:
    with pytest.raises(AnnotatorError) as raised:
        planned(put(tmp_path, name, data))
    assert raised.value.key == key
    assert name in str(raised.value)
