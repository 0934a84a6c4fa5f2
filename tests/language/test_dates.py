"""What holds for dates in both languages: bounds, agreement, the day of the text, any text at all."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import pytest
from bracketed import value
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.dates import agreement, find, resolve, same

PIECES_ZH = (
    "0 1 2 12 2023 〇 一 二 十 百 年 月 日 号 世纪 年代 今 昨 上 下 个 周 星期 初 底 中 至 到 、 - （ "
    "农历 正 民国 公元 第 季度 半 前 后 康熙 中秋"
)
PIECES_EN = (
    "1 3 11 31 98 1998 2023 , . - ' the of st th May Dec. Sunday early mid end first half quarter year ago "
    "last next from to and in BC 1990s 's fall lunar month Christmas"
)


def texts(pieces: str, joints: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*pieces.split(), *joints]), max_size=30).map("".join)


ZH_TEXTS = st.one_of(st.text(), texts(PIECES_ZH, [" ", "\n"]))
EN_TEXTS = st.one_of(st.text(), texts(PIECES_EN, [" "] * 30))


def check_bounds(text: str, lang: Literal["zh", "en"], reference: str | None) -> None:
    done = 0
    for mention in find(text, lang, reference=reference):
        assert done <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert mention.value
        done = mention.end


@given(ZH_TEXTS, st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31", "2023", "soon"]))
def test_chinese_dates_of_any_text_lie_inside_it_in_order(text: str, reference: str | None) -> None:
    check_bounds(text, "zh", reference)


@given(EN_TEXTS, st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31", "2023", "soon"]))
def test_english_dates_of_any_text_lie_inside_it_in_order(text: str, reference: str | None) -> None:
    check_bounds(text, "en", reference)


@given(ZH_TEXTS, EN_TEXTS)
def test_agreement_is_symmetric_and_complete_with_itself(chinese: str, english: str) -> None:
    found = [mention.value for mention in [*find(chinese, "zh"), *find(english, "en")]]
    for one, other in pairwise(found):
        assert agreement(one, other) == agreement(other, one)
        assert 0 <= agreement(one, other) <= 1
        assert agreement(one, one) >= 0.5


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("12月11日至12日", "on December 11-12"),
        ("12月11至12日", "December 11 and 12, 2022"),
        ("2023年初", "early 2023"),
        ("11月14日", "November 14"),
        ("2022年11月14日", "November 14"),
        ("5月中旬", "mid-May"),
        ("2019年底", "late 2019"),
        ("2019年末", "the end of 2019"),
        ("去年", "last year"),
        ("上周五", "last Friday"),
        ("周五", "on Friday"),
        ("三年前", "three years ago"),
        ("七天前", "a week ago"),
        ("次年", "the following year"),
        ("同年8月", "in August 1998"),
        ("今年第一季度", "the first quarter of this year"),
        ("2023年第一季度", "Q1 2023"),
        ("二十世纪九十年代", "the 1990s"),
        ("九十年代", "the 1990s"),
        ("19世纪末", "the late 19th century"),
        ("公元前221年", "in 221 BC"),
        ("中秋节", "the Mid-Autumn Festival"),
        ("八月十五", "the 15th day of the eighth lunar month"),
        ("正月初一", "the Lunar New Year"),
        ("12月25日", "Christmas Day"),
        ("2023年春节", "the Spring Festival"),
        ("光绪二十六年", "in 1900"),
        ("民國112年", "in 2023"),
        ("5月3日、4日", "May 3 and 4"),
        ("2008年夏天", "the summer of 2008"),
        ("明天", "tomorrow"),
        ("昨晚", "last night"),
        ("今年早些时候", "earlier this year"),
    ],
)
def test_the_same_date_agrees_across_languages(chinese: str, english: str) -> None:
    assert same(value(chinese, "zh"), value(english, "en"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023-12-11", "2023-12-12"),
        ("XXXX-12-11", "2023-11-12"),
        ("2023", "2022"),
        ("2023-01/2023-03", "2023-10/2023-12"),
        ("P-1Y", "P1Y"),
        ("P-3Y", "P-2Y"),
        ("199X", "198X"),
        ("festival:spring", "festival:mid-autumn"),
        ("2022-festival:spring", "2023-festival:spring"),
        ("XXXX-WXX-5", "2023-12-11"),
        ("{2023-05-03,2023-05-06}", "2023-05-03"),
        ("{2023-05-03,2023-05-06}/2023-06", "2023"),
        ("", "2023"),
    ],
)
def test_different_dates_do_not_agree(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("P-1Y", "2025"),
        ("P0Y-01/P0Y-06", "2026-01/2026-06"),
        ("P-1M", "2026-08"),
        ("P-1M-15", "2026-08-15"),
        ("P0W", "2026-W38"),
        ("P1W-3", "2026-09-23"),
        ("P-1D", "2026-09-17"),
        ("P-18M", "2025-03"),
        ("P-1Y-12-11", "2025-12-11"),
        ("P-1Y-festival:spring", "2025-festival:spring"),
        ("XXXX-10-01", "2026-10-01"),
        ("XXXX-05", "2026-05"),
        ("XXXX-12-30/XXXX-01-02", "2026-12-30/2027-01-02"),
        ("@P1Y", "@P1Y"),
        ("P-XY", "P-XY"),
        ("2019", "2019"),
    ],
)
def test_values_reckoned_from_the_text_become_absolute(relative: str, expected: str) -> None:
    assert resolve(relative, "2026-09-18") == expected


def test_a_reference_that_is_only_a_year_resolves_years_alone() -> None:
    assert resolve("P-1Y", "2026") == "2025"
    assert resolve("P-1D", "2026") == "P-1D"
    assert resolve("P-1Y", "unknown") == "P-1Y"


def test_a_day_after_another_year_in_its_sentence_is_not_dated_by_the_document() -> None:
    text = "In 1949 he came home, and on June 4 he wrote. The meeting is on June 5."
    values = [mention.value for mention in find(text, "en", reference="2023-05-01")]
    assert values == ["1949", "XXXX-06-04", "2023-06-05"]


@pytest.mark.parametrize("piece", ["1", "一二", "12月", "2023年12月11日至", "1、", "公元前", "1,000"])
def test_long_nonsense_in_chinese_ends(piece: str) -> None:
    assert len(find(piece * 4000, "zh")) <= 4000 * len(piece)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "May ", "1998-", "the first ", "from May to ", "1998 and ", "a few "]
)
def test_long_nonsense_in_english_ends(piece: str) -> None:
    assert len(find(piece * 4000, "en")) <= 4000 * len(piece)
