"""Words that tell a theme: those that a person lists, and those that chi-squared finds.

A word is a keyword of a theme if it stands in its sentences more often than chance would put it there
(χ² with Yates's correction, one degree of freedom). Its weight is the logarithm of the ratio of its shares
inside and outside, smoothed, so that a word seen twice weighs less than one seen twenty times.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from annotator.language.themes.samples import NONE, Sample

Keywords = dict[str, dict[str, float]]
"""For each theme its keywords with their weights in nats; those that a person forbade are left out."""

_SIGNIFICANT = 3.84
_LEAST_SEEN = 2
_MOST = 200
_LISTED = 2.5


def learn(
    samples: Sequence[Sample],
    listed: Mapping[str, Iterable[str]] | None = None,
    forbidden: Mapping[str, Iterable[str]] | None = None,
) -> Keywords:
    """Keywords from sentences with themes. `listed` words always count, `forbidden` ones never, by theme."""
    total, seen = len(samples), Counter[str]()
    by_theme: dict[str, Counter[str]] = {}
    sizes = Counter(sample.theme for sample in samples)
    for sample in samples:
        seen.update(sample.words)
        by_theme.setdefault(sample.theme, Counter()).update(sample.words)
    found: Keywords = {}
    for theme in {*by_theme, *(listed or {})} - {NONE}:
        inside = by_theme.get(theme, Counter())
        weighed = {
            word: _weight(count, seen[word], sizes[theme], total)
            for word, count in inside.items()
            if seen[word] >= _LEAST_SEEN
            and _chi_squared(count, seen[word], sizes[theme], total) >= _SIGNIFICANT
        }
        best = sorted(weighed, key=lambda word: (-weighed[word], word))[:_MOST]
        kept = {word: weighed[word] for word in best if weighed[word] > 0}
        kept.update((word, max(_LISTED, kept.get(word, 0.0))) for word in (listed or {}).get(theme, ()))
        for word in (forbidden or {}).get(theme, ()):
            kept.pop(word, None)
        found[theme] = kept
    return found


def _chi_squared(inside: int, seen: int, size: int, total: int) -> float:
    """Of the table theme × word; 0 where the word is rarer inside than outside."""
    a, b = inside, seen - inside
    c, d = size - inside, total - size - seen + inside
    products = (a + b) * (c + d) * (a + c) * (b + d)
    if not products or a * d <= b * c:
        return 0.0
    return float(total * max(0.0, a * d - b * c - total / 2) ** 2 / products)


def _weight(inside: int, seen: int, size: int, total: int) -> float:
    within = (inside + 0.5) / (size + 1)
    without = (seen - inside + 0.5) / (total - size + 1)
    return math.log(within / without) * inside / (inside + 1)
