"""Sentences find their counterparts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import Cancelled
from annotator.core.job import Job
from annotator.language.align import AlignOptions, Bead, align
from annotator.language.cues import closing, en_cues, zh_cues
from annotator.language.lexicon import Lexicon, LexiconStack, Source, core_stack

ZH = [
    "渡口的早晨",
    "1987年12月11日，约二十五万人离开了老城。",
    "没有人知道他们去了哪里？",
    "船长林恩(Lynn)站在船头，一句话也没有说，只是望着河水。他的儿子哭了。",
    "雾散了。",
    "“我们走吧！”她说。",
    "河上的桥修了三年，花费百分之八的预算。",
]
EN = [
    "Morning.",
    "At the Ferry.",
    "On December 11, 1987 some 250,000 people left the old town.",
    "Did anyone know where they had gone?",
    "Captain Lynn stood at the bow, said not a word, and looked at the river.",
    "His son wept.",
    "The fog lifted.",
    "“Let us go!” she said.",
    "The bridge over the river took three years to build and 8 percent of the budget.",
]
PARAGRAPHS_ZH = [0, 1, 1, 2, 2, 3, 4]
PARAGRAPHS_EN = [0, 0, 1, 1, 2, 2, 2, 3, 4]


def shapes(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(range(*bead.zh)), list(range(*bead.en))) for bead in beads]


def test_a_short_report_is_aligned_sentence_by_sentence() -> None:
    beads = align(ZH, EN, zh_paragraphs=PARAGRAPHS_ZH, en_paragraphs=PARAGRAPHS_EN)
    assert shapes(beads) == [
        ([0], [0, 1]), ([1], [2]), ([2], [3]), ([3], [4, 5]), ([4], [6]), ([5], [7]), ([6], [8]),
    ]  # fmt: skip
    assert all(bead.confidence > 0.5 for bead in beads)


def test_what_only_one_side_says_stays_alone() -> None:
    extra = "Nobody in the archive of the museum could tell when this photograph had been taken, or by whom."
    english = [*EN[:7], extra, *EN[7:]]
    paragraphs = [*PARAGRAPHS_EN[:7], 3, *(number + 1 for number in PARAGRAPHS_EN[7:])]
    beads = align(ZH, english, zh_paragraphs=PARAGRAPHS_ZH, en_paragraphs=paragraphs)
    assert ([], [7]) in shapes(beads)


@pytest.mark.parametrize(("zh", "en"), [(["一。", "二。"], []), ([], ["One.", "Two."]), ([], [])])
def test_an_empty_side_leaves_the_other_alone(zh: list[str], en: list[str]) -> None:
    beads = align(zh, en)
    assert [bead.zh[1] - bead.zh[0] + bead.en[1] - bead.en[0] for bead in beads] == [1] * (len(zh) + len(en))


def test_anchors_are_cut_points() -> None:
    beads = align(ZH, EN, anchors=[(1, 1), (5, 8)])
    starts = {(bead.zh[0], bead.en[0]) for bead in beads}
    assert {(1, 1), (5, 8)} <= starts


def test_anchors_that_cross_are_refused() -> None:
    with pytest.raises(ValueError, match="anchors"):
        align(ZH, EN, anchors=[(1, 5), (2, 3)])


def test_a_long_passage_that_one_side_lacks_stays_alone() -> None:
    lines = [f"第{number}章讲的是{number * 7}号船。" for number in range(100, 160)]
    english = [f"Chapter {number} tells of ship number {number * 7}." for number in range(100, 160)]
    beads = align([*lines[:15], *lines[45:]], english)
    assert shapes(beads)[15:45] == [([], [at]) for at in range(15, 45)]


def test_a_cancelled_job_stops_the_work() -> None:
    with pytest.raises(Cancelled):
        align(ZH, EN, job=Job(is_cancelled=lambda: True))


def test_progress_never_goes_back_and_reaches_the_end() -> None:
    told: list[tuple[int, int]] = []
    align(ZH * 40, EN * 40, job=Job(on_progress=lambda done, total: told.append((done, total))))
    assert told == sorted(told)
    assert told[-1] == (len(ZH) * 40, len(ZH) * 40)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*ZH, "", " "]), max_size=12),
    st.lists(st.sampled_from([*EN, "", " "]), max_size=12),
    st.booleans(),
)
def test_beads_cover_both_sides_in_order(zh: list[str], en: list[str], cues: bool) -> None:
    beads = align(zh, en, options=AlignOptions(use_cues=cues, band=3))
    assert [at for bead in beads for at in range(*bead.zh)] == list(range(len(zh)))
    assert [at for bead in beads for at in range(*bead.en)] == list(range(len(en)))
    assert all(0.0 <= bead.confidence <= 1.0 for bead in beads)


def test_numbers_dates_and_latin_words_are_shared_keys() -> None:
    shared = zh_cues(ZH[1]) & en_cues(EN[2])
    assert {"n1987", "n11", "n250000", "m12"} <= shared
    assert "llynn" in zh_cues(ZH[3]) & en_cues(EN[4])
    assert "n25" in zh_cues("他等了二十五年") & en_cues("He waited twenty-five years")
    assert "n3200000" in zh_cues("320万人") & en_cues("3.2 million people")


def test_words_of_a_lexicon_tell_which_sentences_belong_together() -> None:
    words = {"甲": "amber", "乙": "basil", "丙": "cedar", "丁": "daisy"}
    mine = Lexicon({zh: (en,) for zh, en in words.items()})
    zh = [f"只有{word}。" for word in words]
    en = ["There is amber.", "There is basil.", "Nobody sees.", "There is cedar.", "There is daisy."]
    options = AlignOptions(lexicon=LexiconStack([*core_stack().sources, Source(mine, 0.9)]))
    beads = [bead for bead in shapes(align(zh, en, options=options)) if bead[0]]
    assert [at in bead[1] for at, bead in zip([0, 1, 3, 4], beads, strict=True)] == [True] * 4


def test_traditional_words_give_the_same_keys_as_simplified() -> None:
    assert zh_cues("一萬兩千億元") == zh_cues("一万两千亿元") != frozenset()
    assert core_stack().cut("總統說時間還沒來") == core_stack().cut("总统说时间还没来")


def test_closing_marks_are_seen_through_quotes() -> None:
    assert closing("“走吗？”") == closing("“Shall we?” ") == "?”"
    assert closing("走。") == "."


def test_a_text_that_repeats_one_sentence_is_paired_in_order() -> None:
    beads = align(["好。"] * 30, ["Good."] * 30)
    assert [(bead.zh, bead.en) for bead in beads] == [((n, n + 1), (n, n + 1)) for n in range(30)]
