from __future__ import annotations

import pytest
from making import document, link, session, sound, span, with_spans

from annotator.core.document import Document, digest
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.services import correct
from annotator.services.annotate import mark_done

ZH = ("第一句。第二句。", "第三句。")
EN = ("One is here. Two is there.", "Three.")


def _after(text: Document, edit: Edit) -> Document:
    work = session(text)
    work.do(edit)
    changed = work.document(text.id)
    sound(changed)
    work.undo()
    assert work.document(text.id) == text
    return changed


def _rows(text: Document) -> list[tuple[list[str], list[str]]]:
    return [([text.zh[a:b] for a, b in pair.zh], [text.en[a:b] for a, b in pair.en]) for pair in text.pairs]


def _text(gap: str = "\n") -> Document:
    return document(ZH, EN, gap=gap)


def test_merged_rows_keep_the_first_id_and_count_as_confirmed() -> None:
    merged = _after(_text(), correct.merge_pairs(_text(), 0))
    assert _rows(merged) == [
        (["第一句。", "第二句。", "第三句。"], ["One is here.", "Two is there.", "Three."])
    ]
    assert (merged.pairs[0].id, merged.pairs[0].confirmed, merged.pairs[0].confidence) == (
        "pair00000000",
        True,
        None,
    )


@pytest.mark.parametrize(("rows", "done"), [([0], False), ([1], False), ([0, 1], True)])
def test_a_merged_row_is_done_only_if_both_were(rows: list[int], done: bool) -> None:
    text = _after(_text(), mark_done(_text(), rows, True))
    merged = _after(text, correct.merge_pairs(text, 0))
    assert (merged.pairs[0].id in merged.done) == done
    assert len(merged.done) == done


def test_the_last_row_has_nothing_to_merge_with() -> None:
    with pytest.raises(AnnotatorError, match="last pair"):
        correct.merge_pairs(_text(), 1)


def test_splitting_a_row_cuts_the_other_side_at_the_same_proportion() -> None:
    text = _text()
    split = _after(text, correct.split_pair(text, 0, "zh", 2))
    assert _rows(split)[:2] == [(["第一句。"], ["One is here."]), (["第二句。"], ["Two is there."])]
    assert split.pairs[0].id == "pair00000000"
    assert all(pair.confirmed for pair in split.pairs[:2])


def test_a_single_sentence_of_the_other_side_stays_with_the_first_row() -> None:
    text = document(["一。二。"], ["One and two."])
    assert _rows(_after(text, correct.split_pair(text, 0, "zh", 2))) == [
        (["一。"], ["One and two."]),
        (["二。"], []),
    ]


@pytest.mark.parametrize("offset", [0, 5, 8])
def test_a_row_is_not_split_at_its_edge(offset: int) -> None:
    with pytest.raises(AnnotatorError, match="cannot be split here"):
        correct.split_pair(_text(), 0, "zh", offset)


def test_both_halves_of_a_done_row_are_done() -> None:
    text = _after(_text(), mark_done(_text(), [0], True))
    assert len(_after(text, correct.split_pair(text, 0, "zh", 2)).done) == 2


@pytest.mark.parametrize("gap", ["\n", ""])
def test_a_sentence_moves_down_with_all_behind_it(gap: str) -> None:
    text = _text(gap)
    moved = _after(text, correct.move_sentence(text, "zh", 0, 1))
    assert _rows(moved) == [
        ([], ["One is here.", "Two is there."]),
        (["第一句。", "第二句。", "第三句。"], ["Three."]),
    ]


def test_a_sentence_moves_up_with_all_before_it() -> None:
    text = _text()
    moved = _after(text, correct.move_sentence(text, "en", text.en.index("Three"), -1))
    assert _rows(moved)[0][1] == ["One is here.", "Two is there.", "Three."]
    assert _rows(moved)[1] == (["第三句。"], [])


def test_a_row_left_without_text_vanishes_with_its_done_mark() -> None:
    text = _text()
    text = _after(text, correct.move_sentence(text, "en", text.en.index("Three"), -1))
    text = _after(text, mark_done(text, [0, 1], True))
    moved = _after(text, correct.move_sentence(text, "zh", text.zh.index("第三"), -1))
    assert len(moved.pairs) == 1
    assert list(moved.done) == ["pair00000000"]


def test_no_sentence_moves_out_of_the_document() -> None:
    with pytest.raises(AnnotatorError, match="no pair in this direction"):
        correct.move_sentence(_text(), "zh", 0, -1)


def test_a_sentence_is_split_without_the_space_and_joined_again() -> None:
    text = _text()
    split = _after(text, correct.split_sentence(text, "en", 4))
    assert _rows(split)[0][1] == ["One", "is here.", "Two is there."]
    assert _rows(_after(split, correct.merge_sentence(split, "en", 0)))[0][1] == [
        "One is here.",
        "Two is there.",
    ]


@pytest.mark.parametrize("offset", [0, 12, 13])
def test_a_sentence_is_not_split_at_its_edge(offset: int) -> None:
    with pytest.raises(AnnotatorError, match="inside the sentence"):
        correct.split_sentence(_text(), "en", offset)


def test_the_last_sentence_of_a_row_has_nothing_to_join() -> None:
    with pytest.raises(AnnotatorError, match="last sentence of pair 1"):
        correct.merge_sentence(_text(), "zh", 5)


def test_confirming_touches_only_what_is_not_confirmed() -> None:
    text = _text()
    confirmed = _after(text, correct.confirm_pairs(text, [1], True))
    assert [pair.confirmed for pair in confirmed.pairs] == [False, True]
    assert correct.confirm_pairs(confirmed, [1], True).empty


def _corrected(text: Document, side: Side, old: str, new: str) -> Document:
    start = text.text(side).index(old)
    return _after(text, correct.correct_text(text, side, start, start + len(old), new, by="ann"))


def test_spans_move_with_a_corrected_text() -> None:
    text = document()
    before, within, behind = (span(text, "en", quote) for quote in ("Gu Lan", "Haikou", "three"))
    whole = span(text, "en", "met Yoko Yoshida in Haikou", "THEME")
    changed = _corrected(
        with_spans(text, [before, within, behind, whole]), "en", "Yoko Yoshida", "Yōko Yosida"
    )
    quotes = {one.id: one.quote for one in changed.spans}
    assert quotes == {
        before.id: "Gu Lan",
        within.id: "Haikou",
        behind.id: "three",
        whole.id: "met Yōko Yosida in Haikou",
    }


@pytest.mark.parametrize("new", ["顾兰", "老顾岚先生", "K"])
def test_a_span_over_exactly_the_corrected_text_covers_the_new_text(new: str) -> None:
    text = document()
    one = span(text, "zh", "顾岚")
    changed = _corrected(with_spans(text, [one]), "zh", "顾岚", new)
    assert [each.quote for each in changed.spans] == [new]


def test_spans_within_a_longer_correction_keep_their_words() -> None:
    text = document()
    one, two = span(text, "en", "Yoshida"), span(text, "en", "Haikou")
    changed = _corrected(
        with_spans(text, [one, two]), "en", "met Yoko Yoshida in Haikou", "talked to Yoko Yoshida at Haikou"
    )
    assert [each.quote for each in changed.spans] == ["Yoshida", "Haikou"]


def test_a_span_over_an_edge_of_the_correction_is_clipped() -> None:
    text = document()
    one, two = span(text, "en", "Gu Lan met"), span(text, "en", "Yoshida in")
    changed = _corrected(with_spans(text, [one, two]), "en", "met Yoko Yoshida", "")
    assert [each.quote for each in changed.spans] == ["Gu Lan", "in"]


def test_a_span_whose_text_is_deleted_goes_with_its_links() -> None:
    text = document()
    zh, en = span(text, "zh", "𠮷田洋子"), span(text, "en", "Yoko Yoshida")
    changed = _corrected(with_spans(text, [zh, en], [link(zh, en)]), "zh", "𠮷田洋子", "")
    assert [each.id for each in changed.spans] == [en.id]
    assert not len(changed.links)


@pytest.mark.parametrize(
    ("at", "new", "quote"),
    [(0, "Mc", "McGu"), (2, "n", "Gun"), (2, ",", "Gu"), (2, " n", "Gu"), (0, "Mr ", "Gu")],
)
def test_letters_added_to_a_word_belong_to_its_span(at: int, new: str, quote: str) -> None:
    text = document()
    one = span(text, "en", "Gu")
    text = with_spans(text, [one])
    at += one.start
    changed = _after(text, correct.correct_text(text, "en", at, at, new, by="ann"))
    assert [each.quote for each in changed.spans] == [quote]


def test_text_added_behind_the_last_sentence_of_a_line_belongs_to_it() -> None:
    text = _text()
    at = text.zh.index("\n")
    changed = _after(text, correct.correct_text(text, "zh", at, at, "”", by="ann"))
    assert _rows(changed)[0][0] == ["第一句。", "第二句。”"]
    at += 1
    changed = _after(text, correct.correct_text(text, "zh", at, at, "“", by="ann"))
    assert _rows(changed)[1][0] == ["“第三句。"]


def test_text_put_into_the_space_between_two_lines_belongs_to_its_own_line() -> None:
    text = document(["一。", "二。"], ["One.", "Two."], gap=" \n ")
    at = text.en.index("\n")
    changed = _after(text, correct.correct_text(text, "en", at + 1, at + 1, "(b)", by="ann"))
    assert [row[1] for row in _rows(changed)] == [["One."], ["(b) Two."]]
    changed = _after(text, correct.correct_text(text, "en", at, at, "(a)", by="ann"))
    assert [row[1] for row in _rows(changed)] == [["One. (a)"], ["Two."]]


def test_a_sentence_deleted_whole_leaves_no_empty_row() -> None:
    text = document(["一。", "二。"], ["One.", "Two."])
    changed = _corrected(text, "zh", "二。", "")
    assert _rows(changed) == [(["一。"], ["One."]), ([], ["Two."])]
    assert len(_corrected(changed, "en", "Two.", "").pairs) == 1


def test_a_correction_is_recorded_with_the_digest_of_the_old_text() -> None:
    text = document()
    (record,) = _corrected(text, "zh", "三小时", "两小时").info.corrections
    assert (record.before, record.after, record.by) == ("三小时", "两小时", "ann")
    assert record.sha256 == digest(text.zh)


@pytest.mark.parametrize(
    ("start", "end", "new", "key"),
    [
        (0, 2, "a\nb", "error.correct_control"),
        (0, 2, "a\u2028b", "error.correct_control"),
        (0, 2, "\x07", "error.correct_control"),
        (4, 9, "x", "error.correct_lines"),
        (4, 999, "x", "error.range_outside"),
    ],
)
def test_a_correction_stays_within_its_line(start: int, end: int, new: str, key: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        correct.correct_text(document(), "zh", start, end, new, by="ann")
    assert caught.value.key == key
