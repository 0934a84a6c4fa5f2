"""What sets the sentences of a theme apart from all others, counted word by word (complement naive Bayes).

The words of a theme are counted where it is not: of these there are always enough, also of a theme that was
marked three times.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from annotator.language.themes.samples import Sample

_SMOOTHING = 1.0
_EVENNESS = 0.5


class Apart:
    """Word counts by theme."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._by_theme: dict[str, Counter[str]] = {}
        for sample in samples:
            self._by_theme.setdefault(sample.theme, Counter()).update(sample.words)
        self._seen = Counter[str]()
        for counts in self._by_theme.values():
            self._seen.update(counts)
        self._sizes = {theme: counts.total() for theme, counts in self._by_theme.items()}
        every = self._seen.total()
        floor = _SMOOTHING * len(self._seen)
        self._elsewhere = {theme: math.log(every - size + floor + 1) for theme, size in self._sizes.items()}
        many = Counter(sample.theme for sample in samples)
        self._before = {theme: math.log(count / len(samples)) for theme, count in many.items()}

    def logs(self, words: frozenset[str]) -> dict[str, float]:
        """For each theme how far the words speak for it, in nats; comparable between the themes."""
        known = [word for word in words if word in self._seen]
        return {
            theme: _EVENNESS * (self._before[theme] + sum(self._rare(word, theme) for word in known))
            for theme in self._by_theme
        }

    def _rare(self, word: str, theme: str) -> float:
        elsewhere = self._seen[word] - self._by_theme[theme][word] + _SMOOTHING
        return self._elsewhere[theme] - math.log(elsewhere)
