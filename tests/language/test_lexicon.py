"""What is known of words, and how it is looked up."""

import pickle
from collections import Counter

import pytest

from annotator.core.resources import resource
from annotator.language.lexicon import (
    Lexicon,
    LexiconStack,
    Source,
    core,
    core_stack,
    english_keys,
    fold,
    folded,
    stack_of,
)
from annotator.language.script import simplified

ROWS = [
    line.split("\t")
    for path in sorted(resource("lexicon").glob("*.tsv"))
    for line in path.read_text("utf-8").splitlines()
]


def test_the_core_lexicon_has_the_commonest_words_each_once() -> None:
    assert len(ROWS) >= 4000
    assert [word for word, count in Counter(row[0] for row in ROWS).items() if count > 1] == []


def test_every_entry_is_a_simplified_word_with_distinct_equivalents() -> None:
    for word, equivalents in ROWS:
        listed = equivalents.split("|")
        assert word == simplified(word)
        assert all(each and each == each.strip() for each in listed), word
        assert len(set(listed)) == len(listed), word


def test_traditional_words_are_looked_up_as_simplified() -> None:
    assert "society" in core().equivalents("社會")
    assert core().equivalents("不在此表") == ()


@pytest.mark.parametrize(
    "forms",
    [
        "make makes made making", "stop stops stopped stopping", "hope hoped hoping hopes",
        "city cities", "reply replied replies", "child children", "watch watches watched", "box boxes",
        "happy happily", "quick quickly", "go went gone going", "use used using uses", "die died dying dead",
    ],
)  # fmt: skip
def test_the_forms_of_a_word_fold_to_one(forms: str) -> None:
    assert len({fold(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("evening", "even"), ("early", "ear"), ("bring", "br"), ("only", "on"), ("need", "ne")]
)
def test_words_that_only_look_inflected_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_sentence_is_cut_into_the_longest_known_words() -> None:
    stack = LexiconStack(
        [Source(Lexicon({"大学": ("university",), "大": ("big",), "学生": ("student",)}), 0.5)]
    )
    assert stack.cut("她在大學生了病，大家") == ["大学", "大"]


def test_sources_are_laid_over_each_other() -> None:
    mine = Lexicon({"银行": ("lender",), "藏书票": ("bookplate",)})
    stack = LexiconStack([*core_stack().sources, Source(mine, 0.9)])
    assert stack.equivalents("银行") == ("bank", "lender")
    known = stack.known("银行")
    assert known is not None
    assert known.trust == 0.9
    assert set(known.shares) == {"bank", "lender"}
    assert stack.cut("银行的藏书票") == ["银行", "藏书票"]
    assert stack.known("不在此表") is None


def test_what_a_dictionary_adds_to_a_word_that_is_known_counts_little() -> None:
    large = {f"词条{number}": ("entry",) for number in range(5000)}
    stack = stack_of([large | {"银行": ("lender", "bank"), "藏书票": ("bookplate", "ex libris")}])
    known, added = stack.known("银行"), stack.known("藏书票")
    assert known is not None
    assert added is not None
    assert known.shares["bank"] > 10 * known.shares["lender"]
    assert added.shares["bookplat"] > added.shares["ex libris"] > 0


def test_a_glossary_of_a_persons_own_counts_as_much_as_what_is_known() -> None:
    known = stack_of([{"银行": ("lender",)}]).known("银行")
    assert known is not None
    assert known.shares["lender"] == known.shares["bank"]
    assert known.trust > core_stack().sources[0].trust


def test_what_was_measured_stands_beside_what_is_listed() -> None:
    measured = Source(Lexicon({"银行": ("lender",)}), 0.7, measured=True)
    known = LexiconStack([*core_stack().sources, measured]).known("银行")
    assert known is not None
    assert known.own == {"lender": 0.7}
    assert set(known.shares) == {"bank"}


def test_phrases_are_folded_word_by_word_and_their_telling_words_count_too() -> None:
    known = LexiconStack([Source(Lexicon({"转身": ("to turn around",)}), 0.5)]).known("转身")
    assert known is not None
    assert set(known.shares) == {"turn around", "turn", "around"}
    assert known.shares["turn around"] > known.shares["turn"]
    assert {"turn", "around"} <= english_keys("She turns around.")


def test_what_was_learnt_is_not_folded_a_second_time() -> None:
    measured = Source(Lexicon({"基地": (folded("bases"),)}), 0.7, measured=True)
    known = LexiconStack([measured]).known("基地")
    assert known is not None
    assert set(known.own) <= english_keys("Both bases were empty.")


def test_the_part_that_a_text_can_ask_for_knows_the_same() -> None:
    stack = stack_of([{"藏书票": ("bookplate",), "票友": ("amateur",)}])
    text = "銀行的藏书票，票友都说好。"
    part = stack.within(text)
    assert part.cut(text) == stack.cut(text)
    assert [part.known(word) for word in stack.cut(text)] == [stack.known(word) for word in stack.cut(text)]
    assert sum(len(source.lexicon) for source in part.sources) < 30
    assert pickle.loads(pickle.dumps(part)).known("藏书票") == stack.known("藏书票")


def test_stretches_that_no_known_word_covers() -> None:
    stack = LexiconStack([Source(Lexicon({"渡口": ("ferry",), "小": ("small",)}), 0.5)])
    assert stack.unknown("顾小满在渡口，很久没说话") == ["顾小满在", "很久没说话"]
