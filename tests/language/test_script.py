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


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("顧嵐說她數過後院裡的網與鏡子，總數還是對不上。", "顾岚说她数过后院里的网与镜子，总数还是对不上。"),
        ("他看著著名的餅乾廠，瞭解了藉口。", "他看着著名的饼干厂，了解了借口。"),
        ("乾隆年間的瞭望臺一片狼藉", "乾隆年间的瞭望台一片狼藉"),
        ("彷彿有人為轎伕讓路；彷徨的羣衆", "仿佛有人为轿夫让路；彷徨的群众"),
    ],
)
def test_traditional_text_is_simplified_by_character_and_by_word(traditional: str, expected: str) -> None:
    assert simplified(traditional) == expected


def test_simplified_text_stays_as_it_is() -> None:
    text = "乾隆年间的著名瞭望塔后面，里程碑前，他借着台灯复习著作，征求大家的意见。"
    assert simplified(text) == text
