"""People and places in Chinese sentences, by rules alone."""

from __future__ import annotations

import pytest

from annotator.language.mentions import SHOWN, Heard, find_mentions, hear


def found(text: str, heard: Heard | None = None, least: float = SHOWN) -> list[tuple[str, str]]:
    """What is found, each with P for a person and L for a place."""
    mentions = find_mentions(text, "zh", heard or Heard(), least=least)
    return [(text[one.start : one.end], "P" if one.label == "PERSON" else "L") for one in mentions]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("副校长孟昭荣昨天在苏州宣读了名单。", ["孟昭荣", "苏州"]),
        ("据诗人欧阳雪岚回忆，那年的雪下得很早。", ["欧阳雪岚"]),
        ("建筑师安德烈·莫里森和助手一起去了里斯本。", ["安德烈·莫里森", "里斯本"]),
        ("小说家佐藤美惠从京都赶来。", ["佐藤美惠", "京都"]),
        ("摄影师维尔托夫说，雾散得太快了。", ["维尔托夫"]),
        ("明太祖下令重修城墙。", ["明太祖"]),
        ("路易十四世的肖像挂在走廊尽头。", ["路易十四世"]),
        ("老周说：“船不等人。”", ["老周"]),
        ("陈大娘把伞递给了孩子。", ["陈大娘"]),
    ],
)
def test_names_of_people_and_places_are_found_whole(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(text)] == names


def test_titles_and_professions_stay_outside() -> None:
    assert found("市长梁启文和工程师白晓岚先后发言。") == [("梁启文", "P"), ("白晓岚", "P")]


def test_places_from_large_to_small_are_mentions_of_their_own() -> None:
    assert found("茶厂在浙江省绍兴市。") == [("浙江省", "L"), ("绍兴市", "L")]


def test_a_word_for_its_kind_belongs_to_a_place() -> None:
    assert found("渡船沿着富春江开到青岩镇。") == [("富春江", "L"), ("青岩镇", "L")]


def test_a_place_in_the_name_of_an_organisation_is_held_back() -> None:
    text = "她在南京艺术学院教书。"
    assert found(text) == []
    doubtful = [one for one in find_mentions(text, "zh", least=0) if text[one.start : one.end] == "南京"]
    assert [one.pattern for one in doubtful] == ["zh.in_organisation_place"]


def test_peoples_and_languages_are_no_places() -> None:
    assert found("那位法国人会说一点日语。") == []


def test_everyday_words_that_begin_with_a_surname_are_no_names() -> None:
    assert found("大家高高兴兴地回家，马上安静下来，谁也没有张口。") == []


def test_a_name_is_spelt_by_sound_or_a_place_as_its_neighbours_tell() -> None:
    assert found("律师贝尔科说他不知道。") == [("贝尔科", "P")]
    assert found("他们抵达贝尔科时天已经黑了。") == [("贝尔科", "L")]


def test_a_place_is_told_by_its_definition() -> None:
    assert ("托尔文", "L") in found("托尔文是瑞典的一个小镇。")


def test_the_form_in_brackets_is_the_same_kind_of_name() -> None:
    assert found("画家约翰·哈洛（John Harlow）住在隔壁。") == [("约翰·哈洛", "P"), ("John Harlow", "P")]


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    assert found("記者蘇麗萍從臺灣來到廣東。") == [("蘇麗萍", "P"), ("臺灣", "L"), ("廣東", "L")]


def test_dots_of_every_kind_join_the_parts_of_a_name() -> None:
    for dot in "•·・‧∙":
        assert found(f"教练马克{dot}奥斯汀没有说话。") == [(f"马克{dot}奥斯汀", "P")]


def test_part_of_a_name_is_known_when_the_whole_was_heard() -> None:
    heard = hear(["翻译丹尼尔·霍尔布鲁克到了。"], "zh")
    assert heard.names == {"丹尼尔": "PERSON", "霍尔布鲁克": "PERSON"}
    assert found("霍尔布鲁克点了点头。", heard) == [("霍尔布鲁克", "P")]


def test_a_heard_part_does_not_break_a_name_with_dots() -> None:
    heard = Heard({"霍尔布鲁克": "PERSON"})
    assert found("翻译丹尼尔·霍尔布鲁克到了。", heard) == [("丹尼尔·霍尔布鲁克", "P")]


def test_surer_patterns_score_higher() -> None:
    beside_title, bare = (find_mentions(text, "zh")[0] for text in ("教授林世昌来了。", "后来林世昌来了。"))
    assert beside_title.score > bare.score >= SHOWN
    assert beside_title.reason == "suggest.rule.name_beside_title"
