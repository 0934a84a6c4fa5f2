"""Numbers that a translation keeps, and those that it does not."""

from __future__ import annotations

import pytest

from annotator.language.numbers import find, unmatched

AGREE = [
    ("仓库里还有60万袋。", "There are 600,000 bags left in the warehouse."),
    ("七千多公里外的港口", "a port more than 7,000 kilometres away"),
    ("造价4.2亿元", "It cost 420 million yuan."),
    ("预算为1.5兆", "a budget of 1.5 trillion"),
    ("20世纪60年代", "in the 1960s"),
    ("九十年代初", "the early 1990s"),
    ("十九世纪的房子", "a house of the 19th century"),
    ("三分之二的人", "two-thirds of the people"),
    ("百分之三十八点五", "38.5%"),
    ("三成居民", "30 percent of the residents"),
    ("下午三点半开会", "The meeting is at 3:30 p.m."),
    ("23点45分", "at 23.45"),
    ("二〇二三年", "in 2023"),
    ("一九八七年的大水", "the flood of 1987"),
    ("第二十一届", "the twenty-first"),
    ("一百五十名工人", "a hundred and fifty workers"),
    ("一百四十亿年", "14 billion years"),
    ("他十八九岁", "He was eighteen or nineteen."),
    ("一百多亿年前", "more than ten billion years ago"),
    ("二十两银子", "twenty taels of silver"),
    ("民国元年", "in 1912"),
    ("长5公里", "three miles long"),
    ("一刻钟后，三十名学生", "Thirty students, a quarter of an hour later"),
    ("1914至1918年", "1914–18"),
    ("他十分高兴，万一下雨也去。", "He was very glad and would go even if it rained."),
    ("6. 渡口", "The Ferry"),
    ("两打鸡蛋", "twenty-four eggs"),
    ("半个世纪", "fifty years"),
    ("３０个", "thirty"),
]  # fmt: skip

DIFFER = [
    ("15人到会。", "Fifty people came.", ["15"], ["Fifty"]),
    ("他生于1987年。", "He was born in 1978.", ["1987"], ["1978"]),
    ("5万人", "5,000 people", ["5万"], ["5,000"]),
    ("百分之五", "15 per cent", ["百分之五"], ["15"]),
    ("二十五名学生", "twenty-six students", ["二十五"], ["twenty-six"]),
    ("他们谈了三天。", "They talked for four days.", ["三"], ["four"]),
    ("他走了。", "He left with 300 men.", [], ["300"]),
    ("他带了300人走了。", "He left.", ["300"], []),
    ("57亿选民", "5.7 million voters", ["57亿"], ["5.7 million"]),
]


@pytest.mark.parametrize(("zh", "en"), AGREE)
def test_what_means_the_same_number_agrees(zh: str, en: str) -> None:
    assert unmatched(zh, en) == ([], [])


@pytest.mark.parametrize(("zh", "en", "first", "second"), DIFFER)
def test_other_numbers_do_not(zh: str, en: str, first: list[str], second: list[str]) -> None:
    alone = unmatched(zh, en)
    assert [zh[one.start : one.end] for one in alone[0]] == first
    assert [en[one.start : one.end] for one in alone[1]] == second


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("三百五十二", "zh", [352]),
        ("一万二千人", "zh", [12_000]),
        ("1.2亿", "zh", [120_000_000]),
        ("两千零五年", "zh", [2005]),
        ("nineteen eighty-four", "en", [19]),
        ("two hundred and five thousand", "en", [205_000]),
        ("Louis XIV", "en", [14]),
    ],
)
def test_numerals_are_worth_what_they_say(text: str, lang: str, values: list[float]) -> None:
    assert [one.value for one in find(text, lang)] == values


def test_a_year_in_two_words_is_also_read_as_one() -> None:
    assert 1984 in find("nineteen eighty-four", "en")[0].also


def test_a_text_without_numbers_has_none() -> None:
    assert find("", "zh") == find("", "en") == find("风停了。", "zh") == []
