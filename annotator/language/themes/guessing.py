"""From words to themes: by keywords alone while little is known, later joined by a linear classifier."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotator.language.themes.keywords import Keywords
from annotator.language.themes.samples import NONE, Sample

ENOUGH = 200
"""Sentences from which the classifier joins the keywords."""

_NONE_AT = 2.0
_SHARPNESS = 0.9
_SHOWN_WORDS = 4


class Guess(NamedTuple):
    """A theme (`NONE` if the sentence seems to have none), its probability, and the words that tell."""

    theme: str
    score: float
    words: tuple[str, ...]


class Guesser:
    """Guesses the theme of a sentence from its words."""

    def __init__(self, keywords: Keywords, model: bytes = b"") -> None:
        """`model` is what `fit` made; without it keywords alone decide."""
        self._keywords = keywords
        # The tagger reads from these bytes as long as it lives, and does not hold on to them itself.
        self._model = model
        self._tagger: Any = None
        if model:
            import pycrfsuite

            self._tagger = pycrfsuite.Tagger()
            self._tagger.open_inmemory(model)

    def guess(self, words: frozenset[str]) -> Guess:
        """The likeliest theme."""
        chances = self._by_keywords(words)
        if self._tagger is not None:
            chances = _joined(chances, self._by_model(words))
        theme = max(chances, key=lambda one: (chances[one], one))
        return Guess(theme, chances[theme], self._reasons(words, theme))

    def _by_keywords(self, words: frozenset[str]) -> dict[str, float]:
        sums = {NONE: _NONE_AT}
        for theme, keywords in self._keywords.items():
            sums[theme] = sum(keywords[word] for word in words if word in keywords)
        return _softmax({theme: _SHARPNESS * total for theme, total in sums.items()})

    def _by_model(self, words: frozenset[str]) -> dict[str, float]:
        self._tagger.set([sorted(words)])
        return {_theme(label): self._tagger.marginal(label, 0) for label in self._tagger.labels()}

    def _reasons(self, words: frozenset[str], theme: str) -> tuple[str, ...]:
        keywords = self._keywords.get(theme, {})
        telling = sorted(
            (word for word in words if word in keywords), key=lambda word: (-keywords[word], word)
        )
        return tuple(telling[:_SHOWN_WORDS])


def fit(samples: Sequence[Sample]) -> bytes:
    """A linear classifier (maximum entropy with an L2 penalty), in crfsuite's own format.

    A sequence of one item has no transitions: what crfsuite fits then is multinomial logistic regression.
    """
    import pycrfsuite

    class Trainer(pycrfsuite.Trainer):  # type: ignore[misc]
        """Says what it does to Python, which lets other threads go on meanwhile."""

        def message(self, _: str) -> None:
            """Nothing to tell."""

    trainer = Trainer(algorithm="lbfgs", verbose=True)
    trainer.set_params({"c1": 0.0, "c2": 0.5, "max_iterations": 100})
    for sample in samples:
        trainer.append([sorted(sample.words)], [_name(sample.theme)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "themes.crfsuite"
        trainer.train(str(path))
        return path.read_bytes()


def _name(theme: str) -> str:
    return f"T{theme}"


def _theme(name: str) -> str:
    return name[1:]


def _joined(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Both heard with equal voice: the geometric mean, made to sum up to one."""
    logs = {
        theme: 0.5 * math.log(one.get(theme, 1e-6) + 1e-9) + 0.5 * math.log(other.get(theme, 1e-6) + 1e-9)
        for theme in {*one, *other}
    }
    return _softmax(logs)


def _softmax(sums: Mapping[str, float]) -> dict[str, float]:
    top = max(sums.values())
    powers = {theme: math.exp(value - top) for theme, value in sums.items()}
    total = sum(powers.values())
    return {theme: power / total for theme, power in powers.items()}
