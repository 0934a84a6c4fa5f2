"""A folder of all kinds of files, good and bad: each gets its document or its reason, and that is all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from services.mixed_folder import GOOD, make

from annotator.core.job import Cancelled, Job
from annotator.core.messages import catalog
from annotator.services.drafts import Draft, failing, read_drafts
from annotator.services.importing import build

pytest.importorskip("pypdfium2")


def key_of(draft: Draft) -> str:
    """The key of the sentence that a draft fails with."""
    if draft.ready:
        return GOOD
    sentence = failing(draft).error
    for key, text in sorted(catalog("en").items(), key=lambda one: -len(one[1])):
        pattern = re.sub(r"\\\{.*?\\\}", ".*?", re.escape(text))
        if key.startswith("error.") and re.fullmatch(pattern, sentence, re.DOTALL):
            return key
    return sentence


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    made = tmp_path_factory.mktemp("texts")
    return made, make(made, 2)


def test_the_report_says_of_each_file_what_became_of_it(folder: tuple[Path, dict[str, str]]) -> None:
    steps: list[tuple[int, int]] = []
    notices: list[str] = []
    job = Job(lambda done, total: steps.append((done, total)), on_notice=notices.append)
    drafts = read_drafts([folder[0]], "", job)
    told = {draft.name: key_of(draft) for draft in drafts}
    assert sorted(told.items()) == sorted(folder[1].items())
    assert len(drafts) == len(folder[1])
    assert steps == [(done, len(steps)) for done in range(len(steps))]
    assert len(notices) == 1
    assert ".exe .png" in notices[0]
    for draft in drafts:
        if draft.ready:
            assert build(draft.plan, doc_id="x").pairs


def test_reading_a_folder_can_be_stopped_at_any_file(folder: tuple[Path, dict[str, str]]) -> None:
    asked = iter([False] * 30)
    with pytest.raises(Cancelled):
        read_drafts([folder[0]], "", Job(is_cancelled=lambda: next(asked, True)))
