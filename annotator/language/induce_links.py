"""Which words of two languages go together in aligned pairs: competitive linking over counts.

A Chinese and an English word are candidates if they share more pairs than chance explains (log-likelihood
ratio). Within a pair each word is linked to its best partner only, which must think the same; words that
merely keep company with a partner (`Rick` with `华` for `Waters`) lose their links round by round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Row = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_EVERYWHERE = 0.25
_FEWEST = 1.5
_LEAST_RATIO = 10.0
_ROUNDS = 3
_UNLINKED = 0.1
_CHUNK = 4096
_MOST_CELLS = 6_000_000
_FAR = 1 << 32


class Vocabulary(NamedTuple):
    """The words of one side, and where they stand: numbers of pairs and of words, sorted by pair."""

    words: list[str]
    pair: Ints
    word: Ints

    @classmethod
    def of(cls, pairs: Sequence[frozenset[str]]) -> Vocabulary:
        """Number the words of each pair's side."""
        import numpy as np

        numbers: dict[str, int] = {}
        word = [numbers.setdefault(word, len(numbers)) for words in pairs for word in sorted(words)]
        pair = np.repeat(np.arange(len(pairs)), [len(words) for words in pairs])
        return cls(list(numbers), pair, np.array(word, dtype=np.int64))

    def counts(self, weight: Row) -> Row:
        """In how many pairs each word stands, pairs counted by their weight."""
        import numpy as np

        return np.bincount(self.word, weight[self.pair], len(self.words)).astype(float)


class Links(NamedTuple):
    """Words that go together, as flat arrays: how often they were linked, and stand in any pair."""

    zh: Ints
    en: Ints
    linked: Row
    zh_count: Row
    en_count: Row


class Corpus(NamedTuple):
    """Aligned pairs as numbered words; `weight` is how much each pair counts."""

    zh: Vocabulary
    en: Vocabulary
    weight: Row

    @classmethod
    def of(
        cls, zh: Sequence[frozenset[str]], en: Sequence[frozenset[str]], confidences: Sequence[float]
    ) -> Corpus:
        """Pairs given by the words of both sides."""
        import numpy as np

        return cls(Vocabulary.of(zh), Vocabulary.of(en), np.array(confidences, dtype=float))

    @property
    def size(self) -> int:
        return len(self.weight)

    def held_out(self, links: Links, where: Flags) -> tuple[Row, Row, Row]:
        """For each link, in some pairs: how often its words meet, the first stands, and chance meets."""
        import numpy as np

        weight = self.weight * where
        order = np.argsort(self.zh.word, kind="stable")
        word, pair = self.zh.word[order], self.zh.pair[order]
        link, place = spread(np.searchsorted(word, links.zh), np.searchsorted(word, links.zh, side="right"))
        there = np.sort(self.en.pair * _FAR + self.en.word)
        wanted = pair[place] * _FAR + links.en[link]
        at = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
        met = np.bincount(link, (there[at] == wanted) * weight[pair[place]], len(links.zh)).astype(float)
        occurred = self.zh.counts(weight)[links.zh]
        chance = occurred * self.en.counts(weight)[links.en] / max(1.0, float(weight.sum()))
        return met, np.asarray(occurred), np.asarray(chance)


class _Cells(NamedTuple):
    """Meetings of a Chinese and an English word, as one number, in the pairs of a chunk."""

    pair: Ints
    cell: Ints


def spread(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All numbers from each start to before its end, with the index of the range that each is of."""
    import numpy as np

    counts = np.maximum(0, end - start)
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) + np.repeat(start - np.cumsum(counts) + counts, counts)


def learn(corpus: Corpus, where: Flags | None) -> Links:
    """The words that go together in some of the pairs, or in all."""
    import numpy as np

    weight = corpus.weight if where is None else corpus.weight * where
    total = float(weight.sum())
    zh_count, en_count = corpus.zh.counts(weight), corpus.en.counts(weight)
    cells, together = _counted(corpus, weight, zh_count, en_count)
    zh, en = cells // _FAR, cells % _FAR
    ratio = _likelihood_ratio(together, zh_count[zh], en_count[en], total)
    kept = ratio > _LEAST_RATIO
    cells, together, score = cells[kept], together[kept], ratio[kept]
    linked = together
    for _ in range(_ROUNDS):
        linked = _linked(corpus, weight, cells, score)
        score = score * (_UNLINKED + linked / together)
        kept = linked >= _FEWEST
        cells, together, score, linked = cells[kept], together[kept], score[kept], linked[kept]
    zh, en = cells // _FAR, cells % _FAR
    return Links(zh, en, linked, np.asarray(zh_count[zh]), np.asarray(en_count[en]))


def _counted(corpus: Corpus, weight: Row, zh_count: Row, en_count: Row) -> tuple[Ints, Row]:
    """How often the words of both sides meet; words that are too rare or everywhere left out."""
    import numpy as np

    most = _EVERYWHERE * float(weight.sum()) + 2
    zh_use = (zh_count >= _FEWEST) & (zh_count <= most)
    en_use = (en_count >= _FEWEST) & (en_count <= most)
    cells, counts = np.zeros(0, dtype=np.int64), np.zeros(0)
    for met in _meetings(corpus, weight, zh_use, en_use):
        cells, where = np.unique(np.concatenate([cells, met.cell]), return_inverse=True)
        met_counts = np.concatenate([counts, weight[met.pair]])
        counts = np.bincount(where, met_counts, len(cells)).astype(float)
        if len(cells) > _MOST_CELLS:
            often = counts >= _FEWEST
            cells, counts = cells[often], counts[often]
    often = counts >= _FEWEST
    return cells[often], counts[often]


def _meetings(corpus: Corpus, weight: Row, zh_use: Flags, en_use: Flags) -> Iterator[_Cells]:
    import numpy as np

    zh = zh_use[corpus.zh.word] & (weight[corpus.zh.pair] > 0)
    en = en_use[corpus.en.word] & (weight[corpus.en.pair] > 0)
    zh_pair, zh_word = corpus.zh.pair[zh], corpus.zh.word[zh]
    en_pair, en_word = corpus.en.pair[en], corpus.en.word[en]
    for first in range(0, corpus.size, _CHUNK):
        start, end = np.searchsorted(zh_pair, [first, first + _CHUNK])
        pair, word = zh_pair[start:end], zh_word[start:end]
        owner, place = spread(np.searchsorted(en_pair, pair), np.searchsorted(en_pair, pair, side="right"))
        yield _Cells(pair[owner], word[owner] * _FAR + en_word[place])


def _likelihood_ratio(together: Row, one: Row, other: Row, total: float) -> Row:
    """Dunning's ratio of words that attract each other; 0 of those that do not."""
    import numpy as np

    def entropy(count: Row) -> Row:
        count = np.maximum(count, 1e-9)
        return np.asarray(count * np.log(count))

    cells = (together, one - together, other - together, total - one - other + together)
    margins = (one, other, total - one, total - other)
    ratio = 2 * (sum(map(entropy, cells)) - sum(map(entropy, margins)) + entropy(np.array(total)))
    return np.where(together * total > one * other, ratio, 0.0)


def _linked(corpus: Corpus, weight: Row, cells: Ints, score: Row) -> Row:
    """How often each candidate is the best of both its words in a pair."""
    import numpy as np

    linked = np.zeros(len(cells))
    if not len(cells):
        return linked
    zh_use, en_use = np.zeros(len(corpus.zh.words), dtype=bool), np.zeros(len(corpus.en.words), dtype=bool)
    zh_use[cells // _FAR] = True
    en_use[cells % _FAR] = True
    for met in _meetings(corpus, weight, zh_use, en_use):
        at = np.minimum(np.searchsorted(cells, met.cell), len(cells) - 1)
        candidate = cells[at] == met.cell
        pair, at = met.pair[candidate], at[candidate]
        best = score[at]
        for word in (cells[at] // _FAR, cells[at] % _FAR):
            _, group = np.unique(pair * _FAR + word, return_inverse=True)
            highest = np.zeros(group.max(initial=-1) + 1)
            np.maximum.at(highest, group, score[at])
            best = np.where(score[at] >= highest[group], best, 0.0)
        linked += np.bincount(at[best > 0], weight[pair[best > 0]], len(cells))
    return linked
