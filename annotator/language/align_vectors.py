"""What sentence vectors say for a bead: how near its sides are, against how near any text is to them.

As vecalign does, the sentences of a side are encoded together, up to as many as a bead may have. From the
cosine the mean nearness of both sides to the text at large is taken off: some texts are near to everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.language.embeddings import SentenceVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Table = NDArray[np.float64]
    Vectors = NDArray[np.float32]

_SAMPLE = 200


class _Side(NamedTuple):
    """By the number of sentences taken together: their vectors, of length 1, and how near they are to any.

    Rows count boundaries: a row is about the sentences before it.
    """

    vectors: dict[int, Vectors]
    nearness: dict[int, Vectors]


class VectorTable:
    """The vectors of both sides of a part."""

    def __init__(
        self, encode: SentenceVectors, zh: Sequence[str], en: Sequence[str], extents: tuple[int, int]
    ) -> None:
        ours = {count: _encoded(encode, zh, count, "") for count in range(1, extents[0] + 1)}
        theirs = {count: _encoded(encode, en, count, " ") for count in range(1, extents[1] + 1)}
        self._zh = _Side(ours, _nearness(ours, theirs[1]))
        self._en = _Side(theirs, _nearness(theirs, ours[1]))

    def margins(self, rows: Rows, lows: Rows, width: int, shape: tuple[int, int]) -> Table:
        """For beads of a shape that end at the rows and columns from `lows`: cosine less mean nearness."""
        import numpy as np

        dz, de = shape
        columns = lows[:, None] + np.arange(width)[None, :]
        ours, theirs = self._zh.vectors[dz][rows], self._en.vectors[de][columns]
        cosines = np.einsum("rd,rwd->rw", ours, theirs)
        expected = (self._zh.nearness[dz][rows][:, None] + self._en.nearness[de][columns]) / 2
        return np.asarray(cosines - expected, dtype=float)


def _encoded(encode: SentenceVectors, sentences: Sequence[str], count: int, joint: str) -> Vectors:
    import numpy as np

    texts = [joint.join(sentences[max(0, end - count) : end]) for end in range(1, len(sentences) + 1)]
    vectors = np.asarray(encode(texts), dtype=np.float32)
    vectors = vectors / np.maximum(1e-9, np.linalg.norm(vectors, axis=1, keepdims=True))
    return np.concatenate([np.zeros_like(vectors[:1]), vectors])


def _nearness(vectors: dict[int, Vectors], others: Vectors) -> dict[int, Vectors]:
    """The mean cosine with the sentences of the other side, of which a sample does."""
    mean = others[1 :: max(1, len(others) // _SAMPLE)].mean(axis=0)
    return {count: found @ mean for count, found in vectors.items()}
