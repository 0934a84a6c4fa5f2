"""Which suggestions of a document are open, while it is edited and answers come late."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from making import document, documents, session, span, with_spans
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.span import Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.services.annotate import annotate, remove
from annotator.services.correct import merge_pairs
from annotator.services.mending import correct_text
from annotator.services.occurrences import annotate_all, find
from annotator.services.offering import Offering, order
from annotator.services.suggesting import accept, reject

TEXT = document()


def suggestion(
    side: Side, quote: str, label: str = "PERSON", score: float = 0.9, **more: object
) -> Suggestion:
    at = TEXT.text(side).index(quote)
    made = Suggestion(
        side=side,
        start=at,
        end=at + len(quote),
        quote=quote,
        label=label,
        score=score,
        source="rules@1",
        reason=Reason("reason.test"),
    )
    return replace(made, **more)


def offering(*found: Suggestion, rows: tuple[int, ...] = (0, 1, 2, 3), text: Document = TEXT) -> Offering:
    made = Offering(text)
    answers: list[list[Suggestion]] = [[] for _ in rows]
    for one in found:
        answers[rows.index(text.pairs.row_at(one.side, one.start))].append(one)
    made.take(made.question(rows), answers)
    return made


def edited(made: Offering, edit: Edit) -> list[int]:
    """The rows that an edit touches, in a session that does it."""
    work = session(made.document)
    work.do(edit)
    after = work.document(made.document.id)
    return [row for part in edit.parts for row in made.apply(after, part) or ()]


def quotes(made: Offering, row: int = 1) -> list[str]:
    return [one.quote for one in made.in_row(row)]


def test_rows_are_asked_about_once_and_again_after_a_change() -> None:
    made = offering(suggestion("en", "Gu Lan"))
    assert made.unanswered(range(4)) == []
    assert edited(made, annotate(made.document, "zh", 12, 14, "PERSON", by="ann")) == [1]
    assert made.unanswered(range(4)) == [1]
    assert quotes(made) == ["Gu Lan"]


def test_what_was_decided_is_gone_at_once_and_back_after_undo() -> None:
    for decide in (lambda d, s: accept(d, s, by="a", link_type="SAME"), lambda d, s: reject(d, s, by="a")):
        made = offering(suggestion("en", "Gu Lan"), suggestion("en", "Haikou", "PLACE"))
        edit = decide(made.document, [suggestion("en", "Gu Lan")])
        edited(made, edit)
        assert quotes(made) == ["Haikou"]
        edited(made, edit.inverse())
        assert quotes(made) == ["Gu Lan", "Haikou"]


def test_an_answer_that_comes_after_a_change_is_dropped() -> None:
    made = Offering(TEXT)
    question = made.question((1, 2))
    edited(made, annotate(TEXT, "zh", 12, 14, "PERSON", by="ann"))
    assert made.take(question, [[suggestion("en", "Gu Lan")], [suggestion("en", "said", "THEME")]]) == [2]
    assert (quotes(made), quotes(made, 2)) == ([], ["said"])


def test_the_same_answer_changes_nothing() -> None:
    made = offering(suggestion("en", "Gu Lan"))
    made.expire()
    assert made.take(made.question((1,)), [[suggestion("en", "Gu Lan")]]) == []
    assert made.unanswered((1,)) == []


def test_of_several_in_each_others_way_the_surest_is_shown_and_then_the_next() -> None:
    short, long = suggestion("en", "Gu Lan"), suggestion("en", "Gu Lan met", score=0.8)
    made = offering(short, long)
    assert quotes(made) == ["Gu Lan"]
    edited(made, reject(made.document, [short], by="ann"))
    assert quotes(made) == ["Gu Lan met"]


def test_a_theme_and_a_name_in_it_are_both_shown() -> None:
    made = offering(suggestion("en", "Gu Lan"), suggestion("en", "Gu Lan met", "THEME", score=0.5))
    assert quotes(made) == ["Gu Lan met", "Gu Lan"]


def test_corrected_text_before_it_moves_a_suggestion_along() -> None:
    made = offering(suggestion("en", "Haikou", "PLACE"))
    at = TEXT.en.index("Plan")
    edited(made, correct_text(TEXT, "en", at, at + 4, "Programme", by="ann"))
    (one,) = made.in_row(1)
    assert made.document.en[one.start : one.end] == "Haikou" == one.quote
    assert made.unanswered(range(4)) == [0]


def test_corrected_text_under_it_takes_a_suggestion_away() -> None:
    made = offering(suggestion("en", "Haikou", "PLACE"))
    at = TEXT.en.index("Haikou")
    edited(made, correct_text(TEXT, "en", at, at + 6, "Sanya", by="ann"))
    assert quotes(made) == []


def test_merged_rows_are_asked_about_anew_and_others_keep_their_answers() -> None:
    made = offering(suggestion("en", "Gu Lan"), suggestion("en", "She"))
    edited(made, merge_pairs(TEXT, 1))
    assert made.unanswered(range(3)) == [1]
    assert quotes(made, 2) == ["She"]


def test_a_long_one_is_seen_in_every_row_that_it_runs_through() -> None:
    start, end = TEXT.en.index("They talked"), TEXT.en.index("said Gu")
    long = suggestion("en", TEXT.en[start:end], "THEME")
    made = offering(long, suggestion("en", "She"))
    assert [len(made.touching(row, "en")) for row in range(4)] == [0, 1, 1, 1]
    assert made.touching(2, "zh") == []


def test_a_long_one_that_is_offered_for_each_of_its_rows_is_there_once() -> None:
    start, end = TEXT.en.index("They talked"), TEXT.en.index("said Gu")
    long = suggestion("en", TEXT.en[start:end], "THEME")
    made = Offering(TEXT)
    made.take(made.question((1, 2)), [[long], [long]])
    assert [len(made.touching(row, "en")) for row in (1, 2)] == [1, 1]


def test_the_counterpart_of_a_span_is_found_from_either_end() -> None:
    gu, gu_lan = span(TEXT, "zh", "顾岚"), span(TEXT, "en", "Gu Lan")
    text = with_spans(TEXT, [gu, gu_lan])
    made = offering(suggestion("en", "Gu Lan", partner=gu.id), text=text)
    assert made.for_span(gu) == made.for_span(gu_lan) == made.in_row(1)[0]
    assert made.for_span(span(TEXT, "zh", "海口")) is None


def with_twins(text: Document = TEXT) -> Offering:
    zh, en = suggestion("zh", "顾岚"), suggestion("en", "Gu Lan")
    made = Offering(text)
    made.take(made.question((1,)), [[zh, en]], [[(zh.key, en.key)]])
    return made


def test_what_both_sides_suggest_of_one_thing_belongs_together() -> None:
    made = with_twins()
    zh, en = made.in_row(1)
    assert (made.twin(zh), made.twin(en)) == (en, zh)
    assert set(made.twins_in_row(1)) == {(zh.key, en.key), (en.key, zh.key)}
    work = session(TEXT)
    work.do(accept(TEXT, [zh, en], by="ann", link_type="SAME", twins=made.twins_in_row(1)))
    (link,) = work.document("doc1").links
    ends = [work.document("doc1").spans.get(end) for end in (link.a, link.b)]
    assert [(end.quote, end.src.kind) for end in ends] == [("顾岚", "accepted"), ("Gu Lan", "accepted")]


def test_once_one_of_two_is_decided_the_other_stands_alone() -> None:
    made = with_twins()
    zh, en = made.in_row(1)
    edited(made, reject(made.document, [en], by="ann"))
    assert made.in_row(1) == (zh,)
    assert made.twin(zh) is None


def test_twins_stay_together_when_text_before_them_is_corrected() -> None:
    made = with_twins()
    at = TEXT.en.index("Plan")
    edited(made, correct_text(TEXT, "en", at, at + 4, "Programme", by="ann"))
    zh, en = made.in_row(1)
    assert (made.twin(zh), made.twin(en)) == (en, zh)


def test_steps_go_in_the_order_of_the_text_both_ways() -> None:
    found = [
        suggestion("zh", "顾岚"),
        suggestion("zh", "海口", "PLACE"),
        suggestion("en", "Gu Lan"),
        suggestion("en", "She"),
    ]
    made = offering(*reversed(found))
    place, seen = (0, 0, -1, 0), []
    while isinstance(one := made.step(place, 1), Suggestion):
        seen.append(one.quote)
        place = order(made.document, one)
    assert seen == ["顾岚", "海口", "Gu Lan", "She"]
    back = made.step(place, -1)
    assert isinstance(back, Suggestion)
    assert back.quote == "Gu Lan"
    assert made.step((0, 0, 0, 0), -1) is None


def test_a_step_stops_at_a_row_that_was_never_asked_about() -> None:
    made = offering(suggestion("en", "She"), rows=(0, 1, 3))
    assert made.step((1, 0, 0, 0), 1) == 2


@given(documents(), st.randoms(use_true_random=False))
def test_whatever_is_edited_what_is_shown_is_true_and_undecided(text: Document, random: object) -> None:
    made = Offering(text)
    rows = tuple(range(len(text.pairs)))
    spans = list(text.spans)
    work = session(text)
    answers = [_around(text, row) for row in rows]
    made.take(made.question(rows), answers)
    for _ in range(4):
        choices = [one for one in spans if one.id in work.document("doc1").spans]
        if not choices:
            break
        edit = remove(work.document("doc1"), [random.choice(choices).id])
        work.do(edit)
        made.apply(work.document("doc1"), edit.parts[0])
        work.undo()
        made.apply(work.document("doc1"), edit.inverse().parts[0])
    for row in rows:
        for one in made.in_row(row):
            assert made.document.text(one.side)[one.start : one.end] == one.quote
            assert not any(
                (each.start, each.end) == (one.start, one.end)
                for each in made.document.spans.overlapping(one.side, one.start, one.end)
            )


def _around(text: Document, row: int) -> list[Suggestion]:
    """The first sentence of either side of a row, suggested as a theme."""
    found = []
    for side in ("zh", "en"):
        for start, end in text.pairs[row].segments(side)[:1]:
            found.append(
                Suggestion(
                    side=side,
                    start=start,
                    end=end,
                    quote=text.text(side)[start:end],
                    label="THEME",
                    score=0.7,
                    source="rules@1",
                    reason=Reason("reason.test"),
                )
            )
    return found


def test_a_change_of_very_many_spans_makes_every_answer_on_its_way_stale() -> None:
    many = document(["顾岚" * 600], ["Gu Lan"])
    made, work = Offering(many), session(many)
    question = made.question([0])
    edit = annotate_all([many], find(many, "顾岚", "zh"), "PERSON", "ann")
    work.do(edit)
    assert made.apply(work.document("doc1"), edit.parts[0]) is None
    assert made.take(question, [_around(many, 0)]) == []
