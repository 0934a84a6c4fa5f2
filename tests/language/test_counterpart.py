"""The counterpart of a mention in the other text, and why it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.counterpart import Direction, Knowledge, Mention, counterparts, project
from annotator.language.counterpart.assign import assign
from annotator.language.counterpart.sound import likeness, stretches


def mention(text: str, part: str, label: str = "PERSON") -> Mention:
    start = text.index(part)
    return Mention(start, start + len(part), label)


def best(
    zh: str, en: str, part: str, label: str, direction: Direction, known: Knowledge | None = None
) -> tuple[str, str]:
    here, there = (zh, en) if direction == "zh-en" else (en, zh)
    one = counterparts(zh, en, mention(here, part, label), direction, known or Knowledge())[0]
    return there[one.start : one.end], one.reason


@pytest.mark.parametrize(
    ("chinese", "latin", "other"),
    [
        ("蒙哥马利", "Montgomery", "Wellington"),
        ("斯蒂文森", "Stevenson", "Anderson"),
        ("施密特", "Schmidt", "Schneider"),
        ("何塞", "José", "Juan"),
        ("梁启超", "Liang Qichao", "Liang Shiqiu"),
        ("許嘉禾", "Hsu Chia-ho", "Hsu Wei-lin"),
        ("陳志明", "Chan Chi-ming", "Wong Ka-fai"),
        ("阮文福", "Nguyen Van Phuc", "Tran Thi Mai"),
    ],
)
def test_a_name_sounds_like_its_own_transliteration_most(chinese: str, latin: str, other: str) -> None:
    assert likeness(chinese, latin) > 0.6
    assert likeness(chinese, latin) > likeness(chinese, other) + 0.2


def test_the_stretch_that_sounds_like_a_name_has_its_exact_bounds() -> None:
    text = "昨天部长会见了施特劳斯并向他致谢"
    start, end, alike = stretches(text, "Strauss", 0.5)[0]
    assert text[start:end] == "施特劳斯"
    assert alike == max(one[2] for one in stretches(text, "Strauss", 0.0))


@pytest.mark.parametrize(
    ("zh", "en", "chinese", "english", "label", "reason"),
    [
        ("他飞往瑞典。", "He flew to Sweden.", "瑞典", "Sweden", "PLACE", "table"),
        ("朝鲜发表声明。", "The DPRK issued a statement.", "朝鲜", "DPRK", "PLACE", "table"),
        ("安大略省下了雪。", "Snow fell in Ontario.", "安大略省", "Ontario", "PLACE", "table"),
        ("他们在特伦河边露营。", "They camped by the Tren River.", "特伦河", "Tren River", "PLACE", "sound"),
        ("科林·沃特斯睡了。", "Colin Waters slept.", "科林·沃特斯", "Colin Waters", "PERSON", "sound"),
        ("教授周立平笑了。", "Professor Zhou Liping smiled.", "周立平", "Zhou Liping", "PERSON", "pinyin"),
        ("我们见到了Olsen先生。", "We met Mr. Olsen.", "Olsen", "Olsen", "PERSON", "text"),
    ],
)  # fmt: skip
def test_a_counterpart_is_found_in_both_directions(
    zh: str, en: str, chinese: str, english: str, label: str, reason: str
) -> None:
    assert best(zh, en, chinese, label, "zh-en") == (english, reason)
    assert best(zh, en, english, label, "en-zh") == (chinese, reason)


def test_a_surname_finds_the_full_name_but_not_the_title() -> None:
    assert (
        best("斯通昨天辞职。", "Then Senator Emma Stone resigned.", "斯通", "PERSON", "zh-en")[0]
        == "Emma Stone"
    )


def test_a_gloss_in_brackets_tells_the_counterpart() -> None:
    zh = "发言人贺安德(Andrew Horton)没有回答。"
    en = "Andrew Horton, the spokesman, did not answer."
    assert best(zh, en, "贺安德", "PERSON", "zh-en") == ("Andrew Horton", "gloss")
    found = project(zh, en, [mention(en, "Andrew Horton")], "en-zh")
    assert {zh[one.start : one.end] for _, one in found} == {"贺安德", "Andrew Horton"}


def test_what_was_linked_before_wins() -> None:
    known = Knowledge(linked={"老虎": ["Deputy Tiger"]})
    assert best("老虎来了。", "In came Deputy Tiger.", "老虎", "PERSON", "zh-en", known) == (
        "Deputy Tiger",
        "linked",
    )
    assert best("老虎来了。", "In came Deputy Tiger.", "Deputy Tiger", "PERSON", "en-zh", known) == (
        "老虎",
        "linked",
    )


def test_a_users_dictionary_is_asked() -> None:
    known = Knowledge(glosses=lambda word: {"教堂山": ["Chapel Hill, North Carolina"]}.get(word, []))
    zh, en = "她住在教堂山附近。", "She lives near Chapel Hill."
    assert best(zh, en, "教堂山", "PLACE", "zh-en", known) == ("Chapel Hill", "dictionary")
    assert best(zh, en, "Chapel Hill", "PLACE", "en-zh", known) == ("教堂山", "dictionary")


def test_no_stretch_is_given_to_two_mentions() -> None:
    zh, en = "德国和法国抗议，德国更响。", "Germany and France protested."
    mentions = [Mention(0, 2, "PLACE"), Mention(3, 5, "PLACE"), Mention(8, 10, "PLACE")]
    found = [en[one.start : one.end] for _, one in project(zh, en, mentions, "zh-en")]
    assert sorted(found) == ["France", "Germany"]


def test_repeated_mentions_go_in_order() -> None:
    zh, en = "秘鲁赢了，智利输了，秘鲁欢呼。", "Peru won, Chile lost, Peru cheered."
    mentions = [mention(zh, "智利", "PLACE"), Mention(0, 2, "PLACE"), Mention(10, 12, "PLACE")]
    found = {given.start: one.start for given, one in project(zh, en, mentions, "zh-en")}
    assert found == {0: 0, 5: 10, 10: 22}


def test_the_only_names_left_belong_together() -> None:
    zh, en = "白乐天带着安娜走了。", "So Anna left with Horatio Quimby."
    found = project(zh, en, [mention(zh, "白乐天"), mention(zh, "安娜")], "zh-en")
    assert [(en[one.start : one.end], one.reason) for _, one in found] == [
        ("Horatio Quimby", "left"),
        ("Anna", "dictionary"),
    ]


def test_a_theme_goes_to_the_corresponding_clause() -> None:
    zh, en = "会谈很坦诚，双方谈到了粮价。", "The talks were candid, and both sides spoke of grain prices."
    one = counterparts(zh, en, Mention(0, 5, "THEME/trade"), "zh-en")[0]
    assert en[one.start : one.end] == "The talks were candid"


@given(
    st.lists(st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), min_size=3, max_size=3), min_size=1, max_size=3)
)
def test_an_assignment_is_as_good_as_any(scores: list[list[float]]) -> None:
    from itertools import permutations

    chosen = assign(scores)
    taken = [column for column in chosen if column >= 0]
    assert len(taken) == len(set(taken))
    total = sum(scores[row][column] for row, column in enumerate(chosen) if column >= 0)
    best_total = max(
        sum(scores[row][column] for row, column in enumerate(order[: len(scores)]))
        for order in permutations(range(3))
    )
    assert total == pytest.approx(best_total)


@given(
    st.text(st.sampled_from("国王·李 (A)bcd，。"), max_size=20),
    st.text(st.sampled_from("Ab Cd. (é)’"), max_size=20),
)
def test_any_text_may_be_asked_about(zh: str, en: str) -> None:
    for direction, here, there in (("zh-en", zh, en), ("en-zh", en, zh)):
        for label in ("PERSON", "PLACE", "THEME", "DATE"):
            if here:
                for one in counterparts(zh, en, Mention(0, len(here), label), direction):  # type: ignore[arg-type]
                    assert 0 <= one.start < one.end <= len(there)
                    assert 0 <= one.score <= 1.1
