"""Imported texts are understood line by line."""

import pytest

from annotator.language.boilerplate import boilerplate
from annotator.language.layout import sides, understand

ZH = ["江边夜话", "昨夜江上起了雾。渡船没有开。", "今天早晨，雾散了。"]
EN = [
    "Talk by the River",
    "Fog rose on the river last night. The ferry did not run.",
    "This morning the fog lifted.",
]


def roles(text: str) -> list[str]:
    return [line.role for line in understand(text).lines]


def test_chinese_first_and_english_after_with_a_line_that_belongs_to_neither() -> None:
    layout = understand("\n".join([*ZH, *EN, "微信扫码关注本刊"]))
    assert layout.arrangement == "blocks"
    assert [line.role for line in layout.lines] == ["title-zh", "zh", "zh", "title-en", "en", "en", "aside"]
    assert layout.lines[-1].reason == "language.aside.qr"
    assert layout.lines[-1].number == 7


def test_english_first_and_chinese_after() -> None:
    layout = understand("\n".join([*EN, "", *ZH]))
    assert layout.arrangement == "blocks"
    assert [line.text for line in sides(layout)[0]] == ZH
    assert [line.text for line in sides(layout)[1]] == EN


def test_a_lone_line_in_the_wrong_block_is_set_aside() -> None:
    layout = understand("\n".join([*ZH, *EN, "王小川"]))
    assert layout.arrangement == "blocks"
    assert layout.lines[-1].reason == "language.aside.stray"


@pytest.mark.parametrize(
    ("text", "arrangement"),
    [
        ("雾散了。\nThe fog lifted.\n船来了。\nThe boat came.", "interleaved-lines"),
        ("雾散了。\nThe fog lifted.\n\n船来了。\nThe boat came.\n", "interleaved-lines"),
        ("雾散了。\n\nThe fog lifted.\n\n船来了。\n\nThe boat came.", "interleaved-paragraphs"),
        ("雾散了。\n船来了。", "zh-only"),
        ("The fog lifted.", "en-only"),
        ("\n  \n* * *\n", "empty"),
        ("", "empty"),
    ],
)
def test_arrangements(text: str, arrangement: str) -> None:
    assert understand(text).arrangement == arrangement


def test_every_line_is_kept_as_it_was() -> None:
    text = "  雾散了。 \n\nPage 3 of 7\nhttps://example.org/x\nFog.\n"
    layout = understand(text)
    assert "\n".join(line.text for line in layout.lines) == text
    assert roles(text) == ["zh", "blank", "aside", "aside", "en", "blank"]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：林晚", "原标题：江上的雾", "阅读原文", "- 12 -", "第3页",
        "Share this article", "© 2021 River",
        "All rights reserved.", "长按识别二维码", "点击查看更多内容", "Source: River Press",
        "www.example.org",
    ],
)  # fmt: skip
def test_boilerplate_is_known(line: str) -> None:
    assert boilerplate(line).startswith("language.aside.")


@pytest.mark.parametrize(
    "line",
    [
        "他把照片分享到朋友圈，然后关了手机。", "编辑部在三楼。", "微信改变了人们付款的方式。",
        "Share prices fell again.",
        "The editor read the page.", "Please follow us down the path. It is short.", "版权法今年修订。",
    ],
)  # fmt: skip
def test_text_that_only_sounds_like_boilerplate_stays(line: str) -> None:
    assert boilerplate(line) == ""
