"""Asking sources: which ones a project uses, and how their suggestions become one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from making import document, project
from msgspec.structs import replace

from annotator import extend
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, NoOptions, Offer, suggester, suggesters
from annotator.services.asking import (
    Answer,
    Prepared,
    ask,
    is_set_up,
    merged,
    needs_setup,
    prepare,
    sources_of,
)
from annotator.services.setups import options_of
from annotator.store import project_file

TEXT = document()
ONE = Suggestion(
    side="en",
    start=18,
    end=24,
    quote="Gu Lan",
    label="PERSON",
    score=0.6,
    source="rules@1",
    reason=Reason("reason.one"),
)


def test_a_project_that_has_not_chosen_uses_every_source_that_no_other_covers() -> None:
    ready = [name for name, one in suggesters().items() if not needs_setup(one)]
    covered = suggesters()["combined"].covers
    assert set(covered) == {"rules", "memory", "learner"}
    assert sources_of(project()) == [name for name in ready if name not in covered]
    assert set(sources_of(replace(project(), sources=("rules", "combined")))) == {"combined", "rules"}
    assert sources_of(replace(project(), sources=())) == []
    assert sources_of(replace(project(), sources=("counterpart", "gone"))) == ["counterpart"]


def test_the_choice_is_in_the_projects_file_only_if_there_is_one() -> None:
    chosen = replace(project(), sources=("counterpart",))
    assert project_file.decode(project_file.encode(chosen)).project == chosen
    assert project_file.decode(project_file.encode(project())).project == project()
    assert b"sources" not in project_file.encode(project())


def ready(*names: str) -> Prepared:
    return prepare(Evidence(project=replace(project(), sources=names)), Job())


def test_only_the_chosen_sources_are_made_ready() -> None:
    assert ready().offers == {}
    assert len(ready("counterpart").offers) == 1


@dataclass(frozen=True, slots=True)
class ModelOptions:
    path: str = ""


@pytest.fixture
def model() -> Iterator[str]:
    """A source that must be told where its model is, and is not."""

    @suggester("test-model", "suggester.test", version="1", options=ModelOptions)
    def make(evidence: Evidence, options: ModelOptions, job: Job) -> Offer:  # noqa: ARG001
        raise AnnotatorError("error.no_suggester", name=options.path, known="")

    yield "test-model"
    extend._registry.suggesters.pop("test-model")


def test_a_source_that_must_be_set_up_is_used_only_if_it_was_chosen(model: str) -> None:
    assert needs_setup(suggesters()[model])
    assert not needs_setup(suggesters()["counterpart"])
    assert model not in sources_of(project())
    assert model in sources_of(replace(project(), sources=(model,)))


def test_a_source_that_cannot_be_made_ready_hinders_no_other(model: str) -> None:
    found = ready("counterpart", model)
    assert len(found.offers) == 1
    (sentence,) = found.troubles
    assert "must first be set up" in sentence


def test_a_source_gets_the_options_that_the_user_set(model: str) -> None:
    asked = replace(project(), sources=(model,))
    found = prepare(Evidence(project=asked), Job(), setups={model: {"path": "here", "gone": 1}})
    (sentence,) = found.troubles
    assert "here" in sentence
    source = suggesters()[model]
    assert options_of(source, {model: {"path": 3}}) == ModelOptions()
    assert is_set_up(source, options_of(source, {model: {"path": "x"}}))
    assert not is_set_up(source, ModelOptions())


class Learning:
    """An offer that learns from what it is asked about."""

    def __call__(self, _document: object, _rows: range) -> list[Suggestion]:
        return []

    def learn(self, _document: object) -> None:
        return None


def test_what_learns_by_itself_is_not_made_anew() -> None:
    former = {"counterpart": Learning()}
    asked = replace(project(), sources=("counterpart",))
    assert prepare(Evidence(project=asked), Job(), former).offers == former
    plain = {"counterpart": lambda *_: []}
    assert prepare(Evidence(project=asked), Job(), plain).offers != plain


def test_what_is_unlikely_or_has_a_label_that_the_project_has_not_is_left_out() -> None:
    def offer(_document: object, _rows: range) -> list[Suggestion]:
        return [ONE, replace(ONE, label="SHIP"), replace(ONE, label="PLACE", score=0.2)]

    assert ask({"one": offer}, TEXT, 1, project().label_set) == Answer([ONE])


def test_a_source_that_fails_at_a_row_leaves_the_others_their_say() -> None:
    def broken(_document: object, _rows: range) -> list[Suggestion]:
        raise ValueError("no such row")

    answer = ask({"broken": broken, "one": lambda *_: [ONE]}, TEXT, 1, project().label_set)
    assert answer.found == [ONE]
    assert list(answer.failures) == ["broken"]


def test_sources_that_agree_make_one_suggestion_the_surest_first() -> None:
    two = replace(ONE, score=0.8, source="memory@2", reason=Reason("reason.two"), attributes=None)
    (found,) = merged([replace(ONE, attributes={"value": "2020"}), two])
    assert found == replace(two, source="memory@2+rules@1", attributes={"value": "2020"})


def test_one_with_a_partner_takes_the_one_without_in() -> None:
    linked = replace(ONE, score=0.5, source="counterpart@1", partner="s1")
    (found,) = merged([ONE, linked])
    assert (found.partner, found.score, found.source) == ("s1", 0.6, "rules@1+counterpart@1")


def test_two_partners_of_one_place_stay_two() -> None:
    found = merged([replace(ONE, partner="s1"), replace(ONE, partner="s2", score=0.7)])
    assert [one.partner for one in found] == ["s2", "s1"]


def test_what_would_be_linked_were_it_accepted_is_told() -> None:
    zh = replace(ONE, side="zh", start=TEXT.zh.index("顾岚"), end=TEXT.zh.index("顾岚") + 2, quote="顾岚")
    start = TEXT.en.index("Gu Lan")
    en = replace(ONE, start=start, end=start + 6)
    counterparts = suggesters()["counterpart"].make(Evidence(project=project()), NoOptions(), Job())
    offers = {"rules": lambda *_: [zh, en], "counterpart": counterparts}
    assert ask(offers, TEXT, 1, project().label_set).twins == ((zh.key, en.key),)
    assert len(TEXT.spans) == 0
    assert ask({"rules": offers["rules"]}, TEXT, 1, project().label_set).twins == ()
