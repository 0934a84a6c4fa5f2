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
