"""A folder as a whole corpus: files find each other by name, and one that fails keeps no other out."""

from __future__ import annotations

from pathlib import Path

from annotator.core.job import Job
from annotator.services.drafts import Draft, failing, read_drafts

ZH = "河边有一座旧桥。\n桥下住着一只猫。\n"
EN = "There is an old bridge by the river.\nA cat lives under it.\n"


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    made = tmp_path / "corpus"
    made.mkdir()
    for name, data in files.items():
        path = made / name.replace("_", ".")
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return made


def read(*given: Path) -> tuple[list[str], dict[str, str]]:
    """The names of what can be imported, and the reasons why the rest cannot."""
    drafts = read_drafts(given, "", Job())
    failed: list[Draft] = [failing(draft) for draft in drafts if not draft.ready]
    return [draft.name for draft in drafts if draft.ready], {draft.name: draft.error for draft in failed}


def test_files_of_a_folder_are_grouped_by_name(tmp_path: Path) -> None:
    corpus = folder(
        tmp_path, bridge_zh_txt=ZH, bridge_en_txt=EN, both_txt=ZH + EN, pairs_tsv="猫\tcat\n桥\tbridge\n"
    )
    (corpus / "picture.png").write_bytes(b"\x89PNG")
    (corpus / "more").mkdir()
    ready, failed = read(corpus)
    assert sorted(ready) == ["both.txt", "bridge.zh.txt + bridge.en.txt", "pairs.tsv"]
    assert failed == {}


def test_what_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    corpus = folder(
        tmp_path,
        bridge_zh_txt=ZH,
        bridge_en_txt=EN,
        broken_en_docx=b"PK\x03\x04no",
        broken_zh_txt=ZH,
        lonely_en_txt=EN,
        empty_txt="",
    )
    ready, failed = read(corpus)
    assert ready == ["bridge.zh.txt + bridge.en.txt"]
    assert sorted(failed) == ["broken.en.docx", "broken.zh.txt", "empty.txt", "lonely.en.txt"]
    assert all(name in reason for name, reason in failed.items())


def test_leftovers_of_a_folder_are_not_taken_for_each_other(tmp_path: Path) -> None:
    ready, failed = read(folder(tmp_path, one_zh_txt=ZH, two_en_txt=EN))
    assert ready == []
    assert sorted(failed) == ["one.zh.txt", "two.en.txt"]


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    ready, failed = read(folder(tmp_path, picture_png=b"\x89PNG"))
    assert ready == []
    assert ".docx" in failed["corpus"]


def test_a_text_in_one_language_alone_is_told(tmp_path: Path) -> None:
    ready, failed = read(folder(tmp_path, letters_docx=b"", numbers_txt="1\n2\n"))
    assert ready == []
    assert sorted(failed) == ["letters.docx", "numbers.txt"]
    assert all(failed.values())
