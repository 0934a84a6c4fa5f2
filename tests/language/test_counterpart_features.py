"""Counterparts in long features about people and places, marked by hand, without a user's dictionary."""

from __future__ import annotations

import pytest
from features import Pair, features, read

from annotator.language.counterpart import Direction, Mention, counterparts, project

NAMED = ("PERSON", "PLACE", "DATE")


def f1(pairs: list[Pair], direction: Direction) -> float:
    right = found = gold = 0
    for pair in pairs:
        given, wanted = pair.zh_spans, pair.en_spans
        if direction == "en-zh":
            given, wanted = wanted, given
        projected = project(pair.zh, pair.en, [one for one in given if one.label in NAMED], direction)
        ours = {Mention(one.start, one.end, mention.label) for mention, one in projected}
        theirs = {one for one in wanted if one.label in NAMED}
        right, found, gold = right + len(ours & theirs), found + len(ours), gold + len(theirs)
    return 2 * right / (found + gold)


def test_marks_are_read() -> None:
    text, spans = read("the [O University of [L Milan]], [D 1998]")
    assert [(text[one.start : one.end], one.label) for one in spans] == [
        ("University of Milan", "ORG"),
        ("Milan", "PLACE"),
        ("1998", "DATE"),
    ]


@pytest.mark.parametrize(("direction", "least"), [("zh-en", 0.93), ("en-zh", 0.9)])
def test_people_places_and_dates_of_features_are_found(direction: Direction, least: float) -> None:
    assert f1(features(), direction) >= least


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_themes_of_features_are_found(direction: Direction) -> None:
    for pair in features():
        zh = [one for one in pair.zh_spans if one.label == "THEME"]
        en = [one for one in pair.en_spans if one.label == "THEME"]
        for one, two in zip(zh, en, strict=True):
            given, wanted = (one, two) if direction == "zh-en" else (two, one)
            best = counterparts(pair.zh, pair.en, given, direction)[0]
            assert (best.start, best.end) == (wanted.start, wanted.end)
