from __future__ import annotations

import pytest
from stored import fresh, working

from annotator.core.errors import AnnotatorError
from annotator.services.samples import private_copy, samples


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_samples_ship_and_open() -> None:
    assert len(samples()) >= 3
    for sample in samples():
        assert sample.title
        with working(private_copy(sample.id), "sample") as opened:
            for doc in opened.session.document_ids:
                assert len(opened.session.document(doc).spans) > 20
            assert opened.problems == []


def test_a_copy_is_made_once_and_keeps_the_users_work(home) -> None:
    name = samples()[0].id
    folder = private_copy(name)
    assert folder.is_relative_to(home)
    with working(folder, "sample") as opened:
        opened.session.do(fresh(opened, opened.session.document_ids[0]))
    assert private_copy(name) == folder
    with working(folder, "sample") as opened:
        assert opened.session.undo_caption() is not None


def test_an_unknown_sample_has_a_sentence() -> None:
    with pytest.raises(AnnotatorError, match="no-such"):
        private_copy("no-such")
