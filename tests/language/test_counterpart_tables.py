"""The tables of names: what CLDR says, and what is added by hand."""

from __future__ import annotations

from typing import get_args

import pytest

from annotator.core.messages import LANGUAGES, catalog
from annotator.core.resources import resource
from annotator.language.counterpart import Reason, reason_key
from annotator.language.counterpart.tables import in_chinese, in_english, of_chinese, of_english
from annotator.language.script import simplified


def rows(name: str) -> list[list[str]]:
    lines = resource("names", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("斯洛文尼亚", "Slovenia"),
        ("斯洛維尼亞", "Slovenia"),
        ("缅甸", "Burma"),
        ("緬甸", "Myanmar"),
        ("圣文森特和格林纳丁斯", "Saint Vincent and the Grenadines"),
        ("香港", "Hong Kong"),
        ("美国", "USA"),
    ],
)
def test_names_of_one_territory_are_one_entry(chinese: str, english: str) -> None:
    assert of_chinese(chinese) & of_english(english)


def test_no_row_by_hand_says_only_what_cldr_says() -> None:
    known = {
        simplified(zh): set(en.split(";")) for kind, names, en in rows("cldr.tsv") for zh in names.split(";")
    }
    for zh, en, *demonyms in rows("countries.tsv"):
        names = [simplified(name) for name in zh.split()]
        english = {name.strip().replace("’", "'") for name in en.split(";") if name.strip()}
        said = all(name in known and english <= known[name] for name in names)
        assert not said or any(map(str.strip, demonyms)), zh


def test_the_licence_lies_beside_the_names() -> None:
    head = resource("names", "cldr.tsv").read_text(encoding="utf-8").splitlines()[2]
    assert "Unicode-3.0" in head
    assert resource("names", "LICENSE-CLDR.txt").read_text(encoding="utf-8").startswith("UNICODE LICENSE V3")


def test_the_longest_name_wins_and_words_are_whole() -> None:
    text = "South Africans from South Africa and Nigeria, not Niger"
    assert [text[one.start : one.end] for one in in_english(text)] == [
        "South Africans",
        "South Africa",
        "Nigeria",
        "Niger",
    ]
    assert [(one.start, one.end) for one in in_chinese("尼日利亚和尼日尔")] == [(0, 4), (5, 8)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_said(language: str) -> None:
    for reason in get_args(Reason):
        assert 0 < len(catalog(language)[reason_key(reason)]) <= 40
