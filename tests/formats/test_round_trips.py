"""Whatever goes out in a format comes in again, but for the losses that were told beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from making import sound
from roundtrips import (
    HARMLESS,
    LINKS,
    PROJECT,
    bare,
    both_ways,
    documents,
    joined,
    places,
    read_back,
    session,
    written,
)

from annotator.core.document import Document
from annotator.core.span import SIDES
from annotator.extend import Corpus
from annotator.language.script import classify
from annotator.services.taking import take

GENTLE = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def languages_are_plain(document: Document) -> bool:
    """Whether the side of each line that is written can be told by its letters: rows, and their sentences."""
    lines = [
        (side, line)
        for pair in document.pairs
        for side in SIDES
        for start, end in (*pair.segments(side), *filter(None, [pair.extent(side)]))
        for line in document.text(side)[start:end].split("\n")
        if line.strip()
    ]
    return all(classify(line) == side for side, line in lines)


@pytest.mark.parametrize(("name", "options"), both_ways())
@GENTLE
@given(document=documents())
def test_what_goes_out_comes_in_again(name: str, options: dict[str, Any], document: Document) -> None:
    data, report = written(Corpus(PROJECT, (document,), 1, "ann"), name, **options)
    work = session(bare(document))
    taken = take(work, read_back(name, data))
    work.do(taken.edit)
    result = work.document("doc1")
    sound(result)
    before, after = places(document.spans), places(result.spans)
    told = {loss.key for loss in report.losses} - HARMLESS
    if options.get("layout") == "interleaved" and not languages_are_plain(document):
        return
    if told <= LINKS:
        assert after == before
        assert taken.losses == ()
    for side, start, end, label in after - before:
        # What is not whole is a part of what was.
        assert (
            any((side, label) == (one[0], one[3]) and one[1] <= start and end <= one[2] for one in before)
            or "loss.widened" in told
        )
    if not told:
        assert joined(result) == joined(document)


@pytest.mark.parametrize(("name", "options"), [one for one in both_ways() if not one.values[1]])
@GENTLE
@given(document=documents())
def test_an_empty_project_gets_the_document_whole(
    name: str, options: dict[str, Any], document: Document
) -> None:
    if not (document.zh.strip() and document.en.strip()):
        return
    data, report = written(Corpus(PROJECT, (document,), 1, "ann"), name, **options)
    work = session()
    taken = take(work, read_back(name, data))
    work.do(taken.edit)
    told = {loss.key for loss in report.losses}
    if "loss.one_sided" in told and not taken.added:
        return
    (doc_id,) = taken.added
    result = work.document(doc_id)
    sound(result)
    if not told & {"loss.one_sided", "loss.not_in_rows"}:
        for side in ("zh", "en"):
            assert "".join(result.text(side).split()) == "".join(document.text(side).split())
    if told <= {*HARMLESS, *LINKS} - {"loss.one_sided"} and name != "tmx":
        quotes = [{(one.side, "".join(one.quote.split()), one.label) for one in each.spans}
                  for each in (document, result)]  # fmt: skip
        assert quotes[0] == quotes[1]


def test_the_json_export_gives_back_every_field(corpus: Corpus, document: Document) -> None:
    data, _ = written(corpus, "json")
    work = session(project=corpus.project)
    taken = take(work, read_back("json", data))
    work.do(taken.edit)
    result = work.document("spring")
    assert [span.quote for span in result.spans] == [span.quote for span in document.spans]
    for one, two in zip(document.spans, result.spans, strict=True):
        for field in ("side", "start", "end", "label", "note", "certainty", "attributes", "src", "by", "at"):
            assert getattr(one, field) == getattr(two, field)
    assert [pair.role for pair in result.pairs] == [pair.role for pair in document.pairs]
    assert [pair.segments("zh") for pair in result.pairs] == [pair.segments("zh") for pair in document.pairs]
    assert (result.info.title, result.info.date) == ("Spring", "2026-03-02")
    assert len(result.done) == 0 or set(result.done) <= {pair.id for pair in result.pairs}
