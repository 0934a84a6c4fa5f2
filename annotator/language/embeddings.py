"""Sentence vectors from a model that the user has on disk: optional, and never downloaded.

The model is any that sentence-transformers reads (LaBSE, multilingual E5, BGE-M3 …); the library comes with
`pip install annotator[embeddings]`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.core.errors import AnnotatorError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SentenceVectors = Callable[[Sequence[str]], "NDArray[np.float32]"]
"""Turns texts of either language into vectors, a row a text; like meanings give like directions."""

_MARKS = ("modules.json", "config.json")
_BATCH = 64


@dataclass(frozen=True, slots=True)
class _Model:
    """A model's folder. The model itself is loaded at the first call, so that this can go to a process."""

    folder: Path

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        found = _loaded(self.folder).encode(
            list(texts), batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(found, dtype=np.float32)


def sentence_vectors(folder: Path) -> SentenceVectors:
    """The vectors of the model in a folder.

    Raises:
        AnnotatorError: if the folder holds no model, or sentence-transformers is not installed.
    """
    if not any((folder / mark).is_file() for mark in _MARKS):
        raise AnnotatorError("error.model_missing", path=folder)
    if find_spec("sentence_transformers") is None:
        raise AnnotatorError("error.model_library")
    return _Model(folder.resolve())


@lru_cache(1)
def _loaded(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(folder), local_files_only=True, device="cpu")
    except Exception as why:  # whatever the libraries beneath make of a damaged file
        raise AnnotatorError("error.model_unreadable", path=folder, why=why) from why
