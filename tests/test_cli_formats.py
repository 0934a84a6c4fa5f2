"""Formats on the command line: what they are, and annotations read in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.cli import main
from annotator.core.messages import speak
from annotator.core.resources import sample_projects
from annotator.extend import exporters, importers


@pytest.fixture(autouse=True)
def _english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield
    speak("en")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    shutil.copytree(sample_projects() / "readout", tmp_path / "readout")
    return tmp_path / "readout"


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(one) for one in arguments])
    out, err = capfd.readouterr()
    return code, out, err


def test_formats_say_what_they_read_write_lose_and_need(capfd: pytest.CaptureFixture[str]) -> None:
    records = {one["name"]: one for one in json.loads(run(capfd, "formats", "--json")[1])["formats"]}
    assert records.keys() == exporters().keys() | importers().keys()
    assert (records["html"]["reads"], records["html"]["writes"]) == (False, True)
    assert all(one["writes"] for one in records.values())
    assert records["json"]["install"] == ""
    assert records["spacy"]["install"] == 'pip install "annotator[spacy]"'
    assert {one["key"] for one in records["tmx"]["loses"]} == {"loss.spans", "loss.links", "loss.one_sided"}
    assert all(one["what"] != one["key"] for record in records.values() for one in record["loses"])
    assert {one["name"] for one in records["doccano"]["read_options"]} == {"offsets"}


def test_a_format_whose_library_is_missing_is_shown_with_what_installs_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sample: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("annotator.extend.find_spec", lambda _: None)
    _, out, _ = run(capfd, "formats")
    assert 'pip install "annotator[xmi]"' in out
    code, _, err = run(capfd, "export", sample, "--format", "xmi", "--out", tmp_path / "x.zip")
    assert code == 3
    assert 'pip install "annotator[xmi]"' in err
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize("name", ["labelstudio", "xlsx", "w3c", "tei", "json"])
def test_an_export_is_read_into_another_project(
    capfd: pytest.CaptureFixture[str], sample: Path, tmp_path: Path, name: str
) -> None:
    out, other = tmp_path / f"out{exporters()[name].suffixes[0]}", tmp_path / "other"
    assert run(capfd, "export", sample, "--format", name, "--out", out)[0] == 0
    assert run(capfd, "new", other, "--annotator", "li")[0] == 0
    arguments = ("import", other, "--annotator", "li", "--format", name, out, "--add-labels", "--json")
    seen = json.loads(run(capfd, *arguments, "--preview")[1])
    assert json.loads(run(capfd, "stats", other, "--json")[1])["total"]["documents"] == 0
    code, told, _ = run(capfd, *arguments)
    record = json.loads(told)
    assert code == 0
    assert record == seen
    assert (record["spans"], record["links"], record["losses"]) == (99, 50, [])
    assert json.loads(run(capfd, *arguments)[1])["already"] == 99
    assert run(capfd, "check", other)[0] == 0


def test_labels_are_mapped_and_added_on_the_command_line(
    capfd: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    tags = tmp_path / "tags.conll"
    tags.write_text("廊\tB-TOWN\n坊\tI-TOWN\n\n河\tB-PROV\n北\tI-PROV\n", encoding="utf-8")
    arguments = ("import", sample, "--annotator", "li", "--format", "conll", tags, "--json", "--preview")
    assert json.loads(run(capfd, *arguments)[1])["spans"] == 0
    record = json.loads(run(capfd, *arguments, "--map", "TOWN=PLACE", "--add-labels")[1])
    assert (record["spans"], record["labels"]) == (2, ["PROV"])
    assert run(capfd, *arguments, "--map", "TOWN")[0] == 3


def test_parts_and_a_manifest_are_asked_for_by_flags(
    capfd: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    flags = ("--split", "50/50", "--seed", 3, "--manifest", "--anonymous", "--labels", "PERSON,PLACE")
    code, _, _ = run(capfd, "export", sample, "--format", "jsonl", "--out", tmp_path / "d", *flags)
    assert code == 0
    manifest = json.loads((tmp_path / "d" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["labels"] == ["PERSON", "PLACE"]
    assert manifest["selection"]["seed"] == 3


def test_labels_are_left_out_or_added_one_by_one_and_damaged_files_told(
    capfd: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    text = json.loads((sample / "docs" / "readout.json").read_text(encoding="utf-8"))["zh"]["lines"][0]
    files = tmp_path / "theirs"
    files.mkdir()
    labels = [[0, 2, "TEAM"], [2, 4, "MISC"]]
    record = json.dumps({"text": text, "label": labels}, ensure_ascii=False)
    (files / "a.jsonl").write_text(record, encoding="utf-8")
    (files / "b.jsonl").write_text("{", encoding="utf-8")
    arguments = ("import", sample, "--annotator", "li", "--format", "doccano", files, "--json")
    assert run(capfd, *arguments, "--map", "TEAM=NONE")[0] == 3
    guessed = json.loads(run(capfd, *arguments[:5], "auto", files, "--preview", "--json")[1])
    assert (guessed["format"], guessed["spans"]) == ("doccano", 0)
    code, out, _ = run(capfd, *arguments, "--map", "MISC=", "--new", "TEAM", "--only-known")
    found = json.loads(out)
    assert code == 1
    assert (found["spans"], found["labels"], found["added"]) == (1, ["TEAM"], [])
    assert [one["file"] for one in found["failed"]] == ["b.jsonl"]
    assert "damaged" in found["failed"][0]["reason"]


def test_an_export_says_which_documents_and_whose(
    capfd: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    export = ("export", sample, "--format", "jsonl", "--out", tmp_path / "x.jsonl")
    code, _, err = run(capfd, *export, "--state", "done")
    assert code == 3
    assert "None of the documents" in err
    assert run(capfd, *export, "--state", "open", "--suggestions", "--lowest", "0.7", "--json")[0] == 0
