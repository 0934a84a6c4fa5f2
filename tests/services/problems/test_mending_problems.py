"""Mending problems, dismissing them, and what stays of both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from making import document, link, session, span, with_spans

from annotator.core.apply import apply
from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.services.correct import correct_text
from annotator.services.dismissing import dismiss, restore
from annotator.services.problems import KINDS, Knowledge, Problem, located, mend, mendable
from annotator.services.problems.project import check_all

Find = Callable[..., list[Problem]]


def mended(text: Document, problems: list[Problem], knowledge: Knowledge) -> Document:
    """The document after the fix; what it takes is one step, and undo brings everything back."""
    work = session(text)
    work.do(mend(text, problems, knowledge, by="ann"))
    after = work.document(text.id)
    work.undo()
    assert work.document(text.id) == text
    work.redo()
    return after


def test_a_slip_is_corrected_in_the_text_wherever_it_is_labelled(find: Find, knowledge: Knowledge) -> None:
    text = document(
        ("罗森伯格来了。", "罗森伯走了，罗森伯。", "罗森伯格笑了。"),
        ("Rosenberger came.", "Rosenberger left, Rosenberger.", "Rosenberger laughed."),
    )
    zh = [span(text, "zh", "罗森伯格"), span(text, "zh", "罗森伯", nth=1), span(text, "zh", "罗森伯", nth=2)]
    zh.append(span(text, "zh", "罗森伯格", nth=1))
    en = [span(text, "en", "Rosenberger", nth=nth) for nth in range(4)]
    both = with_spans(text, [*zh, *en], map(link, zh, en))
    problems = find(both)
    assert [problem.kind for problem in problems] == ["rendering"]
    after = mended(both, problems, knowledge)
    assert after.zh == text.zh.replace("罗森伯走", "罗森伯格走").replace("罗森伯。", "罗森伯格。")
    assert [one.quote for one in after.spans.ordered("zh")] == ["罗森伯格"] * 4
    assert len(after.info.corrections) == 2
    assert find(after) == []


def test_a_slip_that_is_not_labelled_is_corrected_where_it_stands(find: Find, knowledge: Knowledge) -> None:
    text = document(("罗森伯格来了。", "罗森伯走了。"), ("Rosenberger came.", "Rosenberger left."))
    zh, en = span(text, "zh", "罗森伯格"), span(text, "en", "Rosenberger")
    both = with_spans(text, [zh, en], [link(zh, en)])
    after = mended(both, find(both, "rendering"), knowledge)
    assert after.zh == "罗森伯格来了。\n罗森伯格走了。"


def test_edges_are_mended_all_at_once(find: Find, knowledge: Knowledge) -> None:
    text = document(("他到了海口，也到了三亚。",), ("He went to Haikou’s port and Sanya.",))
    spans = [span(text, "zh", "海口，", "PLACE"), span(text, "en", "Haikou’s", "PLACE")]
    spans += [span(text, "en", "Sanya.", "PLACE")]
    both = with_spans(text, spans)
    after = mended(both, find(both, "edges"), knowledge)
    assert [one.quote for one in after.spans] == ["海口", "Haikou", "Sanya"]
    assert find(after, "edges") == []


def test_of_two_equal_names_side_by_side_the_right_one_is_mended(find: Find, knowledge: Knowledge) -> None:
    text = document(("海口海口，都在下雨。",), ("Rain.",))
    both = with_spans(text, [span(text, "zh", "海口，", "PLACE")])
    after = mended(both, find(both, "edges"), knowledge)
    assert [(one.start, one.end) for one in after.spans] == [(2, 4)]


def test_a_counterpart_is_labelled_and_linked(find: Find, knowledge: Knowledge) -> None:
    text = document(("顾岚到了海口。",), ("Gu Lan reached Haikou.",))
    both = with_spans(text, [span(text, "zh", "海口", "PLACE"), span(text, "zh", "顾岚")])
    after = mended(both, find(both, "counterpart"), knowledge)
    pairs = {(after.spans.get(one.a).quote, after.spans.get(one.b).quote) for one in after.links}
    assert pairs == {("海口", "Haikou"), ("顾岚", "Gu Lan")}
    assert find(after) == []


def test_a_counterpart_that_is_labelled_already_is_only_linked(find: Find, knowledge: Knowledge) -> None:
    text = document(("顾岚到了海口。",), ("Gu Lan reached Haikou.",))
    spans = [span(text, "zh", "海口", "PLACE"), span(text, "en", "Haikou", "PLACE")]
    both = with_spans(text, spans)
    problems = find(both, "counterpart")
    assert len(problems) == 2
    after = mended(both, problems[:1], knowledge)
    assert (len(after.spans), len(after.links)) == (2, 1)


def test_without_a_counterpart_the_fix_says_so(find: Find, knowledge: Knowledge) -> None:
    text = document(("顾岚笑了。",), ("They laughed.",))
    both = with_spans(text, [span(text, "zh", "顾岚")])
    with pytest.raises(AnnotatorError) as raised:
        mend(both, find(both), knowledge, by="ann")
    assert raised.value.key == "error.no_counterpart"


def test_the_odd_label_gives_way_and_so_does_an_unlabelled_place(find: Find, knowledge: Knowledge) -> None:
    rows = ("海口下雨。", "海口出太阳。", "海口刮风。", "海口下雪。", "海口放晴。")
    text = document(rows, tuple("Rain." for _ in rows))
    labels = ("PLACE", "PERSON", "PLACE", None, "PLACE")
    spans = [span(text, "zh", "海口", label, nth=nth) for nth, label in enumerate(labels) if label]
    both = with_spans(text, spans)
    after = mended(both, find(both, "label_differs", "unlabelled"), knowledge)
    assert [one.label for one in after.spans] == ["PLACE"] * 5


def test_the_label_of_partners_is_that_of_most_mentions(find: Find, knowledge: Knowledge) -> None:
    text = document(("海口下雨。", "海口"), ("Rain in Haikou.", "Haikou"))
    zh = [span(text, "zh", "海口", "PERSON"), span(text, "zh", "海口", "PLACE", nth=1)]
    en = [span(text, "en", "Haikou", "PLACE", nth=nth) for nth in (0, 1)]
    both = with_spans(text, [*zh, *en], map(link, zh, en))
    after = mended(both, find(both, "partner_label"), knowledge)
    assert {one.label for one in after.spans} == {"PLACE"}


def test_a_distant_link_is_cut_and_a_text_that_is_mostly_unlabelled_is_labelled(
    find: Find, knowledge: Knowledge
) -> None:
    rows = tuple(f"清晨，第{row}班船开了。" for row in range(8))
    text = document(rows, tuple("A boat left in the morning." for _ in rows))
    zh, en = span(text, "zh", "清晨", "DATE"), span(text, "en", "morning", "DATE", nth=5)
    both = with_spans(text, [zh, en], [link(zh, en)])
    found = find(both, "far_link", "mostly_unlabelled")
    assert [problem.kind for problem in found if problem.side == "zh"] == ["far_link", "mostly_unlabelled"]
    after = mended(both, [problem for problem in found if problem.side == "zh"], knowledge)
    assert (len(after.links), sum(one.quote == "清晨" for one in after.spans)) == (0, 8)


def test_what_the_program_cannot_mend_has_no_fix(find: Find, knowledge: Knowledge) -> None:
    text = document(("他带了15人。",), ("He brought 50 men.",))
    (problem,) = find(text)
    assert not mendable(problem)
    with pytest.raises(AnnotatorError):
        mend(text, [problem], knowledge, by="ann")


def test_a_fix_that_comes_too_late_says_that_nothing_is_left(find: Find, knowledge: Knowledge) -> None:
    text = document(("他到了海口，也到了三亚。",), ("None",))
    both = with_spans(text, [span(text, "zh", "海口，", "PLACE")])
    problems = find(both, "edges")
    changed = apply(both, correct_text(both, "zh", 3, 5, "琼州", by="ann").parts[0])
    with pytest.raises(AnnotatorError) as raised:
        mend(changed, problems, knowledge, by="ann")
    assert raised.value.key == "error.nothing_to_mend"


def test_dismissed_problems_stay_dismissed_when_the_text_changes_elsewhere(
    find: Find, knowledge: Knowledge
) -> None:
    text = document(("船开了。", "他带了15人到海口。"), ("A boat left.", "He brought 50 men to Haikou."))
    both = with_spans(text, [span(text, "zh", "海口", "PLACE")])
    work = session(both)
    work.do(dismiss(both, [problem.key for problem in find(both)], by="ann"))
    work.do(correct_text(work.document("doc1"), "zh", 0, 1, "一艘船", by="ann"))
    (findings,) = check_all([work.document("doc1")], knowledge)
    assert (findings.problems, findings.dismissed) == ((), 2)
    (key, *_) = work.document("doc1").dismissed
    work.do(restore(work.document("doc1"), [key]))
    (findings,) = check_all([work.document("doc1")], knowledge)
    assert ([problem.key for problem in findings.problems], findings.dismissed) == ([key], 1)


def test_a_dismissed_problem_comes_back_when_it_becomes_another(find: Find, knowledge: Knowledge) -> None:
    text = document(("他带了15人。",), ("He brought 50 men.",))
    work = session(text)
    work.do(dismiss(text, [problem.key for problem in find(text)], by="ann"))
    work.do(correct_text(work.document("doc1"), "zh", 3, 5, "16", by="ann"))
    (findings,) = check_all([work.document("doc1")], knowledge)
    assert len(findings.problems) == 1


def test_places_follow_the_text_before_them(find: Find) -> None:
    text = document(("船开了。", "他带了15人。"), ("A boat left.", "He brought 50 men."))
    (problem,) = find(text)
    after = apply(text, correct_text(text, "zh", 0, 1, "一艘旧船", by="ann").parts[0])
    at = located(after, problem.places[0])
    assert at is not None
    assert after.zh[at.start : at.end] == "15"
    assert located(document(("无",), ("None",)), problem.places[0]) is None


def test_only_kinds_that_are_safe_are_mended_unseen() -> None:
    assert {name for name, kind in KINDS.items() if kind.bulk} == {"edges", "unlabelled", "counterpart"}
    assert all(kind.fix is not None for kind in KINDS.values() if kind.bulk)
