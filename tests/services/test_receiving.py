"""Annotations from files of which some are damaged, and whose format nobody said."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from making import document, link, project, session, span, with_spans

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.core.session import Session
from annotator.extend import Corpus, exporters, importers
from annotator.services.exporting import export, make_options
from annotator.services.labelnames import matched_labels
from annotator.services.receiving import hold_annotations, receive, recognise
from annotator.services.taking import take


def corpus() -> Corpus:
    base = document()
    one, two = span(base, "zh", "顾岚"), span(base, "en", "Gu Lan")
    return Corpus(project(), [with_spans(base, [one, two], [link(one, two)])], 1, "ann", ("doc1",))


def written(folder: Path, name: str) -> Path:
    out = folder / f"{name}{exporters()[name].suffixes[0]}"
    export(corpus(), name, make_options(exporters()[name], {}), out)
    return out


def item(path: Path, *labels: str, text: str = "顾岚在海口。") -> Path:
    record = {"text": text, "label": [[0, 2, label] for label in labels]}
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(importers()))
def test_a_format_is_recognised_by_what_it_says(tmp_path: Path, name: str) -> None:
    needs = importers()[name].needs
    if needs is not None and not needs.installed:
        pytest.skip(f"not installed: {needs.command}")
    assert recognise([written(tmp_path, name)]) == name


def test_what_nobody_knows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(AnnotatorError) as caught:
        recognise([path])
    assert caught.value.key == "error.read_unknown"


def test_a_format_whose_library_is_missing_says_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.extend.find_spec", lambda _: None)
    (tmp_path / "x.spacy").write_bytes(b"x")
    with pytest.raises(AnnotatorError) as caught:
        recognise([tmp_path / "x.spacy"])
    assert caught.value.key == "error.format_extra"


def test_damaged_files_and_missing_ones_keep_no_other_from_being_read(tmp_path: Path) -> None:
    good = [item(tmp_path / f"{name}.jsonl", "PERSON") for name in ("a", "c")]
    (tmp_path / "b.jsonl").write_text('{"text": 3', encoding="utf-8")
    got = receive("doccano", [tmp_path, tmp_path / "gone.jsonl"])
    assert [one.file for one in got.failures] == ["gone.jsonl", "b.jsonl"]
    assert (got.files, len(got.reading.documents)) == (2, len(good))


def test_where_nothing_can_be_read_the_reason_is_given(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"text": 3', encoding="utf-8")
    with pytest.raises(AnnotatorError) as caught:
        receive("doccano", [tmp_path])
    assert caught.value.key == "error.read_damaged"
    with pytest.raises(AnnotatorError) as caught:
        receive("conll", [tmp_path])
    assert caught.value.key == "error.read_nothing"


def test_files_of_one_stem_stay_together_when_others_are_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, "brat")) as archive:
        archive.extractall(tmp_path / "brat")
    (tmp_path / "brat" / "x.txt").write_bytes(b"\xff\xfe\xff")
    got = receive("brat", [tmp_path / "brat"])
    assert [one.file for one in got.failures] == ["x.txt"]
    assert {span.quote for found in got.reading.documents for span in found.spans} == {"顾岚", "Gu Lan"}


def test_a_reading_can_be_stopped(tmp_path: Path) -> None:
    path = item(tmp_path / "a.jsonl", "PERSON")
    stopped = Job(is_cancelled=lambda: True)
    for work in (lambda: receive("doccano", [path], None, stopped), lambda: recognise([path], stopped)):
        with pytest.raises(Cancelled):
            work()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.jsonl", True), ("a.conll", True), ("a.ann", True), ("a.txt", False), ("a.tsv", False)],
)
def test_only_endings_that_no_text_has_are_taken_for_annotations(
    tmp_path: Path, name: str, expected: bool
) -> None:
    (tmp_path / name).touch()
    assert hold_annotations([tmp_path / name]) is expected
    assert hold_annotations([tmp_path]) is expected
    (tmp_path / "project.json").write_text('{"format": "bitext-project/1"}', encoding="utf-8")
    assert hold_annotations([tmp_path]) is False


@pytest.fixture
def opened() -> Session:
    return session(document())


def test_each_label_becomes_what_was_said(opened: Session, tmp_path: Path) -> None:
    text = document().row_text(1, "zh")
    labels = ("per", "ORG", "MISC", "TOWN", "OTHER")
    got = receive("doccano", [item(tmp_path / "a.jsonl", *labels, text=text)])
    assert matched_labels(opened.project, got.reading) == {
        "per": (1, "PERSON"), "ORG": (1, None), "MISC": (1, None), "TOWN": (1, None), "OTHER": (1, None),
    }  # fmt: skip
    taken = take(opened, got.reading, names={"ORG": "PLACE", "MISC": ""}, new_labels={"TOWN"})
    spans = [change.after.label for part in taken.edit.parts for change in part.spans]
    assert sorted(spans) == ["PERSON", "PLACE", "TOWN"]
    assert taken.labels == ("TOWN",)
    assert {(loss.key, loss.example) for loss in taken.losses} == {
        ("loss.read_left_out", "MISC"),
        ("loss.read_label", "OTHER"),
    }


def test_a_label_can_be_new_though_its_name_means_one_of_the_project(opened: Session, tmp_path: Path) -> None:
    text = document().row_text(1, "zh")
    got = receive("doccano", [item(tmp_path / "a.jsonl", "per", "per", text=text)])
    taken = take(opened, got.reading, new_labels={"per"})
    assert taken.labels == ("per",)
    assert (taken.spans, taken.already) == (1, 1)


def test_documents_are_not_added_unless_they_may_be(opened: Session, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("zh\ten\n春天来了。\tSpring is here.\n", encoding="utf-8")
    reading = receive("tsv", [path]).reading
    assert len(take(opened, reading).added) == 1
    taken = take(opened, reading, add_documents=False)
    assert (taken.added, taken.edit.empty) == ((), True)
    assert [loss.key for loss in taken.losses] == ["loss.read_new_document"]
