"""People and places in Chinese and English texts, found by rules and tables alone: nothing is trained."""

from __future__ import annotations

from annotator.language.mentions.features import features, units
from annotator.language.mentions.finding import find_mentions, hear, short_names
from annotator.language.mentions.found import SHOWN, SILENCE, Found, Heard

__all__ = ["SHOWN", "SILENCE", "Found", "Heard", "features", "find_mentions", "hear", "short_names", "units"]
