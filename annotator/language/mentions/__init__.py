"""People and places in Chinese and English texts, found by rules and tables alone: nothing is trained."""

from __future__ import annotations

from annotator.language.mentions.finding import features, find_mentions, hear, units
from annotator.language.mentions.found import SILENCE, Found, Heard

__all__ = ["SILENCE", "Found", "Heard", "features", "find_mentions", "hear", "units"]
