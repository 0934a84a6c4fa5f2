"""Dictionaries of users and projects, on real files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.services.dictionaries import (
    Dictionary,
    add_to_project,
    in_force,
    move_to_project,
    read_all,
    remove_from_project,
    stack,
    with_path,
)


def put(path: Path, text: str = "灯塔\tlighthouse\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_own_come_first_then_those_of_the_project(tmp_path: Path) -> None:
    own = put(tmp_path / "own.tsv")
    project = tmp_path / "p"
    for name in ("b.tbx", "a.csv", ".gitattributes", "README.md"):
        put(project / "dictionaries" / name)
    found = in_force([str(own), str(project / "dictionaries" / "b.tbx"), str(own)], project)
    assert [(one.name, one.owner) for one in found] == [
        ("own.tsv", "user"),
        ("b.tbx", "user"),
        ("a.csv", "project"),
    ]
    assert in_force([], None) == []
    assert in_force([], tmp_path) == []


def test_one_that_cannot_be_read_says_why_and_the_rest_work(tmp_path: Path) -> None:
    paths = [str(put(tmp_path / "good.tsv")), str(tmp_path / "gone.tsv"), str(put(tmp_path / "bad.tsv", "x"))]
    good, gone, bad = read_all(in_force(paths, None))
    assert good.entries == {"灯塔": ("lighthouse",)}
    assert gone.trouble is not None
    assert bad.trouble is not None
    assert (gone.trouble.key, bad.trouble.key) == ("error.dictionary_missing", "error.dictionary_empty")
    known = stack([good, gone, bad])
    assert known.equivalents("灯塔")[-1] == "lighthouse"


def test_only_what_has_changed_is_read_again(tmp_path: Path) -> None:
    one, two = put(tmp_path / "one.tsv"), put(tmp_path / "two.tsv", "渡口\tferry\n")
    before = read_all(in_force([str(one), str(two)], None))
    put(two, "渡口\tcrossing\n")
    after = read_all(in_force([str(one), str(two)], None), before)
    assert after[0].entries is before[0].entries
    assert after[1].entries == {"渡口": ("crossing",)}


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        read_all(in_force([str(put(tmp_path / "a.tsv"))], None), job=Job(is_cancelled=lambda: True))


def test_a_file_goes_into_the_project_once_and_comes_out_again(tmp_path: Path) -> None:
    file = tmp_path / "My terms (2).tsv.gz"
    file.write_bytes(gzip.compress("灯塔\tlighthouse\n".encode()))
    project = tmp_path / "p"
    added = add_to_project(project, file)
    assert added.path == project / "dictionaries" / "my-terms-2.tsv.gz"
    assert added.path.read_bytes() == file.read_bytes()
    assert add_to_project(project, file) == added
    other = put(tmp_path / "elsewhere" / "my-terms-2.tsv.gz", "渡口\tferry\n")
    assert add_to_project(project, other).name == "my-terms-2-2.tsv.gz"
    assert (project / "dictionaries" / ".gitattributes").read_text(encoding="utf-8") == "* -text\n"
    remove_from_project(project, added)
    remove_from_project(project, added)
    assert [one.name for one in in_force([], project)] == ["my-terms-2-2.tsv.gz"]
    (aside,) = (project / ".journal" / "trash").iterdir()
    assert aside.read_bytes() == file.read_bytes()


def test_what_is_no_dictionary_is_not_taken(tmp_path: Path) -> None:
    text = put(tmp_path / "notes.txt", "nothing Chinese here\n")
    with pytest.raises(AnnotatorError, match=r"no entries"):
        add_to_project(tmp_path / "p", text)
    with pytest.raises(AnnotatorError, match=r"no entries"):
        with_path([], text)
    assert not (tmp_path / "p").exists()


def test_one_of_the_users_own_is_given_to_the_project(tmp_path: Path) -> None:
    mine = with_path(with_path([], put(tmp_path / "a.tsv")), put(tmp_path / "b.tsv", "渡口\tferry\n"))
    left = move_to_project(tmp_path / "p", mine, Dictionary(tmp_path / "a.tsv", "user"))
    assert left == [str(tmp_path / "b.tsv")]
    assert [one.owner for one in in_force(left, tmp_path / "p")] == ["user", "project"]
    assert (tmp_path / "a.tsv").exists()
