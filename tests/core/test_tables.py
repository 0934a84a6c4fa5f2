"""Pairs, links, labels and edits: the small immutable tables."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import document, documents, link, made, project

from annotator.core.document import Document, DocumentData
from annotator.core.edits import Caption, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.ids import new_id, now
from annotator.core.labels import Label, LabelSet
from annotator.core.links import LinkTable
from annotator.core.pair import Pair, PairTable


@settings(max_examples=80, deadline=None)
@given(documents(), st.sampled_from(["zh", "en"]), st.integers(0, 80))
def test_the_row_of_an_offset_is_the_last_that_starts_before_it(text: Document, side, offset: int) -> None:
    rows = [row for row, pair in enumerate(text.pairs) if pair.segments(side)]
    reached = [row for row in rows if text.pairs[row].segments(side)[0][0] <= offset]
    assert text.pairs.row_at(side, offset) == (reached[-1] if reached else rows[0] if rows else 0)


@settings(max_examples=120, deadline=None)
@given(documents(max_rows=8), st.data())
def test_a_spliced_table_finds_rows_as_a_new_one_does(text: Document, data) -> None:
    table = text.pairs
    assert table.row_at("zh", 0) >= 0
    for _ in range(3):
        at = data.draw(st.integers(0, len(table)))
        count = data.draw(st.integers(0, len(table) - at))
        merged = Pair(
            id=new_id(),
            zh=tuple(one for pair in table[at : at + count] for one in pair.zh),
            en=tuple(one for pair in table[at : at + count] for one in pair.en),
        )
        table = table.splice(at, count, [merged, Pair(id=new_id())][: data.draw(st.integers(1, 2))])
        for side in ("zh", "en"):
            fresh = PairTable(tuple(table))
            offsets = range(-1, len(text.text(side)) + 2)
            assert [table.row_at(side, at) for at in offsets] == [fresh.row_at(side, at) for at in offsets]


@given(st.lists(st.sampled_from([None, 0.2, 0.8]), max_size=8), st.data())
def test_a_spliced_table_doubts_the_same_rows_as_a_new_one(sure: list[float | None], data) -> None:
    table = PairTable([Pair(id=new_id(), confidence=one) for one in sure])
    for _ in range(3):
        assert table.doubtful == PairTable(tuple(table)).doubtful
        at = data.draw(st.integers(0, len(table)))
        count = data.draw(st.integers(0, len(table) - at))
        fresh = data.draw(st.lists(st.sampled_from([0.1, 0.9]), max_size=3))
        table = table.splice(at, count, [Pair(id=new_id(), confidence=one) for one in fresh])
    assert table.doubtful == PairTable(tuple(table)).doubtful


def test_a_table_without_rows_has_no_row_anywhere() -> None:
    assert PairTable().row_at("zh", 0) == -1


def test_rows_are_found_by_their_pair_and_spliced() -> None:
    table = PairTable([Pair(id="a"), Pair(id="b"), Pair(id="c")])
    assert (table.row_of("b"), table.row_of("x")) == (1, None)
    spliced = table.splice(1, 1, [Pair(id="d"), Pair(id="e")])
    assert [pair.id for pair in spliced] == ["a", "d", "e", "c"]
    assert [pair.id for pair in table] == ["a", "b", "c"]


def test_links_are_found_from_both_ends_until_they_go() -> None:
    a, b, c = (made(side, 0, 1, "x") for side in ("zh", "en", "en"))
    one, two = link(a, b), link(a, c)
    table = LinkTable([one]).evolve((), [two])
    assert table.partners(a.id) == (b.id, c.id)
    assert table.between(c.id, a.id) == two
    assert table.between(b.id, c.id) is None
    less = table.evolve([one], ())
    assert (less.of(b.id), less.partners(a.id)) == ((), (c.id,))
    assert len(table) == 2


def _label(label_id: str, *, key: str = "", parent: str | None = None) -> Label:
    return Label(id=label_id, name={"en": label_id.title()}, color="#123456", key=key, parent=parent)


@pytest.mark.parametrize(
    "labels",
    [
        [_label("A"), _label("A")],
        [_label(" ")],
        [_label("A", parent="B")],
        [_label("A", parent="B"), _label("B", parent="A")],
        [_label("A", parent="A")],
        [_label("A", key="1"), _label("B", key="1")],
    ],
)
def test_labels_that_contradict_each_other_are_refused(labels: list[Label]) -> None:
    with pytest.raises(AnnotatorError):
        LabelSet(labels)


def test_a_label_is_called_by_its_name_and_one_that_is_gone_by_its_id() -> None:
    labels = LabelSet([Label(id="PERSON", name={"zh": "人物", "en": "Person"}, color="#336699")])
    assert labels.title("PERSON", "zh") == "人物"
    assert labels.title("RIVER", "zh") == "RIVER"


def test_labels_nest_and_keep_their_order() -> None:
    labels = LabelSet([_label("A", key="1"), _label("A/b", parent="A"), _label("A/b/c", parent="A/b")])
    assert labels.ancestors("A/b/c") == ("A/b", "A")
    assert [one.id for one in labels.children("A")] == ["A/b"]
    assert labels.by_key("1") == labels.get("A")
    assert labels.by_key("") is None
    assert [one.id for one in labels.put(_label("Z"), 0)] == ["Z", "A", "A/b", "A/b/c"]
    assert [(one.id, one.parent) for one in labels.without("A/b")] == [("A", None), ("A/b/c", "A")]
    assert [(one.id, one.parent) for one in labels.renamed("A", "X")][:2] == [("X", None), ("A/b", "X")]
    assert project().label_set.get("PERSON").title("zh") == "Person"


@settings(max_examples=60, deadline=None)
@given(documents())
def test_a_document_as_data_is_the_same_document_again(text: Document) -> None:
    packed = msgspec.json.encode(text.data())
    assert Document.of(msgspec.json.decode(packed, type=DocumentData)) == text


def test_an_edit_without_changes_is_empty_and_its_own_inverse() -> None:
    edit = Edit(caption=Caption("edit.link"))
    assert edit.empty
    assert edit.inverse() == edit


def test_rows_give_their_text_and_spans() -> None:
    text = document()
    assert text.row_text(2, "zh") == "“还不够，”顾岚说。"
    assert text.row_spans(0, "en") == []


def test_ids_are_short_lower_case_and_differ() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 12 and one.islower() | one.isdigit() and not set("ilou") & set(one) for one in ids)
    assert len(now()) == len("2026-01-02T03:04:05Z")
