"""What speaks for a bead and against it: one function per term, over many rows of the table at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from annotator.language.align_band import band
from annotator.language.align_shared import shared_words
from annotator.language.align_vectors import VectorTable
from annotator.language.align_words import WordRows
from annotator.language.cues import closing, quoted_ends
from annotator.language.embeddings import SentenceVectors
from annotator.language.lexicon import LexiconStack, core_stack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]
    Table = NDArray[np.float64]
    Rows = NDArray[np.int64]
    Scored = NDArray[np.float32]

Shape = tuple[int, int]

_PRIORS: dict[Shape, float] = {
    (1, 1): 0.64, (1, 0): 0.003, (0, 1): 0.004, (1, 2): 0.155, (2, 1): 0.075, (2, 2): 0.009, (1, 3): 0.05,
    (3, 1): 0.018, (1, 4): 0.018, (4, 1): 0.004, (2, 3): 0.0075, (3, 2): 0.0045, (1, 5): 0.006,
    (3, 3): 0.001, (2, 4): 0.0015, (1, 6): 0.002,
}  # fmt: skip
_GOES_ON = "“"
_CLOSING_WEIGHTS = {"?": 1.4, "!": 0.7, "”": 1.5, _GOES_ON: 1.0}
_BLOCK_ROWS = 256
_KEPT_BYTES = 128_000_000


@dataclass(frozen=True)
class AlignOptions:
    """How to align.

    Attributes:
        band: English sentences looked at on either side of the diagonal; 0 chooses by the text's size.
        priors: how likely each (Chinese, English) shape of bead is; shapes left out never occur.
        use_cues: whether words, numbers, names and punctuation speak besides length.
        lexicon: what is known of words; nothing but what the program brings if it is None.
        word_weight: how much words and their equivalents count against length.
        punctuation_weight: how much closing marks count.
        gap_goes_on: how likely a stretch that only one side has goes on for another sentence.
        vectors: sentence vectors of a model, to compare the sides of a bead with.
        vector_weight: nats for a cosine that is higher by 1 than that of any two texts, a pair of sentences.
        paragraph_cost: nats for a bead that runs across a paragraph's end, or ends one on one side only.
    """

    band: int = 0
    priors: dict[Shape, float] = field(default_factory=lambda: dict(_PRIORS))
    use_cues: bool = True
    lexicon: LexiconStack | None = None
    word_weight: float = 0.45
    punctuation_weight: float = 0.8
    gap_goes_on: float = 0.3
    vectors: SentenceVectors | None = None
    vector_weight: float = 20.0
    paragraph_cost: float = 4.0


class Scale(NamedTuple):
    """What the whole text tells about any part of it: English characters per Chinese one, their spread."""

    ratio: float
    mean_log: float
    spread_log: float

    @classmethod
    def of(cls, zh: Sequence[str], en: Sequence[str]) -> Scale:
        zh_total = sum(map(_length, zh)) or 1
        en_total = sum(map(_length, en)) or 1
        logs = [math.log(_length(sentence)) for sentence in en] or [4.0]
        mean = sum(logs) / len(logs)
        spread = math.sqrt(sum((log - mean) ** 2 for log in logs) / len(logs) + 0.1)
        # A side that lacks half of the text must not bend the ratio beyond what languages do.
        return cls(min(6.0, max(1.5, en_total / zh_total)), mean, spread)


def _length(sentence: str) -> int:
    return len("".join(sentence.split())) + 1


class Part:
    """The stretch between two anchors, with all that the terms need laid out as arrays."""

    def __init__(
        self,
        zh: Sequence[str],
        en: Sequence[str],
        zh_paragraphs: Sequence[int],
        en_paragraphs: Sequence[int],
        scale: Scale,
        options: AlignOptions,
    ) -> None:
        import numpy as np

        self.options, self.scale = options, scale
        self.rows, self.columns = len(zh), len(en)
        self.zh_sums = np.array([0, *accumulate(map(_length, zh))], dtype=float)
        self.en_sums = np.array([0, *accumulate(map(_length, en))], dtype=float)
        self.en_logs = np.array([0, *accumulate(math.log(_length(sentence)) for sentence in en)])
        self.alone = _alone(self.en_sums, scale)
        words = None
        if options.use_cues:
            words = shared_words(zh, en, options.lexicon or core_stack())
        self.lows_array, self.width = band(self.zh_sums, self.en_sums, options.band, words)
        self.lows: list[int] = self.lows_array.tolist()
        self.zh_ends = _paragraph_ends(zh_paragraphs, self.rows)
        self.en_ends = _paragraph_ends(en_paragraphs, self.columns)
        self.shapes = {
            shape: math.log(prior)
            for shape, prior in options.priors.items()
            if prior > 0 and shape[0] <= self.rows and shape[1] <= self.columns
        }
        self.shapes.setdefault((1, 0), math.log(1e-4))
        self.shapes.setdefault((0, 1), math.log(1e-4))
        self.onward_zh = math.log(options.gap_goes_on) - self.shapes[1, 0]
        self.onward_en = math.log(options.gap_goes_on) - self.shapes[0, 1]
        self.tallest = max(shape[0] for shape in self.shapes)
        self.closings = _Closings(zh, en) if options.use_cues else None
        extents = self.tallest, max(shape[1] for shape in self.shapes)
        self.words = WordRows(words, self.lows_array, self.width, extents) if words else None
        self.vectors = VectorTable(options.vectors, zh, en, extents) if options.vectors else None

    def windows(self, values: Row, rows: Rows, back: int = 0) -> Table:
        """`values[column - back]` for the band's columns of each row; junk left of the first column."""
        import numpy as np

        columns = self.lows_array[rows][:, None] + np.arange(self.width)[None, :] - back
        return np.asarray(values[np.maximum(columns, 0)])


def _alone(en_sums: Row, scale: Scale) -> Row:
    """How surprising each English sentence's length is by itself, in nats, summed from the start."""
    import numpy as np

    logs = np.log(np.diff(en_sums))
    cost = (logs - scale.mean_log) ** 2 / (2 * scale.spread_log**2) + math.log(scale.spread_log) + 0.92
    return np.concatenate([[0.0], np.cumsum(cost)])


def _paragraph_ends(paragraphs: Sequence[int], count: int) -> Row:
    """1.0 at every boundary of sentences that is a paragraph's end too."""
    import numpy as np

    ends = np.zeros(count + 1)
    if paragraphs:
        ends[1:count] = np.diff(np.asarray(paragraphs)) != 0
        ends[0] = ends[count] = 1.0
    return ends


class _Closings:
    """How the sentences of both sides close."""

    def __init__(self, zh: Sequence[str], en: Sequence[str]) -> None:
        self.zh, self.en = _closings(zh), _closings(en)


def _closings(sentences: Sequence[str]) -> dict[str, Row]:
    """For every mark that may close a sentence, 1.0 at the boundaries that it stands before."""
    import numpy as np

    closings = [
        closing(sentence) + _GOES_ON * inside
        for sentence, inside in zip(sentences, quoted_ends(sentences), strict=True)
    ]
    return {mark: np.array([0.0, *(float(mark in found) for found in closings)]) for mark in _CLOSING_WEIGHTS}


def _prior(part: Part, rows: Rows, shape: Shape) -> Table:
    import numpy as np

    return np.full((len(rows), part.width), part.shapes[shape])


def _length_term(part: Part, rows: Rows, shape: Shape) -> Table:
    """How well the lengths of a bead fit, against each English sentence standing for itself."""
    import numpy as np

    dz, de = shape
    if dz == 0:
        return part.windows(part.alone, rows, de) - part.windows(part.alone, rows)
    if de == 0:
        return np.zeros((len(rows), part.width))
    zh_length = part.zh_sums[rows] - part.zh_sums[np.maximum(0, rows - dz)]
    expected = part.scale.ratio * np.maximum(1.0, zh_length)[:, None]
    actual = np.maximum(1.0, part.windows(part.en_sums, rows) - part.windows(part.en_sums, rows, de))
    spread = np.sqrt(0.03 + 5.0 / (expected + actual))
    log_actual = np.log(actual)
    off = (log_actual - np.log(expected)) / spread
    density = np.log(spread)
    if de > 1:
        logs = part.windows(part.en_logs, rows) - part.windows(part.en_logs, rows, de)
        density += de * log_actual - logs
    return np.asarray(-(3.0 * np.log1p(off * off / 5.0) + density + 0.97))


def _word_term(part: Part, rows: Rows, shape: Shape) -> Table:
    """What the words of a bead's sentences find on the other side."""
    import numpy as np

    total = np.zeros((len(rows), part.width))
    if part.words is None or 0 in shape:
        return total
    words, (dz, de) = part.words, shape
    across = np.arange(part.width)[None, :]
    forward = words.forward[de]
    for back in range(1, dz + 1):
        sentences = np.maximum(0, rows - back)
        shift = part.lows_array[rows] - words.starts[sentences]
        total += np.take_along_axis(
            forward[sentences], np.minimum(shift[:, None] + across, words.reach - 1), axis=1
        )
    backward = words.backward[dz][rows]
    ends = (part.lows_array[rows] - words.starts[rows])[:, None] + across
    total += np.take_along_axis(backward, ends, axis=1)
    total -= np.take_along_axis(backward, np.maximum(0, ends - de), axis=1)
    return part.options.word_weight * total


def _vector_term(part: Part, rows: Rows, shape: Shape) -> Table:
    """How near the sides of a bead are in meaning, for each of its sentences that has one to be near to."""
    import numpy as np

    if part.vectors is None or 0 in shape:
        return np.zeros((len(rows), part.width))
    margins = part.vectors.margins(rows, part.lows_array[rows], part.width, shape)
    return part.options.vector_weight * min(shape) * margins


def _punctuation_term(part: Part, rows: Rows, shape: Shape) -> Table:
    """Whether the last sentences of a bead close alike."""
    import numpy as np

    total = np.zeros((len(rows), part.width))
    if part.closings is None or 0 in shape:
        return total
    for mark, weight in _CLOSING_WEIGHTS.items():
        zh = part.closings.zh[mark][rows][:, None]
        en = part.windows(part.closings.en[mark], rows)
        total += weight * (zh * en - np.abs(zh - en))
    return part.options.punctuation_weight * total


def _paragraph_term(part: Part, rows: Rows, shape: Shape) -> Table:
    """Paragraph ends run over within a bead, or reached by one side alone."""
    import numpy as np

    dz, de = shape
    if not part.zh_ends.any():
        return np.zeros((len(rows), part.width))
    cost = 0.5 * np.abs(part.windows(part.en_ends, rows) - part.zh_ends[rows][:, None])
    for back in range(1, dz):
        cost += part.zh_ends[np.maximum(0, rows - back)][:, None]
    for back in range(1, de):
        cost += part.windows(part.en_ends, rows, back)
    return np.asarray(-part.options.paragraph_cost * cost)


_TERMS = (_prior, _length_term, _word_term, _vector_term, _punctuation_term, _paragraph_term)


class Scores:
    """For every shape the log-probability of a bead that ends at a row and each column of its band.

    Computed for many rows at a time; the blocks last used are kept, all of them unless the text is very long.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._blocks: dict[int, Scored] = {}
        block_bytes = 4 * _BLOCK_ROWS * part.width * len(part.shapes)
        self._kept = max(2, _KEPT_BYTES // block_bytes)

    def at(self, row: int) -> Scored:
        """The scores at `row`, a line a shape."""
        number, inside = divmod(row, _BLOCK_ROWS)
        if number not in self._blocks:
            if len(self._blocks) >= self._kept:
                del self._blocks[next(iter(self._blocks))]
            self._blocks[number] = self._block(number)
        scored: Scored = self._blocks[number][inside]
        return scored

    def _block(self, number: int) -> Scored:
        import numpy as np

        first = number * _BLOCK_ROWS
        rows = np.arange(first, min(first + _BLOCK_ROWS, self._part.rows + 1))
        block = np.empty((len(rows), len(self._part.shapes), self._part.width), dtype=np.float32)
        for index, shape in enumerate(self._part.shapes):
            block[:, index] = sum(term(self._part, rows, shape) for term in _TERMS)
        return block
