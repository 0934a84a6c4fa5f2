from __future__ import annotations

import pytest
from making import document, session, span, with_spans

from annotator.core.errors import AnnotatorError
from annotator.services import occurrences


def test_english_is_found_at_word_edges_only_and_case_counts() -> None:
    text = document(["港"], ["Port, Ports, port, Port’s Seaport (Port)."])
    found = [(one.start, one.end) for one in occurrences.find(text, " Port ", "en")]
    assert [text.en[start - 1 : end + 1] for start, end in found[1:]] == [" Port’", "(Port)"]
    assert len(found) == 3


def test_chinese_is_found_anywhere_without_overlapping_itself() -> None:
    text = document(["哈哈哈哈哈"], ["Ha."])
    assert [(one.start, one.end) for one in occurrences.find(text, "哈哈", "zh")] == [(0, 2), (2, 4)]


def test_nothing_is_found_for_white_space() -> None:
    assert occurrences.find(document(), " ", "en") == []


def test_a_place_is_blocked_by_what_overlaps_but_not_by_a_longer_span_of_another_label() -> None:
    text = document(["海口港。海口市。海口。海口。大海口"], ["a"])
    theme = span(text, "zh", "海口港", "THEME")
    same = span(text, "zh", "海口市", "PLACE")
    crossing = span(text, "zh", "大海", "PERSON")
    exact = span(text, "zh", "海口", "PERSON", nth=2)
    text = with_spans(text, [theme, same, crossing, exact])
    found = occurrences.find(text, "海口", "zh", "PLACE")
    assert [one.blocked for one in found] == [False, True, True, False, True]


def test_all_free_places_of_several_documents_are_annotated_and_undone_as_one() -> None:
    one, two = document(doc="doc1"), document(doc="doc2")
    one = with_spans(one, [span(one, "zh", "顾岚")])
    work = session(one, two)
    found = [place for text in (one, two) for place in occurrences.find(text, "顾岚", "zh", "PERSON")]
    edit = occurrences.annotate_all([one, two], found, "PERSON", "ann")
    assert edit.caption.args == {"text": "顾岚", "label": "PERSON", "count": "3"}
    work.do(edit)
    assert [len(work.document(doc).spans) for doc in ("doc1", "doc2")] == [2, 2]
    assert {each.src.kind for each in work.document("doc2").spans} == {"occurrence"}
    work.undo()
    assert [work.document(doc) for doc in ("doc1", "doc2")] == [one, two]


def test_when_every_place_is_taken_it_says_so() -> None:
    text = document()
    text = with_spans(text, [span(text, "zh", "𠮷田洋子")])
    with pytest.raises(AnnotatorError, match="no other place"):
        occurrences.annotate_all([text], occurrences.find(text, "𠮷田洋子", "zh"), "PERSON", "ann")
