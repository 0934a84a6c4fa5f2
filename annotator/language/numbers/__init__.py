"""The numbers of a sentence, and those that its translation does not have."""

from annotator.language.numbers.agreeing import unmatched
from annotator.language.numbers.number import Number, find

__all__ = ["Number", "find", "unmatched"]
