"""From words to themes: by keywords alone while little is known, later joined by two classifiers.

Joined, they are surer or less sure than they should be; how much is told by sentences that are held out in
turn.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotator.language.themes.apart import Apart
from annotator.language.themes.keywords import Keywords, learn
from annotator.language.themes.samples import NONE, Sample

ENOUGH = 40
"""Sentences with a theme from which the classifiers join the keywords."""

_NONE_AT = 2.0
_SHARPNESS = 0.9
_SHOWN_WORDS = 4
_FOLDS, _HELD_OUT = 5, 400
_SURENESS = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0)
_LEAST = 1e-6

Listed = Mapping[str, Iterable[str]]


class Guess(NamedTuple):
    """A theme (`NONE` if the sentence seems to have none), its probability, and the words that tell."""

    theme: str
    score: float
    words: tuple[str, ...]


class Guesser:
    """Guesses the theme of a sentence from its words."""

    def __init__(
        self, keywords: Keywords, model: bytes = b"", apart: Apart | None = None, sureness: float = 1.0
    ) -> None:
        """`model` is what `fit` made; without it and `apart` keywords alone decide."""
        self._keywords = keywords
        self._apart = apart
        self._sureness = sureness
        # The tagger reads from these bytes as long as it lives, and does not hold on to them itself.
        self._model = model
        self._tagger: Any = None
        if model:
            import pycrfsuite

            self._tagger = pycrfsuite.Tagger()
            self._tagger.open_inmemory(model)

    def guess(self, words: frozenset[str]) -> Guess:
        """The likeliest theme."""
        chances = self.chances(words)
        theme = max(chances, key=lambda one: (chances[one], one))
        return Guess(theme, chances[theme], self._reasons(words, theme))

    def chances(self, words: frozenset[str]) -> dict[str, float]:
        """The probability of every theme and of none."""
        logs = self.logs(words)
        return _softmax({theme: self._sureness * value for theme, value in logs.items()})

    def logs(self, words: frozenset[str]) -> dict[str, float]:
        """What all that is known says together, before it is told how sure it may be."""
        voices = [self._by_keywords(words)]
        if self._tagger is not None:
            voices.append(self._by_model(words))
        if self._apart is not None:
            voices.append(_softmax(self._apart.logs(words)))
        themes = {theme for voice in voices for theme in voice}
        return {
            theme: sum(math.log(max(_LEAST, voice.get(theme, 0.0))) for voice in voices) / len(voices)
            for theme in themes
        }

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


def taught(samples: Sequence[Sample], listed: Listed, forbidden: Listed) -> Guesser:
    """A guesser that learnt from sentences with themes; see `learn` for the keywords that a person gives."""
    if sum(sample.theme != NONE for sample in samples) < ENOUGH:
        return Guesser(learn(samples, listed, forbidden))
    told = [
        (made.logs(sample.words), sample.theme)
        for rest, held in _folds(samples[:_HELD_OUT])
        for made in (_joined(rest, listed, forbidden),)
        for sample in held
    ]
    sureness = min(_SURENESS, key=lambda one: _surprise(told, one))
    return _joined(samples, listed, forbidden, sureness)


def _joined(samples: Sequence[Sample], listed: Listed, forbidden: Listed, sureness: float = 1.0) -> Guesser:
    return Guesser(learn(samples, listed, forbidden), fit(samples), Apart(samples), sureness)


def _folds(samples: Sequence[Sample]) -> Iterable[tuple[list[Sample], list[Sample]]]:
    for fold in range(_FOLDS):
        rest = [sample for at, sample in enumerate(samples) if at % _FOLDS != fold]
        yield rest, list(samples[fold::_FOLDS])


def _surprise(told: Iterable[tuple[Mapping[str, float], str]], sureness: float) -> float:
    """How unlikely the themes that persons gave would be, in nats."""
    total = 0.0
    for logs, theme in told:
        chances = _softmax({one: sureness * value for one, value in logs.items()})
        total -= math.log(max(_LEAST, chances.get(theme, 0.0)))
    return total


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


def _softmax(sums: Mapping[str, float]) -> dict[str, float]:
    top = max(sums.values())
    powers = {theme: math.exp(value - top) for theme, value in sums.items()}
    total = sum(powers.values())
    return {theme: power / total for theme, power in powers.items()}
