"""From the evidence of sources to what is worth showing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.language.crf.chain import Likely
from annotator.language.crf.tags import Labelled
from annotator.language.judging.candidate import Candidate, Offered, gathered
from annotator.language.judging.choose import Judged, chosen
from annotator.language.judging.judge import Judge
from annotator.language.judging.ledger import read_ledger, write_ledger
from annotator.language.mentions import Found
from annotator.language.recall import Remembered


def ruled(start: int, end: int, score: float = 0.7, label: str = "PERSON") -> Found:
    return Found(start, end, label, score, "suggest.rule.name", "zh.name")


def remembered(start: int, end: int, score: float = 0.9) -> Remembered:
    return Remembered(start, end, "PERSON", score, 3, False, True)


def test_sources_that_agree_make_one_candidate() -> None:
    offered = Offered([ruled(0, 2)], [remembered(0, 2), remembered(4, 6)], None, [Likely(4, 6, "PLACE", 0.8)])

    found = gathered(offered)

    assert [(one.span, one.sources) for one in found] == [
        (Labelled(0, 2, "PERSON"), ("memory", "rules")),
        (Labelled(4, 6, "PERSON"), ("memory",)),
        (Labelled(4, 6, "PLACE"), ("counterpart",)),
    ]
    assert [one.rivals for one in found] == [False, False, True]


def test_agreement_is_worth_more_than_either_alone() -> None:
    alone = Candidate(0, 2, "PERSON", rule=ruled(0, 2))
    both = alone._replace(memory=remembered(0, 2))
    one, two = Judge().probabilities([alone, both])
    assert one < two


def test_an_unknown_name_is_believed_if_the_other_side_says_the_same() -> None:
    unknown = Candidate(
        0, 5, "PERSON", rule=Found(0, 5, "PERSON", 0.08, "suggest.rule.capitals", "en.unknown"), chain=0.01
    )
    judge = Judge()
    for _ in range(30):
        judge.record([unknown._replace(counterpart=0.0)], [])

    alone, confirmed = judge.probabilities([unknown, unknown._replace(counterpart=0.96)])

    assert alone < 0.1
    assert confirmed > 0.5


def test_a_chain_that_saw_few_names_counts_little() -> None:
    doubted = Candidate(0, 2, "PERSON", rule=ruled(0, 2), chain=0.02)
    few, some, many = Judge().probabilities([doubted._replace(names=count) for count in (0, 60, 5000)])
    assert few == pytest.approx(Judge().probabilities([doubted._replace(chain=None)])[0], abs=1e-9)
    assert few > some > many


def test_what_is_accepted_and_rejected_moves_the_probability_of_its_like() -> None:
    liked = Candidate(0, 2, "PERSON", rule=ruled(0, 2))
    disliked = Candidate(
        0, 2, "PLACE", rule=Found(0, 2, "PLACE", 0.7, "suggest.rule.known_place", "zh.place")
    )
    judge = Judge()
    before = judge.probabilities([liked, disliked])

    for _ in range(15):
        judge.record([liked], [liked.span])
        judge.record([disliked], [])

    after = judge.probabilities([liked, disliked])
    assert after[0] > max(before[0], 0.85)
    assert after[1] < min(before[1], 0.25)


def test_unlike_patterns_share_what_they_have_in_common() -> None:
    seen = Candidate(0, 2, "PERSON", rule=ruled(0, 2, 0.7))
    unseen = Candidate(0, 2, "PERSON", rule=ruled(0, 2, 0.6))
    judge = Judge()
    before = judge.probabilities([unseen])[0]
    for _ in range(20):
        judge.record([seen], [])
    assert judge.probabilities([unseen])[0] < before


def test_the_threshold_rises_with_what_is_spurious_and_falls_with_what_is_nearly_right() -> None:
    spurious, near = Judge(), Judge()
    for _ in range(40):
        spurious.record_shown([Labelled(0, 2, "PERSON")], [])
        near.record_shown([Labelled(0, 2, "PERSON")], [Labelled(0, 2, "PLACE")])
    assert near.threshold < Judge().threshold < spurious.threshold <= 0.5


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.floats(0, 1)), max_size=12),
    st.floats(0.2, 0.6),
)
def test_what_is_chosen_is_likely_enough_and_never_overlaps(
    offers: list[tuple[int, int, float]], threshold: float
) -> None:
    judged = [Judged(Candidate(start, start + size, "PERSON"), score) for start, size, score in offers]

    shown = chosen(judged, threshold)

    assert all(one.score >= threshold for one in shown)
    ends = [(one.candidate.start, one.candidate.end) for one in shown]
    assert all(one[1] <= two[0] for one, two in pairwise(ends))
    if any(one.score >= threshold for one in judged):
        assert shown


def test_two_sure_names_are_shown_rather_than_one_long_unsure_stretch() -> None:
    judged = [
        Judged(Candidate(0, 6, "PERSON"), 0.6),
        Judged(Candidate(0, 2, "PERSON"), 0.8),
        Judged(Candidate(4, 6, "PERSON"), 0.8),
    ]
    assert [one.score for one in chosen(judged, 0.4)] == [0.8, 0.8]


def test_tallies_are_kept_and_damaged_ones_are_counted_anew(tmp_path: Path) -> None:
    candidate = Candidate(0, 2, "PERSON", rule=ruled(0, 2), chain=0.9, memory=remembered(0, 2))
    judge = Judge()
    judge.record([candidate], [candidate.span])
    judge.record_shown([candidate.span], [])
    write_ledger(tmp_path, {"zh": judge})

    again = read_ledger(tmp_path)

    assert list(again) == ["zh"]
    assert again["zh"].tallies == judge.tallies
    older = (tmp_path / "tallies.json").read_bytes().replace(b",false,4]", b",false]")
    (tmp_path / "tallies.json").write_bytes(older)
    assert read_ledger(tmp_path)["zh"].tallies == judge.tallies
    assert again["zh"].threshold == pytest.approx(judge.threshold, abs=0.01)
    (tmp_path / "tallies.json").write_bytes(b"{")
    assert read_ledger(tmp_path) == {}
