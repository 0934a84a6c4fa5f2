"""Label Studio's protocol, with a service that answers as its backends do."""

from __future__ import annotations

from typing import Any

import pytest
from making import document, project
from suggesters.service import Answer, reply, serving

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.extend import Evidence, suggester_named
from annotator.suggesters.labelstudio import LabelStudioOptions
from annotator.suggesters.web import origin

TEXT = document()


def backend(*names: str, wrong: bool = False) -> Answer:
    """Finds these names in every task."""

    def answer(path: str, record: Any) -> tuple[int, bytes]:
        if path == "/setup":
            return reply({"model_version": "names-7"})
        return reply({"results": [prediction(task["data"]["text"]) for task in record["tasks"]]})

    def prediction(text: str) -> dict[str, Any]:
        regions = []
        for name in names:
            at = text.find(name)
            if at >= 0:
                value = {
                    "start": at + wrong,
                    "end": at + len(name) + wrong,
                    "text": name,
                    "labels": ["PERSON"],
                }
                regions.append({"from_name": "label", "to_name": "text", "type": "labels", "value": value})
        return {"result": regions, "score": 0.75}

    return answer


def offered(answer: Answer, side: str = "both", told: list[str] | None = None) -> list[tuple[str, str, str]]:
    with serving(answer) as (address, _):
        source = suggester_named("labelstudio")
        evidence = Evidence(project(), addresses=frozenset([origin(address)]))
        job = Job(on_notice=told.append if told is not None else None)
        offer = source.make(evidence, LabelStudioOptions(address, side), job)
        found = list(offer(TEXT, range(len(TEXT.pairs))))
        assert all(TEXT.text(one.side)[one.start : one.end] == one.quote for one in found)
        assert {one.score for one in found} <= {0.75}
        return [(one.side, one.quote, one.source) for one in found]


def test_what_the_backend_finds_is_offered_with_its_version() -> None:
    assert offered(backend("𠮷田洋子", "Yoko Yoshida")) == [
        ("zh", "𠮷田洋子", "labelstudio@1-names-7"),
        ("en", "Yoko Yoshida", "labelstudio@1-names-7"),
    ]


def test_one_side_alone_can_be_sent() -> None:
    assert [quote for _, quote, _ in offered(backend("顾岚", "Gu Lan"), side="zh")] == ["顾岚", "顾岚"]


def test_offsets_that_are_wrong_are_told_and_left_out() -> None:
    told: list[str] = []
    assert offered(backend("顾岚", wrong=True), told=told) == []
    assert len(told) == 1
    assert "顾岚" in told[0]


@pytest.mark.parametrize("results", [None, [], [{}], {"a": 1}, [None] * 9], ids=str)
def test_an_answer_of_another_shape_is_refused(results) -> None:
    with pytest.raises(AnnotatorError, match="cannot be understood"):
        offered(lambda path, _: reply({"results": results} if path == "/predict" else {}))


def test_rubbish_within_the_right_shape_is_harmless() -> None:
    rubbish = [
        None,
        3,
        {"result": 7},
        {"result": [None, {"value": {"start": "x"}}, {"value": {"labels": [{}]}}]},
    ]
    assert offered(lambda path, _: reply({"results": rubbish} if path == "/predict" else {})) == []
