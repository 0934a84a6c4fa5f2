"""Exporting: the file is there whole or as it was before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from making import document, project

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.extend import Corpus, exporter_named
from annotator.services.exporting import (
    Selection,
    atomic,
    export,
    in_the_way,
    make_options,
    options_of,
    preview,
)


@pytest.fixture
def corpus() -> Corpus:
    return Corpus(project(), (document(),), 1, "mei")


def default(name: str) -> Any:
    return make_options(exporter_named(name), {})


def test_an_export_is_the_only_thing_left_in_the_folder(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")
    report = export(corpus, "json", default("json"), path)
    assert report.documents == 1
    assert path.read_bytes().startswith(b'{"format":"bitext-export/1"')
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


def failing() -> Iterator[Document]:
    yield document()
    raise AnnotatorError("error.no_document", document="x")


def test_an_export_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(AnnotatorError):
        export(Corpus(project(), failing(), 2), "json", default("json"), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.json"]


def test_a_cancelled_export_leaves_nothing(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as raised:
        export(corpus, "jsonl", default("jsonl"), tmp_path / "out", Job(is_cancelled=lambda: True))
    assert raised.value.key == "error.cancelled"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(corpus: Corpus, tmp_path: Path) -> None:
    for path, key in (
        (tmp_path / "none" / "out.json", "error.export_write"),
        (tmp_path, "error.export_folder"),
    ):
        with pytest.raises(AnnotatorError) as raised:
            export(corpus, "json", default("json"), path)
        assert raised.value.key == key
        assert str(path) in str(raised.value)


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are other things there")
def test_a_pipe_is_written_to_and_not_replaced(corpus: Corpus, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        export(corpus, "json", default("json"), pipe)
        assert os.read(reader, 20).startswith(b'{"format"')
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right there")
def test_a_link_to_a_file_stays_a_link(corpus: Corpus, tmp_path: Path) -> None:
    target = tmp_path / "real.json"
    target.write_text("old", encoding="utf-8")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    export(corpus, "json", default("json"), link)
    assert link.is_symlink()
    assert target.read_bytes().startswith(b'{"format"')


def test_a_full_disk_is_an_expected_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AnnotatorError) as raised, atomic(tmp_path / "out") as out:
        out.write(b"x")
    assert raised.value.key == "error.export_write"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["json", "jsonl", "conll"])
def test_a_preview_is_the_beginning_of_the_export(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out"
    export(Corpus(project(), (document(),), 1, "mei"), name, default(name), path)
    whole = path.read_text(encoding="utf-8")
    for limit in (10, 200, 1_000_000):
        shown = preview(Corpus(project(), (document(),), 1, "mei"), name, default(name), limit)
        assert shown == whole[:limit]


def test_options_are_held_against_their_choices() -> None:
    conll = exporter_named("conll")
    assert {option.name for option in options_of(conll)} >= {"scheme", "unit", "side", "overlaps", "comments"}
    for given, key in (
        ({"scheme": "iob1"}, "error.option_value"),
        ({"comments": "yes"}, "error.option_value"),
        ({"colour": "red"}, "error.no_option"),
    ):
        with pytest.raises(AnnotatorError) as raised:
            make_options(conll, given)
        assert raised.value.key == key


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(AnnotatorError) as raised:
        exporter_named("docx")
    assert "conll, conllu, doccano" in str(raised.value)


def test_it_is_known_beforehand_what_lies_in_the_way(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    options = default("labelstudio")
    assert in_the_way(corpus.project, "labelstudio", options, path, Selection()) == []
    report = export(corpus, "labelstudio", options, path, None, Selection(manifest=True))
    found = in_the_way(corpus.project, "labelstudio", options, path, Selection(manifest=True))
    assert sorted(found) == sorted(report.files) == sorted(tmp_path.iterdir())
    parts = Selection(split="50/50")
    assert in_the_way(corpus.project, "jsonl", default("jsonl"), tmp_path, parts) == [tmp_path]
    assert in_the_way(corpus.project, "jsonl", default("jsonl"), tmp_path / "new", parts) == []
