"""What corpora bring along: alignments stay as they were given, sentence by sentence."""

from __future__ import annotations

import gzip
from pathlib import Path

import openpyxl
import pytest
from texts.text_files import lines, pairs, planned, put, zipped

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.services.drafts import Wishes, read_drafts

XCES = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0"><linkGrp targType="s" fromDoc="en/one.xml.gz" toDoc="zh_cn/one.xml.gz">
<link id="SL0" xtargets="1;1" /><link id="SL1" xtargets="2 3;2" /><link id="SL2" xtargets=";3" />
<link id="SL3" xtargets="4;4 5" /></linkGrp></cesAlign>"""
OPUS_TEXT = """<?xml version="1.0" encoding="utf-8"?><text><p id="1"><s id="1">The snow stopped.</s>
<s id="2"><w id="2.1">He</w> <w id="2.2">came</w><w id="2.3">.</w></s><s id="3">She left.</s></p>
<s id="4">The dog barked,\nand barked.</s><s id="5">Nobody saw it.</s></text>"""
OPUS_ZH = """<text><s id="1">雪停了。</s><s id="2"><w>他</w> <w>来</w> <w>了</w><w>，她走了。</w></s>
<s id="3">天黑了。</s><s id="4">狗叫了起来。</s><s id="5">它一直叫。</s></text>"""
BEADS = [
    ("雪停了。", "The snow stopped."),
    ("他来了，她走了。", "He came. She left."),
    ("天黑了。", ""),
    ("狗叫了起来。 它一直叫。", "The dog barked, and barked."),
    ("", "Nobody saw it."),
]
MOSES = zipped(
    {
        "README": "About this corpus.",
        "talks.en-zh.en": "The snow stopped.\nHe came. She left.\n",
        "talks.en-zh.zh": "雪停了。\n他来了，她走了。\n",
    }
)
HEAD = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
TEI = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}<text><body>
<div xml:lang="zh"><p><s xml:id="z1">雪停了。</s><s xml:id="z2">他来了，<note>谁？</note>她
走了。</s></p></div>
<div xml:lang="en"><p><s xml:id="e1">The snow stopped.</s> <s xml:id="e2">He came.</s>
<s xml:id="e3">She <hi>left</hi>.</s></p></div><linkGrp type="alignment">
<link target="#z1 #e1"/><link target="#z2 #e2 #e3"/></linkGrp></body></text></TEI>"""
TWO = [("雪停了。", "The snow stopped."), ("他来了，她走了。", "He came. She left.")]


def opus(folder: Path, *, packed: bool) -> Path:
    """An alignment with its two texts."""
    for code, text in (("en", OPUS_TEXT), ("zh_cn", OPUS_ZH)):
        (folder / code).mkdir()
        name = "one.xml.gz" if packed else "one.xml"
        put(folder / code, name, gzip.compress(text.encode()) if packed else text)
    return put(folder, "en-zh.xml", XCES)


@pytest.mark.parametrize("packed", [True, False])
def test_an_alignment_brings_its_texts_and_its_beads(tmp_path: Path, packed: bool) -> None:
    assert pairs(planned(opus(tmp_path, packed=packed))) == BEADS


def test_an_alignment_may_be_packed(tmp_path: Path) -> None:
    opus(tmp_path, packed=True)
    assert pairs(planned(put(tmp_path, "a.xml.gz", gzip.compress(XCES.encode())))) == BEADS


def test_an_alignment_in_a_folder_takes_its_texts_along(tmp_path: Path) -> None:
    opus(tmp_path, packed=True)
    assert [draft.name for draft in read_drafts([tmp_path], Wishes(), Job())] == ["en-zh.xml"]


def test_an_alignment_without_its_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"one\.xml"):
        planned(put(tmp_path, "en-zh.xml", XCES))


@pytest.mark.parametrize("name", ["../secret.xml", "/etc/passwd", "..\\secret.xml", "x/../../secret.xml"])
def test_an_alignment_reads_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    put(tmp_path, "secret.xml", OPUS_TEXT)
    (tmp_path / "in").mkdir()
    made = XCES.replace("en/one.xml.gz", name).replace("zh_cn/one.xml.gz", name)
    with pytest.raises(AnnotatorError) as caught:
        planned(put(tmp_path / "in", "a.xml", made))
    assert caught.value.key == "error.text_companion"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret.xml", OPUS_TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.xml").symlink_to(tmp_path / "secret.xml")
    with pytest.raises(AnnotatorError):
        planned(put(tmp_path / "in", "a.xml", XCES))


def test_sentences_alone_are_lines(tmp_path: Path) -> None:
    assert lines(put(tmp_path, "a.xml", OPUS_TEXT))[1:3] == ["He came.", "She left."]


def test_an_archive_of_lines_is_a_table(tmp_path: Path) -> None:
    assert pairs(planned(put(tmp_path, "en-zh.txt.zip", MOSES))) == TWO


def test_an_archive_whose_lines_do_not_match_is_refused(tmp_path: Path) -> None:
    broken = zipped({"a.en-zh.en": "One.\nTwo.\n", "a.en-zh.zh": "一。\n"})
    with pytest.raises(AnnotatorError) as caught:
        planned(put(tmp_path, "a.zip", broken))
    assert caught.value.key == "error.text_line_counts"


def test_two_files_of_lines_are_pairs_line_by_line(tmp_path: Path) -> None:
    put(tmp_path, "talks.zh-en.zh", "雪停了。\n他来了，她走了。\n")
    put(tmp_path, "talks.zh-en.en", "The snow stopped.\nHe came. She left.\n")
    (draft,) = read_drafts([tmp_path], Wishes(), Job())
    assert draft.plan is not None
    assert draft.plan.files == ("talks.zh-en.zh", "talks.zh-en.en")
    assert pairs(draft.plan) == TWO


def test_links_of_tei_are_its_pairs(tmp_path: Path) -> None:
    assert pairs(planned(put(tmp_path, "a.xml", TEI))) == TWO


def test_tei_in_two_files_points_from_one_to_the_other(tmp_path: Path) -> None:
    def side(lang: str, *sentences: str) -> str:
        return (
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEAD}<text xml:lang="{lang}"><body><p>'
            f"{''.join(sentences)}</p></body></text></TEI>"
        )

    zh = [f'<s xml:id="s{at}" corresp="en.xml#s{at}">{zh}</s>' for at, (zh, _) in enumerate(TWO)]
    en = [f'<s xml:id="s{at}">{en}</s>' for at, (_, en) in enumerate(TWO)]
    put(tmp_path, "en.xml", side("en", *en))
    assert pairs(planned(put(tmp_path, "zh.xml", side("zh", *zh)))) == TWO


def test_tei_without_alignment_is_lines(tmp_path: Path) -> None:
    plain = TEI.replace('type="alignment"', 'type="notes"')
    assert lines(put(tmp_path, "a.tei", plain)) == [
        "雪停了。",
        "他来了，她走了。",
        "The snow stopped.",
        "He came.",
        "She left.",
    ]


def test_a_sheet_that_names_its_languages_is_pairs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [("English", "Chinese (Simplified)"), ("2024", "2024"), *((en, zh) for zh, en in TWO)]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "parallel.xlsx")
    assert pairs(planned(tmp_path / "parallel.xlsx"))[1:] == TWO


def test_a_gzip_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(80 << 20))
    with pytest.raises(AnnotatorError) as caught:
        planned(put(tmp_path, "a.txt.gz", bomb))
    assert caught.value.key == "error.read_large"
