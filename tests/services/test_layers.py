"""Whose annotations go out, and suggestions beside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import document, rejection, span, with_spans
from msgspec.structs import replace

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.span import Side
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import exporter_named
from annotator.services.exporting import Selection, corpus_of, export, make_options
from annotator.services.layers import by_another, layers, sources_on_file, with_suggestions
from annotator.services.opening import Opened, open_project
from annotator.services.samples import private_copy
from annotator.services.selecting import select
from annotator.store import suggestion_file


@pytest.fixture
def opened() -> Iterator[Opened]:
    result = open_project(private_copy("readout"))
    yield result
    result.store.close()


def offer(
    of: Document, side: Side, quote: str, label: str, score: float, source: str = "probe@1"
) -> Suggestion:
    at = of.text(side).index(quote)
    return Suggestion(
        side=side,
        start=at,
        end=at + len(quote),
        quote=quote,
        label=label,
        score=score,
        source=source,
        reason=Reason("reason.file", {"file": "x"}),
    )


def test_undecided_suggestions_become_spans_that_say_where_they_are_from() -> None:
    bare = document()
    taken, refused = span(bare, "zh", "顾岚"), span(bare, "zh", "海口", "PLACE")
    base = with_spans(bare, [taken]).evolve(rejected=with_spans(bare, [rejection(refused)]).spans)
    offers = [
        offer(bare, "zh", "顾岚", "PERSON", 0.9),
        offer(bare, "zh", "海口", "PLACE", 0.9),
        offer(bare, "en", "Gu Lan", "PERSON", 0.6, "weak@1"),
        offer(bare, "en", "Gu Lan", "PERSON", 0.8),
        offer(bare, "en", "Haikou", "PLACE", 0.4),
    ]
    made = with_suggestions(base, offers, 0.5)
    fresh = [one for one in made.spans if one.id != taken.id]
    assert [(one.quote, one.src.kind, one.src.model, one.src.score) for one in fresh] == [
        ("Gu Lan", "suggested", "probe@1", 0.8)
    ]
    assert [one.id for one in with_suggestions(base, offers, 0.5).spans] == [one.id for one in made.spans]
    assert len(with_suggestions(base, offers, 0.0).spans) == 3


def test_suggestions_are_those_of_the_newest_version_on_the_text_of_today(opened: Opened) -> None:
    session, root = opened.session, private_copy("readout")
    one = session.document(session.document_ids[0])
    for source, score in (("probe@1", 0.9), ("probe@2", 0.7), ("other@1", 0.6)):
        stretch = Suggestion(
            side="zh",
            start=0,
            end=1,
            quote=one.zh[0],
            label=f"{source[:5]}",
            score=score,
            source=source,
            reason=Reason("reason.file", {"file": "x"}),
        )
        path = root / suggestion_file.suggestion_path(source, one.id)
        of = one.evolve(zh=one.zh + "。") if source == "other@1" else one
        suggestion_file.write(path, of, source, [stretch])
    assert sources_on_file(root) == ["other@1", "probe@2"]
    corpus = select(corpus_of(session, None, root), Selection(suggestions=True))
    (made,) = corpus.documents
    assert [each.src.model for each in made.spans if each.src.kind == "suggested"] == ["probe@2"]


def test_without_a_folder_there_are_no_suggestions_to_take(opened: Opened) -> None:
    with pytest.raises(AnnotatorError) as caught:
        select(corpus_of(opened.session), Selection(suggestions=True))
    assert caught.value.key == "error.no_suggestions"


def test_another_annotator_has_a_layer_of_their_own(opened: Opened, tmp_path: Path) -> None:
    session, root = opened.session, private_copy("readout")
    (root / "annotations" / "adjudicated").mkdir()
    assert layers(root, session.annotator) == [session.annotator, "adjudicated"]
    corpus = by_another(corpus_of(session), root, "adjudicated")
    report = export(corpus, "jsonl", make_options(exporter_named("jsonl"), {}), tmp_path / "x.jsonl")
    assert (report.documents, report.spans) == (1, 0)
    assert report.files == (tmp_path / "x.jsonl",)
    with pytest.raises(AnnotatorError) as caught:
        by_another(corpus_of(session), root, "nobody")
    assert caught.value.key == "error.no_layer"


def test_documents_are_chosen_by_state_label_and_annotator(opened: Opened) -> None:
    session = opened.session
    one = session.document(session.document_ids[0])
    corpus = corpus_of(session)
    first = next(iter(one.spans))
    annotated = Selection(state="annotated", having=first.label, annotated_by=first.by)
    assert select(corpus, annotated).ids == (one.id,)
    for none in (Selection(state="done"), Selection(annotated_by="nobody")):
        with pytest.raises(AnnotatorError) as caught:
            select(corpus, none)
        assert caught.value.key == "error.export_none"
    done = [one.evolve(info=replace(one.info, status="done"))]
    assert select(dataclasses.replace(corpus, documents=done), Selection(state="done")).ids == (one.id,)
