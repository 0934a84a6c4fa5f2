"""Lines broken at a margin become paragraphs again; whatever else has short lines keeps them."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.wrapping import unwrap, unwrap_printed

EN = [
    "The ferry left a little after six, when the mist was still lying on the water and nobody on the quay "
    "could see the other bank. There were only four of us aboard. The oldest, a man of about seventy with a "
    "basket of plums on his knees, told me that he had made the crossing every week for forty years.",
    "Nobody had ever drowned, he said; but once a cow had jumped overboard in the middle of the river and "
    "had arrived before the ferry. He laughed about it all the way across.",
]
ZH = [
    "渡船六点多一点开走，水面上还罩着雾，码头上的人谁也看不见对岸。船上只有我们四个人。年纪最大的是一位七十来岁的老人，"
    "膝上放着一篮李子，他告诉我，四十年来他每个星期都要过一次河。",
    "他说，从来没有淹死过人；不过有一回，一头牛在河中间跳下水，比渡船还先到岸。说起这件事，他笑了一路。",
]
VERSE = """The lamp is lit, the door is wide,
The guests are few, the night is long,
And someone on the other side
Is trying to recall a song.
It was about a mill, he said,
A mill that turned without a stream,
And all the miller's sons were dead,
And all the flour was a dream."""
ZH_VERSE = """渡口无人春水长，柳丝低处系归航
山前雨过云犹湿，竹外风来梦亦凉
旧日书声听不见，新年灯影看成行
明朝又是天涯客，一路青山到故乡"""
MODERN = "我想写一封信\n寄给河对岸那个\n从来没有回过头的人\n告诉他\n船已经不开了\n可是李子每年都熟\n落在水里"
LIST = "\n".join(
    f"{number}. {item}"
    for number, item in enumerate(
        [
            "a basket of plums from the garden",
            "two ferry tickets, one of them for the old man",
            "a rope",
            "salt",
        ],
        1,
    )
)
TABLE = "\n".join(
    f"{name:<22}{village:<24}{count:>6}"
    for name, village, count in [
        ("the old ferryman", "on the northern bank", 40),
        ("his only daughter", "in the valley behind", 12),
        ("a man with a cow", "beyond the far hills", 1),
        ("the schoolmaster", "near the new bridge", 7),
    ]
)


def zh_lines(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


@pytest.mark.parametrize("width", [60, 66, 72, 80])
@pytest.mark.parametrize(("between", "indent"), [("\n\n", ""), ("\n", "    ")])
def test_english_paragraphs_are_put_together(width: int, between: str, indent: str) -> None:
    wrapped = between.join("\n".join(textwrap.wrap(one, width, initial_indent=indent)) for one in EN)
    assert unwrap(wrapped).text == between.join(indent + one for one in EN)


@pytest.mark.parametrize("width", [16, 20, 30, 38])
@pytest.mark.parametrize(("between", "indent"), [("\n\n", ""), ("\n", "　　")])
def test_chinese_paragraphs_are_put_together(width: int, between: str, indent: str) -> None:
    wrapped = between.join("\n".join(zh_lines(indent + one, width)) for one in ZH)
    assert unwrap(wrapped).text == between.join(indent + one for one in ZH)


def test_each_language_of_a_text_has_a_margin_of_its_own() -> None:
    en = "\n\n".join("\n".join(textwrap.wrap(one, 64)) for one in EN)
    mixed = unwrap("\n\n".join([*ZH, en]))
    assert mixed.text == "\n\n".join([*ZH, *EN])
    assert mixed.places[:5] == (1, 2, 3, 4, 5)
    assert len(mixed.places) == mixed.text.count("\n") + 1


@pytest.mark.parametrize(
    "text", [VERSE, VERSE.lower(), ZH_VERSE, MODERN, LIST, TABLE, "\n".join(EN), "\n".join(ZH)]
)
def test_lines_that_no_margin_broke_stay(text: str) -> None:
    assert unwrap(text) == (text, 0, tuple(range(1, text.count("\n") + 2)))


@pytest.mark.parametrize("other", [VERSE, LIST, TABLE])
def test_they_stay_within_a_wrapped_text_too(other: str) -> None:
    wrapped = "\n".join(textwrap.wrap(EN[0], 72))
    assert unwrap(f"{wrapped}\n\n{other}\n\n{wrapped}").text == f"{EN[0]}\n\n{other}\n\n{EN[0]}"


def test_one_sentence_a_line_is_not_wrapped() -> None:
    sentences = [one + "." for text in EN for one in text.rstrip(".").replace(";", ".").split(". ")]
    assert unwrap("\n".join(sentences * 3)).joined == 0


def test_a_word_parted_by_a_hyphen_is_one_again_unless_it_has_one() -> None:
    text = (
        "Nobody in the whole village could say who had been the first to cross the ri-ver by night, but all "
        "of them agreed that it had been done without a well-known ferryman, and that the well-known one "
        "had been sorry for it until the very end of his life, which was not a long one."
    )
    lines = next(
        lines
        for lines in (textwrap.wrap(text, width) for width in range(50, 90))
        if any(line.endswith("ri-") for line in lines) and any(line.endswith("well-") for line in lines)
    )
    assert unwrap("\n".join(lines)).text == text.replace("ri-ver", "river")


def test_the_marks_of_a_quoted_mail_stand_once_before_a_paragraph() -> None:
    quoted = "\n".join(f"> {line}" for line in textwrap.wrap(EN[0], 70))
    answer = "\n".join(textwrap.wrap(EN[1], 72))
    assert unwrap(f"{quoted}\n\n{answer}").text == f"> {EN[0]}\n\n{EN[1]}"


def test_a_number_that_the_margin_cut_is_one_again() -> None:
    text = "渡船公司成立于一九五八年，到2019年为止，一共运送了三百多万人次的乘客过河。"
    assert unwrap("\n".join(zh_lines(text, 16))).text == text


WORDS = st.lists(
    st.sampled_from(("of", "the", "river", "and", "ferry", "old", "water", "slowly", "in", "plums"))
)


@given(st.lists(WORDS.map(" ".join), max_size=8), st.integers(40, 80))
def test_nothing_but_white_space_changes(paragraphs: list[str], width: int) -> None:
    wrapped = "\n\n".join("\n".join(textwrap.wrap(one, width)) for one in paragraphs)
    whole = unwrap(wrapped)
    assert whole.text.split() == wrapped.split()
    assert whole.joined == wrapped.count("\n") - whole.text.count("\n")
    lines = wrapped.split("\n")
    for line, place in zip(whole.text.split("\n"), whole.places, strict=True):
        assert line.startswith(lines[place - 1])


@given(st.text(alphabet="ab 中，。.“”\n\t　>-1、", max_size=300))
def test_whatever_the_text_no_letter_is_lost(text: str) -> None:
    whole = unwrap(text)
    letters = [char for char in text if char.isalnum()]
    assert [char for char in whole.text if char.isalnum()] == letters
    assert len(whole.places) == whole.text.count("\n") + 1
    assert sorted(set(whole.places)) == list(whole.places)
    assert unwrap_printed([line for line in text.split("\n") if line.strip()] or ["x"])
