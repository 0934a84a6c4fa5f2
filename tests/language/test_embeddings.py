"""Sentence vectors are one more voice in aligning; the model is on disk or there is none."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.core.errors import AnnotatorError
from annotator.language.align import AlignOptions, align
from annotator.language.embeddings import sentence_vectors

ZH = ["甲在这里。", "乙在这里。", "丙在这里。", "丁在这里。", "戊在这里。"]
EN = [
    "Here stands alpha.",
    "And here is beta.",
    "Over there is gamma.",
    "Here stands delta.",
    "Here is epsilon.",
]
NAMES = dict(zip("甲乙丙丁戊", ("alpha", "beta", "gamma", "delta", "epsilon"), strict=True))


def toy_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """A dimension a name, whichever language it stands in."""
    rows = [[float(zh in text or en in text) for zh, en in NAMES.items()] for text in texts]
    return np.array(rows, dtype=np.float32)


def pairs(zh: Sequence[str], en: Sequence[str], options: AlignOptions) -> list[tuple[list[int], list[int]]]:
    return [(list(range(*bead.zh)), list(range(*bead.en))) for bead in align(zh, en, options=options)]


def test_vectors_tell_what_neither_words_nor_lengths_can() -> None:
    chinese = [*ZH[:3], ZH[4], ZH[3]]
    told = pairs(chinese, [*EN[:3], EN[4]], AlignOptions(vectors=toy_vectors))
    assert told == [([0], [0]), ([1], [1]), ([2], [2]), ([3], [3]), ([4], [])]
    told = pairs(chinese, [*EN[:3], EN[3]], AlignOptions(vectors=toy_vectors))
    assert told == [([0], [0]), ([1], [1]), ([2], [2]), ([3], []), ([4], [3])]


def test_vectors_of_joint_sentences_tell_larger_beads() -> None:
    chinese = ["甲和乙在这里，你们都看见了。", *ZH[2:]]
    found = pairs(chinese, EN, AlignOptions(vectors=toy_vectors))
    assert found == [([0], [0, 1]), ([1], [2]), ([2], [3]), ([3], [4])]


def test_vectors_of_nothing_do_no_harm() -> None:
    def blank(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), 3), dtype=np.float32)

    assert pairs(ZH, EN, AlignOptions(vectors=blank)) == pairs(ZH, EN, AlignOptions())


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError) as caught:
        sentence_vectors(tmp_path)
    assert caught.value.key == "error.model_missing"
    assert str(tmp_path) in str(caught.value)


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is not None, reason="the library is installed"
)
def test_the_missing_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AnnotatorError, match="sentence-transformers"):
        sentence_vectors(tmp_path)
