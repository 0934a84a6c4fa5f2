"""Texts of corpora: the alignment that a file brings along is the one that the document gets."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from texts.test_pairs import workbook
from texts.text_files import notices, pairs, planned, put, zipped

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.pair import PairTable
from annotator.extend import Corpus, exporter_named
from annotator.services.drafts import failing, read_drafts
from annotator.services.importing import build, group, preview, read_sources
from annotator.services.opening import default_project
from annotator.services.options import make_options

ALIGNED = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
<cesAlign version="1.0">
<linkGrp targType="s" fromDoc="en/bridge.xml.gz" toDoc="zh_CN/bridge.xml.gz">
<link xtargets="s1;1" id="SL1" certainty="0.7"/>
<link xtargets="s2 s3;2" id="SL2"/>
<link xtargets="s4;" id="SL3"/>
<link xtargets=";3" id="SL4"/>
<link xtargets="s5;4 5" id="SL5"/>
<link xtargets="s9;5" id="SL6"/>
</linkGrp></cesAlign>"""
OPUS_EN = """<?xml version="1.0"?><document id="b"><CHAPTER ID="1"><P id="1">
<s id="s1"><w id="1.1">The</w><w id="1.2">old</w><w id="1.3">bridge</w><w id="1.4">.</w></s>
<s id="s2">A cat <time id="T1S" value="00:00:01,000"/>lived
 there.</s><s id="s3">It slept.</s>
<s id="s4">Nobody knew.</s><s id="s5">It rained for days.</s></P></CHAPTER></document>"""
OPUS_ZH = """<?xml version="1.0"?><document id="b"><p>
<s id="1"><w>旧</w><w>桥</w><w>。</w></s><s id="2">桥下住着一只猫，它睡着了。</s>
<s id="3">这句没有译。</s><s id="4">下雨了。</s><s id="5">下了好几天。</s></p></document>"""
BEADS = [
    ("旧桥。", "The old bridge."),
    ("桥下住着一只猫，它睡着了。", "A cat lived there. It slept."),
    ("", "Nobody knew."),
    ("这句没有译。", ""),
    ("下雨了。 下了好几天。", "It rained for days."),
]
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>Bridge</title></teiHeader>{}</TEI>"""


def opus(folder: Path, *, packed: bool) -> Path:
    for name, text in (("en/bridge.xml", OPUS_EN), ("zh_CN/bridge.xml", OPUS_ZH), ("en-zh.xml", ALIGNED)):
        path = folder / (name + ".gz" * packed)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return folder / f"en-zh.xml{'.gz' * packed}"


@pytest.mark.parametrize("packed", [False, True])
def test_an_alignment_of_opus_is_kept_bead_by_bead(tmp_path: Path, packed: bool) -> None:
    plan = planned(opus(tmp_path, packed=packed))
    assert pairs(plan) == BEADS
    assert (plan.title, notices(plan)) == ("bridge", {"text.lost_links": 1})
    assert len(plan.files) == 3


def test_the_three_files_of_an_alignment_are_one_document(tmp_path: Path) -> None:
    opus(tmp_path, packed=True)
    (draft,) = read_drafts([tmp_path], "", Job())
    assert draft.plan is not None
    assert pairs(draft.plan) == BEADS
    paths = sorted(tmp_path.rglob("*.gz"))
    (source,) = read_sources([*paths[1:], paths[0]])
    assert source.title == "bridge"


def test_texts_of_an_alignment_may_lie_straight_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "bridge.en.xml", OPUS_EN)
    put(tmp_path, "bridge.zh_CN.xml", OPUS_ZH)
    assert pairs(planned(put(tmp_path, "both.xml", ALIGNED))) == BEADS


def test_texts_of_an_alignment_may_lie_in_an_archive_for_each_language(tmp_path: Path) -> None:
    put(tmp_path, "en.zip", zipped({"Bridge/xml/en/bridge.xml": OPUS_EN, "Bridge/LICENSE": "Free"}))
    put(tmp_path, "zh_CN.zip", zipped({"Bridge/xml/zh_CN/bridge.xml": OPUS_ZH}))
    put(tmp_path, "en-zh_CN.xml.gz", gzip.compress(ALIGNED.encode()))
    (draft,) = read_drafts([tmp_path], "", Job())
    assert draft.plan is not None
    assert pairs(draft.plan) == BEADS


def test_an_alignment_without_its_texts_names_the_one_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as raised:
        read_sources([put(tmp_path, "en-zh.xml", ALIGNED)])
    assert raised.value.key == "error.text_opus_missing"
    assert "en/bridge.xml.gz" in str(raised.value)


def test_an_alignment_reaches_no_file_outside_its_folder(tmp_path: Path) -> None:
    opus(tmp_path, packed=False)
    inner = tmp_path / "inner"
    inner.mkdir()
    for there in ("../en/bridge.xml", str(tmp_path / "en" / "bridge.xml")):
        with pytest.raises(AnnotatorError) as raised:
            read_sources([put(inner, "a.xml", ALIGNED.replace("en/bridge.xml.gz", there))])
        assert raised.value.key == "error.text_opus_missing"


def test_an_alignment_of_many_texts_becomes_as_many_documents(tmp_path: Path) -> None:
    opus(tmp_path, packed=False)
    for name in ("en", "zh_CN"):
        text = (tmp_path / name / "bridge.xml").read_text(encoding="utf-8")
        put(tmp_path, f"{name}/cat.xml", text)
    second = ALIGNED[ALIGNED.index("<linkGrp") :].replace("bridge", "cat")
    french = '<linkGrp fromDoc="en/x.xml" toDoc="fr/x.xml"><link xtargets="1;1"/></linkGrp>'
    path = put(tmp_path, "en-zh.xml", ALIGNED.replace("</cesAlign>", french + second))
    sources = read_sources([path])
    assert [one.title for one in sources] == ["bridge", "cat"]
    assert [pairs(preview(one)) for one in group(sources)] == [BEADS, BEADS]


def test_a_text_of_opus_alone_is_its_sentences(tmp_path: Path) -> None:
    (source,) = read_sources([put(tmp_path, "x.xml", OPUS_EN)])
    assert source.text.split("\n")[:2] == ["The old bridge.", "A cat lived there."]


def test_moses_texts_go_line_by_line_from_a_folder_or_an_archive(tmp_path: Path) -> None:
    files = {"News.en-zh.zh": "旧桥。\n\n下雨。停了。\n", "News.en-zh.en": "A bridge.\nNobody.\nIt rained.\n"}
    wanted = [("旧桥。", "A bridge."), ("", "Nobody."), ("下雨。 停了。", "It rained.")]
    for name, text in files.items():
        put(tmp_path, name, text)
    assert pairs(planned(tmp_path / "News.en-zh.en")) == wanted
    (source,) = read_sources([tmp_path / name for name in files])
    assert pairs(preview([source])) == wanted
    archive = put(tmp_path, "News.zip", zipped({**files, "README": "About", "LICENSE": "Free"}))
    (draft,) = read_drafts([archive], "", Job())
    assert draft.plan is not None
    assert pairs(draft.plan) == wanted


def test_moses_texts_of_unlike_length_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.en-zh.en", "One.\nTwo.\n")
    with pytest.raises(AnnotatorError) as raised:
        read_sources([put(tmp_path, "a.en-zh.zh", "一。\n")])
    assert raised.value.key == "error.text_moses"


def test_a_parallel_tei_text_keeps_its_links(tmp_path: Path) -> None:
    zh = '<s xml:id="z1">旧桥。</s>\n<s xml:id="z2">猫睡了。</s><s xml:id="z3">雨停了。</s>'
    en = '<s xml:id="e1">A bridge.</s> <s xml:id="e2">Rain stopped; the cat slept.</s>'
    links = '<link target="#e1 #z1"/><link target="#z2 #z3 #e2"/>'
    text = (
        f'<text><group><text xml:lang="zh"><body><head>桥</head><p>{zh}</p></body></text>'
        f'<text xml:lang="en"><body><p>{en}</p></body></text></group></text>'
        f'<linkGrp type="alignment">{links}</linkGrp>'
    )
    assert pairs(planned(put(tmp_path, "b.xml", TEI.format(text)))) == [
        ("桥", ""),
        ("旧桥。", "A bridge."),
        ("猫睡了。 雨停了。", "Rain stopped; the cat slept."),
    ]


def test_two_tei_texts_that_point_at_each_other_are_one_document(tmp_path: Path) -> None:
    text = '<text xml:lang="{}"><body><p><seg xml:id="s1" corresp="b_{}.xml#s1">{}</seg>{}</p></body></text>'
    zh = text.format("zh", "en", "旧桥。", '<seg xml:id="s2">雨。</seg>')
    en = text.format("en", "zh", "A bridge.", "")
    put(tmp_path, "b_zh.xml", TEI.format(zh))
    put(tmp_path, "b_en.xml", TEI.format(en))
    (draft,) = read_drafts([tmp_path], "", Job())
    assert draft.plan is not None
    assert pairs(draft.plan) == [("旧桥。", "A bridge."), ("雨。", "")]


def test_an_alignment_in_a_file_of_its_own_joins_two_tei_texts(tmp_path: Path) -> None:
    put(
        tmp_path,
        "zh.xml",
        TEI.format('<text xml:lang="zh"><body><p><s xml:id="a">旧桥。</s></p></body></text>'),
    )
    put(
        tmp_path,
        "en.xml",
        TEI.format('<text xml:lang="en"><body><p><s xml:id="a">Bridge.</s></p></body></text>'),
    )
    links = '<standOff><linkGrp type="translation"><link target="zh.xml#a en.xml#a"/></linkGrp></standOff>'
    put(tmp_path, "align.xml", TEI.format(links))
    (draft,) = read_drafts([tmp_path], "", Job())
    assert draft.plan is not None
    assert pairs(draft.plan) == [("旧桥。", "Bridge.")]


def test_a_tei_text_is_read_as_it_was_meant_to_be(tmp_path: Path) -> None:
    body = (
        "<text><body><div><head>The <choice><sic>Brigde</sic><corr>Bridge</corr></choice></head>"
        "<p>It was <del>very</del> old,<lb/>and <note>sic</note>ruin<lb break='no'/>ed.</p>"
        "<lg><l>One line,</l><l>another.</l></lg><p><s><w>He</w> <w>slept</w> <pc>.</pc></s></p>"
        "<p>旧\n  桥</p></div></body></text>"
    )
    (source,) = read_sources([put(tmp_path, "b.xml", TEI.format(body))])
    assert source.text.split("\n") == [
        "The Bridge",
        "It was old, and ruined.",
        "One line,",
        "another.",
        "He slept.",
        "旧桥",
    ]
    assert {one.key: one.count for one in source.losses} == {"text.lost_deletions": 1, "text.lost_notes": 1}


def test_what_this_program_exports_as_tei_comes_back_as_it_was(tmp_path: Path) -> None:
    plan = planned(put(tmp_path, "news.tsv", "旧桥。\tA bridge, old.\n下雨。停了。\tIt rained.\n"))
    data = build(plan, doc_id="news")
    document = Document(id=data.id, info=data.info, zh=data.zh, en=data.en, pairs=PairTable(data.pairs))
    corpus = Corpus(default_project("News", annotator="ana"), [document], 1)
    out = io.BytesIO()
    exporter = exporter_named("tei")
    exporter.write(corpus, out, make_options(exporter, {}), Job())
    assert pairs(planned(put(tmp_path, "news.xml", out.getvalue()))) == pairs(plan)


def test_a_spreadsheet_of_sketch_engine(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("English", "Chinese, Simplified"),
        ('<doc author="Li Lan">', '<doc author="Li Lan">'),
        ('<seg id="1">A bridge.</seg>', '<seg id="1">旧桥。</seg>'),
        ("Rain. It stopped.", "雨停了。"),
        ("</doc>", "</doc>"),
    ]
    wanted = [("旧桥。", "A bridge."), ("雨停了。", "Rain. It stopped.")]
    assert pairs(planned(put(tmp_path, "c.xlsx", workbook(rows)))) == wanted
    table = "\n".join(",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows)
    assert pairs(planned(put(tmp_path, "c.csv", table))) == wanted


def test_signs_in_a_table_that_look_like_tags_stay(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("zh", "en"),
        ("用<b>粗体</b>。", "Use <b>bold</b>."),
        ("雨。", "Rain."),
    ]
    assert pairs(planned(put(tmp_path, "c.xlsx", workbook(rows))))[0] == (
        "用<b>粗体</b>。",
        "Use <b>bold</b>.",
    )


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><TEI>&b;</TEI>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI><text>&a;</text></TEI>'


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.xml", BOMB, "error.read_xml_entity"),
        ("a.xml", OUTSIDE, "error.read_xml_entity"),
        ("a.xml", "<TEI>" + "<p>" * 300 + "</p>" * 300 + "</TEI>", "error.read_xml_deep"),
        ("a.xml", "<TEI><text>", "error.read_damaged"),
        ("a.xml", "<feed/>", "error.text_xml"),
        ("a.xml", TEI.format("<text><body/></text>"), "error.import_empty"),
        ("a.xml.gz", gzip.compress(bytes(65 << 20), 1, mtime=0), "error.read_large"),
        ("a.txt.gz", gzip.compress(b"x" * 1000, mtime=0)[:-20], "error.text_damaged"),
        ("a.zip", zipped({"a.txt": b"x" * (65 << 20)}), "error.read_large"),
        ("a.zip", b"PK\x03\x04 and no more", "error.text_damaged"),
        ("a.zip", zipped({"a.png": b"x"}), "error.text_no_files"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: str | bytes, key: str) -> None:
    path = put(tmp_path, name, data)
    with pytest.raises(AnnotatorError) as raised:
        read_sources([path])
    assert raised.value.key == key
    (draft,) = read_drafts([path], "", Job())
    assert draft.name.startswith(name)
    assert failing(draft).error
