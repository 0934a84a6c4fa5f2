from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, documents, link, span, with_spans
from msgspec.structs import replace
from stored import WHO, files, fresh, project, save, working

from annotator.core.document import Document, digest
from annotator.core.resources import sample_projects
from annotator.services.annotate import annotate
from annotator.store import annotation_file, annotation_writer, document_file, project_file

SAMPLES = sorted(path.parent.name for path in sample_projects().glob("*/project.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_loading_and_saving_a_sample_changes_no_byte(name: str, tmp_path) -> None:
    folder = shutil.copytree(sample_projects() / name, tmp_path / name)
    before = files(folder)
    with working(folder, "sample") as opened:
        for doc in opened.session.document_ids:
            opened.session.do(annotate(opened.session.document(doc), "zh", 0, 1, "X", by="sample"))
            opened.session.undo()
            one = opened.session.document(doc)
            assert b"".join(document_file.encode(one)) == before[f"docs/{doc}.json"]
        assert project_file.encode(opened.session.project) == before["project.json"]
        save(opened)
        assert opened.problems == []
    assert files(folder) == before


@settings(max_examples=40, deadline=None)
@given(documents())
def test_any_document_comes_back_as_it_was(one) -> None:
    data = b"".join(document_file.encode(one))
    again = document_file.decode(data)
    assert (again.id, again.info, again.zh, again.en, again.pairs) == (
        one.id,
        one.info,
        one.zh,
        one.en,
        one.pairs,
    )
    assert b"".join(document_file.encode(one.evolve(pairs=again.pairs))) == data


@settings(max_examples=40, deadline=None)
@given(documents(), st.booleans())
def test_any_annotations_come_back_as_they_were(tmp_path_factory, one, careful) -> None:
    path = tmp_path_factory.mktemp("notes") / "doc1.jsonl"
    digests = {"zh": digest(one.zh), "en": digest(one.en)}
    path.write_bytes(b"".join(annotation_writer.encode(one, WHO, digests)))
    if careful:
        path.write_bytes(path.read_bytes() + b'{"t":"mood","happy":true}\n')
    file = annotation_file.read(path, lambda _: {"zh": one.zh, "en": one.en})
    assert file.damaged == []
    bare = Document(id=one.id, info=one.info, zh=one.zh, en=one.en, pairs=one.pairs)
    assert file.laid_on(bare) == one
    again = file.laid_on(bare.evolve(info=file.note_in(one.info)))
    assert b"".join(annotation_writer.encode(again, WHO, digests)) == path.read_bytes()


def _edit_json(path: Path, change) -> None:
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")


def test_fields_of_a_newer_version_are_written_back(tmp_path) -> None:
    folder = project(tmp_path / "p", _full())
    notes = folder / "annotations" / WHO / "doc1.jsonl"
    lines = notes.read_text("utf-8").splitlines()
    for at, old, new in (
        (0, '"status":"open"}', '"status":"open","mood":{"a":[1,2.5]}}'),
        (1, '"manual"}', '"manual","edited":true}'),
        (1, f'"at":"{_AT}"}}', f'"at":"{_AT}","extra":{{"x":1}},"weight":3}}'),
        (3, f'"at":"{_AT}"}}', f'"at":"{_AT}","strength":"好"}}'),
    ):
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new)
    lines.insert(3, '{"t":"remark","text":"后来的版本"}')
    lines.append('{"t":"vote","yes":2}')
    lines.append(_REJECTED.replace('"kind":"rejected"', '"kind":"rejected","model":"rules@1","hot":true'))
    lines.append(_REJECTED.replace("顾岚", "海口").replace('"start":10,"end":12', '"start":13,"end":15'))
    lines.append(f'{{"t":"dismissed","problem":"edge|9","by":"ann","at":"{_AT}","why":"fine"}}')
    lines.append('{"t":"vote","yes":3}')
    notes.write_text("\n".join(lines) + "\n", "utf-8")
    shared = folder / "docs" / "doc1.json"
    text = shared.read_text("utf-8")
    text = text.replace('"lines":[', '"lines":[', 1).replace(
        '"confidence":0.9}', '"confidence":0.9,"why":"x"}', 1
    )
    text = text.replace('"encoding":""}', '"encoding":"","sha1":"ff"}').replace(
        "\n]\n}", '\n],\n"topic":"ports"\n}'
    )
    shared.write_text(text, "utf-8")

    def more(record) -> None:
        record["labels"][0]["icon"] = "face"
        record["labels"][0]["attributes"] = [{"id": "a", "name": {}, "kind": "text", "unit": "m"}]
        record["annotators"][0]["mail"] = "a@b"
        record["palette"] = ["x"]

    _edit_json(folder / "project.json", more)
    before = files(folder)
    with working(folder) as opened:
        work = opened.session
        work.do(fresh(opened))
        work.do(_info_edit(work.document("doc1")))
        work.undo()
        work.undo()
        assert b"".join(document_file.encode(work.document("doc1"))) == before["docs/doc1.json"]
        assert project_file.encode(work.project) == before["project.json"]
        save(opened)
        assert opened.problems == []
    assert files(folder) == before


_AT = "2026-01-02T03:04:05Z"
_REJECTED = (
    '{"t":"rejected","id":"顾岚","side":"zh","start":10,"end":12,"quote":"顾岚","label":"PLACE",'
    f'"src":{{"kind":"rejected"}},"by":"ann","at":"{_AT}"}}'
)


def _full():
    base = document()
    one, two = span(base, "zh", "顾岚"), span(base, "en", "Gu Lan")
    return with_spans(base, [one, two], [link(one, two)])


def _info_edit(one):
    from annotator.core.edits import Caption, DocumentEdit, Edit, InfoChange

    change = InfoChange(one.info, replace(one.info, title="Other"))
    return Edit(caption=Caption("x"), parts=(DocumentEdit(doc=one.id, info=change),))


def test_a_document_in_order_and_out_of_order_reads_the_same(tmp_path) -> None:
    folder = project(tmp_path / "p", _full())
    notes = folder / "annotations" / WHO / "doc1.jsonl"
    before = notes.read_bytes()
    head, *rest = before.splitlines(keepends=True)
    notes.write_bytes(head + b"".join(reversed(rest)))
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        opened.session.undo()
        save(opened)
    assert notes.read_bytes() == before


def test_only_what_changed_is_written(tmp_path) -> None:
    folder = project(tmp_path / "p")
    shared = folder / "docs" / "doc1.json"
    before = shared.stat().st_ino, (folder / "project.json").stat().st_ino
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        save(opened)
    assert (shared.stat().st_ino, (folder / "project.json").stat().st_ino) == before
    assert b'"L0"' in (folder / "annotations" / WHO / "doc1.jsonl").read_bytes()
