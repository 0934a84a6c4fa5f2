"""Where the web's own libraries anchor the selectors of a W3C page in the texts, on both sides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from programs import node
from roundtrips import joined, places, read_back, written

from annotator.core.span import Span
from annotator.extend import Corpus

pytestmark = pytest.mark.servers


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture
def answer(corpora: Corpus, tmp_path: Path) -> Any:
    path = tmp_path / "page.jsonld"
    path.write_bytes(written(corpora, "w3c")[0])
    return node("w3c.mjs", path)


def spans_of(corpus: Corpus) -> dict[str, tuple[Span, str]]:
    return {
        f"urn:annotator:span:{span.id}": (span, document.text(span.side))
        for document in corpus.documents
        for span in document.spans
    }


def test_apache_annotator_finds_each_by_position_and_by_quotation(corpora: Corpus, answer: Any) -> None:
    spans = spans_of(corpora)
    assert {one["id"] for one in answer["anchored"]} == spans.keys()
    for one in answer["anchored"]:
        span, text = spans[one["id"]]
        start = units(text[: span.start])
        expected = {"start": start, "end": start + units(span.quote), "text": span.quote}
        assert one["position"] == [expected]
        assert one["quote"] == [expected]


def test_recogito_reads_labels_and_notes_and_places_them_where_it_counts_alike(
    corpora: Corpus, answer: Any
) -> None:
    spans = spans_of(corpora)
    alike = 0
    for one in answer["anchored"]:
        span, text = spans[one["id"]]
        assert one["bodies"] == [span.label, *([span.note] if span.note else [])]
        # It counts UTF-16 units, where the standard says code points.
        if units(text[: span.end]) == span.end:
            assert [found["text"] for found in one["recogito"]] == [span.quote]
            alike += 1
    assert alike >= 10


def test_what_recogito_writes_is_read_although_it_counts_otherwise(corpora: Corpus, answer: Any) -> None:
    data = json.dumps(answer["written"]).encode()
    assert json.loads(data) != json.loads(written(corpora, "w3c")[0])
    for found, document in zip(read_back("w3c", data).documents, corpora.documents, strict=True):
        assert places(found.spans) == places(document.spans)
        assert joined(found) == joined(document)
