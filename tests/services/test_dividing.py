"""Parts of a corpus in which each label has its share."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotator.services.dividing import stratified

LABELS = st.dictionaries(st.sampled_from(["PERSON", "PLACE", "DATE", "RARE"]), st.integers(1, 30))
CORPORA = st.lists(LABELS, min_size=3, max_size=40)


def counts(total: int) -> dict[str, int]:
    test = max(1, total // 5)
    return {"train": total - 2 * test, "dev": test, "test": test}


@given(CORPORA)
def test_every_document_is_in_one_part_and_every_part_full(corpus: list[dict[str, int]]) -> None:
    labels = {f"doc{number}": Counter(one) for number, one in enumerate(corpus)}
    wanted = counts(len(corpus))
    parts = stratified(list(labels), labels, wanted)
    assert {name: len(ids) for name, ids in parts.items()} == wanted
    assert sorted(one for ids in parts.values() for one in ids) == sorted(labels)
    assert stratified(list(labels), labels, wanted) == parts


def spread(parts: dict[str, list[str]], labels: dict[str, Counter[str]]) -> float:
    """How far the parts are from the share of each label that their size would give them, in sum."""
    total: Counter[str] = sum(labels.values(), Counter())
    documents = sum(map(len, parts.values()))
    return sum(
        abs(sum(labels[one][label] for one in ids) / count - len(ids) / documents)
        for ids in parts.values()
        for label, count in total.items()
    )


def test_labels_are_spread_more_evenly_than_by_chance() -> None:
    draw = random.Random(5)
    labels = {
        f"doc{number}": Counter({name: draw.randint(1, 9) for name in "abcd" if draw.random() < chance})
        for number, chance in enumerate([0.1, 0.3, 0.8] * 20)
    }
    wanted = counts(60)
    ours, chance = 0.0, 0.0
    for seed in range(10):
        drawn = random.Random(seed).sample(list(labels), 60)
        rest = iter(drawn)
        chance += spread({name: [next(rest) for _ in range(size)] for name, size in wanted.items()}, labels)
        ours += spread(stratified(drawn, labels, wanted), labels)
    assert ours < chance / 3


def test_a_rare_label_is_not_all_in_one_part() -> None:
    labels = {
        f"doc{number}": Counter({"common": 5, **({"rare": 1} if number < 4 else {})}) for number in range(8)
    }
    parts = stratified(list(labels), labels, {"train": 4, "test": 4})
    assert [sum(labels[one]["rare"] for one in ids) for ids in parts.values()] == [2, 2]
