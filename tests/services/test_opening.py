from __future__ import annotations

import pytest
from making import document
from stored import fresh, plain, project, save, working

from annotator.core.errors import AnnotatorError
from annotator.services.opening import annotators, choose_annotator, create, open_project
from annotator.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))


def test_a_new_project_has_the_labels_that_ship(tmp_path) -> None:
    create(tmp_path / "p", "港口 · Ports", annotator="顾岚")
    with working(tmp_path / "p", "顾岚") as opened:
        record = opened.session.project
        assert record.title == "港口 · Ports"
        assert [label.id for label in record.labels][:2] == ["PERSON", "PLACE"]
        assert record.link_types[0].id == "SAME"
        assert [one.id for one in record.annotators] == ["顾岚"]
        assert opened.session.document_ids == ()
        assert opened.session.read_only is None
    assert ".journal/" in (tmp_path / "p" / ".gitignore").read_text()
    assert "eol=lf" in (tmp_path / "p" / ".gitattributes").read_text()


def test_a_project_is_not_made_over_another(tmp_path) -> None:
    create(tmp_path / "p", "A", annotator="ann")
    with pytest.raises(AnnotatorError) as caught:
        create(tmp_path / "p", "B", annotator="ann")
    assert caught.value.key == "error.project_exists"


@pytest.mark.parametrize("folder", [".", "missing", "file.txt"])
def test_what_is_no_project_is_refused(tmp_path, folder) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(AnnotatorError) as caught:
        open_project(tmp_path / folder, annotator="ann")
    assert caught.value.key == "error.not_a_project"


@pytest.mark.parametrize("name", ["../x", "a/b", "con", "trash", "Aside", ""])
def test_an_annotator_whose_name_leads_elsewhere_is_refused(tmp_path, name) -> None:
    project(tmp_path / "p")
    if name:
        with pytest.raises(AnnotatorError) as caught:
            open_project(tmp_path / "p", annotator=name)
        assert caught.value.key == "error.unsafe_name"
    with pytest.raises(AnnotatorError):
        create(tmp_path / "q", "Q", annotator=name)


def test_who_annotates_is_the_one_given_then_set_then_there_then_the_user(tmp_path, monkeypatch) -> None:
    folder = project(tmp_path / "p")
    assert annotators(folder) == ["ann"]
    assert choose_annotator(folder) == "ann"
    project_two = project(tmp_path / "q")
    with working(project_two, "bob") as opened:
        opened.session.do(fresh(opened))
        save(opened)
    monkeypatch.setattr("getpass.getuser", lambda: "Gù Lán")
    assert choose_annotator(project_two) == "gù-lán"
    Settings().set("annotator", "Mei Lin/..")
    assert choose_annotator(folder) == "mei-lin"
    Settings().set("annotator", "mei")
    assert choose_annotator(folder) == "mei"


def test_documents_come_in_the_order_of_their_numbers(tmp_path) -> None:
    folder = project(tmp_path / "p", *(document(doc=name) for name in ("d10", "d2", "d1")))
    with working(folder) as opened:
        assert opened.session.document_ids == ("d1", "d2", "d10")


@pytest.mark.parametrize("name", ["../evil", "con", "a/b"])
def test_a_document_whose_name_leads_elsewhere_is_refused(tmp_path, name) -> None:
    from stored import adding

    folder = project(tmp_path / "p")
    with working(folder) as opened:
        before = plain(opened.session)
        with pytest.raises(AnnotatorError) as caught:
            opened.session.do(adding(document(doc=name)))
        assert caught.value.key == "error.unsafe_name"
        assert plain(opened.session) == before


def test_left_over_drafts_are_swept(tmp_path) -> None:
    folder = project(tmp_path / "p")
    own = folder / ".journal" / "ann"
    (own / "staged" / "0-doc1.json").write_text("half")
    (own / "commit.json.new").write_text("{")
    with working(folder) as opened:
        assert opened.session.document("doc1").zh == document().zh
    assert sorted(path.name for path in own.iterdir()) == [
        "history.jsonl",
        "journal.jsonl",
        "lock",
        "snapshot.json",
        "staged",
    ]
    assert not list((own / "staged").iterdir())


def test_opening_can_be_cancelled(tmp_path) -> None:
    from annotator.core.errors import Cancelled
    from annotator.core.job import Job

    folder = project(tmp_path / "p")
    with working(folder) as opened:
        opened.session.do(fresh(opened))
        after = plain(opened.session)
    with pytest.raises(Cancelled):
        open_project(folder, annotator="ann", job=Job(is_cancelled=lambda: True))
    with working(folder) as opened:
        assert plain(opened.session) == after
