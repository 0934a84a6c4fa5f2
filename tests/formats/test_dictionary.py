"""Dictionaries that a user adds, plain and packed."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.formats import dictionary
from annotator.formats.dictionary import read_dictionary

CEDICT = """# A made-up dictionary
燈塔 灯塔 [deng1 ta3] /lighthouse/beacon (at sea)/CL:座[zuo4]/
諾頓鎮 诺顿镇 [Nuo4 dun4 Zhen4] /Norton, a town/
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("kind", ["u8", "gz", "zip"])
def test_cc_cedict_is_read_as_it_is_downloaded(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"words.{kind}"
    if kind == "u8":
        path.write_text(CEDICT, encoding="utf-8")
    elif kind == "gz":
        path.write_bytes(gzip.compress(CEDICT.encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("words.u8", CEDICT)
    expected = {"灯塔": ("lighthouse", "beacon"), "诺顿镇": ("Norton, a town",)}
    assert read_dictionary(path) == expected
    assert list((tmp_path / "home").rglob("*.msgpack"))
    assert read_dictionary(path) == expected


@pytest.mark.parametrize("mark", ["\t", ","])
def test_a_table_gives_equivalents_by_column_and_bar(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"word{mark}meaning\n灯塔{mark}lighthouse|beacon{mark}light\n", encoding="utf-8")
    assert read_dictionary(path) == {"灯塔": ("lighthouse", "beacon", "light")}


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "LARGEST", 10_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"\0" * 1_000_000))
    with pytest.raises(AnnotatorError) as caught:
        read_dictionary(path)
    assert caught.value.key == "error.dictionary_large"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "error.dictionary_empty"),
        (b"\xff\xfe\xff", "error.dictionary_unreadable"),
        (b"PK\x03\x04", "error.dictionary_unreadable"),
        (b"\x1f\x8b", "error.dictionary_unreadable"),
    ],
)
def test_what_is_no_dictionary_is_told(tmp_path: Path, data: bytes, key: str) -> None:
    path = tmp_path / "words.u8"
    path.write_bytes(data)
    with pytest.raises(AnnotatorError) as caught:
        read_dictionary(path)
    assert caught.value.key == key
