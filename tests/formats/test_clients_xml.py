"""What TEI's schema and a TEI viewer make of the TEI, and UIMA's own library of the XMI."""

from __future__ import annotations

import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from lxml import etree
from programs import HERE, browser, command, installed
from roundtrips import joined, linked, places, written

from annotator.core.span import SIDES
from annotator.extend import Corpus, File, importers
from annotator.formats.archive import unpacked
from annotator.services.reading import read_files

pytestmark = pytest.mark.servers

UIMA = Path("/usr/share/java/uimaj-core.jar")
# What a viewer shows of each text, and of each span: its words from the first to the last that it points to.
VIEW = """async xml => {
    const shown = await new Promise(done => new CETEI().makeHTML5(xml, done))
    document.body.append(shown)
    const target = id => document.getElementById(id.slice(1)).id.split(".").pop()
    const words = id => document.querySelector(`tei-w[id="${id.slice(1)}"]`)
    return {
        texts: [...document.querySelectorAll("tei-ab")].map(one => one.textContent),
        spans: [...document.querySelectorAll("tei-span")].map(one => {
            const range = document.createRange()
            range.setStartBefore(words(one.getAttribute("from")))
            range.setEndAfter(words(one.getAttribute("to")))
            return [one.id.split(".").pop(), one.getAttribute("n"), range.toString()]
        }),
        links: [...document.querySelectorAll("tei-linkGrp[type=links] tei-link")].map(one => [
            one.getAttribute("n"), ...one.getAttribute("target").split(" ").map(target),
        ]),
    }
}"""


@pytest.mark.parametrize("unit", ["word", "char"])
def test_the_tei_keeps_to_all_of_teis_schema(corpora: Corpus, unit: str, tmp_path: Path) -> None:
    schema = installed("tei", "schemas", "tei_all.rng")
    path = tmp_path / "corpus.xml"
    path.write_bytes(written(corpora, "tei", unit=unit)[0])
    rules = etree.RelaxNG(etree.parse(schema))
    assert rules.validate(etree.parse(path)), rules.error_log
    wrong = (
        path.read_text(encoding="utf-8")
        .replace("<standOff>", "<standoff>")
        .replace("</standOff>", "</standoff>")
    )
    assert not rules.validate(etree.fromstring(wrong.encode()))


def test_jing_has_nothing_to_say(corpora: Corpus, tmp_path: Path) -> None:
    jing = command("jing", "jing")
    schema = installed("tei", "schemas", "tei_all.rng")
    path = tmp_path / "corpus.xml"
    path.write_bytes(written(corpora, "tei")[0])
    run = subprocess.run([jing, schema, path], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")


def test_a_tei_viewer_shows_texts_spans_and_links(corpora: Corpus, tmp_path: Path) -> None:
    library = installed("node", "node_modules", "CETEIcean", "dist", "CETEI.js")
    with browser() as chromium:
        page = chromium.new_page()
        page.set_content("<!DOCTYPE html><title>TEI</title><body></body>")
        page.add_script_tag(path=library)
        shown = page.evaluate(VIEW, written(corpora, "tei")[0].decode())
        page.screenshot(path=tmp_path / "tei.png")
    documents = list(corpora.documents)
    assert shown["texts"] == [document.text(side) for document in documents for side in SIDES]
    spans = [span for document in documents for span in document.spans]
    assert sorted(map(tuple, shown["spans"])) == sorted((one.id, one.label, one.quote) for one in spans)
    links = [link for document in documents for link in document.links]
    assert sorted(map(tuple, shown["links"])) == sorted((one.type, one.a, one.b) for one in links)


def rows_of_uima(folder: Path, name: str) -> list[list[str]]:
    """What UIMA has read, and a file `back.xmi` that it has written."""
    java = command("java", "default-jdk-headless")
    files = (folder / "TypeSystem.xml", folder / name, folder / "back.xmi")
    run = subprocess.run(
        [java, "-cp", UIMA, HERE / "ReadCas.java", *files],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return [line.split("\t") for line in run.stdout.splitlines()]


@pytest.mark.skipif(not UIMA.exists(), reason="not installed: UIMA (Debian's package libuima-core-java)")
def test_uima_has_every_mention_and_link_and_gives_them_back(corpora: Corpus, tmp_path: Path) -> None:
    command("javac", "default-jdk-headless")
    pytest.importorskip("cassis", reason='not installed: pip install "annotator[xmi]"')
    for file in unpacked(File("", written(corpora, "xmi")[0])):
        (tmp_path / file.name).write_bytes(file.data)
    for document in corpora.documents:
        rows = rows_of_uima(tmp_path, f"{document.id}.xmi")
        assert sorted(row[1:] for row in rows if row[0] == "mention") == sorted(
            [span.side, span.quote.replace("\n", "\\n"), span.label, span.id] for span in document.spans
        )
        assert sorted(row[2:] for row in rows if row[0] == "link") == sorted(
            [link.type, link.a, link.b] for link, _, _ in linked(document)
        )
        for side in SIDES:
            tokens = "".join(row[2] for row in rows if row[:2] == ["token", side])
            assert tokens == "".join(document.text(side).split())
        files = [File(name, (tmp_path / name).read_bytes()) for name in ("TypeSystem.xml", "back.xmi")]
        (found,) = read_files(importers()["xmi"], files).documents
        assert dict(found.texts) == {"zh": document.zh, "en": document.en}
        assert places(found.spans) == places(document.spans)
        assert joined(found) == joined(document)


OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>zh-CN</source_lang><target_lang>en</target_lang><sentence_seg>false</sentence_seg>
</project></omegat>
"""


def test_omegat_translates_with_the_tmx_as_its_memory(corpora: Corpus, tmp_path: Path) -> None:
    omegat = command("omegat", "omegat")
    pairs = [
        (document.row_text(row, "zh"), document.row_text(row, "en"))
        for document in corpora.documents
        for row in range(len(document.pairs))
    ]
    both = [pair for pair in pairs if all(pair)]
    project = tmp_path / "project"
    for name in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(OMEGAT, encoding="utf-8")
    (project / "source" / "text.utf8").write_text("\n\n".join(zh for zh, _ in both), encoding="utf-8")
    (project / "omegat" / "project_save.tmx").write_bytes(written(corpora, "tmx")[0])
    settings = ("--mode=console-translate", "--no-team", f"--config-dir={tmp_path / 'settings'}", "--quiet")
    run = subprocess.run([omegat, *settings, project], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    translated = (project / "target" / "text.utf8").read_text(encoding="utf-8")
    # It composes letters and accents that stand apart in the text.
    assert translated.split("\n\n") == [normalize("NFC", en) for _, en in both]
