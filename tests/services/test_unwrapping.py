"""Texts whose lines were broken at a margin are imported in paragraphs, and the import says so."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from language.test_wrapping import EN, ZH, zh_lines
from texts.text_files import pairs, put

from annotator.core.job import Job
from annotator.services.drafts import read_drafts
from annotator.services.importing import UNWRAPPED, from_text, preview, read_sources

ZH_WRAPPED = "\n\n".join("\n".join(zh_lines(one, 20)) for one in ZH) + "\n"
EN_WRAPPED = "\n\n".join("\n".join(textwrap.wrap(one, 68)) for one in EN) + "\n"


def files(folder: Path) -> list[Path]:
    return [put(folder, "ferry.zh.txt", ZH_WRAPPED), put(folder, "ferry.en.txt", EN_WRAPPED)]


def test_two_wrapped_files_become_paragraphs(tmp_path: Path) -> None:
    plan = preview(read_sources(files(tmp_path)))
    assert [line.text for line in plan.of_side("zh")] == ZH
    assert [line.text for line in plan.of_side("en")] == EN
    told = [dict(one.details)["count"] for one in plan.notices if one.key == UNWRAPPED]
    assert told == [ZH_WRAPPED.count("\n") - 3, EN_WRAPPED.count("\n") - 3]
    assert "laughed about it all the way across." in " ".join(en for _, en in pairs(plan))


def test_lines_keep_the_places_that_they_have_in_the_file(tmp_path: Path) -> None:
    plan = preview(read_sources(files(tmp_path)))
    wrapped = {"zh": ZH_WRAPPED.split("\n"), "en": EN_WRAPPED.split("\n")}
    for side, lines in wrapped.items():
        for line in plan.of_side(side):  # type: ignore[arg-type]
            assert line.text.startswith(lines[line.place - 1])


@pytest.mark.parametrize("text", [f"{ZH_WRAPPED}\n{EN_WRAPPED}", f"{EN_WRAPPED}\n{ZH_WRAPPED}"])
def test_a_mixed_text_too_and_from_the_clipboard(text: str) -> None:
    plan = preview([from_text(text)])
    assert [line.text for line in plan.of_side("zh")] == ZH
    assert [line.text for line in plan.of_side("en")] == EN


def test_lines_are_kept_if_that_is_wanted(tmp_path: Path) -> None:
    (draft,) = read_drafts(files(tmp_path), "", Job(), keep_lines=True)
    assert draft.plan is not None
    assert [line.text for line in draft.plan.of_side("en")] == [
        line for line in EN_WRAPPED.split("\n") if line
    ]
    assert not [one for one in draft.plan.notices if one.key == UNWRAPPED]


def test_a_text_that_is_not_wrapped_is_imported_as_it_stands(tmp_path: Path) -> None:
    plan = preview(read_sources([put(tmp_path, "ferry.txt", "\n".join([*ZH, *EN]))]))
    assert [line.text for line in plan.lines] == [*ZH, *EN]
    assert not [one for one in plan.notices if one.key == UNWRAPPED]
