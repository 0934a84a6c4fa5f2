"""What brat's own server, page and verifier make of the archive, and a library for standoff files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from programs import HERE, Api, await_answer, browser, free_port, installed, running
from roundtrips import linked, written

from annotator.core.span import SIDES
from annotator.extend import Corpus, File, importers
from annotator.formats.archive import unpacked
from annotator.services.reading import read_files


def extracted(corpus: Corpus, folder: Path, layout: str) -> Path:
    folder.mkdir()
    for file in unpacked(File("", written(corpus, "brat", layout=layout)[0])):
        (folder / file.name).write_bytes(file.data)
    return folder


def spelled(label: str) -> str:
    return label.replace("/", "_")


def squeezed(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True)
class Brat:
    """brat's server, the folder that it serves, and the environment in which its programs run."""

    api: Api
    data: Path
    environment: dict[str, str]

    def document(self, folder: str, name: str) -> Any:
        query = f"action=getDocument&collection=%2F{folder}%2F&document={name}&protocol=1"
        return self.api.json(f"/ajax.cgi?{query}")

    def change(self, action: str, folder: str, name: str, **more: str) -> None:
        """Do something that an annotator does in the page."""
        fields = {"action": action, "collection": f"/{folder}/", "document": name, "protocol": "1", **more}
        answer = json.loads(self.api.ask("/ajax.cgi", form=urlencode(fields).encode()))
        assert "exception" not in answer, answer


@pytest.fixture(scope="module")
def brat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brat]:
    home = installed("brat")
    data = tmp_path_factory.mktemp("brat")
    work = tmp_path_factory.mktemp("work")
    environment = {
        "PYTHONPATH": str(home),
        "BRAT_DATA_DIR": str(data),
        "BRAT_WORK_DIR": str(work),
        "BRAT_AUTH_ENABLED": "false",
    }
    port, log = free_port(), work / "log"
    command = (sys.executable, HERE / "brat_server.py", "serve", str(port))
    with running(*command, log=log, cwd=data, environment=environment) as process:
        address = f"http://127.0.0.1:{port}"
        await_answer(process, f"{address}/index.xhtml", log)
        yield Brat(Api(address), data, environment)


@pytest.mark.servers
def test_brats_server_has_every_annotation_at_its_place(corpora: Corpus, brat: Brat) -> None:
    extracted(corpora, brat.data / "sides", "document")
    for document in corpora.documents:
        for side in SIDES:
            answer = brat.document("sides", f"{document.id}.{side}")
            assert answer["messages"] == []
            text = document.text(side)
            assert answer["text"] == text
            found = {
                (kind, squeezed("".join(text[start:end] for start, end in parts)), parts[0][0], parts[-1][1])
                for _, kind, parts in answer["entities"]
            }
            assert found == {
                (spelled(span.label), squeezed(span.quote), span.start, span.end)
                for span in document.spans.ordered(side)
            }
    answer = brat.document("sides", "spring.zh")
    assert answer["attributes"] == [["A5", "Certainty", "T5", "likely"]]
    assert answer["comments"] == [["T3", "AnnotatorNotes", "née Sato"]]


@pytest.mark.servers
def test_brats_server_has_the_links_of_interleaved_sentences(corpora: Corpus, brat: Brat) -> None:
    extracted(corpora, brat.data / "rows", "interleaved")
    for document in corpora.documents:
        answer = brat.document("rows", document.id)
        text = answer["text"]
        quotes = {
            key: squeezed("".join(text[start:end] for start, end in parts))
            for key, _, parts in answer["entities"]
        }
        assert sorted(quotes.values()) == sorted(squeezed(span.quote) for span in document.spans)
        assert {
            (kind, quotes[dict(ends)["Arg1"]], quotes[dict(ends)["Arg2"]])
            for _, kind, ends in answer["relations"]
        } == {(link.type, squeezed(one.quote), squeezed(two.quote)) for link, one, two in linked(document)}


@pytest.mark.servers
def test_what_is_marked_and_linked_in_brat_is_read(corpora: Corpus, brat: Brat) -> None:
    folder = extracted(corpora, brat.data / "edited", "interleaved")
    (document,) = [one for one in corpora.documents if one.id == "letter"]
    text = (folder / "letter.txt").read_text(encoding="utf-8")
    places = {words: (text.index(words), text.index(words) + len(words)) for words in ("鱼", "fish")}
    keys = {}
    for words, (start, end) in places.items():
        brat.change("createSpan", "edited", "letter", type="PLACE", offsets=f"[[{start},{end}]]")
        entities = brat.document("edited", "letter")["entities"]
        keys[words] = next(key for key, _, parts in entities if parts == [[start, end]])
    brat.change("createArc", "edited", "letter", type="RELATED", origin=keys["鱼"], target=keys["fish"])
    files = [File(one.name, one.read_bytes()) for one in sorted(folder.glob("letter.*"))]
    (found,) = read_files(importers()["brat"], files).documents
    assert len(found.spans) == len(document.spans) + 2
    ends = {frozenset((one.quote, two.quote)) for _, one, two in linked(found)}
    assert len(found.links) == len(document.links) + 1
    assert frozenset(("鱼", "fish")) in ends


@pytest.mark.servers
def test_brat_takes_labels_links_and_colours_from_the_configuration(corpora: Corpus, brat: Brat) -> None:
    extracted(corpora, brat.data / "configured", "document")
    query = "action=getCollectionInformation&collection=%2Fconfigured%2F&protocol=1"
    answer = brat.api.json(f"/ajax.cgi?{query}")
    assert answer["messages"] == []
    types = {one["type"]: one for one in answer["entity_types"]}
    assert types.keys() == {"PERSON", "PLACE", "DATE", "THEME"}
    assert [one["type"] for one in types["THEME"]["children"]] == ["THEME_weather"]
    assert (types["PERSON"]["name"], types["PERSON"]["bgColor"]) == ("Person", "#9fbde8")
    assert "SAME" in {one["type"] for one in types["PERSON"]["arcs"]}
    assert types["PLACE"]["attributes"] == ["Certainty"]


@pytest.mark.servers
@pytest.mark.parametrize("layout", ["document", "interleaved"])
def test_brats_verifier_has_nothing_to_say(corpora: Corpus, brat: Brat, layout: str) -> None:
    folder = extracted(corpora, brat.data / f"verified-{layout}", layout)
    files = sorted(folder.glob("*.ann"))
    command = [sys.executable, HERE / "brat_server.py", "verify", *files]
    environment = os.environ | brat.environment
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")
    broken = files[0].read_text(encoding="utf-8").replace("PERSON", "PERSONA")
    files[0].write_text(broken, encoding="utf-8")
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "PERSONA is not a known textbound type" in run.stdout


@pytest.mark.servers
def test_brats_page_draws_every_annotation_and_link(corpora: Corpus, brat: Brat, tmp_path: Path) -> None:
    extracted(corpora, brat.data / "drawn", "interleaved")
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1300, "height": 900})
        for document in corpora.documents:
            page.goto(f"{brat.api.address}/index.xhtml#/drawn/{document.id}")
            page.wait_for_selector("rect[data-span-id]")
            drawn = page.eval_on_selector_all(
                "rect[data-span-id]", "all => all.map(one => one.dataset.spanId)"
            )
            assert len(set(drawn)) == len(document.spans)
            arcs = page.eval_on_selector_all("[data-arc-ed]", "all => all.map(one => one.dataset.arcEd)")
            assert len(set(arcs)) == len(document.links)
            page.screenshot(path=tmp_path / f"{document.id}.png")
            page.goto("about:blank")


@pytest.mark.clients
def test_bratly_reads_texts_annotations_notes_and_relations(corpora: Corpus, tmp_path: Path) -> None:
    bratly = pytest.importorskip("bratly.io", reason='not installed: pip install "annotator[clients]"')
    folder = extracted(corpora, tmp_path / "brat", "interleaved")
    for document in corpora.documents:
        read = bratly.read_and_load_ann_file(
            str(folder / f"{document.id}.ann"), sorting=False, renumerotize=False
        )
        found = {type(one).__name__: [] for one in read.annotations}
        for one in read.annotations:
            found[type(one).__name__].append(one)
        text = (folder / f"{document.id}.txt").read_text(encoding="utf-8")
        quotes = []
        for one in found["EntityAnnotation"]:
            parts = [text[part.start : part.end] for part in one.fragments]
            assert one.content == " ".join(parts)
            quotes.append((one.label, squeezed("".join(parts))))
        assert sorted(quotes) == sorted((spelled(s.label), squeezed(s.quote)) for s in document.spans)
        links = [(one.label, one.argument1[1].content, one.argument2[1].content)
                 for one in found["RelationAnnotation"]]  # fmt: skip
        assert len(links) == len(document.links)
