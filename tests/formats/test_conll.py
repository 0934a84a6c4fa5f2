"""CoNLL: what is written can be read back, in either scheme, by character and by word."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.core.document import Document, Info
from annotator.core.job import Job
from annotator.core.labels import Label
from annotator.core.pair import Pair, PairTable
from annotator.core.project import Project
from annotator.core.span import MANUAL, Span
from annotator.core.spans import SpanTable
from annotator.extend import Corpus, Report
from annotator.formats.conll import ConllOptions, write

LABELS = ("PERSON", "PLACE", "THEME/weather", "DATE-REL")
PROJECT = Project(
    title="t", labels=tuple(Label(id=one, name={"en": one}, color="#000000") for one in (*LABELS, "THEME"))
)


def written(corpus: Corpus, **options: Any) -> tuple[str, Report]:
    out = io.BytesIO()
    report = write(corpus, out, ConllOptions(**options), Job())
    return out.getvalue().decode(), report


def decoded(text: str) -> list[list[tuple[str, list[str]]]]:
    """For each block its mentions as (label, tokens): a strict reader of BIO and BIOES."""
    blocks = []
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("# ")]
        if not lines:
            continue
        found: list[tuple[str, list[str]]] = []
        is_open = False
        for line in lines:
            token, tag = line.split("\t")
            kind, _, label = tag.partition("-")
            if kind in ("B", "S"):
                found.append((label, [token]))
            elif kind in ("I", "E"):
                assert is_open
                assert found[-1][0] == label
                found[-1][1].append(token)
            is_open = kind in ("B", "I")
        blocks.append(found)
    return blocks


@st.composite
def tagged_documents(draw: st.DrawFn) -> Document:
    """One sentence a line with spans that do not overlap."""
    pieces = st.text(st.sampled_from("雪🎉𠮷ab，。1"), min_size=1, max_size=6)
    words = draw(st.lists(st.tuples(pieces, st.sampled_from((*LABELS, ""))), min_size=1, max_size=8))
    text = " ".join(word for word, _ in words)
    spans = []
    at = 0
    for number, (word, label) in enumerate(words):
        if label:
            spans.append(
                Span(
                    id=f"{number:012d}", side="zh", start=at, end=at + len(word), quote=word, label=label,
                    src=MANUAL, by="a", at="",
                )
            )  # fmt: skip
        at += len(word) + 1
    pairs = PairTable([Pair(id="p", zh=((0, len(text)),))])
    return Document(id="d", info=Info(title="d"), zh=text, en="", pairs=pairs, spans=SpanTable(spans))


@settings(max_examples=100)
@given(tagged_documents(), st.sampled_from(("bio", "bioes")))
def test_tags_by_character_give_the_annotations_back(document: Document, scheme: str) -> None:
    text, report = written(Corpus(PROJECT, (document,), 1), scheme=scheme)
    expected = [(span.label, list(span.quote)) for span in document.spans]
    assert [one for block in decoded(text) for one in block] == expected
    assert report.losses == ()
    assert report.spans == len(document.spans)


@pytest.mark.parametrize("scheme", ["bio", "bioes"])
@pytest.mark.parametrize("unit", ["char", "word"])
@pytest.mark.parametrize("sentence", ["segment", "pair"])
@pytest.mark.parametrize("overlaps", ["outermost", "longest", "label"])
def test_whatever_overlaps_the_tags_can_be_read_back(
    corpus: Corpus, scheme: str, unit: str, sentence: str, overlaps: str
) -> None:
    text, report = written(corpus, scheme=scheme, unit=unit, sentence=sentence, overlaps=overlaps)
    dropped = {
        "loss.nested",
        "loss.around",
        "loss.crossing",
        "loss.same_place",
        "loss.same_word",
        "loss.no_token",
    }
    split = {loss.key: loss.count for loss in report.losses}.get("loss.split", 0)
    lost = sum(loss.count for loss in report.losses if loss.key in dropped)
    assert report.spans + lost == 14
    assert sum(map(len, decoded(text))) == report.spans + split


def test_the_text_of_all_tokens_is_the_text_of_the_document(corpus: Corpus, document: Document) -> None:
    for unit in ("char", "word"):
        for side in ("zh", "en"):
            text, _ = written(corpus, unit=unit, side=side, comments=False)
            tokens = "".join(line.split("\t")[0] for line in text.split("\n") if line)
            assert tokens == "".join(document.text(side).split())


def test_the_policy_decides_which_of_two_overlapping_annotations_stays(corpus: Corpus) -> None:
    def kept(overlaps: str) -> set[str]:
        text, _ = written(corpus, side="zh", overlaps=overlaps)
        return {"".join(tokens) for block in decoded(text) for _, tokens in block}

    assert "北京大学" in kept("outermost")
    assert "北京大学" not in kept("longest")
    assert {"北京", "大学🎉。"} <= kept("longest")
    assert "北京大学" in kept("label")


def test_a_span_that_cuts_a_word_takes_the_whole_word_and_is_reported(corpus: Corpus) -> None:
    text, report = written(corpus, unit="word", side="zh")
    assert ("THEME/weather", ["雪下"]) in [one for block in decoded(text) for one in block]
    assert {loss.key: loss.count for loss in report.losses}["loss.widened"] == 1


def test_a_label_with_white_space_keeps_the_columns_apart(document: Document) -> None:
    first = next(iter(document.spans))
    spans = document.spans.evolve(
        [first],
        [
            Span(
                id=first.id,
                side="zh",
                start=0,
                end=2,
                quote=first.quote,
                label="my label",
                src=MANUAL,
                by="",
                at="",
            )
        ],
    )
    label = Label(id="my label", name={"en": "mine"}, color="#000000")
    project = Project(title="t", labels=(*PROJECT.labels, label))
    text, report = written(Corpus(project, (replace(document, spans=spans),), 1))
    assert "𠮷\tB-my_label" in text
    assert "loss.label_spelled" in {loss.key for loss in report.losses}


def test_a_span_over_nothing_but_white_space_is_reported() -> None:
    space = Span(id="s", side="zh", start=1, end=2, quote=" ", label="PLACE", src=MANUAL, by="", at="")
    document = Document(
        id="d", info=Info(title="d"), zh="雪 雪", en="", pairs=PairTable([Pair(id="p", zh=((0, 3),))]),
        spans=SpanTable([space]),
    )  # fmt: skip
    _, report = written(Corpus(PROJECT, (document,), 1))
    assert [loss.key for loss in report.losses] == ["loss.no_token"]


def test_without_comments_sentences_that_look_like_the_other_language_are_told() -> None:
    pairs = (Pair(id="pair1", zh=((0, 3),), en=((0, 9),)),)
    mixed = Document(id="doc1", info=Info(title="Mixed"), zh="OK。", en="All fine.", pairs=PairTable(pairs))
    corpus = Corpus(Project(title="Mixed"), (mixed,), 1, "ann")
    keys = []
    for comments in (True, False):
        report = write(corpus, io.BytesIO(), ConllOptions(comments=comments), Job())
        keys.append([loss.key for loss in report.losses])
    assert keys == [[], ["loss.side_unclear"]]
