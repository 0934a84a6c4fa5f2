"""Spellings that may be one name with a slip, and spellings that are two names."""

from __future__ import annotations

import pytest

from annotator.language.likeness import alike, one_slip, parts
from annotator.language.pinyin import _dictionary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("罗森伯", "罗森伯格"),
        ("克里滕布林克", "克里藤布林克"),
        ("Kritenbrink", "Krittenbrink"),
        ("Lindqvist", "Lindqivst"),
    ],
)
def test_a_slip_is_alike_by_itself(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("Rosenberg", "Rosenberger"), ("Buôn", "Buon"), ("李晓明", "李小明")]
)
def test_some_are_alike_only_if_more_speaks_for_it(one: str, other: str) -> None:
    assert alike(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("毛泽东", "毛泽民"),
        ("高雄", "高雄港"),
        ("约翰", "约翰逊"),
        ("Korea", "Korean"),
        ("Smith", "Smiths"),
        ("Gambia", "Zambia"),
        ("Dan", "Daniel"),
        ("Iran", "Iraq"),
        ("Boeing747", "Boeing737"),
        ("罗森伯格", "Rosenberger"),
    ],
)
def test_two_names_are_not_alike(one: str, other: str) -> None:
    assert alike(one, other) == 0


def test_names_come_apart_at_dots_and_spaces_without_the_punctuation_around_them() -> None:
    assert parts("劳拉•罗森伯格") == ("劳拉", "罗森伯格")
    assert parts("Laura Rosenberger,") == ("Laura", "Rosenberger")


def test_the_readings_are_those_of_the_library() -> None:
    from pypinyin.pinyin_dict import pinyin_dict

    assert _dictionary() == dict(pinyin_dict)


def test_one_slip_is_a_character_lost_changed_or_swapped() -> None:
    assert one_slip("abc", "abxc")
    assert one_slip("abc", "axc")
    assert one_slip("abc", "acb")
    assert not one_slip("abc", "cab")
    assert not one_slip("abc", "abxyc")
