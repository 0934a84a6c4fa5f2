"""Themes: learnt from what was marked, told by words, joined over neighbouring sentences."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from making import document, made
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.project import Project
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, suggester_named
from annotator.language.themes import NONE, Sample, features, learn
from annotator.language.themes.guessing import ENOUGH, taught
from annotator.language.words import Words

LABELS = (
    Label(id="PERSON", name={"en": "Person"}, color="#3F7BD0"),
    Label(id="THEME", name={"en": "Theme"}, color="#A94B92"),
    Label(id="THEME/flood", name={"en": "Flood"}, color="#A94B92", parent="THEME"),
    Label(id="THEME/trade", name={"en": "Trade"}, color="#A94B92", parent="THEME"),
)
ROWS = (
    (
        "洪水漫过了堤坝，村民连夜转移。",
        "The flood ran over the dike, and the villagers left by night.",
        "THEME/flood",
    ),
    ("水位还在上涨，堤坝告急。", "The water was still rising, and the dike was in danger.", "THEME/flood"),
    ("洪水退去之后，堤坝要重修。", "Once the flood was over, the dike had to be rebuilt.", "THEME/flood"),
    ("出口订单比去年少了一成。", "Export orders fell by a tenth.", "THEME/trade"),
    ("关税让出口企业很为难。", "The tariff is hard on firms that export.", "THEME/trade"),
    ("企业希望关税早日取消。", "Firms hope that the tariff will soon be gone.", "THEME/trade"),
    ("他抬头看了看天花板。", "He looked up at the ceiling.", NONE),
    ("桌上放着一只空杯子。", "An empty cup stood on the table.", NONE),
    ("她笑着摇了摇头。", "She smiled and shook her head.", NONE),
)
FRESH = (
    ("镇长说，洪水再来也不怕。", "The mayor said that no flood would scare them now."),
    ("新的堤坝高了两米。", "The new dike is two metres higher."),
    ("窗外有人唱歌。", "Somebody sang outside the window."),
    ("关税问题下周再谈。", "The tariff comes up again next week."),
)


@pytest.fixture(scope="module")
def words() -> Words:
    loaded = Words()
    loaded.load()
    return loaded


def marked() -> Document:
    """The rows above, each marked with its theme and done."""
    base = document([zh for zh, _, _ in ROWS], [en for _, en, _ in ROWS])
    spans = [
        made(side, *extent, base.text(side)[extent[0] : extent[1]], theme)
        for row, (_, _, theme) in enumerate(ROWS)
        for side in ("zh", "en")
        if theme and (extent := base.pairs[row].extent(side))
    ]
    done = base.done.update({pair.id: True for pair in base.pairs})
    return base.evolve(spans=base.spans.evolve((), spans), done=done)


def offered(*labels: Label, rows: range = range(4)) -> list[Suggestion]:
    fresh = document([zh for zh, _ in FRESH], [en for _, en in FRESH], doc="doc2")
    project = Project(title="Floods", labels=labels or LABELS)
    source = suggester_named("themes")
    found = list(source.make(Evidence(project, [marked()]), source.options(), Job())(fresh, rows))
    assert all(fresh.text(one.side)[one.start : one.end] == one.quote for one in found)
    return found


def test_neighbours_of_one_theme_are_one_stretch_and_what_has_none_is_left() -> None:
    zh = [(one.quote, one.label) for one in offered() if one.side == "zh"]
    assert zh == [
        (FRESH[0][0] + "\n" + FRESH[1][0], "THEME/flood"),
        (FRESH[3][0], "THEME/trade"),
    ]
    en = [one.label for one in offered() if one.side == "en"]
    assert en == ["THEME/flood", "THEME/trade"]


def test_the_reason_names_the_words_that_tell() -> None:
    flood, _ = (one for one in offered() if one.side == "zh")
    assert "堤坝" in str(flood.reason)


def test_a_stretch_is_offered_once_with_its_first_row() -> None:
    assert [one.label for one in offered(rows=range(1, 3))] == []
    assert [one.side for one in offered(rows=range(1))] == ["zh", "en"]


def test_a_keyword_that_a_person_lists_counts_at_once() -> None:
    listed = replace(LABELS[3], keywords=("唱歌",))
    found = offered(*LABELS[:3], listed)
    assert FRESH[2][0] + "\n" + FRESH[3][0] in [one.quote for one in found]


def test_a_keyword_that_a_person_forbids_never_counts() -> None:
    forbidden = replace(LABELS[3], keywords=("-关税", "-tariff"))
    assert {one.label for one in offered(*LABELS[:3], forbidden)} == {"THEME/flood"}


def test_nothing_is_offered_before_anything_was_marked() -> None:
    source = suggester_named("themes")
    fresh = document([zh for zh, _ in FRESH], [en for _, en in FRESH])
    offer = source.make(Evidence(Project(title="New", labels=LABELS)), source.options(), Job())
    assert list(offer(fresh, range(4))) == []


def test_words_are_folded_and_function_words_and_names_left_out(words) -> None:
    assert features("他們說洪水漫過了田地。", words) >= {"洪水", "漫过"}
    assert features("The floods, said Kritenbrink, were rising.", words) == {"flood", "ris"}


def test_chi_squared_finds_what_sets_a_theme_apart_and_not_what_is_everywhere() -> None:
    samples = [Sample(frozenset({"here", "flood"}), "a")] * 8 + [Sample(frozenset({"here"}), NONE)] * 8
    assert set(learn(samples)["a"]) == {"flood"}


def sampler(seed: int) -> Callable[[], Sample]:
    """Makes sentences of one telling word and four that tell nothing."""
    rng = random.Random(seed)
    subjects = {"a": ["flood", "dike", "rain"], "b": ["tariff", "export", "firm"], NONE: ["cup", "table"]}
    filler = [f"w{number}" for number in range(60)]

    def sample() -> Sample:
        theme = rng.choice(list(subjects))
        return Sample(frozenset([rng.choice(subjects[theme]), *rng.sample(filler, 4)]), theme)

    return sample


def test_enough_sentences_let_the_classifiers_join_in() -> None:
    sample = sampler(5)
    train, test = ([sample() for _ in range(200)] for _ in range(2))
    guesser = taught(train, {}, {})
    right = sum(guesser.guess(one.words).theme == one.theme for one in test)
    assert right >= 190
    assert guesser.guess(frozenset({"flood", "w1"})).words == ("flood",)


def test_a_guess_is_as_sure_as_it_is_right() -> None:
    sample = sampler(6)
    train, test = [sample() for _ in range(3 * ENOUGH)], [sample() for _ in range(300)]
    guesser = taught(train, {}, {})
    guesses = [(guesser.guess(one.words), one.theme) for one in test]
    claimed = sum(guess.score for guess, _ in guesses) / len(guesses)
    right = sum(guess.theme == theme for guess, theme in guesses) / len(guesses)
    assert abs(claimed - right) < 0.08
    assert sum(guesser.chances(test[0].words).values()) == pytest.approx(1.0)


def test_a_theme_of_few_sentences_among_many_is_learnt_too() -> None:
    sample = sampler(7)
    rare = [Sample(frozenset({"tea", "leaf", f"w{number}"}), "c") for number in range(3)]
    guesser = taught([*(sample() for _ in range(2 * ENOUGH)), *rare], {}, {})
    assert guesser.guess(frozenset({"tea", "leaf"})).theme == "c"
