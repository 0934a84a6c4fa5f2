from __future__ import annotations

import pytest
from making import document, link, session, span, with_spans

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import Span
from annotator.services import annotate


def _new(edit: Edit) -> Span:
    made = edit.parts[0].spans[0].after
    assert made is not None
    return made


def test_a_new_span_leaves_the_white_space_at_its_edges_out() -> None:
    text = document()
    start = text.en.index(" Yoko")
    made = _new(annotate.annotate(text, "en", start, start + len(" Yoko Yoshida "), "PERSON", by="ann"))
    assert made.quote == "Yoko Yoshida"
    assert (made.by, made.src.kind) == ("ann", "manual")
    assert made.at.endswith("Z")


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    text = document()
    start = text.zh.index("𠮷")
    assert _new(annotate.annotate(text, "zh", start, start + 4, "PERSON", by="ann")).quote == "𠮷田洋子"


@pytest.mark.parametrize(
    ("start", "end", "key"), [(17, 18, "error.selection_empty"), (5, 900, "error.range_outside")]
)
def test_white_space_or_nothing_cannot_be_annotated(start: int, end: int, key: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        annotate.annotate(document(), "en", start, end, "PLACE", by="ann")
    assert caught.value.key == key


def test_the_same_range_takes_another_label_but_not_the_same_again() -> None:
    text = document()
    one = span(text, "zh", "海口", "PLACE")
    text = with_spans(text, [one])
    annotate.annotate(text, "zh", one.start, one.end, "THEME", by="ann")
    with pytest.raises(AnnotatorError, match="already highlighted as PLACE"):
        annotate.annotate(text, "zh", one.start, one.end, "PLACE", by="ann")


def _linked() -> tuple[Document, Span, Span]:
    text = document()
    zh, en = span(text, "zh", "顾岚"), span(text, "en", "Gu Lan")
    return with_spans(text, [zh, en], [link(zh, en)]), zh, en


def test_a_removed_span_takes_its_links_along_and_brings_them_back() -> None:
    text, zh, en = _linked()
    work = session(text)
    work.do(annotate.remove(text, [zh.id, en.id, zh.id]))
    assert not len(work.document("doc1").spans)
    assert not len(work.document("doc1").links)
    work.undo()
    assert work.document("doc1") == text


def test_a_link_across_sides_starts_at_the_chinese_span() -> None:
    text, zh, en = _linked()
    text = text.evolve(links=text.links.evolve(list(text.links), ()))
    made = annotate.link(text, en.id, zh.id, "SAME", by="ann").parts[0].links[0].after
    assert made is not None
    assert (made.a, made.b) == (zh.id, en.id)


def test_spans_of_one_side_can_be_linked_the_earlier_first() -> None:
    text = document()
    one, two = span(text, "zh", "顾岚"), span(text, "zh", "顾岚", nth=1)
    text = with_spans(text, [two, one])
    made = annotate.link(text, two.id, one.id, "SAME", by="ann").parts[0].links[0].after
    assert made is not None
    assert (made.a, made.b) == (one.id, two.id)


def test_two_spans_are_linked_only_once_and_never_with_themselves() -> None:
    text, zh, en = _linked()
    with pytest.raises(AnnotatorError, match="linked already"):
        annotate.link(text, en.id, zh.id, "PART", by="ann")
    with pytest.raises(AnnotatorError, match="itself"):
        annotate.link(text, zh.id, zh.id, "SAME", by="ann")


def test_links_change_their_type_and_go() -> None:
    text, zh, _ = _linked()
    (one,) = text.links.of(zh.id)
    work = session(text)
    work.do(annotate.relink(text, one.id, "PART"))
    assert [each.type for each in work.document("doc1").links] == ["PART"]
    work.do(annotate.unlink(work.document("doc1"), [one.id]))
    assert not len(work.document("doc1").links)


def test_describing_drops_empty_attributes_and_changes_nothing_if_nothing_is_new() -> None:
    text, zh, _ = _linked()
    edit = annotate.describe(text, zh.id, note="first", attributes={"role": "mayor", "age": ""})
    assert _new(edit).attributes == {"role": "mayor"}
    assert annotate.describe(text, zh.id, note="", certainty="certain").empty


def test_reshaping_quotes_the_new_stretch() -> None:
    text, _, en = _linked()
    assert _new(annotate.reshape(text, en.id, en.start, en.end + 4)).quote == "Gu Lan met"
    assert annotate.reshape(text, en.id, en.start, en.end + 1).empty
    with pytest.raises(AnnotatorError):
        annotate.reshape(text, en.id, en.end, en.end)


def test_relabelling_skips_those_that_have_the_label() -> None:
    text, zh, en = _linked()
    other = span(text, "zh", "海口", "PLACE")
    text = with_spans(text, [other])
    edit = annotate.relabel(text, [zh.id, en.id, other.id], "PLACE")
    assert len(edit.parts[0].spans) == 2
    assert edit.caption.args["count"] == "2"


def test_rows_are_marked_done_once() -> None:
    text = document()
    work = session(text)
    work.do(annotate.mark_done(text, [0, 2, 2], True))
    assert [annotate.is_done(work.document("doc1"), row) for row in range(4)] == [True, False, True, False]
    assert annotate.mark_done(work.document("doc1"), [0], True).empty
    with pytest.raises(AnnotatorError, match="no pair 5"):
        annotate.mark_done(text, [4], True)
