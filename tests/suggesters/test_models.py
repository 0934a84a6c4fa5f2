"""Models that a user has on disk, through their real loaders: tiny ones, made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from making import document, project

from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.suggestion import Suggestion
from annotator.extend import Evidence, suggester_named
from annotator.suggesters.files import FilesOptions
from annotator.suggesters.huggingface import HuggingFaceOptions, Piece, joined
from annotator.suggesters.spacy_pipeline import SpacyOptions

TEXT = document()


def offered(name: str, options: Any, told: list[str] | None = None) -> list[Suggestion]:
    job = Job(on_notice=told.append if told is not None else None)
    offer = suggester_named(name).make(Evidence(project()), options, job)
    found = list(offer(TEXT, range(len(TEXT.pairs))))
    assert all(TEXT.text(one.side)[one.start : one.end] == one.quote for one in found)
    return found


def _needs(library: str) -> Any:
    return pytest.importorskip(library, reason=f"{library} is not installed: pip install {library}")


@pytest.mark.filterwarnings("ignore")
def test_a_spacy_pipeline_trained_on_a_few_sentences_suggests_what_it_learnt(tmp_path) -> None:
    spacy = _needs("spacy")
    from spacy.training import Example

    pipeline = spacy.blank("en")
    recognizer = pipeline.add_pipe("ner")
    recognizer.add_label("PERSON")
    texts = ["Gu Lan met us.", "We saw Gu Lan.", "Then Gu Lan left."]
    examples = []
    for text in texts:
        at = text.index("Gu Lan")
        made = pipeline.make_doc(text)
        examples.append(Example.from_dict(made, {"entities": [(at, at + 6, "PERSON")]}))
    spacy.util.fix_random_seed(3)
    optimizer = pipeline.initialize(lambda: examples)
    for _ in range(40):
        pipeline.update(examples, sgd=optimizer)
    pipeline.to_disk(tmp_path / "names")
    found = offered("spacy", SpacyOptions(str(tmp_path / "names")))
    assert "Gu Lan" in [one.quote for one in found]
    assert {(one.side, one.label) for one in found} == {("en", "PERSON")}
    assert all(one.source.startswith("spacy@1-") for one in found)


@pytest.mark.filterwarnings("ignore")
def test_a_spacy_span_group_keeps_its_scores_and_docbins_are_read(tmp_path) -> None:
    spacy = _needs("spacy")
    from spacy.tokens import DocBin

    doc = spacy.blank("en")(TEXT.row_text(1, "en"))
    doc.ents = [doc.char_span(0, 6, "PERSON")]
    doc.spans["sc"] = [doc.char_span(27, 33, "GPE")]
    DocBin(docs=[doc]).to_disk(tmp_path / "predicted.spacy")
    found = offered("files", FilesOptions(str(tmp_path / "predicted.spacy")))
    assert [(one.quote, one.label) for one in found] == [("Gu Lan", "PERSON"), ("Haikou", "PLACE")]


@pytest.mark.filterwarnings("ignore")
def test_a_model_for_token_classification_runs_from_its_folder(tmp_path) -> None:
    _needs("transformers")
    torch = _needs("torch")
    folder = _tiny_model(tmp_path / "tiny", torch)
    told: list[str] = []
    found = offered("huggingface", HuggingFaceOptions(str(folder)), told)
    assert {one.label for one in found} == {"PERSON"}
    assert {"顾", "岚"} & set("".join(one.quote for one in found if one.side == "zh"))
    assert "Gu" in [one.quote for one in found if one.side == "en"]
    assert all(0.5 < one.score <= 1 for one in found)


def _tiny_model(folder: Path, torch: Any) -> Path:
    """A model that takes words with `顾`, `岚` or `gu` for people: set by hand, saved and loaded for real."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "gu", "##ide", "顾", "岚", "lan", "met"]
    cutter = BertWordPieceTokenizer({piece: number for number, piece in enumerate(known)}, lowercase=True)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=cutter._tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]"
    )
    config = BertConfig(
        vocab_size=len(known),
        hidden_size=8,
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=8,
        id2label={0: "O", 1: "B-PER", 2: "I-PER"},
        label2id={"O": 0, "B-PER": 1, "I-PER": 2},
    )
    model = BertForTokenClassification(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        model.bert.embeddings.LayerNorm.weight.fill_(1.0)
        words = model.bert.embeddings.word_embeddings.weight
        words[:, 0] = 4.0
        for piece in ("gu", "顾", "岚"):
            words[known.index(piece), 0] = 0.0
            words[known.index(piece), 1] = 4.0
        model.classifier.weight[0, 0] = 2.0
        model.classifier.weight[1, 1] = 2.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "options", "library"),
    [
        ("spacy", SpacyOptions, "spacy"),
        ("huggingface", HuggingFaceOptions, "transformers"),
    ],
)
def test_a_folder_that_holds_no_model_is_an_error_with_a_sentence(name, options, library, tmp_path) -> None:
    _needs(library)
    with pytest.raises(AnnotatorError, match="no model folder"):
        offered(name, options(str(tmp_path / "nowhere")))
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "nothing"}), "utf-8")
    with pytest.raises(AnnotatorError, match="cannot be loaded"):
        offered(name, options(str(tmp_path)))


def pieces(*tagged: tuple[str, str]) -> list[Piece]:
    """Pieces that lie one behind the other; `##` goes on a word."""
    made, at = [], 0
    for text, tag in tagged:
        bare = text.removeprefix("##")
        made.append(Piece(at, at + len(bare), tag, 0.9 - at / 100, not text.startswith("##")))
        at += len(bare)
    return made


def test_pieces_become_whole_words_and_words_become_stretches() -> None:
    tagged = pieces(("Kri", "B-PER"), ("##ten", "O"), ("##brink", "B-LOC"), ("W", "I-PER"), ("x", "O"))
    assert [(one.start, one.end, one.label) for one in joined(tagged)] == [(0, 12, "PER")]


def test_a_stretch_ends_where_another_begins_or_the_label_changes() -> None:
    tagged = pieces(("a", "B-PER"), ("b", "B-PER"), ("c", "I-LOC"), ("d", "S-LOC"), ("e", "LOC"), ("f", "O"))
    assert [(one.start, one.end, one.label) for one in joined(tagged)] == [
        (0, 1, "PER"),
        (1, 2, "PER"),
        (2, 3, "LOC"),
        (3, 5, "LOC"),
    ]


def test_a_stretch_is_as_sure_as_its_least_sure_word() -> None:
    (one,) = joined(pieces(("ab", "B-PER"), ("cd", "I-PER")))
    assert one.score == pytest.approx(0.88)
