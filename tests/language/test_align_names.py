"""Names that English spells with Latin letters are found by how their characters are read."""

from __future__ import annotations

import pytest

from annotator.language.align_names import spelt_names


@pytest.mark.parametrize(
    ("zh", "en", "key"),
    [
        ("小满没有说话。", "Xiaoman said nothing.", "pxiaoman"),
        ("宝玉笑了。", "Bao-yu smiled.", "pbaoyu"),
        ("王琦瑶走了。", "Wang’s gone.", "pwang"),
        ("蔣介石來了。", "Chiang arrived.", "pchiang"),
    ],
)
def test_a_name_is_found_on_both_sides(zh: str, en: str, key: str) -> None:
    zh_keys, en_keys = spelt_names(["天亮了。", zh], [en, "It was day."])
    assert key in zh_keys[1]
    assert zh_keys[0] == frozenset()
    assert en_keys == [frozenset({key}), frozenset()]


def test_a_word_that_is_mostly_written_small_is_no_name() -> None:
    zh_keys, en_keys = spelt_names(["门开了。"], ["Men came in, old men and young men."])
    assert zh_keys == en_keys == [frozenset()]


def test_a_name_that_the_chinese_never_has_is_none() -> None:
    assert spelt_names(["天亮了。"], ["Zhuangzi woke."])[1] == [frozenset()]
