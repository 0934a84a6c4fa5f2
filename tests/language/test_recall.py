"""Memory: strings that were annotated, and how often they were not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import SIDES, Side
from annotator.language.crf.tags import Labelled
from annotator.language.recall import Recall


def learnt(side: Side, *sentences: tuple[str, str, str]) -> Recall:
    """A memory of sentences, each with one name in it and its label."""
    recall = Recall(side)
    for number, (text, name, label) in enumerate(sentences):
        start = text.index(name) if name else 0
        recall.learn(number, text, [Labelled(start, start + len(name), label)] if name else [])
    return recall


def names(recall: Recall, text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.label) for one in recall.find(text)]


def test_what_was_annotated_is_found_again_at_once() -> None:
    recall = Recall("zh")
    assert recall.find("顾岚走了。") == []

    recall.learn(0, "顾岚来了。", [Labelled(0, 2, "PERSON")])

    assert names(recall, "后来顾岚走了。") == [("顾岚", "PERSON")]


def test_what_was_forgotten_is_not_found() -> None:
    recall = learnt("zh", ("顾岚来了。", "顾岚", "PERSON"))
    recall.forget(0)
    assert recall.find("顾岚走了。") == []


def test_a_string_that_was_left_alone_loses_trust() -> None:
    recall = learnt("en", ("Reading lies on the Thames.", "Reading", "PLACE"))
    before = recall.find("Reading is far.")[0].score

    for number in range(5):
        recall.learn(f"more {number}", "Reading is fun.", [])

    assert recall.find("Reading is far.")[0].score < before / 3
    assert recall.absent("Reading", "PLACE") == 5


def test_a_rejected_string_loses_trust_even_in_an_unfinished_row() -> None:
    recall = learnt("zh", ("云浮很远。", "云浮", "PLACE"))
    before = recall.find("去云浮。")[0].score

    recall.learn("later", "云浮在山上。", [], [Labelled(0, 2, "PLACE")], read=False)

    assert recall.find("去云浮。")[0].score < before


def test_one_chinese_character_is_hardly_trusted() -> None:
    recall = learnt("zh", ("李说不去。", "李", "PERSON"), ("云浮很远。", "云浮", "PLACE"))
    one, two = recall.find("李去了云浮。")
    assert one.score <= two.score
    assert Recall("zh").find("李") == []


def test_english_words_are_found_whole() -> None:
    recall = learnt("en", ("Ann left.", "Ann", "PERSON"))
    assert names(recall, "Annual news from Ann’s mother, not from McAnn.") == [("Ann", "PERSON")]


def test_parts_of_a_persons_name_are_remembered_as_parts() -> None:
    recall = learnt("en", ("Maren Holt left.", "Maren Holt", "PERSON"))
    (part,) = recall.find("But Holt stayed.")
    assert part.part
    assert part.score < 0.5


def test_simplified_and_traditional_are_one_string() -> None:
    recall = learnt("zh", ("羅小滿來了。", "羅小滿", "PERSON"))
    assert ("罗小满", "PERSON") in names(recall, "罗小满走了。")


@pytest.mark.parametrize("side", SIDES)
@given(
    texts=st.lists(st.text(alphabet="ab 李岚·,", min_size=1, max_size=12), min_size=1, max_size=8),
    data=st.data(),
)
def test_learning_and_forgetting_in_any_order_is_as_if_it_had_not_been(
    side: Side, texts: list[str], data: st.DataObject
) -> None:
    recall, other = Recall(side), Recall(side)
    kept = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    for number, text in enumerate(texts):
        end = data.draw(st.integers(1, len(text)))
        span = Labelled(data.draw(st.integers(0, end - 1)), end, "PERSON")
        recall.learn(number, text, [span])
        recall.find(text)
        if number in kept:
            other.learn(number, text, [span])
    for number in set(range(len(texts))) - kept:
        recall.forget(number)

    for text in texts:
        assert recall.find(text) == other.find(text)
        assert all(0 <= one.start < one.end <= len(text) for one in recall.find(text))
