"""INCEpTION's protocol, with a recommender that reads and writes UIMA's XMI as theirs do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from making import document, project
from suggesters.service import Answer, reply, serving

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.extend import Evidence, suggester_named
from annotator.suggesters.inception import InceptionOptions
from annotator.suggesters.web import origin

cassis = pytest.importorskip("cassis", reason="dkpro-cassis is not installed: pip install dkpro-cassis")

TEXT = document()
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"


def recommender(mark: Callable[[Any, Any], None]) -> Answer:
    def answer(path: str, record: Any) -> tuple[int, bytes]:
        assert path == "/predict"
        import io

        types = cassis.load_typesystem(io.BytesIO(record["typeSystem"].encode()))
        cas = cassis.load_cas_from_xmi(record["document"]["xmi"], typesystem=types)
        mark(cas, types.get_type(record["metadata"]["layer"]))
        return reply({"document": cas.to_xmi()})

    return answer


def names(*wanted: str, predicted: bool = True) -> Answer:
    """Predicts every word that is one of the wanted ones."""

    def mark(cas: Any, layer: Any) -> None:
        for token in cas.select(TOKEN):
            if token.get_covered_text() in wanted:
                more = {"inception_internal_predicted": predicted, "value": "PER", "value_score": 0.6}
                cas.add(layer(begin=token.begin, end=token.end, **more))

    return recommender(mark)


def offered(answer: Answer) -> list[tuple[str, str, str, float]]:
    with serving(answer) as (address, _):
        evidence = Evidence(project(), addresses=frozenset([origin(address)]))
        offer = suggester_named("inception").make(evidence, InceptionOptions(address), Job())
        found = list(offer(TEXT, range(len(TEXT.pairs))))
        assert all(TEXT.text(one.side)[one.start : one.end] == one.quote for one in found)
        return [(one.side, one.quote, one.label, one.score) for one in found]


def test_predictions_come_back_behind_astral_characters_too() -> None:
    assert offered(names("三", "Haikou")) == [
        ("zh", "三", "PERSON", 0.6),
        ("en", "Haikou", "PERSON", 0.6),
        ("en", "Haikou", "PERSON", 0.6),
    ]


def test_what_is_no_prediction_does_not_count() -> None:
    assert offered(names("Haikou", predicted=False)) == []


@pytest.mark.parametrize(
    "xmi",
    [
        None,
        "<x",
        "<html/>",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
    ],
)
def test_a_bad_document_is_refused(xmi) -> None:
    with pytest.raises(AnnotatorError, match="cannot be understood"):
        offered(lambda *_: reply({"document": xmi}))


def test_a_text_that_came_back_changed_is_refused() -> None:
    def changed(record: Any) -> str:
        return str(record["document"]["xmi"]).replace("Haikou", "Haikow")

    with pytest.raises(AnnotatorError, match="changed"):
        offered(lambda _, record: reply({"document": changed(record)}))
