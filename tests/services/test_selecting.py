"""What goes out whichever the format: parts, chosen labels, numbers for names, a manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from making import document, link, project, span, with_spans
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.labels import Label
from annotator.core.project import Annotator
from annotator.extend import Corpus, exporter_named
from annotator.services.exporting import Selection, export, make_options
from annotator.services.selecting import select, split


def annotated(doc: str) -> Document:
    base = document(doc=doc)
    one, two = span(base, "zh", "顾岚"), span(base, "en", "Gu Lan")
    three = replace(span(base, "zh", "海口", "PLACE/town"), by="Li Hua")
    return with_spans(base, [one, two, three], [link(one, two)])


@pytest.fixture
def corpus() -> Corpus:
    ids = tuple(f"doc{number}" for number in range(10))
    labels = (*project().labels, Label(id="PLACE/town", name={"en": "Town"}, color="#17957A", parent="PLACE"))
    record = replace(project(*labels), annotators=(Annotator(id="ann"), Annotator(id="Li Hua")))
    return Corpus(record, [annotated(one) for one in ids], 10, "ann", ids)


def exported(corpus: Corpus, path: Path, name: str = "jsonl", **selection: Any) -> None:
    export(corpus, name, make_options(exporter_named(name), {}), path, None, Selection(**selection))


def test_parts_are_drawn_by_document_and_again_the_same(corpus: Corpus) -> None:
    parts = split(corpus, Selection(split="80/10/10"))
    assert {name: part.count for name, part in parts.items()} == {"train": 8, "dev": 1, "test": 1}
    ids = [one for part in parts.values() for one in part.ids]
    assert sorted(ids) == sorted(corpus.ids)
    assert parts["test"].ids == split(corpus, Selection(split="80/10/10"))["test"].ids
    others = {split(corpus, Selection(split="80/10/10", seed=seed))["test"].ids for seed in range(20)}
    assert len(others) > 3


def test_a_document_more_hardly_moves_the_others(corpus: Corpus) -> None:
    more = Corpus(corpus.project, [*corpus.documents, annotated("new")], 11, "ann", (*corpus.ids, "new"))
    before, after = (set(split(one, Selection(split="50/50"))["train"].ids) for one in (corpus, more))
    assert len(before - after) <= 1


@pytest.mark.parametrize("shares", ["80", "a/b", "1/2/3/4", "0/1", "-1/2", ""])
def test_shares_that_are_none_are_refused(corpus: Corpus, shares: str) -> None:
    if not shares:
        assert list(split(corpus, Selection())) == [""]
        return
    with pytest.raises(AnnotatorError) as caught:
        split(corpus, Selection(split=shares))
    assert caught.value.key == "error.split"


def test_chosen_labels_take_those_below_along_and_links_their_ends(corpus: Corpus) -> None:
    (first, *_) = select(corpus, Selection(labels="PLACE")).documents
    assert {one.label for one in first.spans} == {"PLACE/town"}
    assert len(first.links) == 0
    with pytest.raises(AnnotatorError) as caught:
        select(corpus, Selection(labels="NONE"))
    assert caught.value.key == "error.no_label"


def test_numbers_stand_for_names(corpus: Corpus, tmp_path: Path) -> None:
    exported(corpus, tmp_path / "x.jsonl", anonymous=True)
    data = (tmp_path / "x.jsonl").read_text(encoding="utf-8")
    assert "Li Hua" not in data
    assert '"by":"ann"' not in data
    people = {one["by"] for line in data.splitlines() for one in json.loads(line)["spans"]}
    assert people == {"annotator-1", "annotator-2"}


def test_a_folder_of_parts_has_a_manifest_that_holds(corpus: Corpus, tmp_path: Path) -> None:
    exported(corpus, tmp_path / "out", split="80/10/10", manifest=True)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {"train.jsonl", "dev.jsonl", "test.jsonl"}
    for name, about in manifest["files"].items():
        data = (tmp_path / "out" / name).read_bytes()
        assert about == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert (manifest["documents"], manifest["spans"], manifest["links"]) == (10, 30, 10)
    assert manifest["program"].startswith("Annotator ")
    lines = (tmp_path / "out" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["doc"] for line in lines} == set(manifest["splits"]["dev"]["documents"])
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_the_same_export_twice_gives_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    for name in ("jsonl", "brat", "xlsx"):
        made = []
        for number in range(2):
            folder = tmp_path / f"{name}{number}"
            exported(corpus, folder, name, split="50/50", manifest=True)
            files = {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
            made.append(files)
        assert made[0] == made[1]


def test_an_archive_is_unpacked_where_no_archive_was_asked_for(corpus: Corpus, tmp_path: Path) -> None:
    exported(corpus, tmp_path / "brat", "brat")
    assert (tmp_path / "brat" / "doc3.zh.ann").is_file()
    exported(corpus, tmp_path / "brat.zip", "brat")
    assert (tmp_path / "brat.zip").read_bytes().startswith(b"PK")


def test_a_folder_with_something_in_it_stays_as_it_is(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(AnnotatorError) as caught:
        exported(corpus, tmp_path / "out", split="80/20")
    assert caught.value.key == "error.export_there"
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine"]


def test_what_belongs_beside_a_file_is_written_beside_it(corpus: Corpus, tmp_path: Path) -> None:
    exported(corpus, tmp_path / "tasks.json", "labelstudio", manifest=True)
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == ["tasks.config.xml", "tasks.json", "tasks.manifest.json"]


def test_stratified_parts_keep_their_sizes(corpus: Corpus) -> None:
    parts = split(corpus, Selection(split="80/10/10", stratify=True))
    assert {name: part.count for name, part in parts.items()} == {"train": 8, "dev": 1, "test": 1}
    assert sorted(one for part in parts.values() for one in part.ids) == sorted(corpus.ids)
