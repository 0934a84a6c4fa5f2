"""What an export would write is known before it does."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from making import document, link, project, span, with_spans

from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.job import Job
from annotator.extend import Corpus, exporters
from annotator.services.exporting import Selection, export, make_options
from annotator.services.weighing import head, weigh


@pytest.fixture
def corpus() -> Corpus:
    ids = tuple(f"doc{number}" for number in range(5))
    documents = []
    for one in ids:
        base = document(doc=one)
        spans = [span(base, "zh", "顾岚"), span(base, "en", "Gu Lan"), span(base, "zh", "海口", "PLACE")]
        documents.append(with_spans(base, spans, [link(spans[0], spans[1])]))
    return Corpus(project(), documents, 5, "ann", ids)


@pytest.mark.parametrize("name", sorted(exporters()))
@pytest.mark.parametrize("selection", [Selection(), Selection(labels="PLACE", having="PERSON")])
def test_the_counts_are_those_of_the_export(
    corpus: Corpus, tmp_path: Path, name: str, selection: Selection
) -> None:
    exporter = exporters()[name]
    options = make_options(exporter, {})
    if exporter.needs is not None and not exporter.needs.installed:
        with pytest.raises(AnnotatorError) as caught:
            weigh(corpus, name, options, selection, Job())
        assert caught.value.key == "error.format_extra"
        return
    weighed = weigh(corpus, name, options, selection, Job())
    report = export(corpus, name, options, tmp_path / f"x{exporter.suffixes[0]}", None, selection)
    assert weighed.report == dataclasses.replace(report, files=())
    assert weighed.parts == {"": 5}
    assert head(corpus, name, options, selection, 200, Job())


def test_the_documents_of_each_part_are_counted(corpus: Corpus) -> None:
    selection = Selection(split="60/20/20", stratify=True)
    options = make_options(exporters()["jsonl"], {})
    assert weigh(corpus, "jsonl", options, selection, Job()).parts == {"train": 3, "dev": 1, "test": 1}
    with pytest.raises(AnnotatorError):
        weigh(corpus, "jsonl", options, Selection(split="all"), Job())


def test_a_look_can_be_called_off(corpus: Corpus) -> None:
    options, stopped = make_options(exporters()["brat"], {}), Job(is_cancelled=lambda: True)
    with pytest.raises(Cancelled):
        weigh(corpus, "brat", options, Selection(), stopped)
    with pytest.raises(Cancelled):
        head(corpus, "brat", options, Selection(), 200, stopped)
