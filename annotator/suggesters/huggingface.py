"""A Hugging Face model for token classification that the user has on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.job import Job
from annotator.core.span import SIDES
from annotator.core.suggestion import Reason, Suggestion
from annotator.extend import Evidence, Offer, suggester
from annotator.suggesters.claims import Checked, Claim, Labels, extents_of

_VERSION = "1"
_BATCH = 16
_MOST_PIECES = 512


@dataclass(frozen=True, slots=True)
class HuggingFaceOptions:
    """Where the model lies, which sides it is asked about, and its names of labels."""

    path: str = field(default="", metadata={"help": "option.model_path"})
    side: str = field(default="both", metadata={"help": "option.service_side", "choices": ("both", *SIDES)})
    labels: str = field(default="", metadata={"help": "option.their_labels"})


class Piece(NamedTuple):
    """What the model says of one word piece `[start, end)`: the tag, its probability, whether it begins a
    word."""

    start: int
    end: int
    tag: str
    score: float
    begins_word: bool


@suggester("huggingface", "suggester.huggingface", version=_VERSION, options=HuggingFaceOptions)
def make(evidence: Evidence, options: HuggingFaceOptions, job: Job) -> Offer:
    """Loads tokenizer and model, from the folder alone."""
    path = Path(options.path)
    tag = load(path)
    checked = Checked(
        Labels(evidence.project, options.labels),
        f"huggingface@{_VERSION}-{path.name[:40]}",
        Reason("reason.model", {"model": path.name}),
        job,
    )

    def offer(document: Document, rows: range) -> Iterable[Suggestion]:
        for side in SIDES:
            if options.side not in ("both", side):
                continue
            extents = extents_of(document, side, rows)
            for at in range(0, len(extents), _BATCH):
                batch = extents[at : at + _BATCH]
                tagged = tag([document.text(side)[start:end] for start, end in batch])
                for extent, pieces in zip(batch, tagged, strict=True):
                    yield from checked.suggestions(document, side, extent, joined(pieces))

    return offer


def load(path: Path) -> Any:
    """A function from texts to the pieces of each.

    Raises:
        AnnotatorError: if the libraries are not installed, or there is no such model in the folder.
    """
    try:
        from transformers import AutoModelForTokenClassification, AutoTokenizer
    except ImportError:
        raise AnnotatorError("error.extra_missing", library="transformers", extra="huggingface") from None
    if not path.is_dir():
        raise AnnotatorError("error.source_model_missing", path=path)
    try:
        tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
        model = AutoModelForTokenClassification.from_pretrained(
            path, local_files_only=True, trust_remote_code=False, use_safetensors=True
        )
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        raise AnnotatorError("error.source_model_unreadable", path=path, reason=str(error)[:300]) from error
    if not tokenizer.is_fast:
        raise AnnotatorError("error.model_offsets", path=path)
    model.eval()
    return lambda texts: _tag(tokenizer, model, texts)


def _tag(tokenizer: Any, model: Any, texts: Sequence[str]) -> Iterator[list[Piece]]:
    import torch

    names: dict[int, str] = model.config.id2label
    longest = min(_MOST_PIECES, getattr(model.config, "max_position_embeddings", _MOST_PIECES))
    coded = tokenizer(
        list(texts),
        return_offsets_mapping=True,
        truncation=True,
        max_length=longest,
        padding=True,
        return_tensors="pt",
    )
    places = coded.pop("offset_mapping").tolist()
    with torch.no_grad():
        chances = model(**coded).logits.softmax(dim=-1)
    best = chances.max(dim=-1)
    for number, offsets in enumerate(places):
        words = coded.word_ids(number)
        pieces = []
        for at, (start, end) in enumerate(offsets):
            if words[at] is None or start == end:
                continue
            begins = at == 0 or words[at - 1] != words[at]
            tag = names[int(best.indices[number, at])]
            pieces.append(Piece(start, end, tag, float(best.values[number, at]), begins))
        yield pieces


def joined(pieces: Iterable[Piece]) -> Iterator[Claim]:
    """Stretches of pieces with one label: BIO, BIOES or bare labels. A word has the tag of its first piece.

    The score is the least of the words' scores: a stretch is as sure as its least sure word.
    """
    start = end = -1
    label, score = "", 1.0
    for piece in pieces:
        if not piece.begins_word:
            end = piece.end if label else end
            continue
        prefix, name = _split(piece.tag)
        goes_on = name and name == label and prefix not in ("B", "S", "U")
        if goes_on:
            end, score = piece.end, min(score, piece.score)
            continue
        if label:
            yield Claim(start, end, label, score)
        start, end, label, score = piece.start, piece.end, name, piece.score
    if label:
        yield Claim(start, end, label, score)


def _split(tag: str) -> tuple[str, str]:
    if tag == "O":
        return "", ""
    prefix, dash, name = tag.partition("-")
    return (prefix, name) if dash and prefix in ("B", "I", "E", "S", "L", "U", "M") else ("", tag)
