"""Names that are spelt, shaped or composed so that sound alone does not find them."""

from __future__ import annotations

import pytest

from annotator.language.counterpart import Direction, Knowledge, Mention, counterparts, project
from annotator.language.counterpart.candidate import Candidate
from annotator.language.counterpart.likely import likely
from annotator.language.counterpart.native import native_likeness, surname_of, syllables


def found(
    zh: str, en: str, part: str, label: str, direction: Direction, known: Knowledge | None = None
) -> str:
    here, there = (zh, en) if direction == "zh-en" else (en, zh)
    start = here.index(part)
    mention = Mention(start, start + len(part), label)
    projected = project(zh, en, [mention], direction, known or Knowledge())
    return " | ".join(there[one.start : one.end] for _, one in projected)


CASES = [
    ("陈锦发笑了。", "Tan Kim Huat laughed.", "陈锦发", "Tan Kim Huat", "PERSON"),
    ("黄秀莲从怡保来。", "Wong Sau Lin came from Ipoh.", "黄秀莲", "Wong Sau Lin", "PERSON"),
    ("胡汉民不同意。", "Hu Han-min did not agree.", "胡汉民", "Hu Han-min", "PERSON"),
    ("她去见中村健太。", "She went to see Kenta Nakamura.", "中村健太", "Kenta Nakamura", "PERSON"),
    ("夏志清称赞了它。", "C. T. Hsia praised it.", "夏志清", "C. T. Hsia", "PERSON"),
    ("欧阳倩走了进来。", "Ouyang Qian walked in.", "欧阳倩", "Ouyang Qian", "PERSON"),
    ("老李笑了。", "Old Li laughed.", "老李", "Old Li", "PERSON"),
    ("何雨萱没有去。", "He Yuxuan did not go.", "何雨萱", "He Yuxuan", "PERSON"),
    ("西安下雪了。", "It snowed in Xi’an.", "西安", "Xi’an", "PLACE"),
    ("他住在椰脚街。", "He lived on Pitt Street.", "椰脚街", "Pitt Street", "PLACE"),
    ("她出生在庙街。", "She was born on Temple Street.", "庙街", "Temple Street", "PLACE"),
    ("林小雅走了。", "Maya Lin left.", "林小雅", "Maya Lin", "PERSON"),
    ("朴智媛写了信。", "Park Ji-won wrote a letter.", "朴智媛", "Park Ji-won", "PERSON"),
    ("他们住在苏州河边。", "They lived by Suzhou Creek.", "苏州河", "Suzhou Creek", "PLACE"),
    ("水从怒江来。", "The water comes from the Nu River.", "怒江", "Nu River", "PLACE"),
    ("联合国儿童基金会派了人。", "The envoys of UNICEF came.", "联合国儿童基金会", "UNICEF", "ORG"),
    ("他在日本观光厅。", "He is at the Japan Tourism Agency.", "日本观光厅", "Japan Tourism Agency", "ORG"),
    ("上海市档案馆开了门。", "The Shanghai Municipal Archives opened.", "上海市档案馆",
     "Shanghai Municipal Archives", "ORG"),
    ("米兰大学请了她。", "The University of Milan invited her.", "米兰大学", "University of Milan", "ORG"),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "chinese", "english", "label"), CASES)
def test_a_name_is_found_in_both_directions(zh: str, en: str, chinese: str, english: str, label: str) -> None:
    assert found(zh, en, chinese, label, "zh-en") == english
    assert found(zh, en, english, label, "en-zh") == chinese


def test_the_longer_name_of_the_same_is_taken_though_the_shorter_was_linked() -> None:
    known = Knowledge(linked={"英国": ["Britain"], "美国": ["United States"]})
    assert (
        found("英国下雨。", "It rained in Great Britain.", "英国", "PLACE", "zh-en", known) == "Great Britain"
    )
    en = "She left the United States of America."
    assert found("她离开了美国。", en, "美国", "PLACE", "zh-en", known) == "United States of America"


def test_a_firm_is_found_by_the_name_that_is_listed_without_its_word_of_kind() -> None:
    en = "The picture was sold at Sotheby's on Friday."
    assert found("画在苏富比拍卖行卖了。", en, "苏富比拍卖行", "ORG", "zh-en") == "Sotheby's"


def test_what_is_left_of_a_name_is_not_what_others_say() -> None:
    zh, en = "讲堂里谈起怒江。", "In the hall they spoke of the Nu River."
    assert found(zh, en, "Nu River", "PLACE", "en-zh") == "怒江"


def test_a_family_name_alone_finds_the_whole_name_but_stops_at_a_title() -> None:
    assert found("陈锦发说不。", "“No,” said Tan.", "Tan", "PERSON", "en-zh") == "陈锦发"
    assert found("陈老师说不。", "“No,” said Mr. Tan.", "Tan", "PERSON", "en-zh") == "陈"


def test_parts_of_a_name_that_was_linked_are_known() -> None:
    known = Knowledge(linked={"多萝西·斯莱特": ["Dolly Quill"], "魏寒山": ["Wei Cold-Mountain"]})
    assert found("斯莱特睡了。", "Then Quill slept.", "斯莱特", "PERSON", "zh-en", known) == "Quill"
    assert found("魏寒山睡了。", "And Wei slept.", "Wei", "PERSON", "en-zh", known) == "魏寒山"


def test_initials_are_names_that_a_dictionary_knows() -> None:
    known = Knowledge(glosses=lambda word: {"世界卫生组织": ["World Health Organization"]}.get(word, []))
    zh, en = "世界卫生组织不同意。", "The WHO does not agree."
    assert found(zh, en, "世界卫生组织", "ORG", "zh-en", known) == "WHO"
    assert found(zh, en, "WHO", "ORG", "en-zh", known) == "世界卫生组织"


def test_a_title_is_found_as_a_whole() -> None:
    zh, en = "她画了《三个铜板》和一只猫。", "She painted “Three Copper Coins” and a cat."
    assert found(zh, en, "三个铜板", "WORK", "zh-en") == "Three Copper Coins"
    assert found(zh, en, "Three Copper Coins", "WORK", "en-zh") == "三个铜板"


def test_a_date_goes_without_article_and_with_its_season() -> None:
    zh, en = "1993年初秋下了雨。", "It rained in the early autumn of 1993."
    assert found(zh, en, "1993年初秋", "DATE", "zh-en") == "early autumn of 1993"
    assert found(zh, en, "early autumn of 1993", "DATE", "en-zh") == "1993年初秋"
    assert (
        found("九十年代初他走了。", "He left in the early 1990s.", "九十年代初", "DATE", "zh-en")
        == "early 1990s"
    )


def test_an_adjective_is_no_counterpart_of_a_place() -> None:
    assert found("日本飞机来了。", "Japanese planes came.", "日本", "PLACE", "zh-en") == ""


def test_a_phrase_goes_where_its_words_go() -> None:
    zh = "他们谈到气候变化、粮食问题和公共卫生。"
    en = "They talked about public health, climate change and the food problem."
    for chinese, english in (("气候变化", "climate change"), ("公共卫生", "public health")):
        assert found(zh, en, chinese, "THEME", "zh-en") == english
        assert found(zh, en, english, "THEME", "en-zh") == chinese


def test_a_dictionary_may_be_asked_about_words_that_it_does_not_know() -> None:
    zh, en = "顾岚去了海口。", "Gu Lan went to Haikou."
    assert found(zh, en, "海口", "PLACE", "zh-en", Knowledge(glosses=lambda _: ())) == "Haikou"


@pytest.mark.parametrize(
    ("name", "words", "fits"),
    [
        ("梁婉仪", ["Leung", "Yuen-yee"], True),
        ("梁婉仪", ["Leung"], True),
        ("梁婉仪", ["Chan", "Tai-man"], False),
        ("斯通", ["Stone"], False),
    ],
)
def test_the_shape_of_a_chinese_name(name: str, words: list[str], fits: bool) -> None:
    assert (native_likeness(name, words) > 0.6) is fits


def test_family_names_and_syllables() -> None:
    assert [surname_of(name) for name in ("欧阳修", "王维", "𠮷田洋子", "王")] == ["欧阳", "王", "", ""]
    assert [syllables(name) for name in ("Guodong", "Zhiyuan", "Kim Huat", "Ng", "Yuen-yee")] == [
        2,
        2,
        2,
        1,
        2,
    ]


def test_a_likelier_candidate_of_a_reason_keeps_the_higher_score() -> None:
    for reason in ("sound", "table", "meaning", "place", "left"):
        scores = [likely(Candidate(0, 1, step / 20, reason)).score for step in range(21)]
        assert scores == sorted(scores)
        assert 0 <= scores[0] <= scores[-1] <= 1


def test_candidates_come_best_first() -> None:
    zh, en = "顾岚在海口会见了洋子。", "Gu Lan met Yoko in Haikou."
    ranked = counterparts(zh, en, Mention(0, 2, "PERSON"), "zh-en")
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
