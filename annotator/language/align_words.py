"""What the words, numbers and names of two texts say about which sentences belong together.

Both directions are asked: for a word of one side, how much likelier is it that one of its equivalents stands in
the true counterpart than that chance put it there? A shared number or name counts as a word that is its own
equivalent. Words that are everywhere say nothing, rare ones much; a word whose equivalents are missing speaks
against a bead a little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.language.cues import en_cues, zh_cues
from annotator.language.lexicon import LexiconStack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Table = NDArray[np.float32]

_CUE_TRUST = {"l": 0.8, "m": 0.9, "n": 0.8}
_SHORT_WORD_TRUST = 0.55
_ENGLISH_TRUST = 0.33
_EVERYWHERE = 0.4
_MARGIN = 8


class Word(NamedTuple):
    """A word of one side: the sentences it stands in, those of the other with an equivalent, and its trust."""

    own: Ints
    other: Ints
    trust: float


class SharedWords(NamedTuple):
    """The words of the Chinese side with the sentences of their equivalents, and those of the English side."""

    forth: list[Word]
    back: list[Word]
    rows: int
    columns: int


class Meetings(NamedTuple):
    """Where words meet their equivalents, one entry a meeting.

    `last` is the sentence before `there` that the same word's equivalents stand in too, or far off.
    """

    word: Ints
    here: Ints
    there: Ints
    last: Ints


class WordRows:
    """Scores in nats of words, laid out along the band for beads of every height and width.

    `forward[de]`, at a Chinese sentence and a boundary of English ones: what the sentence's words say of the `de`
    English sentences before the boundary. `backward[dz]`, at a boundary of Chinese sentences and an English
    sentence: what the sentence's words say of the `dz` Chinese sentences before it. Summed along the columns.
    Columns are counted from `starts` of the row.
    """

    def __init__(
        self,
        shared: SharedWords,
        lows: Ints,
        width: int,
        extents: tuple[int, int],
    ) -> None:
        import numpy as np

        tallest, widest = extents
        self.starts = np.maximum(0, lows - _MARGIN)
        self.reach = width + 2 * _MARGIN
        rows, columns = shared.rows, shared.columns
        met = meetings(shared.forth, self.starts[:-1], self.reach)
        self.forward = {de: self._forward(shared.forth, met, de, rows, columns) for de in range(1, widest + 1)}
        met = _crossed(shared.back, self.starts, self.reach, columns)
        self.backward = {dz: self._backward(shared.back, met, dz, rows, columns) for dz in range(1, tallest + 1)}

    def _forward(self, words: list[Word], met: Meetings, de: int, rows: int, columns: int) -> Table:
        import numpy as np

        gains, misses = weights(words, columns, de)
        sums = np.zeros(rows * self.reach)
        for step in range(1, de + 1):
            at = met.there + step - self.starts[met.here]
            valid = (met.last < met.there + step - de) & (at < self.reach)
            cells = met.here[valid] * self.reach + at[valid]
            sums += np.bincount(cells, gains[met.word[valid]], minlength=rows * self.reach)
        missed = base(words, misses, rows)
        return (sums.reshape(rows, self.reach) + missed[:, None]).astype(np.float32)

    def _backward(self, words: list[Word], met: Meetings, dz: int, rows: int, columns: int) -> Table:
        import numpy as np

        gains, misses = weights(words, rows, dz)
        sums = np.zeros((rows + 1) * self.reach)
        for step in range(1, dz + 1):
            row = np.minimum(met.there + step, rows)
            at = met.here - self.starts[row]
            valid = (met.last < met.there + step - dz) & (met.there + step <= rows)
            valid &= (at >= 0) & (at < self.reach)
            cells = row[valid] * self.reach + at[valid]
            sums += np.bincount(cells, gains[met.word[valid]], minlength=(rows + 1) * self.reach)
        missed = np.append(base(words, misses, columns), np.zeros(self.reach))
        table = sums.reshape(rows + 1, self.reach)
        table += missed[self.starts[:, None] + np.arange(self.reach)]
        along = np.zeros((rows + 1, self.reach + 1), dtype=np.float32)
        np.cumsum(table, axis=1, out=along[:, 1:])
        return along


def shared_words(zh: Sequence[str], en: Sequence[str], stack: LexiconStack) -> SharedWords:
    """The words of both sides that can be looked up on the other."""
    zh_at = _places([*stack.cut(sentence), *zh_cues(sentence)] for sentence in zh)
    en_at = _places([*stack.english_keys(sentence), *en_cues(sentence)] for sentence in en)
    forth, sources = [], dict[str, list[str]]()
    for word in zh_at:
        known = stack.known(word)
        keys = known.keys if known else (word,)
        for key in keys:
            sources.setdefault(key, []).append(word)
        trust = (known.trust * (_SHORT_WORD_TRUST if len(word) == 1 else 1.0)) if known else _CUE_TRUST[word[0]]
        forth.append(Word(zh_at[word], _together(keys, en_at), trust))
    back = []
    for key, words in sources.items():
        if key in en_at:
            trust = _CUE_TRUST[key[0]] if key in words else _ENGLISH_TRUST
            back.append(Word(en_at[key], _together(words, zh_at), trust))
    return SharedWords(_telling(forth, len(en)), _telling(back, len(zh)), len(zh), len(en))

def _places(sentences: Iterable[Iterable[str]]) -> dict[str, Ints]:
    import numpy as np

    places: dict[str, list[int]] = {}
    for at, words in enumerate(sentences):
        for word in set(words):
            places.setdefault(word, []).append(at)
    return {word: np.array(found) for word, found in places.items()}


def _together(words: Iterable[str], places: Mapping[str, Ints]) -> Ints:
    import numpy as np

    found = [places[word] for word in words if word in places]
    if len(found) == 1:
        return found[0]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _telling(words: list[Word], others: int) -> list[Word]:
    return [word for word in words if 0 < len(word.other) <= _EVERYWHERE * others+1]


def weights(words: list[Word], others: int, window: int):
    """For each word the nats that finding an equivalent in so many sentences adds, and those of finding none."""
    import numpy as np

    chance = np.array([(len(word.other) + 0.5) / (others + 1) for word in words])
    trust = np.array([word.trust for word in words])
    chance = np.minimum(0.95, 1 - (1 - np.minimum(chance, 0.95)) ** window)
    missed = np.log1p(-trust)
    found = np.log(trust + (1 - trust) * chance) - np.log(chance)
    return found - missed, missed


def base(words: list[Word], misses, count: int):
    import numpy as np

    if not words:
        return np.zeros(count)
    own = np.concatenate([word.own for word in words])
    return np.bincount(own, np.repeat(misses, [len(word.own) for word in words]), minlength=count)


def meetings(words: list[Word], starts: Ints, reach: int) -> Meetings:
    """Meetings of the words of Chinese sentences with English ones within reach of their rows."""
    import numpy as np

    lows = [starts[word.own] for word in words]
    return _gather(words, [np.searchsorted(word.other, low) for word, low in zip(words, lows, strict=True)],
                   [np.searchsorted(word.other, low + reach) for word, low in zip(words, lows, strict=True)])


def _crossed(words: list[Word], starts: Ints, reach: int, columns: int) -> Meetings:
    """Meetings of the words of English sentences with Chinese ones whose rows reach them."""
    import numpy as np

    every = np.arange(columns)
    first = np.maximum(0, np.searchsorted(starts + reach, every, side="right") - 3)
    last = np.searchsorted(starts, every, side="right")
    return _gather(words, [np.searchsorted(word.other, first[word.own]) for word in words],
                   [np.searchsorted(word.other, last[word.own]) for word in words])


def _gather(words: list[Word], froms: list[Ints], tos: list[Ints]) -> Meetings:
    import numpy as np

    here, there, last, numbers = [], [], [], []
    for number, (word, start, end) in enumerate(zip(words, froms, tos, strict=True)):
        counts = np.maximum(end - start, 0)
        total = int(counts.sum())
        if total == 0:
            continue
        index = np.arange(total) + np.repeat(start - np.cumsum(counts) + counts, counts)
        here.append(np.repeat(word.own, counts))
        there.append(word.other[index])
        before = np.append(word.other, -99)
        last.append(before[np.where(index > 0, index - 1, -1)])
        numbers.append(np.full(total, number))
    none = [np.zeros(0, dtype=np.int64)]
    return Meetings(*(np.concatenate(parts or none) for parts in (numbers, here, there, last)))
