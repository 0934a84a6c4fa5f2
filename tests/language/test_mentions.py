"""Whatever the text: mentions lie in it, and never overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.messages import catalog
from annotator.core.span import Side
from annotator.language.mentions import SHOWN, Heard, features, find_mentions, hear, short_names, units
from annotator.language.mentions.patterns import patterns

PIECES = st.sampled_from(
    [
        "王小明",
        "欧阳",
        "·",
        "约翰",
        "在",
        "北京",
        "市",
        "大学",
        "教授",
        "𠮷",
        "（",
        "Ann",
        "）",
        "氏",
        "世",
        "三",
        "，",
        "Mr.",
        " ",
        "U.S.",
        "Paris",
        "of",
        "the",
        "O'Neil",
        "-",
        "’s",
        "J.",
        "😀",
        "said",
        "Lake",
        "\n",
        "é",
        ".",
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map("".join))
SIDES = st.sampled_from(["zh", "en"])
NAMES = st.sampled_from(["小明", "约翰", "大学", "Ann", "Paris", "𠮷", "U.S."])
HEARD = st.dictionaries(NAMES, st.sampled_from(["PERSON", "PLACE"]), max_size=3).map(Heard)


@given(TEXTS, SIDES, HEARD)
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str, side: Side, heard: Heard) -> None:
    found = find_mentions(text, side, heard)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.label in ("PERSON", "PLACE")
        assert SHOWN <= one.score <= 1
    assert all(one.end <= two.start for one, two in pairwise(found))


@given(TEXTS, SIDES)
def test_the_doubtful_comprise_what_is_shown(text: str, side: Side) -> None:
    every = {(one.start, one.end, one.label) for one in find_mentions(text, side, least=0)}
    assert {(one.start, one.end, one.label) for one in find_mentions(text, side)} <= every


@given(TEXTS, SIDES)
def test_there_are_features_for_every_unit(text: str, side: Side) -> None:
    extents = units(text, side)
    assert len(features(text, side)) == len(extents)
    assert all(one[1] <= two[0] for one, two in pairwise(extents))
    assert all(start < end for start, end in extents)


@given(st.lists(TEXTS, max_size=3), SIDES)
def test_only_names_that_texts_hold_are_heard(texts: list[str], side: Side) -> None:
    assert all(any(name in text for text in texts) for name in hear(texts, side).names)


@given(st.lists(TEXTS, max_size=3), TEXTS, SIDES)
def test_names_that_a_sentence_does_not_hold_change_nothing_in_it(
    texts: list[str], text: str, side: Side
) -> None:
    names = {**hear(texts, side).names, "Zzyx": "PERSON", "鑫垚": "PERSON"}
    there = Heard({name: label for name, label in names.items() if name in text})
    assert find_mentions(text, side, Heard(names)) == find_mentions(text, side, there)


def test_a_name_that_was_heard_is_found_in_other_characters_too() -> None:
    text = "後來鄭國霖說了話。"
    heard = Heard({"郑国霖": "PERSON"})
    assert "郑国霖" not in text
    assert any(text[one.start : one.end] == "鄭國霖" for one in find_mentions(text, "zh", heard, least=0))


def test_features_name_the_rule_and_the_tables() -> None:
    text = "教授林世昌在杭州。"
    rows = dict(zip(text, features(text, "zh"), strict=True))
    assert {"rule=B-PERSON", "pattern=B-zh.name_role", "surname"} <= set(rows["林"])
    assert "rule=I-PERSON" in rows["昌"]
    assert "cue=role" in rows["授"]
    english = "Margaret’s boat left Lisbon."
    pieces = [english[start:end] for start, end in units(english, "en")]
    assert pieces == ["Margaret", "’s", "boat", "left", "Lisbon", "."]
    told = dict(zip(pieces, features(english, "en"), strict=True))
    assert "given often" in told["Margaret"]
    assert told["’s"] == ()
    assert "place=B-country" in told["Lisbon"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pattern_has_a_score_and_a_reason(language: str) -> None:
    for pattern in patterns().values():
        assert 0 < pattern.score < 1
        assert pattern.reason in catalog(language)


def test_a_given_name_that_is_a_word_introduces_nothing() -> None:
    assert short_names("李长江", "PERSON", "zh") == ["李长江"]
    assert short_names("John Will", "PERSON", "en") == ["John"]
    assert short_names("Marrow Lake", "PLACE", "en") == ["Marrow Lake"]
