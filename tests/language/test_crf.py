"""The chain: tags and stretches, features, training, and probabilities that are exact."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import sentences

from annotator.core.errors import AnnotatorError
from annotator.core.span import SIDES, Side
from annotator.language.crf.chain import Chain
from annotator.language.crf.features import study, study_in_order
from annotator.language.crf.fitting import Example, fit
from annotator.language.crf.shelf import Shelved, chain_of, newest, shelve, versions
from annotator.language.crf.tags import Labelled, may_follow, tagged
from annotator.language.mentions import units


def trained(side: Side, folder: Path, count: int = 80) -> Path:
    path = folder / f"{side}.crfsuite"
    fit([Example(study(text, side), spans) for text, spans in sentences(side, count)], path)
    return path


@pytest.mark.parametrize("side", SIDES)
@given(text=st.text(max_size=60))
def test_every_unit_is_described_whatever_the_text(side: Side, text: str) -> None:
    seen = study(text, side).seen

    assert len(seen.rows) == len(seen.units)
    assert all(0 <= start < end <= len(text) for start, end in seen.units)
    assert all(one[1] <= two[0] for one, two in pairwise(seen.units))
    assert all(row for row in seen.rows)


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(1, 5), st.sampled_from(["PERSON", "PLACE"])), max_size=6
    )
)
def test_tags_are_a_legal_row_and_give_the_longest_stretches_back(
    wanted: list[tuple[int, int, str]],
) -> None:
    places = [(at, at + 1) for at in range(18)]
    spans = [Labelled(start, start + size, label) for start, size, label in wanted]

    tags = tagged(places, spans)

    row = ["", *tags, ""]
    assert all(may_follow(one, two) for one, two in pairwise(row))
    starts = {at for at, tag in enumerate(tags) if tag[0] in "BS"}
    assert starts <= {span.start for span in spans}
    if spans:
        longest = max(spans, key=lambda one: (one.end - one.start, -one.start))
        assert any(
            tags[one.start][0] in "BS" for one in spans if one.end - one.start == longest[1] - longest[0]
        )


def test_a_stretch_with_an_edge_inside_a_unit_is_not_learnt() -> None:
    assert tagged([(0, 4), (5, 9)], [Labelled(0, 3, "PERSON")]) == ["O", "O"]


@pytest.mark.parametrize("side", SIDES)
def test_what_was_learnt_is_found_in_new_sentences(side: Side, tmp_path: Path) -> None:
    chain = Chain.read(trained(side, tmp_path))
    fresh = sentences(side, 40, seed=2)

    readings = chain.read_all([study(text, side).seen for text, _ in fresh])

    found = [[Labelled(*one[:3]) for one in reading.likely(0.5)] for reading in readings]
    right = sum(len(set(ours) & set(gold)) for ours, (_, gold) in zip(found, fresh, strict=True))
    assert right >= 0.9 * sum(len(gold) for _, gold in fresh)


@pytest.mark.parametrize(
    ("side", "text"), [("zh", "罗小满"), ("zh", "在海口"), ("en", "Gu Lan left"), ("en", "to Haikou")]
)
def test_probabilities_are_those_of_crfsuite_among_rows_of_tags_that_mean_something(
    side: Side, text: str, tmp_path: Path
) -> None:
    import pycrfsuite

    path = trained(side, tmp_path)
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    chain = Chain.read(path)
    assert set(chain.tags) == set(tagger.labels())
    seen = study(text, side).seen
    tagger.set(seen.rows)

    (reading,) = chain.read_all([seen])

    legal: dict[tuple[str, ...], float] = {}
    for tags in product(chain.tags, repeat=len(seen.units)):
        row = ["", *tags, ""]
        if all(may_follow(one, two) for one, two in pairwise(row)):
            legal[tags] = tagger.probability(list(tags))
    total = sum(legal.values())
    marginals = reading.marginals()
    for at in range(len(seen.units)):
        for tag, number in chain.numbers.items():
            wanted = sum(share for tags, share in legal.items() if tags[at] == tag) / total
            assert marginals[at, number] == pytest.approx(wanted, abs=1e-6)
    for label in ("PERSON", "PLACE"):
        whole = tagged(seen.units, [Labelled(0, len(text), label)])
        assert reading.probability(0, len(text), label) == pytest.approx(
            legal[tuple(whole)] / total, abs=1e-6
        )


@pytest.mark.parametrize("side", SIDES)
def test_sentences_read_together_are_read_as_each_alone(side: Side, tmp_path: Path) -> None:
    chain = Chain.read(trained(side, tmp_path))
    seen = [study(text, side).seen for text in ("", *(text for text, _ in sentences(side, 20, seed=4)), " ")]

    together = chain.read_all(seen)

    for one, reading in zip(seen, together, strict=True):
        alone = chain.read_all([one])[0]
        for ours, theirs in zip(reading.likely(0.01), alone.likely(0.01), strict=True):
            assert ours[:3] == theirs[:3]
            assert ours.score == pytest.approx(theirs.score)


@pytest.mark.parametrize("side", SIDES)
def test_likely_stretches_lie_on_units_and_have_their_probability(side: Side, tmp_path: Path) -> None:
    chain = Chain.read(trained(side, tmp_path, 30))
    for text, _ in sentences(side, 20, seed=5):
        (reading,) = chain.read_all([study(text, side).seen])
        edges = {edge for unit in units(text, side) for edge in unit}
        for one in reading.likely(0.02):
            assert one.start in edges
            assert one.end in edges
            assert 0 <= one.score <= 1.0001
            assert reading.probability(*one[:3]) == pytest.approx(one.score)
        assert reading.probability(0, len(text) + 1, "PERSON") == 0
        assert reading.probability(0, len(text), "UNKNOWN") == 0


def test_names_are_heard_of_in_later_sentences_only() -> None:
    texts = ["Maren Holt opened the door.", "Nobody spoke to Holt."]

    first, second = study_in_order(texts, "en")

    assert any(texts[0][one.start : one.end] == "Maren Holt" for one in first.found)
    assert any(texts[1][one.start : one.end] == "Holt" for one in second.found)


def test_a_file_that_is_no_chain_is_told(tmp_path: Path) -> None:
    path = tmp_path / "zh.crfsuite"
    for data in (b"", b"lCRF", b"lCRF" + bytes(200), b"something else entirely" * 20):
        path.write_bytes(data)
        with pytest.raises(AnnotatorError) as caught:
            Chain.read(path)
        assert caught.value.key == "learn.model_damaged"


def test_trainings_are_numbered_and_only_the_last_two_stay(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    assert newest(None) is None
    for _ in range(3):
        shelve(tmp_path, lambda draft: Shelved(spans={"zh": len(list(draft.iterdir()))}))

    assert versions(tmp_path) == [2, 3]
    last = newest(tmp_path)
    assert last is not None
    assert last.source == "learner@3"
    assert chain_of(tmp_path, 3, "zh") is None


def test_a_training_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(draft: Path) -> Shelved:
        (draft / "half").write_text("x")
        raise OSError(28, "No space left on device")

    with pytest.raises(AnnotatorError) as caught:
        shelve(tmp_path, fail)

    assert caught.value.key == "learn.cannot_write"
    assert list((tmp_path / "learner").iterdir()) == []
