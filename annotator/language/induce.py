"""Equivalents that aligned texts teach: words that no lexicon has, names above all, and rare renderings.

Words that stand in the same pairs more often than chance has it are linked (`induce_links`); Chinese words
that are in no lexicon are found as runs of characters that keep together. How far an equivalent can be
trusted is measured on pairs that it was not learnt from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.language.induce_links import Corpus, Links, learn
from annotator.language.lexicon import Lexicon, LexiconStack, Source, english_keys, folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

_FEWEST_PAIRS = 100
_SURE = 0.3
_LONGEST_RUN = 4
_FREQUENT = 3
_COHESION = 0.1
_SWALLOWED = 0.8
_STRETCH = 16
_FEWEST_LINKS = 2.5
_RATES = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8)
_EXPECTED = (0.05, 0.1, 0.2, 0.35, 0.45, 0.55, 0.65)
_OFTEN = (4, 8, 20)
_CAUTION = 20.0
_LEAST_TRUST = 0.1
_TRUST_BESIDE_KNOWN = 0.3
_RARE = 0.015
_CONFIRMED_TRUST = 0.9
_DOTS = re.compile(r"[•·・‧∙]")


class AlignedPair(NamedTuple):
    """The Chinese and the English text of a pair, and how sure it is that they belong together, 0 to 1."""

    zh: str
    en: str
    confidence: float


def induce(
    pairs: Iterable[AlignedPair], known: LexiconStack, confirmed: Iterable[tuple[str, str]] = ()
) -> tuple[Source, ...]:
    """What aligned pairs teach beyond what is known, the surest first.

    Args:
        pairs: of any number of texts; too few teach nothing.
        known: the lexicons that the texts were aligned with.
        confirmed: Chinese words or names and their equivalents that a person has linked.
    """
    sure = [pair for pair in pairs if pair.confidence > _SURE and pair.zh and pair.en]
    found: dict[float, dict[str, list[str]]] = {}
    for zh, en in dict.fromkeys(confirmed):
        for word, equivalent in _named_parts(zh, en):
            if key := folded(equivalent):
                found.setdefault(_CONFIRMED_TRUST, {}).setdefault(word, []).append(key)
    if len(sure) >= _FEWEST_PAIRS:
        _add_learnt(found, sure, known)
    return tuple(
        Source(Lexicon({word: tuple(keys) for word, keys in entries.items()}), trust, measured=True)
        for trust, entries in sorted(found.items(), reverse=True)
    )


def _named_parts(zh: str, en: str) -> list[tuple[str, str]]:
    """A name and its equivalent as a whole, and its parts if both have as many."""
    ours, theirs = _DOTS.split(zh), en.split()
    parts = list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) > 1 else []
    return [(zh, en), *((word, equivalent) for word, equivalent in parts if word and equivalent)]


def _add_learnt(
    found: dict[float, dict[str, list[str]]], pairs: Sequence[AlignedPair], known: LexiconStack
) -> None:
    runs = Lexicon(dict.fromkeys(_runs([pair.zh for pair in pairs], known), ()))
    cutter = LexiconStack([*known.sources, Source(runs, 0.0)])
    corpus = Corpus.of(
        [frozenset(cutter.cut(pair.zh)) for pair in pairs],
        [english_keys(pair.en) for pair in pairs],
        [pair.confidence for pair in pairs],
    )
    trusts = _trusts(corpus)
    links = learn(corpus, None)
    rare = _RARE * len(pairs) + 1
    for at, bucket in enumerate(_buckets(links)):
        word, key = corpus.zh.words[links.zh[at]], corpus.en.words[links.en[at]]
        trust = round(float(trusts[bucket]), 1)
        if links.linked[at] < _FEWEST_LINKS or trust < _LEAST_TRUST:
            continue
        # What stands beside known equivalents must be telling: of common words too much goes together.
        if known.known(word) and not (
            trust > _TRUST_BESIDE_KNOWN and links.en_count[at] <= rare and len(word) > 1
        ):
            continue
        found.setdefault(trust, {}).setdefault(word, []).append(key)


def _runs(sentences: Sequence[str], known: LexiconStack) -> frozenset[str]:
    """Runs of characters that no known word covers, frequent and keeping together, none within another."""
    counts = Counter[str]()
    for sentence in sentences:
        for stretch in known.unknown(sentence):
            for length in range(1, _LONGEST_RUN + 1):
                counts.update(stretch[at : at + length] for at in range(len(stretch) - length + 1))
    kept = {
        run for run, count in counts.items() if len(run) > 1 and count >= _FREQUENT and _coheres(run, counts)
    }
    for run in sorted(kept, key=lambda run: (-len(run), run)):
        for part in (run[1:], run[:-1]):
            if part in kept and counts[run] >= _SWALLOWED * counts[part]:
                kept.discard(part)
    return frozenset(kept)


def _coheres(run: str, counts: Counter[str]) -> bool:
    return all(
        counts[run] ** 2 >= _COHESION * counts[run[:cut]] * counts[run[cut:]] for cut in range(1, len(run))
    )


def _buckets(links: Links) -> list[int]:
    """Which equivalents are likely to be as good as each other: as often linked, of words as frequent."""
    import numpy as np

    rate = np.digitize(links.linked / (links.zh_count + 1), _RATES)
    often = np.digitize(links.zh_count, _OFTEN)
    return [int(bucket) for bucket in rate * (len(_OFTEN) + 1) + often]


def _trusts(corpus: Corpus) -> Row:
    """For every bucket how often, chance taken off, pairs not learnt from have the equivalent of a word."""
    import numpy as np

    buckets = (len(_RATES) + 1) * (len(_OFTEN) + 1)
    right, asked = np.zeros(buckets), np.zeros(buckets)
    half = (np.arange(corpus.size) // _STRETCH) % 2 == 0
    for learnt_from in (half, ~half):
        links = learn(corpus, learnt_from)
        bucket = _buckets(links)
        met, occurred, chance = corpus.held_out(links, ~learnt_from)
        right += np.bincount(bucket, met - chance, buckets)
        asked += np.bincount(bucket, np.maximum(0.0, occurred - chance), buckets)
    expected = np.repeat(_EXPECTED, len(_OFTEN) + 1)
    return np.asarray((right + _CAUTION * expected) / (asked + _CAUTION))
