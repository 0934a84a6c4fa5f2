"""Titles are read from the heads of the documents' files."""

from pathlib import Path

from annotator.core.resources import sample_projects
from annotator.services.opening import open_project
from annotator.services.titles import titles


def test_titles_are_those_of_the_documents() -> None:
    for name in ("readout", "news", "dialogue"):
        opened = open_project(sample_projects() / name, read_only=True)
        opened.store.close()
        ids = opened.session.document_ids
        assert titles(sample_projects() / name, ids) == {
            one: opened.session.document(one).title for one in ids
        }


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "good.json").write_text('{\n"title": "A \\"B\\" 書",\n', encoding="utf-8")
    (tmp_path / "docs" / "bad.json").write_bytes(b"\xff\x00")
    (tmp_path / "docs" / "broken.json").write_text('"title": "\\x"', encoding="utf-8")
    assert titles(tmp_path, ["good", "bad", "broken", "missing"]) == {"good": 'A "B" 書'}
