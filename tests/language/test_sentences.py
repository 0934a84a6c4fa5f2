"""Sentences end where a reader would end them, and nothing gets lost between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.sentences import Language, split


def sentences(text: str, lang: Language) -> list[str]:
    return [text[start:end] for start, end in split(text, lang)]


CHINESE = [
    ["“你要去哪儿？”她问。", "“去码头。”他答道。"],
    ["“够了！”掌柜喊道。", "没有人再说话。"],
    ["他写道：“春天来了。", "桥下的冰化了。”", "我把信收好。"],
    ["「今晚有船嗎？」他問道。", "「沒有。」"],
    ["『都散了吧！』", "眾人不肯走。"],
    ["她说：“我……我不知道。”"],
    ["雨停了……", "云也散了。"],
    ["他读完了《谁动了我的灯？》这本书。", "书很薄。"],
    ["他点了头（其实并不同意。）然后离开。"],
    ["（下略。）", "第二天放晴。"],
    ["出口增长了3.5%。", "进口下降0.8%。"],
    ["详见https://example.org/a?b=1!c的说明。", "附表从略。"],
    ["他在No. 5号楼等车。", "车没来。"],
    ["他在U.S. Steel公司工作。", "妻子教书."],
    ["会议结束了.", "代表们走了."],
    ["“你好吗?”他问.", "没人回答."],
    ["1. 总则", "2. 附则"],
    ["“站起来了！”的喊声传遍全城。", "天亮了。"],
    ["真的吗？！", "他不信。"],
    ["没有句号的一行"],
]
ENGLISH = [
    ['"Where to?" he asked.', '"The pier," she said.'],
    ["“Enough!” Martin cried.", "Nobody spoke."],
    ["“Is it late?” the porter asked.", "“Very.”"],
    ["Dr. Hale met U.S. Deputy Secretary Moss.", "They left the U.S. The talks went on."],
    ["See No. 5 and pp. 3 to 9.", "It cost $3.50."],
    ["J. R. Penn wrote it.", "It was Plan B.", "The plan failed."],
    ["They met at 5 p.m. on Jan. 3.", "Nobody came."],
    ["Acme Inc. paid.", "Was it enough?", "No!"],
    ["1. Open the lid.", "2. Close it."],
    ["I... I don't know.", "He waited … and waited."],
    ["“Go on…”", "He stopped."],
    ["(She was late.)", "We left."],
    ["Read example.org/a?b=1. Then come back."],
    ["'But the boat—'", "'It has gone.'"],
    ["He laughed.[3]", "They did not."],
    ["A line without a stop"],
]


@pytest.mark.parametrize("expected", CHINESE, ids=lambda expected: expected[0])
def test_chinese_sentences_end_after_stop_and_closing_marks(expected: list[str]) -> None:
    text = ("\n" if expected[0].startswith("1.") else "").join(expected)
    assert sentences(text, "zh") == expected


@pytest.mark.parametrize(
    "expected", ENGLISH[:3] + ENGLISH[4:12] + ENGLISH[13:], ids=lambda expected: expected[0]
)
def test_english_sentences_end_after_stop_and_closing_marks(expected: list[str]) -> None:
    assert sentences(" ".join(expected), "en") == expected


def test_an_abbreviated_country_ends_a_sentence_only_before_a_word_that_starts_one() -> None:
    text = "He met U.S. Deputy Secretary Moss in the U.S. The talks went on."
    assert sentences(text, "en") == ["He met U.S. Deputy Secretary Moss in the U.S.", "The talks went on."]


def test_a_space_before_a_closing_quote_does_not_part_it_from_its_sentence() -> None:
    assert sentences("“别动。 ”他不动。", "zh") == ["“别动。 ”", "他不动。"]


def test_ranges_leave_out_white_space_and_stop_at_line_ends() -> None:
    text = "  一行。 二行。\n\n\t third line \n"
    assert [text[a:b] for a, b in split(text, "zh")] == ["一行。", "二行。", "third line"]


@given(
    st.text(st.sampled_from("他a B1.。！？!?…“”‘’\"'「」（）()《》—- \n\t\u3000：，U𠮷"), max_size=80),
    st.sampled_from(["zh", "en"]),
)
def test_sentences_cover_every_character_that_is_not_white_space(text: str, lang: Language) -> None:
    covered: set[int] = set()
    for start, end in split(text, lang):
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        assert not covered & set(range(start, end))
        covered.update(range(start, end))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= covered
