"""What is known of words, and how it is looked up."""

from collections import Counter

import pytest

from annotator.core.resources import resource
from annotator.language.lexicon import Lexicon, LexiconStack, Source, core, core_stack, english_keys, fold
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
    assert known.keys == {"bank", "lender"}
    assert stack.cut("银行的藏书票") == ["银行", "藏书票"]
    assert stack.known("不在此表") is None


def test_phrases_are_folded_word_by_word() -> None:
    known = LexiconStack([Source(Lexicon({"转身": ("turned around",)}), 0.5)]).known("转身")
    assert known is not None
    assert known.keys == {"turn around"}
    assert {"turn", "around"} <= english_keys("She turns around.")
