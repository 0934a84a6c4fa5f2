"""What the spans of a pair still lack."""

from __future__ import annotations

from annotator.language.counterpart import Marked, propose

ZH = "1998年春天，顾岚从海口去了奥斯陆。"
EN = "In the spring of 1998 Gu Lan left Haikou for Oslo."


def marked(text: str, part: str, label: str, *, id: str = "") -> Marked:
    start = text.index(part)
    return Marked(id or part, start, start + len(part), label)


def test_two_spans_without_a_link_are_joined() -> None:
    zh, en = marked(ZH, "顾岚", "PERSON"), marked(EN, "Gu Lan", "PERSON")
    (one,) = propose(ZH, EN, [zh], [en])
    assert (one.mention, one.partner, one.side) == ("顾岚", "Gu Lan", "en")
    assert one.reason == "pinyin"


def test_a_span_alone_gets_a_stretch_to_be_labelled_on_the_other_side() -> None:
    (one,) = propose(ZH, EN, [marked(ZH, "奥斯陆", "PLACE")], [])
    assert (one.partner, one.side, one.label, EN[one.start : one.end]) == (None, "en", "PLACE", "Oslo")
    (one,) = propose(ZH, EN, [], [marked(EN, "Haikou", "PLACE")])
    assert (one.partner, one.side, one.label, ZH[one.start : one.end]) == (None, "zh", "PLACE", "海口")


def test_what_is_linked_is_left_alone() -> None:
    zh, en = marked(ZH, "顾岚", "PERSON"), marked(EN, "Gu Lan", "PERSON")
    assert propose(ZH, EN, [zh], [en], [("Gu Lan", "顾岚")]) == []


def test_nothing_is_proposed_where_a_linked_span_stands() -> None:
    zh, en = "海口，海口！", "O Haikou!"
    spans = [Marked("first", 0, 2, "PLACE"), Marked("second", 3, 5, "PLACE")]
    found = propose(zh, en, spans, [marked(en, "Haikou", "PLACE")], [("first", "Haikou")])
    assert found == []


def test_a_gloss_in_brackets_has_the_partner_of_the_name_before_it() -> None:
    zh, en = "多萝西（Dolly Quill）来了。", "Dolly Quill came."
    spans = [marked(zh, "多萝西", "PERSON"), marked(zh, "Dolly Quill", "PERSON", id="gloss")]
    partner = marked(en, "Dolly Quill", "PERSON", id="en")
    found = propose(zh, en, spans, [partner], [("多萝西", "en")])
    assert [(one.mention, one.partner, one.reason) for one in found] == [("gloss", "en", "gloss")]


def test_the_only_two_of_a_kind_are_joined() -> None:
    zh, en = "阿宽和顾岚走了。", "Quimby and Gu Lan left."
    zh_spans = [marked(zh, "阿宽", "PERSON"), marked(zh, "顾岚", "PERSON")]
    en_spans = [marked(en, "Quimby", "PERSON"), marked(en, "Gu Lan", "PERSON")]
    joined = {one.mention: (one.partner, one.reason) for one in propose(zh, en, zh_spans, en_spans)}
    assert joined == {"阿宽": ("Quimby", "left"), "顾岚": ("Gu Lan", "pinyin")}


def test_spans_of_different_kinds_are_not_joined() -> None:
    zh, en = "顾岚来了。", "Gu Lan came."
    found = propose(zh, en, [marked(zh, "顾岚", "PERSON")], [marked(en, "Gu Lan", "PLACE")])
    assert all(one.partner is None for one in found)


def test_nested_labels_are_of_the_kind_of_the_outermost() -> None:
    zh, en = "他去了海口。", "He went to Haikou."
    (one,) = propose(zh, en, [marked(zh, "海口", "PLACE/city")], [marked(en, "Haikou", "PLACE")])
    assert (one.partner, one.label) == ("Haikou", "PLACE")
    (one,) = propose(zh, en, [marked(zh, "海口", "PLACE/city")], [])
    assert (one.partner, one.label) == (None, "PLACE/city")


def test_a_span_that_is_linked_elsewhere_is_left_alone() -> None:
    zh, en = marked(ZH, "顾岚", "PERSON"), marked(EN, "Gu Lan", "PERSON")
    assert propose(ZH, EN, [zh], [en], [("顾岚", "far away"), ("Gu Lan", "farther")]) == []
