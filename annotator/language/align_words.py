"""What the words, numbers and names of two texts say about which sentences belong together.

Both directions are asked: for a word of one side, how much likelier is it that one of its equivalents stands
in the true counterpart than that chance put it there? A shared number or name counts as a word that is its
own equivalent. Words that are everywhere say nothing, rare ones much; a word whose equivalents are missing
speaks against a bead a little.

The trusts are shares measured on aligned literary texts: how often a listed equivalent stands in the true
counterpart, chance taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, NamedTuple

from annotator.language.cues import en_cues, zh_cues
from annotator.language.lexicon import LexiconStack, english_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Row = NDArray[np.float64]
    Table = NDArray[np.float32]

_CUE_TRUST = {"l": 0.8, "m": 0.9, "n": 0.8}
_SHORT_WORD_TRUST = 0.55
_ENGLISH_TRUST = 0.33
_EVERYWHERE = 0.4
_MARGIN = 8
_FAR = 1 << 40
_REMEMBERED = 4096


class Word(NamedTuple):
    """A word of one side: its sentences, those of the other side with an equivalent, its trust."""

    own: Ints
    other: Ints
    trust: float


class SharedWords(NamedTuple):
    """Words of the Chinese side with the sentences of their equivalents, and those of the English side."""

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

    `forward[de]`, at a Chinese sentence and a boundary of English ones: what the sentence's words say of the
    `de` English sentences before the boundary. `backward[dz]`, at a boundary of Chinese sentences and an
    English sentence: what the sentence's words say of the `dz` Chinese sentences before it, summed along the
    columns. Columns are counted from `starts` of the row.
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
        met = meetings(shared.forth, self.starts[:-1], self.starts[:-1] + self.reach)
        self.forward = {
            de: self._forward(shared.forth, met, de, rows, columns) for de in range(1, widest + 1)
        }
        met = _crossed(shared.back, self.starts, self.reach, columns)
        self.backward = {
            dz: self._backward(shared.back, met, dz, rows, columns) for dz in range(1, tallest + 1)
        }

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
    zh_at = _places(_zh_keys(stack, sentence) for sentence in zh)
    en_at = _places(_en_keys(sentence) for sentence in en)
    forth, sources = [], dict[str, list[str]]()
    for word in zh_at:
        known = stack.known(word)
        keys = known.keys if known else (word,)
        for key in keys:
            sources.setdefault(key, []).append(word)
            if " " in key and key not in en_at:
                en_at[key] = _with_all(key.split(" "), en_at)
        trust = (
            (known.trust * (_SHORT_WORD_TRUST if len(word) == 1 else 1.0)) if known else _CUE_TRUST[word[0]]
        )
        forth.append(Word(zh_at[word], _together(keys, en_at), trust))
    back = []
    for key, words in sources.items():
        if len(en_at.get(key, ())):
            trust = _CUE_TRUST[key[0]] if key in words else _ENGLISH_TRUST
            back.append(Word(en_at[key], _together(words, zh_at), trust))
    return SharedWords(_telling(forth, len(en)), _telling(back, len(zh)), len(zh), len(en))


# Aligning anew after a correction meets the same sentences again.
@lru_cache(_REMEMBERED)
def _zh_keys(stack: LexiconStack, sentence: str) -> frozenset[str]:
    return zh_cues(sentence).union(stack.cut(sentence))


@lru_cache(_REMEMBERED)
def _en_keys(sentence: str) -> frozenset[str]:
    return en_cues(sentence).union(english_keys(sentence))


def _places(sentences: Iterable[frozenset[str]]) -> dict[str, Ints]:
    import numpy as np

    places: dict[str, list[int]] = {}
    for at, words in enumerate(sentences):
        for word in words:
            places.setdefault(word, []).append(at)
    return {word: np.array(found) for word, found in places.items()}


def _together(words: Iterable[str], places: Mapping[str, Ints]) -> Ints:
    import numpy as np

    found = [places[word] for word in words if word in places]
    if len(found) == 1:
        return found[0]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _with_all(words: Iterable[str], places: Mapping[str, Ints]) -> Ints:
    """The sentences that have every word of a phrase, in whatever order."""
    import numpy as np

    none = np.zeros(0, dtype=np.int64)
    return reduce(np.intersect1d, [places.get(word, none) for word in words])


def _telling(words: list[Word], others: int) -> list[Word]:
    return [word for word in words if 0 < len(word.other) <= _EVERYWHERE * others + 1]


def weights(words: list[Word], others: int, window: int) -> tuple[Row, Row]:
    """For each word the nats that finding an equivalent in `window` sentences adds, and those of none."""
    import numpy as np

    chance = np.array([(len(word.other) + 0.5) / (others + 1) for word in words])
    trust = np.array([word.trust for word in words])
    chance = np.minimum(0.95, 1 - (1 - np.minimum(chance, 0.95)) ** window)
    missed = np.log1p(-trust)
    found = np.log(trust + (1 - trust) * chance) - np.log(chance)
    return found - missed, missed


def base(words: list[Word], misses: Row, count: int) -> Row:
    """What each of `count` sentences scores if none of its words finds an equivalent."""
    import numpy as np

    own = _joined([word.own for word in words])
    spread = np.repeat(misses, [len(word.own) for word in words])
    return np.bincount(own, spread, minlength=count).astype(float)


def meetings(words: list[Word], lows: Ints, highs: Ints) -> Meetings:
    """Meetings with the other side's sentences from `lows` to before `highs`, given for each own one."""
    import numpy as np

    numbers = np.arange(len(words))
    own = _joined([word.own for word in words])
    other = _joined([word.other for word in words])
    own_word = np.repeat(numbers, [len(word.own) for word in words])
    other_word = np.repeat(numbers, [len(word.other) for word in words])
    keys = other_word * _FAR + other
    start = np.searchsorted(keys, own_word * _FAR + lows[own])
    counts = np.maximum(0, np.searchsorted(keys, own_word * _FAR + highs[own]) - start)
    index = np.arange(counts.sum()) + np.repeat(start - np.cumsum(counts) + counts, counts)
    met_before = (index > 0) & (other_word[index - 1] == other_word[index])
    last = np.where(met_before, other[index - 1], -_FAR)
    return Meetings(np.repeat(own_word, counts), np.repeat(own, counts), other[index], last)


def _crossed(words: list[Word], starts: Ints, reach: int, columns: int) -> Meetings:
    """Meetings of the words of English sentences with Chinese ones whose rows reach them."""
    import numpy as np

    every = np.arange(columns)
    # A bead's last sentence lies before its boundary, whose row may reach farther than the sentence's own.
    first = np.maximum(0, np.searchsorted(starts + reach, every, side="right") - _MARGIN)
    return meetings(words, first, np.searchsorted(starts, every, side="right"))


def _joined(parts: list[Ints]) -> Ints:
    import numpy as np

    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
