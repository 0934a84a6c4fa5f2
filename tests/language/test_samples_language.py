"""The sample projects, cut and aligned by machine, come out as they were cut and aligned by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.language.align import align
from annotator.language.sentences import Language, split

PROJECTS = Path(__file__).parents[2] / "projects"
SIDES: tuple[Language, Language] = ("zh", "en")


@pytest.fixture(params=["readout", "news", "dialogue"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    name = request.param
    found: dict[str, Any] = json.loads((PROJECTS / name / "docs" / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("side", SIDES)
def test_sentences_are_cut_as_by_hand(document: dict[str, Any], side: Language) -> None:
    text = "\n".join(document[side]["lines"])
    by_hand = sorted(tuple(segment) for pair in document["pairs"] for segment in pair[side])
    assert split(text, side) == by_hand


def test_sentences_are_aligned_as_by_hand(document: dict[str, Any]) -> None:
    sentences: dict[str, list[str]] = {}
    paragraphs: dict[str, list[int]] = {}
    for side in SIDES:
        text = "\n".join(document[side]["lines"])
        ranges = [segment for pair in document["pairs"] for segment in pair[side]]
        sentences[side] = [text[start:end] for start, end in ranges]
        paragraphs[side] = [text.count("\n", 0, start) for start, _ in ranges]
    beads = align(
        sentences["zh"], sentences["en"], zh_paragraphs=paragraphs["zh"], en_paragraphs=paragraphs["en"]
    )
    assert [(bead.zh[1] - bead.zh[0], bead.en[1] - bead.en[0]) for bead in beads] == [
        (len(pair["zh"]), len(pair["en"])) for pair in document["pairs"]
    ]
