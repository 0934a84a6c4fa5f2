"""What other programs make of the exports: each is read by the library that its users read it with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from roundtrips import read_back, written

from annotator.core.document import Document
from annotator.core.links import LinkTable
from annotator.core.spans import SpanTable
from annotator.extend import Corpus, File, exporter_named
from annotator.formats.archive import unpacked
from annotator.services.exporting import Selection, export, make_options


def saved(corpus: Corpus, name: str, path: Path, **options: Any) -> Path:
    path.write_bytes(written(corpus, name, **options)[0])
    return path


def archived(data: bytes) -> dict[str, str]:
    return {one.name: one.data.decode() for one in unpacked(File("", data))}


def test_translate_toolkit_reads_the_tmx(corpus: Corpus, document: Document) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="not installed: translate-toolkit")
    data, _ = written(corpus, "tmx")
    store = tmx.tmxfile.parsestring(data)
    store.sourcelanguage, store.targetlanguage = "zh-CN", "en"
    units = [(unit.source, unit.target) for unit in store.units]
    assert units == [(document.row_text(row, "zh"), document.row_text(row, "en")) for row in range(4)]


def test_spreadsheet_libraries_read_the_workbook_and_find_no_formula(
    corpus: Corpus, document: Document, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="not installed: openpyxl")
    import python_calamine

    text = "=1+1 雪"
    dangerous = document.evolve(zh=text + document.zh[len(text) :])
    dangerous = dangerous.evolve(spans=SpanTable(), links=LinkTable())
    path = saved(Corpus(corpus.project, (dangerous,), 1), "xlsx", tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(path)["pairs"]
    assert sheet["F2"].value == dangerous.row_text(0, "zh")
    assert sheet["F2"].value.startswith("=1+1")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("pairs").to_python()
    assert rows[2][5] == document.row_text(1, "zh")


def test_label_studio_finds_every_region_in_its_pane(corpus: Corpus, tmp_path: Path) -> None:
    options = make_options(exporter_named("labelstudio"), {})
    export(corpus, "labelstudio", options, tmp_path / "tasks.json")
    config = ElementTree.parse(tmp_path / "tasks.config.xml").getroot()
    panes = {one.get("name"): str(one.get("value")).removeprefix("$") for one in config.iter("Text")}
    tags = {one.get("name"): one.get("toName") for one in config.iter("Labels")}
    values = {one.get("value") for one in config.iter("Label")}
    (task,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    regions = {}
    for item in task["annotations"][0]["result"]:
        if item["type"] == "labels":
            assert tags[item["from_name"]] == item["to_name"]
            value = item["value"]
            assert task["data"][panes[item["to_name"]]][value["start"] : value["end"]] == value["text"]
            assert set(value["labels"]) <= values
            regions[item["id"]] = item
    relations = [one for one in task["annotations"][0]["result"] if one["type"] == "relation"]
    assert len(regions) == 14
    assert all({one["from_id"], one["to_id"]} <= regions.keys() for one in relations)
    assert len(relations) == 6


def test_every_prodigy_task_is_a_spacy_doc(corpus: Corpus) -> None:
    spacy = pytest.importorskip("spacy", reason='not installed: pip install "annotator[spacy]"')
    from spacy.tokens import Doc

    for unit in ("char", "word"):
        for line in written(corpus, "prodigy", unit=unit)[0].decode().splitlines():
            task = json.loads(line)
            tokens = task["tokens"]
            words, spaces = [one["text"] for one in tokens], [one["ws"] for one in tokens]
            doc = Doc(spacy.blank("xx").vocab, words=words, spaces=spaces)
            assert doc.text == task["text"]
            for span in task["spans"]:
                marked = doc[span["token_start"] : span["token_end"] + 1]
                assert (marked.start_char, marked.end_char) == (span["start"], span["end"])


def test_brat_finds_every_text_at_its_place(corpus: Corpus) -> None:
    for layout in ("document", "interleaved"):
        files = {
            one.name: one.data.decode()
            for one in unpacked(File("", written(corpus, "brat", layout=layout)[0]))
        }
        types = {line.strip() for line in files["annotation.conf"].split("[relations]")[0].splitlines()}
        for name in files:
            if not name.endswith(".ann"):
                continue
            text = files[name.replace(".ann", ".txt")]
            for line in files[name].splitlines():
                if line.startswith("T"):
                    _, place, quote = line.split("\t")
                    label, *numbers = place.replace(";", " ").split(" ")
                    pairs = zip(numbers[::2], numbers[1::2], strict=True)
                    assert " ".join(text[int(start) : int(end)] for start, end in pairs) == quote
                    assert label in types


def test_conllu_libraries_read_words_and_entities(corpus: Corpus, document: Document) -> None:
    conllu = pytest.importorskip("conllu", reason="not installed: conllu")
    pytest.importorskip("udapi", reason="not installed: udapi")
    from udapi.core.document import Document as Treebank

    text = written(corpus, "conllu")[0].decode()
    sentences = conllu.parse(text)
    assert sentences[0].metadata["text"] == "𠮷田的春天"
    assert all([token["head"] for token in one].count(0) == 1 for one in sentences)
    treebank = Treebank()
    treebank.from_conllu_string(text)
    mentions = [one for entity in treebank.coref_entities for one in entity.mentions]
    words = {mention.words[0].form for mention in mentions}
    assert {"Yoshida", "Peking", "𠮷"} <= words
    assert len(mentions) == len(document.spans) + 3
    assert any(len({m.words[0].root.sent_id[:9] for m in e.mentions}) == 2 for e in treebank.coref_entities)


def test_entities_of_different_documents_are_different(corpora: Corpus) -> None:
    pytest.importorskip("udapi", reason="not installed: udapi")
    from udapi.core.document import Document as Treebank

    treebank = Treebank()
    treebank.from_conllu_string(written(corpora, "conllu")[0].decode())
    homes = [
        {one.words[0].root.sent_id.partition(".")[0] for one in entity.mentions}
        for entity in treebank.coref_entities
    ]
    assert sorted(map(tuple, homes)) == [("letter",)] * 14 + [("spring",)] * 9


def test_the_mentions_of_an_entity_are_of_one_kind(corpus: Corpus, document: Document) -> None:
    link = document.links.get("link00000099")
    assert link is not None
    made = document.evolve(links=LinkTable([replace(link, type="SAME", b="span00000012")]))
    text = written(Corpus(corpus.project, (made,), 1), "conllu")[0].decode()
    kinds = set(re.findall(r"\((e\d+)-(\w+)-1-label:(?:PERSON|PLACE)", text))
    assert len({key for key, _ in kinds}) == len(kinds)
    assert {span.label for found in read_back("conllu", text.encode()).documents for span in found.spans} >= {
        "PERSON", "PLACE"
    }  # fmt: skip


@pytest.mark.clients
def test_the_validator_of_universal_dependencies_has_nothing_to_say(corpora: Corpus, tmp_path: Path) -> None:
    pytest.importorskip("udtools", reason='not installed: pip install "annotator[clients]"')
    path = saved(corpora, "conllu", tmp_path / "all.conllu")
    program = Path(sys.executable).with_name("udvalidate")
    # Texts stay as they are, composed or not.
    options = ("--lang", "ud", "--level", "2", "--coref", "--exclude", "unicode-normalization")
    run = subprocess.run([program, *options, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_tags_are_strict_bio_and_bioes(corpus: Corpus) -> None:
    for scheme in ("bio", "bioes"):
        for block in written(corpus, "conll", scheme=scheme, comments=False)[0].decode().split("\n\n"):
            tags = [line.split("\t")[1] for line in block.split("\n") if line]
            for before, tag in zip(["O", *tags], [*tags, "O"], strict=True):
                if tag[0] in "IE":
                    assert before[0] in "BI"
                    assert before[2:] == tag[2:]
                if scheme == "bioes" and before[0] in "BI":
                    assert tag[0] in "IE"


def test_cassis_gives_back_text_and_mentions_and_utf16_stands_on_the_wire(
    corpus: Corpus, document: Document
) -> None:
    cassis = pytest.importorskip("cassis", reason='not installed: pip install "annotator[xmi]"')
    files = {one.name: one.data.decode() for one in unpacked(File("", written(corpus, "xmi")[0]))}
    cas = cassis.load_cas_from_xmi(
        files["spring.xmi"], typesystem=cassis.load_typesystem(files["TypeSystem.xml"])
    )
    view = cas.get_view("zh")
    assert view.sofa_string == document.zh
    mentions = view.select("webanno.custom.Mention")
    assert {one.get_covered_text() for one in mentions} == {one.quote for one in document.spans.ordered("zh")}
    root = ElementTree.fromstring(files["spring.xmi"])
    wire = next(one for one in root if one.get("identifier") == "span00000003")
    units = document.zh.encode("utf-16-le")
    assert (
        units[2 * int(wire.get("begin", 0)) : 2 * int(wire.get("end", 0))].decode("utf-16-le") == "𠮷田洋子"
    )


def test_every_pointer_of_the_tei_has_its_target(corpus: Corpus, document: Document) -> None:
    etree = pytest.importorskip("lxml.etree", reason="not installed: lxml")
    root = etree.fromstring(written(corpus, "tei")[0])
    key = "{http://www.w3.org/XML/1998/namespace}id"
    ids = [one.get(key) for one in root.iter() if one.get(key)]
    assert len(ids) == len(set(ids))
    pointers = [
        part
        for one in root.iter()
        for name in ("target", "from", "to", "ana")
        for part in (one.get(name) or "").split()
    ]
    assert {one.removeprefix("#") for one in pointers} <= set(ids)
    tei = "{http://www.tei-c.org/ns/1.0}"
    texts = ["".join(one.itertext()) for one in root.iter(f"{tei}ab")]
    assert texts == [document.zh, document.en]


def test_the_page_is_whole_by_itself_and_runs_nothing(corpus: Corpus) -> None:
    html = pytest.importorskip("lxml.html", reason="not installed: lxml")
    page = written(corpus, "html", page_language="zh")[0].decode()
    root = html.fromstring(page)
    assert not root.xpath("//script | //link | //img | //iframe | //@src | //@href | //@onclick")
    cells = [one.text_content() for one in root.xpath("//td")]
    assert cells[2].replace("\u2060", "") == "三月二日2，𠮷田洋子1回到北京大学3🎉。"
    assert "人物" in page


def test_what_a_text_says_is_never_markup(corpus: Corpus, document: Document) -> None:
    evil = '<script>alert("&")</script>'
    made = document.evolve(
        en=document.en.replace("Nobody minded.", evil),
        spans=type(document.spans)(),
        links=type(document.links)(),
    )
    start = made.en.index(evil)
    pairs = [
        *document.pairs[:4],
        type(document.pairs[4])(id="pair00000005", en=((start, start + len(evil)),)),
    ]
    made = made.evolve(pairs=type(document.pairs)(pairs))
    for name in ("html", "tei", "tmx"):
        data, _ = written(Corpus(corpus.project, (made,), 1), name)
        assert b"<script>" not in data


@pytest.mark.clients
def test_spacy_has_its_docs_and_can_train_on_them(corpus: Corpus) -> None:
    spacy = pytest.importorskip("spacy", reason='not installed: pip install "annotator[clients]"')
    from spacy.tokens import DocBin
    from spacy.training import Example

    nlp = spacy.blank("xx")
    docs = list(DocBin().from_bytes(written(corpus, "spacy")[0]).get_docs(nlp.vocab))
    found = {(span.text, span.label_, span.id_) for doc in docs for span in doc.spans["sc"]}
    assert ("𠮷田洋子", "PERSON", "span00000003") in found
    assert ("北京", "PLACE", "span00000005") in found
    assert all(not doc.ents or doc.has_annotation("ENT_IOB") for doc in docs)
    nlp.add_pipe("ner")
    nlp.add_pipe("spancat", config={"spans_key": "sc"})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    nlp.initialize(lambda: examples)
    assert nlp.update(examples)["spancat"] >= 0


@pytest.mark.clients
def test_datasets_polars_and_duckdb_read_the_parts(
    corpus: Corpus, document: Document, tmp_path: Path
) -> None:
    datasets = pytest.importorskip("datasets", reason='not installed: pip install "annotator[clients]"')
    polars = pytest.importorskip("polars", reason='not installed: pip install "annotator[clients]"')
    duckdb = pytest.importorskip("duckdb", reason='not installed: pip install "annotator[clients]"')
    many = [document.evolve(id=f"doc{number}") for number in range(10)]
    folder = tmp_path / "data"
    selection = Selection(split="80/10/10", manifest=True)
    options = make_options(exporter_named("parquet"), {})
    export(Corpus(corpus.project, many, 10, "mei"), "parquet", options, folder, None, selection)
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {name: len(part) for name, part in loaded.items()} == {"train": 40, "validation": 5, "test": 5}
    row = loaded["train"][1]
    assert all(row[one["side"]][one["start"] : one["end"]] == one["quote"] for one in row["spans"])
    frame = polars.read_parquet(folder / "train.parquet")
    quotes = frame.explode("spans").unnest("spans").filter(polars.col("label") == "PERSON")["quote"]
    assert "𠮷田洋子" in quotes.to_list()
    query = f"select count(*) from (select unnest(spans) from '{folder / 'train.parquet'}')"
    assert duckdb.sql(query).fetchall() == [(8 * 17,)]


def test_the_json_of_w3c_keeps_to_the_model(corpus: Corpus) -> None:
    page = json.loads(written(corpus, "w3c")[0])
    texts = {one["id"]: one["value"] for one in page["texts"]}
    ids = {one["id"] for one in page["items"]}
    for one in page["items"]:
        if one["motivation"] == "linking":
            assert set(one["target"]) <= ids
            continue
        position, quote = one["target"]["selector"]
        text = texts[one["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])


def test_doccano_offsets_are_those_of_its_page(corpus: Corpus) -> None:
    for line in written(corpus, "doccano", relations=True, layout="interleaved")[0].decode().splitlines():
        item = json.loads(line)
        units = item["text"].encode("utf-16-le")
        quotes = {
            units[2 * one["start_offset"] : 2 * one["end_offset"]].decode("utf-16-le")
            for one in item["entities"]
        }
        assert {"𠮷田洋子", "Peking University"} <= quotes
        numbers = {one["id"] for one in item["entities"]}
        assert all({one["from_id"], one["to_id"]} <= numbers for one in item["relations"])
        assert len(item["relations"]) == 6
