"""Dictionaries from the command line, and what aligning makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.cli import main
from annotator.core.messages import speak
from annotator.settings import Settings

TEXT = """茅茨与桅樯
棹师修好了舢板的桅樯。
陶匠烧坏了窑里的瓮罐。
织工染蓝了架上的绸缎。
Kilns and Masts
The potter spoiled the urns in the kiln.
The weaver dyed the silks on the frame blue.
"""
TERMS = "陶匠\tpotter\n瓮罐\turns\n窑\tkiln\n织工\tweaver\n绸缎\tsilks\n桅樯\tmast\n"
BROKEN = "nothing Chinese here\n"

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command here with `--json`; exit code, record, standard error."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def call(*arguments: object) -> tuple[int, Any, str]:
        code = main([*map(str, arguments), "--json"])
        out, err = capfd.readouterr()
        return code, json.loads(out), err

    yield call
    speak("en")


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Path:
    assert run("new", tmp_path / "p", "--annotator", "mei")[0] == 0
    return tmp_path / "p"


def put(path: Path, text: str = TERMS) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def confidences(project: Path) -> list[float]:
    (file,) = (project / "docs").glob("*.json")
    return [pair["confidence"] for pair in json.loads(file.read_text(encoding="utf-8"))["pairs"]]


def test_a_project_gets_shows_and_loses_dictionaries(run: Run, project: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "terms.tsv")
    assert run("dictionary", project)[1] == {"dictionaries": []}
    code, record, _ = run("dictionary", project, "add", file)
    assert code == 0
    (added,) = record["dictionaries"]
    assert (added["name"], added["owner"], added["words"], added["error"]) == (
        "terms.tsv",
        "project",
        6,
        None,
    )
    assert Path(added["path"]).read_text(encoding="utf-8") == TERMS
    assert run("dictionary", project, "list")[1] == record
    assert run("dictionary", project, "remove", "terms.tsv")[1] == {"dictionaries": []}


def test_the_users_own_hold_for_every_project(run: Run, project: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "terms.tsv")
    run("dictionary", "--user", "add", file)
    assert Settings().get("dictionaries") == [str(file)]
    assert [one["owner"] for one in run("dictionary", project)[1]["dictionaries"]] == ["user"]
    file.unlink()
    (gone,) = run("dictionary", "--user")[1]["dictionaries"]
    assert "no longer there" in gone["error"]
    assert run("dictionary", "--user", "remove", file)[1] == {"dictionaries": []}
    assert Settings().get("dictionaries") == []


def test_all_files_are_taken_or_none(run: Run, project: Path, tmp_path: Path) -> None:
    code, record, _ = run(
        "dictionary", project, "add", put(tmp_path / "good.tsv"), put(tmp_path / "bad.tsv", BROKEN)
    )
    assert (code, record["error"]["key"]) == (3, "error.dictionary_empty")
    assert run("dictionary", project)[1] == {"dictionaries": []}


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("{p}", "remove", "none.tsv"), "error.dictionary_unknown"),
        (("{p}", "add"), "error.dictionary_action"),
        (("{p}", "list", "x"), "error.dictionary_action"),
        (("{p}", "burn"), "error.dictionary_action"),
        (("{p}/docs",), "error.not_a_project"),
        (("--user", "add", "{p}/none.tsv"), "error.dictionary_missing"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, project: Path, arguments: tuple[str, ...], key: str) -> None:
    code, record, _ = run("dictionary", *(one.format(p=project) for one in arguments))
    assert (code, record["error"]["key"]) == (3, key)


def test_importing_and_aligning_ask_the_dictionaries(run: Run, project: Path, tmp_path: Path) -> None:
    text = put(tmp_path / "kiln.txt", TEXT)
    run("import", project, text)
    alone = confidences(project)
    terms = put(tmp_path / "terms.tsv")
    assert run("align", project, "--lexicon", terms)[0] == 0
    once = confidences(project)
    assert once[2] > alone[2]
    assert run("align", project)[0] == 0
    assert confidences(project) == alone
    run("dictionary", project, "add", terms)
    assert run("align", project)[0] == 0
    assert confidences(project) == once


def test_an_import_with_a_dictionary_is_aligned_with_it(run: Run, project: Path, tmp_path: Path) -> None:
    text, terms = put(tmp_path / "kiln.txt", TEXT), put(tmp_path / "terms.tsv")
    run("import", project, text, "--lexicon", terms)
    before = confidences(project)
    run("align", project, "--lexicon", terms)
    assert confidences(project) == before


def test_one_in_force_that_is_broken_hinders_nothing_but_one_given_does(
    run: Run, project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run("dictionary", project, "add", put(tmp_path / "terms.tsv"))
    put(project / "dictionaries" / "broken.tsv", BROKEN)
    text = put(tmp_path / "kiln.txt", TEXT)
    assert main(["import", str(project), str(text)]) == 0
    assert "broken.tsv" in capfd.readouterr().err
    code, record, _ = run("align", project, "--lexicon", tmp_path / "none.tsv")
    assert (code, record["error"]["key"]) == (3, "error.dictionary_missing")
