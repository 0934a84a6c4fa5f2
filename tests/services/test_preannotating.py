"""Suggestions for whole projects, without a window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_training import annotated, plain

from annotator.cli.main import main
from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.services.importing import add_edit
from annotator.services.opening import create, open_project
from annotator.services.preannotating import Ask, preannotate
from annotator.store.library import Library
from annotator.store.suggestion_file import read


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one annotated document and two that are not."""
    root = tmp_path / "project"
    create(root, "Names", annotator="ann")
    opened = open_project(root, annotator="ann")
    documents = (annotated("doc1"), plain("doc2", 6), plain("doc3", 6))
    opened.session.do(add_edit(*(one.data() for one in documents)))
    state = opened.session.state()
    opened.store.save(state)
    opened.session.saved(state)
    opened.store.close()
    return root


def test_every_document_gets_a_file_and_stopped_work_goes_on(project: Path) -> None:
    ask = Ask(project, "ann", ("combined", "rules"))
    told: list[tuple[int, int]] = []

    first = preannotate(ask, Job(lambda done, total: told.append((done, total))))

    assert [(one.source, one.documents, one.skipped) for one in first] == [
        ("combined@0", 3, 0),
        ("rules@1", 3, 0),
    ]
    assert told[-1] == (3, 3)
    library = Library(project, "ann")
    for name in ("combined@0", "rules@1"):
        file = read(project / f"suggestions/{name}/doc2.jsonl", library.load("doc2"))
        assert ("顾岚", "PERSON") in {(one.quote, one.label) for one in file.suggestions}
    (project / "suggestions/rules@1/doc3.jsonl").unlink()
    second = preannotate(ask)
    assert [(one.documents, one.skipped) for one in second] == [(0, 3), (1, 2)]


def test_what_cannot_be_done_is_told(project: Path) -> None:
    for sources, key in ((("nobody",), "error.no_suggester"), (("learner",), "learn.untrained")):
        with pytest.raises(AnnotatorError) as caught:
            preannotate(Ask(project, "ann", sources))
        assert caught.value.key == key
    with pytest.raises(Cancelled):
        preannotate(Ask(project, "ann", ("rules",)), Job(is_cancelled=lambda: True))


def test_the_command_line_trains_and_suggests(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(project), "--annotator", "ann", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["source"] == "learner@1"
    assert report["sides"]["zh"]["combined"]["f1"] > 0.8

    assert main(["suggest", str(project), "--annotator", "ann", "--source", "learner", "--json"]) == 0
    (written,) = json.loads(capsys.readouterr().out)["sources"]
    assert written["source"] == "learner@1"
    assert written["documents"] == 3
    assert (project / "suggestions/learner@1/doc3.jsonl").is_file()
    assert main(["train", str(project), "--annotator", "ann"]) == 0
    assert "learner@2" in capsys.readouterr().out


def test_the_command_line_tells_what_suggestions_are_worth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pairs.jsonl"
    zh, en = "顾岚昨天从海口回来。", "Gu Lan came back from Haikou."
    record = {
        "id": "1",
        "zh": zh,
        "en": en,
        "zh_spans": [[0, 2, "PERSON"], [5, 7, "PLACE"]],
        "en_spans": [[0, 6, "PERSON"], [22, 28, "PLACE"]],
    }
    path.write_text("".join(json.dumps(record) + "\n" for _ in range(24)), encoding="utf-8")

    for more in (["--side", "zh"], ["--confirmed-side", "zh"], ["--side", "en", "--source", "memory"]):
        assert main(["evaluate", "effort", str(path), *more, "--json"]) == 0
        figures = json.loads(capsys.readouterr().out)
        assert set(figures) == {"item", "bulk", "implicit", "entities"}
        assert figures["entities"] == 48
        assert figures["implicit"] <= figures["bulk"] <= figures["item"] < 1.5

    arguments = ["evaluate", "suggest", str(path), "--side", "en", "--train", str(path), "--first", "22"]
    assert main([*arguments, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["trained_on"] == 22
    assert report["combined"]["f1"] == 1
    assert main(arguments) == 0
    assert "22" in capsys.readouterr().out
