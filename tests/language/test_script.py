"""Lines are told apart by language, Chinese texts by their characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.script import chinese_variant, classify, simplified


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("昨天夜里下了一场雪。", "zh"),
        ("助理局长约翰•科尔曼(John Coleman)和副手安妮(Anne Lee)到了。", "zh"),
        ("廊坊 坦诚 实质性", "zh"),
        ("GDP增长", "zh"),
        ("It snowed last night.", "en"),
        ("The word 关系 (guanxi) has no good equivalent in English.", "en"),
        ("Übermäßig", "en"),
        ("* * *", "other"),
        ("2022 – 12", "other"),
        ("", "other"),
        ("Вчера выпал снег", "other"),
        ("ゆきがふりました", "other"),
    ],
)
def test_a_line_has_the_language_of_most_of_its_words(line: str, language: str) -> None:
    assert classify(line) == language


def test_traditional_characters_make_a_traditional_text() -> None:
    assert chinese_variant("他們說這裡的車還沒來。") == "zh-Hant"
    assert chinese_variant("他们说这里的车还没来。") == "zh-Hans"
    assert chinese_variant("山水") == "zh-Hans"


@given(st.text())
def test_simplifying_keeps_every_offset(text: str) -> None:
    assert len(simplified(text)) == len(text)
