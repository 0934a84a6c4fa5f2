"""Dictionaries that a user adds, plain and packed."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.formats.dictionary import gathering, packed, read_dictionary

CEDICT = """# A made-up dictionary
燈塔 灯塔 [deng1 ta3] /lighthouse/beacon (at sea)/CL:座[zuo4]/
諾頓鎮 诺顿镇 [Nuo4 dun4 Zhen4] /Norton, a town/
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("kind", ["u8", "gz", "zip"])
def test_cc_cedict_is_read_as_it_is_downloaded(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"words.{kind}"
    if kind == "u8":
        path.write_text(CEDICT, encoding="utf-8")
    elif kind == "gz":
        path.write_bytes(gzip.compress(CEDICT.encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("words.u8", CEDICT)
    expected = {"灯塔": ("lighthouse", "beacon"), "诺顿镇": ("Norton, a town",)}
    assert read_dictionary(path) == expected
    assert list((tmp_path / "home").rglob("*.msgpack"))
    assert read_dictionary(path) == expected


@pytest.mark.parametrize("mark", ["\t", ","])
def test_a_table_gives_equivalents_by_column_and_bar(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"word{mark}meaning\n灯塔{mark}lighthouse|beacon{mark}light\n", encoding="utf-8")
    assert read_dictionary(path) == {"灯塔": ("lighthouse", "beacon", "light")}


def test_a_table_may_have_english_first_and_an_encoding_of_its_time(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes("lighthouse,灯塔\nferry,渡轮\ngo home,回家\n".encode("gb18030"))
    expected = {"灯塔": ("lighthouse",), "渡轮": ("ferry",), "回家": ("go home",)}
    assert read_dictionary(path) == expected


TBX2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><descrip type="subjectField">sea</descrip>
  <langSet xml:lang="en-US"><tig><term>light<hi>house</hi></term><termNote>noun</termNote></tig>
    <ntig><termGrp><term>beacon</term></termGrp></ntig></langSet>
  <langSet xml:lang="zh-TW"><tig><term>燈塔</term></tig></langSet>
  <langSet xml:lang="zh-CN"><tig><term>航标灯</term></tig></langSet>
  <langSet xml:lang="de"><tig><term>Leuchtturm</term></tig></langSet></termEntry>
</body></text></martif>
"""
TBX3 = """<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="1">{note}
  <langSec xml:lang="ZH_Hans"><termSec><term> 灯塔 </term></termSec></langSec>
  <langSec xml:lang="eng"><termSec><term>light
  house</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
TMX = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="{first}"/><body>
<tu><note>灯</note><tuv xml:lang="EN-US"><seg>light<bpt i="1">&lt;b></bpt>house</seg></tuv>
    <tuv {attribute}="zh-Hant"><seg>燈塔</seg></tuv></tu>
<tu><tuv xml:lang="zh"><seg>他走了。</seg></tuv><tuv xml:lang="en"><seg>He left.</seg></tuv></tu>
<tu><tuv xml:lang="zh"><seg>无人</seg></tuv><tuv xml:lang="fr"><seg>personne</seg></tuv></tu>
</body></tmx>
"""


def test_tbx_of_the_second_version_gives_the_terms_of_each_concept(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(TBX2, encoding="utf-16")
    assert read_dictionary(path) == {"灯塔": ("lighthouse", "beacon"), "航标灯": ("lighthouse", "beacon")}


@pytest.mark.parametrize(
    ("style", "note"),
    [
        ("dca", '<descrip type="subjectField">灯</descrip>'),
        ("dct", "<basic:subjectField>灯</basic:subjectField>"),
    ],
)
def test_tbx_of_the_third_version_is_read_in_both_styles(tmp_path: Path, style: str, note: str) -> None:
    path = tmp_path / "terms.xml"
    path.write_text(TBX3.format(style=style, note=note), encoding="utf-8")
    assert read_dictionary(path) == {"灯塔": ("light house",)}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("attribute", ["xml:lang", "lang"])
def test_tmx_gives_words_and_leaves_sentences_out(tmp_path: Path, encoding: str, attribute: str) -> None:
    path = tmp_path / "terms.tmx"
    text = TMX.format(encoding=encoding, first="en", attribute=attribute)
    path.write_text(text, encoding=encoding, errors="xmlcharrefreplace")
    assert read_dictionary(path) == {"灯塔": ("lighthouse",)}


def test_a_memory_of_sentences_is_told_from_a_glossary(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    tu = "<tu><tuv xml:lang='zh'><seg>他走了。</seg></tuv><tuv xml:lang='en'><seg>He left.</seg></tuv></tu>"
    path.write_text(f"<tmx><body>{tu}</body></tmx>", encoding="utf-8")
    assert refusal(path) == "error.dictionary_sentences"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY l0 "ha">{LAUGHS}',
        '<!ENTITY l9 SYSTEM "file:///etc/hostname">',
        '<!ENTITY % far SYSTEM "http://localhost:9/x.dtd"> %far;',
    ],
)
def test_declared_entities_are_refused_and_nothing_is_fetched(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "bomb.tbx"
    body = TBX3.format(style="dca", note="").replace("light", "&l9;light")
    path.write_text(f"<!DOCTYPE tbx [{declared}]>{body}", encoding="utf-8")
    assert refusal(path) == "error.dictionary_entities"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("<html><body>灯塔 lighthouse</body></html>", "error.dictionary_markup"),
        (TBX2[:-40], "error.dictionary_unreadable"),
        ("<tbx>" + "<a>" * 5000, "error.dictionary_unreadable"),
        ("<?xml version='1.0' encoding='klingon'?><tbx/>", "error.dictionary_unreadable"),
        ("<tbx><text/></tbx>", "error.dictionary_empty"),
        ("<tbx>&undeclared;</tbx>", "error.dictionary_unreadable"),
        ("lighthouse\tbeacon\n", "error.dictionary_empty"),
        ("他走了。\tHe left.\n", "error.dictionary_sentences"),
        ('灯塔,"' + "a" * 200_000, "error.dictionary_unreadable"),
    ],
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "words.xml"
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == key


def refusal(path: Path) -> str:
    """The key of the error that reading the file ends in; its sentence names the file."""
    with pytest.raises(AnnotatorError) as caught:
        read_dictionary(path)
    assert str(path) in str(caught.value)
    return caught.value.key


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.u8") == "error.dictionary_missing"
    assert refusal(tmp_path) == "error.dictionary_not_file"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert refusal(tmp_path / "pipe") == "error.dictionary_not_file"


def test_more_equivalents_than_any_dictionary_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST", 3)
    path = tmp_path / "words.tsv"
    path.write_text("灯\ta|b\n塔\tc|d\n", encoding="utf-8")
    assert refusal(path) == "error.dictionary_many"


def test_reading_stops_when_asked_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "words.u8"
    path.write_text(CEDICT, encoding="utf-8")
    with pytest.raises(Cancelled):
        read_dictionary(path, Job(is_cancelled=lambda: True))
    assert not list((tmp_path / "home").rglob("*.msgpack"))


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "words.u8"
    path.write_text(CEDICT, encoding="utf-8")
    expected = read_dictionary(path)
    (kept,) = (tmp_path / "home").rglob("*.msgpack")
    for damage in (kept.read_bytes()[:-3], b"\0\0\0\1\xc1", b""):
        kept.write_bytes(damage)
        assert read_dictionary(path) == expected


def test_an_archive_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "LARGEST", 100_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("words.u8", b"\0" * 10_000_000)
    assert refusal(path) == "error.dictionary_large"


def test_an_archive_of_countless_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1001):
            archive.writestr(str(number), "")
    assert refusal(path) == "error.dictionary_unreadable"


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST", 10_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"\0" * 1_000_000))
    with pytest.raises(AnnotatorError) as caught:
        read_dictionary(path)
    assert caught.value.key == "error.dictionary_large"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "error.dictionary_empty"),
        (b"\xff\xfe\xff", "error.dictionary_unreadable"),
        (b"PK\x03\x04", "error.dictionary_unreadable"),
        (b"\x1f\x8b", "error.dictionary_unreadable"),
    ],
)
def test_what_is_no_dictionary_is_told(tmp_path: Path, data: bytes, key: str) -> None:
    path = tmp_path / "words.u8"
    path.write_bytes(data)
    with pytest.raises(AnnotatorError) as caught:
        read_dictionary(path)
    assert caught.value.key == key
