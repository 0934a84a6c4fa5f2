"""What libraries of sequence labelling make of the tags, and what is read of the tags that they write."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from roundtrips import read_back, written

from annotator.extend import Corpus, File, Found, importers
from annotator.services.reading import read_files

pytestmark = pytest.mark.clients

MISSING = 'not installed: pip install "annotator[clients]"'
EVERY_WAY = [
    pytest.param(scheme, unit, id=f"{scheme}-{unit}")
    for scheme in ("bio", "bioes")
    for unit in ("char", "word")
]


def blocks(text: str) -> list[list[tuple[str, str]]]:
    """The tokens and tags of each sentence."""
    return [
        [(line.split("\t")[0], line.split("\t")[1]) for line in block.split("\n")]
        for block in text.strip("\n").split("\n\n")
    ]


def said(words: list[str], label: str) -> tuple[str, str]:
    return label, "".join("".join(words).split())


def mentions(documents: tuple[Found, ...]) -> Counter[tuple[str, str]]:
    return Counter(said([span.quote], span.label) for found in documents for span in found.spans)


@pytest.mark.parametrize(("scheme", "unit"), EVERY_WAY)
def test_seqeval_finds_the_mentions_strictly(corpora: Corpus, scheme: str, unit: str) -> None:
    schemes = pytest.importorskip("seqeval.scheme", reason=MISSING)
    metrics = pytest.importorskip("seqeval.metrics", reason=MISSING)
    data, report = written(corpora, "conll", scheme=scheme, unit=unit, comments=False)
    sentences = blocks(data.decode())
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    chosen = schemes.IOB2 if scheme == "bio" else schemes.IOBES
    entities = schemes.Entities(tags, scheme=chosen).entities
    found = Counter(
        said([word for word, _ in sentence[one.start : one.end]], one.tag)
        for sentence, ones in zip(sentences, entities, strict=True)
        for one in ones
    )
    assert found == mentions(read_back("conll", data).documents)
    assert {("PERSON", "𠮷田洋子"), ("PLACE", "𝒥ilin"), ("PERSON", "أبوالحسن")} <= found.keys()
    split = next(loss.count for loss in report.losses if loss.key == "loss.split")
    assert found.total() == report.spans + split
    assert metrics.f1_score(tags, tags, mode="strict", scheme=chosen) == 1


@pytest.mark.parametrize(("scheme", "unit"), EVERY_WAY)
def test_nltks_corpus_reader_has_the_same_columns(
    corpora: Corpus, scheme: str, unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nltk = pytest.importorskip("nltk.corpus.reader.conll", reason=MISSING)
    # It reads from its own folders alone.
    monkeypatch.setattr("nltk.data.path", [str(tmp_path)])
    data, _ = written(corpora, "conll", scheme=scheme, unit=unit, comments=False)
    (tmp_path / "all.conll").write_bytes(data)
    reader = nltk.ConllCorpusReader(str(tmp_path), ["all.conll"], ("words", "pos"), separator="\t")
    assert [list(one) for one in reader.tagged_sents()] == blocks(data.decode())


@pytest.mark.parametrize("scheme", ["bio", "bioes"])
@pytest.mark.parametrize("unit", ["char", "word"])
def test_spacys_converter_has_the_same_entities(corpora: Corpus, scheme: str, unit: str) -> None:
    pytest.importorskip("spacy", reason=MISSING)
    from spacy.training.converters import conll_ner_to_docs

    data, _ = written(corpora, "conll", scheme=scheme, unit=unit, comments=False)
    text = data.decode()
    if scheme == "bioes":
        # spaCy calls the last one L and the only one U.
        text = text.replace("\tE-", "\tL-").replace("\tS-", "\tU-")
    (doc,) = conll_ner_to_docs(f"-DOCSTART- -X- O O\n\n{text}", no_print=True)
    found = Counter(said([token.text for token in one], one.label_) for one in doc.ents)
    assert found == mentions(read_back("conll", data).documents)


def test_what_spacy_and_nltk_write_is_read(corpora: Corpus) -> None:
    pytest.importorskip("spacy", reason=MISSING)
    chunk = pytest.importorskip("nltk.chunk", reason=MISSING)
    from spacy.training import iob_to_biluo

    data, _ = written(corpora, "conll", unit="word", side="en", comments=False)
    sentences = blocks(data.decode())
    expected = mentions(read_back("conll", data).documents)
    biluo = ["\n".join(f"{word} {tag}" for (word, _), tag in
             zip(one, iob_to_biluo([tag for _, tag in one]), strict=True)) for one in sentences]  # fmt: skip
    tree = [chunk.conlltags2tree([(word, "X", tag) for word, tag in one]) for one in sentences]
    columns = [chunk.tree2conllstr(one) for one in tree]
    for text in ("\n\n".join(biluo), "\n\n".join(columns)):
        files = [File("other.conll", text.encode())]
        assert mentions(read_files(importers()["conll"], files).documents) == expected


def test_a_prodigy_task_is_json_that_spacy_takes_for_a_doc(corpora: Corpus) -> None:
    spacy = pytest.importorskip("spacy", reason=MISSING)
    from spacy.tokens import Doc

    vocab = spacy.blank("xx").vocab
    total = 0
    for line in written(corpora, "prodigy", layout="interleaved")[0].decode().splitlines():
        task: dict[str, Any] = json.loads(line)
        tokens = [{name: one[name] for name in ("id", "start", "end")} for one in task["tokens"]]
        spans = [
            {name: one[name] for name in ("start", "end", "label", "id")} | {"kb_id": ""}
            for one in task["spans"]
        ]
        doc = Doc(vocab).from_json(
            {"text": task["text"], "tokens": tokens, "spans": {"sc": spans}}, validate=True
        )
        assert doc.text == task["text"]
        for one, span in zip(task["spans"], doc.spans["sc"], strict=True):
            assert (one["token_start"], one["token_end"] + 1) == (span.start, span.end)
            assert span.text == task["text"][one["start"] : one["end"]]
            total += 1
        for relation in task["relations"]:
            for end in ("head", "child"):
                assert doc[relation[end]].idx < relation[f"{end}_span"]["end"]
    assert total >= 36
