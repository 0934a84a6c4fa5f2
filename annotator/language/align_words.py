"""What the words, numbers and names of two texts say about which sentences belong together.

Both directions are asked. A translation is thought to take one of a word's equivalents with the trust that
each has, or none; chance puts any of them into any sentence as often as it stands in the text. What a
sentence with some of the equivalents says for a pair is then how much likelier the translation is to have
them: 1 - T + the sum of trust / chance of those found, T being the sum of all trusts. A shared number or name
counts as a word that is its own equivalent. Words that are everywhere say nothing, rare ones much; a word
whose equivalents are missing speaks against a pair a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Row = NDArray[np.float64]
    Table = NDArray[np.float32]

WIDEST = 6
"""As many sentences as a bead may have on a side."""
FAR = 1 << 40
"""Farther than any sentence."""
_MARGIN = 8


class Words(NamedTuple):
    """Words of one side and where their equivalents stand on the other, as flat arrays.

    Attributes:
        own_word, own_at: a word and a sentence that it stands in, sorted.
        other_word, other_at: a word and a sentence of the other side with some equivalent of it, sorted.
        odds: for those, by the number of sentences looked at together (from 1), trust / chance summed over
            the equivalents found.
        before, after: for those, the nearest sentences with as much to say on the same word.
        trust: for every word, the trust in all of its equivalents together.
        weight: for every word, how much of what it says counts.
        others: how many sentences the other side has.
    """

    own_word: Ints
    own_at: Ints
    other_word: Ints
    other_at: Ints
    odds: list[Row]
    before: Ints
    after: Ints
    trust: Row
    weight: Row
    others: int

    @property
    def missed(self) -> Row:
        """For each word the nats of a counterpart without any equivalent."""
        import numpy as np

        return np.asarray(self.weight * np.log1p(-self.trust))

    def gains(self, window: int) -> Row:
        """For each sentence of the other side in turn the nats that finding the word there adds."""
        import numpy as np

        rest = 1 - self.trust[self.other_word]
        return np.asarray(self.weight[self.other_word] * np.log1p(self.odds[window - 1] / rest))

    def rare(self, share: float) -> Words:
        """Only the words whose equivalents stand in few sentences of the other side."""
        import numpy as np

        counts = np.bincount(self.other_word, minlength=len(self.trust))
        few = counts <= share * self.others + 1
        own, other = few[self.own_word], few[self.other_word]
        return self._replace(
            own_word=self.own_word[own],
            own_at=self.own_at[own],
            other_word=self.other_word[other],
            other_at=self.other_at[other],
            odds=[odds[other] for odds in self.odds],
            before=self.before[other],
            after=self.after[other],
        )


class SharedWords(NamedTuple):
    """Words of the Chinese side with the sentences of their equivalents, and those of the English side."""

    forth: Words
    back: Words
    rows: int
    columns: int


class Meetings(NamedTuple):
    """Where words meet their equivalents, one entry a meeting: the own sentence, and which of the other
    side's places it is."""

    here: Ints
    entry: Ints


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
        self.forward = {de: self._forward(shared.forth, met, de, rows) for de in range(1, widest + 1)}
        met = _crossed(shared.back, self.starts, self.reach, columns)
        self.backward = {
            dz: self._backward(shared.back, met, dz, rows, columns) for dz in range(1, tallest + 1)
        }

    def _forward(self, words: Words, met: Meetings, de: int, rows: int) -> Table:
        import numpy as np

        gains = words.gains(de)[met.entry]
        there, before, after = (each[met.entry] for each in (words.other_at, words.before, words.after))
        sums = np.zeros(rows * self.reach)
        for step in range(1, de + 1):
            at = there + step - self.starts[met.here]
            valid = (before < there + step - de) & (after >= there + step) & (at < self.reach)
            cells = met.here[valid] * self.reach + at[valid]
            sums += np.bincount(cells, gains[valid], minlength=rows * self.reach)
        missed = base(words, rows)
        return (sums.reshape(rows, self.reach) + missed[:, None]).astype(np.float32)

    def _backward(self, words: Words, met: Meetings, dz: int, rows: int, columns: int) -> Table:
        import numpy as np

        gains = words.gains(dz)[met.entry]
        there, before, after = (each[met.entry] for each in (words.other_at, words.before, words.after))
        sums = np.zeros((rows + 1) * self.reach)
        for step in range(1, dz + 1):
            row = np.minimum(there + step, rows)
            at = met.here - self.starts[row]
            valid = (before < there + step - dz) & (after >= there + step) & (there + step <= rows)
            valid &= (at >= 0) & (at < self.reach)
            cells = row[valid] * self.reach + at[valid]
            sums += np.bincount(cells, gains[valid], minlength=(rows + 1) * self.reach)
        missed = np.append(base(words, columns), np.zeros(self.reach))
        table = sums.reshape(rows + 1, self.reach)
        table += missed[self.starts[:, None] + np.arange(self.reach)]
        along = np.zeros((rows + 1, self.reach + 1), dtype=np.float32)
        np.cumsum(table, axis=1, out=along[:, 1:])
        return along


def base(words: Words, count: int) -> Row:
    """What each of `count` sentences scores if none of its words finds an equivalent."""
    import numpy as np

    return np.bincount(words.own_at, words.missed[words.own_word], minlength=count).astype(float)


def meetings(words: Words, lows: Ints, highs: Ints) -> Meetings:
    """Meetings with the other side's sentences from `lows` to before `highs`, given for each own one."""
    import numpy as np

    keys = words.other_word * FAR + words.other_at
    start = np.searchsorted(keys, words.own_word * FAR + lows[words.own_at])
    end = np.searchsorted(keys, words.own_word * FAR + highs[words.own_at])
    counts = np.maximum(0, end - start)
    entry = np.arange(counts.sum()) + np.repeat(start - np.cumsum(counts) + counts, counts)
    return Meetings(np.repeat(words.own_at, counts), entry)


def _crossed(words: Words, starts: Ints, reach: int, columns: int) -> Meetings:
    """Meetings of the words of English sentences with Chinese ones whose rows reach them."""
    import numpy as np

    every = np.arange(columns)
    # A bead's last sentence lies before its boundary, whose row may reach farther than the sentence's own.
    first = np.maximum(0, np.searchsorted(starts + reach, every, side="right") - _MARGIN)
    return meetings(words, first, np.searchsorted(starts, every, side="right"))
