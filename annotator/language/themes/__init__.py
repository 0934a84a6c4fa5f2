"""What a sentence speaks of: told by words that themes marked before have in common."""

from annotator.language.themes.guessing import Guess, Guesser
from annotator.language.themes.keywords import Keywords, learn
from annotator.language.themes.samples import NONE, Sample, features

__all__ = ["NONE", "Guess", "Guesser", "Keywords", "Sample", "features", "learn"]
