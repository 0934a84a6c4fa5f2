"""The rules as a source of suggestions for a document."""

from __future__ import annotations

from making import document

from annotator.core.document import Document, Info
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.project import Project
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, suggester_named

ZH = (
    "2023年5月4日，记者沈若琳从杭州出发。",
    "摄影师保罗·哈灵顿在船上等她。",
    "“快到了，”哈灵顿说。",
)
EN = (
    "On May 4, 2023, the reporter Shen Ruolin left Hangzhou.",
    "The photographer Paul Harrington was waiting on board.",
    "“Nearly there,” said Harrington.",
)


def suggested(doc: Document, labels: tuple[str, ...] = ("PERSON", "PLACE", "DATE")) -> list[Suggestion]:
    project = Project(title="p", labels=tuple(Label(id=one, name={}, color="#000000") for one in labels))
    source = suggester_named("rules")
    offer = source.make(Evidence(project), source.options(), Job())
    return list(offer(doc, range(len(doc.pairs))))


def quotes(found: list[Suggestion], label: str) -> list[str]:
    return [one.quote for one in found if one.label == label]


def test_people_places_and_dates_are_suggested_on_both_sides() -> None:
    found = suggested(document(ZH, EN))
    assert quotes(found, "PERSON") == [
        "沈若琳", "保罗·哈灵顿", "哈灵顿", "Shen Ruolin", "Paul Harrington", "Harrington",
    ]  # fmt: skip
    assert quotes(found, "PLACE") == ["杭州", "Hangzhou"]
    assert quotes(found, "DATE") == ["2023年5月4日", "May 4, 2023"]


def test_suggestions_quote_the_document_and_say_why() -> None:
    doc = document(ZH, EN)
    for one in suggested(doc):
        assert doc.text(one.side)[one.start : one.end] == one.quote
        assert one.source == "rules@1"
        assert str(one.reason) != one.reason.key
        assert 0 < one.score < 1


def test_dates_carry_their_value_reckoned_from_the_document() -> None:
    doc = document(("去年三月她去了北京。",), ("She went to Beijing in March last year.",))
    dated = doc.evolve(info=Info(title="t", date="2023-06-01"))
    dates = [one for one in suggested(dated) if one.label == "DATE"]
    assert [one.attributes for one in dates] == [{"value": "2022-03"}] * 2


def test_a_short_name_is_known_from_rows_that_were_not_asked_for() -> None:
    doc = document(ZH, EN)
    source = suggester_named("rules")
    project = Project(title="p", labels=(Label(id="PERSON", name={}, color="#000000"),))
    offer = source.make(Evidence(project), source.options(), Job())
    assert quotes(list(offer(doc, range(2, 3))), "PERSON") == ["哈灵顿", "Harrington"]


def test_labels_that_the_project_lacks_are_not_suggested() -> None:
    assert {one.label for one in suggested(document(ZH, EN), ("PLACE",))} == {"PLACE"}


def test_one_sided_rows_are_no_trouble() -> None:
    found = suggested(document(("杭州下雨了。", ""), ("", "It rained in Lisbon.")))
    assert quotes(found, "PLACE") == ["杭州", "Lisbon"]
