"""Learning from a project in a process of its own, and what learning is worth."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import document
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.ids import new_id
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.project import Project
from annotator.core.span import MANUAL, Rejection, Side, Source, Span
from annotator.core.spans import SpanTable
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, suggester_named
from annotator.language.crf.shelf import newest
from annotator.language.judging.ledger import read_ledger
from annotator.services.evaluating_effort import Cost, Effort, Labelled, Replayed, cost_of, replay, starts
from annotator.services.evaluating_learning import calibration, learning
from annotator.services.training import is_due, lessons_for, retrain, train
from annotator.suggesters.combined import Combined

PROJECT = Project(
    title="Names",
    labels=tuple(
        Label(id=name, name={"en": name}, color="#3F7BD0") for name in ("PERSON", "PLACE", "DATE", "THEME")
    ),
)
PEOPLE = ("顾岚", "沈默然", "乔远山", "罗小满")
PLACES = ("海口", "云浮", "青石镇", "柳河村")
ENGLISH = ("Gu Lan", "Shen Moran", "Qiao Yuanshan", "Luo Xiaoman")
ENGLISH_PLACES = ("Haikou", "Yunfu", "Greystone", "Willow Village")
AT = "2026-01-02T03:04:05Z"


def spans_of(one: Document, side: Side, wanted: dict[str, str]) -> list[Span]:
    found = []
    for quote, label in wanted.items():
        start = one.text(side).find(quote)
        while start >= 0:
            end = start + len(quote)
            found.append(
                Span(
                    id=new_id(),
                    side=side,
                    start=start,
                    end=end,
                    quote=quote,
                    label=label,
                    src=MANUAL,
                    by="ann",
                    at=AT,
                )
            )
            start = one.text(side).find(quote, end)
    return found


def plain(doc: str = "doc1", rows: int = 24) -> Document:
    zh = [f"{PEOPLE[row % 4]}昨天从{PLACES[row * 3 % 4]}回来。" for row in range(rows)]
    en = [f"{ENGLISH[row % 4]} came back from {ENGLISH_PLACES[row * 3 % 4]}." for row in range(rows)]
    return document(zh, en, doc=doc)


def annotated(doc: str = "doc1", rows: int = 24) -> Document:
    """Every row with its person and place on both sides, and done."""
    one = plain(doc, rows)
    zh = {**dict.fromkeys(PEOPLE, "PERSON"), **dict.fromkeys(PLACES, "PLACE")}
    en = {**dict.fromkeys(ENGLISH, "PERSON"), **dict.fromkeys(ENGLISH_PLACES, "PLACE")}
    spans = SpanTable([*spans_of(one, "zh", zh), *spans_of(one, "en", en)])
    return one.evolve(spans=spans, done=one.done.update({pair.id: True for pair in one.pairs}))


def quotes(suggestions: list[Suggestion]) -> set[tuple[str, str]]:
    return {(one.quote, one.label) for one in suggestions}


def test_a_project_is_learnt_from_in_another_process_and_scored(
    tmp_path: Path,
) -> None:
    lessons = lessons_for(PROJECT, [annotated(f"doc{number}") for number in range(4)])
    told: list[tuple[int, int]] = []

    report = train(lessons, tmp_path, Job(lambda done, total: told.append((done, total))))

    assert report.source == "learner@1"
    assert told
    assert set(report.sides) == {"zh", "en"}
    assert all(one.learner.f1 > 0.9 and one.combined.f1 > 0.9 for one in report.sides.values())
    assert report.sides["zh"].spans == 4 * 48
    assert set(read_ledger(tmp_path)) == {"zh", "en"}


def test_every_training_gets_the_next_number_and_says_when_another_is_due(tmp_path: Path) -> None:
    lessons = lessons_for(PROJECT, [annotated()])
    assert is_due(lessons, tmp_path)

    assert retrain(lessons, tmp_path).source == "learner@1"
    assert not is_due(lessons, tmp_path)
    more = lessons_for(PROJECT, [annotated(), annotated("doc2")])
    assert is_due(more, tmp_path)
    assert retrain(more, tmp_path).source == "learner@2"


def test_training_that_is_cancelled_leaves_the_last_one(tmp_path: Path) -> None:
    lessons = lessons_for(PROJECT, [annotated()])
    retrain(lessons, tmp_path)

    with pytest.raises(Cancelled):
        retrain(lessons, tmp_path, Job(is_cancelled=lambda: True))

    last = newest(tmp_path)
    assert last is not None
    assert last.version == 1


def test_five_annotations_are_the_least_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as caught:
        train(lessons_for(PROJECT, [plain()]), tmp_path)
    assert caught.value.key == "learn.too_little"


def test_rows_that_nobody_has_finished_are_not_learnt_from() -> None:
    one = annotated()
    later = (
        replace(span, at=f"2026-01-02T03:{one.row_of_span(span):02}:05Z")
        for span in one.spans
        if one.row_of_span(span) < 10
    )
    some = one.evolve(spans=SpanTable(later), done=plain().done)
    assert len(lessons_for(PROJECT, [some])["zh"]) == 9


def test_of_many_annotated_rows_stretches_from_everywhere_are_learnt_from() -> None:
    large, small = annotated("large", 2000), annotated("small", 400)
    everything = lessons_for(PROJECT, [large, small], most=2400)
    assert everything == lessons_for(PROJECT, [large, small])

    some = lessons_for(PROJECT, [large, small], most=600)["zh"]

    assert 500 <= len(some) <= 700
    assert {one.document for one in some} == {"large", "small"}


def test_of_a_large_document_only_annotated_rows_are_looked_at() -> None:
    one = annotated(rows=900)
    done = {one.pairs[row].id: True for row in range(100, 150)}
    few = one.evolve(
        spans=SpanTable(span for span in one.spans if 100 <= one.row_of_span(span) < 150),
        done=plain().done.update(done),
    )
    assert len(lessons_for(PROJECT, [few], most=200)["en"]) == 50


def test_the_learner_suggests_in_another_document_and_names_its_training(tmp_path: Path) -> None:
    evidence = Evidence(project=PROJECT, documents=[annotated()], folder=tmp_path)
    retrain(lessons_for(PROJECT, evidence.documents), tmp_path)
    offer = suggester_named("learner").make(evidence, None, Job())
    fresh = plain("doc9", 8)

    found = list(offer(fresh, range(8)))

    assert ("沈默然", "PERSON") in quotes(found)
    assert ("Greystone", "PLACE") in quotes(found)
    assert {one.source for one in found} == {"learner@1"}
    assert all(fresh.text(one.side)[one.start : one.end] == one.quote for one in found)


def test_what_is_annotated_is_remembered_with_the_next_question() -> None:
    one = plain()
    offer = suggester_named("memory").make(Evidence(project=PROJECT, documents=[one]), None, Job())
    assert list(offer(one, range(24))) == []

    first = spans_of(one, "zh", {"顾岚": "PERSON"})[0]
    after = one.evolve(spans=SpanTable([first]))

    assert ("顾岚", "PERSON") in quotes(list(offer(after, range(4, 5))))


def test_together_sources_offer_each_stretch_once_and_nothing_in_done_rows(
    tmp_path: Path,
) -> None:
    done = annotated()
    combined = Combined(Evidence(project=PROJECT, documents=[done], folder=tmp_path))
    fresh = plain("doc9", 8)

    found = list(combined(fresh, range(8)))

    assert {("顾岚", "PERSON"), ("Willow Village", "PLACE")} <= quotes(found)
    assert len({one.key for one in found}) == len(found)
    assert any("+" in one.source for one in found)
    assert list(combined(done, range(24))) == []


def test_what_was_rejected_does_not_come_back_and_counts_against_its_like(tmp_path: Path) -> None:
    combined = Combined(Evidence(project=PROJECT, documents=[annotated()], folder=tmp_path))
    fresh = plain("doc9", 8)
    before = {one.key: one for one in combined(fresh, range(8))}
    turned_down = [one for one in before.values() if one.label == "PLACE" and one.side == "zh"]
    rejections = [
        Rejection(
            id=new_id(),
            side=one.side,
            start=one.start,
            end=one.end,
            quote=one.quote,
            label=one.label,
            src=Source(kind="rejected"),
            by="ann",
            at=AT,
        )
        for one in turned_down[:-1]
    ]

    after = {one.key: one for one in combined(fresh.evolve(rejected=SpanTable(rejections)), range(8))}

    assert not {one.key for one in turned_down[:-1]} & after.keys()
    last = turned_down[-1].key
    assert last not in after or after[last].score < before[last].score


def test_a_confirmed_side_is_projected_and_names_its_partner() -> None:
    combined = Combined(Evidence(project=PROJECT))
    one = plain("doc9", 4)
    spans = spans_of(one, "zh", {"顾岚": "PERSON", "海口": "PLACE"})

    found = list(combined(one.evolve(spans=SpanTable(spans)), range(1)))

    partner = next(one.partner for one in found if (one.side, one.quote) == ("en", "Gu Lan"))
    assert partner == next(span.id for span in spans if span.quote == "顾岚")


def test_the_others_of_a_sentence_are_offered_until_each_is_decided() -> None:
    combined = Combined(Evidence(project=PROJECT))
    one = document(["巴黎和南京是姐妹城市。"], ["Paris and Nanjing are sister cities."])
    wanted = {"巴黎", "南京", "Paris", "Nanjing"}
    before = {found.quote: found.score for found in combined(one, range(1))}
    assert wanted <= before.keys()
    spans = spans_of(one, "zh", {"巴黎": "PLACE"}) + spans_of(one, "en", {"Paris": "PLACE"})
    after = {found.quote: found.score for found in combined(one.evolve(spans=SpanTable(spans)), range(1))}
    assert all(after[quote] >= before[quote] for quote in ("南京", "Nanjing"))


def test_decisions_are_kept_for_the_next_session(tmp_path: Path) -> None:
    combined = Combined(Evidence(project=PROJECT, documents=[annotated()], folder=tmp_path))
    fresh = plain("doc9", 8)
    list(combined(fresh, range(8)))

    combined.learn(replace(annotated("doc9", 8), pairs=fresh.pairs, zh=fresh.zh, en=fresh.en))

    kept = read_ledger(tmp_path)
    assert sum(right for _, right in kept["zh"].tallies.values()) > 0


def test_a_new_training_is_used_as_soon_as_something_was_decided(tmp_path: Path) -> None:
    combined = Combined(Evidence(project=PROJECT, documents=[annotated()], folder=tmp_path))
    fresh = plain("doc9", 8)
    list(combined(fresh, range(8)))
    assert combined.source == "combined@0"
    retrain(lessons_for(PROJECT, [annotated()]), tmp_path)

    done = fresh.evolve(done=fresh.done.set(fresh.pairs[0].id, True))
    found = list(combined(done, range(1, 8)))

    assert combined.source == "combined@1"
    assert any("learner@1" in one.source for one in found)


def test_what_each_kind_of_suggestion_costs() -> None:
    gold = [Labelled(0, 2, "PERSON")]
    assert cost_of([], gold) == Cost(2, 0, 0, 1)
    assert cost_of(gold, gold) == Cost(0, 1, 1, 1)
    assert cost_of([Labelled(0, 2, "PLACE")], gold) == Cost(1, 0, 0, 1)
    assert cost_of([Labelled(0, 3, "PERSON")], gold) == Cost(2, 0, 0, 1)
    assert cost_of([Labelled(1, 3, "PLACE")], gold) == Cost(3, 0, 0, 1)
    assert cost_of([Labelled(5, 6, "PLACE")], gold) == Cost(3, 0, 0, 1)
    assert cost_of([Labelled(0, 1, "PERSON"), Labelled(1, 2, "PERSON")], gold) == Cost(3, 0, 0, 1)


def test_the_three_ways_of_counting() -> None:
    two = [Labelled(0, 2, "PERSON"), Labelled(3, 5, "PLACE")]
    total = cost_of(two, two).plus(cost_of([], [Labelled(0, 2, "PERSON")]))
    assert total.effort() == Effort(item=1.3333, bulk=1.0, implicit=0.6667, entities=3)


def test_replays_start_at_both_ends_and_in_the_middle() -> None:
    assert starts(500) == [0, 100, 200]
    assert starts(300) == [0]
    assert starts(20) == [0]


def test_suggestions_save_work_and_more_of_it_as_they_learn() -> None:
    one = annotated(rows=60)
    sentences = [
        Replayed(
            one.row_text(row, "zh"),
            [
                Labelled(span.start - one.pairs[row].zh[0][0], span.end - one.pairs[row].zh[0][0], span.label)
                for span in one.row_spans(row, "zh")
            ],
        )
        for row in range(60)
    ]

    costs = list(replay(sentences, "zh", frozenset(("rules", "memory", "learner"))))

    early, late = [sum(cost.other + cost.exact for cost in part) for part in (costs[:20], costs[40:])]
    assert late < early
    assert late <= 1.1 * sum(cost.entities for cost in costs[40:])


def test_scores_after_learning_and_how_far_probabilities_can_be_believed() -> None:
    assert calibration([(0.95, True), (0.95, True), (0.45, False), (0.45, True)]).ece == pytest.approx(0.05)
    sentences = [Replayed("顾岚昨天从海口回来。", [Labelled(0, 2, "PERSON"), Labelled(5, 7, "PLACE")])] * 30

    report = learning(sentences, sentences[:5], "zh")

    assert report.learner.f1 == 1
    assert report.combined.f1 == 1
