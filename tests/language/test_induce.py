"""Aligned texts teach equivalents that no lexicon has."""

from __future__ import annotations

import random

from annotator.language.induce import AlignedPair, induce
from annotator.language.lexicon import Lexicon, LexiconStack, Source, core_stack

PLACES = {"码头": "pier", "市场": "market", "学校": "school", "医院": "hospital", "车站": "station"}
ACTS = {"看书": "read", "唱歌": "sang", "睡觉": "slept", "做饭": "cooked", "写信": "wrote"}


def lines(count: int, name: str = "茹沁文", english: str = "Calliope", seed: int = 1) -> list[AlignedPair]:
    """Sentences in which the Chinese name stands exactly where the English one does, every sixth time."""
    rng = random.Random(seed)
    pairs = []
    for number in range(count):
        place, act = rng.choice(sorted(PLACES)), rng.choice(sorted(ACTS))
        zh_who, en_who = (name, english) if number % 6 == 0 else ("她", "she")
        pairs.append(
            AlignedPair(
                f"{zh_who}{rng.choice('在从往到')}{place}{act}。",
                f"At the {PLACES[place]} {en_who} {ACTS[act]}.",
                0.9,
            )
        )
    return pairs


def learnt(sources: tuple[Source, ...]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for source in sources:
        for word in source.lexicon:
            found.setdefault(word, {}).update(dict.fromkeys(source.lexicon.equivalents(word), source.trust))
    return found


def test_a_name_that_no_lexicon_has_is_learnt_with_high_trust() -> None:
    found = learnt(induce(lines(300), core_stack()))
    assert set(found["茹沁文"]) == {"calliop"}
    assert found["茹沁文"]["calliop"] >= 0.5


def test_the_same_is_learnt_whatever_the_order_of_learning() -> None:
    assert learnt(induce(lines(300), core_stack())) == learnt(induce(iter(lines(300)), core_stack()))


def test_texts_too_small_teach_nothing() -> None:
    assert induce(lines(60), core_stack()) == ()


def test_pairs_that_are_unsure_teach_nothing() -> None:
    assert induce([pair._replace(confidence=0.2) for pair in lines(300)], core_stack()) == ()


def test_pairs_that_do_not_belong_together_teach_nothing_of_a_name() -> None:
    pairs = lines(300)
    english = [pair.en for pair in pairs]
    random.Random(7).shuffle(english)
    wrong = [pair._replace(en=en) for pair, en in zip(pairs, english, strict=True)]
    assert "茹沁文" not in learnt(induce(wrong, core_stack()))


def test_confirmed_names_are_equivalents_even_in_a_small_project() -> None:
    found = learnt(induce([], core_stack(), [("诺拉·温斯顿", "Nora Winston"), ("海事局", "Harbour Office")]))
    assert found["诺拉·温斯顿"] == {"nora winston": 0.9}
    assert found["温斯顿"] == {"winston": 0.9}
    assert found["海事局"] == {"harbour offic": 0.9}


def test_what_was_learnt_is_found_in_a_text() -> None:
    stack = LexiconStack([*core_stack().sources, *induce(lines(300), core_stack())])
    assert "茹沁文" in stack.cut("茹沁文走了。")
    known = stack.known("茹沁文")
    assert known is not None
    assert list(known.own) == ["calliop"]


def test_a_known_word_keeps_what_is_listed_for_it() -> None:
    known = LexiconStack([Source(Lexicon({"码头": ("wharf",)}), 0.5)])
    stack = LexiconStack([*known.sources, *induce(lines(300), known)])
    about = stack.known("码头")
    assert about is not None
    assert "wharf" in about.shares
