from __future__ import annotations

import json

import pytest
from making import document, link, span, with_spans
from stored import fresh, project, save, working

from annotator.core.errors import AnnotatorError
from annotator.core.messages import LANGUAGES, speak
from annotator.core.resources import sample_projects
from annotator.services.annotate import mark_done
from annotator.services.checking import check


@pytest.fixture
def folder(tmp_path):
    base = document()
    one, two = span(base, "zh", "顾岚"), span(base, "en", "Gu Lan")
    folder = project(tmp_path / "p", with_spans(base, [one, two], [link(one, two)]))
    with working(folder) as opened:
        opened.session.do(mark_done(opened.session.document("doc1"), [1], True))
        save(opened)
    return folder


def _keys(folder) -> set[str]:
    found = check(folder)
    try:
        for language in LANGUAGES:
            speak(language)
            for problem in found:
                assert problem.sentence() != problem.key
                assert "{" not in problem.sentence().replace("{", "", problem.sentence().count('{"'))
    finally:
        speak("en")
    return {problem.key for problem in found}


@pytest.mark.parametrize(
    "name", sorted(path.parent.name for path in sample_projects().glob("*/project.json"))
)
def test_the_samples_are_sound(name) -> None:
    assert check(sample_projects() / name) == []


def test_a_sound_project_has_no_problems(folder) -> None:
    assert check(folder) == []


def test_a_dictionary_that_cannot_be_read_is_a_warning(folder) -> None:
    (folder / "dictionaries").mkdir()
    (folder / "dictionaries" / "good.tsv").write_text("灯塔\tlighthouse\n", encoding="utf-8")
    assert check(folder) == []
    (folder / "dictionaries" / "broken.tbx").write_text("<tbx><body>", encoding="utf-8")
    (found,) = check(folder)
    assert (found.file, found.severity) == ("dictionaries/broken.tbx", "warning")
    assert _keys(folder) == {"error.dictionary_unreadable"}


NOTES, SHARED, RECORD = "annotations/ann/doc1.jsonl", "docs/doc1.json", "project.json"


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (NOTES, '"quote":"顾岚"', '"quote":"顾风"', "error.span_quote"),
        (NOTES, '"label":"PERSON"', '"label":"ALIEN"', "problem.unknown_label"),
        (NOTES, '"type":"SAME"', '"type":"LIKE"', "problem.unknown_link_type"),
        (NOTES, '"pair":"', '"pair":"x', "problem.unknown_pair"),
        (NOTES, '"sha256":{"zh":"', '"sha256":{"zh":"0', "problem.digest"),
        (NOTES, '"doc":"doc1"', '"doc":"doc7"', "problem.other_id"),
        (NOTES, '"annotator":"ann"', '"annotator":"bob"', "problem.other_id"),
        (NOTES, '"t":"head"', '"t":"toe"', "error.head_missing"),
        (NOTES, '"start":', '"start": ', "problem.form"),
        (NOTES, "annotations/1", "annotations/2", "error.newer_format"),
        (SHARED, '"id":"doc1"', '"id":"doc9"', "problem.other_id"),
        (SHARED, "document/1", "document/3", "error.newer_format"),
        (SHARED, '"zh":[[0,6]]', '"zh":[[1,6]]', "error.document_segments"),
        (SHARED, '"pairs":[', '"pairs":[,', "error.document_damaged"),
        (SHARED, "{\n", "{ \n", "problem.form"),
        (RECORD, '"key": "1"', '"key": "2"', "error.label_key"),
        (RECORD, '"codepoint"', '"utf16"', "error.offsets_unknown"),
        (RECORD, '"title"', '"titel"', "error.project_damaged"),
    ],
)
def test_every_broken_rule_is_named(folder, file, old, new, key) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert key in _keys(folder)
    assert file in {problem.file for problem in check(folder)}


def test_an_annotator_whom_the_record_does_not_name_is_told(folder) -> None:
    path = folder / RECORD
    path.write_text(path.read_text("utf-8").replace('"id": "ann"', '"id": "ben"'), "utf-8")
    (problem,) = check(folder)
    assert (problem.file, problem.key, problem.severity) == (NOTES, "problem.unknown_annotator", "info")


def test_the_line_is_told(folder) -> None:
    path = folder / NOTES
    path.write_text(path.read_text("utf-8").replace('"label":"PERSON"', '"label":"ALIEN"', 1), "utf-8")
    assert [problem.line for problem in check(folder) if problem.key == "problem.unknown_label"] == [2]


def test_spans_out_of_order_are_named(folder) -> None:
    path = folder / NOTES
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[2], lines[1], *lines[3:]]), "utf-8")
    assert _keys(folder) == {"problem.form"}


def test_annotations_without_a_document_are_named(folder) -> None:
    (folder / SHARED).unlink()
    assert _keys(folder) == {"problem.no_document"}


def test_files_with_unsafe_names_are_named(folder) -> None:
    (folder / "docs" / "con.json").write_bytes((folder / SHARED).read_bytes())
    assert "problem.unsafe_name" in _keys(folder)


def test_a_way_out_of_the_project_is_named(folder, tmp_path) -> None:
    (folder / NOTES).rename(tmp_path / "out.jsonl")
    (folder / NOTES).symlink_to(tmp_path / "out.jsonl")
    assert "error.outside_project" in _keys(folder)


def test_the_journals_health_is_told(folder) -> None:
    with working(folder) as opened:
        opened.session.do(fresh(opened))
    assert _keys(folder) == {"problem.journal_waiting"}
    own = folder / ".journal" / "ann"
    with (own / "journal.jsonl").open("ab") as file:
        file.write(b"torn")
    with (own / "history.jsonl").open("r+b") as file:
        file.write(b"00000000")
    (own / "commit.json").write_text(json.dumps({"seq": 9, "moves": []}))
    assert _keys(folder) == {
        "problem.journal_waiting",
        "problem.check_torn",
        "problem.check_history",
        "problem.commit_open",
    }


def test_checking_changes_nothing(folder) -> None:
    with (folder / ".journal" / "ann" / "journal.jsonl").open("ab") as file:
        file.write(b"torn")
    (folder / NOTES).write_bytes((folder / NOTES).read_bytes() + b"junk\n")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert check(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_is_no_project_is_refused(tmp_path) -> None:
    with pytest.raises(AnnotatorError):
        check(tmp_path)
