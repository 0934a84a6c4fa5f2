from __future__ import annotations

import json

import pytest
from making import document, link, rejection, span, with_spans
from stored import fresh, plain, project, save, working

from annotator.core.errors import AnnotatorError
from annotator.services.annotate import annotate
from annotator.services.correct import merge_pairs
from annotator.services.mending import correct_text
from annotator.services.opening import open_project


@pytest.fixture
def full():
    base = document()
    one, two = span(base, "zh", "顾岚"), span(base, "en", "Gu Lan")
    three = span(base, "zh", "海口", "PLACE")
    full = with_spans(base, [one, two, three], [link(one, two)])
    turned_down = rejection(span(base, "en", "Haikou", "PERSON"))
    return full.evolve(rejected=full.rejected.evolve((), [turned_down]))


@pytest.fixture
def folder(tmp_path, full):
    return project(tmp_path / "p", full, document(doc="doc2"))


def _notes(folder):
    return folder / "annotations" / "ann" / "doc1.jsonl"


def _change(path, number: int, old: str, new: str) -> bytes:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert old in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new)
    path.write_text("".join(lines), "utf-8")
    return lines[number - 1].encode()


def _count(one) -> int:
    return len(one.spans) + len(one.links) + len(one.rejected)


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (2, '"quote":"顾岚"', '"quote":"顾风"'),
        (2, '"end":', '"end":9'),
        (2, '"start":', '"start":-'),
        (2, '"label":"PERSON"', '"label":""'),
        (2, '"id":', '"id":3,"x":'),
        (2, "{", ""),
        (2, '"t":"span",', ""),
        (5, '"b":"', '"b":"0'),
        (6, '"quote":"Haikou"', '"quote":"Hainan"'),
        (6, '"label":"PERSON"', '"label":""'),
    ],
)
def test_a_damaged_line_is_named_and_kept_aside_and_the_rest_is_usable(
    folder, full, number, old, new
) -> None:
    raw = _change(_notes(folder), number, old, new)
    with working(folder) as opened:
        one = opened.session.document("doc1")
        assert _count(one) < _count(full)
        lines = {problem.line: problem for problem in opened.problems}
        assert number in lines
        assert lines[number].file == "annotations/ann/doc1.jsonl"
        assert str(number) in lines[number].sentence()
        opened.session.do(fresh(opened))
        save(opened)
    (kept,) = (folder / ".journal" / "aside").iterdir()
    assert raw in kept.read_bytes()
    with working(folder) as opened:
        opened.session.document("doc1")
        assert opened.problems == []


def test_an_id_given_twice_is_damage(folder) -> None:
    lines = _notes(folder).read_bytes().splitlines(keepends=True)
    _notes(folder).write_bytes(lines[0] + lines[1] + b"".join(lines[1:]))
    with working(folder) as opened:
        assert len(opened.session.document("doc1").spans) == 3
        assert [problem.line for problem in opened.problems] == [3]


def test_bytes_that_are_no_text_are_damage_of_one_line(folder) -> None:
    lines = _notes(folder).read_bytes().splitlines(keepends=True)
    _notes(folder).write_bytes(lines[0] + b'{"t":"span","id":"\xff\xfe\r\n' + b"".join(lines[1:]))
    with working(folder) as opened:
        assert len(opened.session.document("doc1").spans) == 3
        assert [problem.line for problem in opened.problems] == [2]


def test_a_missing_head_is_named(folder) -> None:
    lines = _notes(folder).read_bytes().splitlines(keepends=True)
    _notes(folder).write_bytes(b"".join(lines[1:]))
    with working(folder) as opened:
        assert len(opened.session.document("doc1").spans) == 3
        assert [problem.details["reason"][:8] for problem in opened.problems] == ["The head"]


def test_damage_is_kept_aside_once_however_often_it_is_met(folder) -> None:
    _change(_notes(folder), 2, "顾岚", "顾风")
    for _ in range(3):
        with working(folder) as opened:
            opened.session.document("doc1")
    assert len(list((folder / ".journal" / "aside").iterdir())) == 1


def test_a_read_only_look_at_damage_writes_nothing(folder) -> None:
    _change(_notes(folder), 2, "顾岚", "顾风")
    opened = open_project(folder, annotator="ann", read_only=True)
    opened.session.document("doc1")
    assert opened.problems
    assert not (folder / ".journal" / "aside").exists()
    opened.store.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"zh":[[0,6]]', '"zh":[[0,6]'),
        ('"zh":[[0,6]]', '"zh":[[0,"6"]]'),
        ('"zh":[[0,6]]', '"zh":[[0,0]]'),
        ('"id":"pair00000001"', '"id":"pair00000000"'),
        ('"lang":"zh-Hans"', '"lang":3'),
        ("bitext-document/1", "something/1"),
    ],
)
def test_a_damaged_document_is_named_and_the_others_open(folder, old, new) -> None:
    path = folder / "docs" / "doc1.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with working(folder) as opened:
        with pytest.raises(AnnotatorError) as caught:
            opened.session.document("doc1")
        assert caught.value.details["file"] == "docs/doc1.json"
        number = caught.value.details["line"]
        if "[[0" in new or "pair" in new:
            assert new in path.read_text("utf-8").splitlines()[number - 1]
        opened.session.do(fresh(opened, "doc2"))


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"format":"x"}', '{"format":"bitext-project/1"}']
)
def test_a_damaged_project_record_is_an_error_with_a_sentence(folder, content) -> None:
    (folder / "project.json").write_text(content)
    with pytest.raises(AnnotatorError):
        open_project(folder, annotator="ann")


def test_a_newer_project_opens_for_reading_only(folder) -> None:
    path = folder / "project.json"
    path.write_text(path.read_text("utf-8").replace("bitext-project/1", "bitext-project/2"), "utf-8")
    with working(folder) as opened:
        assert opened.session.read_only is not None
        assert opened.session.read_only.key == "error.newer_format"
        with pytest.raises(AnnotatorError):
            opened.session.do(fresh(opened))


@pytest.mark.parametrize("name", ["docs/doc1.json", "annotations/ann/doc1.jsonl"])
def test_a_newer_file_can_be_read_but_not_changed(folder, name) -> None:
    path = folder / name
    path.write_text(path.read_text("utf-8").replace("/1", "/2", 1), "utf-8")
    before = path.read_bytes()
    with working(folder) as opened:
        assert len(opened.session.document("doc1").spans) == 3
        with pytest.raises(AnnotatorError) as caught:
            opened.session.do(fresh(opened))
        assert caught.value.key == "error.newer_format"
        opened.session.do(fresh(opened, "doc2"))
        save(opened)
    assert path.read_bytes() == before


def test_a_file_that_leads_out_of_the_project_is_not_read(folder, tmp_path) -> None:
    path = folder / "docs" / "doc1.json"
    path.rename(tmp_path / "out.json")
    path.symlink_to(tmp_path / "out.json")
    with working(folder) as opened:
        with pytest.raises(AnnotatorError) as caught:
            opened.session.document("doc1")
        assert caught.value.key == "error.outside_project"


@pytest.mark.parametrize("name", ["annotations/ann", "docs", ".journal/ann"])
def test_a_folder_that_leads_out_of_the_project_is_refused(folder, tmp_path, name) -> None:
    (folder / name).rename(tmp_path / "out")
    (folder / name).symlink_to(tmp_path / "out")
    with pytest.raises(AnnotatorError) as caught:
        open_project(folder, annotator="ann")
    assert caught.value.key == "error.outside_project"


def test_a_commit_that_would_write_outside_is_refused(folder, tmp_path) -> None:
    own = folder / ".journal" / "ann"
    (own / "staged").mkdir(exist_ok=True)
    (own / "staged" / "0-x").write_text("evil")
    move = {"source": ".journal/ann/staged/0-x", "target": "../evil.txt"}
    (own / "commit.json").write_text(json.dumps({"seq": 99, "moves": [move]}))
    with pytest.raises(AnnotatorError):
        open_project(folder, annotator="ann")
    assert not (tmp_path / "evil.txt").exists()


def test_annotations_are_carried_through_somebody_elses_correction(tmp_path, full) -> None:
    folder = project(tmp_path / "p", full)
    with working(folder, "bob") as opened:
        work = opened.session
        work.do(correct_text(work.document("doc1"), "zh", 0, 1, "大港", by="bob"))
        work.do(correct_text(work.document("doc1"), "en", 0, 4, "Harbour", by="bob"))
        work.do(merge_pairs(work.document("doc1"), 1))
        save(opened)
    with working(folder) as opened:
        one = opened.session.document("doc1")
        assert opened.problems == []
        assert sorted(span.quote for span in one.spans) == sorted(span.quote for span in full.spans)
        assert len(one.links) == 1
        assert [(kept.quote, kept.start) for kept in one.rejections()] == [("Haikou", one.en.index("Haikou"))]
        opened.session.do(fresh(opened))
        save(opened)
        after = plain(opened.session)
    with working(folder) as opened:
        assert plain(opened.session) == after


def test_unsaved_annotations_are_carried_through_a_correction_too(tmp_path, full) -> None:
    folder = project(tmp_path / "p", full)
    with working(folder) as opened:
        one = opened.session.document("doc1")
        at = one.zh.index("谈了")
        opened.session.do(annotate(one, "zh", at, at + 2, "THEME", by="ann"))
    with working(folder, "bob") as opened:
        work = opened.session
        work.do(correct_text(work.document("doc1"), "zh", 0, 1, "大港", by="bob"))
        save(opened)
    with working(folder) as opened:
        assert opened.problems == []
        assert "谈了" in {span.quote for span in opened.session.document("doc1").spans}
        assert opened.session.document("doc1").zh.startswith("大港")
        opened.session.do(fresh(opened))
        after = plain(opened.session)
    with working(folder) as opened:
        assert plain(opened.session) == after
        assert opened.problems == []


def test_annotations_made_after_somebody_elses_correction_are_there_again(tmp_path, full) -> None:
    folder = project(tmp_path / "p", full)
    with working(folder, "bob") as opened:
        work = opened.session
        work.do(correct_text(work.document("doc1"), "zh", 0, 1, "大港", by="bob"))
        save(opened)
    with working(folder) as opened:
        one = opened.session.document("doc1")
        at = one.zh.index("谈了")
        opened.session.do(annotate(one, "zh", at, at + 2, "THEME", by="ann"))
        after = plain(opened.session)
    with working(folder) as opened:
        assert plain(opened.session) == after
        assert opened.problems == []


def test_a_correction_inside_a_span_becomes_part_of_it(tmp_path, full) -> None:
    folder = project(tmp_path / "p", full)
    at = full.zh.index("顾岚")
    with working(folder, "bob") as opened:
        work = opened.session
        work.do(correct_text(work.document("doc1"), "zh", at + 1, at + 2, "嵐嵐", by="bob"))
        save(opened)
    with working(folder) as opened:
        assert "顾嵐嵐" in {span.quote for span in opened.session.document("doc1").spans}


def test_a_text_changed_by_hand_keeps_the_annotations_that_still_fit(folder) -> None:
    path = folder / "docs" / "doc1.json"
    text = path.read_text("utf-8")
    path.write_text(text.replace("飞回海口", "飞回岛上").replace("顾岚在", "顾风在"), "utf-8")
    with working(folder) as opened:
        one = opened.session.document("doc1")
        assert {span.quote for span in one.spans} == {"Gu Lan", "海口"}
        assert len(one.links) == 0
        assert "problem.digest" in {problem.key for problem in opened.problems}
